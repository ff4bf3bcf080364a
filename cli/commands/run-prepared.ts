/** Runs a prepared ensemble into its results folder, and says at the end what came of it. */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { EnsemblePlan } from "../../engine/ensemble/plan.ts";
import { openResults } from "../../output/results/open-results.ts";
import { type KernelTier, withChosenKernel } from "../../workers/chosen-kernel.ts";
import { CONTINUED_BLOCKS, isContinued } from "../../workers/continued-plan.ts";
import { type BatchReport, runBatch } from "../../workers/run-batch.ts";
import { batchProvenance } from "../batch-manifest.ts";
import { type Batch, batchOf, isComplete } from "../batch-options.ts";
import { count } from "../count.ts";
import { balanceNote, errorsNote } from "../draws-options.ts";
import { EXIT } from "../failure.ts";
import type { PreparedRun } from "../prepare-run.ts";
import { ProgressLine } from "../progress-line.ts";
import type { RunArguments } from "./run.ts";

export async function runPrepared({ plan, inputs, kernel }: PreparedRun, options: RunArguments): Promise<number> {
  const batch = batchOf(plan, inputs, options);
  if (options.resume && isComplete(batch)) {
    process.stderr.write(options.language === "zh" ? "此前已全部完成。\n" : "all of it was done before.\n");
    return conclude(batch, options);
  }
  const isShort = kernel !== null && kernel.seconds < SHORT_RUN;
  const workers = options.workers ?? (isShort ? 0 : availableParallelism());
  const ready = kernel ? { ...batch, plan: withChosenKernel(plan, kernel) } : batch;
  const report = await runInto(ready, kernel?.tier ?? null, { ...options, workers });
  if (report.outcome === "interrupted") return interrupted(batch, report, options);
  return conclude(batch, options);
}

/** Seconds below which threads would take longer to start than the runs take. */
const SHORT_RUN = 0.3;

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
  const written = options.report ? await (await import("./report.ts")).writeReportOfRun(folder, language) : null;
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
  const inputsOf = await inputsOfVariables(batch.inputs.loaded.path, options);
  process.stderr.write(`${failureReport(results.failures(), runs, folder, language, inputsOf).join("\n")}\n`);
  return share > options.allowFailed ? EXIT.runsFailed : EXIT.well;
}

/** What the equation of each variable reads: the model is read again, since what runs are computed from does not tell. */
async function inputsOfVariables(
  path: string,
  { scenarioFiles, foreign }: RunArguments,
): Promise<(variable: string) => readonly string[]> {
  const [{ openModel }, { causalGraph }] = await Promise.all([
    import("../load-model.ts"),
    import("../../engine/explain/links.ts"),
  ]);
  const { model } = await openModel(path, scenarioFiles, foreign);
  const graph = model && causalGraph(model);
  return (variable) => (graph?.into.get(variable) ?? []).map((link) => link.from);
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
