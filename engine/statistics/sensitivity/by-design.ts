/**
 * Sobol' indices from runs by Saltelli's scheme (Saltelli et al. 2010, "Variance based sensitivity analysis of model output", Computer Physics
 * Communications 181): the first-order index by their estimator, the total index by that of Jansen (1999).
 */
import { type DesignOutput, type DesignRows, requireRows } from "./design-rows.ts";
import { resamples } from "./first-order.ts";
import { bootstrapInterval, type Interval } from "./interval.ts";

export interface FactorEffect {
  readonly factor: string;
  /** Share of the variance that goes with the factor alone. */
  readonly first: Interval;
  /** Share of the variance that goes with the factor, alone or together with others and with shocks. */
  readonly total: Interval;
}

export interface DesignedSensitivity extends DesignOutput {
  /** Rows that count: those in which no run failed. */
  readonly rows: number;
  /** The largest total index first; empty if the output does not vary. */
  readonly effects: readonly FactorEffect[];
}

/** Rows below which no index is given. */
export const LEAST_DESIGN_ROWS = 16;

/**
 * Indices of each output.
 * @param rows Of the runs A, A with each factor from B, B.
 * @param seed Of the bootstrap.
 * @throws RangeError if fewer than {@link LEAST_DESIGN_ROWS} rows have no failed run.
 */
export function designedSensitivity(
  factors: readonly { readonly name: string }[],
  rows: DesignRows,
  seed: number,
): DesignedSensitivity[] {
  requireRows(rows, LEAST_DESIGN_ROWS);
  const weights = resamples(rows.numbers.length, seed);
  return rows.outputs.map((output, o) => ({
    ...output,
    rows: rows.numbers.length,
    effects: effectsOf(factors, rows.values[o]!, weights),
  }));
}

function effectsOf(
  factors: readonly { readonly name: string }[],
  rows: readonly Float64Array[],
  weights: readonly Uint32Array[],
): FactorEffect[] {
  const last = factors.length + 1;
  const once = new Uint32Array(rows.length).fill(1);
  // Values are taken from the mean, which the estimators need to be near 0.
  const mean = rows.reduce((sum, row) => sum + row[0]! + row[last]!, 0) / (2 * rows.length);
  const centred = rows.map((row) => row.map((value) => value - mean));
  const largest = rows.reduce((most, row) => Math.max(most, Math.abs(row[0]!), Math.abs(row[last]!)), 0);
  // A rounding of equal values is no variance.
  if (!(varianceOf(centred, once, last) > 1e-24 * largest * largest)) return [];
  const variances = weights.map((resample) => varianceOf(centred, resample, last));
  const interval = (estimate: (weights: Uint32Array, variance: number) => number): Interval =>
    bootstrapInterval(estimate(once, varianceOf(centred, once, last)), weights, (resample, b) =>
      variances[b]! > 0 ? estimate(resample, variances[b]!) : null,
    );
  const effects = factors.map(
    ({ name }, i): FactorEffect => ({
      factor: name,
      first: interval((w, variance) => average(centred, w, (row) => row[last]! * (row[i + 1]! - row[0]!)) / variance),
      total: interval(
        (w, variance) => average(centred, w, (row) => (row[0]! - row[i + 1]!) * (row[0]! - row[i + 1]!)) / 2 / variance,
      ),
    }),
  );
  return effects.sort((a, b) => b.total.value - a.total.value);
}

/** Variance of A and B together. */
function varianceOf(rows: readonly Float64Array[], weights: Uint32Array, last: number): number {
  const mean = average(rows, weights, (row) => (row[0]! + row[last]!) / 2);
  return average(
    rows,
    weights,
    (row) => ((row[0]! - mean) * (row[0]! - mean) + (row[last]! - mean) * (row[last]! - mean)) / 2,
  );
}

function average(rows: readonly Float64Array[], weights: Uint32Array, of: (row: Float64Array) => number): number {
  let sum = 0;
  for (const [i, row] of rows.entries()) if (weights[i]! > 0) sum += weights[i]! * of(row);
  return sum / rows.length;
}
