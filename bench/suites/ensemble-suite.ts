/** Whole ensembles: runs a second with one and two workers, by what is made of the results. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnsemblePlan } from "../../engine/ensemble/plan.ts";
import { createBlockRunner } from "../../engine/ensemble/run-block.ts";
import { createSummary } from "../../engine/statistics/ensemble-summary.ts";
import { compilePlan } from "../../workers/kernel-tier.ts";
import { runBatch } from "../../workers/run-batch.ts";
import { runEnsemble } from "../../workers/run-ensemble.ts";
import { type BenchModel, planOf, synthetic } from "../models.ts";
import { digits, heading, percent, say, table } from "../print.ts";
import { requireSame } from "../same-results.ts";

type Sink = "no output" | "summaries" | "Arrow and summaries";
const SINKS: readonly Sink[] = ["no output", "summaries", "Arrow and summaries"];

/** @param seconds rough time of one ensemble in one thread */
export async function ensembleSuite(models: readonly BenchModel[], seconds: number): Promise<void> {
  heading("Ensembles: runs a second, threads started and ended included");
  for (const model of models) await one(model, seconds);
}

async function one({ name, model, program }: BenchModel, seconds: number): Promise<void> {
  const draws = drawsFor({ model, program }, seconds);
  const interpreted = planOf({ model, program }, { draws });
  const { plan, tier } = compilePlan(interpreted, { revectorizer: "on" });
  const few = { ...interpreted, blockDraws: 4 };
  requireSame(name, createBlockRunner(few)(0), createBlockRunner({ ...few, kernel: plan.kernel })(0));
  say(`\n${name}: ${draws} draws of one scenario, vectors of ${tier.vectorBits} bits`);
  const rates = new Map<string, number>();
  // The first ensemble of a process warms what the others find warm.
  await rate(plan, "no output", 1);
  for (const workers of [1, 2])
    for (const sink of SINKS) rates.set(`${sink} ${workers}`, await rate(plan, sink, workers));
  const of = (sink: Sink, workers: number) => rates.get(`${sink} ${workers}`)!;
  table(
    ["", "1 worker", "2 workers", "of twice one", "of no output (2)"],
    SINKS.map((sink) => [
      sink,
      digits(of(sink, 1)),
      digits(of(sink, 2)),
      percent(of(sink, 2) / of(sink, 1) / 2),
      percent(of(sink, 2) / of("no output", 2)),
    ]),
  );
}

/** Whole blocks that take about so long. */
function drawsFor(model: Omit<BenchModel, "name">, seconds: number): number {
  const { plan } = compilePlan(planOf(model, { draws: 64 }), { revectorizer: "off" });
  const run = createBlockRunner(plan);
  run(0);
  const before = performance.now();
  run(1);
  const perBlock = (performance.now() - before) / 1000;
  return plan.blockDraws * Math.max(4, Math.round(seconds / perBlock));
}

async function rate(plan: EnsemblePlan, sink: Sink, workers: number): Promise<number> {
  const runs = plan.draws * plan.scenarios.length;
  const before = performance.now();
  if (sink === "no output") await runEnsemble(plan, { workers, onBlock: () => {} });
  else if (sink === "summaries") await summarize(plan, workers);
  else await write(plan, workers);
  return (runs * 1000) / (performance.now() - before);
}

async function summarize(plan: EnsemblePlan, workers: number): Promise<void> {
  // Sketches, as large ensembles have them, and not the exact summaries of small ones.
  const summary = createSummary(plan.catalog, plan.draws, 0);
  const bins = summary.shareBins();
  await runEnsemble(plan, {
    workers,
    ...(bins && { bins }),
    onBlock: (block, digest) => summary.addBlock(block, digest),
  });
  summary.finish();
}

async function write(plan: EnsemblePlan, workers: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "terrace-bench-"));
  try {
    await runBatch(plan, {
      folder: join(folder, "results"),
      manifest: {},
      workers,
      exactBudget: 0,
      provenance: () => ({}),
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The models of the suite that are not among the shipped ones. */
export const ensembleModels = (): BenchModel[] => [synthetic(16)];
