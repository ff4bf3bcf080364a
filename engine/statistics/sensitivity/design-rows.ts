/** The values of chosen outputs in the runs of a sensitivity design, row by row: all that is kept of them. */
import type { BlockResult } from "../../ensemble/block-result.ts";
import type { Catalog } from "../../ensemble/catalog.ts";
import { gatherCell, layOutSummary, type SummaryLayout } from "../summary-layout.ts";

export interface DesignOutput {
  readonly indicator: string;
  readonly key: string;
  readonly time: number;
}

export class DesignRows {
  readonly outputs: readonly DesignOutput[];
  /** Numbers of the rows in which no run failed. */
  readonly numbers: number[] = [];
  /** For each output, the values of the runs of each of these rows. */
  readonly values: readonly Float64Array[][];
  readonly #catalog: Catalog;
  readonly #layout: SummaryLayout;

  constructor(catalog: Catalog, outputs: readonly DesignOutput[]) {
    this.outputs = outputs;
    this.values = outputs.map(() => []);
    this.#catalog = catalog;
    this.#layout = layOutSummary(catalog);
  }

  /** Takes the values out of a row; one with a failed run is left out whole. */
  add(block: BlockResult): void {
    if (block.failed.some((flag) => flag !== 0)) return;
    this.numbers.push(block.block);
    const runs = Int32Array.from({ length: block.draws }, (_, run) => run);
    for (const [o, { indicator, key, time }] of this.outputs.entries()) {
      const position = this.#catalog.indicators.findIndex((candidate) => candidate.name === indicator);
      const cells = this.#layout.indicators.find((candidate) => candidate.indicator === position)!;
      const [k, t] = [this.#catalog.indicators[position]!.keys.indexOf(key), this.#catalog.saveTimes.indexOf(time)];
      const row = new Float64Array(block.draws);
      gatherCell(this.#layout, block, { scenario: 0, reference: -1 }, cells, k, t, runs, row, 0);
      this.values[o]!.push(row);
    }
  }
}

/** @throws RangeError if fewer rows than that have no failed run. */
export function requireRows({ numbers }: DesignRows, least: number): void {
  if (numbers.length >= least) return;
  throw new RangeError(`too few rows without a failed run: ${numbers.length} (at least ${least})`);
}
