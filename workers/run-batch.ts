/**
 * Runs an ensemble, or a shard of one, into a results folder: what is done is secured on the way, and a run that was broken off
 * goes on.
 *
 *     blocks ── rows ──► results writer ──► files ┐ secured together from time to time
 *        └───── values ─► summary ────────► state ┘
 */
import type { BlockResult } from "../engine/ensemble/block-result.ts";
import type { Catalog } from "../engine/ensemble/catalog.ts";
import type { BlockDigest } from "../engine/statistics/block-digest.ts";
import { createSummary, type EnsembleSummary, restoreSummary } from "../engine/statistics/ensemble-summary.ts";
import type { Keep } from "../output/results/keep.ts";
import type { Shard } from "../output/results/manifest.ts";
import { ResultsWriter } from "../output/results/results-writer.ts";
import { SummaryScratch } from "../output/results/summary-scratch.ts";
import { type BlockPlan, blockCount } from "./block-plan.ts";
import { planDigests } from "./digest-plan.ts";
import { EnsembleError } from "./ensemble-error.ts";
import { defaultWindow, type RunOptions, type RunReport, runEnsemble } from "./run-ensemble.ts";

type Threads = Pick<
  RunOptions,
  "workers" | "window" | "heapMegabytes" | "runnerModule" | "signal" | "onCrash" | "onProgress"
>;

export interface BatchOptions extends Threads {
  /** The results folder. */
  readonly folder: string;
  /** What determines the numbers; see `ResultsOptions`. */
  readonly manifest: object;
  readonly force?: boolean;
  readonly resume?: boolean;
  readonly keep?: Keep;
  /** Runs a part of the blocks: shard `index`, from 1, of `of`. */
  readonly shard?: { readonly index: number; readonly of: number };
  /** Told after each block whether the draws so far are enough; not for shards. */
  readonly isEnough?: (summary: EnsembleSummary) => boolean;
  /** When, where and how, for `provenance.json`. */
  readonly provenance: (report: BatchReport) => object;
  /** Called once if the run goes on: with the blocks that are done, and those files whose rows are computed again. */
  readonly onResume?: (blocks: number, lost: readonly string[]) => void;
  /** Bytes up to which summaries are exact. */
  readonly exactBudget?: number;
  /** Bytes from which on a sketch is kept in pages of a file; default `LARGE_SUMMARY`. */
  readonly pagesFrom?: number;
  /** Largest share of the time that securing may take; default 0.05. */
  readonly secureShare?: number;
}

export interface BatchReport extends RunReport {
  /** Blocks that were done by earlier runs. */
  readonly resumedBlocks: number;
  /** Draws of the ensemble that are done, by this run and earlier ones. */
  readonly draws: number;
}

export interface CataloguedPlan extends BlockPlan {
  readonly catalog: Catalog;
}

/** The blocks of a shard: contiguous, and of equal number within one. @throws RangeError for a shard that is not one of `of`. */
export function shardBlocks(plan: BlockPlan, index: number, of: number): Shard {
  if (!Number.isInteger(of) || of < 1 || !Number.isInteger(index) || index < 1 || index > of) {
    throw new RangeError(`invalid shard: ${index}/${of}`);
  }
  const blocks = blockCount(plan);
  const firstBlock = Math.floor((blocks * (index - 1)) / of);
  return { index, of, firstBlock, blocks: Math.floor((blocks * index) / of) - firstBlock };
}

/**
 * Computes what is missing of a batch and completes its folder.
 *
 * When it is interrupted or fails, the partial folder stays and can be gone on with, unless no block was done.
 * @throws ResultsError for a folder that is taken, in use or of another run, or a disk that takes no more; EnsembleError.
 */
export async function runBatch(plan: CataloguedPlan, options: BatchOptions): Promise<BatchReport> {
  const { folder, manifest, force = false, resume = false, keep } = options;
  const shard = options.shard && shardBlocks(plan, options.shard.index, options.shard.of);
  const writer = new ResultsWriter(folder, {
    catalog: plan.catalog,
    manifest,
    force,
    resume,
    ...(keep && { keep }),
    ...(shard && { shard }),
  });
  let batch: Batch | undefined;
  let scratch: SummaryScratch | undefined;
  try {
    const { draws, blockDraws, catalog } = plan;
    const { workers, window: ahead = defaultWindow(workers), exactBudget, pagesFrom: from } = options;
    const sizes = { draws, blockDraws: Math.min(blockDraws, draws), ahead };
    scratch = SummaryScratch.open(writer.partialFolder, { catalog, ...sizes, exactBudget, from });
    batch = new Batch(plan, options, writer, shard, scratch);
    return await batch.run();
  } catch (thrown) {
    if (batch) batch.leave(thrown);
    else if (writer.resumed) writer.suspend();
    else writer.abandon();
    throw thrown;
  } finally {
    scratch?.close();
  }
}

class Batch {
  readonly #plan: CataloguedPlan;
  readonly #options: BatchOptions;
  readonly #writer: ResultsWriter;
  readonly #summary: EnsembleSummary;
  readonly #shard: Shard | undefined;
  readonly #scratch: SummaryScratch | undefined;
  readonly #resumedBlocks: number;
  /** Blocks done, by this run and earlier ones. */
  #done: number;
  #draws: number;
  #securedAt = performance.now();
  #secureCost = 0;

