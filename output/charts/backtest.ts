/**
 * Backtest of a signal: for each threshold of the signal the share of events that it foretold against the share of quiet times
 * in which it cried wolf (receiver operating characteristic), and the noise-to-signal ratio of Kaminsky, Lizondo and Reinhart
 * (1998), which is the second share over the first: under 1 the signal says something, and less is better.
 *
 * Counts are means over the runs, added up over the save times.
 */
import type { TopLevelSpec } from "vega-lite";
import type { LayerSpec } from "vega-lite/types_unstable/spec/index.js";
import type { CatalogChart } from "../../engine/ensemble/catalog.ts";
import { type ChartInput, findIndicator, finiteAt, type Language } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { formatNumber } from "./display-unit.ts";
import { dataNumber, haloText } from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { TIP } from "./hover.ts";
import { BLUE_FAN, CHART_WIDTH, COLOURS, FONT_SIZE } from "./style.ts";
import { capitalised, indicatorNotes, joinGrades, measureLine } from "./subtitle.ts";
import { topTitle } from "./time-axis.ts";
import * as wording from "./wording.ts";

type BacktestRequest = Extract<CatalogChart, { kind: "backtest" }>;

const SIZE = 270;
const ROW_HEIGHT = 24;

/** What one threshold is worth. */
export interface SignalQuality {
  /** Name of the threshold. */
  readonly threshold: string;
  /** Share of events that were foretold. */
  readonly hitRate: number;
  /** Share of times without an event at which the signal stood. */
  readonly falseRate: number;
  /** falseRate over hitRate; infinity for a signal that foretells nothing. */
  readonly noiseToSignal: number;
}

export function backtestChart(chart: BacktestRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const indicators = chart.indicators.map((name) => findIndicator(catalog, name));
  const [hits, misses, falseAlarms, quiet] = indicators;
  const shape = hits?.shape[0];
  const fits = indicators.every((one) => one.shape.length === 1 && one.shape[0] === shape);
  const dimension = catalog.dimensions.find(({ name }) => name === shape);
  if (indicators.length !== 4 || !hits || !misses || !falseAlarms || !quiet || !fits || dimension === undefined) {
    throw new ChartError({ code: "four-counts", chart: chart.name });
  }
  const countOf = (indicator: string, key: string) => {
    const { mean } = input.series({ scenario: chart.scenario, indicator, key });
    return Array.from(mean).reduce<number>((sum, _, index) => sum + (finiteAt(mean, index) ?? 0), 0);
  };
  const points = dimension.elements.map(({ name }) =>
    signalQuality(
      name,
      countOf(hits.name, name),
      countOf(misses.name, name),
      countOf(falseAlarms.name, name),
      countOf(quiet.name, name),
    ),
  );
  const events = countOf(hits.name, points[0]!.threshold) + countOf(misses.name, points[0]!.threshold);
  if (events === 0) throw new ChartError({ code: "no-event", chart: chart.name });
  const titles = new Map(dimension.elements.map(({ name, title }) => [name, title[language]]));
  const rows = points.map((point, y) => {
    const [hit, cry] = [point.hitRate, point.falseRate].map((share) => formatNumber(100 * share, 0));
    const ratio = Number.isFinite(point.noiseToSignal) ? formatNumber(point.noiseToSignal, 2) : "–";
    const title = titles.get(point.threshold)!;
    return {
      y,
      title,
      hitRate: dataNumber(100 * point.hitRate),
      falseRate: dataNumber(100 * point.falseRate),
      hit: `${hit}%`,
      cry: `${cry}%`,
      ratio,
      tip: wording.signalTip[language](title, hit!, cry!, ratio),
    };
  });
  const corner = [
    { falseRate: 0, hitRate: 0 },
    { falseRate: 100, hitRate: 100 },
  ];
  const path = [
    corner[0]!,
    ...[...rows].sort((a, b) => a.falseRate - b.falseRate || a.hitRate - b.hitRate),
    corner[1]!,
  ];
  return frameChart(
    {
      heading: chart.title?.[language] ?? wording.WORDS.backtestTitle[language],
      subtitle: [
        measureLine({ catalog, indicator: hits, unit: { label: "" }, language, scenario: chart.scenario }),
        capitalised(wording.backtestText[language](formatNumber(areaUnder(path) / 10_000, 2), formatNumber(events, 0))),
      ],
      legend: [
        { label: wording.WORDS.signal[language], symbol: "circle", colour: BLUE_FAN.line },
        { label: wording.WORDS.chance[language], symbol: "stroke", colour: COLOURS.grey },
      ],
      grade: joinGrades(indicators, language),
      notes: indicatorNotes(catalog, chart, indicators, [], language),
      body: {
        spacing: 40,
        hconcat: [curveView(rows, path, language), signalTable(rows, language)],
      },
    },
    input,
    language,
  );
}

