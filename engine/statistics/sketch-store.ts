/**
 * The histogram store of a summary: integer counts over bins that the first block fixes, in memory that does not grow with the
 * number of draws. Counts add up to the same numbers in any order.
 */
import type { BlockResult } from "../ensemble/block-result.ts";
import { BINS, binOf, KNOTS, lowerEdge, placeKnots, upperEdge } from "./bins.ts";
import { type BlockDigest, SharedBins } from "./block-digest.ts";
import type { OrderStatistics } from "./quantile.ts";
import type { SampleStore } from "./sample-store.ts";
import { forEachCell, type SummaryLayout } from "./summary-layout.ts";
import type { SavedState, SummaryState } from "./summary-state.ts";

/** Bytes that the store needs for each cell. */
export const SKETCH_CELL_BYTES: number = BINS * 4 + KNOTS * 8 + 2 * 8;

export class SketchStore implements SampleStore {
  readonly #layout: SummaryLayout;
  /** `KNOTS` numbers a cell. */
  readonly #knots: Float64Array;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  readonly #counts: Uint32Array;
  #hasBins = false;
  /** Where other threads see the bins, once someone has asked for it. */
  #shared: SharedBins | undefined;
  /** Blocks that came before the first one. */
  #waiting: BlockResult[] = [];

  constructor(layout: SummaryLayout) {
    this.#layout = layout;
    this.#knots = new Float64Array(layout.cells * KNOTS);
    this.#min = new Float64Array(layout.cells).fill(Number.POSITIVE_INFINITY);
    this.#max = new Float64Array(layout.cells).fill(Number.NEGATIVE_INFINITY);
    this.#counts = new Uint32Array(layout.cells * BINS);
  }

