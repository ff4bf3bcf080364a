/**
 * Sobol' indices from runs by Saltelli's scheme (Saltelli et al. 2010, "Variance based sensitivity analysis of model output", Computer Physics
 * Communications 181): the first-order index by their estimator, the total index by that of Jansen (1999).
 */
import type { BlockResult } from "../../ensemble/block-result.ts";
import type { Catalog } from "../../ensemble/catalog.ts";
import { gatherCell, layOutSummary } from "../summary-layout.ts";
import { resamples } from "./first-order.ts";

export interface Interval {
  readonly value: number;
  /** Ends of the 95 % interval, ±1.96 standard deviations of the bootstrap over rows. */
  readonly low: number;
  readonly high: number;
}

export interface FactorEffect {
  readonly factor: string;
  /** Share of the variance that goes with the factor alone. */
  readonly first: Interval;
  /** Share of the variance that goes with the factor, alone or together with others and with shocks. */
  readonly total: Interval;
}

export interface DesignedSensitivity {
  readonly indicator: string;
  readonly key: string;
  readonly time: number;
  /** Rows that count: those in which no run failed. */
  readonly rows: number;
  /** The largest total index first; empty if the output does not vary. */
  readonly effects: readonly FactorEffect[];
}

/** Rows below which no index is given. */
export const LEAST_DESIGN_ROWS = 16;

/**
 * Indices of chosen outputs.
 * @param blocks One row each, with the runs A, A with each factor from B, B.
 * @param seed Of the bootstrap.
 * @throws RangeError if fewer than {@link LEAST_DESIGN_ROWS} rows have no failed run.
 */
export function designedSensitivity(
  catalog: Catalog,
  factors: readonly { readonly name: string }[],
  blocks: readonly BlockResult[],
  outputs: readonly { readonly indicator: string; readonly key: string; readonly time: number }[],
  seed: number,
): DesignedSensitivity[] {
  const whole = blocks.filter((block) => block.failed.every((flag) => flag === 0));
  if (whole.length < LEAST_DESIGN_ROWS) {
    throw new RangeError(`too few rows without a failed run: ${whole.length} (at least ${LEAST_DESIGN_ROWS})`);
  }
  const layout = layOutSummary(catalog);
  const weights = resamples(whole.length, seed);
  const runs = factors.length + 2;
  const draws = Int32Array.from({ length: runs }, (_, run) => run);
  return outputs.map(({ indicator, key, time }) => {
    const position = catalog.indicators.findIndex((candidate) => candidate.name === indicator);
    const cells = layout.indicators.find((candidate) => candidate.indicator === position)!;
    const [k, t] = [catalog.indicators[position]!.keys.indexOf(key), catalog.saveTimes.indexOf(time)];
    const values = whole.map((block) => {
      const row = new Float64Array(runs);
      gatherCell(layout, block, { scenario: 0, reference: -1 }, cells, k, t, draws, row, 0);
      return row;
    });
    return { indicator, key, time, rows: whole.length, effects: effectsOf(factors, values, weights) };
  });
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
  const interval = (estimate: (weights: Uint32Array, variance: number) => number): Interval => {
    const value = estimate(once, varianceOf(centred, once, last));
    let squares = 0;
    let sum = 0;
    for (const [b, resample] of weights.entries()) {
      const deviation = variances[b]! > 0 ? estimate(resample, variances[b]!) - value : 0;
      sum += deviation;
      squares += deviation * deviation;
    }
    const n = weights.length;
    const half = 1.959963984540054 * Math.sqrt(Math.max(0, (squares - (sum * sum) / n) / (n - 1)));
    return { value, low: value - half, high: value + half };
  };
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
