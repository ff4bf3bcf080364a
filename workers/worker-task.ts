/**
 * The task of a worker thread: it takes one block after the other from the claim board until none is left.
 *
 * Piscina loads this file in each thread and calls the default export once. Results and errors go back over the task's own
 * port as data; numbers are moved, not copied.
 */
import type { MessagePort } from "node:worker_threads";
import type { BlockResult } from "../engine/ensemble/block-result.ts";
import type { Catalog } from "../engine/ensemble/catalog.ts";
import { BlockDigester, digestBuffers, SharedBins } from "../engine/statistics/block-digest.ts";
import { type BlockPlan, blockDraws, loadRunner, type RunBlock } from "./block-plan.ts";
import { ClaimBoard } from "./claim-board.ts";
import type { Delivery } from "./deliver-in-order.ts";
import { type ErrorData, errorData } from "./ensemble-error.ts";
import { unpackPlan } from "./packed-plan.ts";

export interface WorkerTask {
  readonly worker: number;
  /** See `packPlan`. */
  readonly plan: BlockPlan;
  /** Numbers of the blocks to compute; a position counts in this list. */
  readonly blocks: readonly number[];
  /** Positions to compute before any is claimed: those that an earlier thread of this worker left unfinished. */
  readonly again: readonly number[];
  readonly runnerModule: string;
  readonly board: SharedArrayBuffer;
  /** The bins of the summary: with them the worker makes a digest of each block. */
  readonly bins: SharedArrayBuffer | undefined;
  /** Nobody wants the values of a block of which there is a digest. */
  readonly digestSuffices: boolean;
  readonly port: MessagePort;
}

export type WorkerMessage =
  | ({ readonly kind: "block"; readonly position: number } & Delivery)
  /** The computation of a block threw, or nothing could be computed at all. */
  | { readonly kind: "error"; readonly position: number | undefined; readonly error: ErrorData };

/** Milliseconds after which a thread that waits looks whether the work has been stopped. */
const PATIENCE = 100;

/** Computes blocks until none is left, the work is stopped, or a block throws. */
export default async function runWorker(task: WorkerTask): Promise<void> {
  const { worker, port, blocks } = task;
  const board = ClaimBoard.from(task.board);
  let position: number | undefined;
  try {
    const computer = new BlockComputer(task, board, await loadRunner(task.runnerModule, unpackPlan(task.plan)));
    const again = [...task.again];
    for (;;) {
      position = again.shift() ?? board.claim(worker);
      if (position === undefined || !board.waitForTurn(position)) return;
      const delivery = computer.compute(blocks[position]!);
      if (delivery === undefined) return;
      const { result, digest } = delivery;
      const buffers = digest === undefined ? [] : digestBuffers(digest);
      post(port, { kind: "block", position, result, ...(digest && { digest }) }, [...buffersOf(result), ...buffers]);
    }
  } catch (thrown) {
    post(port, { kind: "error", position, error: errorData(thrown) }, []);
  }
}

/** Computes blocks, with digests where the summary takes them. */
class BlockComputer {
  readonly #task: WorkerTask;
  readonly #board: ClaimBoard;
  readonly #runBlock: RunBlock;
  readonly #bins: SharedBins | undefined;
  readonly #digester: BlockDigester | undefined;
  /** Whoever gathers the blocks fixes the bins by block 0, which some thread computes. */
  readonly #binsWillCome: boolean;
  #spare: readonly Float64Array[] = [];

  constructor(task: WorkerTask, board: ClaimBoard, runBlock: RunBlock) {
    this.#task = task;
    this.#board = board;
    this.#runBlock = runBlock;
    this.#bins = task.bins && new SharedBins(task.bins);
    this.#digester = this.#bins && new BlockDigester(catalogOf(task.plan), this.#bins);
    this.#binsWillCome = task.blocks[0] === 0;
  }

  /** A block, as much of it as is wanted; nothing if the work has been stopped. */
  compute(block: number): Delivery | undefined {
    const { plan, digestSuffices } = this.#task;
    const { byPairs } = this.#runBlock;
    const isLean = digestSuffices && byPairs !== undefined && plan.catalog.scenarios.length > 1;
    // The lean way needs the bins while it computes; else a thread may as well wait when it has computed.
    if (isLean && !this.#waitForBins(block)) return undefined;
    const digest = isLean ? this.#digester?.byPairs(blockDraws(plan, block).draws) : undefined;
    if (byPairs && digest) return { result: byPairs(block, digest.add), digest: digest.finish() };
    const whole = this.#runBlock(block, this.#spare);
    return this.#waitForBins(block) ? this.#digested(whole) : undefined;
  }

  #digested(whole: BlockResult): Delivery {
    const digest = this.#digester?.digest(whole);
    if (digest === undefined || !this.#task.digestSuffices) {
      this.#spare = [];
      return { result: whole, ...(digest && { digest }) };
    }
    this.#spare = whole.tables;
    return { result: { ...whole, tables: [] }, digest };
  }

  /** Waits until a block can have a digest, if it can have one. Says no if the work has been stopped. */
  #waitForBins(block: number): boolean {
    if (this.#bins === undefined || !this.#binsWillCome || block === 0) return true;
    while (!this.#bins.wait(PATIENCE)) if (this.#board.isStopped) return false;
    return true;
  }
}

/** Whoever asks for digests gives a plan with the catalog of the summary. */
function catalogOf(plan: BlockPlan): Catalog {
  return plan.catalog as Catalog;
}

function post(port: MessagePort, message: WorkerMessage, transfer: ArrayBuffer[]): void {
  port.postMessage(message, transfer);
}

/** The buffers behind the numbers of a block, each once. */
function buffersOf(result: BlockResult): ArrayBuffer[] {
  const { tables, failed, drawValues, identityResiduals, checkpoint = [] } = result;
  const arrays = [...tables, failed, drawValues, identityResiduals, ...checkpoint];
  const buffers = new Set<ArrayBuffer>();
  for (const { buffer } of arrays) if (buffer instanceof ArrayBuffer) buffers.add(buffer);
  return [...buffers];
}
