/**
 * The task of a worker thread: it takes one block after the other from the claim board until none is left.
 *
 * `worker-start.ts` loads this file in each thread and calls the default export once. Results and errors go back over the task's
 * own port as data; numbers are moved, not copied.
 */
import type { MessagePort } from "node:worker_threads";
import type { BlockResult } from "../engine/ensemble/block-result.ts";
import { digestBuffers } from "../engine/statistics/block-digest.ts";
import type { ResultsProblem } from "../output/results/results-error.ts";
import { BlockComputer, WorkStopped } from "./block-computer.ts";
import { type BlockPlan, loadRunner } from "./block-plan.ts";
import { ClaimBoard } from "./claim-board.ts";
import type { Delivery } from "./deliver-in-order.ts";
import type { DigestPlan } from "./digest-plan.ts";
import { diskProblem, type ErrorData, errorData } from "./ensemble-error.ts";
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
  readonly digests: DigestPlan | undefined;
  readonly port: MessagePort;
}

export type WorkerMessage =
  | ({ readonly kind: "block"; readonly position: number } & Delivery)
  /** The computation of a block threw, or nothing could be computed at all. */
  | {
      readonly kind: "error";
      readonly position: number | undefined;
      readonly error: ErrorData;
      /** Of a disk that takes no more. */
      readonly disk?: ResultsProblem;
    };

/** Computes blocks until none is left, the work is stopped, or a block throws. */
export default async function runWorker(task: WorkerTask): Promise<void> {
  const { worker, port, blocks } = task;
  const board = ClaimBoard.from(task.board);
  let position: number | undefined;
  try {
    const plan = unpackPlan(task.plan);
    const runBlock = await loadRunner(task.runnerModule, plan);
    const computer = new BlockComputer({ ...task, plan }, runBlock, () => board.isStopped);
    const again = [...task.again];
    for (;;) {
      position = again.shift() ?? board.claim(worker);
      if (position === undefined || !board.waitForTurn(position)) return;
      const delivery = computer.compute(blocks[position]!, position);
      const { result, digest } = delivery;
      const buffers = digest === undefined ? [] : digestBuffers(digest);
      post(port, { kind: "block", position, result, ...(digest && { digest }) }, [...buffersOf(result), ...buffers]);
    }
  } catch (thrown) {
    if (thrown instanceof WorkStopped) return;
    const disk = diskProblem(thrown);
    post(port, { kind: "error", position, error: errorData(thrown), ...(disk && { disk }) }, []);
  }
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
