import { clamp, LOWEST_EXPONENT, POWERS_OF_TWO, ROUND_TO_INTEGER } from "./binary64.ts";

/** Upper part of ln 2, a multiple of 2^-32: its product with a whole number below 2^21 is exact. */
export const LN2_HIGH = 0.6931471803691238;
/** ln 2 - LN2_HIGH, rounded. */
export const LN2_LOW = 1.9082149292705877e-10;

/** From here on e^x overflows, even halved. */
export const LARGEST_EXP = 712;
/** From here down e^x is zero. */
export const SMALLEST_EXP = -746;

// exp(r) ≈ 1 + r + r²/2 + C3 r³ + … + C11 r¹¹ on |r| ≤ 0.3468, relative error 5.5e-18. Near-minimax: Lawson's reweighted
// least squares on 160 Chebyshev nodes in 90 digits, coefficients rounded one at a time and the rest fitted again.
export const C3 = 0.16666666666666433;
export const C4 = 0.041666666666603576;
export const C5 = 0.008333333333500392;
export const C6 = 0.0013888888926954592;
export const C7 = 0.0001984126946583597;
export const C8 = 2.4801508477356857e-5;
export const C9 = 2.7557640813169987e-6;
export const C10 = 2.7625271149065695e-7;
export const C11 = 2.497853019715519e-8;

// V8 folds a module's private constants, but loads an exported one at every use, which doubles the time of exp. The
// exports serve the kernel, which emits the same operations; the functions here read these copies.
const c3 = C3;
const c4 = C4;
const c5 = C5;
const c6 = C6;
const c7 = C7;
const c8 = C8;
const c9 = C9;
const c10 = C10;
const c11 = C11;
const ln2High = LN2_HIGH;
const ln2Low = LN2_LOW;
const largest = LARGEST_EXP;
const smallest = SMALLEST_EXP;

/**
 * e^x for every x.
 *
 * Cody–Waite reduction x = n ln 2 + r, a polynomial of degree 11 in Estrin's order, and a scale 2^n in two factors, so
 * that a subnormal result is rounded once. Largest error measured: 0.91 ulp, at -127.1829773186596. exp(-Infinity) is 0, exp(Infinity) is Infinity, exp(NaN) is NaN.
 */
export function exp(x: number): number {
  const z = clamp(x, smallest, largest);
  // n = x / ln 2 to the nearest whole number.
  const n = z * Math.LOG2E + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
  // r = x - n ln 2 in two parts: the subtraction in `high` is exact.
  const high = z - n * ln2High;
  const low = n * ln2Low;
  const y = 1 + (high + (expRest(high - low) - low));
  // 2^n = 2^(biased a - 1023) · 2^(biased b - 1023); a NaN takes any factor and stays one.
  const biased = (n + 2046) | 0;
  const a = biased >> 1;
  const b = biased - a;
  return y * POWERS_OF_TWO[a - (1023 + LOWEST_EXPONENT)]! * POWERS_OF_TWO[b - (1023 + LOWEST_EXPONENT)]!;
}

/** e^r - 1 - r for |r| ≤ 0.3468. */
export function expRest(r: number): number {
  const r2 = r * r;
  const r4 = r2 * r2;
  const upper = c6 + c7 * r + r2 * (c8 + c9 * r) + r4 * (c10 + c11 * r);
  return r2 * (0.5 + c3 * r + r2 * (c4 + c5 * r) + r4 * upper);
}
