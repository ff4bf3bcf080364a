/** Text of an element with the place of each character in the file, so that a mistake in an equation has a line and a column. */
import type { Span } from "../../diagnostics/source.ts";
import type { XmlElement } from "./xml-tree.ts";

/** The five entities of XML; others are refused when the file is read. */
const ENTITIES: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
/** A reference, or a line end that XML reads as a single line feed (XML 1.0, section 2.11). */
const SPECIAL = /&(?:#x([0-9a-f]+)|#([0-9]+)|(\w+));|\r\n?/giu;

/** Characters with their places in the file. */
export class PlacedText {
  readonly text: string;
  readonly path: string;
  /** Offset in the file of each character, and of the end. */
  readonly #offsets: Uint32Array;

  constructor(text: string, offsets: Uint32Array, path: string) {
    this.text = text;
    this.path = path;
    this.#offsets = offsets;
  }

  /** The place of a range of the text. */
  span(start: number, end: number): Span {
    const from = this.#offsets[Math.min(start, this.text.length)]!;
    // The end of a range is the end of its last character, not the start of the next one, which may stand behind a comment.
    const to = end > start ? this.#offsets[end - 1]! + this.#length(end - 1) : from;
    return { path: this.path, start: from, end: Math.max(from, to) };
  }

  /** Width of a character in the file: a reference such as `&lt;` is wider than one. */
  #length(index: number): number {
    const width = this.#offsets[index + 1]! - this.#offsets[index]!;
    return width <= MAX_REFERENCE ? width : 1;
  }
}

/** `&#x10FFFF;` with a few zeros: longer gaps are comments between two pieces. */
const MAX_REFERENCE = 16;

/** The text of an element, comments and child elements left out. */
export function textOf(element: XmlElement, source: string): PlacedText {
  let text = "";
  const offsets: number[] = [];
  const put = (piece: string, at: number, wide: boolean) => {
    for (let i = 0; i < piece.length; i++) offsets.push(wide ? at : at + i);
    text += piece;
  };
  let last = element.head.end;
  for (const piece of element.pieces) {
    const raw = source.slice(piece.start, piece.end);
    let done = 0;
    for (const match of raw.matchAll(SPECIAL)) {
      const isReference = match[0].startsWith("&");
      if (isReference && piece.kind === "cdata") continue;
      put(raw.slice(done, match.index), piece.start + done, false);
      put(isReference ? resolve(match) : "\n", piece.start + match.index, true);
      done = match.index + match[0].length;
    }
    put(raw.slice(done), piece.start + done, false);
    last = piece.end;
  }
  offsets.push(last);
  return new PlacedText(text, Uint32Array.from(offsets), element.span.path);
}

/** The text of an element without blanks around it; its place is that of the whole element where it is empty. */
export function wordOf(element: XmlElement, source: string): { text: string; span: Span } {
  const placed = textOf(element, source);
  const start = placed.text.length - placed.text.trimStart().length;
  const text = placed.text.trim();
  return { text, span: text === "" ? element.span : placed.span(start, start + text.length) };
}

function resolve(match: RegExpExecArray): string {
  const [all, hexadecimal, decimal, name] = match;
  if (hexadecimal !== undefined) return String.fromCodePoint(Number.parseInt(hexadecimal, 16));
  if (decimal !== undefined) return String.fromCodePoint(Number.parseInt(decimal, 10));
  return ENTITIES[name!] ?? all;
}
