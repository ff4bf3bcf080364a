/**
 * Monte Carlo errors from independent replicates of a design.
 *
 * The draws of a stratified design are not independent, and several noise paths for one draw of the parameters are not either; but whole
 * copies of the design are. The spread of what is computed from each copy alone, divided by the square root of their number, is
 * the standard error of what is computed from all of them (A. B. Owen 1997, "Monte Carlo variance of scrambled net quadrature", SIAM
 * Journal on Numerical Analysis 34(5), for means; the same is done here for quantiles).
 */
import { type OrderStatistics, quantile } from "./quantile.ts";

/** Copies below which their spread says too little. */
export const LEAST_REPLICATES = 4;

/** The part of a sample that one replicate has. */
export interface ReplicateSample extends OrderStatistics {
  readonly mean: number;
}

/** Standard error of a mean over all draws; NaN where fewer than two replicates have a value. */
export function replicateMeanError(parts: readonly ReplicateSample[]): number {
  return spreadOf(parts.filter(({ n }) => n > 0).map(({ mean }) => mean));
}

/** Standard error of the quantile at probability p over all draws; NaN also for the smallest and the largest value. */
export function replicateQuantileError(parts: readonly ReplicateSample[], p: number): number {
  if (p === 0 || p === 1) return Number.NaN;
  return spreadOf(parts.filter(({ n }) => n > 0).map((part) => quantile(part, p)));
}

/** Standard deviation over the square root of the number. */
function spreadOf(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return Number.NaN;
  const centre = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - centre) * (value - centre), 0);
  return Math.sqrt(squares / (n - 1) / n);
}