  constructor(
    plan: CataloguedPlan,
    options: BatchOptions,
    writer: ResultsWriter,
    shard: Shard | undefined,
    scratch: SummaryScratch | undefined,
  ) {
    const { catalog, draws } = plan;
    const left = writer.resumed;
    this.#plan = plan;
    this.#options = options;
    this.#writer = writer;
    this.#shard = shard;
    this.#scratch = scratch;
    const pages = scratch?.pages;
    this.#summary = left
      ? restoreSummary(catalog, draws, left.state, options.exactBudget, pages)
      : createSummary(catalog, draws, options.exactBudget, pages);
    this.#resumedBlocks = left?.blocks ?? 0;
    this.#done = this.#resumedBlocks;
    this.#draws = this.#blocks(0, this.#done).reduce((sum, block) => sum + this.#drawsOf(block), 0);
  }

  async run(): Promise<BatchReport> {
    const { isEnough, onResume, provenance } = this.#options;
    const lost = this.#writer.resumed?.lost ?? [];
    if (this.#resumedBlocks > 0) onResume?.(this.#resumedBlocks, lost);
    if (lost.length > 0) await this.#compute(this.#blocks(0, this.#done), (block) => this.#writer.repairBlock(block));
    await this.#fixBins();
    const todo = isEnough?.(this.#summary) ? [] : this.#blocks(this.#done, this.#count);
    const report = await this.#compute(
      todo,
      (block, digest) => this.#add(block, digest),
      isEnough && (() => isEnough(this.#summary)),
    );
    const full: BatchReport = { ...report, resumedBlocks: this.#resumedBlocks, draws: this.#draws };
    if (report.outcome === "interrupted") this.#suspend();
    else {
      const conclusion = this.#shard
        ? ({ kind: "shard", state: this.#summary.save() } as const)
        : ({ kind: "statistics", statistics: this.#summary.finishByContrast() } as const);
      this.#writer.finish(conclusion, provenance(full));
    }
    return full;
  }

  /**
   * Leaves the folder after an error so that the run can go on. Where a block could not be computed, those before it are
   * secured; after any other error rows and summary may be a block apart, and what was secured last counts.
   */
  leave(thrown: unknown): void {
    if (this.#done === 0 || thrown instanceof EnsembleError) this.#suspend();
    else this.#writer.suspend();
  }

  /** Secures what is done, or removes a folder in which nothing is. */
  #suspend(): void {
    if (this.#done === 0) return this.#writer.abandon();
    try {
      if (this.#done > this.#resumedBlocks) this.#writer.secure(this.#summary.save());
    } finally {
      this.#writer.suspend();
    }
  }

  /** Number of blocks of this batch. */
  get #count(): number {
    return this.#shard?.blocks ?? blockCount(this.#plan);
  }

  /** Numbers of the blocks at the positions `from … to - 1`. */
  #blocks(from: number, to: number): number[] {
    const first = this.#shard?.firstBlock ?? 0;
    return Array.from({ length: to - from }, (_, i) => first + from + i);
  }

  #drawsOf(block: number): number {
    return Math.min(this.#plan.blockDraws, this.#plan.draws - block * this.#plan.blockDraws);
  }

  /** A shard that does not hold block 0 computes it for the bins of its sketch. */
  async #fixBins(): Promise<void> {
    const isNeeded = this.#summary.method === "histogram" && this.#shard !== undefined && this.#shard.firstBlock > 0;
    if (isNeeded && this.#done === 0) await this.#compute([0], (block) => this.#summary.fixBins(block));
  }

  async #compute(
    blocks: readonly number[],
    onBlock: (block: BlockResult, digest?: BlockDigest) => void,
    isEnough?: () => boolean,
  ): Promise<RunReport> {
    const { workers, window, heapMegabytes, runnerModule, signal, onCrash, onProgress } = this.#options;
    const bins = this.#summary.shareBins();
    return runEnsemble(this.#plan, {
      workers,
      blocks,
      onBlock,
      ...(bins && {
        digests: planDigests(this.#plan, bins, this.#options.keep?.kind === "summary", this.#scratch?.forDigests),
      }),
      ...(isEnough && { isEnough }),
      ...(window !== undefined && { window }),
      ...(heapMegabytes !== undefined && { heapMegabytes }),
      ...(runnerModule && { runnerModule }),
      ...(signal && { signal }),
      ...(onCrash && { onCrash }),
      ...(onProgress && { onProgress }),
    });
  }

  #add(block: BlockResult, digest: BlockDigest | undefined): void {
    this.#summary.addBlock(block, digest);
    this.#writer.addBlock(block);
    this.#done += 1;
    this.#draws += block.draws;
    this.#secureIfDue();
  }

  /** Secures so often that it takes a small share of the time, and at once after the first block. */
  #secureIfDue(): void {
    const started = performance.now();
    const { secureShare = 0.05 } = this.#options;
    if (started - this.#securedAt < this.#secureCost / secureShare) return;
    this.#writer.secure(this.#summary.save());
    this.#securedAt = performance.now();
    this.#secureCost = this.#securedAt - started;
  }
}
