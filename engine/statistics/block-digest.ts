/**
 * What a block adds to the summary of an ensemble, as far as it can be computed without the other blocks: made by the worker that has
 * computed the block, so that whoever gathers all blocks has little left to do. It has the bits that the summary itself would find.
 *
 * Here it is made of a whole block, in plain JavaScript; `RowDigester` makes the same of the rows of runs, on vectors.
 */
import type { BlockResult } from "../ensemble/block-result.ts";
import type { Catalog } from "../ensemble/catalog.ts";
import { binOf, KNOTS } from "./bins.ts";
import { type Moments, setMoments } from "./moments.ts";
import { PositiveCounts } from "./positive-counts.ts";
import type { SharedBins } from "./shared-bins.ts";
import { checkBlock, drawsOfContrast, forEachCellOf, layOutSummary, type SummaryLayout } from "./summary-layout.ts";
import { TargetCounts } from "./target-counts.ts";

/** Plain data that crosses threads. */
export interface BlockDigest {
  readonly moments: Moments;
  /** Draws in which each paired difference is above 0, see `PositiveCounts`. */
  readonly positive: Float64Array;
  readonly targetsMet: Float64Array;
  readonly targetsFirst: Float64Array;
  readonly targetRuns: Float64Array;
  /** Smallest and largest value of each cell; infinite where it has none. */
  readonly minimum: Float64Array;
  readonly maximum: Float64Array;
  /**
   * Bin of each value, cell after cell; each has room for all draws of the block, and as many as count in its contrast. Those of a cell
   * whose values are all one number say nothing.
   */
  readonly bins: Uint8Array;
  readonly draws: number;
}

/** A digest without numbers yet, and the targets that belong to it. */
export function emptyDigest(layout: SummaryLayout, targets: TargetCounts, draws: number): BlockDigest {
  const { cells, contrasts, contrastCells, scenarios } = layout;
  return {
    moments: {
      n: new Float64Array(contrasts.length),
      mean: new Float64Array(cells),
      squares: new Float64Array(cells),
    },
    positive: new Float64Array(cells - scenarios * contrastCells),
    targetsMet: targets.met,
    targetsFirst: targets.first,
    targetRuns: targets.runs,
    minimum: new Float64Array(cells).fill(Number.POSITIVE_INFINITY),
    maximum: new Float64Array(cells).fill(Number.NEGATIVE_INFINITY),
    bins: new Uint8Array(cells * draws),
    draws,
  };
}

/** Makes digests of whole blocks of an ensemble. */
export class BlockDigester {
  readonly #catalog: Catalog;
  readonly #layout: SummaryLayout;
  readonly #bins: SharedBins;

  constructor(catalog: Catalog, bins: SharedBins) {
    this.#catalog = catalog;
    this.#layout = layOutSummary(catalog);
    this.#bins = bins;
  }

  /**
   * The digest of a block; nothing while the bins are not fixed: then the summary does the work itself.
   * @throws Error if the block breaks its contract, as `EnsembleSummary.addBlock` does.
   */
  digest(block: BlockResult): BlockDigest | undefined {
    const knots = this.#bins.knots;
    if (knots === undefined) return undefined;
    const layout = this.#layout;
    checkBlock(layout, this.#catalog, block);
    const targets = new TargetCounts(this.#catalog, layout);
    targets.addBlock(block);
    const digest = emptyDigest(layout, targets, block.draws);
    const positive = new PositiveCounts(layout, digest.positive);
    for (const [position, contrast] of layout.contrasts.entries()) {
      const draws = drawsOfContrast(block, contrast);
      digest.moments.n[position] = draws.length;
      forEachCellOf(layout, block, contrast, draws, (inContrast, values, n) => {
        const cell = position * layout.contrastCells + inContrast;
        setMoments(digest.moments, cell, values, n);
        positive.addCell(cell, values, n);
        setBins(digest, cell, values, n, knots);
      });
    }
    return digest;
  }
}

/** Sets extremes and bins of one cell by all its values of the block. */
function setBins(
  { minimum, maximum, bins, draws }: BlockDigest,
  cell: number,
  values: Float64Array,
  n: number,
  knots: Float64Array,
): void {
  for (let i = 0, at = cell * draws; i < n; i++, at++) {
    const value = values[i]!;
    if (value < minimum[cell]!) minimum[cell] = value;
    if (value > maximum[cell]!) maximum[cell] = value;
    bins[at] = binOf(knots, cell * KNOTS, value);
  }
}

/** The buffers behind a digest, for moving it to another thread. */
export function digestBuffers(digest: BlockDigest): ArrayBuffer[] {
  const { moments, draws: _, ...rest } = digest;
  return [...Object.values(moments), ...Object.values(rest)].map((array) => array.buffer as ArrayBuffer);
}

/**
 * Gives back at once the memory of a digest that a summary has taken in, all but its moments, which the summary keeps: for a large model it is
 * tens of megabytes a block, and nobody knows when they would be collected.
 */
export function releaseDigest({ moments: _, draws: __, ...used }: BlockDigest): void {
  // A buffer that is moved into one without bytes is given back.
  for (const { buffer } of Object.values(used)) if (buffer instanceof ArrayBuffer) buffer.transfer(0);
}
