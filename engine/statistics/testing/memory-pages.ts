/** Pages in memory, for tests. */
import type { PageStore, SummaryPages } from "../page-store.ts";

function memoryPages(): PageStore {
  const pages = new Map<number, Uint8Array>();
  return {
    write: (page, arrays) => {
      const bytes = arrays.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
      const whole = new Uint8Array(bytes.reduce((sum, { length }) => sum + length, 0));
      let at = 0;
      for (const part of bytes) {
        whole.set(part, at);
        at += part.length;
      }
      pages.set(page, whole);
    },
    read: (page, arrays, from = 0) => {
      let at = from;
      for (const { buffer, byteOffset, byteLength } of arrays) {
        const part = pages.get(page)?.subarray(at, at + byteLength);
        if (part?.length !== byteLength) throw new Error(`page ${page} ends before byte ${at + byteLength}`);
        new Uint8Array(buffer, byteOffset, byteLength).set(part);
        at += byteLength;
      }
    },
  };
}

export function summaryPages(): SummaryPages {
  return { knots: memoryPages(), digests: memoryPages(), contrasts: memoryPages() };
}
