/** `terrace run`: an ensemble from a model to a results folder, with a short table at the end. */
import { readdirSync, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Language } from "../../engine/diagnostics/diagnostic.ts";
import type { EnsemblePlan } from "../../engine/ensemble/plan.ts";
import { type ChosenKernel, withChosenKernel } from "../../workers/chosen-kernel.ts";
import type { BatchArguments } from "../batch-options.ts";
import { EXIT } from "../failure.ts";
import type { ForeignFiles } from "../foreign-files.ts";
import type { UsableModel } from "../load-model.ts";
import type { PlanArguments } from "../plan-run.ts";
import { type Place, prepareApart } from "../prepare-apart.ts";
import { noteWarnings } from "../warnings-note.ts";

export interface RunArguments extends PlanArguments, BatchArguments {
  readonly language: Language;
  readonly json: boolean;
  readonly scenarioFiles: readonly string[];
  /** Files that belong to a model of another tool. */
  readonly foreign: ForeignFiles;
  readonly workers: number | undefined;
  readonly engine: "kernel" | "plain-kernel" | "interpreter";
  /** Says what the compiled model does, and stops there. */
  readonly explainKernel: boolean;
  readonly force: boolean;
  readonly report: boolean;
  /** Says what the run would take, and stops there. */
  readonly dryRun: boolean;
  readonly allowFailed: number;
  /** Goes on with a run that was broken off. */
  readonly resume: boolean;
}

export async function run(path: string, options: RunArguments): Promise<number> {
  if (options.explainKernel || options.dryRun) return lookAhead(path, options);
  const place = placeOfPreparation(path, options);
  if (place === "here") return runHere(path, options);
  // While the run is prepared, this thread loads what computes it.
  const [prepared, { runPrepared }] = await Promise.all([
    prepareApart(path, options, place),
    import("./run-prepared.ts"),
    // For small models all of it; with large ones, the library of the results is loaded when its memory is to spare.
    place === "thread" && import("../../output/results/arrow-library.ts").then(({ arrow }) => arrow()),
  ]);
  if (prepared === null) return runHere(path, options);
  noteWarnings(prepared.warnings, path, options.language);
  noteTrial(prepared.kernel, options);
  return runPrepared(prepared, options);
}

/** Draws up to which runs take so little time that a thread, of 0.08 s, would be felt. */
const FEW_DRAWS = 256;
/** Bytes of a model from which on compiling it takes most of the memory. */
const LARGE_MODEL = 2 ** 17;

/** Where a run is prepared: here if it is so short that anything else takes more than it brings. */
function placeOfPreparation(
  path: string,
  { draws = Number.POSITIVE_INFINITY, workers = 0 }: RunArguments,
): Place | "here" {
  if (modelBytes(path) >= LARGE_MODEL) return "process";
  return workers === 0 && draws <= FEW_DRAWS ? "here" : "thread";
}

/** Bytes of a file, or of all files that stand in a folder; 0 for what is not there, of which others tell. */
function modelBytes(path: string): number {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info?.isDirectory()) return info?.size ?? 0;
  const files = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { name }) => sum + statSync(join(path, name)).size, 0);
}

/** The same in this thread: says what is wrong with the model or throws what is wrong with the options. */
async function runHere(path: string, options: RunArguments): Promise<number> {
  const [{ openUsable, prepareRun }, { runPrepared }] = await Promise.all([
    import("../prepare-run.ts"),
    import("./run-prepared.ts"),
  ]);
  const opened = await openUsable(path, options);
  if (!opened) return EXIT.failed;
  const prepared = await prepareRun(opened.loaded, opened.usable, options);
  noteTrial(prepared.kernel, options);
  return runPrepared(prepared, options);
}

/** What a run would do and take. */
async function lookAhead(path: string, options: RunArguments): Promise<number> {
  const { openUsable, prepareRun } = await import("../prepare-run.ts");
  const opened = await openUsable(path, options);
  if (!opened) return EXIT.failed;
  const { loaded, usable } = opened;
  if (options.explainKernel) return explain(usable);
  const { plan, kernel } = await prepareRun(loaded, usable, options);
  return dryRun(kernel ? withChosenKernel(plan, kernel) : plan, options);
}

function noteTrial(kernel: ChosenKernel | null, { language }: RunArguments): void {
  if (kernel === null || kernel.tier.revectorizer.use) return;
  const { reason } = kernel.tier.revectorizer;
  if (reason !== "ended" && reason !== "other-bits") return;
  process.stderr.write(
    language === "zh"
      ? "V8 的再向量化试验未通过，改用普通内核；结果相同，速度较慢。\n"
      : "the trial of V8's revectorizer failed, so the plain kernel runs: the same results, more slowly.\n",
  );
}

async function explain({ model, program }: UsableModel): Promise<number> {
  const [{ optimizeProgram }, { compileKernel }, { explainKernel }] = await Promise.all([
    import("../../engine/ir/passes/optimize-program.ts"),
    import("../../engine/kernel/compile-kernel.ts"),
    import("../../engine/kernel/explain-kernel.ts"),
  ]);
  const optimized = optimizeProgram(program);
  const files = new Map(model.variables.map((v) => [v.name, v.span.path]));
  process.stdout.write(`${explainKernel(compileKernel(optimized), optimized, files)}\n`);
  return EXIT.well;
}

async function dryRun(plan: EnsemblePlan, { language, json, workers, keep }: RunArguments): Promise<number> {
  const [{ describeEstimate, estimateRun }, { chosenKeep }] = await Promise.all([
    import("./dry-run.ts"),
    import("../batch-options.ts"),
  ]);
  const estimate = estimateRun(plan, workers ?? availableParallelism(), chosenKeep(keep, plan.catalog));
  process.stdout.write(json ? `${JSON.stringify(estimate)}\n` : `${describeEstimate(estimate, language).join("\n")}\n`);
  return EXIT.well;
}
