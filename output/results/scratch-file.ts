/**
 * Pages in a file that only this process sees: it loses its name as soon as it is open, so that nothing is left of it however the process
 * ends. Threads share it by its descriptor.
 */
import { closeSync, openSync, readvSync, rmSync, writevSync } from "node:fs";
import type { PageStore } from "../../engine/statistics/page-store.ts";
import type { NumberArray } from "../../engine/statistics/summary-state.ts";
import { ResultsError } from "./results-error.ts";

/** Plain data that crosses threads. */
export interface ScratchPlan {
  /** The name that the file had. */
  readonly path: string;
  readonly descriptor: number;
  /** Room of a page; what is not written takes no room on the disk. */
  readonly pageBytes: number;
}

export class ScratchFile implements PageStore {
  readonly plan: ScratchPlan;

  /** A file that another thread, or this one, has made. */
  constructor(plan: ScratchPlan) {
    this.plan = plan;
  }

  /** @throws ResultsError if the file cannot be made. */
  static make(path: string, pageBytes: number): ScratchFile {
    return attempt(path, () => {
      const descriptor = openSync(path, "w+");
      rmSync(path);
      return new ScratchFile({ path, descriptor, pageBytes });
    });
  }

  /** @throws ResultsError if the disk does not take it. */
  write(page: number, arrays: readonly NumberArray[]): void {
    const { path, descriptor } = this.plan;
    this.#move(page, 0, arrays, (bytes, at) => attempt(path, () => writevSync(descriptor, bytes, at)));
  }

  /** @throws Error if so much has never been written there. */
  read(page: number, arrays: readonly NumberArray[], from = 0): void {
    const { path, descriptor } = this.plan;
    this.#move(page, from, arrays, (bytes, at) => {
      const n = readvSync(descriptor, bytes, at);
      if (n === 0) throw new Error(`"${path}" ends within page ${page}`);
      return n;
    });
  }

  /** Gives the file's room back; by the thread that made it, when no other one uses it any more. */
  close(): void {
    closeSync(this.plan.descriptor);
  }

  /** Moves all bytes of some arrays, which the system may take in several parts. */
  #move(page: number, from: number, arrays: readonly NumberArray[], move: (bytes: Uint8Array[], at: number) => number) {
    const { pageBytes } = this.plan;
    let rest = arrays.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
    const bytes = rest.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (from + bytes > pageBytes) throw new Error(`${from + bytes} bytes in a page of ${pageBytes}`);
    for (let at = page * pageBytes + from, done = 0; done < bytes; ) {
      const n = move(rest, at + done);
      done += n;
      if (done < bytes) rest = without(rest, n);
    }
  }
}

/** What is left of some bytes without the first. */
function without(parts: readonly Uint8Array[], bytes: number): Uint8Array[] {
  let before = 0;
  return parts.flatMap((part) => {
    const skipped = Math.min(part.byteLength, bytes - before);
    before += skipped;
    return skipped === part.byteLength ? [] : [part.subarray(skipped)];
  });
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    throw new ResultsError({ code: "write-failed", path, cause: (thrown as Error).message });
  }
}
