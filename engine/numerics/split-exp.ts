/**
 * e^x in two numbers, a significand and a power of 4, so that the exponential of a sum is a product that neither overflows nor vanishes on the
 * way: exp(x + y) is `scaleByPowerOf4(expSignificand(x) * expSignificand(y), expExponent(x) + expExponent(y))`.
 *
 * The base is 4, because 4^k is the square of 2^k: as two equal factors it scales past the ends of the exponent field, and the result is rounded
 * once where it is subnormal.
 */
import { clamp, LOWEST_EXPONENT, POWERS_OF_TWO, ROUND_TO_INTEGER } from "./binary64.ts";
import { expRest } from "./exp.ts";

/** Numbers beyond count as infinite. */
export const LARGEST_SPLIT = 2 ** 30;

// ln 2 in three parts: the first two are multiples of 2^-22 and of 2^-44, so their products with a whole number below 2^31 are exact.
export const LN2_TOP = 2907269 * 2 ** -22;
export const LN2_MIDDLE = 4160796 * 2 ** -44;
export const LN2_BOTTOM = 5.497923018708371e-14;

/** From here on 4^k · y overflows, and from minus this down it vanishes, for y from 2^-100 to 2^100. */
export const LARGEST_POWER_OF_4 = 600;

// V8 loads an exported constant at every use; see exp.ts.
const largest = LARGEST_SPLIT;
const top = LN2_TOP;
const middle = LN2_MIDDLE;
const bottom = LN2_BOTTOM;
const largestPower = LARGEST_POWER_OF_4;

/**
 * s in [0.7, 2.9] such that e^x = s · 4^expExponent(x), for |x| ≤ 2^30; above it is Infinity, below it is 0, and NaN of NaN.
 *
 * The reduction and the polynomial of `exp`, with ln 2 in three parts. Largest error measured: 0.92 ulp, at -127.1829773186596.
 */
export function expSignificand(x: number): number {
  const n = x * Math.LOG2E + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
  const half = n * 0.5 - 0.25 + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
  // r = x - n ln 2 in two parts: both subtractions in `high` are exact.
  const high = x - n * top - n * middle;
  const low = n * bottom;
  const y = 1 + (high + (expRest(high - low) - low));
  // Twice where n is odd.
  const significand = y * (1 + (n - (half + half)));
  const bounded = x > largest ? Number.POSITIVE_INFINITY : significand;
  return x < -largest ? 0 : bounded;
}

/** The whole number k to `expSignificand(x)`, unbounded. Beyond 2^30 it may be any number, or infinite. */
export function expExponent(x: number): number {
  const n = x * Math.LOG2E + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
  return n * 0.5 - 0.25 + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
}

/**
 * y · 4^k, rounded once, for k whole and y from 2^-100 to 2^100. Where y is 0, Infinity or NaN the result is y, whatever k is.
 */
export function scaleByPowerOf4(y: number, k: number): number {
  const power = POWERS_OF_TWO[(clamp(k, -largestPower, largestPower) - LOWEST_EXPONENT) | 0]!;
  return y * power * power;
}
