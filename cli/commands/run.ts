/** `terrace run`: an ensemble from a model to a results folder, with a short table at the end. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Language } from "../../engine/diagnostics/diagnostic.ts";
import type { EnsemblePlan } from "../../engine/ensemble/plan.ts";
import { causalGraph } from "../../engine/explain/links.ts";
import { optimizeProgram } from "../../engine/ir/passes/optimize-program.ts";
import type { Program } from "../../engine/ir/program.ts";
import { compileKernel } from "../../engine/kernel/compile-kernel.ts";
import { explainKernel } from "../../engine/kernel/explain-kernel.ts";
import type { Model } from "../../engine/model/model.ts";
import { openResults } from "../../output/results/open-results.ts";
import { CONTINUED_BLOCKS } from "../../workers/continued-blocks.ts";
import { compilePlan, type KernelTier } from "../../workers/kernel-tier.ts";
import { type BatchReport, runBatch } from "../../workers/run-batch.ts";
import { batchProvenance } from "../batch-manifest.ts";
import { type Batch, type BatchArguments, batchOf, chosenKeep, isComplete } from "../batch-options.ts";
import { count } from "../count.ts";
import { balanceNote, errorsNote } from "../draws-options.ts";
import { EXIT } from "../failure.ts";
import type { ForeignFiles } from "../foreign-files.ts";
import { openModel, usableModel } from "../load-model.ts";
import { type PlanArguments, planRun } from "../plan-run.ts";
import { ProgressLine } from "../progress-line.ts";
import { isContinued } from "../start-from.ts";
import { writeReportOfRun } from "./report.ts";

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
  const loaded = await openModel(path, options.scenarioFiles, options.foreign);
  const usable = usableModel(loaded, options.language);
  if (!usable) return EXIT.failed;
  if (options.explainKernel) return explain(usable);
  const { fresh, ready, file, start } = planRun(loaded, usable, options);
  // A trial of a kernel runs from the start, and a start changes nothing in what is compiled.
  const { plan: whole, tier, seconds } = compiled(fresh, options);
  const plan = { ...ready, kernel: whole.kernel };
  if (options.dryRun) return dryRun(plan, options);
  const batch = batchOf(plan, { loaded, file, start }, options);
  if (options.resume && isComplete(batch)) {
    process.stderr.write(options.language === "zh" ? "此前已全部完成。\n" : "all of it was done before.\n");
    return conclude(batch, options);
  }
  const workers = options.workers ?? (seconds < SHORT_RUN ? 0 : availableParallelism());
  const report = await runInto(batch, tier, { ...options, workers });
  if (report.outcome === "interrupted") return interrupted(batch, report, options);
  return conclude(batch, options);
}

/** Seconds below which threads would take longer to start than the runs take. */
const SHORT_RUN = 0.3;

function compiled(
  plan: EnsemblePlan,
  { engine, dryRun, language }: RunArguments,
): { plan: EnsemblePlan; tier: KernelTier | null; seconds: number } {
  if (engine === "interpreter") return { plan, tier: null, seconds: Number.POSITIVE_INFINITY };
  const result = compilePlan(plan, { revectorizer: engine === "plain-kernel" || dryRun ? "off" : "auto" });
  const { revectorizer } = result.tier;
  if (!revectorizer.use && (revectorizer.reason === "ended" || revectorizer.reason === "other-bits")) {
    process.stderr.write(
      language === "zh"
        ? "V8 的再向量化试验未通过，改用普通内核；结果相同，速度较慢。\n"
        : "the trial of V8's revectorizer failed, so the plain kernel runs: the same results, more slowly.\n",
    );
  }
  return result;
}

function explain({ model, program }: { readonly model: Model; readonly program: Program }): number {
  const optimized = optimizeProgram(program);
  const files = new Map(model.variables.map((v) => [v.name, v.span.path]));
  process.stdout.write(`${explainKernel(compileKernel(optimized), optimized, files)}\n`);
  return EXIT.well;
}

async function dryRun(plan: EnsemblePlan, { language, json, workers, keep }: RunArguments): Promise<number> {
  const { describeEstimate, estimateRun } = await import("./dry-run.ts");
  const estimate = estimateRun(plan, workers ?? availableParallelism(), chosenKeep(keep, plan.catalog));
  process.stdout.write(json ? `${JSON.stringify(estimate)}\n` : `${describeEstimate(estimate, language).join("\n")}\n`);
  return EXIT.well;
}

