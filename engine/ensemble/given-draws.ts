/** Draws from a file: values of uncertain numbers that were sampled elsewhere, one row a draw. */
import { UsageError } from "../diagnostics/diagnostic.ts";
import { nearestNames } from "../diagnostics/nearest.ts";
import type { SourceFile } from "../diagnostics/source.ts";
import { readCsv } from "../language/csv-table.ts";

export interface GivenDraws {
  /** Columns of `drawColumns` that the file has. */
  readonly columns: readonly number[];
  readonly rows: number;
  /** Row-major [row, column of `columns`]. */
  readonly values: Float64Array;
}

/** A column of row numbers, as `draws.arrow` has it, is no parameter. */
const ROW_NUMBER = "draw";

/**
 * Reads a CSV file whose header names uncertain numbers as `draws.arrow` does: `name` or `name[element]`. Numbers that the file does
 * not have are drawn as usual.
 *
 * @throws UsageError naming the column or the line that is wrong
 */
export function readGivenDraws(file: SourceFile, drawColumns: readonly string[]): GivenDraws {
  const table = readCsv(file);
  if (!("columns" in table)) throw new UsageError(`unreadable draws file: ${file.path}`);
  const named = table.columns.map((name, at) => ({ name: name.replace(/\s+/g, ""), at }));
  const used = named.filter(({ name }) => name !== ROW_NUMBER);
  const columns = used.map(({ name }) => {
    const column = drawColumns.indexOf(name);
    if (column >= 0) return column;
    const near = nearestNames(name, drawColumns);
    const what = `unknown uncertain parameter in ${file.path}: ${name}`;
    throw new UsageError(near.length > 0 ? `${what} (near: ${near.join(", ")})` : what);
  });
  if (columns.length === 0 || table.rows === 0) throw new UsageError(`no draws in ${file.path}`);
  if (new Set(columns).size < columns.length) throw new UsageError(`a column occurs twice in ${file.path}`);
  const values = new Float64Array(table.rows * used.length);
  for (let row = 0, i = 0; row < table.rows; row++)
    for (const { at, name } of used) {
      const text = table.cell(row, at);
      const value = text === "" ? Number.NaN : Number(text);
      if (!Number.isFinite(value))
        throw new UsageError(`not a number in ${file.path}, draw ${row}, ${name}: "${text}"`);
      values[i++] = value;
    }
  return { columns, rows: table.rows, values };
}
