/** Numbers from CSV files into the cells of a shape; every cell must be there exactly once, and nothing else. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import { nearestNames } from "../diagnostics/nearest.ts";
import { positionAt, type SourceFile, type Span } from "../diagnostics/source.ts";
import { type CsvNumbers, CsvTable, cellSpan, readCsv } from "../language/csv-table.ts";
import type { DataBlock, Word } from "../language/document.ts";
import type { Axis } from "./model.ts";
import { cellKeys, elementByNameOrCode, shapeSize } from "./symbols.ts";

/** A number of a file with its time and the place of its row. */
export interface TimedNumber {
  readonly time: number;
  readonly value: number;
  readonly span: Span;
}

/** What a block selects: the numbers of some columns in some rows, in the order of the file. */
interface Selected {
  readonly table: CsvTable;
  readonly plan: Plan;
  readonly rows: readonly number[];
  /** By selected row: the cell that a column without offset belongs to. */
  readonly bases: readonly number[];
  /** By column that is read: the numbers of all rows. */
  readonly columns: readonly CsvNumbers[];
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
    const selected = this.#select(block, shape, name);
    if (!selected) return null;
    const values = new Float64Array(shapeSize(shape)).fill(Number.NaN);
    /** By cell, from 1: which number was found for it last. */
    const found = new Int32Array(values.length);
    let good = true;
    forEachNumber(selected, block.scale, (cell, value, n) => {
      if (found[cell]! > 0) {
        this.#duplicate(block, shape, selected, n, found[cell]! - 1);
        good = false;
      }
      found[cell] = n + 1;
      values[cell] = value;
    });
    return this.#complete(block, shape, name, (cell) => found[cell]! > 0) && good ? values : null;
  }

  /** Times and numbers of every cell, in time order; null where anything is wrong. */
  timed(block: DataBlock, shape: readonly Axis[], name: string, partial: boolean): TimedNumber[][] | null {
    const selected = this.#select(block, shape, name);
    if (!selected) return null;
    const { table, plan, rows } = selected;
    const times = table.numbers(plan.time!).values;
    const byCell: (TimedNumber & { readonly n: number })[][] = Array.from({ length: shapeSize(shape) }, () => []);
    forEachNumber(selected, block.scale, (cell, value, n) => {
      const row = rows[rowOf(plan, n)]!;
      byCell[cell]!.push({ time: times[row]!, value, span: table.span(row), n });
    });
    let good = true;
    for (const numbers of byCell) {
      numbers.sort((a, b) => a.time - b.time);
      for (let i = 1; i < numbers.length; i++) {
        if (numbers[i]!.time !== numbers[i - 1]!.time) continue;
        this.#duplicate(block, shape, selected, numbers[i]!.n, numbers[i - 1]!.n);
        good = false;
      }
    }
    if (partial) return good ? byCell : null;
    return this.#complete(block, shape, name, (cell) => byCell[cell]!.length > 0) && good ? byCell : null;
  }

  /** All numbers of every cell, in the order of the file; null where anything is wrong. */
  samples(block: DataBlock, shape: readonly Axis[], name: string): number[][] | null {
    const selected = this.#select(block, shape, name);
    if (!selected) return null;
    const byCell: number[][] = Array.from({ length: shapeSize(shape) }, () => []);
    forEachNumber(selected, block.scale, (cell, value) => byCell[cell]!.push(value));
    return this.#complete(block, shape, name, (cell) => byCell[cell]!.length > 0) ? byCell : null;
  }

  /** Reports the second of two numbers for one cell. */
  #duplicate(block: DataBlock, shape: readonly Axis[], selected: Selected, number: number, earlier: number): void {
    const { table, plan, rows, bases } = selected;
    const { offset } = plan.values[number % plan.values.length]!;
    const place = (n: number): Span =>
      this.#cell(table, rows[rowOf(plan, n)]!, plan.values[n % plan.values.length]!.at);
    const cell = cellKeys(shape)[bases[rowOf(plan, number)]! + offset] ?? "";
    const text = this.#files.get(table.path)?.text ?? "";
    const firstLine = positionAt(text, table.span(rows[rowOf(plan, earlier)]!).start).line;
    const related = [{ span: place(earlier), label: "first-defined-here" as const }];
    this.#diagnostics.add("csv-duplicate-cell", place(number), { file: block.file.text, cell, firstLine }, related);
  }

  /** The place of a cell, found only when it is needed. */
  #cell(table: CsvTable, row: number, column: number): Span {
    const file = this.#files.get(table.path);
    const span = table.span(row);
    return file ? cellSpan(file, span, column) : span;
  }

  #complete(block: DataBlock, shape: readonly Axis[], name: string, has: (cell: number) => boolean): boolean {
    const size = shapeSize(shape);
    let cell = 0;
    while (cell < size && has(cell)) cell++;
    if (cell === size) return true;
    const missing = cellKeys(shape).filter((_, cell) => !has(cell));
    const data = { file: block.file.text, cells: missing.slice(0, 6), count: missing.length, name };
    this.#diagnostics.add("csv-cell-missing", block.span, data);
    return false;
  }

  /** The numbers of the rows that a block selects; null where anything is wrong. */
  #select(block: DataBlock, shape: readonly Axis[], name: string): Selected | null {
    const table = this.table(block.file);
    if (!table) return null;
    const plan = this.#plan(block, table, shape, name);
    if (!plan) return null;
    const rows = selectedRows(table, plan);
    if (rows.length === 0) {
      const where = block.where.map((w) => `${w.column.text} = ${w.texts.join(" | ")}`).join(", ");
      this.#diagnostics.add("csv-no-rows", block.span, { file: block.file.text, where });
      return null;
    }
    const columns = plan.values.map(({ at }) => table.numbers(at));
    const bases: number[] = [];
    let good = true;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      const base = this.#baseOf(block, table, row, plan);
      if (base === null || !this.#hasNumbers(block, table, row, plan, columns)) good = false;
      else bases.push(base);
    }
    return good ? { table, plan, rows, bases, columns } : null;
  }

  /** The cell that a row names; null where it names none. */
  #baseOf(block: DataBlock, table: CsvTable, row: number, plan: Plan): number | null {
    let base = 0;
    for (let k = 0; k < plan.key.length; k++) {
      const { at, axis, stride, column } = plan.key[k]!;
      const position = elementByNameOrCode(axis.dimension, table.texts(at)[row]!);
      if (position < 0) {
        const cell = table.cell(row, at);
        const near = nearestNames(
          cell,
          axis.dimension.elements.map((e) => e.name),
        );
        const data = { file: block.file.text, column, cell, dimension: axis.name, near };
        this.#diagnostics.add("csv-surplus-row", this.#cell(table, row, at), data);
        return null;
      }
      base += position * stride;
    }
    return base;
  }

  /** Whether a row has a time, if it needs one, and numbers; the first that is none is reported. */
  #hasNumbers(block: DataBlock, table: CsvTable, row: number, plan: Plan, columns: readonly CsvNumbers[]): boolean {
    if (plan.time !== null && table.numbers(plan.time).missing.has(row))
      return this.#notANumber(block, table, row, plan.time, block.time!.text);
    for (let j = 0; j < columns.length; j++)
      if (columns[j]!.missing.has(row))
        return this.#notANumber(block, table, row, plan.values[j]!.at, plan.values[j]!.column);
    return true;
  }

  #notANumber(block: DataBlock, table: CsvTable, row: number, at: number, column: string): false {
    const data = { file: block.file.text, column, text: table.cell(row, at) };
    this.#diagnostics.add("csv-not-a-number", this.#cell(table, row, at), data);
    return false;
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
    if (table instanceof CsvTable) return table;
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

