/** Numbers, series, tables and elements that a model reads from workbooks and text tables. */
import type { DiagnosticList, ExternalProblem } from "../../diagnostics/diagnostic.ts";
import { foreignKey } from "../foreign/foreign-key.ts";
import type { ExternalFiles, ForeignName, ForeignTable } from "../foreign/foreign-model.ts";
import { areaOf, cellPlace, columnNumber } from "../workbook/cell-name.ts";
import { openTextTable, openWorkbook } from "../workbook/open-workbook.ts";
import { type Sheet, type Workbook, WorkbookFault } from "../workbook/sheet.ts";
import { decodeVensim } from "./decode-vensim.ts";
import type { ExternalCall } from "./external-call.ts";
import { fault } from "./vensim-fault.ts";
import { MAX_ELEMENTS, MAX_POINTS } from "./vensim-limits.ts";

/** Data over time, times rising; a time without a number is left out. */
export interface Series {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

interface OpenSheet {
  readonly sheet: Sheet;
  readonly workbook: Workbook | null;
}

export class ExternalData {
  readonly #files: ExternalFiles;
  readonly #tags: ReadonlyMap<string, string>;
  readonly #diagnostics: DiagnosticList;
  readonly #workbooks = new Map<string, Workbook | Uint8Array>();
  readonly #tables = new Map<string, Sheet>();
  #points = 0;

  /** `tags` by lower-case name without `?`. */
  constructor(files: ExternalFiles, tags: ReadonlyMap<string, string>, diagnostics: DiagnosticList) {
    this.#files = files;
    this.#tags = tags;
    this.#diagnostics = diagnostics;
  }

  /**
   * Numbers for a left side whose ranges have these sizes: none is one cell, one goes across the row, two are rows and columns; a
   * star behind the cell turns rows and columns round.
   */
  constants(call: ExternalCall, sizes: readonly number[]): number[] {
    if (sizes.length > 2) throw this.#problem(call, "too-many-ranges", String(sizes.length));
    const { sheet, workbook } = this.#open(call);
    const transposed = call.places[0]!.endsWith("*");
    const start = this.#cell(call, workbook, call.places[0]!.replace(/\*$/, ""));
    const [outer, inner] = sizes.length === 2 ? [sizes[0]!, sizes[1]!] : [1, sizes[0] ?? 1];
    const values: number[] = [];
    const empty: [row: number, column: number][] = [];
    for (let i = 0; i < outer; i++) {
      for (let j = 0; j < inner; j++) {
        const [row, column] = transposed ? [start.row + j, start.column + i] : [start.row + i, start.column + j];
        const cell = sheet.cell(row, column);
        if (typeof cell === "string") throw this.#problem(call, "not-a-number", cell);
        if (cell === null) empty.push([row, column]);
        values.push(cell ?? 0);
      }
    }
    this.#warnOfEmpty(call, empty);
    return values;
  }

