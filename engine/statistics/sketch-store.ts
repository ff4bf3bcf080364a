/**
 * The histogram store of a summary: integer counts over bins that the first block fixes, in memory that does not grow with the
 * number of draws beyond the few bytes of each count. Counts add up to the same numbers in any order.
 *
 * A cell whose values are all one number, as many of the years before the start of a plan are, has no counts: its extremes and the
 * number of draws say all.
 */
import type { BlockResult } from "../ensemble/block-result.ts";
import { BINS, binOf, KNOTS, lowerEdge, placeKnots, upperEdge } from "./bins.ts";
import type { BlockDigest } from "./block-digest.ts";
import { CellCounts } from "./cell-counts.ts";
import type { OrderStatistics } from "./quantile.ts";
import type { SampleStore } from "./sample-store.ts";
import { SharedBins } from "./shared-bins.ts";
import { drawsOfContrast, forEachCell, type SummaryLayout } from "./summary-layout.ts";
import type { SavedState, SummaryState } from "./summary-state.ts";

/** Bytes that the store needs for each cell at most, with so many draws. */
export function sketchCellBytes(draws: number): number {
  const countBytes = draws < 2 ** 8 ? 1 : draws < 2 ** 16 ? 2 : 4;
  return BINS * countBytes + 4 + KNOTS * 8 + 2 * 8;
}

export class SketchStore implements SampleStore {
  readonly #layout: SummaryLayout;
  /** `KNOTS` numbers a cell, once someone needs them. */
  #knots: Float64Array | undefined;
  readonly #min: Float64Array;
  readonly #max: Float64Array;
  readonly #counts: CellCounts;
  /** Draws of each contrast that have been counted. */
  readonly #drawn: Float64Array;
  #hasBins = false;
  /** Where other threads see the bins, once someone has asked for it; the knots are then its own. */
  #shared: SharedBins | undefined;
  /** Bins of the values of one cell. */
  #bins = new Uint8Array(0);
  /** Blocks that came before the first one. */
  #waiting: BlockResult[] = [];

  constructor(layout: SummaryLayout) {
    this.#layout = layout;
    this.#min = new Float64Array(layout.cells).fill(Number.POSITIVE_INFINITY);
    this.#max = new Float64Array(layout.cells).fill(Number.NEGATIVE_INFINITY);
    this.#counts = new CellCounts(layout.cells);
    this.#drawn = new Float64Array(layout.contrasts.length);
  }

  /** Bytes of all that is kept, apart from blocks that wait. */
  get bytes(): number {
    return this.#counts.bytes + this.#min.byteLength + this.#max.byteLength + this.#ownKnots().byteLength;
  }

