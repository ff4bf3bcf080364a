/**
 * The interaction of the parts of a programme, draw by draw out of the runs: what the whole does to a cell less what its parts do
 * alone, each as the difference from the reference under the same draw.
 */
import { type OrderStatistics, quantile } from "../../engine/statistics/quantile.ts";
import type { Results } from "./open-results.ts";
import { type RunCell, readCells, readDraws } from "./read-runs.ts";

/** A programme and its parts, by the names of their scenarios. */
export interface Programme {
  readonly whole: string;
  readonly parts: readonly string[];
}

/** Of the draws under which no scenario of the programme has failed; numbers are NaN where there are none. */
export interface Interaction {
  readonly n: number;
  readonly mean: number;
  /** Quantiles at 10 and 90 % of the draws. */
  readonly low: number;
  readonly high: number;
}

/**
 * One interaction a cell, in their order; the runs are read once.
 * @throws ResultsError if the run did not keep its runs, or a file is damaged.
 */
export async function partInteractions(
  { folder, catalog, manifest }: Results,
  { whole, parts }: Programme,
  cells: readonly Omit<RunCell, "scenario">[],
): Promise<readonly Interaction[]> {
  const { draws } = await readDraws(folder, manifest);
  const scenarios = [catalog.reference, whole, ...parts];
  const asked = cells.flatMap((cell) => scenarios.map((scenario) => ({ ...cell, scenario })));
  const values = await readCells(folder, catalog, manifest, draws, asked);
  return cells.map((_, position) => {
    const from = position * scenarios.length;
    const [reference, ofWhole, ...ofParts] = values.slice(from, from + scenarios.length);
    return interactionOf(reference!, ofWhole!, ofParts);
  });
}

/** @param reference,whole,parts Values by draw, NaN where the run has failed. */
export function interactionOf(
  reference: Float64Array,
  whole: Float64Array,
  parts: readonly Float64Array[],
): Interaction {
  const all = whole
    .map((value, draw) => value - reference[draw]! - sum(parts.map((part) => part[draw]! - reference[draw]!)))
    .filter((value) => !Number.isNaN(value))
    .sort();
  const sample: OrderStatistics = { n: all.length, at: (rank) => all[rank]!, errorAt: () => 0 };
  return {
    n: all.length,
    mean: all.length === 0 ? Number.NaN : sum(all) / all.length,
    low: quantile(sample, 0.1),
    high: quantile(sample, 0.9),
  };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
