/** Whether a results folder still holds the bytes that the run wrote. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { hashFile } from "./hash-results.ts";
import { ResultsError } from "./results-error.ts";
import { CHECKSUM_FILE, listFiles, PROVENANCE_FILE } from "./results-folder.ts";

export interface Verification {
  /** Files whose bytes are those that were written. */
  readonly intact: readonly string[];
  readonly changed: readonly string[];
  readonly missing: readonly string[];
  /** Files that the run did not write: charts and the report, made later from the results, and those of others. */
  readonly added: readonly string[];
}

/**
 * Compares all files with `SHA256SUMS`. `provenance.json` has no hash: it does not determine any number.
 * @throws ResultsError if the list is missing or cannot be read.
 */
export function verifyResults(folder: string): Verification {
  const root = resolve(folder);
  const sums = readChecksums(root);
  const there = listFiles(root);
  const present = [...sums.keys()].filter((file) => there.includes(file));
  const isIntact = (file: string) => hashFile(join(root, file)) === sums.get(file);
  const intact = present.filter(isIntact);
  const own = [PROVENANCE_FILE, CHECKSUM_FILE];
  return {
    intact,
    changed: present.filter((file) => !intact.includes(file)),
    missing: [...sums.keys()].filter((file) => !there.includes(file)),
    added: there.filter((file) => !sums.has(file) && !own.includes(file)),
  };
}

/** @throws ResultsError for the first file that is missing or has changed. */
export function assertUnchanged(folder: string): void {
  const { changed, missing } = verifyResults(folder);
  const root = resolve(folder);
  if (missing[0] !== undefined) throw new ResultsError({ code: "missing-file", path: join(root, missing[0]) });
  if (changed[0] !== undefined) throw changedFile(join(root, changed[0]));
}

/**
 * Compares one file with `SHA256SUMS`, if the folder has that list and the file is on it.
 * @throws ResultsError if its bytes have changed.
 */
export function assertFileUnchanged(root: string, file: string): void {
  if (!existsSync(join(root, CHECKSUM_FILE))) return;
  const sum = readChecksums(root).get(file);
  const path = join(root, file);
  if (sum !== undefined && existsSync(path) && hashFile(path) !== sum) throw changedFile(path);
}

/** Hash of each file, by relative path. */
export function readChecksums(root: string): Map<string, string> {
  const path = join(root, CHECKSUM_FILE);
  if (!existsSync(path)) throw new ResultsError({ code: "missing-file", path });
  const lines = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  const entries = lines.map((line) => /^([0-9a-f]{64}) {2}(.+)$/.exec(line));
  if (entries.includes(null)) {
    throw new ResultsError({ code: "damaged-file", path, cause: "it is not a list of hashes and files" });
  }
  return new Map(entries.map((entry) => [entry![2]!, entry![1]!]));
}

function changedFile(path: string): ResultsError {
  return new ResultsError({ code: "damaged-file", path, cause: "its bytes are not those that the run wrote" });
}
