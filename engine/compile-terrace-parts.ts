/**
 * A model that Terrace has written as XMILE. Where nothing has been changed since, what is compiled is the model that was written; a variable
 * that another tool has changed, added or removed is as XMILE says it.
 */
import { type Compilation, compileModel } from "./compile.ts";
import { DiagnosticList } from "./diagnostics/diagnostic.ts";
import type { SourceFile } from "./diagnostics/source.ts";
import { ENGINE_PARTS } from "./engine-parts.ts";
import { checkStart } from "./ensemble/check-start.ts";
import { checkStreams } from "./ensemble/check-streams.ts";
import { lowerModel } from "./ir/lower-model.ts";
import type { ModelDocument } from "./language/document.ts";
import { translateForeignModel } from "./language/foreign/translate-model.ts";
import { readDocument } from "./language/read-document.ts";
import { withScenarioFiles } from "./language/read-scenario-files.ts";
import { DIMENSIONS, mergeChanged } from "./language/xmile/merge-changed.ts";
import { readXmile } from "./language/xmile/read-xmile.ts";
import { readTerraceParts, type TerraceParts } from "./language/xmile/terrace-parts.ts";
import { buildModel } from "./model/build-model.ts";

export interface PartsCompilation extends Compilation {
  /** The texts that places in the diagnostics refer to, and the CSV files that the model reads. */
  readonly files: readonly SourceFile[];
}

/**
 * Compiles such a file; null where it has no parts of ours.
 *
 * @param scenarioFiles YAML files that add scenarios
 */
export function compileTerraceParts(file: SourceFile, scenarioFiles: readonly SourceFile[]): PartsCompilation | null {
  const diagnostics = new DiagnosticList();
  const parts = readTerraceParts(file, diagnostics);
  if (!parts && !diagnostics.hasErrors) return null;
  if (parts?.changed.length === 0) {
    return { ...compileModel(parts.files, scenarioFiles), files: [...parts.files, ...scenarioFiles] };
  }
  const files = [file, ...(parts?.files ?? []), ...scenarioFiles];
  const changed = parts && changedDocument(file, parts, diagnostics);
  const document = changed && withScenarioFiles(changed, scenarioFiles, diagnostics);
  return { ...compileDocument(document, files, diagnostics), files };
}

const isYaml = ({ path }: SourceFile): boolean => /\.yaml$/.test(path);

function changedDocument(file: SourceFile, parts: TerraceParts, diagnostics: DiagnosticList): ModelDocument | null {
  diagnostics.add("xmile-changed", null, { names: parts.changed });
  if (parts.changed.includes(DIMENSIONS)) {
    diagnostics.add("xmile-unsupported", null, { what: "changed-dimensions", name: "" });
    return null;
  }
  const own = readDocument(parts.files.filter(isYaml), diagnostics);
  const foreign = readXmile(file, diagnostics, { unfinished: "zero", mustBeFinished: new Set(parts.changed) });
  if (!own || !foreign || diagnostics.hasErrors) return null;
  const translated = translateForeignModel(foreign, file, ENGINE_PARTS, diagnostics);
  return translated && mergeChanged(own, translated.document, parts.changed);
}

function compileDocument(
  document: ModelDocument | null,
  files: readonly SourceFile[],
  diagnostics: DiagnosticList,
): Compilation {
  const sources = new Map(files.map((f) => [f.path, f.text]));
  const data = new Map(files.filter((f) => /\.csv$/i.test(f.path)).map((f) => [f.path, f]));
  const built = document && buildModel(document, sources, data, diagnostics);
  if (built) checkStreams(built.model, diagnostics);
  const program = built && lowerModel(built.model, diagnostics);
  if (program && !diagnostics.hasErrors) checkStart(built.model, program, diagnostics);
  return {
    origin: null,
    document,
    model: built?.model ?? null,
    program: diagnostics.hasErrors ? null : program,
    dataFiles: built?.dataFiles ?? [],
    diagnostics: diagnostics.sorted(files.map((f) => f.path)),
  };
}
