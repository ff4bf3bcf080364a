/** Brings results that arrive in any order into the order of the blocks. */
import type { BlockResult } from "../engine/ensemble/block-result.ts";
import type { BlockDigest } from "../engine/statistics/block-digest.ts";

/** A block, and what its worker has made of it for the summary, if it could. */
export interface Delivery {
  readonly result: BlockResult;
  readonly digest?: BlockDigest;
}

export class InOrder {
  readonly #deliver: (delivery: Delivery) => void;
  readonly #early = new Map<number, Delivery>();
  #next = 0;
  #isClosed = false;

  /** @param deliver Takes each result once, in order of position. */
  constructor(deliver: (delivery: Delivery) => void) {
    this.#deliver = deliver;
  }

  /** Positions below it are delivered. */
  get delivered(): number {
    return this.#next;
  }

  /** Whether the result of a position is here already. */
  has(position: number): boolean {
    return position < this.#next || this.#early.has(position);
  }

  /** Takes a result, and delivers all that are due now. A second result for a position is the same by purity and is left. */
  put(position: number, delivery: Delivery): void {
    if (this.has(position)) return;
    this.#early.set(position, delivery);
    for (let due = this.#early.get(this.#next); due !== undefined; due = this.#early.get(this.#next)) {
      if (this.#isClosed) return;
      this.#early.delete(this.#next);
      this.#next++;
      this.#deliver(due);
    }
  }

  /** Delivers nothing from now on. */
  close(): void {
    this.#isClosed = true;
    this.#early.clear();
  }
}
