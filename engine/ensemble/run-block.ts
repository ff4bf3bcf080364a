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

/** Sees the values of a block as its runs save them: those of the reference first, then scenario by scenario. */
export interface RowWatch {
  /**
   * A row of runs that stand side by side, [cell, lane], cells of all outputs one after the other; it is not to be kept. Lanes beyond
   * the block's last draw repeat it.
   * @param from The first of the draws, counted within the block.
   */
  row(scenario: number, from: number, row: number, values: Float64Array): void;
  /** All runs of a scenario have saved their rows. @param failed 1 for each draw that failed */
  scenario(scenario: number, failed: Uint8Array): void;
}

/** The rows that a watch of a plan's blocks sees. */
export interface SavedRows {
  /** Draws of a block at most. */
  readonly draws: number;
  /** Runs side by side. */
  readonly lanes: number;
  /** Values of a row. */
  readonly cells: number;
  /** Position in a row of each output's first cell. */
  readonly firstCell: ReadonlyMap<string, number>;
}

/** The rows of a plan's blocks. */
export function savedRows({ program, kernel, lanes, blockDraws, draws }: EnsemblePlan): SavedRows {
  const count = Math.min(blockDraws, draws);
  const firstCell = new Map<string, number>();
  let cells = 0;
  for (const { name, size } of program.outputs) {
    firstCell.set(name, cells);
    cells += size;
  }
  return { draws: count, lanes: kernel?.layout.lanes ?? Math.min(lanes, count), cells, firstCell };
}

/** Runs blocks of a plan by number, and keeps its working memory from block to block. */
export interface BlockRun {
  (block: number, watch?: RowWatch): BlockResult;
  /** The same block without tables: the memory of its values is the watch's. */
  withoutTables(block: number, watch: RowWatch): BlockResult;
}

/**
 * A function that runs blocks of a plan.
 * @param stateOf The saved states of a block, for a plan whose runs go on from some.
 */
export function createBlockRunner(plan: EnsemblePlan, stateOf?: (block: number) => BlockState): BlockRun {
  const runner = new BlockRunner(plan, stateOf);
  return Object.assign((block: number, watch?: RowWatch) => runner.run(block, true, watch), {
    withoutTables: (block: number, watch: RowWatch) => runner.run(block, false, watch),
  });
}

class BlockRunner {
  readonly #plan: EnsemblePlan;
  readonly #machine: RunMachine;
  readonly #sampler: DrawSampler;
  readonly #saved: SavedRows;
  readonly #stateOf: ((block: number) => BlockState) | undefined;
  readonly #ranges: readonly StateRange[];
  /** Save points of the model before the first row of the results. */
  readonly #skippedRows: number;

  constructor(plan: EnsemblePlan, stateOf: ((block: number) => BlockState) | undefined) {
    if (plan.start && !stateOf) throw new Error("a plan whose runs go on from saved states needs them");
    this.#plan = plan;
    this.#stateOf = stateOf;
    this.#ranges = plan.start || plan.catalog.checkpoint ? stateRanges(plan.program) : [];
    this.#skippedRows = Math.ceil((plan.start?.step ?? 0) / plan.program.clock.stepsPerSave);
    this.#saved = savedRows(plan);
    this.#machine = createMachine(plan.program, plan.kernel, this.#saved.lanes);
    this.#sampler = new DrawSampler(plan);
  }

  run(block: number, withTables: boolean, watch?: RowWatch): BlockResult {
    const begun = this.#begin(block);
    const { count, failed } = begun;
    const { catalog, scenarios } = this.#plan;
    const tables = withTables ? this.#tables(count) : [];
    const failuresOf: RunFailure[][] = scenarios.map(() => []);
    const reference = catalog.scenarios.findIndex(({ name }) => name === catalog.reference);
    const isFirst = (scenario: number) => watch !== undefined && scenario === reference;
    for (const s of [...scenarios.keys()].sort((a, b) => Number(isFirst(b)) - Number(isFirst(a)) || a - b)) {
      failuresOf[s] = this.#runScenario({ ...begun, tables, watch, scenario: s });
      watch?.scenario(s, failed.subarray(s * count, (s + 1) * count));
    }
    const { first, sampled, checkpoint, identityResiduals } = begun;
    return {
      block,
      firstDraw: first,
      draws: count,
      tables,
      failed,
      failures: failuresOf.flat(),
      drawValues: sampled.values,
      ...(checkpoint && { checkpoint }),
      identityResiduals,
    };
  }

  #begin(block: number): BegunBlock {
    const { catalog, draws, blockDraws, program, scenarios } = this.#plan;
    const first = block * blockDraws;
    const count = Math.min(blockDraws, draws - first);
    return {
      block,
      scenarios: scenarios.length,
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

  /** Tables of all scenarios, without values yet. */
  #tables(count: number): Float64Array[] {
    const { catalog, scenarios } = this.#plan;
    return catalog.tables.map((t) =>
      new Float64Array(t.indicators.length * scenarios.length * count * catalog.saveTimes.length * t.keys.length).fill(
        Number.NaN,
      ),
    );
  }

  #runScenario(run: ScenarioRun): RunFailure[] {
    const { first, count, failed, identityResiduals, scenario } = run;
    const { lanes } = this.#machine;
    const failures: RunFailure[] = [];
    for (let from = 0; from < count; from += lanes) {
      const group: LaneGroup = { ...run, from, used: Math.min(lanes, count - from) };
      for (const failure of this.#runGroup(group, identityResiduals)) {
        failed[scenario * count + failure.draw - first] = 1;
        failures.push(failure);
      }
    }
    return failures;
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
      (row, cells) => {
        const saved = row - this.#skippedRows;
        group.watch?.row(group.scenario, group.from, saved, cells);
        if (group.tables.length > 0) this.#save(saved, cells, group);
      },
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
    if (group.tables.length === 0) return;
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
        const first = this.#saved.firstCell.get(name)!;
        for (let l = 0; l < group.used; l++) {
          const run = (i * group.scenarios + group.scenario) * group.count + group.from + l;
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
  /** Scenarios of the plan. */
  readonly scenarios: number;
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

/** The runs of a scenario, and where their values go. */
interface ScenarioRun extends BegunBlock {
  readonly scenario: number;
  /** None if nobody wants them. */
  readonly tables: readonly Float64Array[];
  readonly watch: RowWatch | undefined;
}

interface LaneGroup extends RunGroup, ScenarioRun {}

function blank(group: LaneGroup, table: CatalogTable, t: number, lane: number, firstRow: number, times: number): void {
  const cells = table.keys.length;
  for (const i of table.indicators.keys()) {
    const run = (i * group.scenarios + group.scenario) * group.count + group.from + lane;
    group.tables[t]!.fill(Number.NaN, (run * times + firstRow) * cells, (run + 1) * times * cells);
  }
}

/** The variable and element that a slot belongs to. */
function slotName(program: Program, slot: number): { variable: string; key: string } {
  const range = program.slots.find((s) => slot >= s.base && slot < s.base + s.size);
  if (!range) return { variable: "", key: "" };
  return { variable: range.name, key: range.keys?.[slot - range.base] ?? "" };
}
