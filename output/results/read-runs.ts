/** Values of single cells by draw, out of the runs of a results folder. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import { openArrow } from "./arrow-rows.ts";
import type { Manifest } from "./manifest.ts";
import { ResultsError } from "./results-error.ts";
import { assertFileUnchanged } from "./verify-results.ts";

/** One number of a run: an indicator's element at a save time, under a scenario. */
export interface RunCell {
  readonly scenario: string;
  readonly indicator: string;
  readonly key: string;
  readonly time: number;
}

/** The drawn numbers of the draws that are kept. */
export interface DrawnValues {
  /** Numbers of the draws, ascending. */
  readonly draws: Int32Array;
  readonly names: readonly string[];
  /** Values of each name, one a draw. */
  readonly columns: readonly Float64Array[];
}

/** @throws ResultsError if the run did not keep them, or the file is damaged. */
export async function readDraws(root: string, manifest: Manifest): Promise<DrawnValues> {
  const path = keptFile(root, "draws.arrow", manifest);
  const table = await openArrow(path);
  try {
    const names = table.columns.slice(1).map((column) => column.name);
    const draws: number[] = [];
    const columns: number[][] = names.map(() => []);
    for await (const [numbers, ...values] of table.batches) {
      for (const draw of numbers!) draws.push(Number(draw));
      for (const [i, column] of values.entries()) for (const value of column) columns[i]!.push(Number(value));
    }
    return { draws: Int32Array.from(draws), names, columns: columns.map((column) => Float64Array.from(column)) };
  } finally {
    await table.close();
  }
}

/**
 * Values of cells, one a draw of `draws` each; NaN where a failed run has none.
 * @throws ResultsError if the run did not keep an indicator, or a file is damaged; Error for a cell that the catalog does not have.
 */
export async function readCells(
  root: string,
  catalog: Catalog,
  manifest: Manifest,
  draws: Int32Array,
  cells: readonly RunCell[],
): Promise<Float64Array[]> {
  const found = cells.map(() => new Float64Array(draws.length).fill(Number.NaN));
  const positions = new Map(Array.from(draws, (draw, position) => [draw, position]));
  for (const { name, shape, indicators } of catalog.tables) {
    const wanted = new Map<string, { column: string; out: Float64Array }[]>();
    for (const [i, cell] of cells.entries()) {
      if (!indicators.includes(cell.indicator)) continue;
      const row = rowId(cell.scenario, cell.time, cell.key);
      wanted.set(row, [...(wanted.get(row) ?? []), { column: cell.indicator, out: found[i]! }]);
    }
    if (wanted.size > 0)
      await readTable(keptFile(root, `runs/${name}.arrow`, manifest), shape.length, wanted, cells, positions, manifest);
  }
  return found;
}

async function readTable(
  path: string,
  dimensions: number,
  wanted: ReadonlyMap<string, readonly { column: string; out: Float64Array }[]>,
  cells: readonly RunCell[],
  positions: ReadonlyMap<number, number>,
  manifest: Manifest,
): Promise<void> {
  const table = await openArrow(path);
  try {
    const columns = new Map(table.columns.map(({ name }, i) => [name, i]));
    const wantedScenarios = new Set(cells.map(({ scenario }) => scenario));
    const wantedTimes = new Set(cells.map(({ time }) => time));
    for (const { column } of [...wanted.values()].flat()) {
      if (!columns.has(column)) throw notKept(path, column, manifest);
    }
    for await (const values of table.batches) {
      const [scenarios, draws, times, ...rest] = values;
      for (const [row, scenario] of scenarios!.entries()) {
        // Most rows are of other scenarios and times; their keys need not be put together.
        if (!wantedScenarios.has(String(scenario)) || !wantedTimes.has(Number(times![row]))) continue;
        const key = rest
          .slice(0, dimensions)
          .map((names) => names[row])
          .join("|");
        const position = positions.get(Number(draws![row]));
        if (position === undefined) continue;
        for (const { column, out } of wanted.get(rowId(String(scenario), Number(times![row]), key)) ?? []) {
          out[position] =
            values[columns.get(column)!]![row] === null ? Number.NaN : Number(values[columns.get(column)!]![row]);
        }
      }
    }
  } finally {
    await table.close();
  }
}

function rowId(scenario: string, time: number, key: string): string {
  return `${scenario} ${time} ${key}`;
}

function keptFile(root: string, file: string, manifest: Manifest): string {
  const path = join(root, file);
  if (!existsSync(path)) throw notKept(root, file, manifest);
  assertFileUnchanged(root, file);
  return path;
}

function notKept(path: string, file: string, manifest: Manifest): ResultsError {
  return new ResultsError({ code: "not-kept", path, file, keep: String(manifest.keep ?? "all") });
}
