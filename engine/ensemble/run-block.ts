/** Runs one block: all scenarios for a range of draws, with the same draws and shocks under every scenario. */
import type { Program } from "../ir/program.ts";
import type { LaneFailure, RunSpan } from "../ir/run-program.ts";
import { type StateRange, stateRanges } from "../ir/run-state.ts";
import type { BlockResult, RunFailure } from "./block-result.ts";
import type { CatalogTable } from "./catalog.ts";
import type { EnsemblePlan } from "./plan.ts";
import { createMachine, type RunMachine } from "./run-machine.ts";
import { DrawSampler, type RunGroup, type SampledDraws } from "./sample-draws.ts";
import { type BlockState, putState, startId, takeState } from "./saved-state.ts";

/** What a block yields for one scenario beside the reference, on whose tables [indicator, 2, draw, time, cell] it stands second. */
export interface BlockPair {
  /** Index into the catalog's scenarios. */
  readonly scenario: number;
  readonly result: BlockResult;
}

/** Runs blocks of a plan by number, and keeps its working memory from block to block. */
export interface BlockRun {
  /** @param spare Tables of an earlier block that nobody needs any more: those of the new block take their place. */
  (block: number, spare?: readonly Float64Array[]): BlockResult;
  /**
   * The same block without tables, in the memory of two scenarios: `visit` sees each scenario but the reference beside it, in order,
   * and may not keep what it sees. For a plan of two scenarios or more.
   */
  byPairs(block: number, visit: (pair: BlockPair) => void): BlockResult;
}

/**
 * A function that runs blocks of a plan.
 * @param stateOf The saved states of a block, for a plan whose runs go on from some.
 */
export function createBlockRunner(plan: EnsemblePlan, stateOf?: (block: number) => BlockState): BlockRun {
  const runner = new BlockRunner(plan, stateOf);
  return Object.assign((block: number, spare?: readonly Float64Array[]) => runner.run(block, spare), {
    byPairs: (block: number, visit: (pair: BlockPair) => void) => runner.runPairs(block, visit),
  });
}

class BlockRunner {
  readonly #plan: EnsemblePlan;
  readonly #machine: RunMachine;
  readonly #sampler: DrawSampler;
  /** First cell of each output in a row of values. */
  readonly #firstCell: ReadonlyMap<string, number>;
  readonly #stateOf: ((block: number) => BlockState) | undefined;
  readonly #ranges: readonly StateRange[];
  /** Tables of two scenarios, used again for each block. */
  #pair: readonly Float64Array[] = [];
  /** Save points of the model before the first row of the results. */
  readonly #skippedRows: number;

