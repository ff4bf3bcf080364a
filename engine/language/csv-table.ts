/** CSV text to rows of texts with places. UTF-8 with or without a byte-order mark; RFC 4180 quoting. */
import type { CsvFaultReason } from "../diagnostics/diagnostic.ts";
import type { SourceFile, Span } from "../diagnostics/source.ts";
import { CSV } from "./library.ts";

/** A column as numbers. */
export interface CsvNumbers {
  readonly values: Float64Array;
  /** Rows in which no number stands, or one that is not finite. */
  readonly missing: ReadonlySet<number>;
}

/** The rows of a file under its header, by number from 0. */
export class CsvTable {
  readonly path: string;
  readonly columns: readonly string[];
  readonly #records: readonly CsvRecord[];
  readonly #texts: (readonly string[] | undefined)[] = [];
  readonly #numbers: (CsvNumbers | undefined)[] = [];

  /** @param records the header's and those of the rows */
  constructor(path: string, columns: readonly string[], records: readonly CsvRecord[]) {
    this.path = path;
    this.columns = columns;
    this.#records = records;
  }

  get rows(): number {
    return this.#records.length - 1;
  }

  /** The text of a cell, without the blanks round it. */
  cell(row: number, column: number): string {
    return this.#records[row + 1]!.cells[column]!.trim();
  }

  /** The texts of a column, with composed characters (NFC). */
  texts(column: number): readonly string[] {
    let texts = this.#texts[column];
    if (!texts) {
      const cells: string[] = [];
      for (let row = 0; row < this.rows; row++) cells.push(this.cell(row, column).normalize("NFC"));
      texts = cells;
      this.#texts[column] = texts;
    }
    return texts;
  }

  numbers(column: number): CsvNumbers {
    let numbers = this.#numbers[column];
    if (!numbers) {
      const values = new Float64Array(this.rows);
      const missing = new Set<number>();
      for (let row = 0; row < values.length; row++) {
        const text = this.cell(row, column);
        const number = Number(text);
        if (text === "" || !Number.isFinite(number)) missing.add(row);
        else values[row] = number;
      }
      numbers = { values, missing };
      this.#numbers[column] = numbers;
    }
    return numbers;
  }

  /** The place of a row in the file. */
  span(row: number): Span {
    const { start, end } = this.#records[row + 1]!;
    return { path: this.path, start, end };
  }
}
/** Why a file is no table. */
export type CsvFault =
  | { readonly fault: CsvFaultReason; readonly detail: string; readonly span: Span }
  | {
      readonly fault: "row-length";
      readonly detail: string;
      readonly cells: number;
      readonly header: number;
      readonly span: Span;
    };

/** Rows of a CSV file under its header, or what is wrong with it. */
export function readCsv(file: SourceFile): CsvTable | CsvFault {
  const { text, path } = file;
  const fault = (reason: CsvFaultReason, start: number, end: number, detail: string = reason): CsvFault => ({
    fault: reason,
    detail,
    span: { path, start, end },
  });
  const strange = [text.indexOf("\ufffd"), text.indexOf("\u0000")].find((at) => at >= 0) ?? -1;
  if (strange >= 0) return fault("encoding", strange, strange + 1);
  let records: readonly CsvRecord[];
  try {
    records = scannedRecords(text) ?? quotedRecords(text);
  } catch (error) {
    if (!(error instanceof CSV.get().CsvError)) throw error;
    const quote = openQuote(text);
    if (quote) return fault(quote.reason, quote.at, quote.at + 1);
    return fault("other", 0, text.split("\n")[0]!.length, error.message);
  }
  const header = records[0]?.cells.map((c) => c.trim().normalize("NFC"));
  if (!header) return fault("empty", 0, 0);
  const uneven = records.find(({ cells }) => cells.length !== header.length);
  if (!uneven) return new CsvTable(path, header, records);
  const [cells, columns] = [uneven.cells.length, header.length];
  const detail = `a row of ${cells} cells under ${columns} columns`;
  const span = { path, start: uneven.start, end: uneven.end };
  return { fault: "row-length", detail, cells, header: columns, span };
}

