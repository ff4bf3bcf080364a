/** What `terrace run` writes about a batch: all that determines its numbers, and, apart from that, how it came about. */
import { availableParallelism, cpus, hostname, totalmem } from "node:os";
import { resolve } from "node:path";
import type { EnsemblePlan } from "../engine/ensemble/plan.ts";
import type { Numerics } from "../engine/model/model.ts";
import { planSummary } from "../engine/statistics/summary-method.ts";
import { describeKeep, type Keep } from "../output/results/keep.ts";
import type { BatchReport } from "../workers/run-batch.ts";
import type { DrawsInput } from "./draws-file.ts";
import { samplingManifest } from "./draws-options.ts";
import { absoluteForeign, type ForeignFiles } from "./foreign-files.ts";
import type { LoadedModel } from "./loaded-model.ts";
import { NUMERICS_EDITIONS } from "./numerics-editions.ts";
import type { StartFrom } from "./start-from.ts";
import { packageVersion } from "./version.ts";

/** What is told of the model that an ensemble is made from. */
export interface RunModel extends Pick<LoadedModel, "path" | "scenarioFiles" | "hash" | "inputs"> {
  readonly numerics: Numerics;
  /** Files beside a model of another tool; null for a model of ours. */
  readonly foreign: ForeignFiles | null;
}

/** What an ensemble is made from: the model, a file of draws if one is given, and saved states if its runs go on from some. */
export interface RunInputs {
  readonly loaded: RunModel;
  readonly file: DrawsInput | null;
  /** What the runs go on from, if they do. */
  readonly start: StartFrom | null;
}

/** Everything that determines the numbers, and nothing else. */
export function batchManifest(
  plan: EnsemblePlan,
  { loaded, file, start }: RunInputs,
  keep: Keep,
  until: string | undefined,
): Readonly<Record<string, unknown>> {
  const { catalog } = plan;
  return {
    version: packageVersion(),
    numerics: NUMERICS_EDITIONS[loaded.numerics],
    model: { name: catalog.model.name, hash: loaded.hash, files: loaded.inputs },
    scenarios: catalog.scenarios.map((s) => s.name),
    reference: catalog.reference,
    ...samplingManifest(plan, file),
    seed: plan.seed,
    blockDraws: plan.blockDraws,
    method: plan.program.method,
    time: plan.program.clock,
    summary: planSummary(catalog, plan.draws).method,
    exactMemory: catalog.exactMemory,
    quantiles: catalog.quantiles,
    checkpoint: catalog.checkpoint?.time,
    startFrom: start ? { time: start.checkpoint.checkpoint.time, sha256: start.checkpoint.sha256 } : undefined,
    keep: describeKeep(keep, catalog),
    until,
  };
}

/** When, where and how: not a part of any hash. */
export function batchProvenance(report: BatchReport, { loaded, file, start }: RunInputs, started: Date): object {
  return {
    ...provenance(started),
    model: resolve(loaded.path),
    scenarioFiles: loaded.scenarioFiles.map((file) => resolve(file)),
    foreign: loaded.foreign === null ? undefined : absoluteForeign(loaded.foreign),
    drawsFile: file === null ? undefined : resolve(file.path),
    startFrom: start === null ? undefined : resolve(start.folder),
    seconds: report.seconds,
    workers: report.workers,
    draws: report.draws,
    resumedBlocks: report.resumedBlocks,
    crashes: report.crashes,
  };
}

/** The facts that every command states about itself. */
export function provenance(started: Date): object {
  return {
    started: started.toISOString(),
    host: hostname(),
    processor: cpus()[0]?.model,
    cores: availableParallelism(),
    memory: totalmem(),
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    command: ["terrace", ...process.argv.slice(2)].join(" "),
  };
}
