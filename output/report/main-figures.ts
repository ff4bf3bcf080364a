/**
 * The figures of a batch: scalar indicators at two times, by scenario, and the attainment of targets.
 */
import type { Catalog, CatalogIndicator, CatalogTarget } from "../../engine/ensemble/catalog.ts";
import { type ChartInput, finiteAt, type Language, type SummarySeries } from "../charts/chart-input.ts";
import {
  type DisplayUnit,
  differenceDecimals,
  formatDifference,
  formatNumber,
  indicatorUnit,
} from "../charts/display-unit.ts";
import { largestOf } from "../charts/fan-layers.ts";
import { roundedPercent, thresholdText } from "../charts/targets.ts";

/** Median and 80 % band as readers see them; `undefined` where no run has a value. */
export interface FigureText {
  readonly median: string;
  readonly low: string;
  readonly high: string;
}

export interface ScenarioFigures {
  readonly scenario: string;
  readonly title: string;
  /** One entry a time of {@link figureTimes}. */
  readonly levels: readonly (FigureText | undefined)[];
  /** Paired difference from the reference at the last time; `undefined` for the reference itself. */
  readonly difference: FigureText | undefined;
}

export interface IndicatorFigures {
  readonly indicator: CatalogIndicator;
  readonly unit: DisplayUnit;
  readonly scenarios: readonly ScenarioFigures[];
}

export interface TargetFigures {
  readonly target: CatalogTarget;
  readonly question: string;
  /** Rounded probability at the due date by scenario, in the catalog's order; `undefined` where no run has a value. */
  readonly shares: readonly (string | undefined)[];
}

/**
 * The two times that a summary shows: the date at which most targets are due (without targets the middle), and the end.
 * Dates are save times, the nearest ones where a target is due between two.
 */
export function figureTimes(catalog: Catalog): readonly number[] {
  const last = catalog.saveTimes.at(-1) ?? catalog.time.stop;
  const counts = new Map<number, number>();
  for (const { due } of catalog.targets) if (due < last) counts.set(due, (counts.get(due) ?? 0) + 1);
  const [commonest] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const wanted = commonest?.[0] ?? (catalog.time.start + last) / 2;
  const middle = catalog.saveTimes.reduce(
    (best, time) => (Math.abs(time - wanted) < Math.abs(best - wanted) ? time : best),
    last,
  );
  return middle === last ? [last] : [middle, last];
}

/** Figures of the scalar indicators that the model's charts show; of every scalar one if no chart shows any. */
export function mainFigures(input: ChartInput, language: Language): readonly IndicatorFigures[] {
  return mainIndicators(input.catalog).map((indicator) => indicatorFigures(input, indicator, language));
}

/** Figures of the other scalar indicators. */
export function furtherFigures(input: ChartInput, language: Language): readonly IndicatorFigures[] {
  const main = new Set(mainIndicators(input.catalog));
  return scalars(input.catalog)
    .filter((indicator) => !main.has(indicator))
    .map((indicator) => indicatorFigures(input, indicator, language));
}

/** Scalar indicators of fans and paired charts, in the order in which the model asks for those charts. */
function mainIndicators(catalog: Catalog): readonly CatalogIndicator[] {
  const charted = catalog.charts.flatMap((chart) => {
    if (chart.kind === "paired") return chart.indicators;
    return chart.kind === "fan" ? [chart.indicator] : [];
  });
  const byName = new Map(scalars(catalog).map((indicator) => [indicator.name, indicator]));
  const shown = [...new Set(charted)].flatMap((name) => byName.get(name) ?? []);
  return shown.length > 0 ? shown : scalars(catalog);
}

function scalars(catalog: Catalog): readonly CatalogIndicator[] {
  return catalog.indicators.filter(({ shape }) => shape.length === 0);
}

function indicatorFigures(input: ChartInput, indicator: CatalogIndicator, language: Language): IndicatorFigures {
  const { catalog } = input;
  const times = figureTimes(catalog);
  const query = { indicator: indicator.name, key: "" };
  const levels = catalog.scenarios.map(({ name }) => input.series({ ...query, scenario: name }));
  const unit = indicatorUnit(indicator, catalog.time.unit, largestOf(levels), language);
  const scenarios = catalog.scenarios.map(({ name, title }, index): ScenarioFigures => {
    const isReference = name === catalog.reference;
    const difference = isReference
      ? undefined
      : input.series({ ...query, scenario: name, reference: catalog.reference });
    return {
      scenario: name,
      title: title[language],
      levels: times.map((time) => figureAt(levels[index]!, time, unit, (value) => formatNumber(value, unit.decimals))),
      difference: difference && differenceAt(difference, times.at(-1)!, unit),
    };
  });
  return { indicator, unit, scenarios };
}

function figureAt(
  series: SummarySeries,
  time: number,
  unit: DisplayUnit,
  format: (value: number) => string,
): FigureText | undefined {
  const position = Array.from(series.times).indexOf(time);
  const [low, median, high] = [series.q10, series.q50, series.q90].map((values) => finiteAt(values, position));
  if (low === undefined || median === undefined || high === undefined) return undefined;
  return { median: format(median * unit.factor), low: format(low * unit.factor), high: format(high * unit.factor) };
}

/** A difference is smaller than the level, so that it needs its own number of digits. */
function differenceAt(series: SummarySeries, time: number, unit: DisplayUnit): FigureText | undefined {
  const position = Array.from(series.times).indexOf(time);
  const ends = [series.q10, series.q90].map((values) => Math.abs(finiteAt(values, position) ?? 0) * unit.factor);
  return figureAt(series, time, unit, (value) => formatDifference(value, differenceDecimals(unit, Math.max(...ends))));
}

/** Probability of each target at its due date, by scenario. */
export function targetFigures(input: ChartInput, language: Language): readonly TargetFigures[] {
  const { catalog } = input;
  return catalog.targets.map((target) => ({
    target,
    question: thresholdText(catalog, target, language),
    shares: catalog.scenarios.map(({ name }) => {
      const row = input.targetShares(name, target.name).find(({ time }) => time === target.due);
      return row === undefined || row.n === 0 ? undefined : roundedPercent(row.share);
    }),
  }));
}
