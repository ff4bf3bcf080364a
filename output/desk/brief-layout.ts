/**
 * The height of a brief before a word processor has seen it, so that it keeps to two pages.
 *
 * Every paragraph has an exact line height, and texts are measured by an estimate that leans to the wide side, so the heights here
 * are bounds. All lengths are in points.
 */
import { textWidth, wrapText } from "../charts/text-width.ts";

/** A4 with margins of 2.5 cm. */
export const PAGE = { width: 595.3, height: 841.9, margin: 70.9 } as const;
export const TEXT_WIDTH = PAGE.width - 2 * PAGE.margin;
export const TEXT_HEIGHT = PAGE.height - 2 * PAGE.margin;
/** What is filled of it; the rest is for what word processors do differently. */
export const FILLED_HEIGHT = TEXT_HEIGHT - 8;

/** A size of letters with its exact line height and the room behind a paragraph. */
export interface TextStyle {
  readonly size: number;
  readonly line: number;
  readonly after: number;
}

export const STYLES = {
  title: { size: 18, line: 26, after: 4 },
  subtitle: { size: 10.5, line: 15, after: 4 },
  heading: { size: 12, line: 18, after: 3 },
  body: { size: 10.5, line: 15, after: 2 },
  cell: { size: 8, line: 10.5, after: 0 },
} as const satisfies Record<string, TextStyle>;

/** Left and right margin of a cell together, and what its borders and margins add to the height of a row. */
export const CELL_SIDES = 8;
const ROW_EXTRA = 3;

/** Room of a picture beside itself: behind its paragraph, and under the line on which it stands. */
export const PICTURE_EXTRA = 8;

/** Height of a paragraph across the page. */
export function paragraphHeight(text: string, { size, line, after }: TextStyle): number {
  return Math.max(1, wrapText(text, size, TEXT_WIDTH).length) * line + after;
}

/** Height of a row of cells; a word that is longer than its cell is broken. */
export function rowHeight(cells: readonly string[], widths: readonly number[]): number {
  const { size, line } = STYLES.cell;
  const lines = cells.map((text, column) => {
    const width = widths[column]! - CELL_SIDES;
    return wrapText(text, size, width).reduce(
      (sum, part) => sum + Math.max(1, Math.ceil(textWidth(part, size) / width)),
      0,
    );
  });
  return Math.max(1, ...lines) * line + ROW_EXTRA;
}

/** The first rows that fit into a height, head included. */
export function rowsThatFit(rows: readonly (readonly string[])[], widths: readonly number[], height: number): number {
  let left = height;
  const fits = rows.findIndex((row) => {
    left -= rowHeight(row, widths);
    return left < 0;
  });
  return fits < 0 ? rows.length : fits;
}

/** Sizes of pictures one under another: as wide as the text, or smaller where they would be too high together. */
export function pictureSizes(
  proportions: readonly number[],
  height: number,
): readonly { readonly width: number; readonly height: number }[] {
  const room = height - proportions.length * PICTURE_EXTRA;
  const whole = proportions.reduce((sum, proportion) => sum + proportion * TEXT_WIDTH, 0);
  const scale = Math.min(1, room / whole);
  return proportions.map((proportion) => ({
    width: TEXT_WIDTH * scale,
    height: TEXT_WIDTH * proportion * scale,
  }));
}
