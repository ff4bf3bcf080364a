/**
 * Summaries of an ensemble, block by block.
 *
 * The result is a function of the set of blocks: it has the same bits for any order of blocks and any split of them
 * between summaries that are merged. Counts are integers, extremes and kept values have no order, and moments are joined
 * along a tree fixed by block numbers (`BlockTree`).
 */
import type { BlockResult } from "../ensemble/block-result.ts";
import type { Catalog } from "../ensemble/catalog.ts";
import type { ArrayPool } from "./array-pool.ts";
import { BinnedSample } from "./binned-sample.ts";
import { KNOTS } from "./bins.ts";
import type { BlockDigest } from "./block-digest.ts";
import { BlockTree } from "./block-tree.ts";
import { DigestReader } from "./contrast-digest.ts";
import { allRows, namedRows, setNumbers } from "./contrast-rows.ts";
import { ContrastState } from "./contrast-state.ts";
import { ContrastStates } from "./contrast-states.ts";
import { ExactStore, type ReplicatedStatistics, savedBlocks } from "./exact-store.ts";
import type { SummaryPages } from "./page-store.ts";
import type { OrderStatistics } from "./quantile.ts";
import { LEAST_REPLICATES } from "./replicates.ts";
import type { SharedBins } from "./shared-bins.ts";
import { SketchBins } from "./sketch-bins.ts";
import { checkBlock, drawsOfContrast, forEachCellOf, layOutSummary, type SummaryLayout } from "./summary-layout.ts";
import { planSummary, type SummaryMethod } from "./summary-method.ts";
import type { EnsembleStatistics, ScenarioRuns, StatisticsByContrast, SummaryRows } from "./summary-rows.ts";
import { type SavedState, type StateArray, type SummaryState, stateArray } from "./summary-state.ts";
import { TargetCounts } from "./target-counts.ts";
import { targetRows } from "./target-rows.ts";

/**
 * Blocks whose digests are added at once, if the state of each contrast has to be taken out of its page for them: a digest may be read
 * until so many blocks, its own included, have been added. Whoever makes digests needs slots for so many beyond those that are on their way.
 */
export const BLOCKS_AT_ONCE = 4;

export interface EnsembleSummary {
  readonly method: SummaryMethod;
  /**
   * Adds the results of a block. An exact summary keeps the block's arrays, so they must not change afterwards.
   * @throws Error if the block was added before, breaks its contract, or holds a value that is not finite in a run that
   *   is not marked as failed.
   * @param digest What a `BlockDigester` has made of the block, which is used up; it saves most of the work, and changes no bit.
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
  /** The same in the memory of one contrast, whose rows are used again for the next one; no block may be added before all contrasts have been taken. */
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
 * @param pages Where a sketch keeps what it does not have in work; default in memory.
 */
export function createSummary(
  catalog: Catalog,
  draws: number,
  exactBudget?: number,
  pages?: SummaryPages,
): EnsembleSummary {
  return new BlockwiseSummary(catalog, draws, exactBudget, pages);
}

/**
 * A summary that goes on where a saved one was.
 * @param draws Draws of the whole ensemble; all but the state as for {@link createSummary}.
 * @throws Error if the state is not one of a summary of this ensemble.
 */
export function restoreSummary(
  catalog: Catalog,
  draws: number,
  state: SavedState,
  exactBudget?: number,
  pages?: SummaryPages,
): EnsembleSummary {
  const summary = new BlockwiseSummary(catalog, draws, exactBudget, pages);
  summary.restore(state);
  return summary;
}

class BlockwiseSummary implements EnsembleSummary {
  readonly method: SummaryMethod;
  readonly #catalog: Catalog;
  readonly #layout: SummaryLayout;
  /** Which blocks have been added. */
  readonly #blocks = new BlockTree<null>(() => null);
  readonly #states: ContrastStates;
  /** All values, for an exact summary. */
  readonly #values: ExactStore;
  /** For a sketch. */
  readonly #bins: SketchBins;
  readonly #digests: DigestReader;
  readonly #isPaged: boolean;
  /** Blocks of a sketch that came before its bins were fixed. */
  #waiting: BlockResult[] = [];
  /** Digests that are added together. */
  #pending: { readonly block: number; readonly digest: BlockDigest }[] = [];
  readonly #targets: TargetCounts;
  readonly #residuals: Float64Array;
  #draws = 0;

  constructor(catalog: Catalog, draws: number, exactBudget?: number, pages?: SummaryPages) {
    const layout = layOutSummary(catalog);
    this.method = planSummary(catalog, draws, exactBudget).method;
    this.#catalog = catalog;
    this.#layout = layout;
    this.#values = new ExactStore(layout, replicateDraws(catalog, draws));
    this.#bins = new SketchBins(layout, pages?.knots);
    this.#digests = new DigestReader(layout, pages?.digests);
    this.#isPaged = pages !== undefined;
    const make = this.#makeState.bind(this);
    this.#states = new ContrastStates(layout.contrasts.length, make, pages?.contrasts);
    this.#targets = new TargetCounts(catalog, layout);
    this.#residuals = new Float64Array(catalog.identities.length);
  }

