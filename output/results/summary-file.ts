/**
 * Reads `summary.arrow` in parts, straight from where they stand in the file: the summary of a large model is hundreds of megabytes, and who
 * opens results wants a few series of it.
 */
import { closeSync, openSync, readSync, statSync } from "node:fs";
import type { Field, Message, MessageHeader, Schema, Vector } from "apache-arrow";
import { checkEnds } from "./arrow-input.ts";
import { arrow } from "./arrow-library.ts";
import { type ArrowMessage, arrowMessages } from "./arrow-messages.ts";

/** Bytes of the prefix of a message; of `ARROW1` at the end of a file and of the length before it. */
const PREFIX = 8;
const TAIL = 10;

/** A batch, and where the two buffers of each column begin in the file: which values are there, and the values. */
interface Batch {
  readonly firstRow: number;
  readonly rows: number;
  readonly columns: ReadonlyMap<string, { readonly validAt: number | undefined; readonly valuesAt: number }>;
}

export class SummaryFile {
  readonly schema: Schema;
  readonly #path: string;
  readonly #batches: readonly Batch[];
  readonly #dictionaries: ReadonlyMap<number, Vector>;

  /** @throws ResultsError if the file is missing or cut short; Error if it is not as Arrow or we write it. */
  constructor(path: string) {
    checkEnds(path);
    this.#path = path;
    const messages = arrowMessages(path);
    const batches = messages.filter(({ kind, rows }) => kind === "batch" && rows > 0);
    const { schema, dictionaries, all } = reading(path, (read) => {
      const reader = arrow()
        .RecordBatchReader.from(withoutBatches(path, messages, read))
        .open();
      let firstRow = 0;
      const all = batches.map((message) => {
        const batch = batchOf(message, reader.schema.fields, firstRow, read);
        firstRow += message.rows;
        return batch;
      });
      return { schema: reader.schema, dictionaries: reader.dictionaries, all };
    });
    this.schema = schema;
    this.#dictionaries = dictionaries;
    this.#batches = all;
  }

  get rows(): number {
    const last = this.#batches.at(-1);
    return last ? last.firstRow + last.rows : 0;
  }

  /** The names in a column, those of every `step`th row. @throws Error if there is no such column */
  names(column: string, step: number): string[] {
    const { type } = this.#field(column);
    if (!arrow().DataType.isDictionary(type)) throw new Error(`"${column}" is not a column of names`);
    const texts = Array.from(this.#dictionaries.get(type.id) ?? [], String);
    const kind = type.indices.bitWidth === 16 ? Int16Array : Int32Array;
    const names: string[] = [];
    reading(this.#path, (read) => {
      for (const { firstRow, rows, columns } of this.#batches) {
        const positions = new kind(read(columns.get(column)!.valuesAt, rows * kind.BYTES_PER_ELEMENT).buffer);
        for (let row = Math.ceil(firstRow / step) * step; row < firstRow + rows; row += step)
          names.push(texts[positions[row - firstRow]!]!);
      }
    });
    return names;
  }

  /**
   * Some rows of number columns, of one batch; null reads as NaN.
   * @throws Error if there is no such column
   */
  numbers<Name extends string>(names: readonly Name[], row: number, length: number): Record<Name, Float64Array> {
    const read = (column: string, bytes: ReadBytes) => this.#numbers(column, row, length, bytes);
    return reading(this.#path, (bytes) => {
      const entries = names.map((name) => [name, read(name, bytes)] as const);
      // The entries have each name once.
      return Object.fromEntries(entries) as Record<Name, Float64Array>;
    });
  }

  /** The same of a column of whole numbers. */
  integers(column: string, row: number, length: number): Int32Array {
    this.#field(column);
    const { batch, at } = this.#batchOf(row, length);
    const from = batch.columns.get(column)!.valuesAt + at * Int32Array.BYTES_PER_ELEMENT;
    return reading(this.#path, (read) => new Int32Array(read(from, length * Int32Array.BYTES_PER_ELEMENT).buffer));
  }

  #numbers(column: string, row: number, length: number, read: ReadBytes): Float64Array {
    this.#field(column);
    const { batch, at } = this.#batchOf(row, length);
    const { validAt, valuesAt } = batch.columns.get(column)!;
    const from = valuesAt + at * Float64Array.BYTES_PER_ELEMENT;
    const values = new Float64Array(read(from, length * Float64Array.BYTES_PER_ELEMENT).buffer);
    if (validAt === undefined) return values;
    const first = Math.floor(at / 8);
    const bits = read(validAt + first, Math.floor((at + length - 1) / 8) + 1 - first);
    for (let i = 0; i < length; i++) {
      const bit = at + i - 8 * first;
      if (((bits[bit >> 3]! >> (bit & 7)) & 1) === 0) values[i] = Number.NaN;
    }
    return values;
  }

  #batchOf(row: number, length: number): { batch: Batch; at: number } {
    const batch = this.#batches.find(({ firstRow, rows }) => row >= firstRow && row + length <= firstRow + rows);
    if (!batch) throw new Error(`there are no rows ${row} to ${row + length - 1} in one batch`);
    return { batch, at: row - batch.firstRow };
  }

  #field(name: string): Field {
    const field = this.schema.fields.find((candidate) => candidate.name === name);
    if (!field) throw new Error(`there is no column "${name}"`);
    return field;
  }
}

/** Reads so many bytes from a place on, into an array of their own. */
type ReadBytes = (at: number, length: number) => Uint8Array<ArrayBuffer>;

function reading<T>(path: string, use: (read: ReadBytes) => T): T {
  const descriptor = openSync(path, "r");
  try {
    return use((at, length) => {
      const bytes = new Uint8Array(length);
      if (readSync(descriptor, bytes, 0, length, at) < length) throw new Error(`it ends before byte ${at + length}`);
      return bytes;
    });
  } finally {
    closeSync(descriptor);
  }
}

/** The file as if it had no batches, though its foot tells of them: with its schema and dictionaries. */
function withoutBatches(path: string, messages: readonly ArrowMessage[], read: ReadBytes): Uint8Array {
  const { size } = statSync(path);
  const tail = new DataView(read(size - TAIL, TAIL).buffer);
  const foot = tail.getInt32(0, true) + TAIL;
  const head = messages.find(({ kind }) => kind === "batch")?.offset ?? size - foot;
  const bytes = new Uint8Array(head + foot);
  bytes.set(read(0, head));
  bytes.set(read(size - foot, foot), head);
  return bytes;
}

function batchOf(message: ArrowMessage, fields: readonly Field[], firstRow: number, read: ReadBytes): Batch {
  const { offset, metaDataLength, rows } = message;
  const metadata = read(offset + PREFIX, metaDataLength - PREFIX);
  const { buffers } = (arrow().Message.decode(metadata) as Message<MessageHeader.RecordBatch>).header();
  const body = offset + metaDataLength;
  // Every column of ours is flat: two buffers each.
  const columns = fields.map(({ name }, i) => {
    const [valid, values] = [buffers[2 * i], buffers[2 * i + 1]];
    if (!valid || !values) throw new Error(`a batch has no values of "${name}"`);
    return [
      name,
      { validAt: valid.length > 0 ? body + valid.offset : undefined, valuesAt: body + values.offset },
    ] as const;
  });
  return { firstRow, rows, columns: new Map(columns) };
}
