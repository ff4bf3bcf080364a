/** The rows of summaries as arrays: made for a contrast, and put together for all. */
import type { Catalog } from "../ensemble/catalog.ts";
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
