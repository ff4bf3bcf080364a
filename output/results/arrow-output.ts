/**
 * Writes an Arrow IPC file batch by batch, straight to the disk.
 *
 * Arrow's own writer puts every batch into a queue that nobody bounds; here each chunk goes to the file at once, so memory
 * stays at one batch whatever the file's size. A file can be gone on with after the process that began it has ended.
 */
import { closeSync, openSync, readSync } from "node:fs";
import type { RecordBatch, Schema } from "apache-arrow";
import { arrow } from "./arrow-library.ts";
import { type ArrowMessage, arrowMessages } from "./arrow-messages.ts";
import { FileOutput, type WrittenPart } from "./file-output.ts";
import { ResultsError } from "./results-error.ts";

/** Arrow's own writer, but synchronous. */
interface SynchronousWriter {
  write(batch: RecordBatch): void;
  finish(): void;
  /** Enters batches that the file holds or is given by other means. */
  enter(messages: readonly Omit<ArrowMessage, "kind" | "rows">[]): void;
}

type WriterClass = new (file: FileOutput, empty: RecordBatch) => SynchronousWriter;

let writerClass: WriterClass | undefined;

/** A class of Arrow's library, made when that is loaded. */
function synchronousWriter(): WriterClass {
  writerClass ??= class extends arrow().RecordBatchFileWriter implements SynchronousWriter {
    readonly #file: FileOutput;
    /** Bytes that the file holds already: up to there nothing is written, the writer's own account is kept. */
    readonly #held: number;

    constructor(file: FileOutput, empty: RecordBatch) {
      super();
      this.#file = file;
      this.#held = file.position;
      // The head of the file: its mark and the dictionaries, which all batches share.
      this.reset(this._sink, empty.schema);
      this._writeDictionaries(empty);
    }

    enter(messages: readonly Omit<ArrowMessage, "kind" | "rows">[]): void {
      for (const { offset, metaDataLength, bodyLength } of messages) {
        // The footer reads these three fields of its blocks and nothing else.
        this._recordBatchBlocks.push({
          offset,
          metaDataLength,
          bodyLength,
        } as (typeof this._recordBatchBlocks)[number]);
        this._position = offset + metaDataLength + bodyLength;
      }
    }

    /** Takes the place of the base class's way into its queue; `_position` is what the file's footer points with. */
    protected override _write(chunk: ArrayBufferView | Uint8Array): this {
      if (!this._started) return this;
      const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      if (this._position >= this.#held) this.#file.write(bytes);
      this._position += bytes.byteLength;
      return this;
    }
  };
  return writerClass;
}

export class ArrowOutput {
  readonly #file: FileOutput;
  readonly #writer: SynchronousWriter;
  readonly #empty: RecordBatch;
  #batches = 0;

  /**
   * @param empty A batch without rows, which gives the schema and its dictionaries.
   * @param part The file exists and holds whole batches up to there; default: it is made.
   * @throws ResultsError if the file cannot be made, or does not hold the part.
   */
  constructor(path: string, empty: RecordBatch, part?: WrittenPart) {
    this.#file = new FileOutput(path, part);
    this.#empty = empty;
    try {
      this.#writer = new (synchronousWriter())(this.#file, empty);
      if (part === undefined) return;
      const held = arrowMessages(path, part.bytes).filter((message) => message.kind === "batch");
      this.#writer.enter(held);
      this.#batches = held.length;
    } catch (thrown) {
      this.#file.release();
      throw thrown;
    }
  }

  get path(): string {
    return this.#file.path;
  }

  /** Bytes written so far. */
  get position(): number {
    return this.#file.position;
  }

  /** SHA-256 of what is written so far. */
  get sha256(): string {
    return this.#file.sha256;
  }

  /** All batches of a file share one schema object and its dictionary vectors: the file format cannot replace a dictionary. */
  write(batch: RecordBatch): void {
    this.#writer.write(batch);
    this.#batches += 1;
  }

  /**
   * Copies all batches with rows of another file, which must be complete and have the same schema and dictionaries.
   * @throws ResultsError if the other file is not whole, or the disk does not take it.
   */
  copyBatches(path: string): void {
    const messages = arrowMessages(path).filter((message) => message.kind === "batch" && message.rows > 0);
    const source = openSync(path, "r");
    try {
      for (const { offset, metaDataLength, bodyLength } of messages) {
        this.#writer.enter([{ offset: this.#file.position, metaDataLength, bodyLength }]);
        this.#copy(source, path, offset, metaDataLength + bodyLength);
        this.#batches += 1;
      }
    } finally {
      closeSync(source);
    }
  }

  #copy(source: number, path: string, from: number, length: number): void {
    const piece = new Uint8Array(Math.min(length, 2 ** 20));
    for (let done = 0; done < length; ) {
      const n = readSync(source, piece, 0, Math.min(piece.length, length - done), from + done);
      if (n === 0) throw new ResultsError({ code: "truncated-file", path });
      this.#file.write(piece.subarray(0, n));
      done += n;
    }
  }

  /** Brings what is written to the disk. */
  sync(): void {
    this.#file.sync();
  }

  /** Writes the footer and closes the file. */
  finish(): void {
    if (this.#batches === 0) this.write(this.#empty);
    this.#writer.finish();
    this.#file.close();
  }

  /** Closes the file as it is, without a footer. */
  release(): void {
    this.#file.release();
  }
}

export type { RecordBatch, Schema };