/** Runs all blocks into a results folder; on a signal or an error what is done stays, to be gone on with. */
async function runInto(
  batch: Batch,
  tier: KernelTier | null,
  options: RunArguments & { readonly workers: number },
): Promise<BatchReport> {
  const { plan, inputs, folder, manifest, keep, shard, isEnough, started } = batch;
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  const line = new ProgressLine(options.language, process.stderr.isTTY === true);
  try {
    announce(plan, options);
    return await runBatch(plan, {
      folder,
      manifest,
      force: options.force,
      resume: options.resume,
      keep,
      ...(shard && { shard }),
      ...(isEnough && { isEnough }),
      workers: options.workers,
      ...(isContinued(plan) && { runnerModule: CONTINUED_BLOCKS }),
      signal: stop.signal,
      onResume: (blocks, lost) => announceResume(blocks, lost, options),
      onProgress: (progress) => line.show(progress),
      onCrash: (crash) => {
        process.stderr.write(
          `worker ${crash.worker} ended (${crash.cause.message}); blocks ${crash.blocks.join(", ")} are repeated\n`,
        );
      },
      provenance: (report) => ({ ...batchProvenance(report, inputs, started), engine: options.engine, kernel: tier }),
    });
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

function announceResume(blocks: number, lost: readonly string[], { language }: RunArguments): void {
  const zh = language === "zh";
  process.stderr.write(
    zh ? `继续：此前已完成 ${blocks} 个区块\n` : `going on: ${count(blocks, "block")} done before\n`,
  );
  if (lost.length === 0) return;
  const files = lost.join(", ");
  process.stderr.write(
    zh ? `${files} 已损坏，正在重新计算其各行\n` : `${files} has been damaged; its rows are computed again\n`,
  );
}

function interrupted({ folder, plan }: Batch, report: BatchReport, { language }: RunArguments): number {
  const draws = `${report.draws}/${plan.draws}`;
  const isKept = existsSync(`${folder}.partial`);
  if (language === "zh") {
    process.stderr.write(isKept ? `已中断（抽样 ${draws}）；加 --resume 可继续。\n` : "已中断，未保留任何结果。\n");
  } else {
    process.stderr.write(
      isKept
        ? `interrupted after ${draws} draws; the same command with --resume goes on.\n`
        : "interrupted; nothing was kept.\n",
    );
  }
  return EXIT.interrupted;
}

function announce(plan: EnsemblePlan, { language }: RunArguments): void {
  const { catalog, draws, seed, replications } = plan;
  const scenarios = catalog.scenarios.length;
  const title = catalog.model.title[language];
  const paths = replications === 1 ? "" : ` (${draws / replications} × ${replications})`;
  const note = errorsNote(plan, language);
  process.stderr.write(
    language === "zh"
      ? `${title}：${scenarios} 个情景 × ${draws}${paths} 次抽样 = ${scenarios * draws} 次运行（种子 ${seed}）\n`
      : `${title}: ${count(scenarios, "scenario")} × ${draws}${paths} ${draws === 1 ? "draw" : "draws"} = ${count(scenarios * draws, "run")} (seed ${seed})\n`,
  );
  for (const line of [note, balanceNote(plan, language)]) if (line !== null) process.stderr.write(`${line}\n`);
}

async function conclude(batch: Batch, options: RunArguments): Promise<number> {
  if (batch.shard) return concludeShard(batch.folder, options);
  const { folder } = batch;
  const { catalog } = batch.plan;
  const { language } = options;
  const written = options.report ? await writeReportOfRun(folder, language) : null;
  const results = openResults(folder);
  const runs = results.summary.runs.reduce((sum, scenario) => sum + scenario.runs, 0);
  const runsFailed = results.summary.runs.reduce((sum, scenario) => sum + scenario.failed, 0);
  if (options.json) {
    const { seconds } = results.provenance;
    process.stdout.write(
      `${JSON.stringify({ results: folder, runs, failed: runsFailed, seconds, report: written?.page ?? null })}\n`,
    );
  } else {
    const [{ resultsInput }, { summaryTable }] = await Promise.all([
      import("../../output/charts/results-input.ts"),
      import("../../output/report/summary-table.ts"),
    ]);
    const input = resultsInput(results, `terrace report ${folder}`);
    if (catalog.indicators.length > 0)
      process.stdout.write(`${summaryTable(input, language, process.stdout.columns).join("\n")}\n\n`);
    process.stdout.write(language === "zh" ? `结果：${folder}\n` : `results: ${folder}\n`);
    if (written) {
      const charts = join(folder, "charts");
      process.stdout.write(
        language === "zh"
          ? `图表：${charts}（${written.charts.length} 个文件）\n报告：${written.page}\n`
          : `charts:  ${charts} (${count(written.charts.length, "file")})\nreport:  ${written.page}\n`,
      );
    }
  }
  if (runsFailed === 0) return EXIT.well;
  const share = runsFailed / runs;
  const { failureReport } = await import("../failure-report.ts");
  const { model } = batch.inputs.loaded;
  const graph = model && causalGraph(model);
  const inputsOf = (variable: string) => (graph?.into.get(variable) ?? []).map((link) => link.from);
  process.stderr.write(`${failureReport(results.failures(), runs, folder, language, inputsOf).join("\n")}\n`);
  return share > options.allowFailed ? EXIT.runsFailed : EXIT.well;
}

function concludeShard(folder: string, { json, language }: RunArguments): number {
  if (json) process.stdout.write(`${JSON.stringify({ shard: folder })}\n`);
  else {
    process.stdout.write(
      language === "zh"
        ? `分片：${folder}（全部分片完成后用 terrace merge 合并）\n`
        : `shard: ${folder} (when all are there, terrace merge joins them)\n`,
    );
  }
  return EXIT.well;
}
