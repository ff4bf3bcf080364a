import { quantileBeta } from "./beta.ts";
import { isNoProbability, requireParameters } from "./probability.ts";

/**
 * The u-quantile of the PERT distribution on [low, high] with the given mode: a beta distribution with shapes
 * 1 + weight (mode - low) / (high - low) and 1 + weight (high - mode) / (high - low).
 *
 * Source: D. G. Malcolm et al., Operations Research 7, 1959; D. Vose's weight, by default the classical 4, sets how peaked
 * it is (0 is uniform).
 *
 * @throws RangeError unless low ≤ mode ≤ high and weight ≥ 0, all finite
 */
export function quantilePert(u: number, low: number, mode: number, high: number, weight = 4): number {
  const width = high - low;
  const valid = low <= mode && mode <= high && weight >= 0 && Number.isFinite(width + weight);
  requireParameters(valid, "pert", [low, mode, high, weight]);
  if (isNoProbability(u)) return Number.NaN;
  if (width === 0) return low;
  const share = quantileBeta(u, 1 + (weight * (mode - low)) / width, 1 + (weight * (high - mode)) / width);
  return Math.min(Math.max(low * (1 - share) + high * share, low), high);
}
