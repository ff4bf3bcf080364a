/** Vensim's functions (Vensim reference manual, "Functions") in our language. */
import type { Expression } from "../equation.ts";
import type { ExpressionBuilder } from "./build-expression.ts";
import { DATA_FUNCTIONS } from "./data-rules.ts";
import { delayOfOrder } from "./delay-rules.ts";
import { informationDelay, materialDelay } from "./discrete-delays.ts";
import { rule, same, written } from "./function-rules.ts";
import type { ForeignCall, FunctionTable } from "./functions.ts";
import { LOOKUP_FUNCTIONS } from "./lookup-rules.ts";
import { MATRIX_FUNCTIONS } from "./matrix-rules.ts";
import { PRICE_FUNCTIONS } from "./price-rules.ts";
import { RANDOM_FUNCTIONS } from "./random-rules.ts";
import { boundsOf, countOf, type Reduction, reduce } from "./reductions.ts";
import { TIME_FUNCTIONS } from "./time-rules.ts";
import { VECTOR_LOOKUP } from "./vector-lookup.ts";
import { VECTOR_FUNCTIONS } from "./vector-rules.ts";

/** Below this a denominator counts as zero (ZIDZ, XIDZ). */
const SMALL = 1e-6;

function dividedUnlessSmall(b: ExpressionBuilder, a: Expression, by: Expression, otherwise: Expression): Expression {
  return b.if(b.binary("<", b.call("abs", by), b.number(SMALL)), otherwise, b.divide(a, by));
}

const reduction = (op: Reduction) =>
  written(1, ({ t, name, arguments: args, scope, b, span }) => {
    const body = args[0]!;
    const bounds = boundsOf([body], scope, t);
    if (bounds.length === 0) t.fail("foreign-reduces-nothing", span, { name: name.text });
    return reduce(op, bounds, scope, b, (inner) => t.translate(body, inner));
  });

/** ELMCOUNT(dimension): how many elements it has. */
function elementCount(call: ForeignCall): Expression {
  const at = call.arguments[0]!;
  const range = at.kind === "name" ? call.t.context.families.range(at.name.key) : null;
  if (range) return call.b.number(range.positions.length);
  return call.b.number(countOf(boundsOf([at], call.scope, call.t)));
}

/** SAMPLE IF TRUE(condition, input, initial): where the variable reads itself, it reads what it was a step ago. */
function sampleIfTrue(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const first = t.translate(args[2]!, scope);
  const [when, value] = t.withSelf(first, () => args.slice(0, 2).map((a) => t.translate(a, scope)));
  return b.call("sample_if_true", when!, value!, first);
}

/** LOG(x, base); exact where the base is 10. */
function logarithm([x, base]: readonly Expression[], { b }: ForeignCall): Expression {
  if (base === undefined || (base.kind === "number" && base.value === 10)) return b.call("log10", x!);
  return b.divide(b.call("ln", x!), b.call("ln", base));
}

export const VENSIM_FUNCTIONS: FunctionTable = {
  abs: same("abs", 1),
  arccos: same("acos", 1),
  arcsin: same("asin", 1),
  arctan: same("atan", 1),
  cos: same("cos", 1),
  cosh: same("cosh", 1),
  exp: same("exp", 1),
  ln: same("ln", 1),
  log: rule([1, 2], logarithm),
  max: same("max", 2),
  min: same("min", 2),
  sin: same("sin", 1),
  sinh: same("sinh", 1),
  sqrt: same("sqrt", 1),
  tan: same("tan", 1),
  tanh: same("tanh", 1),
  integer: same("trunc", 1),
  modulo: same("remainder", 2),
  power: same("power", 2),
  quantum: same("quantum", 2),
  gamma_ln: same("ln_gamma", 1),
  if_then_else: same("if", 3),
  xidz: rule(3, ([a, by, x], { b }) => dividedUnlessSmall(b, a!, by!, x!)),
  zidz: rule(2, ([a, by], { b }) => dividedUnlessSmall(b, a!, by!, b.number(0))),
  game: rule(1, ([x]) => x!),
  simultaneous: rule(2, ([x]) => x!),
  step: same("step", 2),
  ramp: same("ramp", 3),
  pulse: same("pulse", 2),
  pulse_train: same("pulse_train", 4),
  time_base: rule(2, ([start, slope], { b }) => b.add(start!, b.multiply(slope!, b.name("time")))),
  initial: same("initial", 1),
  reinitial: same("initial", 1),
  sample_if_true: written(3, sampleIfTrue),
  delay_fixed: same("delay_fixed", 3),
  delay1: same("delay1", 2),
  delay1i: same("delay1", 3),
  delay3: same("delay3", 2),
  delay3i: same("delay3", 3),
  delay_n: written(4, (call) => delayOfOrder("delay_n", call, { x: 0, time: 1, initial: 2, order: 3 })),
  delay_information: written(3, informationDelay),
  delay_material: written(4, materialDelay),
  smooth: same("smooth", 2),
  smoothi: same("smooth", 3),
  smooth3: same("smooth3", 2),
  smooth3i: same("smooth3", 3),
  smooth_n: written(4, (call) => delayOfOrder("smooth_n", call, { x: 0, time: 1, initial: 2, order: 3 })),
  trend: same("trend", 3),
  forecast: same("forecast", 3),
  npv: same("npv", 4),
  npve: rule(4, ([stream, rate, initial, factor], { b }) => {
    // What comes at the end of a step is discounted by one step more.
    const growth = b.add(b.number(1), b.multiply(rate!, b.name("time_step")));
    return b.call("npv", b.divide(stream!, growth), rate!, initial!, factor!);
  }),
  sum: reduction("sum"),
  prod: reduction("product"),
  vmin: reduction("minimum"),
  vmax: reduction("maximum"),
  elmcount: written(1, elementCount),
  ...LOOKUP_FUNCTIONS,
  ...DATA_FUNCTIONS,
  ...VECTOR_LOOKUP,
  ...VECTOR_FUNCTIONS,
  ...RANDOM_FUNCTIONS,
  ...PRICE_FUNCTIONS,
  ...MATRIX_FUNCTIONS,
  ...TIME_FUNCTIONS,
};
