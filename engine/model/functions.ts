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
  /** Units of the arguments and of the result, see `units/unit-rule.ts`. */
  readonly units: string;
}

const MANY = Number.POSITIVE_INFINITY;
const unary = (op: UnaryOp, signature: string, units: string): FunctionEntry => ({
  form: { kind: "unary", op },
  atLeast: 1,
  atMost: 1,
  signature,
  units,
});
const reduce = (op: ReduceOp, signature: string, units: string): FunctionEntry => ({
  form: { kind: "reduce", op },
  atLeast: 2,
  atMost: MANY,
  signature,
  units,
});
const special = (
  name: Extract<FunctionForm, { kind: "special" }>["name"],
  atLeast: number,
  atMost: number,
  signature: string,
  units: string,
): FunctionEntry => ({ form: { kind: "special", name }, atLeast, atMost, signature, units });

export const FUNCTIONS: Readonly<Record<string, FunctionEntry>> = {
  abs: unary("abs", "abs(x)", "a -> a"),
  sqrt: unary("sqrt", "sqrt(x)", "a -> a^0.5"),
  exp: unary("exp", "exp(x)", "1 -> 1"),
  ln: unary("ln", "ln(x)", "1 -> 1"),
  floor: unary("floor", "floor(x)", "a -> a"),
  ceil: unary("ceil", "ceil(x)", "a -> a"),
  round: unary("round", "round(x)", "a -> a"),
  sign: unary("sign", "sign(x)", "any -> 1"),
  min: { form: { kind: "fold", op: "min" }, atLeast: 2, atMost: MANY, signature: "min(a, b, …)", units: "a… -> a" },
  max: { form: { kind: "fold", op: "max" }, atLeast: 2, atMost: MANY, signature: "max(a, b, …)", units: "a… -> a" },
  clip: special("clip", 3, 3, "clip(x, low, high)", "a, a, a -> a"),
  if: special("if", 3, 3, "if(condition, a, b)", "any, a, a -> a"),
  safe_divide: special("safe_divide", 2, 3, "safe_divide(a, b, c)", "a, b, a/b -> a/b"),
  sum: reduce("sum", "sum(x, dimension, …)", "a, dimension… -> a"),
  product: reduce("product", "product(x, dimension, …)", "1, dimension… -> 1"),
  minimum: reduce("minimum", "minimum(x, dimension, …)", "a, dimension… -> a"),
  maximum: reduce("maximum", "maximum(x, dimension, …)", "a, dimension… -> a"),
  mean: special("mean", 2, MANY, "mean(x, dimension, …)", "a, dimension… -> a"),
  softmax: special("softmax", 2, 2, "softmax(x, dimension)", "1, dimension -> 1"),
  share: special("share", 2, 2, "share(x, dimension)", "any, dimension -> 1"),
  allocate: special("allocate", 4, 4, "allocate(amount, weight, cap, dimension)", "a, any, a, dimension -> a"),
  group_weight: special("group_weight", 1, 1, "group_weight(group)", "dimension -> 1"),
  initial: special("initial", 1, 1, "initial(x)", "a -> a"),
  history: special("history", 2, 2, "history(x, years)", "a, time -> a"),
  step_at: special("step_at", 1, 1, "step_at(time0)", "time -> 1"),
  ramp_between: special("ramp_between", 2, 2, "ramp_between(from, to)", "time, time -> 1"),
  position: special("position", 1, 1, "position(dimension)", "dimension -> 1"),
};
