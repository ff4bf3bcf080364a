/**
 * YAML text to a tree of plain nodes with places. Aliases and anchors are refused: a model needs none, and they are the
 * way a small file can become a huge one. So are tags, which name types that a model does not have.
 */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { SourceFile } from "../diagnostics/source.ts";
import { readBlocks } from "./block-reader.ts";
import { readByLibrary } from "./yaml-by-library.ts";
import { reportIndent, reportUnreadable } from "./yaml-faults.ts";
import type { YamlFile } from "./yaml-node.ts";

/** Parses one file; problems are added to `diagnostics`, of those of its syntax the first. */
export function readYaml(file: SourceFile, diagnostics: DiagnosticList): YamlFile {
  if (reportUnreadable(file, diagnostics) || reportIndent(file, diagnostics)) return { good: false };
  const node = readBlocks(file);
  return node ? { good: true, node } : readByLibrary(file, diagnostics);
}
