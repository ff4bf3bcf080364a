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

/** Letters that the longest line of the table takes. */
export function tableWidth(rows: readonly (readonly string[])[]): number {
  return Math.max(0, ...alignColumns(rows).map(terminalColumns));
}

/**
 * The same within a width in letters: columns that do not fit any more stand below, each block with the first column again and an
 * empty line before. A single column that is too wide for it stays whole.
 */
export function alignInBlocks(rows: readonly (readonly string[])[], width: number): string[] {
  const widthOf = (column: number) => Math.max(...rows.map((row) => terminalColumns(row[column] ?? "")));
  const columns = Math.max(...rows.map((row) => row.length));
  const blocks: number[][] = [];
  let left = 0;
  for (let column = 1; column < columns; column++) {
    const room = 2 + widthOf(column);
    if (blocks.length === 0 || left < room) {
      blocks.push([]);
      left = width - widthOf(0);
    }
    blocks.at(-1)!.push(column);
    left -= room;
  }
  return blocks.flatMap((block, index) => {
    const lines = alignColumns(rows.map((row) => [0, ...block].map((column) => row[column] ?? "")));
    return index === 0 ? lines : ["", ...lines];
  });
}

function pad(cell: string, width: number, isLeft: boolean): string {
  const space = " ".repeat(width - terminalColumns(cell));
  return isLeft ? cell + space : space + cell;
}