  constructor(plan: EnsemblePlan, stateOf: ((block: number) => BlockState) | undefined) {
    if (plan.start && !stateOf) throw new Error("a plan whose runs go on from saved states needs them");
    this.#plan = plan;
    this.#stateOf = stateOf;
    this.#ranges = plan.start || plan.catalog.checkpoint ? stateRanges(plan.program) : [];
    this.#skippedRows = Math.ceil((plan.start?.step ?? 0) / plan.program.clock.stepsPerSave);
    const lanes = Math.min(plan.lanes, plan.blockDraws, plan.draws);
    this.#machine = createMachine(plan.program, plan.kernel, lanes);
    this.#sampler = new DrawSampler(plan);
    let next = 0;
    this.#firstCell = new Map(
      plan.program.outputs.map((o) => {
        next += o.size;
        return [o.name, next - o.size];
      }),
    );
  }

  run(block: number, spare: readonly Float64Array[] = []): BlockResult {
    const begun = this.#begin(block);
    const { scenarios } = this.#plan;
    const tables = this.#tables(scenarios.length, begun.count, spare);
    const failures: RunFailure[] = [];
    for (const s of scenarios.keys())
      failures.push(...this.#runScenario(begun, s, { tables, columns: scenarios.length, column: s }));
    return this.#result(begun, tables, failures);
  }

  runPairs(block: number, visit: (pair: BlockPair) => void): BlockResult {
    const begun = this.#begin(block);
    const { catalog, scenarios } = this.#plan;
    const { count } = begun;
    const reference = catalog.scenarios.findIndex(({ name }) => name === catalog.reference);
    const tables = this.#tables(2, count, this.#pair);
    this.#pair = tables;
    const failuresOf = new Map([[reference, this.#runScenario(begun, reference, { tables, columns: 2, column: 0 })]]);
    for (const s of scenarios.keys()) {
      if (s === reference) continue;
      failuresOf.set(s, this.#runScenario(begun, s, { tables, columns: 2, column: 1 }));
      const failed = new Uint8Array(2 * count);
      for (const [side, of] of [reference, s].entries())
        failed.set(begun.failed.subarray(of * count, (of + 1) * count), side * count);
      visit({ scenario: s, result: { ...this.#result(begun, tables, []), failed } });
    }
    return this.#result(
      begun,
      [],
      [...scenarios.keys()].flatMap((s) => failuresOf.get(s)!),
    );
  }

  #begin(block: number): BegunBlock {
    const { catalog, draws, blockDraws, program, scenarios } = this.#plan;
    const first = block * blockDraws;
    const count = Math.min(blockDraws, draws - first);
    return {
      block,
      first,
      count,
      sampled: this.#sampler.sample(first, count),
      failed: new Uint8Array(scenarios.length * count),
      identityResiduals: new Float64Array(program.identities.length),
      state: this.#plan.start ? this.#stateOf!(block) : undefined,
      checkpoint:
        catalog.checkpoint && this.#ranges.map(({ size }) => new Float64Array(scenarios.length * count * size)),
    };
  }

  /** Tables of so many scenarios, without values yet. */
  #tables(scenarios: number, count: number, spare: readonly Float64Array[]): Float64Array[] {
    const { catalog } = this.#plan;
    return catalog.tables.map((t, i) => {
      const length = t.indicators.length * scenarios * count * catalog.saveTimes.length * t.keys.length;
      const used = spare[i];
      return (used?.length === length ? used : new Float64Array(length)).fill(Number.NaN);
    });
  }

  /** Runs one scenario into a column of tables that have no values for it, or those of another scenario. */
  #runScenario(begun: BegunBlock, scenario: number, into: TableColumn): RunFailure[] {
    const { first, count, failed, identityResiduals } = begun;
    const { lanes } = this.#machine;
    const failures: RunFailure[] = [];
    for (let from = 0; from < count; from += lanes) {
      const group: LaneGroup = { ...begun, ...into, scenario, from, used: Math.min(lanes, count - from) };
      for (const failure of this.#runGroup(group, identityResiduals)) {
        failed[scenario * count + failure.draw - first] = 1;
        failures.push(failure);
      }
    }
    return failures;
  }

  #result(begun: BegunBlock, tables: readonly Float64Array[], failures: readonly RunFailure[]): BlockResult {
    const { block, first, count, sampled, failed, identityResiduals, checkpoint } = begun;
    return {
      block,
      firstDraw: first,
      draws: count,
      tables,
      failed,
      failures,
      drawValues: sampled.values,
      ...(checkpoint && { checkpoint }),
      identityResiduals,
    };
  }

  #runGroup(group: LaneGroup, identityResiduals: Float64Array): RunFailure[] {
    const { program } = this.#plan;
    const { used, sampled } = group;
    const failures = this.#machine.run(
      {
        load: (memory, lanes) => this.#sampler.load(sampled, group, memory, lanes),
        innovations: (noise, index, out) =>
          this.#sampler.innovations(noise, index, sampled, group, out, this.#machine.lanes),
      },
      (row, cells) => this.#save(row - this.#skippedRows, cells, group),
      this.#span(group),
    );
    const { lanes, memory } = this.#machine;
    for (const [i, identity] of program.identities.entries()) {
      for (let l = 0; l < used; l++) {
        identityResiduals[i] = Math.max(identityResiduals[i]!, memory[identity.residual * lanes + l]!);
      }
    }
    return failures.slice(0, used).flatMap((failure, lane) => {
      const found = this.#earlierFailure(group, lane) ?? (failure && this.#describe(failure, group, lane));
      if (!found) return [];
      this.#takeOut(found.step, group, lane);
      return [found];
    });
  }

  /** The states that a group begins with, and the moment at which its states are kept. */
  #span({ scenario, from, used, count, state, checkpoint }: LaneGroup): RunSpan {
    const { start, catalog } = this.#plan;
    return {
      ...(start &&
        state && {
          start: {
            step: start.step,
            put: (memory: Float64Array, lanes: number) =>
              putState(this.#ranges, state, { source: start.sources[scenario]!, from, used }, memory, lanes),
          },
        }),
      ...(catalog.checkpoint &&
        checkpoint && {
          keep: {
            step: catalog.checkpoint.step,
            take: (memory: Float64Array, lanes: number) =>
              takeState(this.#ranges, checkpoint, scenario * count + from, used, memory, lanes),
          },
        }),
    };
  }

  /** What a run had failed of before the state that it goes on from. */
  #earlierFailure({ scenario, from, sampled }: LaneGroup, lane: number): RunFailure | null {
    const { start } = this.#plan;
    if (!start) return null;
    const draw = sampled.first + from + lane;
    const found = start.failures.get(startId(start.sources[scenario]!, draw));
    return found ? { ...found, scenario } : null;
  }

  /** Takes out what a run has from its failure on: a failed value is missing, never a NaN payload. */
  #takeOut(step: number, group: LaneGroup, lane: number): void {
    const { program, catalog } = this.#plan;
    const firstRow = Math.max(0, Math.ceil(step / program.clock.stepsPerSave) - this.#skippedRows);
    for (const [t, table] of catalog.tables.entries()) {
      blank(group, table, t, lane, firstRow, catalog.saveTimes.length);
    }
  }

  #save(row: number, values: Float64Array, group: LaneGroup): void {
    const { catalog } = this.#plan;
    const { lanes } = this.#machine;
    const times = catalog.saveTimes.length;
    for (const [t, table] of catalog.tables.entries()) {
      const cells = table.keys.length;
      for (const [i, name] of table.indicators.entries()) {
        const first = this.#firstCell.get(name)!;
        for (let l = 0; l < group.used; l++) {
          const run = (i * group.columns + group.column) * group.count + group.from + l;
          const at = (run * times + row) * cells;
          for (let c = 0; c < cells; c++) group.tables[t]![at + c] = values[(first + c) * lanes + l]!;
        }
      }
    }
  }

  #describe(failure: LaneFailure, group: LaneGroup, lane: number): RunFailure {
    const { program } = this.#plan;
    const { start, stepNumerator, stepDenominator } = program.clock;
    const time = start + (failure.step * stepNumerator) / stepDenominator;
    const common = {
      scenario: group.scenario,
      draw: group.sampled.first + group.from + lane,
      step: failure.step,
      time,
    };
    if (failure.identity !== null) {
      return {
        ...common,
        code: "identity-violated",
        variable: failure.identity,
        key: "",
        value: String(failure.value),
      };
    }
    const { variable, key } = slotName(program, failure.slot);
    return { ...common, code: "non-finite-value", variable, key, value: String(failure.value) };
  }
}

