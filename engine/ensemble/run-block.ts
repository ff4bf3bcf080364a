/** Runs one block: all scenarios for a range of draws, with the same draws and shocks under every scenario. */
import type { Program } from "../ir/program.ts";
import type { LaneFailure, RunSpan } from "../ir/run-program.ts";
import { type StateRange, stateRanges } from "../ir/run-state.ts";
import type { BlockResult, RunFailure } from "./block-result.ts";
import type { CatalogTable } from "./catalog.ts";
import { type BlockState, putState, takeState } from "./continue-run.ts";
import { type EnsemblePlan, startId } from "./plan.ts";
import { createMachine, type RunMachine } from "./run-machine.ts";
import { DrawSampler, type RunGroup, type SampledDraws } from "./sample-draws.ts";

/**
 * A function that runs blocks of a plan by number; it keeps its working memory from block to block.
 *
 * Its second argument may be tables of an earlier block that nobody needs any more: those of the new block take their place.
 * @param stateOf The saved states of a block, for a plan whose runs go on from some.
 */
export function createBlockRunner(
  plan: EnsemblePlan,
  stateOf?: (block: number) => BlockState,
): (block: number, spare?: readonly Float64Array[]) => BlockResult {
  const runner = new BlockRunner(plan, stateOf);
  return (block, spare) => runner.run(block, spare);
}

class BlockRunner {
  readonly #plan: EnsemblePlan;
  readonly #machine: RunMachine;
  readonly #sampler: DrawSampler;
  /** First cell of each output in a row of values. */
  readonly #firstCell: ReadonlyMap<string, number>;
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
    const { catalog, draws, blockDraws, program, scenarios } = this.#plan;
    const first = block * blockDraws;
    const count = Math.min(blockDraws, draws - first);
    const sampled = this.#sampler.sample(first, count);
    const perRun = catalog.saveTimes.length;
    const tables = catalog.tables.map((t, i) => {
      const length = t.indicators.length * scenarios.length * count * perRun * t.keys.length;
      const used = spare[i];
      return (used?.length === length ? used : new Float64Array(length)).fill(Number.NaN);
    });
    const failed = new Uint8Array(scenarios.length * count);
    const failures: RunFailure[] = [];
    const identityResiduals = new Float64Array(program.identities.length);
    const state = this.#plan.start ? this.#stateOf!(block) : undefined;
    const checkpoint =
      catalog.checkpoint && this.#ranges.map(({ size }) => new Float64Array(scenarios.length * count * size));
    const { lanes } = this.#machine;
    for (const s of scenarios.keys()) {
      for (let from = 0; from < count; from += lanes) {
        const used = Math.min(lanes, count - from);
        const group: LaneGroup = { scenario: s, from, used, count, sampled, tables, state, checkpoint };
        for (const failure of this.#runGroup(group, identityResiduals)) {
          failed[s * count + failure.draw - first] = 1;
          failures.push(failure);
        }
      }
    }
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
    const { program, catalog, scenarios } = this.#plan;
    const firstRow = Math.max(0, Math.ceil(step / program.clock.stepsPerSave) - this.#skippedRows);
    for (const [t, table] of catalog.tables.entries()) {
      blank(group, table, t, lane, firstRow, catalog.saveTimes.length, scenarios.length);
    }
  }

  #save(row: number, values: Float64Array, group: LaneGroup): void {
    const { catalog, scenarios } = this.#plan;
    const { lanes } = this.#machine;
    const times = catalog.saveTimes.length;
    for (const [t, table] of catalog.tables.entries()) {
      const cells = table.keys.length;
      for (const [i, name] of table.indicators.entries()) {
        const first = this.#firstCell.get(name)!;
        for (let l = 0; l < group.used; l++) {
          const run = (i * scenarios.length + group.scenario) * group.count + group.from + l;
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

interface LaneGroup extends RunGroup {
  /** Draws of the block. */
  readonly count: number;
  readonly sampled: SampledDraws;
  readonly tables: readonly Float64Array[];
  /** What the runs go on from, and where their state is kept. */
  readonly state: BlockState | undefined;
  readonly checkpoint: readonly Float64Array[] | undefined;
}

function blank(
  group: LaneGroup,
  table: CatalogTable,
  t: number,
  lane: number,
  firstRow: number,
  times: number,
  scenarios: number,
): void {
  const cells = table.keys.length;
  for (const i of table.indicators.keys()) {
    const run = (i * scenarios + group.scenario) * group.count + group.from + lane;
    group.tables[t]!.fill(Number.NaN, (run * times + firstRow) * cells, (run + 1) * times * cells);
  }
}

/** The variable and element that a slot belongs to. */
function slotName(program: Program, slot: number): { variable: string; key: string } {
  const range = program.slots.find((s) => slot >= s.base && slot < s.base + s.size);
  if (!range) return { variable: "", key: "" };
  return { variable: range.name, key: range.keys?.[slot - range.base] ?? "" };
}
