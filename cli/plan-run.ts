/** The plan of `terrace run`: which scenarios, which draws, and whether runs go on from saved states or keep theirs. */
import { UsageError } from "../engine/diagnostics/diagnostic.ts";
import { allKnown, known } from "../engine/diagnostics/known-name.ts";
import { buildCatalog } from "../engine/ensemble/build-catalog.ts";
import type { Catalog } from "../engine/ensemble/catalog.ts";
import { withCheckpoint } from "../engine/ensemble/continue-run.ts";
import { type EnsembleOptions, type EnsemblePlan, planEnsemble } from "../engine/ensemble/plan.ts";
import type { Program } from "../engine/ir/program.ts";
import type { Model } from "../engine/model/model.ts";
import { ResultsError } from "../output/results/results-error.ts";
import { type DrawsInput, readDrawsFile } from "./draws-file.ts";
import { type DrawsArguments, samplingOptions } from "./draws-options.ts";
import type { LoadedModel } from "./load-model.ts";
import { chosenQuantiles } from "./quantile-options.ts";
import { partHash, type StartFrom, samplingOf, startAt } from "./start-from.ts";

export interface PlanArguments extends DrawsArguments {
  readonly scenarios: readonly string[] | undefined;
  readonly seed: number | undefined;
  /** The scenario that others are compared with; default the model's, else the first that runs. */
  readonly reference: string | undefined;
  /** What the summary holds besides the standard quantiles, see `chosenQuantiles`. */
  readonly quantiles: readonly string[] | undefined;
  /** MiB up to which the summary keeps all values and is exact; default the engine's. */
  readonly exactMemory: number | undefined;
  /** A save time at which the states of all runs are kept. */
  readonly checkpoint: number | undefined;
  /** What the runs go on from, as `openStart` reads it. */
  readonly startFrom: string | undefined;
}

export interface PlannedRun {
  /** The ensemble from the start of the model, without states that are kept. */
  readonly fresh: EnsemblePlan;
  /** What is run. */
  readonly ready: EnsemblePlan;
  readonly file: DrawsInput | null;
  readonly start: StartFrom | null;
}

/**
 * @throws UsageError for names, numbers and files that do not fit the model; ResultsError if states to go on from are not there, or
 *   are those of something else.
 */
export async function planRun(
  loaded: LoadedModel,
  { model, program }: { readonly model: Model; readonly program: Program },
  options: PlanArguments,
): Promise<PlannedRun> {
  const catalog = catalogOf(loaded, model, options);
  const start = options.startFrom === undefined ? null : await opened(options.startFrom);
  const file = drawsFileOf(options, start, catalog);
  const sampling = start ? continuedSampling(start, options) : freshSampling(loaded, model, options, file);
  const seed = options.seed ?? sampling.seed;
  const fresh = planEnsemble(model, program, catalog, { ...sampling, seed, ...(file && { given: file.draws }) });
  const started = start ? startAt(fresh, start) : fresh;
  const { checkpoint } = options;
  const ready = checkpoint === undefined ? started : withCheckpoint(started, checkpoint, partHash);
  return { fresh, ready, file, start };
}

/** What reads results is loaded when runs go on from some. */
async function opened(startFrom: string): Promise<StartFrom> {
  const { openStart } = await import("./open-start.ts");
  return openStart(startFrom);
}

function catalogOf(loaded: LoadedModel, model: Model, options: PlanArguments): Catalog {
  const { exactMemory } = options;
  const scenarios = chosenScenarios(model, options.scenarios);
  const reference = options.reference === undefined ? undefined : known(options.reference, scenarios, "scenario");
  const catalog = buildCatalog(model, loaded.hash, scenarios, chosenQuantiles(options.quantiles), reference);
  if (catalog.indicators.length === 0)
    throw new UsageError(`no indicator in the model: mark a variable with "indicator: end"`);
  return { ...catalog, ...(exactMemory !== undefined && { exactMemory: exactMemory * 2 ** 20 }) };
}

function chosenScenarios(model: Model, names: readonly string[] | undefined): readonly string[] {
  const all = model.scenarios.map((s) => s.name);
  if (!names) return all;
  const chosen = new Set(allKnown(names, all, "scenario"));
  return all.filter((n) => chosen.has(n));
}

/** How the draws are taken: as the options say, else as a sensitivity file of Vensim does. */
function freshSampling(
  { sensitivity }: LoadedModel,
  model: Model,
  options: PlanArguments,
  file: DrawsInput | null,
): EnsembleOptions {
  const draws = options.draws ?? (file ? undefined : sensitivity?.draws);
  const design = options.design ?? (file ? undefined : sensitivity?.design);
  return { seed: sensitivity?.seed ?? model.seed, ...samplingOptions({ ...options, draws, design }, file) };
}

/** The file of draws: the one given, or that of the runs which are gone on with. */
function drawsFileOf(options: PlanArguments, start: StartFrom | null, catalog: Catalog): DrawsInput | null {
  if (!start) return options.drawsFile === undefined ? null : readDrawsFile(options.drawsFile, catalog);
  const { drawsFile: wanted } = start.checkpoint.manifest as { drawsFile?: { readonly sha256: string } | null };
  if (!wanted) return null;
  if (options.drawsFile === undefined)
    throw new UsageError("--start-from needs --draws-file: the runs had draws from a file");
  const file = readDrawsFile(options.drawsFile, catalog);
  if (file.sha256 === wanted.sha256) return file;
  throw new ResultsError({ code: "other-model", path: start.folder, differences: ["the file of draws has changed"] });
}

/** The draws of runs that go on are those they had; fewer of independent ones may be taken. */
function continuedSampling(start: StartFrom, options: PlanArguments): EnsembleOptions {
  const sampling = samplingOf(start);
  for (const name of ["seed", "design", "replicates", "replications"] as const) {
    const given = options[name];
    if (given !== undefined && given !== sampling[name])
      throw new UsageError(`invalid --${name}: ${given} (the runs that go on have ${sampling[name]})`);
  }
  const draws = options.draws ?? sampling.draws;
  if (draws === sampling.draws) return sampling;
  if (draws > sampling.draws || sampling.design !== "monte-carlo")
    throw new UsageError(`invalid --draws: ${draws} (the runs that go on have ${sampling.draws})`);
  return { ...sampling, draws };
}
