/** Which files a results folder has, how one is recognised, and how one takes the place of another without losing a stranger's file. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { ResultsError } from "./results-error.ts";

/** What `manifest.json` says about the folder that it stands in. */
export const RESULTS_FORMAT = { name: "terrace-results", version: 2 } as const;

export const MANIFEST_FILE = "manifest.json";
export const PROVENANCE_FILE = "provenance.json";
export const CATALOG_FILE = "catalog.json";
/** SHA-256 of every file that the run wrote but provenance, in the form of `sha256sum`. */
export const CHECKSUM_FILE = "SHA256SUMS";
/** Where a run that was broken off goes on; only in partial folders. */
export const RESUME_FILE = "resume.state";
/** What a shard brings to the summary; only in the folders of shards. */
export const SHARD_FILE = "summary.state";

/** Where a large summary keeps what it does not have in work; they have a name for a moment only. */
export const SCRATCH_FILES = {
  knots: "scratch.knots",
  digests: "scratch.digests",
  contrasts: "scratch.contrasts",
} as const;

/** The state of every run at one save time. */
export const CHECKPOINT_FILE = "checkpoint.arrow";

/** Files that Terrace writes into a results folder, as relative paths. */
const OWN_FILES: readonly RegExp[] = [
  /^(manifest|provenance|catalog)\.json$/,
  /^manifest\.json\.new$/,
  /^(draws|summary|targets|failures|checkpoint)\.arrow$/,
  /^runs\/[^/]+\.arrow$/,
  /^charts\/[^/]+\.(json|svg|png)$/,
  /^sensitivity\.json$/,
  /^(brief\.(en|zh)\.docx|tables\.(en|zh)\.xlsx)$/,
  /^report\.html$/,
  /^SHA256SUMS$/,
  /^(resume|summary)\.state(\.new)?$/,
  /^run\.lock(\.\d+)?$/,
  /^scratch\.(knots|digests|contrasts)$/,
];

/** The folder that results are written into until they are whole. */
export function partialFolder(folder: string): string {
  return `${folder}.partial`;
}

/** All files of a folder as relative paths with `/`, in the order of their code units. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort((a, b) => (a < b ? -1 : 1));
}

/** Whether something stands at a path, be it a link to nothing. */
export function isTaken(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/**
 * Makes sure that a folder may be replaced: it is a results folder, whole or not, in which every file is ours.
 * @throws ResultsError `not-results` or `foreign-files`.
 */
export function assertReplaceable(folder: string): void {
  if (!lstatSync(folder).isDirectory() || !hasOwnManifest(folder)) {
    throw new ResultsError({ code: "not-results", path: folder });
  }
  assertOwnFiles(folder);
}

/** @throws ResultsError `foreign-files` if a folder holds a file that Terrace does not write. */
export function assertOwnFiles(folder: string): void {
  const foreign = listFiles(folder).filter((file) => !OWN_FILES.some((pattern) => pattern.test(file)));
  if (foreign.length > 0) throw new ResultsError({ code: "foreign-files", path: folder, files: foreign });
}

/** Removes a folder that passes {@link assertReplaceable}. */
export function removeResults(folder: string): void {
  assertReplaceable(folder);
  rmSync(folder, { recursive: true });
}

/** Gives a whole folder its final name; a results folder that has the name is removed if `force` is set. */
export function moveIntoPlace(partial: string, folder: string, force: boolean): void {
  if (!isTaken(folder)) {
    renameSync(partial, folder);
  } else {
    if (!force) throw new ResultsError({ code: "name-taken", path: folder, partial });
    assertReplaceable(folder);
    // The old folder keeps a name until the new one is in place.
    const old = `${folder}.replaced-${process.pid}`;
    renameSync(folder, old);
    renameSync(partial, folder);
    removeResults(old);
  }
  syncFolder(dirname(folder));
}

/** Brings the names in a folder to the disk. */
export function syncFolder(folder: string): void {
  const descriptor = openSync(folder, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function hasOwnManifest(folder: string): boolean {
  const path = join(folder, MANIFEST_FILE);
  if (!existsSync(path)) return false;
  try {
    const manifest = JSON.parse(readFileSync(path, "utf8")) as { format?: { name?: unknown } } | null;
    return manifest?.format?.name === RESULTS_FORMAT.name;
  } catch (thrown) {
    // A file that is not JSON is not a manifest of ours; any other trouble is told.
    if (thrown instanceof SyntaxError) return false;
    throw thrown;
  }
}
