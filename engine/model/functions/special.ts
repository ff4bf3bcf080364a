/** Special functions, built of simpler operations, and the root of an equation. */
import { add, binary, constant, divide, multiply, select, smaller, subtract, unary } from "../build-term.ts";
import type { Term } from "../term.ts";
import { once, topic, value, written } from "./function-entry.ts";

const stored = (body: Term): Term => ({ kind: "stored", body });
/** A polynomial by Horner's rule, lowest power first. */
const polynomial = (coefficients: readonly number[], x: Term): Term =>
  coefficients.reduceRight<Term>((sum, c) => add(multiply(sum, x), constant(c)), constant(0));

/** (x + 5) e^(x²/2) Φ(-x) for x ≥ 0 in powers of (x - 5) / (x + 5), as in numerics/normal-cdf.ts. */
const TAIL = [
  0.769193049750063, -0.6653825028900568, 0.49530561596997447, -0.31353315667128545, 0.16502036617045993,
  -0.06911863870697932, 0.020795066798469604, -0.0029933767600007913, -0.0007978693827221736, 0.0005448989748420535,
  -5.937584128463761e-5, -4.9762353335809215e-5, 1.668175723145279e-5, 3.979426272322324e-6, -2.7710130238360716e-6,
  -3.3365161273796607e-7, 4.368411305541249e-7, 3.8691390809964507e-8, -7.092371083219714e-8, -7.024067470435671e-9,
  1.1594724015365962e-8, 1.3043673950542163e-9, -1.6673407720802412e-9, -1.388178182438587e-10, 1.467456015744767e-10,
] as const;
/** From here on the tail is below the smallest normal number. */
const LARGEST = 37;

function normalCdf(at: Term): Term {
  const x = stored(at);
  const size = stored(smaller(unary("abs", x), constant(LARGEST)));
  const t = stored(divide(subtract(size, constant(5)), add(size, constant(5))));
  const decay = unary("exp", multiply(constant(-0.5), multiply(size, size)));
  const tail = stored(multiply(divide(polynomial(TAIL, t), add(size, constant(5))), decay));
  return select(binary("greater", x, constant(0)), subtract(constant(1), tail), tail);
}

/** Stirling's series in 1/x: B_2j / (2j (2j - 1)) of x^(1 - 2j) (DLMF 5.11.1). */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156] as const;
/** From here on seven terms suffice. */
const STIRLING_FROM = 16;
const HALF_LN_2PI = 0.9189385332046727;

/** ln Γ(x): Stirling's formula at x, or where x is small at x + 16, less the logarithm of x (x + 1) … (x + 15). */
function lnGamma(at: Term): Term {
  const x = stored(at);
  const isSmall = binary("less", x, constant(STIRLING_FROM));
  const from = stored(select(isSmall, add(x, constant(STIRLING_FROM)), x));
  const inverse = stored(divide(constant(1), from));
  const series = multiply(polynomial(STIRLING, stored(multiply(inverse, inverse))), inverse);
  const main = subtract(multiply(subtract(from, constant(0.5)), unary("ln", from)), from);
  const large = stored(add(add(main, constant(HALF_LN_2PI)), series));
  const factors = Array.from({ length: STIRLING_FROM }, (_, i) => add(x, constant(i)));
  const product = factors.reduce((p, f) => multiply(p, f));
  // For negative x the product would be a number again, and the result none.
  const isDefined = binary("greater", x, constant(0));
  const shift = unary("ln", select(isDefined, product, constant(Number.NaN)));
  return select(isSmall, subtract(large, shift), large);
}

export const SPECIAL = topic("arithmetic", [
  {
    name: "ln_gamma",
    parameters: [value("x", "1")],
    result: "1",
    form: { kind: "build", build: ([x]) => lnGamma(x!) },
    en: "The natural logarithm of the gamma function, for positive x.",
    zh: "伽马函数的自然对数，x 须为正数。",
    elsewhere: ["Vensim: GAMMA LN(x).", "Vensim：GAMMA LN(x)。"],
    foreign: ["gamma_ln", "gammaln"],
    examples: [once("ln_gamma(5)", 3.17805383035), once("ln_gamma(0.5)", 0.572364942925)],
  },
  {
    name: "normal_cdf",
    parameters: [value("x", "1")],
    result: "1",
    form: { kind: "build", build: ([x]) => normalCdf(x!) },
    en: "The distribution function of the standard normal distribution: the share below x.",
    zh: "标准正态分布的分布函数：低于 x 的比例。",
    foreign: ["normalcdf", "normsdist"],
    examples: [once("normal_cdf(0)", 0.5), once("normal_cdf(1.96)", 0.975002104852)],
  },
  {
    name: "solve",
    parameters: [written("x", "local"), written("f", "body", "any"), value("low", "a"), value("high", "a")],
    result: "a",
    form: { kind: "special", name: "solve" },
    en: "The x from `low` to `high` at which f is 0. x is a name that stands for nothing else; f is an equation of it that rises or falls throughout. The interval is halved 60 times, so that x is exact to 2^-60 of its length; where f has no root in it, the result is the end at which f is nearer to 0.",
    zh: "在 low 与 high 之间使 f 为 0 的 x。x 是没有其他含义的名称；f 是含 x 的方程，须一直上升或一直下降。区间对分 60 次，因此 x 精确到区间长度的 2^-60；f 在其中没有根时，结果为 f 较接近 0 的一端。",
    examples: [once("solve(x, x ^ 2 - 9, 0, 5)", 3), once("solve(x, x + 1, 0, 2)", 0)],
  },
]);
