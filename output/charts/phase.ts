/**
 * Phase plot: the level across, its yearly change up, with the course of logistic growth behind it.
 *
 * Under Northam's curve (Northam, "Urban Geography", 1979) urban share U grows by r U (1 − U / K): a parabola in this plane.
 * Its r is fitted to the first change of the median, K is 100 %, so that the dots show whether the pace keeps up with it.
 */
import type { TopLevelSpec } from "vega-lite";
import type { CatalogChart } from "../../engine/ensemble/catalog.ts";
import { type ChartInput, findIndicator, finiteAt, type Language, type SummarySeries } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { type DisplayUnit, formatDifference, formatNumber, indicatorUnit } from "./display-unit.ts";
import { dataNumber, haloText, largestOf } from "./fan-layers.ts";
import { frameIndicator } from "./frame-indicator.ts";
import { TIP } from "./hover.ts";
import { BLUE_FAN, CHART_WIDTH, COLOURS } from "./style.ts";
import { timeText, topTitle } from "./time-axis.ts";
import * as wording from "./wording.ts";

type PhaseRequest = Extract<CatalogChart, { kind: "phase" }>;

const HEIGHT = 300;
const CURVE_POINTS = 60;

interface PhasePoint {
  readonly element: string;
  readonly time: number;
  readonly level: number;
  readonly change: number;
  /** Band of the level that holds 80 % of the runs. */
  readonly low: number;
  readonly high: number;
}

export function phaseChart(chart: PhaseRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const indicator = findIndicator(catalog, chart.indicator);
  if (indicator.shape.length > 1)
    throw new ChartError({ code: "shape", chart: chart.name, indicator: indicator.name, needs: "at-most-one" });
  const dimension = catalog.dimensions.find(({ name }) => name === indicator.shape[0]);
  const series = indicator.keys.map((key) =>
    input.series({ scenario: chart.scenario, indicator: indicator.name, key }),
  );
  const unit = indicatorUnit(indicator, catalog.time.unit, largestOf(series), language);
  if (!unit.isPercent) throw new ChartError({ code: "no-share", chart: chart.name, indicator: indicator.name });
  const titles = new Map(dimension?.elements.map(({ name, title }) => [name, title[language]]));
  const paths = indicator.keys.map((key, index) => pathOf(titles.get(key) ?? "", series[index]!, unit.factor));
  const points = paths.flat();
  if (points.length === 0) throw new ChartError({ code: "no-change", chart: chart.name });
  const isMany = paths.length > 1;
  const ends = paths.flatMap((path) => path.slice(-1));
  const curve = logisticCurve(paths, isMany);
  const domain = [
    Math.floor(Math.min(...points.map(({ low }) => low)) - 2),
    Math.ceil(Math.max(...points.map(({ high }) => high)) + 2),
  ];
  const x = {
    field: "level",
    type: "quantitative" as const,
    scale: { domain, nice: false, zero: false },
    axis: { title: `${indicator.title[language]}${wording.JOIN[language].comma}${unit.label}`, tickCount: 6 },
  };
  return frameIndicator(chart, input, language, {
    indicator,
    unit,
    shown: wording.phaseText[language](isMany),
    series,
    legend: [
      { label: wording.WORDS.median[language], symbol: "circle", colour: BLUE_FAN.line },
      { label: wording.levelBand[language](80), symbol: "stroke", colour: BLUE_FAN.inner },
      { label: wording.WORDS.logistic[language], symbol: "stroke", colour: COLOURS.vermillion },
    ],
    body: {
      width: CHART_WIDTH,
      height: HEIGHT,
      data: { values: points },
      encoding: {
        x,
        y: {
          field: "change",
          type: "quantitative",
          scale: { zero: true, nice: true },
          axis: { ...topTitle(wording.changeText[language](unit.differenceLabel)), tickCount: 6 },
        },
      },
      layer: [
        {
          data: { values: curve.filter(({ level }) => level >= domain[0]! && level <= domain[1]!) },
          mark: { type: "line", color: COLOURS.vermillion, strokeDash: [5, 3], strokeWidth: 1.4 },
        },
        {
          mark: { type: "line", color: isMany ? COLOURS.grey : BLUE_FAN.line, strokeWidth: isMany ? 0.9 : 1.4 },
          encoding: { detail: { field: "element", type: "nominal" }, order: { field: "time", type: "quantitative" } },
        },
        {
          data: { values: isMany ? ends : points },
          mark: { type: "rule", color: BLUE_FAN.inner, strokeWidth: 1.6 },
          encoding: { x: { ...x, field: "low" }, x2: { field: "high" } },
        },
        {
          data: {
            values: (isMany ? ends : points).map((point) => ({ ...point, tip: pointTip(point, unit, language) })),
          },
          mark: { type: "point", filled: true, opacity: 1, size: 34, color: BLUE_FAN.line, aria: true },
          encoding: TIP,
        },
        ...haloText({
          data: {
            values: isMany
              ? ends.map((end) => ({ ...end, label: end.element }))
              : points
                  .filter((_, i) => i === 0 || i === points.length - 1 || i % 5 === 4)
                  .map((point) => ({ ...point, label: timeText(point.time) })),
          },
          mark: { type: "text", dy: -9, fontSize: 9.5 },
          encoding: { text: { field: "label", type: "nominal" } },
        }),
      ],
    },
  });
}

/** `Kunming, 2030: 72.1%; +0.8` for the pointer. */
function pointTip({ element, time, level, change }: PhasePoint, unit: DisplayUnit, language: Language): string {
  const { comma, clause } = wording.JOIN[language];
  const where = element === "" ? timeText(time) : element + comma + timeText(time);
  return `${where}: ${formatNumber(level, unit.decimals)}%${clause}${formatDifference(change, unit.decimals + 1)}`;
}

/** Medians and their change since the save time before, a year of it. */
function pathOf(element: string, series: SummarySeries, factor: number): PhasePoint[] {
  const times = Array.from(series.times);
  return times.flatMap((time, index) => {
    const [before, now] = [finiteAt(series.q50, index - 1), finiteAt(series.q50, index)];
    const [low, high] = [finiteAt(series.q10, index), finiteAt(series.q90, index)];
    if (before === undefined || now === undefined || low === undefined || high === undefined) return [];
    const change = ((now - before) * factor) / (time - times[index - 1]!);
    return [
      {
        element,
        time,
        level: dataNumber(now * factor),
        change: dataNumber(change),
        low: dataNumber(low * factor),
        high: dataNumber(high * factor),
      },
    ];
  });
}

/** The parabola r U (1 − U) in percentage points, r from the first point of the path (of many, the mean of theirs). */
function logisticCurve(paths: readonly (readonly PhasePoint[])[], isMany: boolean) {
  const rates = paths.flatMap(([first]) =>
    first === undefined ? [] : [(100 * first.change) / (first.level * (100 - first.level))],
  );
  const rate = isMany ? rates.reduce((sum, one) => sum + one, 0) / rates.length : rates[0]!;
  return Array.from({ length: CURVE_POINTS + 1 }, (_, index) => {
    const level = (100 * index) / CURVE_POINTS;
    return { level, change: dataNumber((rate * level * (100 - level)) / 100) };
  });
}
