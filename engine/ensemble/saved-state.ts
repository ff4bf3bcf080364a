/** The saved states of the runs of a block, put into the memory of a group of runs and taken out of it. */
import type { StateRange } from "../ir/run-state.ts";

/** Names a run among those with saved states. @param source Position of its scenario there. */
export const startId = (source: number, draw: number): string => `${source} ${draw}`;

/** The state of the runs of one block, column by column of the checkpoint. */
export interface BlockState {
  /** Draws of the block in the source. */
  readonly draws: number;
  /** For each column [scenario, draw, element]; what a run that had failed has there is kept too. */
  readonly columns: readonly Float64Array[];
}

/** Puts the states of a group's lanes into a memory [slot, lane]. */
export function putState(
  ranges: readonly StateRange[],
  { columns, draws }: BlockState,
  group: { readonly source: number; readonly from: number; readonly used: number },
  memory: Float64Array,
  lanes: number,
): void {
  for (const [r, { base, size }] of ranges.entries()) {
    const column = columns[r]!;
    for (let lane = 0; lane < lanes; lane++) {
      const run = group.source * draws + group.from + Math.min(lane, group.used - 1);
      for (let e = 0; e < size; e++) memory[(base + e) * lanes + lane] = column[run * size + e]!;
    }
  }
}

/**
 * Takes the states of a group's lanes out of a memory [slot, lane] into the columns [scenario, draw, element] of a block.
 * @param run Position of the first lane among the block's runs.
 */
export function takeState(
  ranges: readonly StateRange[],
  columns: readonly Float64Array[],
  run: number,
  used: number,
  memory: Float64Array,
  lanes: number,
): void {
  for (const [r, { base, size }] of ranges.entries()) {
    const column = columns[r]!;
    for (let lane = 0; lane < used; lane++) {
      for (let e = 0; e < size; e++) {
        const value = memory[(base + e) * lanes + lane]!;
        // One NaN for all, since their bits are not the same everywhere.
        column[(run + lane) * size + e] = Number.isNaN(value) ? Number.NaN : value;
      }
    }
  }
}
