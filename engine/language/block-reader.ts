/**
 * YAML as models are written: keys and hyphens at their indentations, and behind them names, numbers, texts in quotes, brackets on one
 * line, or `>-` and `|` with lines of text below. Such files are read here, without the yaml library and in a fraction of its time. In a file
 * with anything else (anchors, escapes, keys without a value, comments behind values, whatever is wrong) nothing is read here, and the library
 * does it all; this reading equals its own (property tests hold it to that).
 */
import type { SourceFile } from "../diagnostics/source.ts";
import { FlowReader, hasRepeatedKey, plainValue, quotedScalar } from "./flow-line.ts";
import type { YamlEntry, YamlNode, YamlScalar } from "./yaml-node.ts";

/** Blanks and signs that count as ends of lines or documents, or not at all. */
const STRANGE = /[^\S \n]|[\ufeff\0]|^(?:---|\.\.\.)/m;
/** Texts without quotes that begin otherwise are left to the library. */
const PLAIN_START = /[^\s\-?:,[\]{}#&*!|>'"%@`]|-[^\s-]/uy;
/** A key without quotes, up to the colon. */
const KEY = /[^"'#{}:\n]{1,1000}:(?= |$)/my;
/** A key in quotes, up to the colon. */
const QUOTED_KEY = /(?:"[^"\\\n]{0,1000}"|'[^'\n]{0,1000}'):(?= |$)/my;

/** What the file holds; null if it is to be read by the library. */
export function readBlocks({ path, text }: SourceFile): YamlNode | null {
  if (STRANGE.test(text)) return null;
  const lines = contentLines(text);
  return lines && new BlockReader(path, text, lines).read();
}

/** Before lines of text: whether line ends stay or become blanks, and whether the last one is dropped. */
const TEXT_MARK = /^[|>]-?$/;

/** A line that holds more than blanks and a comment. */
interface Line {
  /** Of the first character that is not blank, and of the line. */
  readonly start: number;
  readonly indent: number;
  /** Behind the last character that is not blank. */
  readonly end: number;
  /** Where the next line begins, or the end of the text. */
  readonly next: number;
}

/** Null where a comment stands deeper than what follows: the library takes it to belong to what comes before. */
function contentLines(text: string): Line[] | null {
  const lines: Line[] = [];
  /** How deep the last comments stand. */
  let comment = 0;
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf("\n", from);
    const next = newline < 0 ? text.length : newline + 1;
    let start = from;
    while (text[start] === " ") start++;
    let end = newline < 0 ? text.length : newline;
    while (end > start && text[end - 1] === " ") end--;
    const indent = start - from;
    if (end > start && text[start] === "#") comment = Math.max(comment, indent);
    else if (end > start) {
      if (comment > indent) return null;
      comment = 0;
      lines.push({ start, indent, end, next });
    }
    from = next;
  }
  return comment > 0 ? null : lines;
}

/** Reads all lines or nothing: each part gives null where it meets what it does not read. */
class BlockReader {
  readonly #path: string;
  readonly #text: string;
  readonly #lines: readonly Line[];
  readonly #flow: FlowReader;
  /** The line that is read next. */
  #at = 0;

  constructor(path: string, text: string, lines: readonly Line[]) {
    this.#path = path;
    this.#text = text;
    this.#lines = lines;
    this.#flow = new FlowReader(path, text);
  }

  read(): YamlNode | null {
    const first = this.#lines[0];
    if (first === undefined) return null;
    const isList = this.#isItem(first.start);
    if (!isList && !this.#isKey(first.start)) return null;
    const node = isList ? this.#list(first.indent, first.start) : this.#map(first.indent, first.start);
    return this.#at === this.#lines.length ? node : null;
  }

  #isItem(at: number): boolean {
    return this.#text[at] === "-" && this.#text[at + 1] === " ";
  }

  #isKey(at: number): boolean {
    return this.#keyEnd(at) !== null;
  }

  /** Behind the colon of the key at a position; null if there is none. */
  #keyEnd(at: number): number | null {
    const sign = this.#text[at];
    const pattern = sign === '"' || sign === "'" ? QUOTED_KEY : KEY;
    if (pattern === KEY && !this.#startsPlain(at)) return null;
    pattern.lastIndex = at;
    return pattern.test(this.#text) ? pattern.lastIndex : null;
  }

  #startsPlain(at: number): boolean {
    PLAIN_START.lastIndex = at;
    return PLAIN_START.test(this.#text);
  }

  /** Entries whose keys stand in one column; the first stands in the line that is read, at `start`. */
  #map(column: number, start: number): YamlNode | null {
    const entries: YamlEntry[] = [];
    let at = start;
    do {
      const entry = this.#entry(column, at);
      if (entry === null) return null;
      entries.push(entry);
      at = this.#lines[this.#at]?.start ?? at;
    } while (this.#lines[this.#at]?.indent === column && !this.#isItem(at));
    if (hasRepeatedKey(entries)) return null;
    return this.#closed({ kind: "map", entries, span: this.#span(start, this.#lines[this.#at - 1]!.next) }, column);
  }

  /** Items whose hyphens stand in one column. */
  #list(column: number, start: number): YamlNode | null {
    const items: YamlNode[] = [];
    let at = start;
    do {
      const item = this.#item(column, at);
      if (item === null) return null;
      items.push(item);
      at = this.#lines[this.#at]?.start ?? at;
    } while (this.#lines[this.#at]?.indent === column && this.#isItem(at));
    return this.#closed({ kind: "list", items, span: this.#span(start, this.#lines[this.#at - 1]!.next) }, column);
  }

  /** What stands deeper than a part that has ended belongs to no part. */
  #closed(node: YamlNode, column: number): YamlNode | null {
    return (this.#lines[this.#at]?.indent ?? 0) <= column ? node : null;
  }

  #entry(column: number, start: number): YamlEntry | null {
    const colon = this.#keyEnd(start);
    if (colon === null) return null;
    const key = this.#key(start, colon - 1);
    const value = this.#valueBehind(colon, column);
    return key && value && { key: key.text.trim(), keySpan: key.span, value, bare: false };
  }

  #key(start: number, end: number): YamlScalar | null {
    const sign = this.#text[start]!;
    if (sign === '"' || sign === "'") return this.#quoted(start, end);
    let last = end;
    while (this.#text[last - 1] === " ") last--;
    return this.#plain(start, last);
  }

  /** The value of a key: in the same line, or in those that follow. */
  #valueBehind(colon: number, column: number): YamlNode | null {
    const line = this.#lines[this.#at]!;
    if (colon < line.end) {
      const start = this.#pastBlanks(colon);
      const isText = TEXT_MARK.test(this.#text.slice(start, Math.min(start + 3, line.end)));
      return isText ? this.#lowerText(start, column) : this.#inLine(start, line);
    }
    const below = this.#lines[++this.#at];
    if (below === undefined || below.indent < column) return null;
    if (this.#isItem(below.start)) return this.#list(below.indent, below.start);
    return below.indent > column && this.#isKey(below.start) ? this.#map(below.indent, below.start) : null;
  }

  /** The text below its mark at `start`: lines of one depth, without empty ones and blanks at their ends, which would mean something. */
  #lowerText(start: number, column: number): YamlScalar | null {
    const [mark, drop] = this.#text.slice(start, start + 2);
    const { next: from } = this.#lines[this.#at++]!;
    const depth = this.#lines[this.#at]?.indent ?? 0;
    const rows: string[] = [];
    let end = from;
    let line = this.#lines[this.#at];
    for (; line !== undefined && line.indent > column; line = this.#lines[++this.#at]) {
      const isPlain = line.indent === depth && line.start - depth === end && (this.#text[line.end] ?? "\n") === "\n";
      if (!isPlain) return null;
      rows.push(this.#text.slice(line.start, line.end));
      end = line.next;
    }
    if (rows.length === 0 || end !== (line ? line.start - line.indent : this.#text.length)) return null;
    const value = `${rows.join(mark === "|" ? "\n" : " ")}${drop === "-" ? "" : "\n"}`;
    const text = this.#text.slice(from, end).replaceAll("\n", " ");
    return { kind: "scalar", value, span: this.#span(start, end), text, textStart: from };
  }

  #item(column: number, hyphen: number): YamlNode | null {
    const line = this.#lines[this.#at]!;
    const start = this.#pastBlanks(hyphen + 1);
    if (start >= line.end) return null;
    const inner = column + start - hyphen;
    if (this.#isItem(start)) return this.#list(inner, start);
    return this.#isKey(start) ? this.#map(inner, start) : this.#inLine(start, line);
  }

  /** A value that ends with its line. */
  #inLine(start: number, { end }: Line): YamlNode | null {
    this.#at++;
    const sign = this.#text[start]!;
    if (sign === "{" || sign === "[") return this.#flow.read(start, end);
    if (sign === '"' || sign === "'") return this.#quoted(start, end);
    return this.#startsPlain(start) ? this.#plain(start, end) : null;
  }

  #quoted(start: number, end: number): YamlScalar | null {
    const scalar = quotedScalar(this.#path, this.#text, start);
    return scalar?.span.end === end ? scalar : null;
  }

  #plain(start: number, end: number): YamlScalar | null {
    const text = this.#text.slice(start, end);
    const value = plainValue(text);
    if (value === undefined || /: | #|:$/.test(text)) return null;
    return { kind: "scalar", value, span: this.#span(start, end), text, textStart: start };
  }

  #pastBlanks(at: number): number {
    let past = at;
    while (this.#text[past] === " ") past++;
    return past;
  }

  #span(start: number, end: number) {
    return { path: this.#path, start, end };
  }
}
