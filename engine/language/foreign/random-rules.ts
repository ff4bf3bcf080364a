/** Random functions. Vensim does not publish its generator; here each call is a noise of our own, changed once a step. */
import type { Expression } from "../equation.ts";
import { written } from "./function-rules.ts";
import type { ForeignCall, FunctionTable } from "./functions.ts";

/** The noise of a call, read at the element of the equation. */
function noise(call: ForeignCall, kind: "normal noise" | "uniform noise"): Expression {
  const { t, scope, b, span, name } = call;
  const variable = t.context.helper({ title: name.text, kind, scope, span });
  const subscripts = scope.map((s) =>
    s.at === null ? b.name(s.axis) : b.element(s.family.elements[s.positions[s.at]!]!.name),
  );
  return b.subscripted(variable, subscripts);
}

/** -ln(1 - u): an exponentially distributed number of mean 1. */
const exponential = (call: ForeignCall): Expression => {
  const { b } = call;
  return b.negate(b.call("ln", b.subtract(b.number(1), noise(call, "uniform noise"))));
};

/** A triangle between `start` and `stop` with its peak: the inverse of its distribution function. */
function triangular(call: ForeignCall, [start, peak, stop]: readonly Expression[]): Expression {
  const { b } = call;
  const u = noise(call, "uniform noise");
  const width = b.subtract(stop!, start!);
  const [before, after] = [b.subtract(peak!, start!), b.subtract(stop!, peak!)];
  const low = b.add(start!, b.call("sqrt", b.multiply(u, b.multiply(width, before))));
  const high = b.subtract(stop!, b.call("sqrt", b.multiply(b.subtract(b.number(1), u), b.multiply(width, after))));
  return b.if(b.binary("<", b.multiply(u, width), before), low, high);
}

export const RANDOM_FUNCTIONS: FunctionTable = {
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

export const XMILE_RANDOM_FUNCTIONS: FunctionTable = {
  /** NORMAL(mean, sd, [seed], [low], [high]) */
  normal: written([2, 5], (call) => {
    const [mean, sd, , low, high] = call.arguments.map((a) => call.t.translate(a, call.scope));
    const { b } = call;
    const value = b.add(mean!, b.multiply(sd!, noise(call, "normal noise")));
    return low && high ? b.call("clip", value, low, high) : value;
  }),
  /** EXPRND(mean, [seed]) */
  exprnd: written([1, 2], (call) =>
    call.b.multiply(call.t.translate(call.arguments[0]!, call.scope), exponential(call)),
  ),
  /** RANDOM(low, high, [seed]) */
  random: written([2, 3], (call) => {
    const [low, high] = call.arguments.map((a) => call.t.translate(a, call.scope));
    const { b } = call;
    return b.add(low!, b.multiply(b.subtract(high!, low!), noise(call, "uniform noise")));
  }),
};
