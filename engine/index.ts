/**
 * The engine as a library: compile the text of a model, run it once or many times, read the numbers. Nothing here opens a file or starts a
 * thread, so it works in Node and in a browser.
 */
import "./language/libraries-at-hand.ts";

export { type Compilation, compileModel } from "./compile.ts";
export {
  compileForeignModel,
  type ForeignCompilation,
  type ForeignFile,
  type ForeignSource,
} from "./compile-foreign.ts";
export {
  type Diagnostic,
  type DiagnosticCode,
  InternalError,
  type Language,
  ModelError,
  UsageError,
} from "./diagnostics/diagnostic.ts";
export { type DiagnosticJson, diagnosticToJson, type RenderOptions, renderDiagnostics } from "./diagnostics/render.ts";
export type { SourceFile, Span } from "./diagnostics/source.ts";
export type { RunFailure } from "./ensemble/block-result.ts";
export type { Catalog } from "./ensemble/catalog.ts";
export {
  type Setting,
  type SimulatedColumn,
  type SimulateOptions,
  type Simulation,
  simulate,
} from "./ensemble/simulate.ts";
export type { Program } from "./ir/program.ts";
export type { Model, Variable } from "./model/model.ts";
export {
  type EnsembleRuns,
  type EnsembleSeries,
  type RunEnsembleOptions,
  runEnsemble,
  type SeriesRequest,
} from "./run-ensemble.ts";
export type { EnsembleStatistics, SummaryRows, TargetRows } from "./statistics/summary-rows.ts";
