/** Numbers from CSV files into the cells of a shape; every cell must be there exactly once, and nothing else. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import { nearestNames } from "../diagnostics/nearest.ts";
import { positionAt, type SourceFile, type Span } from "../diagnostics/source.ts";
import { type CsvRow, type CsvTable, cellSpan, readCsv } from "../language/csv-table.ts";
import type { DataBlock, Word } from "../language/document.ts";
import type { Axis } from "./model.ts";
import { cellKeys, elementByNameOrCode, shapeSize } from "./symbols.ts";

/** One number of a file: the cell it belongs to, its time (if the block has one), and its place. */
export interface DataPoint {
  readonly cell: number;
  readonly time: number | null;
  readonly value: number;
  readonly row: CsvRow;
  /** Number of the column, from 0. */
  readonly column: number;
}

export class DataReader {
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #diagnostics: DiagnosticList;
  readonly #tables = new Map<string, CsvTable | null>();
  /** Files that were read, for the manifest. */
  readonly used = new Set<string>();

  constructor(files: ReadonlyMap<string, SourceFile>, diagnostics: DiagnosticList) {
    this.#files = files;
    this.#diagnostics = diagnostics;
  }

  /** One number for every cell, row-major; null where anything is wrong. */
  cells(block: DataBlock, shape: readonly Axis[], name: string): Float64Array | null {
    const points = this.points(block, shape, name);
    if (!points) return null;
    const values = new Float64Array(shapeSize(shape)).fill(Number.NaN);
    const first = new Map<number, DataPoint>();
    let good = true;
    for (const point of points) {
      const earlier = first.get(point.cell);
      if (earlier) {
        this.#duplicate(block, shape, point, earlier);
        good = false;
      }
      first.set(point.cell, point);
      values[point.cell] = point.value;
    }
    return this.#complete(block, shape, name, (cell) => first.has(cell)) && good ? values : null;
  }

  /** Times and numbers of every cell, in time order; null where anything is wrong. */
  timed(block: DataBlock, shape: readonly Axis[], name: string, partial: boolean): DataPoint[][] | null {
    const points = this.points(block, shape, name);
    if (!points) return null;
    const byCell: DataPoint[][] = Array.from({ length: shapeSize(shape) }, () => []);
    for (const point of points) byCell[point.cell]!.push(point);
    let good = true;
    for (const list of byCell) {
      list.sort((a, b) => a.time! - b.time!);
      for (let i = 1; i < list.length; i++) {
        if (list[i]!.time !== list[i - 1]!.time) continue;
        this.#duplicate(block, shape, list[i]!, list[i - 1]!);
        good = false;
      }
    }
    if (partial) return good ? byCell : null;
    return this.#complete(block, shape, name, (cell) => byCell[cell]!.length > 0) && good ? byCell : null;
  }

  /** All numbers of every cell, in the order of the file; null where anything is wrong. */
  samples(block: DataBlock, shape: readonly Axis[], name: string): number[][] | null {
    const points = this.points(block, shape, name);
    if (!points) return null;
    const byCell: number[][] = Array.from({ length: shapeSize(shape) }, () => []);
    for (const point of points) byCell[point.cell]!.push(point.value);
    return this.#complete(block, shape, name, (cell) => byCell[cell]!.length > 0) ? byCell : null;
  }

  #duplicate(block: DataBlock, shape: readonly Axis[], point: DataPoint, earlier: DataPoint): void {
    const cell = cellKeys(shape)[point.cell] ?? "";
    const text = this.#files.get(point.row.span.path)?.text ?? "";
    const firstLine = positionAt(text, earlier.row.span.start).line;
    const related = [{ span: this.#cell(earlier.row, earlier.column), label: "first-defined-here" as const }];
    const data = { file: block.file.text, cell, firstLine };
    this.#diagnostics.add("csv-duplicate-cell", this.#cell(point.row, point.column), data, related);
  }

  /** The place of a cell, found only when it is needed. */
  #cell(row: CsvRow, column: number): Span {
    const file = this.#files.get(row.span.path);
    return file ? cellSpan(file, row.span, column) : row.span;
  }

