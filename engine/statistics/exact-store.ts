/** The exact store of a summary: it keeps the blocks, and sorts the values of a cell when its quantiles are asked for. */
import type { BlockResult } from "../ensemble/block-result.ts";
import type { OrderStatistics } from "./quantile.ts";
import type { ReplicateSample } from "./replicates.ts";
import { drawsOfContrast, gatherCell, type SummaryLayout } from "./summary-layout.ts";
import { type SavedState, type SummaryState, stateArray } from "./summary-state.ts";

/** A sample, and those of its replicates where they are told apart. */
export interface ReplicatedStatistics extends OrderStatistics {
  readonly parts?: readonly ReplicateSample[] | undefined;
}

export class ExactStore {
  readonly #layout: SummaryLayout;
  readonly #blocks = new Map<number, BlockResult>();

  /** Draws of a replicate, or 0 if draws are independent. */
  readonly #replicateDraws: number;

  /** @param replicateDraws Draws of each replicate, whose samples are then told apart; 0 for none. */
  constructor(layout: SummaryLayout, replicateDraws = 0) {
    this.#layout = layout;
    this.#replicateDraws = replicateDraws;
  }

  /** Keeps the block itself, not a copy: its arrays must not change afterwards. */
  addBlock(block: BlockResult): void {
    this.#blocks.set(block.block, block);
  }

  /** Takes in the blocks of another one. */
  merge(other: ExactStore): void {
    for (const [number, block] of other.#blocks) this.#blocks.set(number, block);
  }

  /**
   * Calls `visit` once for each cell of a contrast, in cell order, with cells counted from its start.
   *
   * The sample handed over is used again for the next cell. It has parts where replicates are told apart.
   * @param position of the contrast in the layout
   */
  forEachSample(position: number, visit: (cell: number, sample: ReplicatedStatistics) => void): void {
    const layout = this.#layout;
    // The order of blocks does not matter, since the values are sorted; numeric order keeps memory access regular.
    const blocks = [...this.#blocks.values()].sort((a, b) => a.block - b.block);
    const sample = new SortedSample(drawsOf(blocks));
    const contrast = layout.contrasts[position]!;
    const draws = blocks.map((block) => drawsOfContrast(block, contrast));
    const ends = this.#replicateEnds(blocks, draws);
    for (const cells of layout.indicators) {
      let cell = cells.offset;
      for (let key = 0; key < cells.keys; key++) {
        for (let time = 0; time < layout.times; time++, cell++) {
          let n = 0;
          for (const [i, block] of blocks.entries()) {
            gatherCell(layout, block, contrast, cells, key, time, draws[i]!, sample.values, n);
            n += draws[i]!.length;
          }
          if (ends) sample.divide(ends);
          sample.sort(n);
          visit(cell, sample);
        }
      }
    }
  }

  /** Where each replicate's draws end among those that count, in the order of the draws. */
  #replicateEnds(blocks: readonly BlockResult[], draws: readonly Int32Array[]): number[] | null {
    const size = this.#replicateDraws;
    if (size === 0) return null;
    const ends: number[] = [];
    let counted = 0;
    for (const [i, { firstDraw }] of blocks.entries()) {
      for (const draw of draws[i]!) {
        const replicate = Math.floor((firstDraw + draw) / size);
        while (ends.length < replicate) ends.push(counted);
        counted += 1;
      }
    }
    return [...ends, counted];
  }

  sampleOf(cell: number): OrderStatistics {
    const layout = this.#layout;
    const contrast = layout.contrasts[Math.floor(cell / layout.contrastCells)]!;
    const inContrast = cell % layout.contrastCells;
    const cells = layout.indicators.findLast((indicator) => indicator.offset <= inContrast)!;
    const [key, time] = [Math.floor((inContrast - cells.offset) / layout.times), inContrast % layout.times];
    const blocks = [...this.#blocks.values()];
    const sample = new SortedSample(drawsOf(blocks));
    let n = 0;
    for (const block of blocks) {
      const draws = drawsOfContrast(block, contrast);
      gatherCell(layout, block, contrast, cells, key, time, draws, sample.values, n);
      n += draws.length;
    }
    sample.sort(n);
    return sample;
  }

  save(): SummaryState {
    const blocks = [...this.#blocks.values()].sort((a, b) => a.block - b.block);
    const counts = (name: string, of: (block: BlockResult) => number) =>
      stateArray(name, Uint32Array, Uint32Array.from(blocks, of));
    const tables = blocks[0]?.tables.length ?? 0;
    return [
      counts("blocks", (block) => block.block),
      counts("first-draws", (block) => block.firstDraw),
      counts("draws", (block) => block.draws),
      stateArray("residuals", Float64Array, ...blocks.map((block) => block.identityResiduals)),
      stateArray("failed", Uint8Array, ...blocks.map((block) => block.failed)),
      ...Array.from({ length: tables }, (_, i) =>
        stateArray(`table-${i}`, Float64Array, ...blocks.map((block) => block.tables[i]!)),
      ),
    ];
  }
}

/** Blocks that {@link ExactStore.save} wrote; they have no failures and no drawn values, which a summary does not look at. */
export function savedBlocks(state: SavedState, tables: number, identities: number): BlockResult[] {
  const numbers = state.counts("blocks");
  if (numbers.length === 0) return [];
  const firsts = state.counts("first-draws", numbers.length);
  const draws = state.counts("draws", numbers.length);
  const residuals = state.floats("residuals", numbers.length * identities);
  const failed = state.bytes("failed");
  const values = Array.from({ length: tables }, (_, table) => state.floats(`table-${table}`));
  const total = draws.reduce((sum, count) => sum + count, 0);
  // Every array has the same number of values for each draw.
  const part = <A extends Float64Array | Uint8Array>(array: A, before: number, count: number): A =>
    array.subarray((array.length / total) * before, (array.length / total) * (before + count)) as A;
  let before = 0;
  return Array.from(numbers, (block, i) => {
    const count = draws[i]!;
    const result: BlockResult = {
      block,
      firstDraw: firsts[i]!,
      draws: count,
      tables: values.map((array) => part(array, before, count)),
      failed: part(failed, before, count),
      failures: [],
      drawValues: new Float64Array(0),
      identityResiduals: residuals.subarray(i * identities, (i + 1) * identities),
    };
    before += count;
    return result;
  });
}

function drawsOf(blocks: readonly BlockResult[]): number {
  return blocks.reduce((sum, block) => sum + block.draws, 0);
}

/** Values in ascending order, in an array that is used for one cell after the other. */
class SortedSample implements ReplicatedStatistics {
  readonly values: Float64Array;
  /** The samples of the replicates, if they are told apart. */
  parts: readonly ReplicateSample[] | undefined;
  n = 0;

  constructor(capacity: number) {
    this.values = new Float64Array(capacity);
  }

  /** Takes the samples of the replicates out of values that still stand in the order of the draws. */
  divide(ends: readonly number[]): void {
    this.parts = ends.map((end, i) => {
      const values = this.values.slice(i === 0 ? 0 : ends[i - 1]!, end);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      values.sort();
      return { n: values.length, at: (rank) => values[rank]!, errorAt: () => 0, mean };
    });
  }

  /** Sorts the first n values: numerically, with -0 before 0. */
  sort(n: number): void {
    this.n = n;
    this.values.subarray(0, n).sort();
  }

  at(rank: number): number {
    return this.values[rank]!;
  }

  errorAt(): number {
    return 0;
  }
}