/** A record and where it stands in the text, without its line end. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly start: number;
  readonly end: number;
}

/** The records that the library finds in a text. @throws CsvError */
export function quotedRecords(text: string): CsvRecord[] {
  const options = { bom: true, raw: true, relax_column_count: true, skip_empty_lines: true } as const;
  // The library's types do not know that `raw: true` makes it return records with their raw text.
  const records = CSV.get().parse(text, options) as unknown as { readonly record: string[]; readonly raw: string }[];
  // Records come in order, so each is found from the end of the one before; this keeps the search linear.
  let from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return records.map(({ record, raw }) => {
    const content = raw.replace(/^[\r\n]+|[\r\n]+$/g, "");
    const start = Math.max(from, text.indexOf(content, from));
    from = start + content.length;
    return { cells: record, start, end: from };
  });
}

/** The line end of a text that has no other; null for one that has. */
function lineEndOf(text: string): "\n" | "\r\n" | null {
  if (!text.includes("\r")) return "\n";
  return /\r(?!\n)|(?<!\r)\n/.test(text) ? null : "\r\n";
}

/**
 * The same for a text with one kind of line end in which every quotation mark is where RFC 4180 has it, many times as fast. Null for any other
 * text.
 */
export function scannedRecords(text: string): CsvRecord[] | null {
  const lineEnd = lineEndOf(text);
  if (lineEnd === null) return null;
  const records: CsvRecord[] = [];
  let quote = text.indexOf('"');
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (start < text.length) {
    const stop = text.indexOf(lineEnd, start);
    let end = stop < 0 ? text.length : stop;
    if (quote >= 0 && quote < end) {
      const scanned = scanRecord(text, start);
      if (scanned.record === null) return null;
      end = scanned.end;
      records.push({ cells: scanned.record, start, end });
      quote = text.indexOf('"', end);
    } else if (end > start) records.push({ cells: text.slice(start, end).split(","), start, end });
    start = end + lineEnd.length;
  }
  return records;
}

/** One record from `start` to before its line end; null where a quotation mark is out of place. */
function scanRecord(text: string, start: number): { record: string[] | null; end: number } {
  const record: string[] = [];
  for (let at = start; ; at++) {
    const isQuoted = text[at] === '"';
    const end = isQuoted ? endOfQuoted(text, at) : endOfPlain(text, at);
    const content = isQuoted ? text.slice(at + 1, end - 1).replaceAll('""', '"') : text.slice(at, end);
    const next = text[end];
    if (end < 0 || !(next === undefined || next === "," || next === "\n" || next === "\r"))
      return { record: null, end };
    if (!isQuoted && content.includes('"')) return { record: null, end };
    record.push(content);
    if (next !== ",") return { record, end };
    at = end;
  }
}

/** The position after the closing quotation mark of a cell; -1 if there is none. */
function endOfQuoted(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 2))
    if (text[at + 1] !== '"') return at + 1;
  return -1;
}

function endOfPlain(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== "," && text[at] !== "\n" && text[at] !== "\r") at++;
  return at;
}

/** The quotation mark at which a text stops to be CSV: one that is never closed, or one in the middle of a cell. */
function openQuote(text: string): { reason: "quote-open" | "quote-inside"; at: number } | null {
  let opened = -1;
  let atStart = true;
  for (let at = text.charCodeAt(0) === 0xfeff ? 1 : 0; at < text.length; at++) {
    const c = text[at]!;
    if (opened >= 0) {
      if (c !== '"') continue;
      if (text[at + 1] === '"') at++;
      else if (/[,\r\n]/.test(text[at + 1] ?? "\n")) opened = -1;
      else return { reason: "quote-inside", at };
    } else if (c === '"') {
      if (!atStart) return { reason: "quote-inside", at };
      opened = at;
    }
    atStart = c === "," || c === "\n";
  }
  return opened >= 0 ? { reason: "quote-open", at: opened } : null;
}

/** The place of one cell of a row, without the blanks round it. */
export function cellSpan(file: SourceFile, row: Span, cell: number): Span {
  let quoted = false;
  let from = row.start;
  let n = 0;
  let at = row.start;
  for (; at < row.end; at++) {
    const c = file.text[at]!;
    if (c === '"') quoted = !quoted;
    if (c !== "," || quoted) continue;
    if (n === cell) break;
    n++;
    from = at + 1;
  }
  if (n !== cell) return row;
  const raw = file.text.slice(from, at);
  const start = from + (raw.length - raw.trimStart().length);
  return { path: row.path, start: Math.min(start, at), end: Math.max(start, from + raw.trimEnd().length) };
}
