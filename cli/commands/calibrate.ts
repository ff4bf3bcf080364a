/**
 * `terrace calibrate`: fits uncertain parameters of a model to measured values, and writes draws from their joint posterior.
 *
 * The model that is run may be another one than the model that gets the draws: a variant that starts when the data start, in the folder
 * `history` of the model. What it shares with the model by name is handed on. A model may have several such folders (`history`, `history-…`), which fit
 * different numbers on different data: their posteriors are independent, and their draws stand side by side.
 */
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type CalibratedParameter,
  readCalibratedParameters,
  readFitObservations,
} from "../../engine/calibration/calibration-tables.ts";
import { describePosterior } from "../../engine/calibration/describe-posterior.ts";
import { findMode } from "../../engine/calibration/find-mode.ts";
import { type FitModel, type FitObservation, fitModel } from "../../engine/calibration/fit-model.ts";
import { readObservationMap } from "../../engine/calibration/observation-map.ts";
import { type Sample, samplePosterior } from "../../engine/calibration/sample-posterior.ts";
import { type Language, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { buildCatalog } from "../../engine/ensemble/build-catalog.ts";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import { planEnsemble } from "../../engine/ensemble/plan.ts";
import { drawColumns } from "../../engine/ensemble/plan-parameters.ts";
import { compilePlan } from "../../workers/kernel-tier.ts";
import { count } from "../count.ts";
import { EXIT } from "../failure.ts";
import { readInputText } from "../input-file.ts";
import { type LoadedModel, openModel, usableModel } from "../load-model.ts";
import { checkOutputFile } from "../output-file.ts";
import { type Calibration, describeCalibration } from "./calibration-text.ts";
import { hasProblems } from "./table-problems.ts";

export interface CalibrateArguments {
  readonly language: Language;
  readonly json: boolean;
  /** Default: the folders `history` and `history-…` of the model, if it has any, else the model itself. */
  readonly history: string | undefined;
  /** Default: `observed.csv` of the model that is run. */
  readonly observed: string | undefined;
  /** File of draws; none is written without. */
  readonly out: string | undefined;
  readonly draws: number;
  /** Default: the seed of the model that is run. */
  readonly seed: number | undefined;
  readonly chains: number;
  readonly warmup: number;
  readonly steps: number;
}

export async function calibrate(path: string, options: CalibrateArguments): Promise<number> {
  const { language, out } = options;
  checkOutputFile(out);
  if (out !== undefined && existsSync(out)) throw new UsageError(`already there: ${out}`);
  const model = await openModel(path);
  const usable = await usableModel(model, language);
  if (!usable) return EXIT.failed;
  const known = new Set(drawColumns(usable.model));
  const histories = await loadHistories(model, options);
  if (options.observed !== undefined && histories.length > 1)
    throw new UsageError("--observed belongs to one variant: name it with --history");
  const parts: Part[] = [];
  for (const history of histories) {
    const part = await fitPart(model, history, known, options);
    if (!part) return EXIT.failed;
    parts.push(part);
  }
  refuseSharedNumbers(parts);
  if (out !== undefined) writeFileSync(out, joined(parts.map((part) => part.draws)));
  const found = parts.map((part) => part.calibration);
  if (options.json)
    process.stdout.write(`${JSON.stringify(found.length === 1 ? found[0] : { parts: found }, null, 2)}\n`);
  else process.stdout.write(`${parts.map((part) => part.text.join("\n")).join("\n\n\n")}\n`);
  if (out !== undefined) {
    const n = Math.min(options.draws, options.chains * options.steps);
    process.stderr.write(language === "zh" ? `已写入 ${n} 次抽样：${out}\n` : `wrote ${count(n, "draw")}: ${out}\n`);
  }
  return EXIT.well;
}

/** The fit of one variant: what was found, its report, and the lines of its draws with the header. */
interface Part {
  readonly calibration: Calibration;
  readonly text: readonly string[];
  readonly draws: readonly string[];
}

/** @param known labels that the model takes; null if a model or a table has errors, which are then written. */
async function fitPart(
  model: LoadedModel,
  history: LoadedModel,
  known: ReadonlySet<string>,
  options: CalibrateArguments,
): Promise<Part | null> {
  const { language, chains, warmup, steps } = options;
  const runnable = await usableModel(history, language);
  if (!runnable) return null;
  const catalog = buildCatalog(runnable.model, history.hash, [runnable.model.reference]);
  const inputs = readInputs(model, history, catalog, runnable.model, options);
  if (!inputs) return null;
  const { parameters, observations } = inputs;
  const seed = options.seed ?? runnable.model.seed;
  const one = planEnsemble(runnable.model, runnable.program, catalog, { seed, draws: 1 });
  // A step of a chain takes at least one run.
  const { plan } = compilePlan(one, { runs: chains * (warmup + steps) });
  const names = parameters.filter((p) => p.fitted).map((p) => p.name);
  const counted = countRuns(fitModel(plan, names, observations));
  const mode = findMode(counted.model);
  if (!mode) throw new UsageError(`the run at the centre of the prior fails: terrace simulate ${history.path}`);
  const onStep = stepLine(warmup + steps, language);
  const sample = samplePosterior(counted.model, mode, { seed, chains, warmup, steps, onStep });
  const handedOn = counted.model.labels.filter((label) => known.has(label));
  const calibration: Calibration = {
    seed,
    runs: counted.runs(),
    model: model.path,
    history: history.path,
    handedOn,
    notFitted: parameters.filter((p) => !p.fitted),
    ...describePosterior(counted.model, observations, mode, sample),
  };
  return {
    calibration,
    text: describeCalibration(calibration, catalog, language),
    draws: drawLines(counted.model, sample, handedOn, options.draws),
  };
}

/** Draws of variants are joined row by row, which is their joint posterior only if no number is fitted in two of them. */
function refuseSharedNumbers(parts: readonly Part[]): void {
  const labels = parts.flatMap((part) => part.calibration.handedOn);
  const twice = labels.filter((label, i) => labels.indexOf(label) !== i);
  if (twice.length > 0) throw new UsageError(`fitted in two variants: ${twice.join(", ")}`);
}

/** One table out of several with as many lines. */
function joined(tables: readonly (readonly string[])[]): string {
  const filled = tables.filter((lines) => lines[0] !== "");
  const lines = (filled[0] ?? []).map((_, row) => filled.map((table) => table[row]).join(","));
  return `${lines.join("\n")}\n`;
}

/** Progress of the chains: a line that is rewritten on a terminal, a plain line at each fifth in a pipe. */
function stepLine(total: number, language: Language): (done: number) => void {
  const text = (done: number): string =>
    language === "zh" ? `每条链 ${done}/${total} 步` : `${done}/${total} steps of each chain`;
  if (process.stderr.isTTY === true)
    return (done) => void process.stderr.write(`\r\u001b[K${text(done)}${done === total ? "\n" : ""}`);
  return (done) => {
    if (Math.floor((5 * done) / total) > Math.floor((5 * (done - 1)) / total)) process.stderr.write(`${text(done)}\n`);
  };
}

/** What is run against the data: what the options name, else the folders `history` and `history-…` of the model, else the model itself. */
async function loadHistories(model: LoadedModel, { history }: CalibrateArguments): Promise<LoadedModel[]> {
  if (history !== undefined) return [await openModel(history)];
  if (!statSync(model.folder, { throwIfNoEntry: false })?.isDirectory()) return [model];
  const folders = readdirSync(model.folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^history(-|$)/.test(entry.name))
    .map((entry) => join(model.folder, entry.name))
    .sort();
  return folders.length === 0 ? [model] : await Promise.all(folders.map((folder) => openModel(folder)));
}

/** The parameters and observations; null if a table is wrong, which is then written to standard error. */
function readInputs(
  model: LoadedModel,
  history: LoadedModel,
  catalog: Catalog,
  fitted: Parameters<typeof readCalibratedParameters>[1],
  { observed, language }: CalibrateArguments,
): { parameters: readonly CalibratedParameter[]; observations: readonly FitObservation[] } | null {
  const parameters = readCalibratedParameters(
    readInputText(parameterTable(model.folder, history.folder), "table"),
    fitted,
  );
  const map = readObservationMap(readInputText(join(history.folder, "observations.csv"), "table"), catalog);
  if (hasProblems([...parameters.problems, ...map.problems], language)) return null;
  const table = readInputText(observed ?? join(history.folder, "observed.csv"), "table");
  const observations = readFitObservations(table, map.items, catalog.saveTimes);
  if (hasProblems(observations.problems, language)) return null;
  if (observations.items.length === 0) throw new UsageError(`no observations in ${table.path}`);
  if (!parameters.items.some((p) => p.fitted)) throw new UsageError("no parameter to fit in calibration.csv");
  return { parameters: parameters.items, observations: observations.items };
}

/** The table of the variant that is run, else the model's own, else that of the folder above. */
function parameterTable(model: string, history: string): string {
  const tables = [history, model, join(model, "..")].map((folder) => join(folder, "calibration.csv"));
  return tables.find((table) => existsSync(table)) ?? join(model, "calibration.csv");
}

function countRuns(model: FitModel): { model: FitModel; runs: () => number } {
  let runs = 0;
  const predict: FitModel["predict"] = (points) => {
    runs += points.length;
    return model.predict(points);
  };
  return { model: { ...model, predict }, runs: () => runs };
}

/** Significant digits of the values in a file of draws: far more than the data know. */
const DIGITS = 7;

/** Draws spread evenly over all chains and steps, as lines of a CSV table with its header. */
function drawLines(model: FitModel, { chains }: Sample, labels: readonly string[], draws: number): string[] {
  const states = chains.flat();
  const kept = Math.min(draws, states.length);
  const places = labels.map((label) => model.labels.indexOf(label));
  const rows = Array.from({ length: kept }, (_, d) => {
    const values = model.valuesAt(states[Math.floor(((d + 0.5) * states.length) / kept)]!.point);
    return places.map((place) => String(Number(values[place]!.toPrecision(DIGITS)))).join(",");
  });
  return [labels.map((label) => (label.includes(",") ? `"${label}"` : label)).join(","), ...rows];
}
