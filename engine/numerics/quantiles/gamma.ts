import { incompleteGamma } from "../incomplete-gamma.ts";
import { isNoProbability, requireParameters } from "./probability.ts";
import { solveQuantile } from "./solve-quantile.ts";

/**
 * The u-quantile of the gamma distribution with the given shape and scale (mean shape · scale).
 *
 * @returns 0 at u = 0, Infinity at u = 1
 * @throws RangeError unless shape, scale > 0, both finite
 */
export function quantileGamma(u: number, shape: number, scale: number): number {
  const valid = shape > 0 && scale > 0 && Number.isFinite(shape) && Number.isFinite(scale);
  requireParameters(valid, "gamma", [shape, scale]);
  if (isNoProbability(u)) return Number.NaN;
  if (u === 0) return 0;
  if (u === 1) return Number.POSITIVE_INFINITY;
  // Beyond the upper bound the tail is below 2^-1074 for every shape.
  const high = 2 * shape + 2000;
  return scale * solveQuantile(incompleteGamma(shape), u, 1 - u, shape, Number.MIN_VALUE, high);
}