  /** Counts the block; one that comes before block 0 is kept until the bins are fixed. */
  addBlock(block: BlockResult): boolean {
    if (block.block === 0) this.fixBins(block);
    if (!this.#hasBins) this.#waiting.push(block);
    else this.#countDraws(drawsOf(this.#layout, block));
    return this.#hasBins;
  }

  addDigest({ moments, minimum, maximum, bins, draws }: BlockDigest): boolean {
    this.#takeSharedBins();
    if (!this.#hasBins) return false;
    const { contrastCells, cells } = this.#layout;
    this.#countDraws(moments.n);
    for (let cell = 0; cell < cells; cell++) {
      const n = moments.n[Math.floor(cell / contrastCells)]!;
      const [min, max] = [minimum[cell]!, maximum[cell]!];
      if (!this.#varies(cell, min, max, n)) continue;
      if (min === max) this.#catchUp(cell, min, n);
      else this.#counts.addAll(cell, bins, cell * draws, cell * draws + n);
    }
    return true;
  }

  /**
   * Takes in the extremes of `n` values whose draws have been added, and which are about to be counted. Says whether they have to be
   * counted in bins; if those before them had not, these are caught up with.
   */
  #varies(cell: number, min: number, max: number, n: number): boolean {
    if (n === 0) return false;
    const before = this.#min[cell]!;
    // + 0 makes -0 into 0, so that the sign of a zero does not depend on which came first.
    if (min < before) this.#min[cell] = min + 0;
    if (max > this.#max[cell]!) this.#max[cell] = max + 0;
    if (this.#min[cell] === this.#max[cell]) return false;
    if (!this.#counts.has(cell)) this.#catchUp(cell, before, this.#drawn[this.#contrastOf(cell)]! - n);
    return true;
  }

  /** A thread that has made a digest of block 0 has fixed the bins. */
  #takeSharedBins(): void {
    if (!this.#hasBins && this.#shared?.areFixed) this.#fixed();
  }

  /** Counts `n` values that are all the same. */
  #catchUp(cell: number, value: number, n: number): void {
    if (n > 0) this.#counts.add(cell, binOf(this.#ownKnots(), cell * KNOTS, value), n);
  }

  #contrastOf(cell: number): number {
    return Math.floor(cell / this.#layout.contrastCells);
  }

  #countDraws(n: Float64Array): void {
    for (let i = 0; i < this.#drawn.length; i++) this.#drawn[i]! += n[i]!;
  }

  /** The bins where other threads see them, as soon as they are fixed. */
  shareBins(): SharedBins {
    if (this.#shared) return this.#shared;
    this.#shared = SharedBins.forCells(this.#layout.cells, this.#layout.contrasts.length);
    if (this.#knots) this.#shared.place.set(this.#knots);
    this.#knots = this.#shared.place;
    if (this.#hasBins) this.#shared.fix();
    return this.#shared;
  }

  #ownKnots(): Float64Array {
    this.#knots ??= new Float64Array(this.#layout.cells * KNOTS);
    return this.#knots;
  }

  /** From here on the bins stay as they are. */
  #fixed(): void {
    this.#hasBins = true;
    this.#shared?.fix();
    for (const block of this.#waiting) {
      this.#countDraws(drawsOf(this.#layout, block));
      this.#countCells(block);
    }
    this.#waiting = [];
  }

  addCell(cell: number, values: Float64Array, n: number): void {
    let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < n; i++) {
      const value = values[i]!;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    if (!this.#varies(cell, min, max, n)) return;
    const knots = this.#ownKnots();
    if (this.#bins.length < n) this.#bins = new Uint8Array(n);
    for (let i = 0; i < n; i++) this.#bins[i] = binOf(knots, cell * KNOTS, values[i]!);
    this.#counts.addAll(cell, this.#bins, 0, n);
  }

  /** Fixes the bins by block 0 without counting it. */
  fixBins(first: BlockResult): void {
    if (first.block !== 0) throw new Error(`bins are fixed by block 0, not by block ${first.block}`);
    this.#takeSharedBins();
    if (this.#hasBins) return;
    forEachCell(this.#layout, first, (cell, values, n) => {
      // A scenario in which every run of block 0 failed has no values here: its middle part is the value 0.
      placeKnots(values.subarray(0, n).sort(), this.#ownKnots(), cell * KNOTS);
    });
    this.#fixed();
  }

  merge(other: SampleStore): void {
    if (!(other instanceof SketchStore)) throw new Error("a sketch cannot take in an exact summary");
    if (other.#hasBins) this.#takeBins(other);
    for (const block of other.#waiting) if (this.addBlock(block)) this.#countCells(block);
    this.#countDraws(other.#drawn);
    for (let cell = 0; cell < this.#layout.cells; cell++) this.#mergeCell(cell, other);
  }

  #mergeCell(cell: number, other: SketchStore): void {
    const n = other.#drawn[this.#contrastOf(cell)]!;
    if (!this.#varies(cell, other.#min[cell]!, other.#max[cell]!, n)) return;
    if (!other.#counts.has(cell)) return this.#catchUp(cell, other.#min[cell]!, n);
    for (const [bin, count] of other.#counts.of(cell).entries()) if (count > 0) this.#counts.add(cell, bin, count);
  }

  /** @throws Error if blocks were added, but neither block 0 nor the bins that it fixes. */
  forEachSample(contrast: number, visit: (cell: number, sample: OrderStatistics) => void): void {
    if (this.#waiting.length > 0) throw new Error("the bins of a sketch are fixed by block 0, which is missing");
    const { contrastCells } = this.#layout;
    const sample = new BinnedSample();
    for (let cell = contrast * contrastCells; cell < (contrast + 1) * contrastCells; cell++) {
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
      { name: "knots", pieces: [this.#ownKnots()] },
      { name: "minimum", pieces: [this.#min] },
      { name: "maximum", pieces: [this.#max] },
      { name: "drawn", pieces: [this.#drawn] },
      ...this.#counts.save(),
    ];
  }

  /** Takes what {@link save} wrote, in place of what an empty store holds. */
  restore(state: SavedState): void {
    this.#hasBins = state.bytes("has-bins", 1)[0] === 1;
    const knots = this.#ownKnots();
    knots.set(state.floats("knots", knots.length));
    this.#min.set(state.floats("minimum", this.#min.length));
    this.#max.set(state.floats("maximum", this.#max.length));
    this.#drawn.set(state.floats("drawn", this.#drawn.length));
    this.#counts.restore(state);
  }

  #load(sample: BinnedSample, cell: number): void {
    const knots = this.#ownKnots().subarray(cell * KNOTS, (cell + 1) * KNOTS);
    const [min, max] = [this.#min[cell]!, this.#max[cell]!];
    if (this.#counts.has(cell)) sample.load(knots, min, max, this.#counts.of(cell));
    else sample.loadSame(knots, min, this.#drawn[this.#contrastOf(cell)]!);
  }

  #takeBins(other: SketchStore): void {
    if (!this.#hasBins) {
      this.#ownKnots().set(other.#ownKnots());
      this.#fixed();
      return;
    }
    const theirs = other.#ownKnots();
    if (this.#ownKnots().some((knot, i) => knot !== theirs[i])) {
      throw new Error("sketches with different bins cannot be merged: their first blocks differ");
    }
  }

  #countCells(block: BlockResult): void {
    forEachCell(this.#layout, block, (cell, values, n) => this.addCell(cell, values, n));
  }
}

/** Draws of a block that count in each contrast. */
function drawsOf(layout: SummaryLayout, block: BlockResult): Float64Array {
  return Float64Array.from(layout.contrasts, (contrast) => drawsOfContrast(block, contrast).length);
}

/** The values of one cell as far as its counts tell them. */
class BinnedSample implements OrderStatistics {
  n = 0;
  readonly #upTo = new Float64Array(BINS);
  #knots: Float64Array = new Float64Array(KNOTS);
  #min = 0;
  #max = 0;

  /** So many values, all the same; none at all if `n` is 0. */
  loadSame(knots: Float64Array, value: number, n: number): void {
    this.#knots = knots;
    this.#min = value;
    this.#max = value;
    this.#upTo.fill(n);
    if (n > 0) this.#upTo.fill(0, 0, binOf(knots, 0, value));
    this.n = n;
  }

  load(knots: Float64Array, min: number, max: number, counts: ReturnType<CellCounts["of"]>): void {
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
