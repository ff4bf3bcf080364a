/** Bytes to a workbook, by what they are and not by the name of the file. */
import { parse } from "csv-parse/sync";
import { isCompoundFile } from "./compound-file.ts";
import { readXls } from "./read-xls.ts";
import { readXlsx } from "./read-xlsx.ts";
import { type Cell, MAX_BYTES, Sheet, type Workbook, WorkbookFault } from "./sheet.ts";

/** A workbook of Excel, or null where the bytes are neither `.xlsx` nor `.xls` (a text table, say). */
export function openWorkbook(bytes: Uint8Array): Workbook | null {
  if (bytes.length > MAX_BYTES) throw new WorkbookFault("too-large", `more than ${MAX_BYTES} bytes`);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readXlsx(bytes);
  if (!isCompoundFile(bytes)) return null;
  try {
    return readXls(bytes);
  } catch (error) {
    // A record that says it is longer than it is makes the view throw.
    if (error instanceof RangeError) throw new WorkbookFault("damaged", "a record is cut off");
    throw error;
  }
}

/** A text table as a sheet; empty lines and short rows keep their places. */
export function openTextTable(name: string, text: string, delimiter: string): Sheet {
  const sheet = new Sheet(name);
  let rows: string[][];
  try {
    rows = parse(text, {
      delimiter,
      bom: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
    });
  } catch (error) {
    throw new WorkbookFault("damaged", error instanceof Error ? error.message : String(error));
  }
  for (const [row, cells] of rows.entries()) {
    for (const [column, cell] of cells.entries()) sheet.set(row, column, textCell(cell));
  }
  return sheet;
}

/** A number where the whole cell is one. */
export function textCell(text: string): Cell {
  const trimmed = text.trim();
  const isNumber = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/.test(trimmed);
  const value = Number(trimmed);
  return isNumber && Number.isFinite(value) ? value : trimmed;
}
