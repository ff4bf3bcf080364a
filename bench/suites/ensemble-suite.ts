/** Whole ensembles: runs a second with one and two workers, by what is made of the results. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EnsemblePlan } from "../../engine/ensemble/plan.ts";
import { createBlockRunner } from "../../engine/ensemble/run-block.ts";
import { createSummary } from "../../engine/statistics/ensemble-summary.ts";
import { planDigests } from "../../workers/digest-plan.ts";
import { compilePlan } from "../../workers/kernel-tier.ts";
import { runBatch } from "../../workers/run-batch.ts";
import { runEnsemble } from "../../workers/run-ensemble.ts";
import { processorTime } from "../duel.ts";
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
  const measured = new Map<string, Measured>();
  // The first ensemble of a process warms what the others find warm.
  await measure(plan, "no output", 1);
  for (const workers of [1, 2]) {
    for (const sink of SINKS) measured.set(`${sink} ${workers}`, await measure(plan, sink, workers));
  }
  const of = (sink: Sink, workers: number) => measured.get(`${sink} ${workers}`)!;
  table(
    [
      "",
      "runs a second: 1 worker",
      "2 workers",
      "of twice one",
      "µs of processors a run: 1",
      "2",
      "more than no output",
    ],
    SINKS.map((sink) => {
      const [one, two] = [of(sink, 1), of(sink, 2)];
      return [
        sink,
        digits(one.rate),
        digits(two.rate),
        percent(two.rate / one.rate / 2),
        digits(one.processor),
        digits(two.processor),
        percent(two.processor / of("no output", 2).processor - 1),
      ];
    }),
  );
}

/** Whole blocks that take about so long. */
function drawsFor(model: Omit<BenchModel, "name">, seconds: number): number {
  const { plan } = compilePlan(planOf(model, { draws: 64 }), { revectorizer: "off" });
  const run = createBlockRunner(plan);
  run(0);
  // Several blocks, since processor time is counted in ticks.
  const before = processorTime();
  const blocks = 8;
  for (let i = 0; i < blocks; i++) run(i % 2);
  const perBlock = Math.max(1e-4, (processorTime() - before) / 1000 / blocks);
  return plan.blockDraws * Math.max(4, Math.round(seconds / perBlock));
}

interface Measured {
  /** Runs a second. */
  readonly rate: number;
  /** Microseconds of a run, of all threads together; other programs change it less than the rate. */
  readonly processor: number;
}

async function measure(plan: EnsemblePlan, sink: Sink, workers: number): Promise<Measured> {
  const runs = plan.draws * plan.scenarios.length;
  const before = performance.now();
  const processor = process.cpuUsage();
  if (sink === "no output") await runEnsemble(plan, { workers, onBlock: () => {} });
  else if (sink === "summaries") await summarize(plan, workers);
  else await write(plan, workers);
  const { user, system } = process.cpuUsage(processor);
  return { rate: (runs * 1000) / (performance.now() - before), processor: (user + system) / runs };
}

async function summarize(plan: EnsemblePlan, workers: number): Promise<void> {
  // Sketches, as large ensembles have them, and not the exact summaries of small ones.
  const summary = createSummary(plan.catalog, plan.draws, 0);
  const bins = summary.shareBins();
  await runEnsemble(plan, {
    workers,
    ...(bins && { digests: planDigests(plan, bins) }),
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
