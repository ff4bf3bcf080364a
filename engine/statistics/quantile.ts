/**
 * Quantiles of a sample and their Monte Carlo standard errors, from order statistics alone.
 *
 * Definition: type 7 of Hyndman and Fan (1996), "Sample quantiles in statistical packages", The American Statistician
 * 50(4): linear between the order statistics around rank `(n - 1) · p`, counted from 0.
 *
 * Standard error: the interval of Woodruff (1952), "Confidence intervals for medians and other position measures",
 * Journal of the American Statistical Association 47. The share of the sample below a quantile has the standard error
 * `h = sqrt(p (1 - p) / n)`; the quantiles at `p - z h` and `p + z h` enclose the true one with the probability that
 * belongs to z, whatever the distribution, and the standard error is their distance divided by `2 z`. With z = 1.96 the
 * interval of plus and minus 1.96 standard errors is as wide as the 95 % interval of the order statistics. Where
 * `p ± z h` leaves [0, 1] it is cut there, and the slope `distance / width` of what is left is multiplied by h.
 */

/** The 97.5 % quantile of the standard normal distribution. */
export const NORMAL_975 = 1.959963984540054;

/** A sample as seen through its order statistics. */
export interface OrderStatistics {
  readonly n: number;
  /** The value of a rank, 0 for the smallest and n - 1 for the largest. */
  at(rank: number): number;
  /** How far `at(rank)` may be from the sample's own order statistic; 0 if it is exact. */
  errorAt(rank: number): number;
}

/** The type 7 quantile of a sample at probability p in [0, 1]; NaN if the sample is empty. */
export function quantile(sample: OrderStatistics, p: number): number {
  if (sample.n === 0) return Number.NaN;
  const rank = (sample.n - 1) * p;
  const below = Math.floor(rank);
  const low = sample.at(below);
  const share = rank - below;
  return share === 0 ? low : low + share * (sample.at(below + 1) - low);
}

/** How far {@link quantile} may be from the quantile of the sample itself; 0 if the sample is exact, NaN if it is empty. */
export function quantileError(sample: OrderStatistics, p: number): number {
  if (sample.n === 0) return Number.NaN;
  const rank = (sample.n - 1) * p;
  const below = Math.floor(rank);
  const above = Math.min(below + 1, sample.n - 1);
  return Math.max(sample.errorAt(below), sample.errorAt(above));
}

/**
 * The Monte Carlo standard error of {@link quantile}, in the unit of the values; NaN for fewer than two values, and for the
 * smallest and the largest value (p of 0 and 1), which tend nowhere that order statistics could tell.
 */
export function quantileStandardError(sample: OrderStatistics, p: number): number {
  if (sample.n < 2 || p === 0 || p === 1) return Number.NaN;
  const h = Math.sqrt((p * (1 - p)) / sample.n);
  const low = Math.max(0, p - NORMAL_975 * h);
  const high = Math.min(1, p + NORMAL_975 * h);
  return ((quantile(sample, high) - quantile(sample, low)) / (high - low)) * h;
}
