/** Paired differences of two scenarios out of the runs, where the summary has none: it holds differences from the reference only. */
import { type OrderStatistics, quantile, quantileStandardError } from "../../engine/statistics/quantile.ts";
import type { Results } from "../results/open-results.ts";
import { type RunCell, readCells, readDraws } from "../results/read-runs.ts";
import { ResultsError } from "../results/results-error.ts";

/** The difference b − a over the draws in which both have a value; numbers are NaN where there are none. */
export interface PairedDifference {
  readonly n: number;
  readonly median: number;
  /** Monte Carlo standard error of the median. */
  readonly error: number;
  /** Share of the draws in which a is above b. */
  readonly aAboveB: number;
}

export type PairedCell = Omit<RunCell, "scenario">;

/** Values held in memory at once. */
const MOST_VALUES = 8_000_000;

/**
 * One difference a cell, in their order; undefined for cells that the run did not keep.
 * @throws ResultsError if a file is damaged.
 */
export async function pairedDifferences(
  results: Results,
  a: string,
  b: string,
  cells: readonly PairedCell[],
): Promise<readonly (PairedDifference | undefined)[]> {
  const { folder, catalog, manifest } = results;
  const found: (PairedDifference | undefined)[] = cells.map(() => undefined);
  const drawn = await ifKept(() => readDraws(folder, manifest));
  if (drawn === undefined) return found;
  const most = Math.max(1, Math.floor(MOST_VALUES / (2 * drawn.draws.length)));
  const read = async (positions: readonly number[]): Promise<boolean> => {
    const asked = positions.flatMap((position) => [a, b].map((scenario) => ({ ...cells[position]!, scenario })));
    const values = await ifKept(() => readCells(folder, catalog, manifest, drawn.draws, asked));
    if (values === undefined) return false;
    for (const [i, position] of positions.entries()) found[position] = differenceOf(values[2 * i]!, values[2 * i + 1]!);
    return true;
  };
  // A table is one file, so it is read at once; where the run kept some of its indicators only, one after another.
  for (const { indicators } of catalog.tables) {
    const own = [...cells.keys()].filter((position) => indicators.includes(cells[position]!.indicator));
    for (let from = 0; from < own.length; from += most) {
      const part = own.slice(from, from + most);
      if (await read(part)) continue;
      for (const name of indicators) await read(part.filter((position) => cells[position]!.indicator === name));
    }
  }
  return found;
}

async function ifKept<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ResultsError && error.problem.code === "not-kept") return undefined;
    throw error;
  }
}

/** @param a,b Values by draw, NaN where the run has failed. */
export function differenceOf(a: Float64Array, b: Float64Array): PairedDifference {
  const differences = b.map((value, draw) => value - a[draw]!).filter((value) => !Number.isNaN(value));
  const above = differences.reduce((count, value) => count + (value < 0 ? 1 : 0), 0);
  const n = differences.length;
  differences.sort();
  const sample: OrderStatistics = { n, at: (rank) => differences[rank]!, errorAt: () => 0 };
  return {
    n,
    median: quantile(sample, 0.5),
    error: quantileStandardError(sample, 0.5),
    aAboveB: n === 0 ? Number.NaN : above / n,
  };
}
