/** One number for all that a results folder says about the ensemble. */
import { createHash, type Hash } from "node:crypto";
import { closeSync, openSync, readSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { listFiles, PROVENANCE_FILE } from "./results-folder.ts";

/**
 * SHA-256, in hexadecimal, over all files of a folder but `provenance.json`.
 *
 * Files come in the order of their relative paths; each adds its path, a zero byte, its length in decimal, a zero byte, and
 * its bytes. Equal hashes mean equal results, whenever and wherever they were computed.
 */
export function hashResults(folder: string): string {
  const root = resolve(folder);
  const hash = createHash("sha256");
  for (const file of listFiles(root)) {
    if (file === PROVENANCE_FILE) continue;
    const path = join(root, file);
    hash.update(`${file}\0${statSync(path).size}\0`);
    addFile(hash, path);
  }
  return hash.digest("hex");
}

/** SHA-256 of one file, in hexadecimal. */
export function hashFile(path: string): string {
  const hash = createHash("sha256");
  addFile(hash, path);
  return hash.digest("hex");
}

/** Adds the bytes of a file in pieces, so that its size does not matter. */
function addFile(hash: Hash, path: string): void {
  const piece = new Uint8Array(2 ** 20);
  const descriptor = openSync(path, "r");
  try {
    for (let n = readSync(descriptor, piece); n > 0; n = readSync(descriptor, piece)) hash.update(piece.subarray(0, n));
  } finally {
    closeSync(descriptor);
  }
}
