/** In how many draws each paired difference is above zero. */
import type { BlockResult } from "../ensemble/block-result.ts";
import { forEachCell, type SummaryLayout } from "./summary-layout.ts";

export class PositiveCounts {
  readonly #layout: SummaryLayout;
  /** First cell of the differences: levels come before them. */
  readonly #start: number;
  readonly #counts: Float64Array;

  constructor(layout: SummaryLayout) {
    this.#layout = layout;
    this.#start = layout.scenarios * layout.contrastCells;
    this.#counts = new Float64Array(layout.cells - this.#start);
  }

  /** The count of a cell of a difference. */
  of(cell: number): number {
    return this.#counts[cell - this.#start]!;
  }

  addBlock(block: BlockResult): void {
    forEachCell(this.#layout, block, (cell, values, n) => {
      if (cell < this.#start) return;
      let count = 0;
      for (let i = 0; i < n; i++) if (values[i]! > 0) count++;
      this.#counts[cell - this.#start]! += count;
    });
  }

  merge(other: PositiveCounts): void {
    for (let i = 0; i < this.#counts.length; i++) this.#counts[i]! += other.#counts[i]!;
  }
}
