/** From the command line to a run that is ready to be compiled and computed: the model read, the ensemble planned, its kernel chosen. */
import type { EnsemblePlan } from "../engine/ensemble/plan.ts";
import type { ChosenKernel } from "../workers/chosen-kernel.ts";
import { chooseKernel } from "../workers/kernel-tier.ts";
import type { RunInputs, RunModel } from "./batch-manifest.ts";
import type { RunArguments } from "./commands/run.ts";
import { NO_FOREIGN_FILES } from "./foreign-files.ts";
import { type LoadedModel, openModel, type UsableModel, usableModel } from "./load-model.ts";
import { planRun } from "./plan-run.ts";

/** What a run needs of its model, which is not in it: for a large one it is most of the memory. Plain data that crosses threads and processes. */
export interface PreparedRun {
  /** Without a kernel as yet. */
  readonly plan: EnsemblePlan;
  readonly inputs: RunInputs;
  /** Null for the interpreter. */
  readonly kernel: ChosenKernel | null;
  /** Warnings that the check of the model has. */
  readonly warnings: number;
}

/** The model of a run, with its errors and the number of its warnings written to standard error; null if it cannot be run. */
export async function openUsable(
  path: string,
  { scenarioFiles, foreign, language }: Pick<RunArguments, "scenarioFiles" | "foreign" | "language">,
): Promise<{ loaded: LoadedModel; usable: UsableModel } | null> {
  const loaded = await openModel(path, scenarioFiles, foreign);
  const usable = await usableModel(loaded, language);
  return usable && { loaded, usable };
}

/** @throws UsageError or ResultsError for options that do not fit the model, see `planRun`. */
export async function prepareRun(
  loaded: LoadedModel,
  usable: UsableModel,
  options: RunArguments,
): Promise<PreparedRun> {
  const { fresh, ready, file, start } = await planRun(loaded, usable, options);
  return {
    plan: ready,
    inputs: { loaded: runModel(loaded, usable), file, start },
    // A trial of a kernel runs from the start, and a start changes nothing in what is compiled.
    kernel: kernelOf(fresh, options),
    warnings: loaded.diagnostics.length,
  };
}

function kernelOf(plan: EnsemblePlan, { engine, dryRun }: RunArguments): ChosenKernel | null {
  if (engine === "interpreter") return null;
  return chooseKernel(plan, { revectorizer: engine === "plain-kernel" || dryRun ? "off" : "auto" });
}

function runModel({ path, scenarioFiles, foreign, hash, inputs }: LoadedModel, { model }: UsableModel): RunModel {
  const isOurs = foreign === NO_FOREIGN_FILES;
  return { path, scenarioFiles, foreign: isOurs ? null : foreign, hash, inputs, numerics: model.numerics };
}
