/** `terrace replay`: one run of an ensemble again, exactly, with any variables in sight. */
import { type Language, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { allKnown, known } from "../../engine/diagnostics/known-name.ts";
import { ownNames, shownNames } from "../../engine/ensemble/foreign-columns.ts";
import { type ReplayedRun, replayRun, traceable } from "../../engine/ensemble/replay.ts";
import type { BlockState } from "../../engine/ensemble/saved-state.ts";
import { CheckpointFile } from "../../output/results/read-checkpoint.ts";
import { type ContinuedPlan, isContinued } from "../../workers/continued-plan.ts";
import { EXIT } from "../failure.ts";
import { checkOutputFile, writeOutput } from "../output-file.ts";
import { planOfResults } from "../plan-of-results.ts";

export interface ReplayArguments {
  readonly language: Language;
  readonly json: boolean;
  readonly scenario: string | undefined;
  readonly draw: number;
  /** Default: the indicators. */
  readonly trace: readonly string[] | undefined;
  readonly steps: boolean;
  readonly model: string | undefined;
  readonly out: string | undefined;
}

export async function replay(folder: string, options: ReplayArguments): Promise<number> {
  checkOutputFile(options.out);
  const found = await planOfResults(folder, options.model, options.language);
  if (!found) return EXIT.failed;
  const { plan, model, origin } = found;
  const { catalog } = plan;
  if (options.draw >= plan.draws) throw new UsageError(`invalid --draw: ${options.draw} (0 to ${plan.draws - 1})`);
  const scenarios = catalog.scenarios.map((s) => s.name);
  const name = known(options.scenario ?? catalog.reference, scenarios, "scenario");
  const names = traceable(plan.program);
  const wanted = options.trace && origin ? ownNames(model, options.trace, "variable") : options.trace;
  const trace = (wanted && allKnown(wanted, names, "variable")) ?? catalog.indicators.map((i) => i.name);
  const shown = shownNames(model, origin);
  const scenario = scenarios.indexOf(name);
  const state = isContinued(plan) ? stateOf(plan, options.draw) : undefined;
  const run = replayRun(plan, {
    scenario,
    draw: options.draw,
    trace,
    everyStep: options.steps,
    ...(state && { state }),
  });
  const text = options.json
    ? `${JSON.stringify({ scenario: name, draw: options.draw, ...asJson(run) })}\n`
    : csv(run, shown);
  writeOutput(options.out, text);
  describe(run, name, shown, options);
  return EXIT.well;
}

/** The states of the block that a draw is in. */
function stateOf({ states, blockDraws }: ContinuedPlan, draw: number): BlockState {
  const file = new CheckpointFile(states.path, states.layout);
  try {
    return file.block(Math.floor(draw / blockDraws));
  } finally {
    file.close();
  }
}

type Shown = (name: string) => string;
const label = ({ variable, key }: { variable: string; key: string }, shown: Shown): string =>
  key === "" ? shown(variable) : `${shown(variable)}[${key.replaceAll("|", ",")}]`;
const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A row a time; numbers in the shortest form that gives the same bits, and what is not finite by its name. */
function csv({ times, columns }: ReplayedRun, shown: Shown): string {
  const header = ["time", ...columns.map((c) => quoted(label(c, shown)))].join(",");
  const rows = Array.from(times, (time, i) => [time, ...columns.map((c) => c.values[i])].join(","));
  return `${[header, ...rows].join("\n")}\n`;
}

function asJson({ times, columns, failure, parameters }: ReplayedRun) {
  // JSON has no NaN and no infinities: they are written as text.
  const numbers = (values: Float64Array) => Array.from(values, (v) => (Number.isFinite(v) ? v : String(v)));
  return {
    times: [...times],
    columns: columns.map(({ variable, key, values }) => ({ variable, key, values: numbers(values) })),
    failure,
    parameters: Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
  };
}

function describe(
  { failure, parameters }: ReplayedRun,
  scenario: string,
  shown: Shown,
  options: ReplayArguments,
): void {
  const zh = options.language === "zh";
  const lines = [
    zh ? `情景 ${scenario}，抽样 ${options.draw}` : `scenario ${scenario}, draw ${options.draw}`,
    ...(options.json ? [] : parameters.map(({ name, value }) => `  ${shown(name)} = ${value}`)),
  ];
  if (failure !== null) {
    const where = label(failure, shown);
    const isIdentity = failure.code === "identity-violated";
    const en = isIdentity ? `identity "${where}" does not hold` : `"${where}" became ${failure.value}`;
    const cn = isIdentity ? `恒等式 "${where}" 不成立` : `"${where}" 变为 ${failure.value}`;
    lines.push(zh ? `失败：时间 ${failure.time}，${cn}` : `failed at time ${failure.time}: ${en}`);
  }
  process.stderr.write(`${lines.join("\n")}\n`);
}
