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

export const RANDOM_FUNCTIONS: FunctionTable = {
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
  /** RANDOM(low, high, [seed]) */
  random: written([2, 3], (call) => {
    const [low, high] = call.arguments.map((a) => call.t.translate(a, call.scope));
    const { b } = call;
    return b.add(low!, b.multiply(b.subtract(high!, low!), noise(call, "uniform noise")));
  }),
};
