/**
 * Summaries of an ensemble, block by block.
 *
 * The result is a function of the set of blocks: it has the same bits for any order of blocks and any split of them
 * between summaries that are merged. Counts are integers, extremes and kept values have no order, and moments are joined
 * along a tree fixed by block numbers (`BlockTree`).
 */
import type { BlockResult } from "../ensemble/block-result.ts";
import type { Catalog } from "../ensemble/catalog.ts";
import type { BlockDigest } from "./block-digest.ts";
import { BlockTree } from "./block-tree.ts";
import { ExactStore, savedBlocks } from "./exact-store.ts";
import { emptyMoments, joinMoments, type Moments, setMoments } from "./moments.ts";
import { PositiveCounts } from "./positive-counts.ts";
import { type OrderStatistics, quantile, quantileError, quantileStandardError } from "./quantile.ts";
import { LEAST_REPLICATES, replicateMeanError, replicateQuantileError } from "./replicates.ts";
import type { SampleStore } from "./sample-store.ts";
import type { SharedBins } from "./shared-bins.ts";
import { SketchStore } from "./sketch-store.ts";
import { checkBlock, forEachCell, layOutSummary, type SummaryLayout } from "./summary-layout.ts";
import { planSummary, type SummaryMethod } from "./summary-method.ts";
import type { EnsembleStatistics, ScenarioRuns, StatisticsByContrast, SummaryRows } from "./summary-rows.ts";
import type { SavedState, SummaryState } from "./summary-state.ts";
import { TargetCounts } from "./target-counts.ts";
import { targetRows } from "./target-rows.ts";

export interface EnsembleSummary {
  readonly method: SummaryMethod;
  /**
   * Adds the results of a block. An exact summary keeps the block's arrays, so they must not change afterwards.
   * @throws Error if the block was added before, breaks its contract, or holds a value that is not finite in a run that
   *   is not marked as failed.
   * @param digest What a `BlockDigester` has made of the block; it saves most of the work, and changes no bit.
   */
  addBlock(block: BlockResult, digest?: BlockDigest): void;
  /** The bins of a sketch for the digesters of other threads; nothing for an exact summary, which needs whole blocks. */
  shareBins(): SharedBins | undefined;
  /**
   * Lets block 0 fix the bins of a sketch without adding it: a shard that does not hold block 0 computes it again and calls
   * this. Whoever made a digest of it has fixed them already, and the block needs no tables. Exact summaries need nothing.
   */
  fixBins(first: BlockResult): void;
  /**
   * Adds the blocks of another summary of the same ensemble and method; the other must not be used afterwards.
   * @throws Error if a block is in both, or the two do not belong together.
   */
  merge(other: EnsembleSummary): void;
  /** The statistics of the blocks added so far; more may be added afterwards. */
  finish(): EnsembleStatistics;
  /** The same in the memory of one contrast; no block may be added before all contrasts have been taken. */
  finishByContrast(): StatisticsByContrast;
  /**
   * The order statistics of one cell, of the blocks added so far.
   * @param cell Number of the cell, see `layOutSummary`.
   */
  sampleOf(cell: number): OrderStatistics;
  /** All that the summary holds, to be written before the next block is added; see {@link restoreSummary}. */
  save(): SummaryState;
}

/**
 * An empty summary.
 * @param draws Draws of the whole ensemble, which decide between exact and histogram summaries (see `planSummary`).
 * @param exactBudget Bytes up to which values are kept; default see `planSummary`.
 */
export function createSummary(catalog: Catalog, draws: number, exactBudget?: number): EnsembleSummary {
  return new BlockwiseSummary(catalog, planSummary(catalog, draws, exactBudget).method, draws);
}

/**
 * A summary that goes on where a saved one was.
 * @param draws Draws of the whole ensemble, as for {@link createSummary}.
 * @throws Error if the state is not one of a summary of this ensemble.
 */
export function restoreSummary(
  catalog: Catalog,
  draws: number,
  state: SavedState,
  exactBudget?: number,
): EnsembleSummary {
  const summary = new BlockwiseSummary(catalog, planSummary(catalog, draws, exactBudget).method, draws);
  summary.restore(state);
  return summary;
}

class BlockwiseSummary implements EnsembleSummary {
  readonly method: SummaryMethod;
  readonly #catalog: Catalog;
  readonly #layout: SummaryLayout;
  readonly #store: SampleStore;
  readonly #moments: BlockTree<Moments>;
  readonly #positive: PositiveCounts;
  readonly #targets: TargetCounts;
  readonly #residuals: Float64Array;
  #draws = 0;

  constructor(catalog: Catalog, method: SummaryMethod, draws: number) {
    const layout = layOutSummary(catalog);
    this.method = method;
    this.#catalog = catalog;
    this.#layout = layout;
    this.#store = method === "exact" ? new ExactStore(layout, replicateDraws(catalog, draws)) : new SketchStore(layout);
    this.#moments = new BlockTree((left, right) => joinMoments(layout, left, right));
    this.#positive = new PositiveCounts(layout);
    this.#targets = new TargetCounts(catalog, layout);
    this.#residuals = new Float64Array(catalog.identities.length);
  }

