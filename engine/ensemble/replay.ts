/** One run of an ensemble again, with any variables in sight: the same inputs, the same machine, hence the same bits. */
import { Interpreter } from "../ir/interpreter.ts";
import type { Program } from "../ir/program.ts";
import { type LaneFailure, type RunSink, type RunSpan, readOutput, runProgram } from "../ir/run-program.ts";
import { stateRanges } from "../ir/run-state.ts";
import type { RunFailure } from "./block-result.ts";
import type { EnsemblePlan } from "./plan.ts";
import { DrawSampler } from "./sample-draws.ts";
import { type BlockState, putState, startId } from "./saved-state.ts";

export interface ReplayOptions {
  /** Index into the plan's scenarios. */
  readonly scenario: number;
  readonly draw: number;
  /** Names of variables. */
  readonly trace: readonly string[];
  /** Shows every step instead of every save point; all values are then those of the moment. */
  readonly everyStep?: boolean;
  /** The saved states of the draw's block, for a plan whose runs go on from some. */
  readonly state?: BlockState;
}

export interface ReplayedColumn {
  readonly variable: string;
  /** `""` for a scalar, else the key of the element. */
  readonly key: string;
  /** One value a time. At save points, an indicator is read as in the results; what is no indicator, at the moment. */
  readonly values: Float64Array;
}

export interface ReplayedRun {
  readonly times: Float64Array;
  readonly columns: readonly ReplayedColumn[];
  /** What went wrong, as the failure ledger has it; the values of the time are shown as they were. */
  readonly failure: Omit<RunFailure, "scenario" | "draw"> | null;
  /** Values of all uncertain numbers in this run, by label: what the scenario sets in place of the drawn ones included. */
  readonly parameters: readonly { readonly name: string; readonly value: number }[];
}

/** Variables that can be traced, in causal order of their slots. */
export function traceable(program: Program): string[] {
  return program.slots.filter((range) => range.kind !== "hidden").map((range) => range.name);
}

/**
 * Runs (scenario, draw) again.
 * @throws RangeError for a draw outside the plan, or a variable that is not traceable.
 */
export function replayRun(plan: EnsemblePlan, options: ReplayOptions): ReplayedRun {
  const { program, draws } = plan;
  const { scenario, draw, everyStep = false } = options;
  if (!Number.isInteger(draw) || draw < 0 || draw >= draws) throw new RangeError(`invalid draw: ${draw}`);
  const { start, stepNumerator, stepDenominator, steps, stepsPerSave } = program.clock;
  const interval = everyStep ? 1 : stepsPerSave;
  const skipped = Math.ceil((plan.start?.step ?? 0) / interval);
  const times = Float64Array.from(
    { length: steps / interval + 1 - skipped },
    (_, row) => start + ((skipped + row) * interval * stepNumerator) / stepDenominator,
  );
  const columns = options.trace.flatMap((name) => traceColumns(program, name, times.length, everyStep));
  const traced = everyStep ? { ...program, clock: { ...program.clock, stepsPerSave: 1 } } : program;
  const machine = new Interpreter(traced, 1);
  const span = spanOf(plan, options);
  const failure = runOnce(plan, traced, machine, { scenario, draw, span }, (row) => {
    for (const column of columns) column.values[row - skipped] = column.read(machine);
  });
  // A run that saves at every step also looks at outputs at every step, and may see a failure before the ensemble did.
  const found = everyStep
    ? runOnce(plan, program, new Interpreter(program, 1), { scenario, draw, span }, () => {})
    : failure;
  const earlier = plan.start?.failures.get(startId(plan.start.sources[scenario]!, draw));
  return {
    times,
    columns: columns.map(({ variable, key, values }) => ({ variable, key, values })),
    failure: earlier ? withoutRun(earlier) : found && describe(program, found),
    parameters: plan.parameters.flatMap((p) =>
      p.column < 0 ? [] : p.labels.map((name, e) => ({ name, value: machine.memory[p.base + e]! })),
    ),
  };
}

/** A failure as it is told of one run. */
function withoutRun({ scenario: _, draw: __, ...failure }: RunFailure): ReplayedRun["failure"] {
  return failure;
}

/** The saved state that the run goes on from, if it does. */
function spanOf(plan: EnsemblePlan, { scenario, draw, state }: ReplayOptions): RunSpan {
  const { start, program } = plan;
  if (!start) return {};
  if (!state) throw new Error("a run that goes on from a saved state needs it");
  const ranges = stateRanges(program);
  const lane = { source: start.sources[scenario]!, from: draw % plan.blockDraws, used: 1 };
  return { start: { step: start.step, put: (memory, lanes) => putState(ranges, state, lane, memory, lanes) } };
}

function runOnce(
  plan: EnsemblePlan,
  program: Program,
  machine: Interpreter,
  { scenario, draw, span }: { readonly scenario: number; readonly draw: number; readonly span: RunSpan },
  save: RunSink["save"],
): LaneFailure | null {
  const sampler = new DrawSampler(plan);
  const sampled = sampler.sample(draw, 1);
  const group = { scenario, from: 0, used: 1 };
  const inputs = {
    load: (memory: Float64Array, lanes: number) => sampler.load(sampled, group, memory, lanes),
    innovations: (noise: Program["noise"][number], index: number, out: Float64Array) =>
      sampler.innovations(noise, index, sampled, group, out, 1),
  };
  return runProgram(program, machine, inputs, { save }, span)[0] ?? null;
}

interface TraceColumn extends ReplayedColumn {
  readonly read: (machine: Interpreter) => number;
}

function traceColumns(program: Program, name: string, length: number, everyStep: boolean): TraceColumn[] {
  const range = program.slots.find((candidate) => candidate.kind !== "hidden" && candidate.name === name);
  if (range === undefined) throw new RangeError(`invalid variable: ${name}`);
  const output = everyStep ? undefined : program.outputs.find((candidate) => candidate.name === name);
  return Array.from({ length: range.size }, (_, e) => ({
    variable: name,
    key: range.keys?.[e] ?? "",
    values: new Float64Array(length),
    read: (machine) => (output ? readOutput(program, output, machine, e, 0) : machine.memory[range.base + e]!),
  }));
}

function describe(program: Program, { step, slot, identity, value }: LaneFailure): ReplayedRun["failure"] {
  const { start, stepNumerator, stepDenominator } = program.clock;
  const common = { step, time: start + (step * stepNumerator) / stepDenominator, value: String(value) };
  if (identity !== null) return { ...common, code: "identity-violated", variable: identity, key: "" };
  const range = program.slots.find((candidate) => slot >= candidate.base && slot < candidate.base + candidate.size);
  const key = range?.keys?.[slot - range.base] ?? "";
  return { ...common, code: "non-finite-value", variable: range?.name ?? "", key };
}
