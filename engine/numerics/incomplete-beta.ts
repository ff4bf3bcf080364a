import { exp } from "./exp.ts";
import { lnOnePlusLess, stirlingError } from "./gamma-function.ts";

const TWO_PI = 2 * Math.PI;
/** Replaces a zero in Lentz's method. */
const TINY = 1e-300;
const SMALL_STEP = 2e-16;
const MOST_TERMS = 100_000;

/** A distribution function at one point, both tails accurate, and the density times x. */
export interface TailProbabilities {
  readonly lower: number;
  readonly upper: number;
  /** x · density(x), the derivative of `lower` by ln x. */
  readonly slope: number;
}

/**
 * The regularised incomplete beta function I_x(a, b) and its complement for one pair a, b > 0, as a function of x with 0 < x < 1.
 *
 * Continued fraction DLMF 8.17.22 by Lentz's method, on the side where it converges fast; the factor before it is written about
 * the mean (as A. R. DiDonato and A. H. Morris, ACM TOMS 18, 1992, do), so that large a and b lose no digits.
 */
export function incompleteBeta(a: number, b: number): (x: number) => TailProbabilities {
  const sum = a + b;
  const correction = stirlingError(sum) - stirlingError(a) - stirlingError(b);
  const scale = Math.sqrt((a / sum) * (b / TWO_PI));
  return (x) => {
    const y = 1 - x;
    // x^a y^b / B(a, b) with x = mean (1 + e), y = (1 - mean)(1 + d), and a e + b d = 0
    const offset = x * b - y * a;
    const exponent = a * lnOnePlusLess(offset / a, (x * sum) / a) + b * lnOnePlusLess(-offset / b, (y * sum) / b);
    const front = scale * exp(exponent + correction);
    if (x * (sum + 2) < a + 1) {
      const lower = (front / a) * betaFraction(x, a, b);
      return { lower, upper: 1 - lower, slope: front / y };
    }
    const upper = (front / b) * betaFraction(y, b, a);
    return { lower: 1 - upper, upper, slope: front / y };
  };
}

/** 1 / (1 + d₁ / (1 + d₂ / (1 + …))) of DLMF 8.17.22. */
function betaFraction(x: number, a: number, b: number): number {
  let numerator = 1;
  let denominator = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let value = denominator;
  for (let m = 1; m <= MOST_TERMS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    denominator = 1 / nonZero(1 + even * denominator);
    numerator = nonZero(1 + even / numerator);
    value *= numerator * denominator;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    denominator = 1 / nonZero(1 + odd * denominator);
    numerator = nonZero(1 + odd / numerator);
    const step = numerator * denominator;
    value *= step;
    if (Math.abs(step - 1) <= SMALL_STEP) return value;
  }
  throw new RangeError(`the incomplete beta function at x = ${x}, a = ${a}, b = ${b} does not converge`);
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
