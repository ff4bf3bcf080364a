/** The values of one cell as far as counts in bins tell them. */
import { BINS, binOf, KNOTS, lowerEdge, upperEdge } from "./bins.ts";
import type { OrderStatistics } from "./quantile.ts";

export class BinnedSample implements OrderStatistics {
  n = 0;
  readonly #upTo = new Float64Array(BINS);
  readonly #knots = new Float64Array(KNOTS);
  #min = 0;
  #max = 0;

  /**
   * So many values, all the same; none at all if `n` is 0.
   * @param at where the knots of the cell stand
   */
  loadSame(knots: Float64Array, at: number, value: number, n: number): void {
    this.#load(knots, at, value, value);
    this.#upTo.fill(n);
    if (n > 0) this.#upTo.fill(0, 0, binOf(knots, at, value));
    this.n = n;
  }

  /** Values that have been counted, from `first` on. */
  loadCounts(
    knots: Float64Array,
    at: number,
    [min, max]: readonly [number, number],
    counts: Uint8Array | Uint16Array | Uint32Array,
    first: number,
  ): void {
    this.#load(knots, at, min, max);
    let total = 0;
    for (let bin = 0; bin < BINS; bin++) {
      total += counts[first + bin]!;
      this.#upTo[bin] = total;
    }
    this.n = total;
  }

  #load(knots: Float64Array, at: number, min: number, max: number): void {
    for (let i = 0; i < KNOTS; i++) this.#knots[i] = knots[at + i]!;
    this.#min = min;
    this.#max = max;
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