  addBlock(block: BlockResult, digest?: BlockDigest): void {
    if (this.#moments.has(block.block)) throw new Error(`block ${block.block} is added twice`);
    if (digest === undefined || !this.#store.addDigest(digest)) this.#addCells(block);
    else {
      this.#moments.add(block.block, digest.moments);
      this.#positive.merge(digest.positive);
      this.#targets.merge({ met: digest.targetsMet, first: digest.targetsFirst, runs: digest.targetRuns });
    }
    this.#addResiduals(block.identityResiduals);
    this.#draws += block.draws;
  }

  shareBins(): SharedBins | undefined {
    return this.#store instanceof SketchStore ? this.#store.shareBins() : undefined;
  }

  #addCells(block: BlockResult): void {
    checkBlock(this.#layout, this.#catalog, block);
    const moments = emptyMoments(this.#layout, block);
    const wantsCells = this.#store.addBlock(block);
    forEachCell(this.#layout, block, (cell, values, n) => {
      setMoments(moments, cell, values, n);
      this.#positive.addCell(cell, values, n);
      if (wantsCells) this.#store.addCell(cell, values, n);
    });
    this.#moments.add(block.block, moments);
    this.#targets.addBlock(block);
  }

  fixBins(first: BlockResult): void {
    this.#store.fixBins(first);
  }

  merge(other: EnsembleSummary): void {
    if (!(other instanceof BlockwiseSummary)) throw new Error("only summaries made by createSummary can be merged");
    if (other.#catalog.model.hash !== this.#catalog.model.hash || other.#layout.cells !== this.#layout.cells) {
      throw new Error("summaries of different ensembles cannot be merged");
    }
    this.#moments.merge(other.#moments);
    this.#store.merge(other.#store);
    this.#positive.merge(other.#positive.counts);
    this.#targets.merge(other.#targets);
    this.#addResiduals(other.#residuals);
    this.#draws += other.#draws;
  }

  finish(): EnsembleStatistics {
    const { contrasts, ...facts } = this.finishByContrast();
    const rows = emptyRows(this.#catalog, this.#layout.cells);
    let at = 0;
    for (const part of contrasts) {
      for (const [column, values] of columnPairs(rows, part)) column.set(values, at);
      at += part.length;
    }
    return { ...facts, rows };
  }

  finishByContrast(): StatisticsByContrast {
    const runs = this.#catalog.scenarios.map((_, scenario): ScenarioRuns => {
      const counted = this.#targets.runs[scenario]!;
      return { runs: this.#draws, failed: this.#draws - counted };
    });
    return {
      method: this.method,
      contrasts: this.#contrasts(),
      targets: targetRows(this.#catalog, this.#layout, this.#targets),
      runs,
      identityResiduals: this.#residuals.slice(),
    };
  }

  sampleOf(cell: number): OrderStatistics {
    return this.#store.sampleOf(cell);
  }

  save(): SummaryState {
    // An exact summary holds the blocks themselves, from which all the rest follows.
    if (this.method === "exact") return this.#store.save();
    const subtrees = this.#moments.subtrees();
    return [
      ...this.#store.save(),
      { name: "summarised-draws", pieces: [Float64Array.of(this.#draws)] },
      { name: "positive", pieces: [this.#positive.counts] },
      { name: "targets-met", pieces: [this.#targets.met] },
      { name: "targets-first", pieces: [this.#targets.first] },
      { name: "target-runs", pieces: [this.#targets.runs] },
      { name: "residuals", pieces: [this.#residuals] },
      { name: "subtrees", pieces: [Float64Array.from(subtrees.flatMap(({ level, index }) => [level, index]))] },
      ...subtrees.flatMap(({ value }, i) => [
        { name: `moments-${i}-n`, pieces: [value.n] },
        { name: `moments-${i}-mean`, pieces: [value.mean] },
        { name: `moments-${i}-squares`, pieces: [value.squares] },
      ]),
    ];
  }

  /** Takes what {@link save} wrote into an empty summary. */
  restore(state: SavedState): void {
    if (this.#store instanceof SketchStore) this.#restoreSketch(this.#store, state);
    else {
      const { tables, identities } = this.#catalog;
      for (const block of savedBlocks(state, tables.length, identities.length)) this.addBlock(block);
    }
  }

  #restoreSketch(store: SketchStore, state: SavedState): void {
    const layout = this.#layout;
    store.restore(state);
    this.#draws = state.floats("summarised-draws", 1)[0]!;
    const fill = (array: Float64Array, name: string) => array.set(state.floats(name, array.length));
    fill(this.#positive.counts, "positive");
    fill(this.#targets.met, "targets-met");
    fill(this.#targets.first, "targets-first");
    fill(this.#targets.runs, "target-runs");
    fill(this.#residuals, "residuals");
    const subtrees = state.floats("subtrees");
    for (let i = 0; i < subtrees.length / 2; i++) {
      const value: Moments = {
        n: state.floats(`moments-${i}-n`, layout.contrasts.length),
        mean: state.floats(`moments-${i}-mean`, layout.cells),
        squares: state.floats(`moments-${i}-squares`, layout.cells),
      };
      this.#moments.addSubtree({ level: subtrees[2 * i]!, index: subtrees[2 * i + 1]!, value });
    }
  }

  /** Keeps the larger residual; one that is NaN belongs to a failed run and is in the failures. */
  #addResiduals(residuals: Float64Array): void {
    for (let i = 0; i < this.#residuals.length; i++) {
      if (residuals[i]! > this.#residuals[i]!) this.#residuals[i] = residuals[i]!;
    }
  }

  *#contrasts(): Iterable<SummaryRows> {
    const moments = this.#moments.total();
    for (const position of this.#layout.contrasts.keys()) yield this.#rowsOf(position, moments);
  }

  #rowsOf(position: number, moments: Moments | undefined): SummaryRows {
    const rows = namedRows(this.#layout, this.#catalog, position);
    const first = position * this.#layout.contrastCells;
    const isLevel = this.#layout.contrasts[position]!.reference < 0;
    const probabilities = this.#catalog.quantiles.map((percent) => percent / 100);
    this.#store.forEachSample(position, (cell, sample) => {
      const row = cell - first;
      const n = sample.n;
      const isEmpty = moments === undefined || n === 0;
      rows.n[row] = n;
      rows.mean[row] = isEmpty ? Number.NaN : moments.mean[cell]!;
      const { parts } = sample;
      rows.meanSe[row] = parts ? replicateMeanError(parts) : meanError(moments, cell, n);
      let error = 0;
      for (const [i, p] of probabilities.entries()) {
        rows.quantiles[i]![row] = quantile(sample, p);
        rows.quantilesSe[i]![row] = parts ? replicateQuantileError(parts, p) : quantileStandardError(sample, p);
        error = Math.max(error, quantileError(sample, p));
      }
      rows.sketchError[row] = error;
      rows.pPositive[row] = isLevel || n === 0 ? Number.NaN : this.#positive.of(cell) / n;
      rows.varianceReduction[row] = moments === undefined ? Number.NaN : varianceReduction(this.#layout, moments, cell);
    });
    return rows;
  }
}

/** Draws of a replicate where there are enough of them for errors, else 0. */
function replicateDraws({ replicates = 1 }: Catalog, draws: number): number {
  return replicates >= LEAST_REPLICATES ? draws / replicates : 0;
}

/** Standard error of a mean of independent draws. */
function meanError(moments: Moments | undefined, cell: number, n: number): number {
  return moments === undefined || n < 2 ? Number.NaN : Math.sqrt(moments.squares[cell]! / (n - 1) / n);
}

/** See {@link SummaryRows.varianceReduction}. */
function varianceReduction(layout: SummaryLayout, moments: Moments, cell: number): number {
  const { contrastCells, contrasts } = layout;
  const position = Math.floor(cell / contrastCells);
  const { scenario, reference } = contrasts[position]!;
  if (reference < 0) return Number.NaN;
  // Levels stand first, in the order of the scenarios.
  const variance = (contrast: number) =>
    moments.squares[contrast * contrastCells + (cell % contrastCells)]! / (moments.n[contrast]! - 1);
  const ratio = (variance(scenario) + variance(reference)) / variance(position);
  return Number.isFinite(ratio) && moments.n[position]! > 1 ? ratio : Number.NaN;
}

/** Rows whose numbers are still to come. */
function emptyRows(catalog: Catalog, length: number): SummaryRows {
  const numbers = () => new Float64Array(length);
  return {
    length,
    scenario: new Int32Array(length),
    reference: new Int32Array(length),
    indicator: new Int32Array(length),
    key: new Int32Array(length),
    time: numbers(),
    n: new Int32Array(length),
    mean: numbers(),
    meanSe: numbers(),
    quantiles: catalog.quantiles.map(numbers),
    quantilesSe: catalog.quantiles.map(numbers),
    pPositive: numbers(),
    varianceReduction: numbers(),
    sketchError: numbers(),
  };
}

/** The rows of a contrast with what they are of, and their numbers still to come. */
function namedRows(layout: SummaryLayout, catalog: Catalog, position: number): SummaryRows {
  const rows = emptyRows(catalog, layout.contrastCells);
  const { scenario, reference } = layout.contrasts[position]!;
  rows.scenario.fill(scenario);
  rows.reference.fill(reference);
  let row = 0;
  for (const { indicator, keys } of layout.indicators) {
    for (let key = 0; key < keys; key++) {
      for (const time of catalog.saveTimes) {
        rows.indicator[row] = indicator;
        rows.key[row] = key;
        rows.time[row] = time;
        row++;
      }
    }
  }
  return rows;
}

type Column = Float64Array | Int32Array;

/** Each column of some rows beside the same one of others. */
function columnPairs(rows: SummaryRows, others: SummaryRows): [Column, Column][] {
  const columns = ({ length: _, quantiles, quantilesSe, ...single }: SummaryRows): Column[] => [
    ...Object.values(single),
    ...quantiles,
    ...quantilesSe,
  ];
  const second = columns(others);
  return columns(rows).map((column, i) => [column, second[i]!]);
}