  #makeState(contrast: number, pool: ArrayPool): ContrastState {
    const { contrastCells: cells, scenarios } = this.#layout;
    const getKnots = () => this.#bins.of(contrast);
    const form = { cells, isDifference: contrast >= scenarios, ...(this.method === "histogram" && { getKnots }) };
    return new ContrastState(form, pool);
  }

  addBlock(block: BlockResult, digest?: BlockDigest): void {
    if (this.#blocks.has(block.block)) throw new Error(`block ${block.block} is added twice`);
    if (digest !== undefined && this.method === "histogram" && this.#bins.areFixed)
      this.#addDigest(block.block, digest);
    else this.#addValues(block);
    this.#blocks.add(block.block, null);
    this.#addResiduals(block.identityResiduals);
    this.#draws += block.draws;
  }

  shareBins(): SharedBins | undefined {
    return this.method === "histogram" ? this.#bins.share() : undefined;
  }

  #addDigest(block: number, digest: BlockDigest): void {
    this.#targets.merge({ met: digest.targetsMet, first: digest.targetsFirst, runs: digest.targetRuns });
    this.#pending.push({ block, digest });
    if (!this.#isPaged || this.#pending.length === BLOCKS_AT_ONCE) this.#addPending();
  }

  #addPending(): void {
    const pending = this.#pending;
    if (pending.length === 0) return;
    this.#pending = [];
    for (const position of this.#layout.contrasts.keys()) {
      const state = this.#states.change(position);
      for (const { block, digest } of pending)
        this.#digests.read(digest.parts, position, digest.draws, (part) =>
          state.addDigest(block, digest.n[position]!, part),
        );
    }
  }

