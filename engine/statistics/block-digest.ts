/**
 * What a block adds to the summary of an ensemble, as far as it can be computed without the other blocks: made by the worker that has
 * computed the block, so that whoever gathers all blocks has little left to do. It has the bits that the summary itself would find.
 *
 * Here it is made of a whole block, in plain JavaScript; `RowDigester` makes the same of the rows of runs, on vectors.
 */
import type { BlockResult } from "../ensemble/block-result.ts";
import type { Catalog } from "../ensemble/catalog.ts";
import { binOf, KNOTS } from "./bins.ts";
import { type ContrastDigest, type DigestParts, DigestWriter } from "./contrast-digest.ts";
import { countPositive, setMoments } from "./moments.ts";
import type { PageStore } from "./page-store.ts";
import type { SharedBins } from "./shared-bins.ts";
import { checkBlock, drawsOfContrast, forEachCellOf, layOutSummary, type SummaryLayout } from "./summary-layout.ts";
import { TargetCounts } from "./target-counts.ts";

/** Plain data that crosses threads. */
export interface BlockDigest {
  readonly draws: number;
  /** Draws that count in each contrast. */
  readonly n: Float64Array;
  readonly targetsMet: Float64Array;
  readonly targetsFirst: Float64Array;
  readonly targetRuns: Float64Array;
  readonly parts: DigestParts;
}

/** A digest whose contrasts are still to come, and the targets that belong to it. */
export function emptyDigest(layout: SummaryLayout, targets: TargetCounts, draws: number): Omit<BlockDigest, "parts"> {
  return {
    draws,
    n: new Float64Array(layout.contrasts.length),
    targetsMet: targets.met,
    targetsFirst: targets.first,
    targetRuns: targets.runs,
  };
}

/** Makes digests of whole blocks of an ensemble. */
export class BlockDigester {
  readonly #catalog: Catalog;
  readonly #layout: SummaryLayout;
  readonly #bins: SharedBins;
  readonly #writer: DigestWriter;
  /** Of the contrast in work. */
  readonly #knots: Float64Array;

  /** @param pages Where digests are put, as the summary has them; default into the digest itself. */
  constructor(catalog: Catalog, bins: SharedBins, pages?: PageStore) {
    this.#catalog = catalog;
    this.#layout = layOutSummary(catalog);
    this.#bins = bins;
    this.#writer = new DigestWriter(this.#layout, pages);
    this.#knots = new Float64Array(this.#layout.contrastCells * KNOTS);
  }

  /**
   * The digest of a block; nothing while the bins are not fixed: then the summary does the work itself.
   * @param slot Where it is put, if digests go into pages.
   * @throws Error if the block breaks its contract, as `EnsembleSummary.addBlock` does.
   */
  digest(block: BlockResult, slot = 0): BlockDigest | undefined {
    if (!this.#bins.areFixed) return undefined;
    const layout = this.#layout;
    checkBlock(layout, this.#catalog, block);
    const targets = new TargetCounts(this.#catalog, layout);
    targets.addBlock(block);
    const digest = emptyDigest(layout, targets, block.draws);
    const { parts, write } = this.#writer.begin(block.draws, slot);
    for (const [position, contrast] of layout.contrasts.entries()) {
      const draws = drawsOfContrast(block, contrast);
      digest.n[position] = draws.length;
      this.#bins.read(position, 0, this.#knots);
      write(position, (part) => {
        clear(part);
        forEachCellOf(layout, block, contrast, draws, (cell, values, n) => {
          setMoments(part, cell, values, n);
          if (part.positive) part.positive[cell] = countPositive(values, n);
          setBins(part, cell, values, n, this.#knots);
        });
      });
    }
    return { ...digest, parts };
  }
}

/** Makes a digest one of no values. */
export function clear({ mean, squares, minimum, maximum, positive }: ContrastDigest): void {
  mean.fill(0);
  squares.fill(0);
  minimum.fill(Number.POSITIVE_INFINITY);
  maximum.fill(Number.NEGATIVE_INFINITY);
  positive?.fill(0);
}

/** Sets extremes and bins of one cell by all its values of the block. */
function setBins(
  { minimum, maximum, bins, draws }: ContrastDigest,
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
export function digestBuffers({ n, targetsMet, targetsFirst, targetRuns, parts }: BlockDigest): ArrayBuffer[] {
  const buffers = [n, targetsMet, targetsFirst, targetRuns].map((array) => array.buffer as ArrayBuffer);
  return "slot" in parts ? buffers : [...buffers, ...parts];
}
