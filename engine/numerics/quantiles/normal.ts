import { normalQuantile } from "../normal-quantile.ts";
import { isNoProbability, requireParameters } from "./probability.ts";

/**
 * The u-quantile of the normal distribution: mean + sd · normalQuantile(u).
 *
 * @returns ∓Infinity at u = 0 and 1; the mean if sd is 0
 * @throws RangeError unless sd ≥ 0 and both are finite
 */
export function quantileNormal(u: number, mean: number, sd: number): number {
  requireParameters(sd >= 0 && Number.isFinite(sd) && Number.isFinite(mean), "normal", [mean, sd]);
  if (isNoProbability(u)) return Number.NaN;
  return sd === 0 ? mean : mean + sd * normalQuantile(u);
}
