/** Functions of XMILE (OASIS XMILE 1.0, section 3.5) and of Stella (isee systems' manual) in our language. */
import type { Expression } from "../equation.ts";
import type { ExpressionBuilder } from "./build-expression.ts";
import { delayOfOrder } from "./delay-rules.ts";
import type { ForeignExpression } from "./foreign-model.ts";
import { rule, same, written } from "./function-rules.ts";
import type { ForeignCall, FunctionTable } from "./functions.ts";
import { tableArgument } from "./lookup-rules.ts";
import { STELLA_ALLOCATE } from "./price-rules.ts";
import { boundsOf, countOf, type Reduction, reduce } from "./reductions.ts";
import { STELLA_RANDOM_FUNCTIONS } from "./stella-random.ts";
import { elementOfRank, NOT_AVAILABLE } from "./vector-rules.ts";

const over = (call: ForeignCall, op: Reduction, body: ForeignExpression): Expression => {
  const { t, scope, b } = call;
  return reduce(op, boundsOf([body], scope, t), scope, b, (inner) => t.translate(body, inner));
};

/** Whether an expression names a part of an array with `*` or `a:b`. */
function isSlice(e: ForeignExpression): boolean {
  if (e.kind === "unary") return isSlice(e.operand);
  if (e.kind === "binary") return isSlice(e.left) || isSlice(e.right);
  return e.kind === "name" && (e.subscripts?.some((s) => s.kind === "wildcard" || s.kind === "range") ?? false);
}

/** One of several arguments: a part of an array counts with all its elements. */
const argument = (call: ForeignCall, op: Reduction, e: ForeignExpression): Expression =>
  isSlice(e) ? over(call, op, e) : call.t.translate(e, call.scope);

/** Of one array over its elements; of several arguments over these. */
const reduction = (op: "sum" | "product", sign: "+" | "*", empty: number) =>
  written([1, Number.POSITIVE_INFINITY], (call) => {
    const { b, arguments: args } = call;
    return args.length === 1
      ? over(call, op, args[0]!)
      : b.joined(
          sign,
          args.map((a) => argument(call, op, a)),
          empty,
        );
  });

/** MIN and MAX: of one array, its least or greatest element; else of the arguments. */
const extreme = (op: "minimum" | "maximum", name: "min" | "max") =>
  written([1, Number.POSITIVE_INFINITY], (call) => {
    const { b, arguments: args } = call;
    if (args.length === 1) return over(call, op, args[0]!);
    return b.call(name, ...args.map((a) => argument(call, op, a)));
  });

function mean(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  if (args.length > 1) {
    const sum = b.joined(
      "+",
      args.map((a) => t.translate(a, scope)),
      0,
    );
    return b.divide(sum, b.number(args.length));
  }
  return b.divide(over(call, "sum", args[0]!), b.number(countOf(boundsOf([args[0]!], scope, t))));
}

/** SIZE of an array, a part of one, or a dimension. */
function size({ t, arguments: args, scope, b }: ForeignCall): Expression {
  const at = args[0]!;
  const isDimension = at.kind === "name" && at.subscripts === null && !t.context.variables.has(at.name.key);
  const range = isDimension ? t.context.families.range(at.name.key) : null;
  return b.number(range ? range.positions.length : countOf(boundsOf([at], scope, t)));
}

/** STDDEV: the root of the mean squared distance from the mean, the array being all there is. */
function standardDeviation(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const bounds = boundsOf([args[0]!], scope, t);
  const average = mean(call);
  const squares = reduce("sum", bounds, scope, b, (inner) =>
    b.binary("^", b.subtract(t.translate(args[0]!, inner), average), b.number(2)),
  );
  return b.call("sqrt", b.divide(squares, b.number(countOf(bounds))));
}

/** PULSE(volume, first, interval): volume / DT for one step, so that the integral is the volume; no interval means once. */
function pulse([volume, first, interval]: readonly Expression[], { b }: ForeignCall): Expression {
  const start = first ?? b.name("start_time");
  const dt = b.name("time_step");
  const height = b.divide(volume!, dt);
  const once = b.call("pulse", start, dt);
  if (!interval) return b.multiply(height, once);
  const end = b.add(b.name("stop_time"), b.multiply(b.number(2), dt));
  const isRepeated = b.binary(">", interval, b.number(0));
  const every = b.if(isRepeated, interval, b.number(1));
  return b.multiply(height, b.if(isRepeated, b.call("pulse_train", start, dt, every, end), once));
}

/** HISTORY(x, time): x at that time, 0 before it is reached; a time that stays behind by the same span is a delay. */
function history(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const at = args[1]!;
  const x = t.translate(args[0]!, scope);
  if (at.kind === "binary" && at.operator === "-" && at.left.kind === "name" && at.left.name.key === "time") {
    return b.call("delay_fixed", x, t.translate(at.right, scope), b.number(0));
  }
  const half = b.divide(b.name("time_step"), b.number(2));
  const distance = b.call("abs", b.subtract(b.name("time"), t.translate(at, scope)));
  return b.call("sample_if_true", b.binary("<", distance, half), x, b.number(0));
}