  /** Counts the block; one that comes before block 0 is kept until the bins are fixed. */
  addBlock(block: BlockResult): boolean {
    if (block.block === 0) this.fixBins(block);
    if (!this.#hasBins) this.#waiting.push(block);
    return this.#hasBins;
  }

  addDigest({ moments, minimum, maximum, bins }: BlockDigest): boolean {
    if (!this.#hasBins) return false;
    const { contrastCells, cells } = this.#layout;
    const counts = this.#counts;
    for (let cell = 0, at = 0; cell < cells; cell++) {
      const n = moments.n[Math.floor(cell / contrastCells)]!;
      const from = cell * BINS;
      for (let i = 0; i < n; i++) counts[from + bins[at++]!]! += 1;
      if (minimum[cell]! < this.#min[cell]!) this.#min[cell] = minimum[cell]! + 0;
      if (maximum[cell]! > this.#max[cell]!) this.#max[cell] = maximum[cell]! + 0;
    }
    return true;
  }

  /** The bins where other threads see them, as soon as they are fixed. */
  shareBins(): SharedBins {
    this.#shared ??= SharedBins.forCells(this.#layout.cells);
    if (this.#hasBins) this.#shared.fix(this.#knots);
    return this.#shared;
  }

  /** From here on the bins stay as they are. */
  #fixed(): void {
    this.#hasBins = true;
    this.#shared?.fix(this.#knots);
    for (const block of this.#waiting) this.#count(block);
    this.#waiting = [];
  }

  addCell(cell: number, values: Float64Array, n: number): void {
    const knots = this.#knots;
    const at = cell * KNOTS;
    const counts = this.#counts;
    const from = cell * BINS;
    let min = this.#min[cell]!;
    let max = this.#max[cell]!;
    for (let i = 0; i < n; i++) {
      const value = values[i]!;
      if (value < min) min = value;
      if (value > max) max = value;
      counts[from + binOf(knots, at, value)]! += 1;
    }
    // + 0 makes -0 into 0, so that the sign of a zero does not depend on which came first.
    this.#min[cell] = min + 0;
    this.#max[cell] = max + 0;
  }

  /** Fixes the bins by block 0 without counting it. */
  fixBins(first: BlockResult): void {
    if (first.block !== 0) throw new Error(`bins are fixed by block 0, not by block ${first.block}`);
    if (this.#hasBins) return;
    forEachCell(this.#layout, first, (cell, values, n) => {
      // A scenario in which every run of block 0 failed has no values here: its middle part is the value 0.
      placeKnots(values.subarray(0, n).sort(), this.#knots, cell * KNOTS);
    });
    this.#fixed();
  }

  merge(other: SampleStore): void {
    if (!(other instanceof SketchStore)) throw new Error("a sketch cannot take in an exact summary");
    if (other.#hasBins) this.#takeBins(other);
    for (const block of other.#waiting) if (this.addBlock(block)) this.#count(block);
    for (let i = 0; i < this.#counts.length; i++) this.#counts[i]! += other.#counts[i]!;
    for (let cell = 0; cell < this.#layout.cells; cell++) {
      this.#min[cell] = Math.min(this.#min[cell]!, other.#min[cell]!);
      this.#max[cell] = Math.max(this.#max[cell]!, other.#max[cell]!);
    }
  }

  /** @throws Error if blocks were added, but neither block 0 nor the bins that it fixes. */
  forEachSample(visit: (cell: number, sample: OrderStatistics) => void): void {
    if (this.#waiting.length > 0) throw new Error("the bins of a sketch are fixed by block 0, which is missing");
    const sample = new BinnedSample();
    for (let cell = 0; cell < this.#layout.cells; cell++) {
      this.#load(sample, cell);
      visit(cell, sample);
    }
  }

  sampleOf(cell: number): OrderStatistics {
    const sample = new BinnedSample();
    this.#load(sample, cell);
    return sample;
  }

  save(): SummaryState {
    if (this.#waiting.length > 0) throw new Error("a sketch whose bins are not fixed cannot be saved");
    return [
      { name: "has-bins", pieces: [Uint8Array.of(this.#hasBins ? 1 : 0)] },
      { name: "knots", pieces: [this.#knots] },
      { name: "minimum", pieces: [this.#min] },
      { name: "maximum", pieces: [this.#max] },
      { name: "counts", pieces: [this.#counts] },
    ];
  }

  /** Takes what {@link save} wrote, in place of what an empty store holds. */
  restore(state: SavedState): void {
    this.#hasBins = state.bytes("has-bins", 1)[0] === 1;
    this.#knots.set(state.floats("knots", this.#knots.length));
    this.#min.set(state.floats("minimum", this.#min.length));
    this.#max.set(state.floats("maximum", this.#max.length));
    this.#counts.set(state.counts("counts", this.#counts.length));
  }

  #load(sample: BinnedSample, cell: number): void {
    const counts = this.#counts.subarray(cell * BINS, (cell + 1) * BINS);
    sample.load(this.#knots.subarray(cell * KNOTS, (cell + 1) * KNOTS), this.#min[cell]!, this.#max[cell]!, counts);
  }

  #takeBins(other: SketchStore): void {
    if (!this.#hasBins) {
      this.#knots.set(other.#knots);
      this.#fixed();
      return;
    }
    if (this.#knots.some((knot, i) => knot !== other.#knots[i])) {
      throw new Error("sketches with different bins cannot be merged: their first blocks differ");
    }
  }

  #count(block: BlockResult): void {
    forEachCell(this.#layout, block, (cell, values, n) => this.addCell(cell, values, n));
  }
}

/** The values of one cell as far as its counts tell them. */
class BinnedSample implements OrderStatistics {
  n = 0;
  readonly #upTo = new Float64Array(BINS);
  #knots: Float64Array = new Float64Array(KNOTS);
  #min = 0;
  #max = 0;

  load(knots: Float64Array, min: number, max: number, counts: Uint32Array): void {
    this.#knots = knots;
    this.#min = min;
    this.#max = max;
    let total = 0;
    for (let bin = 0; bin < BINS; bin++) {
      total += counts[bin]!;
      this.#upTo[bin] = total;
    }
    this.n = total;
  }

  /** The value of a rank: the values of a bin are taken to lie evenly in it. */
  at(rank: number): number {
    if (rank === 0) return this.#min;
    if (rank === this.n - 1) return this.#max;
    const bin = this.#binOfRank(rank);
    const before = bin === 0 ? 0 : this.#upTo[bin - 1]!;
    const low = this.#edgeBelow(bin);
    const high = this.#edgeAbove(bin);
    return low + (high - low) * ((rank - before + 0.5) / (this.#upTo[bin]! - before));
  }

  errorAt(rank: number): number {
    if (rank === 0 || rank === this.n - 1) return 0;
    const bin = this.#binOfRank(rank);
    return this.#edgeAbove(bin) - this.#edgeBelow(bin);
  }

  #edgeBelow(bin: number): number {
    return Math.max(this.#min, lowerEdge(this.#knots, 0, bin));
  }

  #edgeAbove(bin: number): number {
    return Math.min(this.#max, upperEdge(this.#knots, 0, bin));
  }

  /** The first bin up to which more values than `rank` are counted. */
  #binOfRank(rank: number): number {
    let low = 0;
    let high = BINS - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#upTo[middle]! > rank) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
