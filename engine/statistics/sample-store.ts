/** What a summary keeps of the values of each cell to give their quantiles: all of them, or counts in bins. */
import type { BlockResult } from "../ensemble/block-result.ts";
import type { BlockDigest } from "./block-digest.ts";
import type { OrderStatistics } from "./quantile.ts";
import type { ReplicateSample } from "./replicates.ts";
import type { SummaryState } from "./summary-state.ts";

export interface SampleStore {
  /**
   * Takes in a block, which the caller has not added before. With the answer `true` the store wants the block's values cell by
   * cell, through {@link addCell}; with `false` it has what it needs.
   */
  addBlock(block: BlockResult): boolean;
  /**
   * Takes in what a digest says of a block; with the answer `false` the store needs the block itself.
   */
  addDigest(digest: BlockDigest): boolean;
  /** Takes in the first `n` of the values, those that a block has in a cell. */
  addCell(cell: number, values: Float64Array, n: number): void;
  /**
   * Fixes by block 0 what must be the same for everyone, without adding it; whoever summarises other blocks only (a shard)
   * calls this first, with block 0 computed again.
   */
  fixBins(first: BlockResult): void;
  /** Takes in what another store of the same kind and layout holds. */
  merge(other: SampleStore): void;
  /**
   * Calls `visit` once for each cell of a contrast, in cell order.
   *
   * @param contrast Position of the contrast in the layout.
   * The sample handed over is used again for the next cell. It has parts where replicates are told apart.
   */
  forEachSample(
    contrast: number,
    visit: (
      cell: number,
      sample: OrderStatistics & { readonly parts?: readonly ReplicateSample[] | undefined },
    ) => void,
  ): void;
  /** The sample of one cell. */
  sampleOf(cell: number): OrderStatistics;
  /** What the store holds, see {@link SummaryState}. @throws Error for a sketch whose bins are not fixed but which has blocks. */
  save(): SummaryState;
}
