/** In how many draws each paired difference is above zero. */
import type { SummaryLayout } from "./summary-layout.ts";

export class PositiveCounts {
  /** First cell of the differences: levels come before them. */
  readonly #start: number;
  readonly #counts: Float64Array;

  /** @param counts Where they are kept, a number for each cell of a difference; default new ones. */
  constructor(layout: SummaryLayout, counts?: Float64Array) {
    this.#start = layout.scenarios * layout.contrastCells;
    this.#counts = counts ?? new Float64Array(layout.cells - this.#start);
  }

  /** The count of a cell of a difference. */
  of(cell: number): number {
    return this.#counts[cell - this.#start]!;
  }

  /** Counts the values that a block has in a cell; levels are not counted. */
  addCell(cell: number, values: Float64Array, n: number): void {
    if (cell < this.#start) return;
    let count = 0;
    for (let i = 0; i < n; i++) if (values[i]! > 0) count++;
    this.#counts[cell - this.#start]! += count;
  }

  /** The counts themselves, to be saved or restored. */
  get counts(): Float64Array {
    return this.#counts;
  }

  /** Adds the counts of others, as {@link counts} gives them. */
  merge(counts: Float64Array): void {
    for (let i = 0; i < this.#counts.length; i++) this.#counts[i]! += counts[i]!;
  }
}
