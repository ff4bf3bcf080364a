/**
 * From a file of Vensim or Stella to a program: a reader and a translator stand before the phases that our own models go through.
 *
 * ```
 *   .mdl   ── vensim/ ─┐
 *                      ├─► ForeignModel ── foreign/ ──► ModelDocument ── as in compile.ts ──► Program
 *   .xmile ── xmile/  ─┘
 *   .stmx
 * ```
 */
import { followClock, sameTrial } from "./changing-clock.ts";
import type { Compilation } from "./compile.ts";
import { compileTerraceParts } from "./compile-terrace-parts.ts";
import { type Diagnostic, DiagnosticList, InternalError } from "./diagnostics/diagnostic.ts";
import type { SourceFile } from "./diagnostics/source.ts";
import { ENGINE_PARTS } from "./engine-parts.ts";
import { checkStart } from "./ensemble/check-start.ts";
import { checkStreams } from "./ensemble/check-streams.ts";
import { lowerModel } from "./ir/lower-model.ts";
import type { Program } from "./ir/program.ts";
import type { ClockTrial } from "./language/foreign/clock.ts";
import type { ExternalFiles, ForeignModel } from "./language/foreign/foreign-model.ts";
import { withReadableUnits } from "./language/foreign/foreign-units.ts";
import { type RunInputs, readInputs, type SensitivitySettings } from "./language/foreign/read-inputs.ts";
import { withInputs } from "./language/foreign/scenario-inputs.ts";
import { type TranslatedModel, translateForeignModel } from "./language/foreign/translate-model.ts";
import { withScenarioFiles } from "./language/read-scenario-files.ts";
import { decodeVensim } from "./language/vensim/decode-vensim.ts";
import { readVensim } from "./language/vensim/read-vensim.ts";
import { decodeXml } from "./language/xmile/decode-xml.ts";
import { readXmile } from "./language/xmile/read-xmile.ts";
import { buildModel } from "./model/build-model.ts";
import type { Model } from "./model/model.ts";

/** Runs that may be tried to find how a clock goes that changes. */
const MAX_TRIALS = 20;

export interface ForeignSource {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Files beside the model, by the paths that it names. */
  readonly external: ExternalFiles;
  /** Paths of files that the model names by a tag (`?name`). */
  readonly tags: ReadonlyMap<string, string>;
  /** Data sets for data variables. */
  readonly data: readonly ForeignFile[];
  /** Changes of Vensim's constants and lookups (`.cin`) that the model is read with. */
  readonly changes?: readonly ForeignFile[];
  /** Files beside the model that add scenarios and uncertainty: YAML of ours, `.cin` and `.vsc` of Vensim. */
  readonly scenarioFiles?: readonly ForeignFile[];
  /** Whether units are checked as in our own models; many files of other tools have none, or none that fit. */
  readonly unitsAreChecked?: boolean;
}

export interface ForeignFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ForeignCompilation extends Compilation {
  /** The text of the file. */
  readonly file: SourceFile;
  /** The texts that places in the diagnostics refer to: the file, or what Terrace had written into it. */
  readonly files: readonly SourceFile[];
  /** How a sensitivity file wants a batch to be drawn; null without one. */
  readonly sensitivity: SensitivitySettings | null;
}

/** Compiles a model file of another tool. Like `compileModel` it never throws for a wrong model. */
export function compileForeignModel(source: ForeignSource): ForeignCompilation {
  const diagnostics = new DiagnosticList();
  const isVensim = /\.mdl$/i.test(source.path);
  const text = isVensim ? decodeVensim(source.bytes) : decodeXml(source.bytes);
  const file: SourceFile = { path: source.path, text };
  const changes = (source.changes ?? []).map(decoded);
  const beside = (source.scenarioFiles ?? []).map(decoded);
  const ours = isVensim ? null : compileTerraceParts(file, beside);
  if (ours) return { ...ours, file, sensitivity: null };
  const read = isVensim ? readVensim({ ...source, file, changes }, diagnostics) : readXmile(file, diagnostics);
  const inputs = { ...readInputs(beside, diagnostics), unitsAreChecked: source.unitsAreChecked ?? false };
  const built = read && !diagnostics.hasErrors ? build(read, file, inputs, diagnostics) : null;
  return {
    file,
    files: [file, ...changes, ...beside],
    sensitivity: inputs.settings,
    origin: built?.translated?.origin ?? null,
    document: built?.translated?.document ?? null,
    model: built?.model ?? null,
    program: diagnostics.hasErrors ? null : (built?.program ?? null),
    dataFiles: [],
    diagnostics: diagnostics.sorted([file, ...changes, ...beside].map(({ path }) => path)),
  };
}

const decoded = ({ path, bytes }: ForeignFile): SourceFile => ({ path, text: decodeVensim(bytes) });

/** What a model is built with beside its file. */
interface BuildInputs extends RunInputs {
  readonly unitsAreChecked: boolean;
}

interface Built {
  readonly translated: TranslatedModel | null;
  readonly model: Model | null;
  readonly program: Program | null;
}

/** Translates and builds, again where a run shows that its clock goes otherwise than at first seemed. */
function build(read: ForeignModel, file: SourceFile, inputs: BuildInputs, diagnostics: DiagnosticList): Built {
  let trial: ClockTrial | null = null;
  for (let i = 0; i < MAX_TRIALS; i++) {
    const attempt = new DiagnosticList();
    const built = buildOnce(read, file, inputs, attempt, trial);
    const next = nextTrial(built);
    if (next === null || sameTrial(trial, next) || i === MAX_TRIALS - 1) {
      addAll(attempt, diagnostics);
      return built;
    }
    trial = next;
  }
  throw new InternalError("no trial of a changing clock was made");
}

/** What a run shows of a clock that changes; null where the clock does not, or the model does not run. */
function nextTrial({ translated, model, program }: Built): ClockTrial | null {
  const clock = translated?.origin.changingClock;
  return clock && model && program ? followClock(model, program, clock) : null;
}

function buildOnce(
  read: ForeignModel,
  file: SourceFile,
  inputs: BuildInputs,
  diagnostics: DiagnosticList,
  trial: ClockTrial | null,
): Built {
  const plainly = translateForeignModel(read, file, ENGINE_PARTS, diagnostics, trial);
  const document = plainly && withInputs(plainly.document, plainly.names, inputs, diagnostics);
  const translated = document && { ...plainly, document: withScenarioFiles(document, inputs.yaml, diagnostics) };
  const sources = new Map([[file.path, file.text]]);
  const units = { unitsAreChecked: inputs.unitsAreChecked && read.time.unit !== null };
  if (inputs.unitsAreChecked && !units.unitsAreChecked) diagnostics.add("foreign-time-unit", read.time.step.span, {});
  const written =
    translated && (units.unitsAreChecked ? withReadableUnits(translated.document, read) : translated.document);
  const built = written && buildModel(written, sources, new Map(), diagnostics, units);
  if (built) checkStreams(built.model, diagnostics);
  const program = built && lowerModel(built.model, diagnostics);
  if (program && !diagnostics.hasErrors) checkStart(built.model, program, diagnostics);
  return { translated, model: built?.model ?? null, program };
}

function addAll(from: DiagnosticList, to: DiagnosticList): void {
  for (const { code, span, data, related } of from.sorted([]) as Diagnostic[])
    to.add(code, span, data as never, related);
}
