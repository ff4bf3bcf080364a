/**
 * Worker threads under Piscina: one long task a thread, and a new thread for each that dies.
 *
 * A block whose thread died is computed again by the thread that takes its place; the others go on meanwhile, as far as the
 * window lets them.
 */
import { MessageChannel, type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { Piscina } from "piscina";
import { ResultsError } from "../output/results/results-error.ts";
import { type BlockPlan, blockDraws } from "./block-plan.ts";
import { ClaimBoard } from "./claim-board.ts";
import type { InOrder } from "./deliver-in-order.ts";
import type { DigestPlan } from "./digest-plan.ts";
import { EnsembleError, type ErrorData, errorData, type FailedBlock, type WorkerCrash } from "./ensemble-error.ts";
import { packPlan } from "./packed-plan.ts";
import type { WorkerMessage, WorkerTask } from "./worker-task.ts";

/**
 * Of a thread's heap, in MiB, for young objects: three times the 2 MiB in which it makes new ones. A run's numbers lie in arrays outside of the
 * heap, so that more would only be taken and not used.
 */
const YOUNG_MEGABYTES = 6;

export interface ThreadOptions {
  readonly workers: number;
  /** Positions beyond the last delivered one that may be computed. */
  readonly window: number;
  readonly maxTries: number;
  readonly runnerModule: string;
  readonly signal: AbortSignal | undefined;
  readonly heapMegabytes: number | undefined;
  readonly digests: DigestPlan | undefined;
  readonly onCrash: (crash: WorkerCrash) => void;
}

/**
 * Computes the blocks at all positions and puts them into the queue.
 *
 * Returns when all are delivered or the signal came; no thread is left then.
 * @throws EnsembleError if a block cannot be computed; ResultsError if a disk takes no more of its digest; or what the queue's receiver threw.
 */
export async function runOnThreads(
  plan: BlockPlan,
  blocks: readonly number[],
  queue: InOrder,
  options: ThreadOptions,
): Promise<void> {
  if (blocks.length === 0 || options.signal?.aborted) return;
  const run = new ThreadRun(plan, blocks, queue, options);
  await run.finish();
}

class ThreadRun {
  readonly #plan: BlockPlan;
  /** The plan as the threads get it. */
  readonly #packed: BlockPlan;
  readonly #blocks: readonly number[];
  readonly #queue: InOrder;
  readonly #options: ThreadOptions;
  readonly #board: ClaimBoard;
  readonly #pool: Piscina;
  /** Crashes over a position so far. */
  readonly #crashesAt = new Map<number, number>();
  #idleCrashes = 0;
  #failure: unknown;
  #isStopped = false;
  /** Set as soon as the pool is told to end; settles when its threads have ended. */
  #ended: Promise<void> | undefined;

  constructor(plan: BlockPlan, blocks: readonly number[], queue: InOrder, options: ThreadOptions) {
    this.#plan = plan;
    this.#packed = packPlan(plan);
    this.#blocks = blocks;
    this.#queue = queue;
    this.#options = options;
    this.#board = ClaimBoard.create(blocks.length, options.window);
    this.#pool = new Piscina({
      filename: workerFile(),
      minThreads: options.workers,
      maxThreads: options.workers,
      // With `sync` Piscina would freeze the thread's event loop between tasks.
      atomics: "async",
      recordTiming: false,
      resourceLimits: {
        maxYoungGenerationSizeMb: YOUNG_MEGABYTES,
        ...(options.heapMegabytes !== undefined && { maxOldGenerationSizeMb: options.heapMegabytes }),
      },
    });
    // Without a listener an error of a thread that has no task would end the process; the task's own promise reports it.
    this.#pool.on("error", (error: unknown) => this.#fail(error));
  }

  async finish(): Promise<void> {
    const { signal, workers } = this.#options;
    const abort = () => this.#stop();
    signal?.addEventListener("abort", abort, { once: true });
    try {
      await Promise.all(Array.from({ length: workers }, (_, worker) => this.#runWorker(worker)));
    } finally {
      signal?.removeEventListener("abort", abort);
      await this.#end();
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Keeps one worker going until there is nothing left for it, with as many threads one after the other as it takes. */
  async #runWorker(worker: number): Promise<void> {
    let again: readonly number[] = [];
    while (!this.#isStopped) {
      const { port1: port, port2 } = new MessageChannel();
      port.on("message", (message: WorkerMessage) => this.#receive(message));
      let cause: ErrorData | undefined;
      try {
        await this.#pool.run(this.#task(worker, again, port2), { transferList: [port2] });
      } catch (thrown) {
        cause = errorData(thrown);
      }
      // Messages sent before the thread ended may still be on their way.
      this.#drain(port);
      port.close();
      if (cause === undefined || this.#isStopped) return;
      again = this.#recover(worker, cause);
    }
  }

  #task(worker: number, again: readonly number[], port: MessagePort): WorkerTask {
    const { runnerModule, digests } = this.#options;
    return {
      worker,
      plan: this.#packed,
      blocks: this.#blocks,
      again,
      runnerModule,
      board: this.#board.buffer,
      digests,
      port,
    };
  }

  #drain(port: MessagePort): void {
    for (let received = receiveMessageOnPort(port); received !== undefined; received = receiveMessageOnPort(port)) {
      this.#receive(received.message as WorkerMessage);
    }
  }

  #receive(message: WorkerMessage): void {
    if (this.#isStopped) return;
    if (message.kind === "error") {
      const { disk, error, position } = message;
      const failed = position === undefined ? undefined : this.#failedBlock(position, 1);
      const code = failed === undefined ? "worker-crashed" : "block-failed";
      this.#fail(disk ? new ResultsError(disk) : new EnsembleError(code, error, failed));
      return;
    }
    try {
      this.#queue.put(message.position, message);
    } catch (thrown) {
      this.#fail(thrown);
      return;
    }
    this.#board.raiseLimit(this.#queue.delivered + this.#options.window);
  }

  /** Positions that a dead thread left unfinished; the run fails if one of them has no tries left. */
  #recover(worker: number, cause: ErrorData): number[] {
    const { maxTries, onCrash } = this.#options;
    const unfinished = this.#board.claimedBy(worker).filter((position) => !this.#queue.has(position));
    onCrash({ worker, cause, blocks: unfinished.map((position) => this.#blocks[position]!) });
    for (const position of unfinished) {
      const tries = (this.#crashesAt.get(position) ?? 0) + 1;
      this.#crashesAt.set(position, tries);
      if (tries >= maxTries) {
        this.#fail(new EnsembleError("block-failed", cause, this.#failedBlock(position, tries)));
      }
    }
    if (unfinished.length === 0) {
      this.#idleCrashes += 1;
      if (this.#idleCrashes >= maxTries * this.#options.workers) this.#fail(new EnsembleError("worker-crashed", cause));
    }
    return unfinished;
  }

  #failedBlock(position: number, tries: number): FailedBlock {
    const block = this.#blocks[position]!;
    return { block, ...blockDraws(this.#plan, block), tries };
  }

  /** Ends the run with an error; the first one counts. */
  #fail(error: unknown): void {
    if (this.#isStopped) return;
    this.#failure = error;
    this.#stop();
  }

  /** Ends all threads, at once also those in the middle of a block. */
  #stop(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#board.stop();
    this.#queue.close();
    // Outstanding tasks reject now, which ends the loops of `#runWorker`; `finish` awaits the threads' end.
    void this.#end();
  }

  /** Ends the pool once: a second call of `destroy` would not wait for the threads that the first one ends. */
  #end(): Promise<void> {
    this.#ended ??= this.#pool.destroy();
    return this.#ended;
  }
}

/** The thread's file, as source or as built: with the extension of this file. */
function workerFile(): string {
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return new URL(`./worker-start.${extension}`, import.meta.url).href;
}