/** What the runs of a block have in common. */
interface BegunBlock {
  readonly block: number;
  /** The first draw, and how many there are. */
  readonly first: number;
  readonly count: number;
  readonly sampled: SampledDraws;
  readonly failed: Uint8Array;
  readonly identityResiduals: Float64Array;
  /** What the runs go on from, and where their state is kept. */
  readonly state: BlockState | undefined;
  readonly checkpoint: readonly Float64Array[] | undefined;
}

/** Where the values of a scenario go: tables of so many scenarios, and the place among them. */
interface TableColumn {
  readonly tables: readonly Float64Array[];
  readonly columns: number;
  readonly column: number;
}

interface LaneGroup extends RunGroup, BegunBlock, TableColumn {}

function blank(group: LaneGroup, table: CatalogTable, t: number, lane: number, firstRow: number, times: number): void {
  const cells = table.keys.length;
  for (const i of table.indicators.keys()) {
    const run = (i * group.columns + group.column) * group.count + group.from + lane;
    group.tables[t]!.fill(Number.NaN, (run * times + firstRow) * cells, (run + 1) * times * cells);
  }
}

/** The variable and element that a slot belongs to. */
function slotName(program: Program, slot: number): { variable: string; key: string } {
  const range = program.slots.find((s) => slot >= s.base && slot < s.base + s.size);
  if (!range) return { variable: "", key: "" };
  return { variable: range.name, key: range.keys?.[slot - range.base] ?? "" };
}
