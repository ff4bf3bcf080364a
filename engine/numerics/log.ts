import { LOWEST_EXPONENT, POWERS_OF_TWO, upperWord } from "./binary64.ts";
import { LN2_HIGH, LN2_LOW } from "./exp.ts";

export const SMALLEST_NORMAL = 2.2250738585072014e-308;
export const TWO_54 = 18014398509481984;

/** Upper word of 1 less that of √½: added to the bits of x it makes the exponent field change at √½ · 2^k. */
export const EXPONENT_SHIFT = 0x3ff00000 - 0x3fe6a09e;

// 2 artanh(s) ≈ 2s + s (L1 z + … + L7 z⁷), z = s² ≤ 0.02945, error 2.5e-18 relative to s. Fitted like those of exp.
export const L1 = 0.6666666666666735;
export const L2 = 0.39999999999410496;
export const L3 = 0.28571428743255056;
export const L4 = 0.22222198487554942;
export const L5 = 0.18183568685036883;
export const L6 = 0.15313940086822886;
export const L7 = 0.14797052570507072;

/**
 * The natural logarithm of x.
 *
 * x = 2^k m with m in [√½, √2); with f = m - 1 and s = f / (2 + f), ln m = 2 artanh(s) is summed as
 * f - (f²/2 - s (f²/2 + R(s²))), which keeps the largest term exact (the arrangement of K. C. Ng, fdlibm, 1993).
 * Largest error measured: 0.84 ulp, at 1.4006104718024395 (0.831). ln(±0) is -Infinity, ln of a negative number is NaN, ln(Infinity) is Infinity, ln(NaN) is NaN.
 */
export function ln(x: number): number {
  const subnormal = x < SMALLEST_NORMAL;
  const normal = subnormal ? x * TWO_54 : x;
  // x = 2^k m
  const e = ((upperWord(normal) + EXPONENT_SHIFT) >>> 20) - 1023;
  const k = subnormal ? e - 54 : e;
  const f = normal * POWERS_OF_TWO[-e - LOWEST_EXPONENT]! - 1;
  // ln m = f - (half - s (half + R))
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const half = 0.5 * f * f;
  const R = z * (L1 + L2 * z + w * (L3 + L4 * z + w * (L5 + L6 * z + w * L7)));
  const result = k * LN2_HIGH - (half - (s * (half + R) + k * LN2_LOW) - f);
  // Special cases, each a selection.
  if (x > 0) return x < Number.POSITIVE_INFINITY ? result : x;
  return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
}
