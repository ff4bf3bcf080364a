import { ROUND_TO_INTEGER } from "./binary64.ts";

/** sin, cos and tan take |x| up to this; beyond they give NaN. */
export const LARGEST_ANGLE = 1e6;

export const TWO_OVER_PI = 0.6366197723675814;
// π/2 in four parts; the first three have 33 bits, so that their products with n < 2^20 are exact.
export const HALF_PI_1 = 1.5707963267341256;
export const HALF_PI_2 = 6.077100506303966e-11;
export const HALF_PI_3 = 2.0222662487111665e-21;
export const HALF_PI_4 = 8.4784276603689e-32;

/** Where `reduceAngle` leaves x - n π/2 in two parts, and n modulo 4. */
export const reducedAngle = new Float64Array(3);

/**
 * Writes x = n π/2 + r with |r| ≤ π/4 (Cody–Waite, the differences summed with their rounding errors).
 *
 * For |x| ≤ 1e6 the two parts of r hold it with an error below 2^-99, enough for the worst case there. The result for a larger or
 * infinite x is of no use.
 */
export function reduceAngle(x: number): void {
  const n = x * TWO_OVER_PI + ROUND_TO_INTEGER - ROUND_TO_INTEGER;
  const first = x - n * HALF_PI_1;
  // second + secondError = first - n HALF_PI_2, exact (Knuth's TwoSum)
  const product2 = n * HALF_PI_2;
  const second = first - product2;
  const part2 = second - first;
  const secondError = first - (second - part2) - (product2 + part2);
  // third + thirdError = second - n HALF_PI_3, exact
  const product3 = n * HALF_PI_3;
  const third = second - product3;
  const part3 = third - second;
  const thirdError = second - (third - part3) - (product3 + part3);
  const low = secondError + (thirdError - n * HALF_PI_4);
  const high = third + low;
  reducedAngle[0] = high;
  reducedAngle[1] = low - (high - third);
  reducedAngle[2] = n - 4 * Math.floor(0.25 * n);
}

// sin(r) ≈ r + r³ (S1 + … + S6 r¹⁰) on |r| ≤ π/4, relative error 3.8e-18; cos(r) ≈ 1 - r²/2 + r⁴ (C1 + … + C6 r¹⁰), relative
// error 5.7e-20. Fitted like those of exp.
export const S1 = -0.1666666666666663;
export const S2 = 0.008333333333321917;
export const S3 = -0.00019841269829456887;
export const S4 = 2.755731358173807e-6;
export const S5 = -2.5050742250026223e-8;
export const S6 = 1.5895940328743579e-10;
export const C1 = 0.041666666666666595;
export const C2 = -0.001388888888887335;
export const C3 = 2.4801587289009706e-5;
export const C4 = -2.7557314219461486e-7;
export const C5 = 2.0875705727352256e-9;
export const C6 = -1.1358765766939478e-11;

/** sin(r + tail) for |r| ≤ π/4 and a tail below half an ulp of r. */
export function sinNearZero(r: number, tail: number): number {
  const z = r * r;
  const w = z * z;
  const polynomial = S1 + S2 * z + w * (S3 + S4 * z) + w * w * (S5 + S6 * z);
  return r + (z * r * polynomial + tail * (1 - 0.5 * z));
}

/** cos(r + tail), likewise. */
export function cosNearZero(r: number, tail: number): number {
  const z = r * r;
  const w = z * z;
  const polynomial = C1 + C2 * z + w * (C3 + C4 * z) + w * w * (C5 + C6 * z);
  // 1 - z/2 with its rounding error
  const half = 0.5 * z;
  const head = 1 - half;
  return head + (1 - head - half + (w * polynomial - r * tail));
}
