/** Runs the rows of a sensitivity design: some runs of one scenario whose drawn numbers are chosen, each row as a block. */
import type { NoiseSlots } from "../ir/program.ts";
import type { BlockResult } from "./block-result.ts";
import type { Catalog } from "./catalog.ts";
import type { EnsemblePlan } from "./plan.ts";
import { createMachine, type RunMachine } from "./run-machine.ts";
import { DrawSampler, type SampledDraws } from "./sample-draws.ts";

/** A design as plain data that can be sent to a thread. */
export interface RowPlan {
  readonly catalog: Catalog;
  /** Runs in all. */
  readonly draws: number;
  /** Runs of a row. */
  readonly blockDraws: number;
  /** An ensemble of one scenario with independent draws. */
  readonly ensemble: EnsemblePlan;
}

export class RowRunner {
  readonly sampler: DrawSampler;
  readonly #plan: RowPlan;
  readonly #machine: RunMachine;
  /** First cell of each output in a row of values. */
  readonly #firstCell = new Map<string, number>();
  readonly #shocks: Float64Array;

  constructor(plan: RowPlan) {
    const { program, kernel } = plan.ensemble;
    this.#plan = plan;
    this.sampler = new DrawSampler(plan.ensemble);
    this.#machine = createMachine(program, kernel, Math.min(plan.blockDraws, plan.ensemble.lanes));
    let next = 0;
    for (const { name, size } of program.outputs) {
      this.#firstCell.set(name, next);
      next += size;
    }
    this.#shocks = new Float64Array(program.noise.reduce((most, { size }) => Math.max(most, size), 0));
  }

  /**
   * @param sampled The drawn numbers of the row's runs.
   * @param shocksOf The draw of the ensemble whose shocks a run has.
   */
  run(row: number, sampled: SampledDraws, shocksOf: (run: number) => number): BlockResult {
    const { catalog, blockDraws: runs, ensemble } = this.#plan;
    const { lanes } = this.#machine;
    const tables = catalog.tables.map((table) =>
      new Float64Array(table.indicators.length * runs * catalog.saveTimes.length * table.keys.length).fill(Number.NaN),
    );
    const failed = new Uint8Array(runs);
    for (let from = 0; from < runs; from += lanes) {
      const group = { scenario: 0, from, used: Math.min(lanes, runs - from) };
      const failures = this.#machine.run(
        {
          load: (memory) => this.sampler.load(sampled, group, memory, lanes),
          innovations: (noise, index, out) => this.#innovations(noise, index, out, group, shocksOf),
        },
        (at, cells) => this.#save(at, cells, group, tables),
      );
      for (let lane = 0; lane < group.used; lane++) if (failures[lane]) failed[from + lane] = 1;
    }
    return {
      block: row,
      firstDraw: row * runs,
      draws: runs,
      tables,
      failed,
      failures: [],
      drawValues: sampled.values,
      identityResiduals: new Float64Array(ensemble.program.identities.length),
    };
  }

  #innovations(
    noise: NoiseSlots,
    index: number,
    out: Float64Array,
    { from, used }: { readonly from: number; readonly used: number },
    shocksOf: (run: number) => number,
  ): void {
    const { lanes } = this.#machine;
    const own = this.#shocks.subarray(0, noise.size);
    let drawn = -1;
    for (let lane = 0; lane < lanes; lane++) {
      const draw = shocksOf(from + Math.min(lane, used - 1));
      if (draw !== drawn) this.sampler.innovationsOf(noise, index, draw, own);
      drawn = draw;
      for (let e = 0; e < noise.size; e++) out[e * lanes + lane] = own[e]!;
    }
  }

  #save(
    row: number,
    values: Float64Array,
    { from, used }: { readonly from: number; readonly used: number },
    tables: readonly Float64Array[],
  ): void {
    const { catalog, blockDraws: runs } = this.#plan;
    const { lanes } = this.#machine;
    const times = catalog.saveTimes.length;
    for (const [t, table] of catalog.tables.entries()) {
      const cells = table.keys.length;
      for (const [i, name] of table.indicators.entries()) {
        const first = this.#firstCell.get(name)!;
        for (let lane = 0; lane < used; lane++) {
          const at = ((i * runs + from + lane) * times + row) * cells;
          for (let cell = 0; cell < cells; cell++) tables[t]![at + cell] = values[(first + cell) * lanes + lane]!;
        }
      }
    }
  }
}
