/** Files that options name: each is there and is a file, else it is wrong use. */
import { readFileSync, type Stats, statSync } from "node:fs";
import { UsageError } from "../engine/diagnostics/diagnostic.ts";
import type { SourceFile } from "../engine/diagnostics/source.ts";
import { decodeText } from "./text-encoding.ts";

export const INPUT_KINDS = [
  "model",
  "table",
  "draws file",
  "scenario file",
  "boundaries file",
  "data set",
  "changes file",
  "tagged file",
] as const;
export type InputKind = (typeof INPUT_KINDS)[number];

/** The size of a file in bytes. @throws UsageError if it is not there, is a folder, or may not be read. */
export function checkInputFile(path: string, kind: InputKind): number {
  const info = look(path);
  if (!info) throw new UsageError(`no such ${kind}: ${path}`);
  if (info.isDirectory()) throw new UsageError(`no such ${kind}: ${path} (it is a folder)`);
  return info.size;
}

/** The text of a file of any usual encoding. */
export function readInputText(path: string, kind: InputKind): SourceFile {
  checkInputFile(path, kind);
  return { path, text: decodeText(readFileSync(path)).text };
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
