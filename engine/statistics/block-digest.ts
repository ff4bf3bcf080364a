/**
 * What a block adds to the summary of an ensemble, as far as it can be computed without the other blocks: made by the worker that has
 * computed the block, so that whoever gathers all blocks has little left to do. It has the bits that the summary itself would find.
 */
import type { BlockResult } from "../ensemble/block-result.ts";
import type { Catalog } from "../ensemble/catalog.ts";
import { binOf, KNOTS } from "./bins.ts";
import { emptyMoments, type Moments, setMoments } from "./moments.ts";
import { PositiveCounts } from "./positive-counts.ts";
import { checkBlock, forEachCell, layOutSummary, type SummaryLayout } from "./summary-layout.ts";
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
  /** Bin of each value, cell after cell; a cell has as many as draws count in its contrast. */
  readonly bins: Uint8Array;
}

/**
 * The bins of a sketch in memory that threads share: one word that says whether they are fixed, then the knots of all cells.
 */
export class SharedBins {
  readonly buffer: SharedArrayBuffer;
  readonly #isFixed: Int32Array;
  readonly #knots: Float64Array;

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer;
    this.#isFixed = new Int32Array(buffer, 0, 2);
    this.#knots = new Float64Array(buffer, 8);
  }

  static forCells(cells: number): SharedBins {
    return new SharedBins(new SharedArrayBuffer(8 + cells * KNOTS * Float64Array.BYTES_PER_ELEMENT));
  }

  /** Where the knots of all cells are to be put before the bins are fixed. */
  get place(): Float64Array {
    return this.#knots;
  }

  /** Says that the knots are in their place, and stay as they are. */
  fix(): void {
    Atomics.store(this.#isFixed, 0, 1);
    Atomics.notify(this.#isFixed, 0);
  }

  /** Blocks the thread until the bins are fixed, for so many milliseconds at most. Says whether they are. */
  wait(milliseconds: number): boolean {
    if (Atomics.load(this.#isFixed, 0) === 0) Atomics.wait(this.#isFixed, 0, 0, milliseconds);
    return Atomics.load(this.#isFixed, 0) === 1;
  }

  /** The knots of all cells, or nothing while they are not fixed. */
  get knots(): Float64Array | undefined {
    return Atomics.load(this.#isFixed, 0) === 1 ? this.#knots : undefined;
  }
}

/** Makes digests of the blocks of an ensemble. */
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
    const moments = emptyMoments(layout, block);
    const positive = new PositiveCounts(layout);
    const minimum = new Float64Array(layout.cells).fill(Number.POSITIVE_INFINITY);
    const maximum = new Float64Array(layout.cells).fill(Number.NEGATIVE_INFINITY);
    const bins = new Uint8Array(moments.n.reduce((sum, n) => sum + n, 0) * layout.contrastCells);
    let at = 0;
    forEachCell(layout, block, (cell, values, n) => {
      setMoments(moments, cell, values, n);
      positive.addCell(cell, values, n);
      for (let i = 0; i < n; i++) {
        const value = values[i]!;
        if (value < minimum[cell]!) minimum[cell] = value;
        if (value > maximum[cell]!) maximum[cell] = value;
        bins[at++] = binOf(knots, cell * KNOTS, value);
      }
    });
    const targets = new TargetCounts(this.#catalog, layout);
    targets.addBlock(block);
    const { met, first, runs } = targets;
    const counts = { targetsMet: met, targetsFirst: first, targetRuns: runs, positive: positive.counts };
    return { moments, ...counts, minimum, maximum, bins };
  }
}

/** The buffers behind a digest, for moving it to another thread. */
export function digestBuffers(digest: BlockDigest): ArrayBuffer[] {
  const { moments, ...rest } = digest;
  return [...Object.values(moments), ...Object.values(rest)].map((array) => array.buffer as ArrayBuffer);
}
