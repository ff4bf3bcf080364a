/**
 * Convergence: growth of each place against the level from which it started. A falling line says that poor places catch up
 * (β-convergence, Barro and Sala-i-Martin 1992); the spread of the logarithms at both ends says whether they have come nearer
 * (σ-convergence).
 */
import type { TopLevelSpec } from "vega-lite";
import type { LayerSpec } from "vega-lite/types_unstable/spec/index.js";
import { ln } from "../../engine/numerics/log.ts";
import type { ChartInput, Language, YearsRequest } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { type DisplayUnit, formatNumber, indicatorUnit } from "./display-unit.ts";
import { elementTitles, elementValues } from "./element-values.ts";
import { dataNumber, haloText, largestOf } from "./fan-layers.ts";
import { frameIndicator } from "./frame-indicator.ts";
import { TIP } from "./hover.ts";
import { placeLabels } from "./place-labels.ts";
import { BLUE_FAN, CHART_WIDTH, COLOURS } from "./style.ts";
import { timeInText, timeText, topTitle } from "./time-axis.ts";
import * as wording from "./wording.ts";

const HEIGHT = 330;
const LABEL_SIZE = 9.5;

/** One place: the logarithm of where it started, and its growth a year in per cent (of the logarithm). */
interface Growth {
  readonly element: string;
  readonly level: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
}

export function convergenceChart(chart: YearsRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const [from, to] = [chart.years[0]!, chart.years.at(-1)!];
  if (from === to) throw new ChartError({ code: "two-years", chart: chart.name });
  const found = elementValues(chart, input, [from, to]);
  const { indicator } = found;
  if (found.values.some(({ q10 }) => !(q10 > 0))) {
    throw new ChartError({ code: "not-positive", chart: chart.name, indicator: indicator.name });
  }
  const unit = indicatorUnit(indicator, catalog.time.unit, largestOf([...found.series.values()]), language);
  const titles = elementTitles(found.dimension, language);
  const places = growthOf(found.values, from, to);
  if (places.length < 3) throw new ChartError({ code: "few-places", chart: chart.name });
  const line = leastSquares(places.map(({ level, median }) => [ln(level), median]));
  const shown = [wording.convergenceText[language](), line.slope < 0 ? catchUp(line.slope, to - from, language) : ""];
  const spread = (time: number) =>
    formatNumber(deviation(found.values.filter((one) => one.time === time).map(({ q50 }) => ln(q50))), 3);
  return frameIndicator(chart, input, language, {
    indicator,
    unit,
    shown: shown.filter((text) => text !== "").join(wording.JOIN[language].clause),
    series: [...found.series.values()],
    further: [
      wording.spreadText[language](
        spread(from),
        timeInText(catalog, from, language),
        spread(to),
        timeInText(catalog, to, language),
      ),
    ],
    legend: [
      { label: wording.WORDS.median[language], symbol: "circle", colour: BLUE_FAN.line },
      { label: wording.band[language](80), symbol: "stroke", colour: BLUE_FAN.inner },
      { label: wording.WORDS.fitted[language], symbol: "stroke", colour: COLOURS.vermillion },
    ],
    body: plotView({ places, line, titles, unit }, [from, to], language),
  });
}

interface Plot {
  readonly places: readonly Growth[];
  readonly line: { readonly slope: number; readonly intercept: number };
  readonly titles: Readonly<Record<string, string>>;
  readonly unit: DisplayUnit;
}

