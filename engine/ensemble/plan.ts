/**
 * An ensemble made ready to run: plain data that crosses threads and that a block runner needs, and nothing else.
 */
import { UsageError } from "../diagnostics/diagnostic.ts";
import type { Program } from "../ir/program.ts";
import type { MemoryLayout } from "../kernel/layout.ts";
import type { Model } from "../model/model.ts";
import type { RunFailure } from "./block-result.ts";
import type { Catalog } from "./catalog.ts";
import type { CorrelatedColumns } from "./correlate.ts";
import { checkDesign, DESIGN_KINDS, type Design, type DesignKind } from "./designs/design.ts";
import type { GivenDraws } from "./given-draws.ts";
import { type PlanParameter, type PlanScenario, planParameters, planScenario } from "./plan-parameters.ts";

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
