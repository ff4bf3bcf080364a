/** Draws the lines of a source text round some marked ranges, with line numbers and carets. */
import { printable, textWidth } from "./display-width.ts";
import { lineText, positionAt } from "./source.ts";

/** A range of the text to be marked, and the words under it. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly main: boolean;
  readonly label: string;
}

/** Paints a piece of the output; without colour it returns the text as it is. */
export type Paint = (style: "main" | "other" | "frame", text: string) => string;

/** Columns of source text that are shown of one line. */
const MAX_COLUMNS = 100;
/** Lines of one range that are marked; a longer range is marked at its beginning. */
const MAX_MARKED_LINES = 3;

/** The part of a mark that lies in one line, in characters from 0. */
interface Segment {
  readonly line: number;
  readonly from: number;
  readonly to: number;
  readonly main: boolean;
  readonly label: string;
}

export class Frame {
  readonly #text: string;
  readonly #segments: Segment[];
  readonly #lines: number[];

  constructor(text: string, marks: readonly Mark[]) {
    this.#text = text;
    this.#segments = marks.flatMap((mark) => segmentsOf(text, mark));
    const count = text.split("\n").length;
    const marked = new Set(this.#segments.map((s) => s.line));
    const shown = new Set(marked);
    for (const line of marked) {
      for (const beside of [line - 1, line + 1]) {
        if (beside >= 1 && beside <= count && lineText(text, beside).trim() !== "") shown.add(beside);
      }
    }
    this.#lines = [...shown].sort((a, b) => a - b);
  }

  /** The largest line number shown, which sets the width of the margin. */
  get lastLine(): number {
    return this.#lines.at(-1) ?? 1;
  }

  draw(margin: number, paint: Paint): string[] {
    const bar = (n: string) => paint("frame", `${n.padStart(margin)} |`);
    const drawn = [bar("")];
    let previous = this.#lines[0]!;
    for (const line of this.#lines) {
      if (line > previous + 1) drawn.push(paint("frame", `${" ".repeat(margin)}...`));
      previous = line;
      drawn.push(...this.#drawLine(line, bar, paint));
    }
    return drawn;
  }

  #drawLine(line: number, bar: (n: string) => string, paint: Paint): string[] {
    const segments = this.#segments.filter((s) => s.line === line).sort((a, b) => Number(b.main) - Number(a.main));
    const letters = [...lineText(this.#text, line)].map(printable);
    const window = windowOf(letters, segments[0]?.from ?? 0);
    const source = window.before + letters.slice(window.from, window.to).join("") + window.after;
    const drawn = [`${bar(String(line))} ${source}`.trimEnd()];
    for (const segment of segments) {
      const from = Math.max(segment.from, window.from);
      const to = Math.min(segment.to, window.to);
      const indent = textWidth(window.before + letters.slice(window.from, from).join(""));
      const length = Math.max(1, textWidth(letters.slice(from, to).join("")));
      const sign = (segment.main ? "^" : "-").repeat(length);
      const label = segment.label === "" ? "" : ` ${segment.label}`;
      drawn.push(`${bar("")} ${" ".repeat(indent)}${paint(segment.main ? "main" : "other", sign + label)}`);
    }
    return drawn;
  }
}

/** True if two ranges are so near that one frame can show both. */
export function areNear(text: string, main: Mark, other: Mark): boolean {
  const a = positionAt(text, main.start);
  const b = positionAt(text, other.start);
  if (a.line !== b.line) return Math.abs(a.line - b.line) <= 4;
  return Math.abs(a.column - b.column) < MAX_COLUMNS / 2;
}

/** Cuts a mark into the parts in each of its lines, without the blanks at both ends of a line. */
function segmentsOf(text: string, mark: Mark): Segment[] {
  const start = Math.min(mark.start, text.length);
  const end = Math.min(Math.max(mark.end, start), text.length);
  const first = positionAt(text, start);
  const last = positionAt(text, end);
  const segments: Segment[] = [];
  for (let line = first.line; line <= last.line && segments.length < MAX_MARKED_LINES; line++) {
    const letters = [...lineText(text, line)];
    // A carriage return belongs to the line end and is not among the letters.
    let from = Math.min(line === first.line ? first.column - 1 : 0, letters.length);
    let to = Math.min(line === last.line ? last.column - 1 : letters.length, letters.length);
    if (first.line !== last.line) {
      while (from < to && letters[from]!.trim() === "") from++;
      while (to > from && letters[to - 1]!.trim() === "") to--;
      if (from === to) continue;
    }
    segments.push({ line, from, to, main: mark.main, label: "" });
  }
  if (segments.length === 0) {
    segments.push({ line: first.line, from: first.column - 1, to: first.column - 1, main: mark.main, label: "" });
  }
  return segments.with(-1, { ...segments.at(-1)!, label: mark.label });
}

/** The part of a line that is shown: all of it, or a stretch round the caret between ellipses. */
function windowOf(
  letters: readonly string[],
  caret: number,
): { from: number; to: number; before: string; after: string } {
  const widths = letters.map(textWidth);
  const total = widths.reduce((sum, w) => sum + w, 0);
  if (total <= MAX_COLUMNS) return { from: 0, to: letters.length, before: "", after: "" };
  let from = Math.min(caret, letters.length);
  for (let room = MAX_COLUMNS * 0.4; from > 0 && room >= widths[from - 1]!; from--) room -= widths[from - 1]!;
  let to = from;
  for (let room = MAX_COLUMNS; to < letters.length && room >= widths[to]!; to++) room -= widths[to]!;
  return { from, to, before: from > 0 ? "…" : "", after: to < letters.length ? "…" : "" };
}
