/** The kinds of columns in our Arrow files, and how a batch is made of them. */
import type { Data, Dictionary, Field, FixedSizeList, Float64, RecordBatch, Schema, Utf8, Vector } from "apache-arrow";
import { arrow } from "./arrow-library.ts";
import { canonicalLine } from "./canonical-json.ts";
import { ResultsError } from "./results-error.ts";

/** What a column means; stored as JSON under the key `terrace` of the field's metadata. */
export type ColumnNote = Readonly<Record<string, unknown>>;

/** A column of a table: its field, and the data of one batch from the values of that batch. */
export type Column =
  | { readonly kind: "number"; readonly field: Field }
  | { readonly kind: "integer"; readonly field: Field }
  | { readonly kind: "text"; readonly field: Field }
  | { readonly kind: "list"; readonly field: Field; readonly type: FixedSizeList<Float64> }
  | { readonly kind: "name"; readonly field: Field; readonly type: Dictionary; readonly names: Vector<Utf8> };

/** The values of one batch for a column: names are given as positions in the column's list of names. */
export type ColumnValues = Float64Array | Int32Array | Int16Array | readonly string[];

/** A nullable number; NaN and infinities are written as null. */
export function numberColumn(name: string, note: ColumnNote = {}): Column {
  const { Field, Float64 } = arrow();
  return { kind: "number", field: new Field(name, new Float64(), true, metadata(note)) };
}

export function integerColumn(name: string, note: ColumnNote = {}): Column {
  const { Field, Int32 } = arrow();
  return { kind: "integer", field: new Field(name, new Int32(), false, metadata(note)) };
}

/** So many numbers a row, bit by bit as they are: what is not finite is no null here. */
export function listColumn(name: string, size: number, note: ColumnNote = {}): Column {
  const { Field, FixedSizeList, Float64 } = arrow();
  const type = new FixedSizeList(size, new Field("item", new Float64(), false));
  return { kind: "list", field: new Field(name, type, false, metadata(note)), type };
}

export function textColumn(name: string, note: ColumnNote = {}): Column {
  const { Field, Utf8 } = arrow();
  return { kind: "text", field: new Field(name, new Utf8(), false, metadata(note)) };
}

/**
 * A column of names out of a fixed list, stored once a file as a dictionary.
 * @param id Number of the dictionary, different for each in a file. (By default Arrow counts them through the whole process,
 *   and the bytes of a file would depend on what was written before.)
 */
export function nameColumn(name: string, id: number, names: readonly string[], note: ColumnNote = {}): Column {
  const { Dictionary, Field, Int16, Int32, Utf8, vectorFromArray } = arrow();
  const index = names.length <= 0x7fff ? new Int16() : new Int32();
  const type = new Dictionary(new Utf8(), index, id);
  const field = new Field(name, type, false, metadata(note));
  return { kind: "name", field, type, names: vectorFromArray([...names], new Utf8()) };
}

/** A table's columns, ready to make batches. */
export class TableShape {
  readonly schema: Schema;
  readonly #columns: readonly Column[];

  /**
   * @param note About the whole table, stored as JSON under the key `terrace` of the schema's metadata.
   * @throws ResultsError if two columns have one name.
   */
  constructor(table: string, columns: readonly Column[], note: ColumnNote) {
    const names = columns.map((column) => column.field.name);
    const twice = names.find((name, i) => names.indexOf(name) !== i);
    if (twice !== undefined) throw new ResultsError({ code: "column-clash", table, column: twice });
    this.#columns = columns;
    this.schema = new (arrow().Schema)(
      columns.map((column) => column.field),
      metadata({ table, ...note }),
    );
  }

  /** A batch of `length` rows from the values of each column, in the order of the columns. */
  batch(length: number, values: readonly ColumnValues[]): RecordBatch {
    const children = this.#columns.map((column, i) => columnData(column, length, values[i]!));
    const { makeData, RecordBatch, Struct } = arrow();
    const data = makeData({ type: new Struct(this.schema.fields), length, nullCount: 0, children });
    return new RecordBatch(this.schema, data);
  }

  /** A batch without rows. */
  empty(): RecordBatch {
    return this.batch(0, this.#columns.map(noValues));
  }
}

function noValues(column: Column): ColumnValues {
  if (column.kind === "number" || column.kind === "list") return new Float64Array(0);
  if (column.kind === "text") return [];
  return column.kind === "name" ? namePositions(column, 0) : new Int32Array(0);
}

/** An array for the positions of names, of the width that the column stores. */
export function namePositions(column: Column, length: number): Int16Array | Int32Array {
  const isNarrow = column.kind === "name" && column.type.indices.bitWidth === 16;
  return isNarrow ? new Int16Array(length) : new Int32Array(length);
}

function columnData(column: Column, length: number, values: ColumnValues): Data {
  const { Float64, Int32, makeData, Utf8, vectorFromArray } = arrow();
  switch (column.kind) {
    case "number":
      return numberData(values as Float64Array);
    case "integer":
      return makeData({ type: new Int32(), length, nullCount: 0, data: values as Int32Array });
    case "text":
      return vectorFromArray(values as string[], new Utf8()).data[0] ?? makeData({ type: new Utf8(), length: 0 });
    case "list": {
      const child = makeData({
        type: new Float64(),
        length: values.length,
        nullCount: 0,
        data: values as Float64Array,
      });
      return makeData({ type: column.type, length, nullCount: 0, child });
    }
    case "name": {
      const positions = namePositions(column, 0) instanceof Int16Array ? toInt16(values) : (values as Int32Array);
      return makeData({ type: column.type, length, nullCount: 0, data: positions, dictionary: column.names });
    }
  }
}

function toInt16(values: ColumnValues): Int16Array {
  return values instanceof Int16Array ? values : Int16Array.from(values as Int32Array);
}

/** Number data in which what is not finite is null; the bytes below a null are 0, never a NaN of unknown bits. */
function numberData(values: Float64Array): Data<Float64> {
  const { Float64, makeData } = arrow();
  const length = values.length;
  let nullCount = 0;
  for (let i = 0; i < length; i++) if (!isFiniteNumber(values[i]!)) nullCount++;
  if (nullCount === 0) return makeData({ type: new Float64(), length, nullCount, data: values });
  const data = values.slice();
  const nullBitmap = new Uint8Array(Math.ceil(length / 8));
  for (let i = 0; i < length; i++) {
    if (isFiniteNumber(values[i]!)) nullBitmap[i >> 3]! |= 1 << (i & 7);
    else data[i] = 0;
  }
  return makeData({ type: new Float64(), length, nullCount, data, nullBitmap });
}

/** x - x is 0 for every finite x and NaN for all others. */
function isFiniteNumber(value: number): boolean {
  return value - value === 0;
}

function metadata(note: ColumnNote): Map<string, string> {
  return Object.keys(note).length === 0 ? new Map() : new Map([["terrace", canonicalLine(note)]]);
}
