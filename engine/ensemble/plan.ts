/**
 * An ensemble made ready to run: plain data that crosses threads and that a block runner needs, and nothing else.
 */
import { UsageError } from "../diagnostics/diagnostic.ts";
import type { Program } from "../ir/program.ts";
import type { Distribution } from "../model/distribution.ts";
import type { Model, Parameter } from "../model/model.ts";
import { cellKeys } from "../model/symbols.ts";
import type { Catalog } from "./catalog.ts";
import { quantile } from "./quantile.ts";

export interface PlanParameter {
  readonly name: string;
  readonly base: number;
  readonly size: number;
  /** Values of a run at central values: the declared ones, else medians. */
  readonly central: Float64Array;
  readonly distribution: readonly Distribution[] | null;
  /** Name of the random stream of each element. */
  readonly streams: readonly string[];
  /** First column in `draws`, or -1 for a parameter that is not uncertain. */
  readonly column: number;
}

/** What a scenario changes. */
export interface PlanScenario {
  readonly name: string;
  /** One for each of the program's levers, in order. */
  readonly levers: readonly {
    readonly set: number;
    readonly from: number;
    readonly to: number;
    readonly lag: number;
  }[];
  /** Index of a parameter, and its fixed values or its other distribution. */
  readonly overrides: readonly {
    readonly parameter: number;
    readonly values: Float64Array | null;
    readonly distribution: readonly Distribution[] | null;
  }[];
}

export interface EnsemblePlan {
  readonly program: Program;
  readonly catalog: Catalog;
  readonly seed: number;
  readonly draws: number;
  /** Draws of a block; the last block may have fewer. */
  readonly blockDraws: number;
  /** Runs that are computed side by side; changes no number. */
  readonly lanes: number;
  readonly parameters: readonly PlanParameter[];
  readonly scenarios: readonly PlanScenario[];
}

export interface EnsembleOptions {
  readonly seed: number;
  readonly draws: number;
  readonly blockDraws?: number;
  readonly lanes?: number;
}

/** Small enough for memory and for a smooth progress bar, large enough that block 0 can fix the bins of a sketch. */
const BLOCK_DRAWS = 32;
const LANES = 32;
const MAX_SEED = Number.MAX_SAFE_INTEGER;
/** Draw numbers are 32-bit integers in the results. */
const MAX_DRAWS = 2 ** 31 - 1;

/** Number of blocks of a plan. */
export const blockCount = (plan: Pick<EnsemblePlan, "draws" | "blockDraws">): number =>
  Math.ceil(plan.draws / plan.blockDraws);

export function planEnsemble(model: Model, program: Program, catalog: Catalog, options: EnsembleOptions): EnsemblePlan {
  const { seed, draws, blockDraws = BLOCK_DRAWS, lanes = LANES } = options;
  if (!Number.isSafeInteger(seed) || seed < 0 || seed > MAX_SEED) throw new UsageError(`invalid seed: ${seed}`);
  if (!Number.isSafeInteger(draws) || draws < 1 || draws > MAX_DRAWS) throw new UsageError(`invalid draws: ${draws}`);
  if (!Number.isSafeInteger(blockDraws) || blockDraws < 1) throw new UsageError(`invalid block size: ${blockDraws}`);
  if (!Number.isSafeInteger(lanes) || lanes < 1) throw new UsageError(`invalid lanes: ${lanes}`);
  const parameters = planParameters(model, program);
  const scenarios = catalog.scenarios.map(({ name }) => planScenario(model, program, parameters, name));
  return { program, catalog, seed, draws, blockDraws, lanes, parameters, scenarios };
}

/** `name` for a scalar, `name[kunming,urban]` for an element: the name of its random stream and of its column. */
export function elementLabels(variable: Pick<Parameter, "name" | "shape">): string[] {
  if (variable.shape.length === 0) return [variable.name];
  return cellKeys(variable.shape).map((key) => `${variable.name}[${key.replaceAll("|", ",")}]`);
}

/** Labels of all uncertain numbers, in the order of the columns of `draws`. */
export function drawColumns(model: Model): string[] {
  return uncertainParameters(model).flatMap(elementLabels);
}

/** Parameters with a distribution of their own or in some scenario. */
function uncertainParameters(model: Model): Parameter[] {
  const overridden = new Set(
    model.scenarios.flatMap((s) => s.parameters.filter((p) => p.distribution).map((p) => p.parameter)),
  );
  return model.variables
    .filter((v) => v.kind === "parameter")
    .filter((p) => p.distribution !== null || overridden.has(p));
}

/** Where each parameter lies, its central values and its streams. */
export function planParameters(model: Model, program: Program): PlanParameter[] {
  const bases = new Map(program.slots.filter((s) => s.kind === "parameter").map((s) => [s.name, s.base]));
  const uncertain = new Set(uncertainParameters(model));
  let next = 0;
  return model.variables
    .filter((v) => v.kind === "parameter")
    .map((p) => {
      const column = uncertain.has(p) ? next : -1;
      if (column >= 0) next += p.size;
      const central = p.values ?? Float64Array.from(p.distribution!, (d) => quantile(d, 0.5));
      const { name, size, distribution } = p;
      return { name, base: bases.get(name)!, size, central, distribution, streams: elementLabels(p), column };
    });
}

/** What a scenario changes, by the program's levers and the plan's parameters. */
export function planScenario(
  model: Model,
  program: Program,
  parameters: readonly PlanParameter[],
  name: string,
): PlanScenario {
  const scenario = model.scenarios.find((s) => s.name === name)!;
  const levers = program.levers.map((slots) => {
    const setting = scenario.levers.find((l) => l.lever.name === slots.name);
    if (!setting) return { set: slots.initial, from: model.time.start, to: model.time.start, lag: 0 };
    const { set, from, to, lag } = setting;
    return { set, from, to, lag };
  });
  const overrides = scenario.parameters.map(({ parameter, values, distribution }) => ({
    parameter: parameters.findIndex((p) => p.name === parameter.name),
    values,
    distribution,
  }));
  return { name, levers, overrides };
}
