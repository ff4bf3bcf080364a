/**
 * Arrays of numbers in a file of our own: the state of a run that may be gone on with, or of a shard that will be merged.
 *
 *     8 bytes     "TERRACE1"
 *     8 bytes     length of the head, as a little-endian integer
 *     head        JSON: { note, arrays: [{ name, kind, length }, …] }, padded with blanks to a multiple of 8 bytes
 *     arrays      one after the other, each padded with zeros to a multiple of 8 bytes
 *     32 bytes    SHA-256 of all before
 *
 * The file is written under another name and renamed when it is whole and on the disk, so that at any moment the old one or the
 * new one is there.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { type NumberArray, SavedState, type SummaryState } from "../../engine/statistics/summary-state.ts";
import { FileOutput } from "./file-output.ts";
import { ResultsError } from "./results-error.ts";
import { syncFolder } from "./results-folder.ts";

const MARK = "TERRACE1";
const KINDS = { Float64Array, Uint32Array, Int32Array, Uint16Array, Uint8Array } as const;
type Kind = keyof typeof KINDS;

interface Head {
  readonly note: unknown;
  readonly arrays: readonly { readonly name: string; readonly kind: Kind; readonly length: number }[];
}

/** The name that a state file has until it is whole. */
export function newStateFile(path: string): string {
  return `${path}.new`;
}

/**
 * Writes a state in place of the one that has the name.
 * @param note Plain data that goes with it.
 * @throws ResultsError if the disk does not take it; the old file is then as it was.
 */
export function writeState(path: string, note: unknown, state: SummaryState): void {
  const head: Head = {
    note,
    arrays: state.map(({ name, pieces }) => ({
      name,
      // Typed arrays are called by their kind.
      kind: (pieces[0]?.constructor.name ?? "Float64Array") as Kind,
      length: pieces.reduce((sum, piece) => sum + piece.length, 0),
    })),
  };
  const text = new TextEncoder().encode(JSON.stringify(head));
  const fresh = newStateFile(path);
  rmSync(fresh, { force: true });
  const file = new FileOutput(fresh);
  try {
    file.write(new TextEncoder().encode(MARK));
    file.write(new Uint8Array(BigUint64Array.of(BigInt(padded(text.length))).buffer));
    file.write(text);
    file.write(new Uint8Array(padded(text.length) - text.length).fill(0x20));
    for (const { pieces } of state) {
      let bytes = 0;
      for (const { buffer, byteOffset, byteLength } of pieces) {
        file.write(new Uint8Array(buffer, byteOffset, byteLength));
        bytes += byteLength;
      }
      file.write(new Uint8Array(padded(bytes) - bytes));
    }
    file.write(Buffer.from(file.sha256, "hex"));
    file.close();
  } finally {
    file.release();
  }
  renameSync(fresh, path);
  syncFolder(dirname(path));
}

/** Reads a state. @throws ResultsError if the file is missing, or its bytes are not those that were written. */
export function readState(path: string): { note: unknown; state: SavedState } {
  if (!existsSync(path)) throw new ResultsError({ code: "missing-file", path });
  const bytes = readFileSync(path);
  const end = bytes.length - 32;
  const isWhole =
    end >= 16 &&
    bytes.toString("latin1", 0, 8) === MARK &&
    createHash("sha256").update(bytes.subarray(0, end)).digest().equals(bytes.subarray(end));
  if (!isWhole)
    throw new ResultsError({ code: "damaged-file", path, cause: "its bytes are not those that were written" });
  const headLength = Number(bytes.readBigUInt64LE(8));
  // The hash has shown that the file is as writeState wrote it.
  const head = JSON.parse(bytes.toString("utf8", 16, 16 + headLength)) as Head;
  const arrays = new Map<string, NumberArray>();
  let at = 16 + headLength;
  for (const { name, kind, length } of head.arrays) {
    const array = new KINDS[kind](length);
    new Uint8Array(array.buffer).set(bytes.subarray(at, at + array.byteLength));
    arrays.set(name, array);
    at += padded(array.byteLength);
  }
  return { note: head.note, state: new SavedState(arrays) };
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