  #complete(block: DataBlock, shape: readonly Axis[], name: string, has: (cell: number) => boolean): boolean {
    const missing = cellKeys(shape).filter((_, cell) => !has(cell));
    if (missing.length === 0) return true;
    const data = { file: block.file.text, cells: missing.slice(0, 6), count: missing.length, name };
    this.#diagnostics.add("csv-cell-missing", block.span, data);
    return false;
  }

  /** All numbers of the rows that a block selects, in file order. */
  points(block: DataBlock, shape: readonly Axis[], name: string): DataPoint[] | null {
    const table = this.table(block.file);
    if (!table) return null;
    const plan = this.#plan(block, table, shape, name);
    if (!plan) return null;
    const points: DataPoint[] = [];
    let good = true;
    let selected = 0;
    for (const row of table.rows) {
      if (!plan.where.every(({ at, texts }) => texts.includes(row.cells[at]!.normalize("NFC")))) continue;
      if (plan.ignore.some(({ at, texts }) => texts.includes(row.cells[at]!.normalize("NFC")))) continue;
      selected++;
      const read = this.#row(block, row, plan);
      if (read) points.push(...read);
      else good = false;
    }
    if (selected === 0) {
      const where = block.where.map((w) => `${w.column.text} = ${w.texts.join(" | ")}`).join(", ");
      this.#diagnostics.add("csv-no-rows", block.span, { file: block.file.text, where });
      return null;
    }
    return good ? points : null;
  }

  #row(block: DataBlock, row: CsvRow, plan: Plan): DataPoint[] | null {
    let base = 0;
    for (const { at, axis, stride, column } of plan.key) {
      const text = row.cells[at]!;
      const position = elementByNameOrCode(axis.dimension, text.normalize("NFC"));
      if (position < 0) {
        const near = nearestNames(
          text,
          axis.dimension.elements.map((e) => e.name),
        );
        const data = { file: block.file.text, column, cell: text, dimension: axis.name, near };
        this.#diagnostics.add("csv-surplus-row", this.#cell(row, at), data);
        return null;
      }
      base += position * stride;
    }
    const time = plan.time === null ? null : this.#number(block, row, plan.time, block.time!.text);
    if (plan.time !== null && time === null) return null;
    const points: DataPoint[] = [];
    for (const { at, offset, column } of plan.values) {
      const value = this.#number(block, row, at, column);
      if (value === null) return null;
      points.push({ cell: base + offset, time, value: value * block.scale, row, column: at });
    }
    return points;
  }

  #number(block: DataBlock, row: CsvRow, at: number, column: string): number | null {
    const text = row.cells[at]!;
    const value = text === "" ? Number.NaN : Number(text);
    if (Number.isFinite(value)) return value;
    this.#diagnostics.add("csv-not-a-number", this.#cell(row, at), { file: block.file.text, column, text });
    return null;
  }

  /** The rows of a file as texts; null where it is no table, which is reported. */
  table(file: Word): CsvTable | null {
    const known = this.#tables.get(file.text);
    if (known !== undefined) return known;
    const table = this.#open(file);
    this.#tables.set(file.text, table);
    return table;
  }

  #open({ text: path, span: place }: Word): CsvTable | null {
    if (path.startsWith("/") || /^[A-Za-z]:|\\/.test(path) || path.split("/").includes("..")) {
      this.#diagnostics.add("file-outside", place, { file: path });
      return null;
    }
    const file = this.#files.get(path);
    if (!file) {
      const near = nearestNames(path, this.#files.keys());
      this.#diagnostics.add("file-missing", place, { file: path, near });
      return null;
    }
    this.used.add(path);
    const table = readCsv(file);
    if ("columns" in table) return table;
    const { fault, span } = table;
    if (fault === "row-length") {
      this.#diagnostics.add("csv-row-length", span, { file: path, cells: table.cells, header: table.header });
    } else this.#diagnostics.add("csv-syntax", span, { file: path, reason: fault, detail: table.detail });
    return null;
  }

  /**
   * The header that each element of a dimension has in a table: its name, or else its code; with a column named beside the dimension,
   * `column[element]`, as in files of draws.
   */
  #wideColumns({ dimension }: Axis, column: string | undefined, table: CsvTable): string[] {
    if (column !== undefined) return dimension.elements.map((e) => `${column}[${e.name}]`);
    return dimension.elements.map((e) => (table.columns.includes(e.name) ? e.name : (e.code ?? e.name)));
  }

  #plan(block: DataBlock, table: CsvTable, shape: readonly Axis[], name: string): Plan | null {
    const column = (word: { readonly text: string; readonly span: Span }): number => {
      const at = table.columns.indexOf(word.text);
      if (at < 0) {
        const near = nearestNames(word.text, table.columns);
        const data = { file: block.file.text, column: word.text, near, columns: table.columns };
        this.#diagnostics.add("csv-column-missing", word.span, data);
      }
      return at;
    };
    const strides = shape.map((_, i) => shapeSize(shape.slice(i + 1)));
    const declared = shape.map((a) => a.name);
    let good = true;
    const axisAt = (word: Word): number => {
      const i = declared.indexOf(word.text);
      if (i < 0) {
        const near = nearestNames(word.text, declared);
        const data = { name, dimension: word.text, shape: declared, near };
        this.#diagnostics.add("data-dimension-unknown", word.span, data);
        good = false;
      }
      return i;
    };
    const key = block.key.map(({ column: c, dimension }) => {
      const i = axisAt(dimension);
      return { at: column(c), i, axis: shape[i]!, stride: strides[i]!, column: c.text };
    });
    const wide = block.columns ? axisAt(block.columns) : -1;
    const covered = new Set([...key.map((k) => k.i), wide]);
    const missing = good ? shape.find((_, i) => !covered.has(i)) : undefined;
    if (missing) {
      const data = { file: block.file.text, name, dimension: missing.name };
      this.#diagnostics.add("data-dimension-missing", block.span, data);
      good = false;
    }
    const texts = (list: DataBlock["where"]) => list.map((w) => ({ at: column(w.column), texts: w.texts }));
    const where = texts(block.where);
    const ignore = texts(block.ignore);
    const time = block.time ? column(block.time) : null;
    const values =
      wide < 0 || !good
        ? [{ at: block.column ? column(block.column) : 0, offset: 0, column: block.column?.text ?? "" }]
        : this.#wideColumns(shape[wide]!, block.column?.text, table).map((header, position) => {
            // Of several columns that are missing, the first is told.
            const at = good ? column({ text: header, span: block.columns!.span }) : -1;
            if (at < 0) good = false;
            return { at, offset: position * strides[wide]!, column: header };
          });
    const all = [...key, ...where, ...ignore, ...values, { at: time ?? 0 }];
    return good && all.every((p) => p.at >= 0) ? { key, where, ignore, time, values } : null;
  }
}

/** Where in a row to find what. */
interface Plan {
  readonly key: readonly {
    readonly at: number;
    readonly axis: Axis;
    readonly stride: number;
    readonly column: string;
  }[];
  readonly where: readonly { readonly at: number; readonly texts: readonly string[] }[];
  readonly ignore: readonly { readonly at: number; readonly texts: readonly string[] }[];
  readonly time: number | null;
  readonly values: readonly { readonly at: number; readonly offset: number; readonly column: string }[];
}