/** A column, and the texts in it by which rows are taken or left out. */
interface Condition {
  readonly at: number;
  readonly texts: readonly string[];
}

/** Where in a row to find what. */
interface Plan {
  readonly key: readonly {
    readonly at: number;
    readonly axis: Axis;
    readonly stride: number;
    readonly column: string;
  }[];
  readonly where: readonly Condition[];
  readonly ignore: readonly Condition[];
  readonly time: number | null;
  readonly values: readonly { readonly at: number; readonly offset: number; readonly column: string }[];
}

/** Calls `visit` for each number with its cell, row by row. */
function forEachNumber(
  { plan, rows, bases, columns }: Selected,
  scale: number,
  visit: (cell: number, value: number, n: number) => void,
): void {
  let n = 0;
  for (let i = 0; i < rows.length; i++)
    for (let j = 0; j < columns.length; j++)
      visit(bases[i]! + plan.values[j]!.offset, columns[j]!.values[rows[i]!]! * scale, n++);
}

/** Which of the selected rows a number stands in. */
const rowOf = (plan: Plan, n: number): number => Math.floor(n / plan.values.length);

function selectedRows(table: CsvTable, { where, ignore }: Plan): readonly number[] {
  let rows = Array.from({ length: table.rows }, (_, row) => row);
  const keep = ({ at, texts }: Condition, isWanted: boolean): void => {
    const column = table.texts(at);
    rows = rows.filter((row) => texts.includes(column[row]!) === isWanted);
  };
  for (const condition of where) keep(condition, true);
  for (const condition of ignore) keep(condition, false);
  return rows;
}
