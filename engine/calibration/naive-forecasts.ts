/** Forecasts that need no model: what a model must beat to be worth its trouble. */
import { exp } from "../numerics/exp.ts";
import { ln } from "../numerics/log.ts";
import { mean } from "./theil-inequality.ts";

/** A measured value of a series. */
export interface HistoryPoint {
  readonly time: number;
  readonly value: number;
}

/** A normal distribution. */
export interface NaiveForecast {
  readonly mean: number;
  /** 0 for a forecast that states no spread. */
  readonly deviation: number;
}

export interface NaiveForecasts {
  /** The last value, without spread. */
  readonly last: NaiveForecast | null;
  /** The least-squares straight line, with the standard deviation of its residuals (n - 2 degrees of freedom; 0 for two points). */
  readonly trend: NaiveForecast | null;
  /** The logistic curve: a straight line through ln(y / (ceiling - y)); spread as of the trend, of residuals in the unit of y. */
  readonly logistic: NaiveForecast | null;
}

/**
 * Forecasts for a time from the history of a series, in ascending time; null where the history is too short (one value for the last,
 * two for a line), and for the logistic curve where there is no ceiling or a value is not between 0 and the ceiling.
 */
export function naiveForecasts(
  history: readonly HistoryPoint[],
  time: number,
  ceiling: number | null = null,
): NaiveForecasts {
  const last = history.at(-1);
  return {
    last: last ? { mean: last.value, deviation: 0 } : null,
    trend: throughLine(history, time, { to: (y) => y, from: (x) => x }),
    logistic:
      ceiling === null || !history.every(({ value }) => value > 0 && value < ceiling)
        ? null
        : throughLine(history, time, {
            to: (y) => ln(y / (ceiling - y)),
            from: (x) => ceiling / (1 + exp(-x)),
          }),
  };
}

/** A line fitted to transformed values, and the spread of the values around it. */
function throughLine(
  history: readonly HistoryPoint[],
  time: number,
  { to, from }: { to: (y: number) => number; from: (x: number) => number },
): NaiveForecast | null {
  const n = history.length;
  if (n < 2) return null;
  const x = history.map((p) => p.time);
  const y = history.map((p) => to(p.value));
  const [meanX, meanY] = [mean(x), mean(y)];
  const [sxx, sxy] = [
    mean(x.map((v) => (v - meanX) * (v - meanX))),
    mean(x.map((v, i) => (v - meanX) * (y[i]! - meanY))),
  ];
  if (sxx === 0) return null;
  const at = (t: number): number => from(meanY + (sxy / sxx) * (t - meanX));
  const squares = history.reduce((sum, p) => sum + (p.value - at(p.time)) * (p.value - at(p.time)), 0);
  return { mean: at(time), deviation: n > 2 ? Math.sqrt(squares / (n - 2)) : 0 };
}
