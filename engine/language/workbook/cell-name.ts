/** Names of cells, columns and areas as spreadsheets write them: `B2`, `$B$2`, `'My sheet'!$A$1:$D$9`. */
import { type Area, MAX_COLUMNS, MAX_ROWS } from "./sheet.ts";

/** Column A is 0, AA is 26; null for what is no column. */
export function columnNumber(letters: string): number | null {
  if (!/^[A-Za-z]{1,3}$/.test(letters)) return null;
  let number = 0;
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64;
  return number <= MAX_COLUMNS ? number - 1 : null;
}

/** Row and column of a cell, from 0; null for what is no cell. */
export function cellPlace(text: string): { row: number; column: number } | null {
  const match = /^\$?([A-Za-z]{1,3})\$?([1-9]\d{0,6})$/.exec(text.trim());
  const column = match ? columnNumber(match[1]!) : null;
  const row = match ? Number(match[2]) - 1 : MAX_ROWS;
  return column !== null && row < MAX_ROWS ? { row, column } : null;
}

/** `Sheet1!$A$1:$D$9` of a defined name; null where it is no one area (a formula, a union, a reference that is gone). */
export function areaOf(text: string): Area | null {
  const match = /^=?(?:'((?:[^']|'')+)'|([^'!,()]+))!([^!:,]+)(?::([^!:,]+))?$/.exec(text.trim());
  if (!match) return null;
  const from = cellPlace(match[3]!);
  const to = match[4] === undefined ? from : cellPlace(match[4]);
  if (!from || !to || to.row < from.row || to.column < from.column) return null;
  const sheet = match[1]?.replaceAll("''", "'") ?? match[2]!;
  return { sheet, ...from, rows: to.row - from.row + 1, columns: to.column - from.column + 1 };
}