/** Places as points with their bands, and the line through them. */
function plotView(plot: Plot, [from, to]: readonly [number, number], language: Language): LayerSpec<string> {
  const { places, line, titles, unit } = plot;
  const levels = places.map(({ level }) => level);
  // Domains are stated, so that the places of labels are known.
  const across = [Math.min(...levels) * 0.93, Math.max(...levels) * 1.08] as const;
  const up = [
    Math.floor(2 * Math.min(...places.map(({ low }) => low))) / 2,
    Math.ceil(2 * Math.max(...places.map(({ high }) => high))) / 2,
  ] as const;
  const offsets = placeLabels(
    places.map(({ element, level, median }) => ({
      x: (CHART_WIDTH * (ln(level) - ln(across[0]))) / (ln(across[1]) - ln(across[0])),
      y: (HEIGHT * (up[1] - median)) / (up[1] - up[0]),
      label: titles[element]!,
    })),
    LABEL_SIZE,
    CHART_WIDTH,
  );
  const rows = placeRows(plot);
  const ends = [Math.min(...places.map(({ level }) => level)), Math.max(...places.map(({ level }) => level))];
  const fitted = ends.map((level) => ({
    level: dataNumber(level * unit.factor),
    median: dataNumber(line.intercept + line.slope * ln(level)),
  }));
  return {
    width: CHART_WIDTH,
    height: HEIGHT,
    data: { values: rows },
    encoding: {
      x: {
        field: "level",
        type: "quantitative",
        scale: { type: "log", nice: false, domain: across.map((level) => dataNumber(level * unit.factor)) },
        axis: {
          title: `${timeText(from)}${wording.JOIN[language].comma}${unit.label}`,
          tickCount: 5,
          labelExpr: "format(datum.value, ',')",
        },
      },
      y: {
        field: "median",
        type: "quantitative",
        scale: { zero: false, nice: false, domain: [...up] },
        axis: {
          ...topTitle(wording.growthAxis[language](timeText(from), timeText(to))),
          tickCount: 6,
        },
      },
    },
    layer: [
      {
        mark: { type: "rule", color: BLUE_FAN.inner, strokeWidth: 2 },
        encoding: { y: { field: "low", type: "quantitative" }, y2: { field: "high" } },
      },
      { data: { values: fitted }, mark: { type: "line", color: COLOURS.vermillion, strokeDash: [5, 3] } },
      {
        mark: { type: "point", filled: true, opacity: 1, size: 46, color: BLUE_FAN.line, aria: true },
        encoding: TIP,
      },
      ...rows.flatMap((row, index) =>
        haloText({
          data: { values: [{ level: row.level, median: row.median, title: row.title }] },
          mark: { type: "text", fontSize: LABEL_SIZE, ...offsets[index]! },
          encoding: { text: { field: "title", type: "nominal" } },
        }),
      ),
    ],
  };
}

function placeRows({ places, titles, unit }: Plot) {
  const number = (value: number) => formatNumber(value, 1);
  return places.map(({ element, level, median, low, high }) => ({
    title: titles[element]!,
    level: dataNumber(level * unit.factor),
    median: dataNumber(median),
    low: dataNumber(low),
    high: dataNumber(high),
    tip: `${titles[element]}: ${formatNumber(level * unit.factor, unit.decimals)} ${unit.label}; ${number(median)}% (${number(low)} – ${number(high)})`,
  }));
}

/** Growth of the logarithm a year; the band is that of the last level, since the first is the same in every run or nearly so. */
function growthOf(
  values: readonly {
    readonly element: string;
    readonly time: number;
    readonly q10: number;
    readonly q50: number;
    readonly q90: number;
  }[],
  from: number,
  to: number,
): Growth[] {
  return values.flatMap((start): Growth[] => {
    const end = values.find(({ element, time }) => element === start.element && time === to);
    if (start.time !== from || end === undefined) return [];
    const rate = (level: number) => (100 * (ln(level) - ln(start.q50))) / (to - from);
    const { element, q50: level } = start;
    return [{ element, level, median: rate(end.q50), low: rate(end.q10), high: rate(end.q90) }];
  });
}

export function leastSquares(points: readonly (readonly [number, number])[]): { slope: number; intercept: number } {
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  const squares = points.reduce((sum, [a]) => sum + (a - x) * (a - x), 0);
  const slope = squares === 0 ? 0 : points.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / squares;
  return { slope, intercept: y - slope * x };
}

/** Standard deviation, of all places. */
function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0) / values.length);
}

/** The speed λ at which a gap closes, from the slope −(1 − e^(−λT)) / T; no speed where the places have passed each other. */
function catchUp(slope: number, years: number, language: Language): string {
  const kept = 1 + (slope / 100) * years;
  return kept <= 0 ? "" : wording.speedText[language](formatNumber((-100 * ln(kept)) / years, 1));
}
