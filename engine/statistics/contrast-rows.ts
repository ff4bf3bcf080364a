/** The rows of summaries as arrays: made for a contrast, and put together for all. */
import type { Catalog } from "../ensemble/catalog.ts";
import type { ReplicatedStatistics } from "./exact-store.ts";
import type { Moments } from "./moments.ts";
import { quantile, quantileError, quantileStandardError } from "./quantile.ts";
import { replicateMeanError, replicateQuantileError } from "./replicates.ts";
import type { SummaryLayout } from "./summary-layout.ts";
import type { SummaryRows } from "./summary-rows.ts";

/** Rows whose numbers are still to come. */
function emptyRows(catalog: Catalog, length: number): SummaryRows {
  const numbers = () => new Float64Array(length);
  return {
    length,
    scenario: new Int32Array(length),
    reference: new Int32Array(length),
    indicator: new Int32Array(length),
    key: new Int32Array(length),
    time: numbers(),
    n: new Int32Array(length),
    mean: numbers(),
    meanSe: numbers(),
    quantiles: catalog.quantiles.map(numbers),
    quantilesSe: catalog.quantiles.map(numbers),
    pPositive: numbers(),
    varianceReduction: numbers(),
    sketchError: numbers(),
  };
}

/** The rows of any contrast, with what they have in common; their scenarios and numbers are still to come. */
export function namedRows(layout: SummaryLayout, catalog: Catalog): SummaryRows {
  const rows = emptyRows(catalog, layout.contrastCells);
  let row = 0;
  for (const { indicator, keys } of layout.indicators) {
    for (let key = 0; key < keys; key++) {
      for (const time of catalog.saveTimes) {
        rows.indicator[row] = indicator;
        rows.key[row] = key;
        rows.time[row] = time;
        row++;
      }
    }
  }
  return rows;
}

/** What a summary knows of a contrast. */
export interface ContrastNumbers {
  /** Of all draws; nothing if there are none. */
  readonly moments: Moments | undefined;
  /** Draws in which a difference is above 0; nothing for levels. */
  readonly positive: ((row: number) => number) | undefined;
  /** Variances of the two levels of a difference. */
  readonly sides: readonly (Float64Array | undefined)[];
  /** Shows the sample of each cell. */
  readonly forEachSample: (visit: (row: number, sample: ReplicatedStatistics) => void) => void;
}

/** Sets the numbers of the rows of a contrast. */
export function setNumbers(rows: SummaryRows, catalog: Catalog, contrast: ContrastNumbers): void {
  const { moments, positive, sides } = contrast;
  const probabilities = catalog.quantiles.map((percent) => percent / 100);
  contrast.forEachSample((row, sample) => {
    const n = sample.n;
    const isEmpty = moments === undefined || n === 0;
    rows.n[row] = n;
    rows.mean[row] = isEmpty ? Number.NaN : moments.mean[row]!;
    const { parts } = sample;
    rows.meanSe[row] = parts ? replicateMeanError(parts) : meanError(moments, row, n);
    let error = 0;
    for (const [i, p] of probabilities.entries()) {
      rows.quantiles[i]![row] = quantile(sample, p);
      rows.quantilesSe[i]![row] = parts ? replicateQuantileError(parts, p) : quantileStandardError(sample, p);
      error = Math.max(error, quantileError(sample, p));
    }
    rows.sketchError[row] = error;
    rows.pPositive[row] = positive === undefined || n === 0 ? Number.NaN : positive(row) / n;
    rows.varianceReduction[row] = varianceReduction(sides, moments, row);
  });
}

/** Standard error of a mean of independent draws. */
function meanError(moments: Moments | undefined, cell: number, n: number): number {
  return moments === undefined || n < 2 ? Number.NaN : Math.sqrt(moments.squares[cell]! / (n - 1) / n);
}

/** See {@link SummaryRows.varianceReduction}. @param sides variances of the two levels of a difference */
function varianceReduction(
  sides: readonly (Float64Array | undefined)[],
  moments: Moments | undefined,
  cell: number,
): number {
  const [scenario, reference] = sides;
  if (!scenario || !reference || !moments || moments.n <= 1) return Number.NaN;
  const ratio = (scenario[cell]! + reference[cell]!) / (moments.squares[cell]! / (moments.n - 1));
  return Number.isFinite(ratio) ? ratio : Number.NaN;
}

/** The rows of all contrasts, one after the other. */
export function allRows(layout: SummaryLayout, catalog: Catalog, contrasts: Iterable<SummaryRows>): SummaryRows {
  const rows = emptyRows(catalog, layout.cells);
  let at = 0;
  for (const part of contrasts) {
    for (const [column, values] of columnPairs(rows, part)) column.set(values, at);
    at += part.length;
  }
  return rows;
}

type Column = Float64Array | Int32Array;

/** Each column of some rows beside the same one of others. */
function columnPairs(rows: SummaryRows, others: SummaryRows): [Column, Column][] {
  const columns = ({ length: _, quantiles, quantilesSe, ...single }: SummaryRows): Column[] => [
    ...Object.values(single),
    ...quantiles,
    ...quantilesSe,
  ];
  const second = columns(others);
  return columns(rows).map((column, i) => [column, second[i]!]);
}
