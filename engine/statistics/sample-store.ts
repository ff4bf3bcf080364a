/** What a summary keeps of the values of each cell to give their quantiles: all of them, or counts in bins. */
import type { BlockResult } from "../ensemble/block-result.ts";
import type { OrderStatistics } from "./quantile.ts";

export interface SampleStore {
  /** Takes in the values of a block, which the caller has not added before. */
  addBlock(block: BlockResult): void;
  /**
   * Fixes by block 0 what must be the same for everyone, without adding it; whoever summarises other blocks only (a shard)
   * calls this first, with block 0 computed again.
   */
  fixBins(first: BlockResult): void;
  /** Takes in what another store of the same kind and layout holds. */
  merge(other: SampleStore): void;
  /**
   * Calls `visit` once a cell, in cell order.
   *
   * The sample handed over is used again for the next cell.
   */
  forEachSample(visit: (cell: number, sample: OrderStatistics) => void): void;
}
