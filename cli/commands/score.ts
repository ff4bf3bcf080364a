/** `terrace score`: an ensemble against values that were measured later, and against forecasts that need no model. */
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import type { HistoryPoint } from "../../engine/calibration/naive-forecasts.ts";
import {
  type LeftOut,
  type MappedOutput,
  type Observation,
  readObservationMap,
  readObservations,
} from "../../engine/calibration/observation-map.ts";
import { type PointScore, scorePoint } from "../../engine/calibration/score.ts";
import { type Language, UsageError } from "../../engine/diagnostics/diagnostic.ts";
import { known } from "../../engine/diagnostics/known-name.ts";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import { sampleOfQuantiles } from "../../engine/statistics/quantile-function.ts";
import { openResults, type Results } from "../../output/results/open-results.ts";
import { type RunCell, readCells, readDraws } from "../../output/results/read-runs.ts";
import { count } from "../count.ts";
import { EXIT } from "../failure.ts";
import { checkInputFile, readInputText } from "../input-file.ts";
import { describeScores, groupedScores } from "./score-tables.ts";
import { hasProblems } from "./table-problems.ts";

export interface ScoreArguments {
  readonly language: Language;
  readonly json: boolean;
  readonly observed: string;
  /** Default: the reference. */
  readonly scenario: string | undefined;
  /** Table of names; default: `observations.csv` in the folder of the model that was run. */
  readonly map: string | undefined;
  /** Earlier measurements, in the form of the observed ones; default: those that the model has. */
  readonly history: string | undefined;
}

export async function score(folder: string, options: ScoreArguments): Promise<number> {
  const results = openResults(folder);
  const { catalog } = results;
  const scenarios = catalog.scenarios.map((s) => s.name);
  const scenario = known(options.scenario ?? catalog.reference, scenarios, "scenario");
  const inputs = readInputs(results, options);
  if (!inputs) return EXIT.failed;
  const { observations, history } = inputs;
  const points = await scoreAll(results, scenario, observations, history);
  const groups = groupedScores(points, observations);
  if (options.json) {
    process.stdout.write(`${JSON.stringify({ results: folder, scenario, ...groups, points }, null, 2)}\n`);
  } else process.stdout.write(`${describeScores(scenario, points, groups, catalog, options.language).join("\n")}\n`);
  return EXIT.well;
}

/** The observed values and the history of each output; null if a table is wrong, which is then written to standard error. */
function readInputs(results: Results, options: ScoreArguments) {
  const { catalog } = results;
  checkInputFile(options.observed, "table");
  const map = readObservationMap(readInputText(options.map ?? defaultMap(results), "table"), catalog);
  if (hasProblems(map.problems, options.language)) return null;
  const leftOut = new Map<string, LeftOut>();
  const observed = readObservations(readInputText(options.observed, "table"), map.items, catalog.saveTimes, leftOut);
  const earlier =
    options.history === undefined ? null : readObservations(readInputText(options.history, "table"), map.items, null);
  if (hasProblems([...observed.problems, ...(earlier?.problems ?? [])], options.language)) return null;
  for (const { en, zh, rows } of leftOut.values())
    process.stderr.write(
      options.language === "zh" ? `未比较：${rows} 行，${zh}\n` : `not compared: ${count(rows, "row")}, ${en}\n`,
    );
  if (observed.items.length === 0) throw new UsageError(`no observations in ${options.observed}`);
  const history = earlier ? historyOf(earlier.items) : (output: MappedOutput) => modelHistory(output, catalog);
  return { observations: observed.items, history };
}

/** The map that lies beside the model of the run. */
function defaultMap({ provenance, folder }: Results): string {
  const model = provenance.model;
  if (typeof model !== "string")
    throw new UsageError(`no table of names: ${folder} does not say where its model is (--map)`);
  const isFolder = existsSync(model) && statSync(model).isDirectory();
  return join(isFolder ? model : dirname(model), "observations.csv");
}

