/**
 * What a block adds to the summary of an ensemble, as far as it can be computed without the other blocks: made by the worker that has
 * computed the block, so that whoever gathers all blocks has little left to do. It has the bits that the summary itself would find.
 */
import type { BlockResult } from "../ensemble/block-result.ts";
import type { Catalog } from "../ensemble/catalog.ts";
import type { BlockPair } from "../ensemble/run-block.ts";
import { binOf, KNOTS } from "./bins.ts";
import { type Moments, setMoments } from "./moments.ts";
import { PositiveCounts } from "./positive-counts.ts";
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
  /** Bin of each value, cell after cell; each has room for all draws of the block, and as many as count in its contrast. */
  readonly bins: Uint8Array;
  readonly draws: number;
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
    checkBlock(this.#layout, this.#catalog, block);
    const digest = new DigestInMaking(this.#layout, knots, block.draws);
    for (const position of this.#layout.contrasts.keys()) digest.addContrast(position, this.#layout, position, block);
    const targets = new TargetCounts(this.#catalog, this.#layout);
    targets.addBlock(block);
    return digest.with(targets);
  }

  /**
   * The digest of a block that is seen scenario by scenario, each beside the reference, see `BlockRun.byPairs`: the same numbers. Nothing
   * while the bins are not fixed.
   * @param draws Draws of the block.
   * @throws Error if a scenario breaks the contract of a block.
   */
  byPairs(draws: number): { add(pair: BlockPair): void; finish(): BlockDigest } | undefined {
    const knots = this.#bins.knots;
    if (knots === undefined) return undefined;
    const { scenarios, reference } = this.#catalog;
    const first = scenarios.findIndex(({ name }) => name === reference);
    const digest = new DigestInMaking(this.#layout, knots, draws);
    const targets = new TargetCounts(this.#catalog, this.#layout);
    let isFirst = true;
    const add = ({ scenario, result }: BlockPair): void => {
      const catalog = { ...this.#catalog, scenarios: [scenarios[first]!, scenarios[scenario]!] };
      const layout = layOutSummary(catalog);
      checkBlock(layout, catalog, result);
      const counts = new TargetCounts(catalog, layout);
      counts.addBlock(result);
      // Of the pair: the level of the reference, that of the scenario, and their difference. Differences stand behind all levels.
      const difference = scenarios.length + scenario - (scenario > first ? 1 : 0);
      const places = [first, scenario, difference];
      for (const [position, place] of places.entries()) {
        if (position === 0 && !isFirst) continue;
        digest.addContrast(place, layout, position, result);
        if (position < 2) targets.takeScenario(place, counts, position);
      }
      isFirst = false;
    };
    return { add, finish: () => digest.with(targets) };
  }
}

/** A digest that gets one contrast after the other, in any order. */
class DigestInMaking {
  readonly #layout: SummaryLayout;
  readonly #knots: Float64Array;
  readonly #draws: number;
  readonly #moments: Moments;
  readonly #positive: PositiveCounts;
  readonly #minimum: Float64Array;
  readonly #maximum: Float64Array;
  readonly #bins: Uint8Array;

  constructor(layout: SummaryLayout, knots: Float64Array, draws: number) {
    const { cells, contrasts } = layout;
    this.#layout = layout;
    this.#knots = knots;
    this.#draws = draws;
    this.#moments = {
      n: new Float64Array(contrasts.length),
      mean: new Float64Array(cells),
      squares: new Float64Array(cells),
    };
    this.#positive = new PositiveCounts(layout);
    this.#minimum = new Float64Array(cells).fill(Number.POSITIVE_INFINITY);
    this.#maximum = new Float64Array(cells).fill(Number.NEGATIVE_INFINITY);
    this.#bins = new Uint8Array(cells * draws);
  }

  /**
   * @param place Position of the contrast in the whole layout.
   * @param layout Layout of the block that is given, in which the contrast has the position `position`.
   */
  addContrast(place: number, layout: SummaryLayout, position: number, block: BlockResult): void {
    const contrast = layout.contrasts[position]!;
    const draws = drawsOfContrast(block, contrast);
    const first = place * this.#layout.contrastCells;
    const [moments, positive, minimum, maximum] = [this.#moments, this.#positive, this.#minimum, this.#maximum];
    const [knots, bins, room] = [this.#knots, this.#bins, this.#draws];
    moments.n[place] = draws.length;
    forEachCellOf(layout, block, contrast, draws, (inContrast, values, n) => {
      const cell = first + inContrast;
      setMoments(moments, cell, values, n);
      positive.addCell(cell, values, n);
      for (let i = 0, at = cell * room; i < n; i++, at++) {
        const value = values[i]!;
        if (value < minimum[cell]!) minimum[cell] = value;
        if (value > maximum[cell]!) maximum[cell] = value;
        bins[at] = binOf(knots, cell * KNOTS, value);
      }
    });
  }

  with({ met, first, runs }: TargetCounts): BlockDigest {
    return {
      moments: this.#moments,
      positive: this.#positive.counts,
      targetsMet: met,
      targetsFirst: first,
      targetRuns: runs,
      minimum: this.#minimum,
      maximum: this.#maximum,
      bins: this.#bins,
      draws: this.#draws,
    };
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
