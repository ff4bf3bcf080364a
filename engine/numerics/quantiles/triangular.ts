import { isNoProbability, requireParameters } from "./probability.ts";

/**
 * The u-quantile of the triangular distribution on [low, high] with the given mode.
 *
 * Measured from the nearer end, so that both tails are accurate.
 *
 * @throws RangeError unless low ≤ mode ≤ high, all finite
 */
export function quantileTriangular(u: number, low: number, mode: number, high: number): number {
  const width = high - low;
  requireParameters(low <= mode && mode <= high && Number.isFinite(width), "triangular", [low, mode, high]);
  if (isNoProbability(u)) return Number.NaN;
  if (width === 0) return low;
  if (u * width <= mode - low) return Math.min(low + Math.sqrt(u * width * (mode - low)), mode);
  return Math.max(high - Math.sqrt((1 - u) * width * (high - mode)), mode);
}
