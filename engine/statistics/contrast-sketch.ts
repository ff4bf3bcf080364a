/**
 * The histograms of the cells of a contrast: integer counts over bins that the first block fixes, in memory that does not grow with the
 * number of draws beyond the few bytes of each count. Counts add up to the same numbers in any order.
 *
 * A cell whose values are all one number, as many of the years before the start of a plan are, has no counts: its extremes and the
 * number of draws say all.
 */
import type { ArrayPool, VisitArray } from "./array-pool.ts";
import { BinnedSample } from "./binned-sample.ts";
import { BINS, binOf, KNOTS } from "./bins.ts";
import { CellCounts, mostCountBytes } from "./cell-counts.ts";
import type { ContrastDigest } from "./contrast-digest.ts";
import type { OrderStatistics } from "./quantile.ts";

/** Bytes that a sketch needs for each cell at most, with so many draws; without the knots. */
export function sketchCellBytes(draws: number): number {
  const countBytes = draws < 2 ** 8 ? 1 : draws < 2 ** 16 ? 2 : 4;
  return BINS * countBytes + 2 * 4 + 2 * 8;
}

/** Bytes of the arrays of a sketch at most. */
export function mostSketchBytes(cells: number): number {
  return cells * 2 * 8 + mostCountBytes(cells);
}

/** Gives the knots of all cells of a contrast, which are to be used at once. */
export type GetKnots = () => Float64Array;

export class ContrastSketch {
  readonly #cells: number;
  readonly #getKnots: GetKnots;
  #min: Float64Array;
  #max: Float64Array;
  readonly #counts: CellCounts;
  /** Draws that have been counted. */
  #drawn = 0;
  /** Bins of the values of one cell. */
  #bins = new Uint8Array(0);

  constructor(cells: number, pool: ArrayPool, getKnots: GetKnots) {
    this.#cells = cells;
    this.#getKnots = getKnots;
    this.#min = pool.take(Float64Array, cells).fill(Number.POSITIVE_INFINITY);
    this.#max = pool.take(Float64Array, cells).fill(Number.NEGATIVE_INFINITY);
    this.#counts = new CellCounts(cells, pool);
  }

  /** Says that so many draws are about to be added, to every cell. */
  addDraws(n: number): void {
    this.#drawn += n;
  }

  /** Adds the first `n` of the values, those of the draws that were announced last. */
  addCell(cell: number, values: Float64Array, n: number): void {
    let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = 0; i < n; i++) {
      const value = values[i]!;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    if (!this.#varies(cell, min, max, n)) return;
    const knots = this.#getKnots();
    if (this.#bins.length < n) this.#bins = new Uint8Array(n);
    for (let i = 0; i < n; i++) this.#bins[i] = binOf(knots, cell * KNOTS, values[i]!);
    this.#counts.addAll(cell, this.#bins, 0, n);
  }

  /** Adds all that a digest of `n` draws says, in one. */
  addDigest({ minimum, maximum, bins, draws }: ContrastDigest, n: number): void {
    this.addDraws(n);
    for (let cell = 0; cell < this.#cells; cell++) {
      const [min, max] = [minimum[cell]!, maximum[cell]!];
      if (!this.#varies(cell, min, max, n)) continue;
      if (min === max) this.#catchUp(cell, min, n);
      else this.#counts.addAll(cell, bins, cell * draws, cell * draws + n);
    }
  }

  /** Adds all that another sketch with the same bins has counted. */
  merge(other: ContrastSketch): void {
    const n = other.#drawn;
    this.addDraws(n);
    for (let cell = 0; cell < this.#cells; cell++) {
      if (!this.#varies(cell, other.#min[cell]!, other.#max[cell]!, n)) continue;
      if (!other.#counts.has(cell)) this.#catchUp(cell, other.#min[cell]!, n);
      else this.#addCounts(cell, ...other.#counts.of(cell));
    }
  }

  #addCounts(cell: number, counts: ArrayLike<number>, first: number): void {
    for (let bin = 0; bin < BINS; bin++) {
      const count = counts[first + bin]!;
      if (count > 0) this.#counts.add(cell, bin, count);
    }
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
    if (!this.#counts.has(cell)) this.#catchUp(cell, before, this.#drawn - n);
    return true;
  }

  /** Counts `n` values that are all the same. */
  #catchUp(cell: number, value: number, n: number): void {
    if (n > 0) this.#counts.add(cell, binOf(this.#getKnots(), cell * KNOTS, value), n);
  }

  /** The sample of a cell, which keeps nothing of what is here. */
  load(sample: BinnedSample, cell: number): void {
    const knots = this.#getKnots();
    const [min, max] = [this.#min[cell]!, this.#max[cell]!];
    if (this.#counts.has(cell)) sample.loadCounts(knots, cell * KNOTS, [min, max], ...this.#counts.of(cell));
    else sample.loadSame(knots, cell * KNOTS, min, this.#drawn);
  }

  /** Shows the samples of all cells, one after the other in the same place. */
  forEachSample(visit: (cell: number, sample: OrderStatistics) => void): void {
    const sample = new BinnedSample();
    for (let cell = 0; cell < this.#cells; cell++) {
      this.load(sample, cell);
      visit(cell, sample);
    }
  }

  /** Shows all arrays, and takes those in place of them. */
  forEachArray(visit: VisitArray): void {
    this.#min = visit("minimum", this.#min, Float64Array, this.#cells);
    this.#max = visit("maximum", this.#max, Float64Array, this.#cells);
    this.#counts.forEachArray(visit);
  }

  /** Few numbers: with the arrays, all that there is to keep. */
  get facts(): readonly number[] {
    return [this.#drawn, ...this.#counts.used];
  }

  /** Takes facts in place of those of a sketch without values, and makes room for the arrays that belong to them. */
  set facts([drawn, ...used]: readonly number[]) {
    this.#drawn = drawn!;
    this.#counts.makeRoom(used);
  }
}