interface Rates {
  readonly falseRate: number;
  readonly hitRate: number;
}

/** The curve from corner to corner over the diagonal of chance. */
function curveView(rows: readonly Rates[], path: readonly Rates[], language: Language): LayerSpec<string> {
  return {
    width: SIZE,
    height: SIZE,
    data: { values: [...rows] },
    encoding: {
      x: rateAxis("falseRate", { title: wording.WORDS.falseRate[language] }),
      y: rateAxis("hitRate", topTitle(wording.WORDS.hitRate[language])),
    },
    layer: [
      { data: { values: [path[0]!, path.at(-1)!] }, mark: { type: "line", color: COLOURS.grey, strokeDash: [4, 3] } },
      {
        data: { values: path.map(({ falseRate, hitRate }, order) => ({ falseRate, hitRate, order })) },
        mark: { type: "line", color: BLUE_FAN.inner, strokeWidth: 1.5 },
        encoding: { order: { field: "order", type: "quantitative" } },
      },
      {
        mark: { type: "point", filled: true, opacity: 1, size: 60, color: BLUE_FAN.line, aria: true },
        encoding: TIP,
      },
      ...haloText({
        mark: { type: "text", align: "left", dx: 9, dy: 4, fontSize: FONT_SIZE.label },
        encoding: { text: { field: "title", type: "nominal" } },
      }),
    ],
  };
}

/** The quality of one threshold from counts. */
export function signalQuality(
  threshold: string,
  hits: number,
  misses: number,
  falseAlarms: number,
  quiet: number,
): SignalQuality {
  const share = (part: number, rest: number) => (part + rest > 0 ? part / (part + rest) : 0);
  const [hitRate, falseRate] = [share(hits, misses), share(falseAlarms, quiet)];
  return {
    threshold,
    hitRate,
    falseRate,
    noiseToSignal: hitRate > 0 ? falseRate / hitRate : Number.POSITIVE_INFINITY,
  };
}

/** Area under a path from left to right, by trapezoids. */
function areaUnder(path: readonly Rates[]): number {
  return path.slice(1).reduce((area, { falseRate, hitRate }, index) => {
    const before = path[index]!;
    return area + ((falseRate - before.falseRate) * (hitRate + before.hitRate)) / 2;
  }, 0);
}

function rateAxis(field: "falseRate" | "hitRate", title: object) {
  const axis = { ...title, values: [0, 25, 50, 75, 100] };
  return { field, type: "quantitative" as const, scale: { domain: [0, 100], nice: false }, axis };
}

/** The same in numbers. */
function signalTable(rows: readonly object[], language: Language) {
  const heads = [
    wording.WORDS.threshold[language],
    wording.WORDS.hitRateShort[language],
    wording.WORDS.falseRateShort[language],
    wording.WORDS.noiseToSignal[language],
  ];
  const places = [0, 130, 200, 290];
  const y = {
    field: "y",
    type: "quantitative" as const,
    scale: { domain: [rows.length - 0.5, -1.5], nice: false },
    axis: null,
  };
  const align = (column: number) => (column === 0 ? ("left" as const) : ("right" as const));
  return {
    width: CHART_WIDTH + 40 - SIZE - 70,
    height: ROW_HEIGHT * (rows.length + 1),
    data: { values: [...rows] },
    encoding: { y },
    layer: [
      ...heads.map((head, column) => ({
        data: { values: [{ y: -1, head }] },
        mark: { type: "text" as const, align: align(column), x: places[column]!, fontWeight: "bold" as const },
        encoding: { text: { field: "head", type: "nominal" as const } },
      })),
      ...["title", "hit", "cry", "ratio"].map((field, column) => ({
        mark: { type: "text" as const, align: align(column), x: places[column]! },
        encoding: { text: { field, type: "nominal" as const } },
      })),
    ],
  };
}
