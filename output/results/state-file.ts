/**
 * Arrays of numbers in a file of our own: the state of a run that may be gone on with, or of a shard that will be merged.
 *
 *     8 bytes     "TERRACE2"
 *     8 bytes     length of the head, as a little-endian integer
 *     head        JSON: { note, arrays: [{ name, kind, length }, …] }, padded with blanks to a multiple of 8 bytes
 *     arrays      one after the other, each padded with zeros to a multiple of 8 bytes
 *     32 bytes    SHA-256 of all before
 *
 * The file is written under another name and renamed when it is whole and on the disk, so that at any moment the old one or the
 * new one is there.
 */
import { createHash } from "node:crypto";
import { closeSync, existsSync, fstatSync, openSync, readSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import {
  type NumberArray,
  type SavedArray,
  SavedState,
  type SummaryState,
} from "../../engine/statistics/summary-state.ts";
import { FileOutput } from "./file-output.ts";
import { ResultsError } from "./results-error.ts";
import { syncFolder } from "./results-folder.ts";

const MARK = "TERRACE2";
const KINDS = { Float64Array, Uint32Array, Int32Array, Uint16Array, Uint8Array } as const;
type Kind = keyof typeof KINDS;

interface Head {
  readonly note: unknown;
  readonly arrays: readonly { readonly name: string; readonly kind: Kind; readonly length: number }[];
}

/** The name that a state file has until it is whole. */
function newStateFile(path: string): string {
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
    // Typed arrays are called by their kind.
    arrays: state.map(({ name, kind, length }) => ({ name, kind: kind.name as Kind, length })),
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
    for (const array of state) {
      let bytes = 0;
      for (const { buffer, byteOffset, byteLength } of array.pieces()) {
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

/**
 * Opens a state that was written. Its arrays are read when they are asked for, so that no two of them need be in memory.
 * @throws ResultsError if the file is missing, or its bytes are not those that were written.
 */
export function readState(path: string): { note: unknown; state: SavedState } {
  if (!existsSync(path)) throw new ResultsError({ code: "missing-file", path });
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(16);
    const end = fstatSync(file).size - 32;
    const isWhole =
      end >= 16 && readBytes(file, start, 0) && start.toString("latin1", 0, 8) === MARK && hasHash(file, end);
    if (!isWhole)
      throw new ResultsError({ code: "damaged-file", path, cause: "its bytes are not those that were written" });
    const text = Buffer.alloc(Number(start.readBigUInt64LE(8)));
    readBytes(file, text, 16);
    // The hash has shown that the file is as writeState wrote it.
    const head = JSON.parse(text.toString("utf8")) as Head;
    return { note: head.note, state: new SavedState(arraysIn(path, head, 16 + text.length)) };
  } finally {
    closeSync(file);
  }
}

/** The arrays of a state file. @param first Byte at which they begin. */
function arraysIn(path: string, { arrays }: Head, first: number): Map<string, SavedArray> {
  const saved = new Map<string, SavedArray>();
  let next = first;
  for (const { name, kind, length } of arrays) {
    const at = next;
    saved.set(name, { kind: KINDS[kind], length, read: (into) => readPart(path, at, into) });
    next += padded(length * KINDS[kind].BYTES_PER_ELEMENT);
  }
  return saved;
}

function readPart(path: string, at: number, { buffer, byteOffset, byteLength }: NumberArray): void {
  const file = openSync(path, "r");
  try {
    if (!readBytes(file, new Uint8Array(buffer, byteOffset, byteLength), at))
      throw new ResultsError({ code: "truncated-file", path });
  } finally {
    closeSync(file);
  }
}

/** Fills an array with bytes of a file. Says whether there are so many. */
function readBytes(file: number, bytes: Uint8Array, at: number): boolean {
  for (let done = 0; done < bytes.length; ) {
    const n = readSync(file, bytes, done, bytes.length - done, at + done);
    if (n === 0) return false;
    done += n;
  }
  return true;
}

/** Whether the bytes before `end` have the hash that follows them. */
function hasHash(file: number, end: number): boolean {
  const hash = createHash("sha256");
  const piece = Buffer.alloc(Math.min(end, 2 ** 20));
  for (let at = 0; at < end; ) {
    const part = piece.subarray(0, Math.min(piece.length, end - at));
    if (!readBytes(file, part, at)) return false;
    hash.update(part);
    at += part.length;
  }
  const stated = Buffer.alloc(32);
  return readBytes(file, stated, end) && hash.digest().equals(stated);
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8;
}
