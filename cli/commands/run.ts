/** `terrace run`: an ensemble from a model to a results folder, with a short table at the end. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { type Language, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { buildCatalog } from "../../engine/ensemble/build-catalog.ts";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import { type EnsemblePlan, planEnsemble } from "../../engine/ensemble/plan.ts";
import { known } from "../../engine/ensemble/simulate.ts";
import type { Model } from "../../engine/model/model.ts";
import { createSummary } from "../../engine/statistics/ensemble-summary.ts";
import { ResultsWriter } from "../../output/results/results-writer.ts";
import { type RunReport, runEnsemble } from "../../workers/run-ensemble.ts";
import {
  type DrawsArguments,
  type DrawsInput,
  errorsNote,
  readDrawsFile,
  samplingManifest,
  samplingOptions,
} from "../draws-options.ts";
import { EXIT } from "../failure.ts";
import { type LoadedModel, loadModel, usableModel } from "../load-model.ts";
import { ProgressLine } from "../progress-line.ts";
import { packageVersion } from "../version.ts";
import { writeReportOf } from "./report.ts";

export interface RunArguments extends DrawsArguments {
  readonly language: Language;
  readonly json: boolean;
  readonly scenarios: readonly string[] | undefined;
  readonly seed: number | undefined;
  readonly workers: number | undefined;
  readonly out: string | undefined;
  readonly force: boolean;
  readonly report: boolean;
  /** Says what the run would take, and stops there. */
  readonly dryRun: boolean;
  readonly allowFailed: number;
}

/** Names the arithmetic and the random numbers; changes whenever the same inputs would give other bits. */
const NUMERICS_EDITION = "interpreter-1";

export async function run(path: string, options: RunArguments): Promise<number> {
  const loaded = loadModel(path);
  const usable = usableModel(loaded, options.language);
  if (!usable) return EXIT.failed;
  const { model, program } = usable;
  const scenarios = chosenScenarios(model, options.scenarios);
  const catalog = buildCatalog(model, loaded.hash, scenarios);
  if (catalog.indicators.length === 0)
    throw new UsageError(`no indicator in the model: mark a variable with "indicator: end"`);
  const file = options.drawsFile === undefined ? null : readDrawsFile(options.drawsFile, catalog);
  const plan = planEnsemble(model, program, catalog, {
    seed: options.seed ?? model.seed,
    ...samplingOptions(options, file),
  });
  if (options.dryRun) return dryRun(plan, options);
  const folder = options.out ?? join("results", model.name);
  const started = new Date();
  const report = await runInto(folder, plan, { loaded, file }, options, started);
  if (report.outcome === "interrupted") {
    process.stderr.write(options.language === "zh" ? "已中断，未保留任何结果。\n" : "interrupted; nothing was kept.\n");
    return EXIT.interrupted;
  }
  return conclude(folder, catalog, report, options);
}

async function dryRun(plan: EnsemblePlan, { language, json, workers }: RunArguments): Promise<number> {
  const { describeEstimate, estimateRun } = await import("./dry-run.ts");
  const estimate = estimateRun(plan, workers ?? availableParallelism());
  process.stdout.write(json ? `${JSON.stringify(estimate)}\n` : `${describeEstimate(estimate, language).join("\n")}\n`);
  return EXIT.well;
}

/** What the ensemble is made from: the model, and a file of draws if one is given. */
interface RunInputs {
  readonly loaded: LoadedModel;
  readonly file: DrawsInput | null;
}

function chosenScenarios(model: Model, names: readonly string[] | undefined): readonly string[] {
  const all = model.scenarios.map((s) => s.name);
  if (!names) return all;
  const chosen = new Set(names.map((n) => known(n, all, "scenario")));
  return all.filter((n) => chosen.has(n));
}