  #addValues(block: BlockResult): void {
    this.#addPending();
    checkBlock(this.#layout, this.#catalog, block);
    this.#targets.addBlock(block);
    if (this.method === "exact") this.#values.addBlock(block);
    else if (block.block === 0) this.#bins.fixBy(block);
    if (this.method === "exact" || this.#bins.areFixed) this.#addCells(block);
    else this.#waiting.push(block);
  }

  #addCells(block: BlockResult): void {
    for (const [position, contrast] of this.#layout.contrasts.entries()) {
      const draws = drawsOfContrast(block, contrast);
      this.#states
        .change(position)
        .addBlock(block.block, draws.length, (visit) => forEachCellOf(this.#layout, block, contrast, draws, visit));
    }
  }

  /** Adds all that has been left for later. */
  #settle(): void {
    this.#addPending();
    if (!this.#bins.areFixed) return;
    for (const block of this.#waiting) this.#addCells(block);
    this.#waiting = [];
  }

  fixBins(first: BlockResult): void {
    if (this.method === "histogram") this.#bins.fixBy(first);
  }

  merge(other: EnsembleSummary): void {
    if (!(other instanceof BlockwiseSummary)) throw new Error("only summaries made by createSummary can be merged");
    if (other.#catalog.model.hash !== this.#catalog.model.hash || other.#layout.cells !== this.#layout.cells) {
      throw new Error("summaries of different ensembles cannot be merged");
    }
    if (other.method !== this.method) throw new Error("a sketch and an exact summary cannot be merged");
    this.#blocks.merge(other.#blocks);
    this.#values.merge(other.#values);
    if (other.#bins.areFixed) this.#bins.take(other.#bins);
    this.#waiting.push(...other.#waiting);
    other.#waiting = [];
    this.#settle();
    other.#settle();
    for (const position of this.#layout.contrasts.keys())
      this.#states.change(position).merge(other.#states.of(position));
    this.#targets.merge(other.#targets);
    this.#addResiduals(other.#residuals);
    this.#draws += other.#draws;
  }

  finish(): EnsembleStatistics {
    const { contrasts, ...facts } = this.finishByContrast();
    return { ...facts, rows: allRows(this.#layout, this.#catalog, contrasts) };
  }

  finishByContrast(): StatisticsByContrast {
    this.#settle();
    if (this.#waiting.length > 0) throw new Error("the bins of a sketch are fixed by block 0, which is missing");
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
    if (this.method === "exact") return this.#values.sampleOf(cell);
    this.#settle();
    const { contrastCells } = this.#layout;
    const [contrast, inContrast] = [Math.floor(cell / contrastCells), cell % contrastCells];
    const sample = new BinnedSample();
    this.#states.of(contrast).sketch!.load(sample, inContrast);
    return sample;
  }

  save(): SummaryState {
    // An exact summary holds the blocks themselves, from which all the rest follows.
    if (this.method === "exact") return this.#values.save();
    this.#settle();
    if (this.#waiting.length > 0) throw new Error("a sketch whose bins are not fixed cannot be saved");
    const numbers = (name: string, array: Float64Array) => stateArray(name, Float64Array, array);
    const subtrees = this.#blocks.subtrees().flatMap(({ level, index }) => [level, index]);
    return [
      numbers("summarised-draws", Float64Array.of(this.#draws)),
      numbers("targets-met", this.#targets.met),
      numbers("targets-first", this.#targets.first),
      numbers("target-runs", this.#targets.runs),
      numbers("residuals", this.#residuals),
      numbers("subtrees", Float64Array.from(subtrees)),
      stateArray("has-bins", Uint8Array, Uint8Array.of(this.#bins.areFixed ? 1 : 0)),
      ...[...this.#layout.contrasts.keys()].flatMap((contrast) => this.#savedContrast(contrast)),
    ];
  }

  /** What is saved of a contrast; it is taken out of its page when it is asked for. */
  #savedContrast(contrast: number): StateArray[] {
    const prefix = `contrast-${contrast}`;
    const { contrastCells } = this.#layout;
    return [
      stateArray(`${prefix}-facts`, Float64Array, Float64Array.from(this.#states.factsOf(contrast))),
      {
        name: `${prefix}-knots`,
        kind: Float64Array,
        length: this.#bins.areFixed ? contrastCells * KNOTS : 0,
        pieces: () => (this.#bins.areFixed ? [this.#bins.of(contrast)] : []),
      },
      ...this.#states.arraysOf(contrast).map(({ name, ...form }) => ({
        name: `${prefix}-${name}`,
        ...form,
        pieces: () => [this.#states.arrayOf(contrast, name)],
      })),
    ];
  }

  /** Takes what {@link save} wrote into an empty summary. */
  restore(state: SavedState): void {
    if (this.method === "histogram") return this.#restoreSketch(state);
    const { tables, identities } = this.#catalog;
    for (const block of savedBlocks(state, tables.length, identities.length)) this.addBlock(block);
  }

  #restoreSketch(state: SavedState): void {
    this.#draws = state.floats("summarised-draws", 1)[0]!;
    state.fill("targets-met", this.#targets.met);
    state.fill("targets-first", this.#targets.first);
    state.fill("target-runs", this.#targets.runs);
    state.fill("residuals", this.#residuals);
    const subtrees = state.floats("subtrees");
    for (let i = 0; i < subtrees.length; i += 2)
      this.#blocks.addSubtree({ level: subtrees[i]!, index: subtrees[i + 1]!, value: null });
    const hasBins = state.bytes("has-bins", 1)[0] === 1;
    const knots = new Float64Array(hasBins ? this.#layout.contrastCells * KNOTS : 0);
    for (const contrast of this.#layout.contrasts.keys()) {
      const prefix = `contrast-${contrast}`;
      state.fill(`${prefix}-knots`, knots);
      if (hasBins) this.#bins.fix(contrast, knots);
      const facts = [...state.floats(`${prefix}-facts`)];
      this.#states.restore(contrast, facts, (name, array) => state.fill(`${prefix}-${name}`, array));
    }
  }

  /** Keeps the larger residual; one that is NaN belongs to a failed run and is in the failures. */
  #addResiduals(residuals: Float64Array): void {
    for (let i = 0; i < this.#residuals.length; i++) {
      if (residuals[i]! > this.#residuals[i]!) this.#residuals[i] = residuals[i]!;
    }
  }

  *#contrasts(): Iterable<SummaryRows> {
    const rows = namedRows(this.#layout, this.#catalog);
    // Levels stand first, in the order of the scenarios.
    const variances: (Float64Array | undefined)[] = [];
    for (const [position, { scenario, reference }] of this.#layout.contrasts.entries()) {
      const state = this.#states.of(position);
      const moments = state.totalMoments();
      const isLevel = reference < 0;
      if (isLevel) variances[scenario] = moments?.squares.map((squares) => squares / (moments.n - 1));
      rows.scenario.fill(scenario);
      rows.reference.fill(reference);
      setNumbers(rows, this.#catalog, {
        moments,
        positive: isLevel ? undefined : (row) => state.positive(row),
        sides: isLevel ? [] : [variances[scenario], variances[reference]],
        forEachSample: (visit) => this.#forEachSample(position, visit),
      });
      if (moments) state.done(moments);
      yield rows;
    }
  }

  #forEachSample(position: number, visit: (row: number, sample: ReplicatedStatistics) => void): void {
    if (this.method === "exact") this.#values.forEachSample(position, visit);
    else this.#states.of(position).sketch!.forEachSample(visit);
  }
}

/** Draws of a replicate where there are enough of them for errors, else 0. */
function replicateDraws({ replicates = 1 }: Catalog, draws: number): number {
  return replicates >= LEAST_REPLICATES ? draws / replicates : 0;
}
