/**
 * `terrace calibrate`: fits uncertain parameters of a model to measured values, and writes draws from their joint posterior.
 *
 * The model that is run may be another one than the model that gets the draws: a variant that starts when the data start, in the folder
 * `history` of the model. What it shares with the model by name is handed on.
 */
import { existsSync, statSync, writeFileSync } from "node:fs";
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
import { drawColumns, planEnsemble } from "../../engine/ensemble/plan.ts";
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
  /** Default: the folder `history` of the model, if it has one, else the model itself. */
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
  const usable = usableModel(model, language);
  if (!usable) return EXIT.failed;
  const history = await loadHistory(model, options);
  const runnable = history === model ? usable : usableModel(history, language);
  if (!runnable) return EXIT.failed;
  const catalog = buildCatalog(runnable.model, history.hash, [runnable.model.reference]);
  const inputs = readInputs(model, history, catalog, runnable.model, options);
  if (!inputs) return EXIT.failed;
  const { parameters, observations } = inputs;
  const seed = options.seed ?? runnable.model.seed;
  const one = planEnsemble(runnable.model, runnable.program, catalog, { seed, draws: 1 });
  // A step of a chain takes at least one run.
  const { plan } = compilePlan(one, { runs: options.chains * (options.warmup + options.steps) });
  const names = parameters.filter((p) => p.fitted).map((p) => p.name);
  const counted = countRuns(fitModel(plan, names, observations));
  const mode = findMode(counted.model);
  if (!mode) throw new UsageError(`the run at the centre of the prior fails: terrace simulate ${history.path}`);
  const { chains, warmup, steps } = options;
  const onStep = stepLine(warmup + steps, language);
  const sample = samplePosterior(counted.model, mode, { seed, chains, warmup, steps, onStep });
  const known = new Set(drawColumns(usable.model));
  const handedOn = counted.model.labels.filter((label) => known.has(label));
  const calibration: Calibration = {
    seed,
    runs: counted.runs(),
    model: path,
    history: history.path,
    handedOn,
    notFitted: parameters.filter((p) => !p.fitted),
    ...describePosterior(counted.model, observations, mode, sample),
  };
  if (out !== undefined) writeFileSync(out, drawsText(counted.model, sample, handedOn, options.draws));
  if (options.json) process.stdout.write(`${JSON.stringify(calibration, null, 2)}\n`);
  else process.stdout.write(`${describeCalibration(calibration, catalog, language).join("\n")}\n`);
  if (out !== undefined) {
    const n = Math.min(options.draws, chains * steps);
    process.stderr.write(language === "zh" ? `已写入 ${n} 次抽样：${out}\n` : `wrote ${count(n, "draw")}: ${out}\n`);
  }
  return EXIT.well;
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

async function loadHistory(model: LoadedModel, { history }: CalibrateArguments): Promise<LoadedModel> {
  if (history !== undefined) return await openModel(history);
  const folder = join(model.folder, "history");
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? await openModel(folder) : model;
}

/** The parameters and observations; null if a table is wrong, which is then written to standard error. */
function readInputs(
  model: LoadedModel,
  history: LoadedModel,
  catalog: Catalog,
  fitted: Parameters<typeof readCalibratedParameters>[1],
  { observed, language }: CalibrateArguments,
): { parameters: readonly CalibratedParameter[]; observations: readonly FitObservation[] } | null {
  const parameters = readCalibratedParameters(readInputText(parameterTable(model.folder), "table"), fitted);
  const map = readObservationMap(readInputText(join(history.folder, "observations.csv"), "table"), catalog);
  if (hasProblems([...parameters.problems, ...map.problems], language)) return null;
  const table = readInputText(observed ?? join(history.folder, "observed.csv"), "table");
  const observations = readFitObservations(table, map.items, catalog.saveTimes);
  if (hasProblems(observations.problems, language)) return null;
  if (observations.items.length === 0) throw new UsageError(`no observations in ${table.path}`);
  if (!parameters.items.some((p) => p.fitted)) throw new UsageError("no parameter to fit in calibration.csv");
  return { parameters: parameters.items, observations: observations.items };
}

/** The model's own table; a variant without one shares that of the folder above. */
function parameterTable(folder: string): string {
  const own = join(folder, "calibration.csv");
  const above = join(folder, "..", "calibration.csv");
  return !existsSync(own) && existsSync(above) ? above : own;
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

/** Draws spread evenly over all chains and steps, as a CSV table. */
function drawsText(model: FitModel, { chains }: Sample, labels: readonly string[], draws: number): string {
  const states = chains.flat();
  const count = Math.min(draws, states.length);
  const places = labels.map((label) => model.labels.indexOf(label));
  const rows = Array.from({ length: count }, (_, d) => {
    const values = model.valuesAt(states[Math.floor(((d + 0.5) * states.length) / count)]!.point);
    return places.map((place) => String(Number(values[place]!.toPrecision(DIGITS)))).join(",");
  });
  const header = labels.map((label) => (label.includes(",") ? `"${label}"` : label)).join(",");
  return `${[header, ...rows].join("\n")}\n`;
}
