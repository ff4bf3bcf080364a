/** Why an ensemble could not be computed, as data; and how an error crosses from a thread. */

import { ResultsError, type ResultsProblem } from "../output/results/results-error.ts";

/** An error as plain data: own fields of a thrown error do not survive the way between threads. */
export interface ErrorData {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
}

export function errorData(thrown: unknown): ErrorData {
  if (thrown instanceof Error) return { name: thrown.name, message: thrown.message, stack: thrown.stack ?? "" };
  return { name: "Error", message: String(thrown), stack: "" };
}

/** That a disk took no more, which is no fault of the block that was computed; as plain data. */
export function diskProblem(thrown: unknown): ResultsProblem | undefined {
  return thrown instanceof ResultsError && thrown.problem.code === "write-failed" ? thrown.problem : undefined;
}

/** A thread that ended before its work was done. */
export interface WorkerCrash {
  readonly worker: number;
  readonly cause: ErrorData;
  /** Blocks that it had begun and that are computed again, unless one of them has no tries left. */
  readonly blocks: readonly number[];
}

export type EnsembleErrorCode =
  /** A block could not be computed: its computation threw, or the worker crashed each time. */
  | "block-failed"
  /** Workers end before they begin a block. */
  | "worker-crashed";

export interface FailedBlock {
  readonly block: number;
  readonly firstDraw: number;
  readonly draws: number;
  /** How often it was tried. */
  readonly tries: number;
}

/** An ensemble that cannot be completed. Blocks delivered before it are whole and in order. */
export class EnsembleError extends Error {
  readonly code: EnsembleErrorCode;
  readonly failedBlock: FailedBlock | undefined;
  readonly thrown: ErrorData;

  constructor(code: EnsembleErrorCode, thrown: ErrorData, failedBlock?: FailedBlock) {
    super(describe(code, thrown, failedBlock));
    this.name = "EnsembleError";
    this.code = code;
    this.thrown = thrown;
    this.failedBlock = failedBlock;
  }
}

function describe(code: EnsembleErrorCode, thrown: ErrorData, failed: FailedBlock | undefined): string {
  const cause = `${thrown.name}: ${thrown.message}`;
  if (code === "worker-crashed" || failed === undefined) return `workers end before they begin a block (${cause})`;
  const tries = failed.tries === 1 ? "" : ` after ${failed.tries} tries`;
  const last = failed.firstDraw + failed.draws - 1;
  return `block ${failed.block} (draws ${failed.firstDraw} to ${last}) could not be computed${tries} (${cause})`;
}
