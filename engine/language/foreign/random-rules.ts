/** Random functions. Vensim does not publish its generator; here each call is a noise of our own, changed once a step. */
import type { Expression } from "../equation.ts";
import type { ForeignTable } from "./foreign-model.ts";
import { written } from "./function-rules.ts";
import type { ForeignCall, FunctionRule, FunctionTable } from "./functions.ts";
import {
  binomialTable,
  densityTable,
  type ForeignPoint,
  negativeBinomialTable,
  poissonTable,
  quantileTable,
} from "./quantile-tables.ts";
import type { TranslationContext } from "./translation-context.ts";

/** The noise of a call, read at the element of the equation. */
export function noise(call: ForeignCall, kind: "normal noise" | "uniform noise"): Expression {
  const { t, scope, b, span, name } = call;
  const variable = t.context.helper({ title: name.text, kind, scope, span });
  const subscripts = scope.map((s) =>
    s.at === null ? b.name(s.axis) : b.element(s.family.elements[s.positions[s.at]!]!.name),
  );
  return b.subscripted(variable, subscripts);
}

/** -ln(1 - u): an exponentially distributed number of mean 1. */
export const exponential = (call: ForeignCall): Expression => {
  const { b } = call;
  return b.negate(b.call("ln", b.subtract(b.number(1), noise(call, "uniform noise"))));
};

/** A triangle between `start` and `stop` with its peak: the inverse of its distribution function. */
export function triangular(call: ForeignCall, [start, peak, stop]: readonly Expression[]): Expression {
  const { b } = call;
  const u = noise(call, "uniform noise");
  const width = b.subtract(stop!, start!);
  const [before, after] = [b.subtract(peak!, start!), b.subtract(stop!, peak!)];
  const low = b.add(start!, b.call("sqrt", b.multiply(u, b.multiply(width, before))));
  const high = b.subtract(stop!, b.call("sqrt", b.multiply(b.subtract(b.number(1), u), b.multiply(width, after))));
  return b.if(b.binary("<", b.multiply(u, width), before), low, high);
}

/** Largest shape of a gamma or beta distribution whose quantiles are found; its reciprocal the smallest. */
const LARGEST_SHAPE = 10_000;

/** Tables of distributions that have been made for a model, by what they are. */
const TABLES = new WeakMap<TranslationContext, Map<string, ForeignTable>>();

/** A distribution as a table, read at a uniform number; its parameters must be constants of the file. */
export function fromTable(
  call: ForeignCall,
  reading: "lookup_linear" | "lookup_backward",
  what: string,
  make: () => ForeignPoint[] | null,
): Expression {
  const { t, b, span } = call;
  const known = TABLES.get(t.context) ?? new Map<string, ForeignTable>();
  TABLES.set(t.context, known);
  let table = known.get(what);
  if (!table) {
    const points = make();
    if (!points) return t.fail("foreign-distribution", span, { name: call.name.text });
    table = { points, type: "continuous", span };
    known.set(what, table);
  }
  return b.call(reading, b.name(t.context.table(table)), noise(call, "uniform noise"));
}

/** `FUNCTION(low, high, parameters …, shift, stretch, seed)`: a draw, stretched, shifted, and kept between the bounds. */
const bounded = (
  parameters: number,
  draw: (call: ForeignCall, parameters: readonly number[]) => Expression,
): FunctionRule =>
  written(parameters + 5, (call) => {
    const { t, scope, b, arguments: args } = call;
    const known = args.slice(2, 2 + parameters).map((a) => t.context.constantValue(a, scope));
    for (const [i, value] of known.entries()) {
      if (value !== null) continue;
      return t.fail("foreign-not-constant", args[i + 2]!.span, { name: call.name.text, argument: i + 3 });
    }
    const [low, high, shift, stretch] = [0, 1, parameters + 2, parameters + 3].map((i) => t.translate(args[i]!, scope));
    const value = b.add(shift!, b.multiply(stretch!, draw(call, known as number[])));
    return b.call("clip", value, low!, high!);
  });

const counted = (parameters: number, make: (...values: number[]) => ForeignPoint[] | null): FunctionRule =>
  bounded(parameters, (call, values) =>
    fromTable(call, "lookup_backward", `${call.name.key} ${values.join(" ")}`, () => make(...values)),
  );

