/** CSV text to rows of texts with line numbers. UTF-8 with or without a byte-order mark; RFC 4180 quoting. */
import { CsvError, parse } from "csv-parse/sync";
import type { SourceFile, Span } from "../diagnostics/source.ts";

export interface CsvRow {
  readonly cells: readonly string[];
  /** Place of the row in the file. */
  readonly span: Span;
}
export interface CsvTable {
  readonly path: string;
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}
export interface CsvFault {
  readonly detail: string;
  readonly span: Span;
}

/** Rows of a CSV file under its header, or what is wrong with it. */
export function readCsv(file: SourceFile): CsvTable | CsvFault {
  const text = file.text;
  const lineSpan = (line: number): Span => {
    let start = 0;
    for (let n = 1; n < line; n++) start = text.indexOf("\n", start) + 1;
    const end = text.indexOf("\n", start);
    return { path: file.path, start, end: end < 0 ? text.length : end };
  };
  let records: { record: string[]; raw: string }[];
  try {
    const options = { bom: true, raw: true, relax_column_count: true, skip_empty_lines: true } as const;
    // The library's types do not know that `raw: true` makes it return records with their raw text.
    records = parse(text, options) as unknown as { record: string[]; raw: string }[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === "number" ? error.lines : 1;
    return { detail: error.message, span: lineSpan(line) };
  }
  const header = records[0]?.record.map((c) => c.trim().normalize("NFC"));
  if (!header) return { detail: "the file is empty", span: { path: file.path, start: 0, end: 0 } };
  const rows: CsvRow[] = [];
  // Records come in order, so each is found from the end of the one before; this keeps the search linear.
  let from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (const [i, { record, raw }] of records.entries()) {
    const content = raw.replace(/^[\r\n]+|[\r\n]+$/g, "");
    const start = Math.max(from, text.indexOf(content, from));
    from = start + content.length;
    if (i === 0) continue;
    const span = { path: file.path, start, end: from };
    if (record.length !== header.length) {
      const detail = `this row has ${record.length} cells, the header has ${header.length}`;
      return { detail, span };
    }
    rows.push({ cells: record.map((c) => c.trim()), span });
  }
  return { path: file.path, columns: header, rows };
}