/** COUNTER(start, end): rises by one a time unit from `start`, and begins again at `end`. */
function counter([start, end]: readonly Expression[], { b }: ForeignCall): Expression {
  const since = b.subtract(b.name("time"), b.name("start_time"));
  return b.add(start!, b.call("modulo", since, b.subtract(end!, start!)));
}

const wave = (name: "sin" | "cos") =>
  rule(2, ([height, period], { b }) => {
    const turns = b.divide(b.multiply(b.multiply(b.number(2), b.name("pi")), b.name("time")), period!);
    return b.multiply(height!, b.call(name, turns));
  });

/** LOOKUP(table, x): the table may stand beside an equation. */
const lookup = (name: string) =>
  written(2, (call) => {
    const table = tableArgument(call, 0);
    const x = call.t.translate(call.arguments[1]!, call.scope);
    if (!table) return x;
    if (name !== "") return call.b.call(name, table, x);
    if (table.kind === "subscripted") return call.b.lookup(table.name, table.subscripts, x);
    return table.kind === "name" ? call.b.lookup(table.name, [], x) : x;
  });

const lnFactorial = (n: Expression, b: ExpressionBuilder): Expression => b.call("ln_gamma", b.add(n, b.number(1)));

export const XMILE_FUNCTIONS: FunctionTable = {
  int: rule(1, ([x], { t, b }) => b.call(t.context.fromVensim ? "trunc" : "floor", x!)),
  mod: rule(2, ([a, by], { t, b }) => b.call(t.context.fromVensim ? "remainder" : "modulo", a!, by!)),
  log10: same("log10", 1),
  round: same("round", 1),
  max: extreme("maximum", "max"),
  min: extreme("minimum", "min"),
  sum: reduction("sum", "+", 0),
  prod: reduction("product", "*", 1),
  mean: written([1, Number.POSITIVE_INFINITY], mean),
  stddev: written(1, standardDeviation),
  size: written(1, size),
  rank: written(2, elementOfRank),
  pi: rule(0, (_, { b }) => b.name("pi")),
  nan: rule(0, (_, { b }) => b.number(NOT_AVAILABLE)),
  inf: rule(0, (_, { b }) => b.number(Number.MAX_VALUE)),
  safediv: same("safe_divide", [2, 3]),
  init: same("initial", 1),
  previous: written([1, 2], ({ t, arguments: args, scope, b }) => {
    const at = args[0]!;
    const x = at.kind === "name" && at.name.key === "self" && t.owner ? t.owner : t.translate(at, scope);
    return b.call("previous", x, args[1] ? t.translate(args[1], scope) : b.number(0));
  }),
  history: written(2, history),
  counter: rule(2, counter),
  delay: same("delay_fixed", [2, 3]),
  delay1: same("delay1", [2, 3]),
  delay3: same("delay3", [2, 3]),
  delayn: written([3, 4], (call) => delayOfOrder("delay_n", call, { x: 0, time: 1, order: 2, initial: 3 })),
  smth1: same("smooth", [2, 3]),
  smth3: same("smooth3", [2, 3]),
  smthn: written([3, 4], (call) => delayOfOrder("smooth_n", call, { x: 0, time: 1, order: 2, initial: 3 })),
  trend: same("trend", [2, 3]),
  forcst: same("forecast", [3, 4]),
  npv: same("npv", [2, 3]),
  pulse: rule([1, 3], pulse),
  ramp: same("ramp", [2, 3]),
  step: same("step", 2),
  sinwave: wave("sin"),
  coswave: wave("cos"),
  percent: rule(1, ([x], { b }) => b.multiply(x!, b.number(100))),
  rootn: rule(2, ([x, n], { b }) => b.binary("^", x!, b.divide(b.number(1), n!))),
  gammaln: same("ln_gamma", 1),
  factorial: rule(1, ([n], { b }) => b.call("round", b.call("exp", lnFactorial(n!, b)))),
  /** n! / (n - r)! */
  permutations: rule(2, ([n, r], { b }) => {
    const ln = b.subtract(lnFactorial(n!, b), lnFactorial(b.subtract(n!, r!), b));
    return b.call("round", b.call("exp", ln));
  }),
  /** n! / (r! (n - r)!) */
  combinations: rule(2, ([n, r], { b }) => {
    const below = b.add(lnFactorial(r!, b), lnFactorial(b.subtract(n!, r!), b));
    return b.call("round", b.call("exp", b.subtract(lnFactorial(n!, b), below)));
  }),
  lookup: lookup(""),
  lookupinv: lookup("lookup_inverse"),
  ...STELLA_RANDOM_FUNCTIONS,
  ...STELLA_ALLOCATE,
};
