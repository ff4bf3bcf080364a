/** Aligned columns of text for a terminal, where a Chinese character takes the room of two letters. */
import { terminalColumns } from "../charts/text-width.ts";

/** Lines of a table: first column flush left, the others flush right, two spaces between. Trailing spaces are cut. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, terminalColumns(cell));
    });
  }
  return rows.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column]!, column === 0))
      .join("  ")
      .trimEnd(),
  );
}

function pad(cell: string, width: number, isLeft: boolean): string {
  const space = " ".repeat(width - terminalColumns(cell));
  return isLeft ? cell + space : space + cell;
}
