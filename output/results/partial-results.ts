/** The partial folder that a run is written into: made, cleared of another run, or taken up where a run was broken off. */
import { existsSync, mkdirSync, rmSync, unlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import type { SavedState } from "../../engine/statistics/summary-state.ts";
import type { WrittenPart } from "./file-output.ts";
import { manifestDifferences, readManifest } from "./manifest.ts";
import { ResultsError } from "./results-error.ts";
import {
  assertOwnFiles,
  assertReplaceable,
  CHECKPOINT_FILE,
  isTaken,
  listFiles,
  MANIFEST_FILE,
  partialFolder,
  RESUME_FILE,
  removeResults,
} from "./results-folder.ts";
import { assertUnused, LOCK_FILE } from "./run-lock.ts";
import { readState } from "./state-file.ts";

export interface RoomOptions {
  /** Another run's results may be replaced. */
  readonly force: boolean;
  /** A run that was broken off is gone on with, if it has the manifest. */
  readonly resume: boolean;
  /** Text of the run's own manifest. */
  readonly manifest: string;
}

/** What stands beside the summary in `resume.state`. */
export interface ResumeNote {
  readonly blocks: number;
  readonly files: Readonly<Record<string, WrittenPart>>;
}

/**
 * Makes the partial folder of a results folder, or finds that one is there to go on with.
 * @returns Whether it is there to go on with.
 * @throws ResultsError if the folder or its partial folder exists and may not be replaced or gone on with, or cannot be made.
 */
export function makePartial(folder: string, { force, resume, manifest }: RoomOptions): boolean {
  const partial = partialFolder(folder);
  if (isTaken(folder)) {
    if (!force) throw new ResultsError({ code: "folder-exists", path: folder });
    assertReplaceable(folder);
  }
  if (isTaken(partial)) {
    if (resume && canGoOn(partial, manifest)) return true;
    clearPartial(partial, force);
  }
  try {
    mkdirSync(dirname(partial), { recursive: true });
    // Without `recursive` it fails if another run has made the folder just now.
    mkdirSync(partial);
  } catch (thrown) {
    throw new ResultsError({ code: "write-failed", path: partial, cause: (thrown as Error).message });
  }
  return false;
}

/** Removes the partial folder of another run: with force, or if nothing but the beginnings of one are in it. */
function clearPartial(partial: string, force: boolean): void {
  assertUnused(partial);
  const beginnings = [LOCK_FILE, `${MANIFEST_FILE}.new`];
  if (listFiles(partial).every((file) => beginnings.includes(file))) rmSync(partial, { recursive: true });
  else if (!force) throw new ResultsError({ code: "unfinished-run", path: partial });
  else removeResults(partial);
}

/** @throws ResultsError if the run that was broken off is another one, or its folder holds files that are not ours. */
function canGoOn(partial: string, text: string): boolean {
  if (!existsSync(join(partial, MANIFEST_FILE))) return false;
  const differences = manifestDifferences(readManifest(partial), JSON.parse(text));
  if (differences.length > 0) throw new ResultsError({ code: "other-run", path: partial, differences });
  assertOwnFiles(partial);
  return true;
}

/** Reads what was secured, and removes all files but those of runs; null if nothing usable was secured. */
export function takeUpPartial(partial: string): { note: ResumeNote; state: SavedState } | null {
  const rowFiles = ["draws.arrow", "failures.arrow", CHECKPOINT_FILE];
  const isRows = (file: string) => file.startsWith("runs/") || rowFiles.includes(file);
  const left = readResumeState(join(partial, RESUME_FILE));
  for (const file of listFiles(partial)) {
    const isKept = file === MANIFEST_FILE || file === LOCK_FILE || file === RESUME_FILE || (left && isRows(file));
    if (!isKept) unlinkSync(join(partial, file));
  }
  return left;
}

/** What was secured; null if nothing was, or it is damaged, in which case the run begins again. */
function readResumeState(path: string): { note: ResumeNote; state: SavedState } | null {
  try {
    // Written by `secure`.
    return readState(path) as { note: ResumeNote; state: SavedState };
  } catch (thrown) {
    const code = thrown instanceof ResultsError ? thrown.problem.code : "";
    if (code === "missing-file" || code === "damaged-file") return null;
    throw thrown;
  }
}
