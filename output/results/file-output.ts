/** A new file that is written synchronously, to its last byte, and brought to the disk when it is closed. */
import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";
import { ResultsError } from "./results-error.ts";

export class FileOutput {
  readonly path: string;
  readonly #descriptor: number;
  #isOpen = true;

  /** @throws ResultsError if the file exists or cannot be made. */
  constructor(path: string) {
    this.path = path;
    this.#descriptor = this.#attempt(() => openSync(path, "wx"));
  }

  /** Writes all bytes; the system may take them in several parts. */
  write(bytes: Uint8Array): void {
    this.#attempt(() => {
      for (let done = 0; done < bytes.byteLength; ) {
        done += writeSync(this.#descriptor, bytes, done, bytes.byteLength - done);
      }
    });
  }

  /** Closes the file when all of it is on the disk. */
  close(): void {
    if (!this.#isOpen) return;
    this.#attempt(() => fsyncSync(this.#descriptor));
    this.release();
  }

  /** Closes the file as it is. */
  release(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    closeSync(this.#descriptor);
  }

  #attempt<T>(action: () => T): T {
    try {
      return action();
    } catch (thrown) {
      throw new ResultsError({ code: "write-failed", path: this.path, cause: (thrown as Error).message });
    }
  }
}

/** Writes a whole text file. */
export function writeTextFile(path: string, text: string): void {
  const file = new FileOutput(path);
  try {
    file.write(new TextEncoder().encode(text));
    file.close();
  } finally {
    file.release();
  }
}