  /** One series for each of `count` elements, in rows one below the other or in columns side by side. */
  series(call: ExternalCall, count: number): Series[] {
    return this.#lines(call, count).map((points) => {
      const sorted = points.toSorted((a, b) => a.x - b.x);
      if (sorted.some((p, i) => i > 0 && p.x === sorted[i - 1]!.x)) {
        throw this.#problem(call, "time-twice", String(sorted.find((p, i) => p.x === sorted[i - 1]?.x)?.x));
      }
      return { times: sorted.map((p) => p.x), values: sorted.map((p) => p.y) };
    });
  }

  lookups(call: ExternalCall, count: number): ForeignTable[] {
    return this.#lines(call, count).map((points) => {
      if (points.length === 0) throw this.#problem(call, "no-points", "");
      return { points: points.toSorted((a, b) => a.x - b.x), type: "continuous", span: call.expression.span };
    });
  }

  /** Elements of a range: the cells of an area, row by row, behind the prefix. */
  elements(call: ExternalCall): ForeignName[] {
    const { sheet, workbook } = this.#open(call);
    const [first, last] = [call.places[0]!, call.places[1]!];
    const named = workbook?.area(first, call.tab) ?? null;
    const start = named ?? this.#cell(call, workbook, first);
    const end = named
      ? { row: named.row + named.rows - 1, column: named.column + named.columns - 1 }
      : this.#lastCell(call, sheet, last);
    if (end.row < start.row || end.column < start.column) throw this.#problem(call, "no-points", "");
    const cells = (end.row - start.row + 1) * (end.column - start.column + 1);
    if (cells > MAX_ELEMENTS) {
      throw fault("foreign-limit", call.expression.span, { what: "elements", limit: MAX_ELEMENTS });
    }
    const names: ForeignName[] = [];
    for (let row = start.row; row <= end.row; row++) {
      for (let column = start.column; column <= end.column; column++) {
        const cell = sheet.cell(row, column);
        if (cell === null) continue;
        const text = `${call.prefix}${cell}`;
        names.push({ text, key: foreignKey(text), span: call.expression.span });
      }
    }
    if (names.length === 0) throw this.#problem(call, "no-points", "");
    return names;
  }

  /** The last cell of a list of elements: a cell, a column or a row to the end of the sheet, or without it all that follows. */
  #lastCell(call: ExternalCall, sheet: Sheet, last: string): { row: number; column: number } {
    const place = cellPlace(last);
    if (place) return place;
    const [bottom, right] = [sheet.rows - 1, sheet.columns - 1];
    if (last === "") return { row: bottom, column: right };
    if (/^[1-9]\d{0,6}$/.test(last)) return { row: Number(last) - 1, column: right };
    const column = columnNumber(last);
    if (column === null) throw this.#problem(call, "bad-cell", last);
    return { row: bottom, column };
  }

  /**
   * Pairs of x and y, a list for each element. The third argument is the row (a number) or column (letters) of x, or a named area;
   * reading ends at the first x that is no number, and leaves out a y that is none.
   */
  #lines(call: ExternalCall, count: number): { x: number; y: number }[][] {
    const { sheet, workbook } = this.#open(call);
    const [axis, cell] = [call.places[0]!, call.places[1]!];
    const start = this.#cell(call, workbook, cell.replace(/\*$/, ""));
    const area = workbook?.area(axis, call.tab) ?? null;
    const column = area ? (area.rows > 1 ? area.column : null) : columnNumber(axis);
    const row = area ? area.row : /^[1-9]\d{0,6}$/.test(axis) ? Number(axis) - 1 : null;
    if (column === null && row === null) throw this.#problem(call, "bad-axis", axis);
    const ends = column === null ? sheet.columns - start.column : sheet.rows - start.row;
    const xs: number[] = [];
    for (let k = 0; k < ends; k++) {
      const x = column === null ? sheet.cell(row!, start.column + k) : sheet.cell(start.row + k, column);
      if (typeof x !== "number") break;
      xs.push(x);
    }
    this.#points += count * xs.length;
    if (this.#points > MAX_POINTS) {
      throw fault("foreign-limit", call.expression.span, { what: "points", limit: MAX_POINTS });
    }
    return Array.from({ length: count }, (_, i) =>
      xs.flatMap((x, k) => {
        const place = column === null ? [start.row + i, start.column + k] : [start.row + k, start.column + i];
        const y = sheet.cell(place[0]!, place[1]!);
        return typeof y === "number" ? [{ x, y }] : [];
      }),
    );
  }

  #cell(call: ExternalCall, workbook: Workbook | null, text: string): { row: number; column: number } {
    const place = workbook?.area(text, call.tab) ?? cellPlace(text) ?? areaOf(text);
    if (!place) throw this.#problem(call, "bad-cell", text);
    return { row: place.row, column: place.column };
  }

  #open(call: ExternalCall): OpenSheet {
    const path = this.#path(call);
    let content = this.#workbooks.get(path);
    try {
      if (content === undefined) {
        const bytes = this.#files(path);
        if (!bytes) throw this.#problem(call, "no-file", path);
        content = openWorkbook(bytes) ?? bytes;
        this.#workbooks.set(path, content);
      }
      if (content instanceof Uint8Array) return { sheet: this.#textTable(call, path, content), workbook: null };
    } catch (error) {
      if (!(error instanceof WorkbookFault)) throw error;
      throw this.#problem(call, error.problem, error.detail);
    }
    const sheet = content.sheet(call.tab);
    if (sheet) return { sheet, workbook: content };
    throw this.#problem(call, "no-sheet", call.tab);
  }

  #textTable(call: ExternalCall, path: string, bytes: Uint8Array): Sheet {
    const delimiter = delimiterOf(call.tab, path);
    const key = `${delimiter}${path}`;
    const table = this.#tables.get(key) ?? openTextTable(path, decodeVensim(bytes), delimiter);
    this.#tables.set(key, table);
    return table;
  }

  /** The file's path, `?name` looked up among the tags. */
  #path(call: ExternalCall): string {
    if (!call.file.startsWith("?")) return call.file.replaceAll("\\", "/");
    const path = this.#tags.get(call.file.slice(1).trim().toLowerCase());
    if (path === undefined) throw this.#problem(call, "no-tag", call.file);
    return path.replaceAll("\\", "/");
  }

  #warnOfEmpty(call: ExternalCall, [first, ...others]: readonly [row: number, column: number][]): void {
    if (!first) return;
    const data = { file: call.file, cell: cellText(...first), count: 1 + others.length };
    this.#diagnostics.add("external-cell-empty", call.expression.span, data);
  }

  #problem(call: ExternalCall, problem: ExternalProblem, detail: string): Error {
    return fault("external-data", call.expression.span, { problem, file: call.file, detail });
  }
}

/** One character stands between columns as it is; anything else leaves the usual one: a comma in `.csv`, a tab elsewhere. */
function delimiterOf(tab: string, path: string): string {
  if ([...tab].length === 1) return tab;
  if (/^(tab|\\t)$/i.test(tab)) return "\t";
  return /\.csv$/i.test(path) ? "," : "\t";
}

/** `B2` for row 1, column 1. */
function cellText(row: number, column: number): string {
  let letters = "";
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return `${letters}${row + 1}`;
}
