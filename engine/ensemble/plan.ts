/**
 * An ensemble made ready to run: plain data that crosses threads and that a block runner needs, and nothing else.
 */
import { UsageError } from "../diagnostics/diagnostic.ts";
import type { Program } from "../ir/program.ts";
import type { MemoryLayout } from "../kernel/layout.ts";
import type { Distribution } from "../model/distribution.ts";
import type { Axis, Model, Parameter } from "../model/model.ts";
import { cellKeys } from "../model/symbols.ts";
import type { RunFailure } from "./block-result.ts";
import type { Catalog, CatalogInput, Title } from "./catalog.ts";
import type { CorrelatedColumns } from "./correlate.ts";
import { checkDesign, DESIGN_KINDS, type Design, type DesignKind } from "./designs/design.ts";
import type { GivenDraws } from "./given-draws.ts";
import { centralValues } from "./quantile.ts";

export interface PlanParameter {
  readonly name: string;
  readonly base: number;
  readonly size: number;
  /** Values of a run at central values: the declared ones, else medians. */
  readonly central: Float64Array;
  readonly distribution: readonly Distribution[] | null;
  /** `name` or `name[element]` of each element. */
  readonly labels: readonly string[];
  /** Name of the random stream of each element: its label, or one name for all columns of a file of joint draws. */
  readonly streams: readonly string[];
  /** Length of the last dimension, over which shares of a Dirichlet distribution sum to one. */
  readonly lastLength: number;
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

/** Where the runs of a plan begin, if not at the start of the model. */
export interface PlanStart {
  readonly step: number;
  /** For each scenario, the position of the one whose saved states its runs go on from. */
  readonly sources: readonly number[];
  /** Runs that had failed before, by `startId`. */
  readonly failures: ReadonlyMap<string, RunFailure>;
}

/** A kernel compiled for the plan's program; a module can be sent to a thread. */
export interface PlanKernel {
  readonly layout: MemoryLayout;
  readonly module: WebAssembly.Module;
}

export interface EnsemblePlan {
  readonly program: Program;
  /** Runs the program; without one the interpreter does. Changes no number. */
  readonly kernel: PlanKernel | null;
  readonly catalog: Catalog;
  readonly seed: number;
  /** Draws of parameters times replications: draw d has the parameters of number floor(d / replications). */
  readonly draws: number;
  /** Noise paths that each draw of the parameters meets. */
  readonly replications: number;
  readonly design: Design;
  readonly correlations: readonly CorrelatedColumns[];
  readonly given: GivenDraws | null;
  readonly start: PlanStart | null;
  /** Draws of a block; the last block may have fewer. */
  readonly blockDraws: number;
  /** Runs that are computed side by side; changes no number. */
  readonly lanes: number;
  readonly parameters: readonly PlanParameter[];
  readonly scenarios: readonly PlanScenario[];
}

export interface EnsembleOptions {
  readonly seed: number;
  /** Draws of the parameters. */
  readonly draws: number;
  /** Default `monte-carlo`. */
  readonly design?: DesignKind;
  /** Independent copies of a Latin hypercube or Sobol' sequence, which share the draws; default 1. */
  readonly replicates?: number;
  /** Noise paths for each draw of the parameters; default 1. */
  readonly replications?: number;
  /** Values that take the place of sampled ones; they must have as many rows as there are draws. */
  readonly given?: GivenDraws;
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
  const { seed, blockDraws = BLOCK_DRAWS, lanes = LANES, replications = 1, given = null } = options;
  const { design: kind = "monte-carlo", replicates = 1 } = options;
  if (!DESIGN_KINDS.includes(kind)) throw new UsageError(`unknown design: ${kind} (${DESIGN_KINDS.join(", ")})`);
  if (!Number.isSafeInteger(replications) || replications < 1)
    throw new UsageError(`invalid replications: ${replications}`);
  const draws = options.draws * replications;
  if (!Number.isSafeInteger(seed) || seed < 0 || seed > MAX_SEED) throw new UsageError(`invalid seed: ${seed}`);
  if (!Number.isSafeInteger(draws) || draws < 1 || draws > MAX_DRAWS) throw new UsageError(`invalid draws: ${draws}`);
  if (!Number.isSafeInteger(blockDraws) || blockDraws < 1) throw new UsageError(`invalid block size: ${blockDraws}`);
  if (!Number.isSafeInteger(lanes) || lanes < 1) throw new UsageError(`invalid lanes: ${lanes}`);
  if (given && given.rows < options.draws) throw new UsageError(`too few draws in the file: ${given.rows}`);
  const parameters = planParameters(model, program);
  const design = { kind, size: options.draws / replicates, replicates };
  checkDesign(design, new Set(parameters.flatMap((p) => (p.column < 0 ? [] : p.streams))).size);
  const isIndependent = kind === "monte-carlo" && replications === 1;
  const described = replicates > 1 && !isIndependent ? { ...catalog, replicates } : catalog;
  const scenarios = catalog.scenarios.map(({ name }) => planScenario(model, program, parameters, name));
  const correlations = planCorrelations(model, parameters);
  const common = {
    program,
    kernel: null,
    catalog: described,
    seed,
    draws,
    replications,
    design,
    correlations,
    given,
    start: null,
  };
  return { ...common, blockDraws, lanes, parameters, scenarios };
}

/** Correlation groups by the columns of their members. */
function planCorrelations(model: Model, parameters: readonly PlanParameter[]): CorrelatedColumns[] {
  const columns = new Map(parameters.map((p) => [p.name, p.column]));
  return model.parameterCorrelations.map(({ members, factor }) => ({
    columns: members.map(({ parameter, element }) => columns.get(parameter.name)! + element),
    factor,
  }));
}

/** `name` for a scalar, `name[kunming,urban]` for an element: the name of its column and, mostly, of its random stream. */
export function elementLabels(variable: Pick<Parameter, "name" | "shape">): string[] {
  if (variable.shape.length === 0) return [variable.name];
  return cellKeys(variable.shape).map((key) => `${variable.name}[${key.replaceAll("|", ",")}]`);
}

/** Labels of all uncertain numbers, in the order of the columns of `draws`. */
export function drawColumns(model: Model): string[] {
  return uncertainParameters(model).flatMap(elementLabels);
}

/** Titles and grades of the same numbers; an element's title stands behind that of its parameter. */
export function drawInputs(model: Model): CatalogInput[] {
  return uncertainParameters(model).flatMap(({ title, grade, shape }) =>
    elementTitles(shape).map((elements) => ({
      title: {
        en: [title.en, ...elements.map(({ en }) => en)].join(", "),
        zh: [title.zh, ...elements.map(({ zh }) => zh)].join("，"),
      },
      ...(grade !== null && { grade }),
    })),
  );
}

/** Titles of the elements of each cell, row-major. */
function elementTitles(shape: readonly Axis[]): Title[][] {
  return shape.reduce<Title[][]>(
    (cells, { dimension }) => cells.flatMap((cell) => dimension.elements.map(({ title }) => [...cell, title])),
    [[]],
  );
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
      const lastLength = p.shape.at(-1)?.dimension.elements.length ?? 1;
      const central = p.values ?? centralValues(p.distribution!, lastLength);
      const { name, size, distribution } = p;
      const labels = elementLabels(p);
      const streams = p.sharedStream === null ? labels : labels.map(() => p.sharedStream!);
      return { name, base: bases.get(name)!, size, central, distribution, labels, streams, lastLength, column };
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
