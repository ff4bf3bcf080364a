/**
 * Theil's inequality statistics: what the mean squared error of a simulated series is made of. (Not the Theil index of disparity.)
 *
 * Source: Theil (1966), Applied Economic Forecasting; Sterman (1984), "Appropriate summary statistics for evaluating the historical fit
 * of system dynamics models", Dynamica 10 (2). With S simulated, A observed, population standard deviations and correlation r:
 * U^M = (mean S - mean A)² / MSE, U^S = (sd S - sd A)² / MSE, U^C = 2 (1 - r) sd S sd A / MSE. They sum to 1.
 */
export interface TheilInequality {
  /** Share of bias. */
  readonly bias: number;
  /** Share of unequal variation. */
  readonly variation: number;
  /** Share of unequal covariation, the part that is not systematic. */
  readonly covariation: number;
}

/** @returns null for fewer than two points, or where there is no error to share out. */
export function theilInequality(simulated: readonly number[], observed: readonly number[]): TheilInequality | null {
  const n = simulated.length;
  if (n < 2) return null;
  const [meanS, meanA] = [mean(simulated), mean(observed)];
  const squared = mean(simulated.map((s, i) => (s - observed[i]!) * (s - observed[i]!)));
  if (squared === 0) return null;
  const [varianceS, varianceA] = [simulated, observed].map((series, k) => {
    const centre = k === 0 ? meanS : meanA;
    return mean(series.map((x) => (x - centre) * (x - centre)));
  }) as [number, number];
  const covariance = mean(simulated.map((s, i) => (s - meanS) * (observed[i]! - meanA)));
  const [sdS, sdA] = [Math.sqrt(varianceS), Math.sqrt(varianceA)];
  return {
    bias: ((meanS - meanA) * (meanS - meanA)) / squared,
    variation: ((sdS - sdA) * (sdS - sdA)) / squared,
    // r sd S sd A is the covariance, so that a series without variation needs no r.
    covariation: (2 * (sdS * sdA - covariance)) / squared,
  };
}

export const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