/** RANDOM WEIBULL(low, high, shape, shift, stretch, seed), stretched so that its mean is 1. */
function weibull(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const [low, high, shape, shift, stretch] = args.slice(0, 5).map((a) => t.translate(a, scope));
  const power = b.divide(b.number(1), shape!);
  const mean = b.call("exp", b.call("ln_gamma", b.add(b.number(1), power)));
  const value = b.divide(b.call("power", exponential(call), power), mean);
  return b.call("clip", b.add(shift!, b.multiply(stretch!, value)), low!, high!);
}

/** RANDOM LOOKUP(density, low, high, shift, stretch, seed) */
function ofDensity(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const at = args[0]!;
  const body = at.kind === "name" ? t.context.variables.get(at.name.key)?.foreign.definitions[0]?.body : undefined;
  const points = at.kind === "table" ? at.table.points : body?.kind === "lookup" ? body.table.points : null;
  if (!points) {
    return t.fail("foreign-not-lookup", at.span, {
      name: call.name.text,
      found: at.kind === "name" ? at.name.text : "…",
    });
  }
  const [low, high, shift, stretch] = args.slice(1, 5).map((a) => t.translate(a, scope));
  const value = fromTable(call, "lookup_linear", `density ${points.map((p) => `${p.x} ${p.y}`).join()}`, () =>
    densityTable(points),
  );
  return b.call("clip", b.add(shift!, b.multiply(stretch!, value)), low!, high!);
}

export const RANDOM_FUNCTIONS: FunctionTable = {
  random_poisson: counted(1, poissonTable),
  random_binomial: counted(2, binomialTable),
  random_negative_binomial: counted(2, negativeBinomialTable),
  /** RANDOM GAMMA(low, high, order, shift, stretch, seed); an order below 1 counts as 1. */
  random_gamma: bounded(1, (call, [order]) => {
    const shape = Math.max(order!, 1);
    return fromTable(call, "lookup_linear", `gamma ${shape}`, () =>
      shape <= LARGEST_SHAPE ? quantileTable((u) => call.t.context.quantileGamma(u, shape)) : null,
    );
  }),
  random_beta: bounded(2, (call, [a, b]) =>
    fromTable(call, "lookup_linear", `beta ${a} ${b}`, () =>
      [a!, b!].every((shape) => shape >= 1 / LARGEST_SHAPE && shape <= LARGEST_SHAPE)
        ? quantileTable((u) => call.t.context.quantileBeta(u, a!, b!))
        : null,
    ),
  ),
  random_weibull: written(6, weibull),
  random_lookup: written(6, ofDensity),
  random_0_1: written([0, 1], (call) => noise(call, "uniform noise")),
  /** RANDOM EXPONENTIAL(low, high, shift, stretch, seed) */
  random_exponential: written(5, (call) => {
    const [low, high, shift, stretch] = call.arguments.map((a) => call.t.translate(a, call.scope));
    const { b } = call;
    return b.call("clip", b.add(shift!, b.multiply(stretch!, exponential(call))), low!, high!);
  }),
  /** RANDOM TRIANGULAR(low, high, start, peak, stop, seed) */
  random_triangular: written(6, (call) => {
    const [low, high, ...shape] = call.arguments.map((a) => call.t.translate(a, call.scope));
    return call.b.call("clip", triangular(call, shape), low!, high!);
  }),
  /** RANDOM NORMAL(low, high, mean, sd, seed) */
  random_normal: written(5, (call) => {
    const [low, high, mean, sd] = call.arguments.map((a) => call.t.translate(a, call.scope));
    const { b } = call;
    return b.call("clip", b.add(mean!, b.multiply(sd!, noise(call, "normal noise"))), low!, high!);
  }),
  /** RANDOM UNIFORM(low, high, seed) */
  random_uniform: written(3, (call) => {
    const [low, high] = call.arguments.map((a) => call.t.translate(a, call.scope));
    const { b } = call;
    return b.add(low!, b.multiply(b.subtract(high!, low!), noise(call, "uniform noise")));
  }),
};
