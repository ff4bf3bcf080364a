import { isNoProbability, requireParameters } from "./probability.ts";

/**
 * The u-quantile of the uniform distribution on [low, high].
 *
 * The two ends are exact, and the result never leaves them.
 *
 * @throws RangeError unless low ≤ high, both finite
 */
export function quantileUniform(u: number, low: number, high: number): number {
  requireParameters(low <= high && Number.isFinite(low) && Number.isFinite(high), "uniform", [low, high]);
  if (isNoProbability(u)) return Number.NaN;
  // Each end times its weight: high - low may overflow, and low + (high - low) may miss high.
  return Math.min(Math.max(low * (1 - u) + high * u, low), high);
}
