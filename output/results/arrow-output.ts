/**
 * Writes an Arrow IPC file batch by batch, straight to the disk.
 *
 * Arrow's own writer puts every batch into a queue that nobody bounds; here each chunk goes to the file at once, so memory
 * stays at one batch whatever the file's size.
 */
import { type RecordBatch, RecordBatchFileWriter, type Schema } from "apache-arrow";
import { FileOutput } from "./file-output.ts";

class SynchronousWriter extends RecordBatchFileWriter {
  readonly #file: FileOutput;

  constructor(file: FileOutput) {
    super();
    this.#file = file;
  }

  /** Takes the place of the base class's way into its queue; `_position` is what the file's footer points with. */
  protected override _write(chunk: ArrayBufferView | Uint8Array): this {
    if (!this._started) return this;
    const bytes = new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#file.write(bytes);
    this._position += bytes.byteLength;
    return this;
  }
}

export class ArrowOutput {
  readonly #file: FileOutput;
  readonly #writer: SynchronousWriter;
  readonly #empty: RecordBatch;
  #batches = 0;

  /** @param empty A batch without rows, which gives the schema and its dictionaries to a file that gets no other batch. */
  constructor(path: string, empty: RecordBatch) {
    this.#file = new FileOutput(path);
    this.#writer = new SynchronousWriter(this.#file);
    this.#empty = empty;
  }

  get path(): string {
    return this.#file.path;
  }

  /** All batches of a file share one schema object and its dictionary vectors: the file format cannot replace a dictionary. */
  write(batch: RecordBatch): void {
    this.#writer.write(batch);
    this.#batches += 1;
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
