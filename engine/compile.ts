/**
 * From model text to a program: the phases in order.
 *
 * ```
 *   SourceFile[]            *.yaml and *.csv, as the caller read them
 *        │  1 read          language/read-document.ts
 *   ModelDocument           what the author wrote, with places
 *        │  2 build         model/build-model.ts
 *   Model                   names, shapes, data: checked
 *        │  3 lower         ir/lower-model.ts, in the model's edition of the arithmetic: ir/passes/apply-numerics.ts
 *   Program                 slots and statements in causal order
 *        │  4 start         ensemble/check-start.ts: warnings about the first values
 * ```
 */
import { type Diagnostic, DiagnosticList } from "./diagnostics/diagnostic.ts";
import type { SourceFile } from "./diagnostics/source.ts";
import { checkStart } from "./ensemble/check-start.ts";
import { checkStreams } from "./ensemble/check-streams.ts";
import { lowerModel } from "./ir/lower-model.ts";
import { applyNumerics } from "./ir/passes/apply-numerics.ts";
import type { Program } from "./ir/program.ts";
import type { ModelDocument } from "./language/document.ts";
import type { ForeignOrigin } from "./language/foreign/translate-model.ts";
import { readDocument } from "./language/read-document.ts";
import { withScenarioFiles } from "./language/read-scenario-files.ts";
import { buildModel } from "./model/build-model.ts";
import type { Model } from "./model/model.ts";

export interface Compilation {
  /** Where the model comes from a file of another tool: what its document does not say; else null. */
  readonly origin: ForeignOrigin | null;
  /** What each phase produced, as far as it came. */
  readonly document: ModelDocument | null;
  readonly model: Model | null;
  readonly program: Program | null;
  /** CSV files that the model reads. */
  readonly dataFiles: readonly string[];
  /** Errors and warnings in source order. With an error there is no program. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Compiles the files of a model. Never throws for a wrong model: everything wrong is in the diagnostics.
 *
 * @param files YAML files and CSV files, with paths relative to the model's folder; of CSV files only those that the model names are asked for
 *   their text
 * @param scenarioFiles YAML files from elsewhere that add scenarios
 */
export function compileModel(files: readonly SourceFile[], scenarioFiles: readonly SourceFile[] = []): Compilation {
  const diagnostics = new DiagnosticList();
  const yaml = files.filter((f) => /\.ya?ml$/i.test(f.path)).sort((a, b) => (a.path < b.path ? -1 : 1));
  const data = new Map(files.filter((f) => !/\.ya?ml$/i.test(f.path)).map((f) => [f.path, f]));
  const sources = new Map([...yaml, ...scenarioFiles].map((f) => [f.path, f.text]));
  const paths = [...[...yaml, ...scenarioFiles].map((f) => f.path), ...[...data.keys()].sort()];

  const own = readDocument(yaml, diagnostics);
  const document = own && withScenarioFiles(own, scenarioFiles, diagnostics);
  const built = document && buildModel(document, sources, data, diagnostics);
  if (built) checkStreams(built.model, diagnostics);
  const lowered = built && lowerModel(built.model, diagnostics);
  const program = lowered && applyNumerics(lowered, built.model.numerics);
  if (program && !diagnostics.hasErrors) checkStart(built.model, program, diagnostics);

  return {
    origin: null,
    document,
    model: built?.model ?? null,
    program: diagnostics.hasErrors ? null : program,
    dataFiles: built?.dataFiles ?? [],
    diagnostics: diagnostics.sorted(paths),
  };
}
