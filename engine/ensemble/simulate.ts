/** One run at central values: parameters at their declared values (else medians), no shocks. */
import { UsageError } from "../diagnostics/diagnostic.ts";
import { allKnown, known } from "../diagnostics/known-name.ts";
import type { NoiseSlots, Program, SlotRange } from "../ir/program.ts";
import { type LaneFailure, runProgram } from "../ir/run-program.ts";
import { singleMachine } from "../ir/single-machine.ts";
import type { Model } from "../model/model.ts";
import { cellKeys } from "../model/symbols.ts";
import { saveTimes } from "../model/time-grid.ts";
import { type CentralParameter, centralParameters, elementLabels, planScenario } from "./plan-parameters.ts";
import { centralValues } from "./quantile.ts";

/** `name = value` from outside the model, for one run. */
export interface Setting {
  readonly name: string;
  readonly value: number;
}

export interface SimulatedColumn {
  readonly variable: string;
  /** `""` for a scalar, else the key of the element. */
  readonly key: string;
  readonly unit: string;
  /** One value a save point. */
  readonly values: Float64Array;
}

export interface Simulation {
  readonly times: readonly number[];
  readonly columns: readonly SimulatedColumn[];
  readonly failure: {
    readonly variable: string;
    readonly key: string;
    readonly time: number;
    readonly value: number;
  } | null;
  /** Largest residual of each identity, as a share of its scale. */
  readonly identities: readonly { readonly name: string; readonly residual: number; readonly tolerance: number }[];
}

export interface SimulateOptions {
  /** Default: the model's reference scenario. */
  readonly scenario?: string;
  readonly settings?: readonly Setting[];
  /** Names of the variables to keep; default all. */
  readonly variables?: readonly string[];
}

/**
 * Simulates a model once. Every column holds the values of the moment at each save point.
 * @throws UsageError for a scenario, variable or setting that the model does not have.
 */
export function simulate(model: Model, program: Program, options: SimulateOptions = {}): Simulation {
  const scenario = options.scenario ?? model.reference;
  const kept = keptVariables(model, options.variables);
  const parameters = centralParameters(model, program);
  const plan = planScenario(
    model,
    program,
    parameters,
    known(
      scenario,
      model.scenarios.map((s) => s.name),
      "scenario",
    ),
  );
  const central = parameters.map((p, i) => {
    const fixed = plan.overrides.find((o) => o.parameter === i);
    return fixed?.values ?? (fixed?.distribution ? centralValues(fixed.distribution, p.lastLength) : p.central);
  });
  const levers = plan.levers.map((l) => ({ ...l }));
  for (const setting of options.settings ?? []) apply(setting, model, program, parameters, central, levers);

  const times = saveTimes(model.time);
  const slots = new Map(program.slots.filter((s) => s.kind !== "hidden").map((s) => [`${s.kind} ${s.name}`, s]));
  const columns = kept.flatMap((v) => {
    const range = slots.get(`${v.kind} ${v.name}`)!;
    const keys = cellKeys(v.shape);
    return keys.map((key, e) => ({
      variable: v.name,
      key,
      unit: v.unit,
      slot: range.base + e,
      values: new Float64Array(times.length),
    }));
  });
  const machine = singleMachine(program);
  const [failure] = runProgram(
    program,
    machine,
    {
      load: (memory) => {
        for (const [i, p] of parameters.entries()) memory.set(central[i]!, p.base);
        for (const [i, l] of program.levers.entries()) {
          const { set, from, to, lag } = levers[i]!;
          memory.set([set, from, to, lag], l.set);
        }
      },
      innovations: (noise, _index, out) => void out.fill(centralInnovation(noise)),
    },
    {
      save: (row) => {
        for (const column of columns) column.values[row] = machine.memory[column.slot]!;
      },
    },
  );
  return {
    times,
    columns: columns.map(({ variable, key, unit, values }) => ({ variable, key, unit, values })),
    failure: failure ? describeFailure(program, failure) : null,
    identities: program.identities.map(({ name, residual, tolerance }) => ({
      name,
      residual: machine.memory[residual]!,
      tolerance,
    })),
  };
}

/** The innovation of a run without shocks. A uniform number of 1 is below no probability: a Markov process stays where it is. */
export function centralInnovation({ process }: NoiseSlots): number {
  if (process === "markov") return 1;
  return process === "uniform" ? 0.5 : 0;
}

function keptVariables(model: Model, names: readonly string[] | undefined) {
  const all = model.variables.filter((v) => v.kind !== "lookup");
  if (!names) return all;
  const byName = new Map(all.map((v) => [v.name, v]));
  return allKnown(names, [...byName.keys()], "variable").map((name) => byName.get(name)!);
}

function apply(
  { name, value }: Setting,
  model: Model,
  program: Program,
  parameters: readonly CentralParameter[],
  central: Float64Array[],
  levers: { set: number }[],
): void {
  const bare = name.replace(/\[.*$/, "");
  const p = parameters.findIndex((x) => x.name === bare);
  const l = program.levers.findIndex((x) => x.name === name);
  if (p >= 0) {
    const element = bare === name ? -1 : elementLabels(parameters[p]!.parameter).indexOf(name.replace(/\s+/g, ""));
    if (bare !== name && element < 0) throw new UsageError(`unknown element: ${name}`);
    central[p] = central[p]!.map((old, e) => (element < 0 || e === element ? value : old));
    return;
  }
  if (l < 0) {
    const names = [...parameters.map((x) => x.name), ...program.levers.map((x) => x.name)];
    known(name, names, "parameter or lever");
  }
  const lever = model.variables.find((v) => v.kind === "lever" && v.name === name);
  if (lever?.kind === "lever" && (value < lever.low || value > lever.high)) {
    throw new UsageError(`lever out of range: ${name} = ${value} (${lever.low} to ${lever.high})`);
  }
  levers[l]!.set = value;
}

function describeFailure(program: Program, failure: LaneFailure): NonNullable<Simulation["failure"]> {
  const { start, stepNumerator, stepDenominator } = program.clock;
  const time = start + (failure.step * stepNumerator) / stepDenominator;
  if (failure.identity !== null) return { variable: failure.identity, key: "", time, value: failure.value };
  const range = rangeOf(program, failure.slot);
  return {
    variable: range?.name ?? "",
    key: range?.keys?.[failure.slot - range.base] ?? "",
    time,
    value: failure.value,
  };
}

const rangeOf = (program: Program, slot: number): SlotRange | undefined =>
  program.slots.find((s) => slot >= s.base && slot < s.base + s.size);
