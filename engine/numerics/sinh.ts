import { scaledExp } from "./scaled-exp.ts";

// sinh(x) ≈ x + x³ (S0 + … + S6 x¹²) on |x| ≤ 1, relative error 3.1e-19. Fitted like those of exp.
export const S0 = 0.16666666666666669;
export const S1 = 0.008333333333332969;
export const S2 = 0.00019841269841532842;
export const S3 = 2.755731912980658e-6;
export const S4 = 2.5052126950115976e-8;
export const S5 = 1.6056993173769194e-10;
export const S6 = 7.766118180182159e-13;

/**
 * The hyperbolic sine of x.
 *
 * A polynomial up to 1; beyond, (e^|x| - e^-|x|) / 2 from e^|x| / 2, which overflows only where the result does. sinh(±0) is ±0.
 * Largest error measured: 1.61 ulp, at 1.4289452958857831.
 */
export function sinh(x: number): number {
  const size = Math.abs(x);
  const z = x * x;
  const w = z * z;
  const polynomial = S0 + S1 * z + w * (S2 + S3 * z) + w * w * (S4 + S5 * z + w * S6);
  const near = size + size * z * polynomial;
  const half = scaledExp(size, 0, 0.5);
  const far = half - 0.25 / half;
  const result = size <= 1 ? near : far;
  return x === 0 ? x : x < 0 ? -result : result;
}