function historyOf(items: readonly Observation[]): (output: MappedOutput) => HistoryPoint[] {
  const id = (o: MappedOutput) => JSON.stringify([o.variable, o.area, o.factor]);
  const series = Map.groupBy(items, (item) => id(item.output));
  return (output) =>
    (series.get(id(output)) ?? []).map(({ time, value }) => ({ time, value })).sort((a, b) => a.time - b.time);
}

/** What the model holds of an indicator, in the unit of the measured values; of a product, at the times that both factors have. */
function modelHistory(output: MappedOutput, catalog: Catalog): HistoryPoint[] {
  const measured = (name: string) => {
    const indicator = catalog.indicators.find((i) => i.name === name)!;
    const series = indicator.observed.find((o) => o.key === output.key);
    return new Map(series?.time.map((time, i) => [time, series.value[i]!]));
  };
  const weights = output.weight === null ? null : measured(output.weight);
  return [...measured(output.indicator)]
    .flatMap(([time, value]): HistoryPoint[] => {
      const weight = weights === null ? 1 : weights.get(time);
      return weight === undefined ? [] : [{ time, value: value * weight * output.factor }];
    })
    .sort((a, b) => a.time - b.time);
}

async function scoreAll(
  results: Results,
  scenario: string,
  observations: readonly Observation[],
  history: (output: MappedOutput) => HistoryPoint[],
): Promise<PointScore[]> {
  const { folder, catalog, manifest } = results;
  if (manifest.keep === "summary") return scoreSummaries(results, scenario, observations, history);
  const { draws } = await readDraws(folder, manifest);
  const cells = observations.flatMap(({ output: { indicator, weight, key }, time }): RunCell[] => [
    { scenario, indicator, key, time },
    { scenario, indicator: weight ?? indicator, key, time },
  ]);
  const values = await readCells(folder, catalog, manifest, draws, cells);
  const first = firstTimes(observations);
  return observations.map(({ output, time, value }, i) => {
    const { variable, unit, area, weight, factor, ceiling } = output;
    const [main, other] = [values[2 * i]!, values[2 * i + 1]!];
    const numbers = main.map((x, draw) => x * (weight === null ? 1 : other[draw]!) * factor);
    const known = history(output).filter((point) => point.time < first.get(output)!);
    return scorePoint({ variable, unit, area, time, observed: value, draws: numbers, history: known, ceiling });
  });
}

/** Values that stand for the draws, which were not kept: fine enough that its error is far below that of the quantiles. */
const STANDING_VALUES = 1000;

/** Scores by the quantiles of the summary, where the runs were not kept. */
function scoreSummaries(
  results: Results,
  scenario: string,
  observations: readonly Observation[],
  history: (output: MappedOutput) => HistoryPoint[],
): PointScore[] {
  const { catalog } = results;
  const first = firstTimes(observations);
  return observations.map(({ output, time, value }) => {
    const { variable, unit, area, indicator, weight, key, factor, ceiling } = output;
    if (weight !== null)
      throw new UsageError(
        `${variable} is ${indicator} times ${weight}, draw by draw: run again and keep both (--keep)`,
      );
    const series = results.series({ scenario, indicator, key });
    const at = catalog.saveTimes.indexOf(time);
    const quantiles = catalog.quantiles.map((percent) => series.quantile(percent)![at]! * factor);
    const draws = sampleOfQuantiles(catalog.quantiles, quantiles, STANDING_VALUES);
    const known = history(output).filter((point) => point.time < first.get(output)!);
    const score = scorePoint({ variable, unit, area, time, observed: value, draws, history: known, ceiling });
    return { ...score, n: series.n[at]! };
  });
}

/** The first time at which each output is measured. */
function firstTimes(observations: readonly Observation[]): Map<MappedOutput, number> {
  const first = new Map<MappedOutput, number>();
  for (const { output, time } of observations) first.set(output, Math.min(time, first.get(output) ?? time));
  return first;
}
