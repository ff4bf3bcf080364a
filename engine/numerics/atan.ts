export const QUARTER_PI_HIGH = 0.7853981633974483;
export const QUARTER_PI_LOW = 3.061616997868383e-17;

/** Up to the first, t = |x|; up to the second, t = (|x| - 1) / (|x| + 1); beyond, t = -1 / |x|. */
export const FIRST_CELL = 0.66;
export const SECOND_CELL = 2.2;

// atan(t) ≈ t + t³ (A0 + … + A15 t³⁰) on |t| ≤ 0.66, relative error 1.2e-19. Fitted like those of exp.
export const A0 = -0.33333333333333326;
export const A1 = 0.19999999999997803;
export const A2 = -0.14285714285494333;
export const A3 = 0.11111111100095829;
export const A4 = -0.09090908763391684;
export const A5 = 0.07692301333882348;
export const A6 = -0.06666581160840976;
export const A7 = 0.0588152499334674;
export const A8 = -0.05257234083454103;
export const A9 = 0.04730052766809267;
export const A10 = -0.04217781336859484;
export const A11 = 0.03594644090603741;
export const A12 = -0.027366322454799644;
export const A13 = 0.016769386085089284;
export const A14 = -0.007063250058002266;
export const A15 = 0.0014856108984039695;

/**
 * The arc tangent of x, in radians, from -π/2 to π/2.
 *
 * atan |x| is 0, π/4 or π/2 plus atan t, with t chosen by cell so that |t| ≤ 0.66. atan(±0) is ±0, atan(±Infinity) is ±π/2.
 * Largest error measured: 0.9 ulp, at 1.5433413722515905.
 */
export function atan(x: number): number {
  const size = Math.abs(x);
  const first = size <= FIRST_CELL;
  const second = size <= SECOND_CELL;
  const above = first ? size : second ? size - 1 : -1;
  const below = first ? 1 : second ? size + 1 : size;
  const quarters = first ? 0 : second ? 1 : 2;
  const t = above / below;
  const z = t * t;
  const z2 = z * z;
  const z4 = z2 * z2;
  const p0 = A0 + A1 * z + z2 * (A2 + A3 * z);
  const p1 = A4 + A5 * z + z2 * (A6 + A7 * z);
  const p2 = A8 + A9 * z + z2 * (A10 + A11 * z);
  const p3 = A12 + A13 * z + z2 * (A14 + A15 * z);
  const polynomial = p0 + z4 * p1 + z4 * z4 * (p2 + z4 * p3);
  const result = quarters * QUARTER_PI_HIGH + (t + (t * z * polynomial + quarters * QUARTER_PI_LOW));
  return x === 0 ? x : x < 0 ? -result : result;
}
