/** What determines the numbers of a results folder, and how two of them differ. */
import { existsSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { canonicalFile, canonicalLine } from "./canonical-json.ts";
import { writeTextFile } from "./file-output.ts";
import { ResultsError } from "./results-error.ts";
import { MANIFEST_FILE, RESULTS_FORMAT } from "./results-folder.ts";

/** The part of an ensemble that a folder holds: shard `index` (from 1) of `of`, with these blocks. */
export interface Shard {
  readonly index: number;
  readonly of: number;
  readonly firstBlock: number;
  readonly blocks: number;
}

export type Manifest = Readonly<Record<string, unknown>>;

/** The text of a manifest, with the format that it is written in. @throws Error if it has a field `format`. */
export function manifestText(manifest: object, shard: Shard | undefined): string {
  if ("format" in manifest) throw new Error('manifest: the field "format" is the writer\'s own');
  return canonicalFile({ ...manifest, shard, format: RESULTS_FORMAT });
}

/** Writes the manifest so that it is there whole or not at all; returns the SHA-256 of its bytes. */
export function writeManifest(folder: string, text: string): string {
  const path = join(folder, MANIFEST_FILE);
  rmSync(`${path}.new`, { force: true });
  const sha256 = writeTextFile(`${path}.new`, text);
  renameSync(`${path}.new`, path);
  return sha256;
}

/** @throws ResultsError if the folder has no manifest of ours, or one of a later format. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, MANIFEST_FILE);
  if (!existsSync(path)) throw new ResultsError({ code: "not-results", path: folder });
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(path, "utf8")) as Manifest;
  } catch (thrown) {
    throw new ResultsError({ code: "damaged-file", path, cause: (thrown as Error).message });
  }
  const format = manifest.format as { name?: unknown; version?: unknown } | undefined;
  if (format?.name !== RESULTS_FORMAT.name) throw new ResultsError({ code: "not-results", path: folder });
  if (format.version !== RESULTS_FORMAT.version) {
    throw new ResultsError({ code: "newer-format", path: folder, version: format.version });
  }
  return manifest;
}

/** The shard that a folder is, or undefined for a whole ensemble. */
export function shardOf(manifest: Manifest): Shard | undefined {
  // Written by manifestText.
  return manifest.shard as Shard | undefined;
}

/** @throws ResultsError `is-shard` for a folder that is only a part of an ensemble. */
export function assertWhole(folder: string, manifest: Manifest): void {
  const shard = shardOf(manifest);
  if (shard === undefined) return;
  throw new ResultsError({ code: "is-shard", path: folder, shard: `${shard.index} of ${shard.of}` });
}

/** A file of the model with its hash, as the manifest lists it. */
interface InputFile {
  readonly path: string;
  readonly sha256: string;
}

/**
 * What differs between two manifests, in words; empty if they determine the same numbers.
 * @param now Field by field as `then`, but of the run that is asked for.
 */
export function manifestDifferences(then: Manifest, now: Manifest): string[] {
  return differences(then, now, "");
}

function differences(then: unknown, now: unknown, place: string): string[] {
  if (text(then) === text(now)) return [];
  if (isFileList(then) && isFileList(now)) return fileDifferences(then, now);
  if (isRecord(then) && isRecord(now)) {
    const keys = [...new Set([...Object.keys(then), ...Object.keys(now)])].sort();
    // The hash of a model follows from those of its files, which are named one by one.
    const hasFiles = "files" in then && "files" in now;
    return keys
      .filter((key) => !(hasFiles && key === "hash"))
      .flatMap((key) => differences(then[key], now[key], place === "" ? key : `${place}.${key}`));
  }
  return [`${place} was ${text(then)} and is ${text(now)}`];
}

function fileDifferences(then: readonly InputFile[], now: readonly InputFile[]): string[] {
  const paths = [...new Set([...then, ...now].map((file) => file.path))].sort();
  return paths.flatMap((path) => {
    const before = then.find((file) => file.path === path);
    const after = now.find((file) => file.path === path);
    if (before === undefined) return [`model file ${path} is new`];
    if (after === undefined) return [`model file ${path} is missing`];
    return before.sha256 === after.sha256 ? [] : [`model file ${path} has changed`];
  });
}

function text(value: unknown): string {
  return value === undefined ? "not given" : canonicalLine(value);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFileList(value: unknown): value is readonly InputFile[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => isRecord(item) && "sha256" in item);
}