/** Runs all blocks into a results folder; on a signal or an error the half-written folder is taken away again. */
async function runInto(
  folder: string,
  plan: EnsemblePlan,
  inputs: RunInputs,
  options: RunArguments,
  started: Date,
): Promise<RunReport> {
  const summary = createSummary(plan.catalog, plan.draws);
  const manifest = manifestOf(plan, inputs, summary.method);
  const writer = new ResultsWriter(folder, { catalog: plan.catalog, manifest, force: options.force });
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  try {
    announce(plan, options);
    const line = new ProgressLine(options.language, process.stderr.isTTY === true);
    const report = await runEnsemble(plan, {
      workers: options.workers ?? availableParallelism(),
      signal: stop.signal,
      onBlock: (block) => {
        writer.addBlock(block);
        summary.addBlock(block);
      },
      onProgress: (progress) => line.show(progress),
      onCrash: (crash) => {
        process.stderr.write(
          `worker ${crash.worker} ended (${crash.cause.message}); blocks ${crash.blocks.join(", ")} are repeated\n`,
        );
      },
    });
    if (report.outcome === "complete") writer.finish(summary.finish(), provenanceOf(report, started));
    return report;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    writer.abandon();
  }
}

/** Everything that determines the numbers, and nothing else. */
function manifestOf(plan: EnsemblePlan, { loaded, file }: RunInputs, summaryMethod: string): object {
  return {
    version: packageVersion(),
    numerics: NUMERICS_EDITION,
    model: { name: plan.catalog.model.name, hash: loaded.hash, files: loaded.inputs },
    scenarios: plan.catalog.scenarios.map((s) => s.name),
    reference: plan.catalog.reference,
    ...samplingManifest(plan, file),
    seed: plan.seed,
    blockDraws: plan.blockDraws,
    method: plan.program.method,
    time: plan.program.clock,
    summary: summaryMethod,
  };
}

/** When, where and how: not a part of any hash. */
function provenanceOf(report: RunReport, started: Date): object {
  return {
    started: started.toISOString(),
    seconds: report.seconds,
    workers: report.workers,
    crashes: report.crashes,
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    command: ["terrace", ...process.argv.slice(2)].join(" "),
  };
}

function announce(plan: EnsemblePlan, { language }: RunArguments): void {
  const { catalog, draws, seed, replications } = plan;
  const count = catalog.scenarios.length;
  const title = catalog.model.title[language];
  const paths = replications === 1 ? "" : ` (${draws / replications} × ${replications})`;
  const note = errorsNote(plan, language);
  process.stderr.write(
    language === "zh"
      ? `${title}：${count} 个情景 × ${draws}${paths} 次抽样 = ${count * draws} 次运行（种子 ${seed}）\n`
      : `${title}: ${count} scenarios × ${draws}${paths} draws = ${count * draws} runs (seed ${seed})\n`,
  );
  if (note) process.stderr.write(`${note}\n`);
}

async function conclude(folder: string, catalog: Catalog, report: RunReport, options: RunArguments): Promise<number> {
  const { language } = options;
  const written = options.report ? await writeReportOf(folder, language) : null;
  const { runs, runsFailed } = report.progress;
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ results: folder, runs, failed: runsFailed, seconds: report.seconds, report: written?.page ?? null })}\n`,
    );
  } else {
    const [{ openResults }, { resultsInput }, { summaryTable }] = await Promise.all([
      import("../../output/results/open-results.ts"),
      import("../../output/charts/results-input.ts"),
      import("../../output/report/summary-table.ts"),
    ]);
    const input = resultsInput(openResults(folder), `terrace report ${folder}`);
    if (catalog.indicators.length > 0) process.stdout.write(`${summaryTable(input, language).join("\n")}\n\n`);
    process.stdout.write(language === "zh" ? `结果：${folder}\n` : `results: ${folder}\n`);
    if (written) {
      const charts = join(folder, "charts");
      process.stdout.write(
        language === "zh"
          ? `图表：${charts}（${written.charts.length} 个文件）\n报告：${written.page}\n`
          : `charts:  ${charts} (${written.charts.length} files)\nreport:  ${written.page}\n`,
      );
    }
  }
  if (runsFailed === 0) return EXIT.well;
  const share = runsFailed / runs;
  process.stderr.write(
    language === "zh"
      ? `${runs} 次运行中有 ${runsFailed} 次失败，详见 failures.arrow\n`
      : `${runsFailed} of ${runs} runs failed; failures.arrow says where and when\n`,
  );
  return share > options.allowFailed ? EXIT.runsFailed : EXIT.well;
}
