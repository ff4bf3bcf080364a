/** In how many runs each target is met, by scenario and save time, and when it is met first. */
import type { BlockResult } from "../ensemble/block-result.ts";
import type { Catalog, CatalogTarget } from "../ensemble/catalog.ts";
import type { SummaryLayout } from "./summary-layout.ts";

/** Where the cell that a target judges stands in a block. */
export interface TargetCell {
  readonly target: CatalogTarget;
  readonly table: number;
  readonly column: number;
  readonly key: number;
  readonly keys: number;
}

/** The value of a target's cell in a run at a save time. */
export type TargetValue = (cell: TargetCell, draw: number, time: number) => number;

export class TargetCounts {
  readonly #layout: SummaryLayout;
  readonly #cells: readonly TargetCell[];
  /** Runs in which the target is met at the time, row-major [scenario, target, time]. */
  readonly met: Float64Array;
  /** Runs in which the target is met at the time and at no earlier save time, row-major [scenario, target, time]. */
  readonly first: Float64Array;
  /** Runs that count, of each scenario. */
  readonly runs: Float64Array;

  /** @throws Error if a target judges a cell that no table holds. */
  constructor(catalog: Catalog, layout: SummaryLayout) {
    this.#layout = layout;
    this.#cells = catalog.targets.map((target) => findTargetCell(catalog, target));
    this.met = new Float64Array(layout.scenarios * catalog.targets.length * layout.times);
    this.first = new Float64Array(this.met.length);
    this.runs = new Float64Array(layout.scenarios);
  }

  /** Position of a count in {@link met} and {@link first}. */
  position(scenario: number, target: number, time: number): number {
    return (scenario * this.#cells.length + target) * this.#layout.times + time;
  }

  addBlock(block: BlockResult): void {
    const { draws } = block;
    const { scenarios, times } = this.#layout;
    for (let scenario = 0; scenario < scenarios; scenario++) {
      const failed = block.failed.subarray(scenario * draws, (scenario + 1) * draws);
      this.addScenario(scenario, failed, ({ table, column, key, keys }, draw, time) => {
        const run = (column * scenarios + scenario) * draws + draw;
        return block.tables[table]![(run * times + time) * keys + key]!;
      });
    }
  }

  /** @param failed 1 for each draw of a block whose run failed */
  addScenario(scenario: number, failed: Uint8Array, value: TargetValue): void {
    for (let draw = 0; draw < failed.length; draw++) {
      if (failed[draw] !== 0) continue;
      this.runs[scenario]! += 1;
      for (let target = 0; target < this.#cells.length; target++) this.#countRun(scenario, draw, target, value);
    }
  }

  /** Adds other counts of the same form. */
  merge({ met, first, runs }: Pick<TargetCounts, "met" | "first" | "runs">): void {
    for (let i = 0; i < this.met.length; i++) {
      this.met[i]! += met[i]!;
      this.first[i]! += first[i]!;
    }
    for (let i = 0; i < this.runs.length; i++) this.runs[i]! += runs[i]!;
  }

  #countRun(scenario: number, draw: number, position: number, value: TargetValue): void {
    const cell = this.#cells[position]!;
    const { comparison, threshold } = cell.target;
    let before = false;
    for (let time = 0; time < this.#layout.times; time++) {
      const reached = value(cell, draw, time);
      const isMet = comparison === "at_least" ? reached >= threshold : reached <= threshold;
      if (!isMet) continue;
      const count = this.position(scenario, position, time);
      this.met[count]! += 1;
      if (!before) this.first[count]! += 1;
      before = true;
    }
  }
}

function findTargetCell(catalog: Catalog, target: CatalogTarget): TargetCell {
  for (const [table, { indicators, keys }] of catalog.tables.entries()) {
    const column = indicators.indexOf(target.indicator);
    const key = keys.indexOf(target.key);
    if (column >= 0 && key >= 0) return { target, table, column, key, keys: keys.length };
  }
  throw new Error(
    `catalog: target "${target.name}" judges "${target.indicator}", key "${target.key}", which no table holds`,
  );
}
