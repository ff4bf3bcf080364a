import { LOWEST_EXPONENT, POWERS_OF_TWO, ROUND_TO_INTEGER } from "./binary64.ts";

/** Upper part of ln 2, a multiple of 2^-32: its product with a whole number below 2^21 is exact. */
export const LN2_HIGH = 0.6931471803691238;
/** ln 2 - LN2_HIGH, rounded. */
export const LN2_LOW = 1.9082149292705877e-10;

/** From here on the result overflows, even after a scale of 1/2. */
export const LARGEST = 712;
/** From here down the result is zero. */
export const SMALLEST = -746;

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

/**
 * e^x for every x.
 *
 * Cody–Waite reduction x = n ln 2 + r, a polynomial of degree 11 in Estrin's order, and a scale 2^n in two factors, so
 * that a subnormal result is rounded once. exp(-Infinity) is 0, exp(Infinity) is Infinity, exp(NaN) is NaN.
 */
export function exp(x: number): number {
  return scaledExp(x, 0, 1);
}

/**
 * scale · e^(x + tail) for |tail| ≤ 1e-4 and a scale of 1/2, 1 or 2: the arithmetic behind `exp`, for functions that
 * carry their exponent in two numbers.
 */
export function scaledExp(x: number, tail: number, scale: number): number {
  const z = Math.max(Math.min(x, LARGEST), SMALLEST);
  // n = x / ln 2 to the nearest whole number.
  const n = z * Math.LOG2E + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
  // r = z + tail - n ln 2 in two parts: the subtraction in `high` is exact.
  const high = z - n * LN2_HIGH;
  const low = n * LN2_LOW - tail;
  const r = high - low;
  // exp(r) - 1 - r
  const r2 = r * r;
  const r4 = r2 * r2;
  const upper = C6 + C7 * r + r2 * (C8 + C9 * r) + r4 * (C10 + C11 * r);
  const p = r2 * (0.5 + C3 * r + r2 * (C4 + C5 * r) + r4 * upper);
  const y = (1 + (high + (p - low))) * scale;
  // 2^n = 2^(biased a - 1023) · 2^(biased b - 1023); a NaN takes any factor and stays one.
  const biased = (n + 2046) | 0;
  const a = biased >> 1;
  const b = biased - a;
  return y * POWERS_OF_TWO[a - (1023 + LOWEST_EXPONENT)]! * POWERS_OF_TWO[b - (1023 + LOWEST_EXPONENT)]!;
}
