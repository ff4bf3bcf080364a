/**
 * Random functions of XMILE (1.0, section 3.5.2) and Stella (isee's manual, "Statistical builtins"). The last argument of each may be a
 * seed, which is not read: draws are those of our own noise.
 */
import type { Expression } from "../equation.ts";
import { written } from "./function-rules.ts";
import type { ForeignCall, FunctionRule, FunctionTable } from "./functions.ts";
import { binomialTable, type ForeignPoint, poissonTable, quantileTable } from "./quantile-tables.ts";
import { exponential, fromTable, noise, triangular } from "./random-rules.ts";

/** A draw from its parameters and, perhaps, a seed. */
const drawn = (parameters: number, draw: (call: ForeignCall, values: readonly Expression[]) => Expression) =>
  written([parameters, parameters + 1], (call) =>
    draw(
      call,
      call.arguments.slice(0, parameters).map((a) => call.t.translate(a, call.scope)),
    ),
  );

/** A draw from a table that its parameters give; they must be constants of the file. */
function tabled(
  parameters: number,
  reading: "lookup_linear" | "lookup_backward",
  make: (call: ForeignCall, values: readonly number[]) => ForeignPoint[] | null,
): FunctionRule {
  return written([parameters, parameters + 1], (call) => {
    const known: number[] = [];
    for (const [i, at] of call.arguments.slice(0, parameters).entries()) {
      const value = call.t.context.constantValue(at, call.scope);
      if (value === null) {
        return call.t.fail("foreign-not-constant", at.span, { name: call.name.text, argument: i + 1 });
      }
      known.push(value);
    }
    return fromTable(call, reading, `${call.name.key} ${known.join(" ")}`, () => make(call, known));
  });
}

const between = (call: ForeignCall, [low, high]: readonly Expression[]): Expression => {
  const { b } = call;
  return b.add(low!, b.multiply(b.subtract(high!, low!), noise(call, "uniform noise")));
};

/** exp of a normal number, such that mean and standard deviation are those of the result. */
function logNormal(call: ForeignCall, [mean, deviation]: readonly Expression[]): Expression {
  const { b } = call;
  const relative = b.divide(deviation!, mean!);
  const variance = b.call("ln", b.add(b.number(1), b.multiply(relative, relative)));
  const centre = b.subtract(b.call("ln", mean!), b.divide(variance, b.number(2)));
  return b.call("exp", b.add(centre, b.multiply(b.call("sqrt", variance), noise(call, "normal noise"))));
}

/** (-ln(1 - u)) ^ (1 / shape), times the scale. */
const weibull = (call: ForeignCall, [shape, scale]: readonly Expression[]): Expression => {
  const { b } = call;
  return b.multiply(scale!, b.call("power", exponential(call), b.divide(b.number(1), shape!)));
};

/** scale · (1 - u) ^ (-1 / shape), which is the scale at the least. */
const pareto = (call: ForeignCall, [shape, scale]: readonly Expression[]): Expression => {
  const { b } = call;
  return b.multiply(scale!, b.call("exp", b.divide(exponential(call), shape!)));
};

/** mean + scale · ln(u / (1 - u)) */
function logistic(call: ForeignCall, [mean, scale]: readonly Expression[]): Expression {
  const { b } = call;
  const u = noise(call, "uniform noise");
  return b.add(mean!, b.multiply(scale!, b.call("ln", b.divide(u, b.subtract(b.number(1), u)))));
}

/** MONTECARLO(percent): 1 with that probability per time unit, else 0. */
function monteCarlo(call: ForeignCall, [percent]: readonly Expression[]): Expression {
  const { b } = call;
  const chance = b.divide(b.multiply(percent!, b.name("time_step")), b.number(100));
  return b.if(b.binary("<", noise(call, "uniform noise"), chance), b.number(1), b.number(0));
}

export const STELLA_RANDOM_FUNCTIONS: FunctionTable = {
  /** NORMAL(mean, sd, [seed], [low], [high]) */
  normal: written([2, 5], (call) => {
    const [mean, sd, , low, high] = call.arguments.map((a) => call.t.translate(a, call.scope));
    const { b } = call;
    const value = b.add(mean!, b.multiply(sd!, noise(call, "normal noise")));
    return low && high ? b.call("clip", value, low, high) : value;
  }),
  lognormal: drawn(2, logNormal),
  exprnd: drawn(1, (call, [mean]) => call.b.multiply(mean!, exponential(call))),
  random: drawn(2, between),
  uniform: drawn(2, between),
  /** TRIANGULAR(lower, mode, upper, [seed]) */
  triangular: drawn(3, triangular),
  logistic: drawn(2, logistic),
  pareto: drawn(2, pareto),
  weibull: drawn(2, weibull),
  montecarlo: drawn(1, monteCarlo),
  poisson: tabled(1, "lookup_backward", (_, [mean]) => poissonTable(mean!)),
  /** BINOMIAL(trials, probability, [seed]) */
  binomial: tabled(2, "lookup_backward", (_, [trials, p]) => binomialTable(p!, trials!)),
  beta: tabled(2, "lookup_linear", ({ t }, [a, b]) =>
    a! > 0 && b! > 0 && Number.isFinite(a! + b!) ? quantileTable((u) => t.context.quantileBeta(u, a!, b!)) : null,
  ),
  /** GAMMA(shape, scale, [seed]) */
  gamma: tabled(2, "lookup_linear", ({ t }, [shape, scale]) =>
    shape! > 0 && Number.isFinite(shape! * scale!)
      ? quantileTable((u) => scale! * t.context.quantileGamma(u, shape!))
      : null,
  ),
};
