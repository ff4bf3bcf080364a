/**
 * Runs an ensemble: blocks are computed by threads, or inline, and handed over one by one in order of their numbers.
 *
 *     board ◄── claims ── workers ── results ──► in order ──► onBlock
 *       └─────────── limit, raised with each block handed over ┘
 *
 * What `onBlock` sees does not depend on the number of workers, on their speed, or on crashes among them.
 */
import type { BlockResult } from "../engine/ensemble/block-result.ts";
import type { BlockDigest } from "../engine/statistics/block-digest.ts";
import { BlockComputer, type BlockWork } from "./block-computer.ts";
import { type BlockPlan, blockCount, blockDraws, loadRunner } from "./block-plan.ts";
import { type Delivery, InOrder } from "./deliver-in-order.ts";
import type { DigestPlan } from "./digest-plan.ts";
import { diskProblem, EnsembleError, errorData, type WorkerCrash } from "./ensemble-error.ts";
import { type Progress, ProgressMeter } from "./progress.ts";
import { runOnThreads } from "./thread-pool.ts";

export interface RunOptions {
  /** Number of threads; 0 computes in this thread, between turns of the event loop. */
  readonly workers: number;
  /**
   * Takes each block, in order. It runs to its end before the next block is handed over; what it throws ends the run.
   * The block's arrays belong to the receiver.
   */
  readonly onBlock: (result: BlockResult, digest?: BlockDigest) => void;
  /** Makes workers hand over a digest with each block, for the summary whose bins it has; without the block's tables if it suffices. */
  readonly digests?: DigestPlan;
  /** Asked after each block; with the answer `true` the run is complete, and the blocks after it are left out. */
  readonly isEnough?: () => boolean;
  /** Called after each block. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called when a worker thread dies. */
  readonly onCrash?: (crash: WorkerCrash) => void;
  /** Ends the run early, and all its threads. */
  readonly signal?: AbortSignal;
  /** Numbers of the blocks to compute, ascending; default all. */
  readonly blocks?: readonly number[];
  /** How many blocks workers may be ahead of the block handed over last, at least 1; default two for each worker. */
  readonly window?: number;
  /** Module that exports `createBlockRunner`; default the engine's. */
  readonly runnerModule?: URL;
  /** Limit of a thread's heap, in MiB; default that of Node. */
  readonly heapMegabytes?: number;
}

export interface RunReport {
  /** `interrupted`: the signal came before all blocks were handed over. */
  readonly outcome: "complete" | "interrupted";
  readonly workers: number;
  readonly seconds: number;
  /** What was handed over. */
  readonly progress: Progress;
  readonly crashes: readonly WorkerCrash[];
}

/** How many blocks workers may be ahead of the block handed over last, if nothing is said. */
export const defaultWindow = (workers: number): number => 2 * workers;

/** Tries that a block has when workers crash over it. */
export const MAX_TRIES = 3;

/**
 * Computes the blocks of a plan.
 *
 * When the promise settles all threads have ended, whatever the outcome.
 * @throws EnsembleError if a block cannot be computed; ResultsError if a disk takes no more of its digest; or what `onBlock` threw; RangeError for options out of range.
 */
export async function runEnsemble<Plan extends BlockPlan>(plan: Plan, options: RunOptions): Promise<RunReport> {
  requireWhole("workers", options.workers, 0);
  // With a window of 0 every worker would wait for ever.
  requireWhole("window", options.window ?? 1, 1);
  const blocks = options.blocks ?? Array.from({ length: blockCount(plan) }, (_, block) => block);
  const scenarios = plan.catalog.scenarios.length;
  const runs = blocks.reduce((sum, block) => sum + blockDraws(plan, block).draws * scenarios, 0);
  const meter = new ProgressMeter(blocks.length, runs);
  const crashes: WorkerCrash[] = [];
  const enough = new AbortController();
  const queue = new InOrder(({ result, digest }) => {
    options.onBlock(result, digest);
    meter.add(result.draws * scenarios, countFailed(result));
    options.onProgress?.(meter.now());
    if (options.isEnough?.()) {
      enough.abort();
      queue.close();
    }
  });
  const signal = options.signal ? AbortSignal.any([options.signal, enough.signal]) : enough.signal;

  const runnerModule = (options.runnerModule ?? defaultRunnerModule()).href;
  if (options.workers === 0) {
    await runInline({ plan, blocks, digests: options.digests }, runnerModule, queue, signal);
  } else {
    await runOnThreads(plan, blocks, queue, {
      workers: Math.min(options.workers, Math.max(1, blocks.length)),
      window: options.window ?? defaultWindow(options.workers),
      maxTries: MAX_TRIES,
      runnerModule,
      signal,
      heapMegabytes: options.heapMegabytes,
      digests: options.digests,
      onCrash: (crash) => {
        crashes.push(crash);
        options.onCrash?.(crash);
      },
    });
  }
  return {
    outcome: queue.delivered === blocks.length || enough.signal.aborted ? "complete" : "interrupted",
    workers: options.workers,
    seconds: meter.seconds,
    progress: meter.now(),
    crashes,
  };
}

/** Computes the blocks in this thread, through the same queue as the threads' results. */
async function runInline(
  work: BlockWork,
  runnerModule: string,
  queue: InOrder,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { plan, blocks } = work;
  if (blocks.length === 0) return;
  const computer = new BlockComputer(work, await loadRunner(runnerModule, plan), () => signal?.aborted ?? false);
  for (const [position, block] of blocks.entries()) {
    // A turn of the event loop lets signals and timers through.
    await new Promise((resolve) => setImmediate(resolve));
    if (signal?.aborted) return;
    let delivery: Delivery;
    try {
      delivery = computer.compute(block, position);
    } catch (thrown) {
      if (diskProblem(thrown)) throw thrown;
      throw new EnsembleError("block-failed", errorData(thrown), { block, ...blockDraws(plan, block), tries: 1 });
    }
    queue.put(position, delivery);
  }
}

function requireWhole(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) throw new RangeError(`invalid ${name}: ${value}`);
}

/** The engine's runner, as source or as built: with the extension of this file. */
function defaultRunnerModule(): URL {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return new URL(`../engine/ensemble/run-block.${extension}`, import.meta.url);
}

function countFailed(result: BlockResult): number {
  let failed = 0;
  for (const flag of result.failed) failed += flag;
  return failed;
}
