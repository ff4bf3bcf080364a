/** `terrace run --dry-run`: what a run would take, from one block that is computed and written to a temporary folder. */
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Language } from "../../engine/diagnostics/diagnostic.ts";
import type { BlockResult } from "../../engine/ensemble/block-result.ts";
import { blockCount, type EnsemblePlan } from "../../engine/ensemble/plan.ts";
import { createBlockRunner } from "../../engine/ensemble/run-block.ts";
import { createSummary } from "../../engine/statistics/ensemble-summary.ts";
import { layOutSummary } from "../../engine/statistics/summary-layout.ts";
import { planSummary } from "../../engine/statistics/summary-method.ts";
import { KEEP_ALL, type Keep } from "../../output/results/keep.ts";
import { ResultsWriter } from "../../output/results/results-writer.ts";
import { isLargeSummary } from "../../output/results/summary-scratch.ts";
import { createBlockRunner as createContinuedRunner } from "../../workers/continued-blocks.ts";
import { isContinued } from "../../workers/continued-plan.ts";
import { count } from "../count.ts";

export interface RunEstimate {
  readonly scenarios: number;
  readonly draws: number;
  readonly runs: number;
  readonly blocks: number;
  readonly workers: number;
  /** Measured: runs and seconds of one block in one thread, the first, which is slower than those after it. */
  readonly measured: { readonly runs: number; readonly seconds: number };
  readonly seconds: number;
  readonly diskBytes: number;
  readonly memoryBytes: number;
}

/** Memory of a thread beside its numbers; Node needs about this much for an isolate with the engine in it. */
const THREAD_BYTES = 40 * 2 ** 20;

/** Of a digest: mean, squares and extremes of a cell; a byte for each draw comes with them. */
const DIGEST_CELL_BYTES = 4 * 8;

/** Computes the first block, writes it, measures both, and takes everything away again. */
export function estimateRun(plan: EnsemblePlan, workers: number, keep: Keep = KEEP_ALL): RunEstimate {
  const runBlock = isContinued(plan) ? createContinuedRunner(plan) : createBlockRunner(plan);
  const started = performance.now();
  const block = runBlock(0);
  const seconds = (performance.now() - started) / 1000;
  const scenarios = plan.scenarios.length;
  const blocks = blockCount(plan);
  const threads = Math.min(Math.max(workers, 1), blocks);
  const disk = bytesOnDisk(plan, block, keep);
  const share = plan.draws / block.draws;
  return {
    scenarios,
    draws: plan.draws,
    runs: scenarios * plan.draws,
    blocks,
    workers,
    measured: { runs: scenarios * block.draws, seconds },
    seconds: (seconds * share) / threads,
    diskBytes: disk.fixed + disk.block * share,
    memoryBytes: memory(plan, block, threads, keep),
  };
}

/** Bytes of a results folder that hold the block, and those that do not depend on the number of draws. */
function bytesOnDisk(plan: EnsemblePlan, block: BlockResult, keep: Keep): { block: number; fixed: number } {
  const parent = mkdtempSync(join(tmpdir(), "terrace-dry-run-"));
  const folder = join(parent, "results");
  const { catalog } = plan;
  const summary = createSummary(catalog, block.draws);
  const writer = new ResultsWriter(folder, { catalog, manifest: {}, keep });
  try {
    writer.addBlock(block);
    summary.addBlock(block);
    writer.finish(summary.finishByContrast(), {});
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((f) => f.replaceAll("\\", "/"));
    const bytes = (wanted: boolean): number =>
      files
        .filter((f) => /^(runs\/|draws\.arrow|checkpoint\.arrow)/.test(f) === wanted)
        .reduce((sum, f) => sum + statSync(join(folder, f)).size, 0);
    return { block: bytes(true), fixed: bytes(false) };
  } finally {
    writer.abandon();
    rmSync(parent, { recursive: true });
  }
}

/** This process as it is now, threads with their runs and the blocks that they are ahead, and the summary. */
function memory(plan: EnsemblePlan, block: BlockResult, threads: number, keep: Keep): number {
  const numbers = block.tables.reduce((sum, t) => sum + t.byteLength, block.drawValues.byteLength);
  const lanes = plan.program.slotCount * Math.min(plan.lanes, plan.blockDraws) * 8;
  const summary = planSummary(plan.catalog, plan.draws);
  // A thread holds the block that it computes, and two wait; where nobody wants the values, two scenarios and digests of all.
  const { cells, contrasts } = layOutSummary(plan.catalog);
  // A large summary has one contrast in memory, and so have the digests that are made for it.
  const parts = isLargeSummary(plan) ? contrasts.length : 1;
  const digest = (cells * (DIGEST_CELL_BYTES + block.draws)) / parts;
  const isLean = keep.kind === "summary" && summary.method === "histogram";
  const blocks = isLean
    ? (numbers * Math.min(2, plan.scenarios.length)) / plan.scenarios.length + 2 * digest
    : 3 * numbers;
  return process.memoryUsage.rss() + threads * (THREAD_BYTES + lanes + blocks) + summary.bytes / parts;
}

/** The estimate in words, a line each. */
export function describeEstimate(e: RunEstimate, language: Language): string[] {
  const measured = `${e.measured.runs} / ${duration(e.measured.seconds, language)}`;
  if (language === "zh") {
    return [
      `运行：${e.scenarios} 个情景 × ${e.draws} 次抽样 = ${e.runs} 次，分 ${e.blocks} 块`,
      `磁盘：约 ${size(e.diskBytes)}`,
      `内存：约 ${size(e.memoryBytes)}`,
      `时间：约 ${duration(e.seconds, language)}（${e.workers} 个线程；实测一块：${measured}）`,
    ];
  }
  return [
    `runs:    ${count(e.scenarios, "scenario")} × ${count(e.draws, "draw")} = ${e.runs}, in ${count(e.blocks, "block")}`,
    `disk:    about ${size(e.diskBytes)}`,
    `memory:  about ${size(e.memoryBytes)}`,
    `time:    about ${duration(e.seconds, language)} with ${count(e.workers, "worker")} (one block measured: ${measured})`,
  ];
}

function size(bytes: number): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  const unit = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1);
  return `${Number((bytes / 1000 ** unit).toPrecision(2))} ${units[unit]}`;
}

function duration(seconds: number, language: Language): string {
  const [value, en, zh] =
    seconds < 90
      ? [seconds, "s", "秒"]
      : seconds < 5400
        ? [seconds / 60, "min", "分钟"]
        : [seconds / 3600, "h", "小时"];
  return `${Number(value.toPrecision(2))} ${language === "zh" ? zh : en}`;
}
