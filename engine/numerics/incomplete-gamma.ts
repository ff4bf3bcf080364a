import { exp } from "./exp.ts";
import { lnOnePlusLess, stirlingError } from "./gamma-function.ts";
import type { TailProbabilities } from "./incomplete-beta.ts";

const TWO_PI = 2 * Math.PI;
const TINY = 1e-300;
const SMALL_STEP = 2e-16;
const MOST_TERMS = 100_000;

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) for one a > 0, as a function of x > 0.
 *
 * The series DLMF 8.7.1 up to x = a + 1, the continued fraction DLMF 8.9.2 (even part) beyond.
 */
export function incompleteGamma(a: number): (x: number) => TailProbabilities {
  const correction = stirlingError(a);
  const scale = Math.sqrt(a / TWO_PI);
  return (x) => {
    // x^a e^-x / Γ(a), written about x = a
    const slope = scale * exp(a * lnOnePlusLess((x - a) / a, x / a) - correction);
    if (x < a + 1) {
      const lower = (slope / a) * gammaSeries(x, a);
      return { lower, upper: 1 - lower, slope };
    }
    const upper = slope * gammaFraction(x, a);
    return { lower: 1 - upper, upper, slope };
  };
}

/** 1 + x / (a + 1) + x² / ((a + 1)(a + 2)) + … */
function gammaSeries(x: number, a: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= MOST_TERMS; n++) {
    term *= x / (a + n);
    sum += term;
    if (term <= sum * SMALL_STEP) return sum;
  }
  throw new RangeError(`the incomplete gamma function at x = ${x}, a = ${a} does not converge`);
}

/** 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - 2 (2 - a) / (…))), by Lentz's method. */
function gammaFraction(x: number, a: number): number {
  let b = x + 1 - a;
  let numerator = 1 / TINY;
  let denominator = 1 / b;
  let value = denominator;
  for (let n = 1; n <= MOST_TERMS; n++) {
    const coefficient = -n * (n - a);
    b += 2;
    const next = coefficient * denominator + b;
    denominator = 1 / (Math.abs(next) < TINY ? TINY : next);
    numerator = b + coefficient / numerator;
    if (Math.abs(numerator) < TINY) numerator = TINY;
    const step = numerator * denominator;
    value *= step;
    if (Math.abs(step - 1) <= SMALL_STEP) return value;
  }
  throw new RangeError(`the incomplete gamma function at x = ${x}, a = ${a} does not converge`);
}
