/**
 * The continuous ranked probability score: how far a forecast, given as a distribution F, is from the value y that came.
 *
 * Source: Gneiting and Raftery (2007), "Strictly proper scoring rules, prediction, and estimation", Journal of the American
 * Statistical Association 102 (477), equations 20 and 21: CRPS = E|X - y| - E|X - X'| / 2, in the unit of y; smaller is better, and
 * for a forecast without spread it is the absolute error.
 */
import { exp } from "../numerics/exp.ts";
import { normalCdf } from "../numerics/normal-cdf.ts";

const SQRT_2_PI = 2.5066282746310002;
const INVERSE_SQRT_PI = 0.5641895835477563;

/**
 * The score of the empirical distribution of a sample, exactly.
 * @param sorted The draws, ascending, at least one.
 */
export function ensembleCrps(sorted: Float64Array, observed: number): number {
  const n = sorted.length;
  let [distance, spread] = [0, 0];
  for (const [i, value] of sorted.entries()) {
    distance += Math.abs(value - observed);
    // The sum of |x - x'| over all pairs counts the i-th smallest value 2i - n + 1 times, twice.
    spread += (2 * i - n + 1) * value;
  }
  return distance / n - spread / n / n;
}

/** The score of a normal distribution; with a standard deviation of 0 the absolute error. */
export function normalCrps(mean: number, deviation: number, observed: number): number {
  if (deviation === 0) return Math.abs(observed - mean);
  const z = (observed - mean) / deviation;
  const density = exp((-z * z) / 2) / SQRT_2_PI;
  return deviation * (z * (2 * normalCdf(z) - 1) + 2 * density - INVERSE_SQRT_PI);
}
