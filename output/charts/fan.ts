/**
 * Fan chart of one cell: bands and median of the projection, measured values, targets.
 *
 * The form is that of the inflation report of the Bank of England (Britton, Fisher and Whitley, 1998), with central bands
 * of 50, 80 and 95 %.
 */
import type { TopLevelSpec } from "vega-lite";
import type { UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import type { CatalogChart, CatalogIndicator, CatalogTarget } from "../../engine/ensemble/catalog.ts";
import { bandNotes, bandsOf, fanLegend } from "./bands.ts";
import { type ChartInput, cellTitle, findIndicator, type Language, type SummarySeries } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { coverageLines } from "./coverage.ts";
import { type DisplayUnit, formatNumber, indicatorUnit } from "./display-unit.ts";
import {
  bandTips,
  dataNumber,
  type FanRow,
  fanLayers,
  fanRows,
  haloText,
  largestOf,
  missingTimes,
} from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { timeStrips } from "./hover.ts";
import type { LegendEntry } from "./legend-strip.ts";
import { BLUE_FAN, CHART_WIDTH, COLOURS, DARK_VERMILLION } from "./style.ts";
import { indicatorNotes, indicatorSubtitle } from "./subtitle.ts";
import { timeAxis, timeInText, topTitle } from "./time-axis.ts";
import * as wording from "./wording.ts";

type FanRequest = Extract<CatalogChart, { kind: "fan" }>;

const HEIGHT = 290;
/** Room right of the last year for the numbers of that year. */
const END_LABEL_ROOM = 70;

export function fanChart(chart: FanRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const indicator = findIndicator(catalog, chart.indicator);
  const series = input.series({ scenario: chart.scenario, indicator: indicator.name, key: chart.key });
  const observed = observedPoints(indicator, chart.key);
  const targets = catalog.targets.filter(({ indicator: name, key }) => name === indicator.name && key === chart.key);
  const largest = Math.max(largestOf([series]), ...observed.map(({ value }) => Math.abs(value)));
  const unit = indicatorUnit(indicator, catalog.time.unit, largest, language);
  const bands = bandsOf(input);
  const rows = fanRows(series, unit.factor, { bands, input });
  if (rows.length === 0) {
    throw new ChartError({ code: "no-value", chart: chart.name, of: indicator.name, where: chart.scenario });
  }
  const domain = [Math.min(catalog.time.start, ...observed.map(({ time }) => time)), catalog.time.stop] as const;

  return frameChart(
    {
      heading: chart.title?.[language] ?? cellTitle(catalog, indicator, chart.key, language),
      subtitle: [
        ...indicatorSubtitle({
          catalog,
          indicator,
          unit,
          language,
          scenario: chart.scenario,
          shown: wording.bandsText[language](bands),
          series: [series],
        }),
        ...coverageLines([{ series, observed: observedSeries(indicator, chart.key) }], catalog.time.start, language),
      ],
      legend: [
        ...fanLegend(bands, BLUE_FAN, language),
        ...pointLegend(observed.length > 0, targets.length > 0, language),
      ],
      grade: indicator.grade,
      notes: [
        ...bandNotes(input, language),
        ...indicatorNotes(catalog, chart, [indicator], missingTimes(series), language),
      ],
      body: {
        width: CHART_WIDTH - END_LABEL_ROOM,
        height: HEIGHT,
        data: { values: rows },
        encoding: {
          x: timeAxis(catalog, domain, language),
          y: {
            type: "quantitative",
            scale: { zero: false, nice: true },
            axis: { ...topTitle(unit.label), tickCount: 6 },
          },
        },
        layer: [
          ...fanLayers(bands, BLUE_FAN),
          ...startRule(catalog.time.start, domain[0], language),
          ...observedLayers(observed, unit),
          ...targetLayers(targets, rows, unit, catalog.time.stop, language),
          ...endLabels(series, unit, language),
          ...timeStrips(
            bandTips(rows, unit, (time) => timeInText(catalog, time, language)),
            HEIGHT,
          ),
        ],
      },
    },
    input,
    language,
  );
}

interface ObservedPoint {
  readonly time: number;
  readonly value: number;
}

const observedSeries = ({ observed }: CatalogIndicator, key: string) => observed.find((series) => series.key === key);

function observedPoints(indicator: CatalogIndicator, key: string): readonly ObservedPoint[] {
  const found = observedSeries(indicator, key);
  if (found === undefined) return [];
  return found.time.flatMap((time, index) => {
    const value = found.value[index];
    return value === undefined || !Number.isFinite(value) ? [] : [{ time, value }];
  });
}

function pointLegend(hasObserved: boolean, hasTargets: boolean, language: Language): LegendEntry[] {
  const entries: LegendEntry[] = [];
  if (hasObserved) entries.push({ label: wording.WORDS.observed[language], symbol: "circle", colour: COLOURS.ink });
  if (hasTargets)
    entries.push({ label: wording.WORDS.target[language], symbol: "diamond", colour: COLOURS.vermillion });
  return entries;
}

/** A rule where the projection starts, if anything stands before it. */
function startRule(start: number, first: number, language: Language): UnitSpec<string>[] {
  if (start <= first) return [];
  const data = { values: [{ time: start, label: wording.WORDS.projectionStart[language] }] };
  const x = { field: "time", type: "quantitative" } as const;
  return [
    {
      data,
      mark: { type: "rule", color: COLOURS.rule, strokeDash: [4, 3] },
      encoding: { x, y: { value: 0 }, y2: { value: HEIGHT } },
    },
    {
      data,
      mark: { type: "text", align: "left", baseline: "top", dx: 4, color: COLOURS.muted, fontSize: 9.5 },
      encoding: { x, y: { value: 1 }, text: { field: "label", type: "nominal" } },
    },
  ];
}

function observedLayers(observed: readonly ObservedPoint[], unit: DisplayUnit): UnitSpec<string>[] {
  if (observed.length === 0) return [];
  const data = { values: observed.map(({ time, value }) => ({ time, observed: dataNumber(value * unit.factor) })) };
  const encoding = {
    x: { field: "time", type: "quantitative" },
    y: { field: "observed", type: "quantitative" },
  } as const;
  return [
    { data, mark: { type: "line", color: COLOURS.ink, strokeWidth: 1 }, encoding },
    { data, mark: { type: "point", color: COLOURS.ink, filled: true, size: 22, opacity: 1 }, encoding },
  ];
}

/**
 * Diamonds with their thresholds, above those over the median and under those below it, clear of the fan; at the last time the
 * label stands left, where no end label is.
 */
function targetLayers(
  targets: readonly CatalogTarget[],
  fan: readonly FanRow[],
  unit: DisplayUnit,
  stop: number,
  language: Language,
): UnitSpec<string>[] {
  if (targets.length === 0) return [];
  const rows = targets.map((target) => {
    const value = target.threshold * unit.factor;
    const number = formatNumber(value, decimalsOfThreshold(value, unit)) + (unit.isPercent ? "%" : "");
    const label = wording.targetLabel[language](target.comparison, number);
    const median = fan.find(({ time }) => time === target.due)?.q50 ?? value;
    return { row: { time: target.due, threshold: dataNumber(value), label }, isUnder: value < median };
  });
  const encoding = {
    x: { field: "time", type: "quantitative" },
    y: { field: "threshold", type: "quantitative" },
  } as const;
  const labels = rows.flatMap(({ row, isUnder }) => {
    const place =
      row.time < stop ? ({ align: "center", dx: 0, dy: 7 } as const) : ({ align: "right", dx: -8, dy: 3 } as const);
    return haloText({
      data: { values: [row] },
      mark: {
        type: "text",
        color: DARK_VERMILLION,
        baseline: isUnder ? "top" : "bottom",
        ...place,
        dy: isUnder ? place.dy : -place.dy,
      },
      encoding: { ...encoding, text: { field: "label", type: "nominal" } },
    });
  });
  const diamond = { shape: "diamond", filled: true, size: 80, color: COLOURS.vermillion, stroke: "white" } as const;
  return [
    { data: { values: rows.map(({ row }) => row) }, mark: { type: "point", opacity: 1, ...diamond }, encoding },
    ...labels,
  ];
}

/** A threshold is a round number that somebody wrote: no more digits than it needs. */
export function decimalsOfThreshold(value: number, unit: DisplayUnit): number {
  for (let decimals = 0; decimals < unit.decimals; decimals++) {
    if (Math.abs(value - Number(value.toFixed(decimals))) < 1e-9 * Math.abs(value)) return decimals;
  }
  return unit.decimals;
}

/** Median and 80 % band of the last time, as numbers beside the fan. */
function endLabels(series: SummarySeries, unit: DisplayUnit, language: Language): UnitSpec<string>[] {
  const last = fanRows(series, unit.factor).at(-1);
  if (last === undefined) return [];
  const number = (value: number) => formatNumber(value, unit.decimals);
  const data = {
    values: [
      { time: last.time, q50: last.q50, median: number(last.q50), band: `${number(last.q10)}–${number(last.q90)}` },
    ],
  };
  const x = { field: "time", type: "quantitative" } as const;
  const y = { field: "q50", type: "quantitative" } as const;
  const mark = { type: "text", align: "left", baseline: "middle", dx: 10 } as const;
  return [
    {
      data,
      mark: { ...mark, dy: -7, fontWeight: "bold", color: BLUE_FAN.line },
      encoding: { x, y, text: { field: "median", type: "nominal" } },
    },
    {
      data,
      mark: { ...mark, dy: 7, fontSize: 9, color: COLOURS.muted },
      encoding: { x, y, text: { field: "band", type: "nominal" } },
    },
    {
      data: { values: [{ time: last.time, q50: last.q50, label: `(${wording.band[language](80)})` }] },
      mark: { ...mark, dy: 19, fontSize: 9, color: COLOURS.muted },
      encoding: { x, y, text: { field: "label", type: "nominal" } },
    },
  ];
}
