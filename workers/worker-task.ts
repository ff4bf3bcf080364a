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
import { type BlockPlan, loadRunner } from "./block-plan.ts";
import { ClaimBoard } from "./claim-board.ts";
import type { Delivery } from "./deliver-in-order.ts";
import { type ErrorData, errorData } from "./ensemble-error.ts";

export interface WorkerTask {
  readonly worker: number;
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
    const runBlock = await loadRunner(task.runnerModule, task.plan);
    const bins = task.bins && new SharedBins(task.bins);
    const digester = bins && new BlockDigester(catalogOf(task.plan), bins);
    const fixesBins = blocks[0] === 0;
    const again = [...task.again];
    let spare: readonly Float64Array[] = [];
    for (;;) {
      position = again.shift() ?? board.claim(worker);
      if (position === undefined || !board.waitForTurn(position)) return;
      const whole = runBlock(blocks[position]!, spare);
      // Whoever gathers the blocks fixes the bins by block 0, which somebody is computing.
      const waits = bins !== undefined && fixesBins && whole.block !== 0;
      while (waits && !bins.wait(PATIENCE)) if (board.isStopped) return;
      const digest = digester?.digest(whole);
      const staysHere = digest !== undefined && task.digestSuffices;
      spare = staysHere ? whole.tables : [];
      const result = staysHere ? { ...whole, tables: [] } : whole;
      const buffers = digest === undefined ? [] : digestBuffers(digest);
      post(port, { kind: "block", position, result, ...(digest && { digest }) }, [...buffersOf(result), ...buffers]);
    }
  } catch (thrown) {
    post(port, { kind: "error", position, error: errorData(thrown) }, []);
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
