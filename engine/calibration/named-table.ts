/** Rows of a CSV file by the names of their columns, with everything wrong collected. */
import { positionAt, type SourceFile } from "../diagnostics/source.ts";
import { readCsv } from "../language/csv-table.ts";

/** Something wrong in a table; `line` counts from 1, the header included. */
export interface TableProblem {
  readonly path: string;
  readonly line: number;
  readonly en: string;
  readonly zh: string;
}

export interface NamedRow {
  /** Text of a column, trimmed; "" where the table has no such optional column. */
  text(column: string): string;
  /** The number of a column; null if it is empty. A text that is no number is a problem, and NaN. */
  number(column: string): number | null;
  report(en: string, zh: string): void;
}

/**
 * Reads each row of a file into items.
 * @param required Columns that the file must have; others are optional.
 * @param read Items of one row; what is wrong with it goes to `row.report`.
 */
export function readNamedTable<T>(
  file: SourceFile,
  required: readonly string[],
  read: (row: NamedRow) => readonly T[],
): { items: T[]; problems: TableProblem[] } {
  const problems: TableProblem[] = [];
  const { path, text } = file;
  const reportAt = (start: number, en: string, zh: string): void =>
    void problems.push({ path, line: positionAt(text, start).line, en, zh });
  const table = readCsv(file);
  if ("fault" in table) {
    reportAt(table.span.start, `not a table: ${table.detail}`, `不是表格：${table.detail}`);
    return { items: [], problems };
  }
  const missing = required.filter((column) => !table.columns.includes(column));
  if (missing.length > 0) {
    reportAt(0, `no column ${missing.join(", ")}`, `缺少列 ${missing.join("、")}`);
    return { items: [], problems };
  }
  const items = Array.from({ length: table.rows }, (_, row) => {
    const cell = (column: string): string => {
      const at = table.columns.indexOf(column);
      return at < 0 ? "" : table.cell(row, at);
    };
    const report = (en: string, zh: string): void => reportAt(table.span(row).start, en, zh);
    const number = (column: string): number | null => {
      if (cell(column) === "") return null;
      const value = Number(cell(column));
      if (Number.isFinite(value)) return value;
      report(`"${cell(column)}" in ${column} is not a number`, `${column} 中的 "${cell(column)}" 不是数值`);
      return Number.NaN;
    };
    return read({ text: cell, number, report });
  });
  return { items: items.flat(), problems };
}
