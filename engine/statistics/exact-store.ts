/** The exact store of a summary: it keeps the blocks, and sorts the values of a cell when its quantiles are asked for. */
import type { BlockResult } from "../ensemble/block-result.ts";
import type { OrderStatistics } from "./quantile.ts";
import type { SampleStore } from "./sample-store.ts";
import { drawsOfContrast, gatherCell, type SummaryLayout } from "./summary-layout.ts";

export class ExactStore implements SampleStore {
  readonly #layout: SummaryLayout;
  readonly #blocks = new Map<number, BlockResult>();

  constructor(layout: SummaryLayout) {
    this.#layout = layout;
  }

  /** Keeps the block itself, not a copy: its arrays must not change afterwards. */
  addBlock(block: BlockResult): boolean {
    this.#blocks.set(block.block, block);
    return false;
  }

  addCell(): void {
    throw new Error("an exact summary keeps whole blocks");
  }

  /** Nothing needs to be fixed: every value is kept. */
  fixBins(): void {}

  merge(other: SampleStore): void {
    if (!(other instanceof ExactStore)) throw new Error("an exact summary cannot take in a sketch");
    for (const [number, block] of other.#blocks) this.#blocks.set(number, block);
  }

  forEachSample(visit: (cell: number, sample: OrderStatistics) => void): void {
    const layout = this.#layout;
    // The order of blocks does not matter, since the values are sorted; numeric order keeps memory access regular.
    const blocks = [...this.#blocks.values()].sort((a, b) => a.block - b.block);
    const sample = new SortedSample(blocks.reduce((sum, block) => sum + block.draws, 0));
    for (const [position, contrast] of layout.contrasts.entries()) {
      const draws = blocks.map((block) => drawsOfContrast(block, contrast));
      for (const cells of layout.indicators) {
        let cell = position * layout.contrastCells + cells.offset;
        for (let key = 0; key < cells.keys; key++) {
          for (let time = 0; time < layout.times; time++, cell++) {
            let n = 0;
            for (const [i, block] of blocks.entries()) {
              gatherCell(layout, block, contrast, cells, key, time, draws[i]!, sample.values, n);
              n += draws[i]!.length;
            }
            sample.sort(n);
            visit(cell, sample);
          }
        }
      }
    }
  }
}

/** Values in ascending order, in an array that is used for one cell after the other. */
class SortedSample implements OrderStatistics {
  readonly values: Float64Array;
  n = 0;

  constructor(capacity: number) {
    this.values = new Float64Array(capacity);
  }

  /** Sorts the first n values: numerically, with -0 before 0. */
  sort(n: number): void {
    this.n = n;
    this.values.subarray(0, n).sort();
  }

  at(rank: number): number {
    return this.values[rank]!;
  }

  errorAt(): number {
    return 0;
  }
}
