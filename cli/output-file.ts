/** Files and folders that a command writes: what cannot be written is refused before any work is done. */
import { accessSync, constants, existsSync, mkdirSync, type Stats, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { UsageError } from "../engine/diagnostics/diagnostic.ts";

/**
 * Called first by a command that writes a file at its end.
 * @throws UsageError if the file could not be written: its folder is not there, or either may not be written.
 */
export function checkOutputFile(path: string | undefined): void {
  if (path === undefined) return;
  const info = look(path);
  if (info?.isDirectory()) throw new UsageError(`cannot write ${path}: it is a folder`);
  const folder = dirname(path);
  if (!look(folder)?.isDirectory()) throw new UsageError(`cannot write ${path}: there is no folder ${folder}`);
  if (!mayBeWritten(info ? path : folder)) throw new UsageError(`cannot write ${path}: permission denied`);
}

/** Text to a file, or to standard output where none is named. */
export function writeOutput(path: string | undefined, text: string): void {
  if (path === undefined) process.stdout.write(text);
  else writeFileSync(path, text);
}

/**
 * Makes a folder with those above it. Node's own recursion never ends where the system takes no folders, as under /proc.
 * @throws UsageError if one of them cannot be made, or is a file.
 */
export function makeFolder(path: string): void {
  const missing: string[] = [];
  let above = resolve(path);
  for (; !existsSync(above); above = dirname(above)) missing.unshift(above);
  if (!look(above)?.isDirectory()) throw new UsageError(`cannot make the folder ${path}: ${above} is a file`);
  try {
    for (const folder of missing) mkdirSync(folder);
  } catch {
    throw new UsageError(`cannot make the folder ${path}: ${above} takes no new folder`);
  }
}

/** What is at a path; undefined where nothing is, or where a file stands in the way. */
function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function mayBeWritten(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
