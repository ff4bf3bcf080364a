/** Compares the draws of an ensemble with values that were measured later, and with forecasts that need no model. */
import { quantile } from "../statistics/quantile.ts";
import { ensembleCrps, normalCrps } from "./crps.ts";
import { type HistoryPoint, naiveForecasts } from "./naive-forecasts.ts";
import { mean, type TheilInequality, theilInequality } from "./theil-inequality.ts";

/** One measured value and what the ensemble says of it, in the same unit. */
export interface ScoreInput {
  readonly variable: string;
  readonly unit: string;
  /** Code of the place. */
  readonly area: string;
  readonly time: number;
  readonly observed: number;
  /** One value a draw; NaN for failed runs, which do not count. */
  readonly draws: Float64Array;
  /** Values known before the first time that is scored, ascending. */
  readonly history: readonly HistoryPoint[];
  /** Ceiling of the logistic curve in the unit of the value; null for none. */
  readonly ceiling: number | null;
}

export const NAIVE = ["last", "trend", "logistic"] as const;
export type NaiveName = (typeof NAIVE)[number];
export const BANDS = [50, 80, 95] as const;

/** All in the unit of the value, except where it says otherwise. */
export interface PointScore extends Omit<ScoreInput, "draws" | "history" | "ceiling"> {
  readonly n: number;
  readonly median: number;
  /** Median minus observed. */
  readonly error: number;
  /** 100 · error / observed; null if observed is 0. */
  readonly percentError: number | null;
  readonly crps: number;
  readonly naiveCrps: Readonly<Record<NaiveName, number | null>>;
  /** Whether the central 50, 80 and 95 % band holds the value. */
  readonly inside: readonly boolean[];
  /** Share of the draws below the value, those equal to it by half. */
  readonly rank: number;
}

export interface GroupScore {
  readonly n: number;
  /** Mean of the errors; null where values of several units are pooled, as of all of the following that have a unit. */
  readonly bias: number | null;
  readonly mae: number | null;
  /** Mean of the absolute errors in percent of the observed values. */
  readonly mape: number | null;
  readonly crps: number | null;
  /** Mean score of each naive forecast over its points. */
  readonly naiveCrps: Readonly<Record<NaiveName, number | null>>;
  /** Series with a naive forecast, and how many of them have a mean score below that of every naive forecast they have. */
  readonly compared: number;
  readonly better: number;
  /** Share of the points inside the 50, 80 and 95 % bands. */
  readonly coverage: readonly number[];
  readonly theil: TheilInequality | null;
}

/** @throws Error if no draw counts. */
export function scorePoint(input: ScoreInput): PointScore {
  const { draws, history, ceiling, ...point } = input;
  const sorted = draws.filter((value) => !Number.isNaN(value)).sort();
  if (sorted.length === 0) throw new Error(`no draw of ${point.variable} in ${point.time} counts`);
  const sample = { n: sorted.length, at: (rank: number) => sorted[rank]!, errorAt: () => 0 };
  const { observed } = point;
  const median = quantile(sample, 0.5);
  const error = median - observed;
  const naive = naiveForecasts(history, point.time, ceiling);
  const [below, equal] = sorted.reduce(
    ([b, e], value) => [b + (value < observed ? 1 : 0), e + (value === observed ? 1 : 0)],
    [0, 0],
  );
  return {
    ...point,
    n: sorted.length,
    median,
    error,
    percentError: observed === 0 ? null : (100 * error) / observed,
    crps: ensembleCrps(sorted, observed),
    naiveCrps: eachNaive((name) => {
      const forecast = naive[name];
      return forecast && normalCrps(forecast.mean, forecast.deviation, observed);
    }),
    inside: BANDS.map((band) => {
      const tail = (100 - band) / 200;
      return observed >= quantile(sample, tail) && observed <= quantile(sample, 1 - tail);
    }),
    rank: (below + equal / 2) / sorted.length,
  };
}

/** @param points At least one. */
export function scoreGroup(points: readonly PointScore[]): GroupScore {
  const isOneUnit = new Set(points.map((p) => p.unit)).size === 1;
  const inUnit = (values: readonly number[]): number | null => (isOneUnit ? mean(values) : null);
  const percents = points.flatMap((p) => (p.percentError === null ? [] : [Math.abs(p.percentError)]));
  const verdicts = seriesOf(points)
    .map(isBetter)
    .filter((v) => v !== null);
  return {
    n: points.length,
    bias: inUnit(points.map((p) => p.error)),
    mae: inUnit(points.map((p) => Math.abs(p.error))),
    mape: percents.length > 0 ? mean(percents) : null,
    crps: inUnit(points.map((p) => p.crps)),
    naiveCrps: eachNaive((name) => (isOneUnit ? meanNaive(points, name) : null)),
    compared: verdicts.length,
    better: verdicts.filter((v) => v).length,
    coverage: BANDS.map((_, band) => mean(points.map((p) => (p.inside[band] ? 1 : 0)))),
    theil: isOneUnit
      ? theilInequality(
          points.map((p) => p.median),
          points.map((p) => p.observed),
        )
      : null,
  };
}

/** The points of each variable and place. */
function seriesOf(points: readonly PointScore[]): PointScore[][] {
  const series = Map.groupBy(points, (p) => JSON.stringify([p.variable, p.unit, p.area]));
  return [...series.values()];
}

/** Whether a series scores below all of its naive forecasts, each over its own points; null if it has none. */
function isBetter(series: readonly PointScore[]): boolean | null {
  const own = mean(series.map((p) => p.crps));
  const naive = NAIVE.map((name) => meanNaive(series, name)).filter((score) => score !== null);
  return naive.length === 0 ? null : naive.every((score) => own < score);
}

function meanNaive(points: readonly PointScore[], name: NaiveName): number | null {
  const scores = points.flatMap((p) => p.naiveCrps[name] ?? []);
  return scores.length === 0 ? null : mean(scores);
}

function eachNaive(value: (name: NaiveName) => number | null): Record<NaiveName, number | null> {
  return { last: value("last"), trend: value("trend"), logistic: value("logistic") };
}
