/**
 * CSV by RFC 4180, in UTF-8 with a byte order mark, without which Excel takes Chinese for something else. Numbers are in the shortest form that
 * reads back as the same bits; a missing value is an empty field.
 */

import type { ExportColumn } from "../results/arrow-rows.ts";
import type { FileOutput } from "../results/file-output.ts";
import type { TableOutput } from "./table-output.ts";

type Cell = number | string | null;

export function csvFile(file: FileOutput, columns: readonly ExportColumn[]): TableOutput {
  const encoder = new TextEncoder();
  file.write(encoder.encode(`\ufeff${csvLine(columns.map((column) => column.name))}`));
  return {
    write(values) {
      const rows = values[0]?.length ?? 0;
      const lines = Array.from({ length: rows }, (_, row) => csvLine(values.map((column) => column[row]!)));
      file.write(encoder.encode(lines.join("")));
    },
    finish() {},
  };
}

/** One record with its line end. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
