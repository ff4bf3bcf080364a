/** A file that is written synchronously, to its last byte, and brought to the disk when asked; it knows the hash of what it holds. */
import { createHash, type Hash } from "node:crypto";
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { ResultsError } from "./results-error.ts";

/** What a file must hold to be gone on with. */
export interface WrittenPart {
  readonly bytes: number;
  /** SHA-256 of these bytes, in hexadecimal; `""` asks for no check. */
  readonly sha256: string;
}

export class FileOutput {
  readonly path: string;
  readonly #descriptor: number;
  readonly #hash: Hash = createHash("sha256");
  #position = 0;
  #isOpen = true;

  /**
   * @param part The file exists, and is gone on with after its first bytes; default: it is made.
   * @throws ResultsError if the file exists when it should be made, cannot be opened, or does not hold the part.
   */
  constructor(path: string, part?: WrittenPart) {
    this.path = path;
    this.#descriptor = this.#attempt(() => openSync(path, part === undefined ? "wx" : "r+"));
    if (part === undefined) return;
    try {
      this.#takeUp(part);
    } catch (thrown) {
      this.release();
      throw thrown;
    }
  }

  /** Bytes written so far. */
  get position(): number {
    return this.#position;
  }

  /** SHA-256 of all bytes so far, in hexadecimal. */
  get sha256(): string {
    return this.#hash.copy().digest("hex");
  }

  /** Writes all bytes; the system may take them in several parts. */
  write(bytes: Uint8Array): void {
    this.#attempt(() => {
      for (let done = 0; done < bytes.byteLength; ) {
        done += writeSync(this.#descriptor, bytes, done, bytes.byteLength - done, this.#position + done);
      }
    });
    this.#position += bytes.byteLength;
    this.#hash.update(bytes);
  }

  /** Brings what is written to the disk. */
  sync(): void {
    this.#attempt(() => fsyncSync(this.#descriptor));
  }

  /** Closes the file when all of it is on the disk. */
  close(): void {
    if (!this.#isOpen) return;
    this.sync();
    this.release();
  }

  /** Closes the file as it is. */
  release(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#descriptor);
  }

  /** Checks and hashes the part, and cuts off what comes after it. */
  #takeUp({ bytes, sha256 }: WrittenPart): void {
    const { path } = this;
    if (fstatSync(this.#descriptor).size < bytes) throw new ResultsError({ code: "truncated-file", path });
    const piece = new Uint8Array(2 ** 20);
    while (this.#position < bytes) {
      const wanted = Math.min(piece.length, bytes - this.#position);
      const n = readSync(this.#descriptor, piece, 0, wanted, this.#position);
      if (n === 0) throw new ResultsError({ code: "truncated-file", path });
      this.#hash.update(piece.subarray(0, n));
      this.#position += n;
    }
    if (sha256 !== "" && this.sha256 !== sha256) {
      throw new ResultsError({ code: "damaged-file", path, cause: "its bytes are not those that were written" });
    }
    this.#attempt(() => ftruncateSync(this.#descriptor, bytes));
  }

  #attempt<T>(action: () => T): T {
    try {
      return action();
    } catch (thrown) {
      throw new ResultsError({ code: "write-failed", path: this.path, cause: (thrown as Error).message });
    }
  }
}

/** Writes a whole text file; returns the SHA-256 of its bytes. */
export function writeTextFile(path: string, text: string): string {
  const file = new FileOutput(path);
  try {
    file.write(new TextEncoder().encode(text));
    file.close();
    return file.sha256;
  } finally {
    file.release();
  }
}
