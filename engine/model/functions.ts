/** The table of functions: arity, signature, meaning. The resolver, `check` and the reference in docs/ read it. */
import type { BinaryOp, ReduceOp, UnaryOp } from "./term.ts";

export type FunctionForm =
  | { readonly kind: "unary"; readonly op: UnaryOp }
  | { readonly kind: "fold"; readonly op: BinaryOp }
  | { readonly kind: "binary"; readonly op: BinaryOp }
  | { readonly kind: "reduce"; readonly op: ReduceOp }
  | {
      readonly kind: "special";
      readonly name:
        | "clip"
        | "if"
        | "safe_divide"
        | "mean"
        | "softmax"
        | "share"
        | "allocate"
        | "group_weight"
        | "initial"
        | "history"
        | "step_at"
        | "ramp_between"
        | "position";
    };

export interface FunctionEntry {
  readonly form: FunctionForm;
  readonly atLeast: number;
  readonly atMost: number;
  readonly signature: string;
}

const MANY = Number.POSITIVE_INFINITY;
const unary = (op: UnaryOp, signature: string): FunctionEntry => ({
  form: { kind: "unary", op },
  atLeast: 1,
  atMost: 1,
  signature,
});
const reduce = (op: ReduceOp, signature: string): FunctionEntry => ({
  form: { kind: "reduce", op },
  atLeast: 2,
  atMost: MANY,
  signature,
});
const special = (
  name: Extract<FunctionForm, { kind: "special" }>["name"],
  atLeast: number,
  atMost: number,
  signature: string,
): FunctionEntry => ({ form: { kind: "special", name }, atLeast, atMost, signature });

export const FUNCTIONS: Readonly<Record<string, FunctionEntry>> = {
  abs: unary("abs", "abs(x)"),
  sqrt: unary("sqrt", "sqrt(x)"),
  exp: unary("exp", "exp(x)"),
  ln: unary("ln", "ln(x)"),
  floor: unary("floor", "floor(x)"),
  ceil: unary("ceil", "ceil(x)"),
  round: unary("round", "round(x)"),
  sign: unary("sign", "sign(x)"),
  min: { form: { kind: "fold", op: "min" }, atLeast: 2, atMost: MANY, signature: "min(a, b, …)" },
  max: { form: { kind: "fold", op: "max" }, atLeast: 2, atMost: MANY, signature: "max(a, b, …)" },
  clip: special("clip", 3, 3, "clip(x, low, high)"),
  if: special("if", 3, 3, "if(condition, a, b)"),
  safe_divide: special("safe_divide", 2, 3, "safe_divide(a, b, c)"),
  sum: reduce("sum", "sum(x, dimension, …)"),
  product: reduce("product", "product(x, dimension, …)"),
  minimum: reduce("minimum", "minimum(x, dimension, …)"),
  maximum: reduce("maximum", "maximum(x, dimension, …)"),
  mean: special("mean", 2, MANY, "mean(x, dimension, …)"),
  softmax: special("softmax", 2, 2, "softmax(x, dimension)"),
  share: special("share", 2, 2, "share(x, dimension)"),
  allocate: special("allocate", 4, 4, "allocate(amount, weight, cap, dimension)"),
  group_weight: special("group_weight", 1, 1, "group_weight(group)"),
  initial: special("initial", 1, 1, "initial(x)"),
  history: special("history", 2, 2, "history(x, years)"),
  step_at: special("step_at", 1, 1, "step_at(time0)"),
  ramp_between: special("ramp_between", 2, 2, "ramp_between(from, to)"),
  position: special("position", 1, 1, "position(dimension)"),
};
