/**
 * Dumbbells: where the reference stands and where a scenario stands, and beside them the paired difference with its bands.
 *
 * Of an indicator with one dimension each element has a row, ordered by the difference: winners above, losers below. Of a
 * scalar each scenario has a row.
 */
import type { TopLevelSpec } from "vega-lite";
import type { LayerSpec } from "vega-lite/types_unstable/spec/index.js";
import type { CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import {
  type ChartInput,
  findIndicator,
  type Language,
  type SummarySeries,
  scenarioTitle,
  type YearsRequest,
} from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { type DisplayUnit, differenceDecimals, formatDifference, indicatorUnit } from "./display-unit.ts";
import { bandAt, elementTitles } from "./element-values.ts";
import { dataNumber, largestOf, runRange } from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { TIP } from "./hover.ts";
import type { LegendEntry } from "./legend-strip.ts";
import { CHART_WIDTH, COLOURS, FONT_SIZE, GREEN_FAN } from "./style.ts";
import { indicatorNotes } from "./subtitle.ts";
import { textWidth } from "./text-width.ts";
import { savesEachYear, timeInText } from "./time-axis.ts";
import { zeroLine } from "./whiskers.ts";
import * as wording from "./wording.ts";

const ROW_HEIGHT = 23;
const GAP = 36;
/** Room right of the differences for their numbers. */
const NUMBER_ROOM = 118;
/** Of the reference and of the scenario. */
const LEVEL_COLOURS = { a: COLOURS.blue, b: COLOURS.vermillion } as const;

interface Pair {
  readonly title: string;
  readonly reference: SummarySeries;
  readonly scenario: SummarySeries;
  readonly difference: SummarySeries;
}

/** One row: medians under both, and the difference, in display units. */
interface Row {
  readonly title: string;
  readonly a: number;
  readonly b: number;
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly outerLow: number;
  readonly outerHigh: number;
}

/** What both panels share. */
interface Panels {
  readonly rows: readonly Row[];
  readonly width: number;
  readonly height: number;
  readonly unit: DisplayUnit;
  readonly language: Language;
}

export function dumbbellChart(chart: YearsRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const indicator = findIndicator(catalog, chart.indicator);
  const pairs = pairsOf(chart, indicator, input, language);
  const levels = pairs.flatMap(({ reference, scenario }) => [reference, scenario]);
  const unit = indicatorUnit(indicator, catalog.time.unit, largestOf(levels), language);
  const rows = pairs
    .flatMap((pair) => rowOf(pair, chart.years.at(-1)!, unit))
    .sort((one, other) => other.median - one.median);
  if (rows.length === 0) throw new ChartError({ code: "no-pair", chart: chart.name, under: chart.scenario });
  const labelRoom = Math.max(...rows.map(({ title }) => textWidth(title, FONT_SIZE.axis))) + 10;
  const width = Math.floor((CHART_WIDTH + 50 - labelRoom - GAP - NUMBER_ROOM) / 2);
  const panels: Panels = { rows, width, height: ROW_HEIGHT * rows.length, unit, language };
  const isByElement = indicator.shape.length > 0;
  const compared = isByElement ? scenarioTitle(catalog, chart.scenario)[language] : undefined;
  return frameChart(
    {
      heading: chart.title?.[language] ?? indicator.title[language],
      subtitle: subtitleOf(chart, indicator, unit, compared, pairs, input, language),
      legend: legendOf(scenarioTitle(catalog, catalog.reference)[language], compared, language),
      grade: indicator.grade,
      notes: indicatorNotes(catalog, chart, [indicator], [], language),
      body: { spacing: GAP, hconcat: [levelPanel(panels), differencePanel(panels)] },
    },
    input,
    language,
  );
}

/** None where no pair of runs has a value. */
function rowOf({ title, reference, scenario, difference }: Pair, time: number, unit: DisplayUnit): Row[] {
  const [from, to, by] = [bandAt(reference, time), bandAt(scenario, time), bandAt(difference, time)];
  const position = Array.from(difference.times).indexOf(time);
  if (from === undefined || to === undefined || by === undefined) return [];
  const shown = (value: number) => dataNumber(value * unit.factor);
  return [
    {
      title,
      a: shown(from.q50),
      b: shown(to.q50),
      median: shown(by.q50),
      low: shown(by.q10),
      high: shown(by.q90),
      outerLow: shown(difference.q2_5[position]!),
      outerHigh: shown(difference.q97_5[position]!),
    },
  ];
}

function subtitleOf(
  chart: YearsRequest,
  indicator: CatalogIndicator,
  unit: DisplayUnit,
  compared: string | undefined,
  pairs: readonly Pair[],
  { catalog }: ChartInput,
  language: Language,
): string[] {
  const { comma, clause } = wording.JOIN[language];
  const [fewest, most] = runRange(pairs.map(({ difference }) => difference));
  const reference = scenarioTitle(catalog, catalog.reference)[language];
  return [
    [
      timeInText(catalog, chart.years.at(-1)!, language),
      ...(unit.label === "" ? [] : [wording.unitText[language](unit.label)]),
      wording.readingText(indicator, savesEachYear(catalog), language),
    ].join(comma),
    wording.dumbbellText[language](reference, compared) +
      clause +
      wording.pairsText[language](String(fewest), String(most)),
  ];
}

function legendOf(reference: string, compared: string | undefined, language: Language): LegendEntry[] {
  const band = (percent: number) => wording.differenceOf[language](wording.band[language](percent));
  return [
    { label: reference, symbol: "circle", colour: LEVEL_COLOURS.a },
    { label: compared ?? wording.WORDS.scenario[language], symbol: "circle", colour: LEVEL_COLOURS.b },
    { label: band(80), symbol: "square", colour: GREEN_FAN.inner },
    { label: band(95), symbol: "square", colour: GREEN_FAN.outer },
  ];
}

function rowAxis(rows: readonly Row[], hasLabels: boolean) {
  return {
    field: "title",
    type: "nominal" as const,
    sort: rows.map(({ title }) => title),
    axis: {
      title: null,
      ticks: false,
      domain: false,
      labelPadding: 6,
      grid: true,
      ...(hasLabels ? {} : { labels: false }),
    },
  };
}

/** Where the reference and the scenario stand, joined by a rule. */
function levelPanel({ rows, width, height, unit }: Panels): LayerSpec<string> {
  const x = {
    type: "quantitative" as const,
    scale: { zero: false, nice: true },
    axis: { title: unit.label || null, tickCount: 4, grid: true },
  };
  return {
    width,
    height,
    data: { values: [...rows] },
    encoding: { y: rowAxis(rows, true) },
    layer: [
      {
        mark: { type: "rule", strokeWidth: 2, color: COLOURS.grey },
        encoding: { x: { ...x, field: "a" }, x2: { field: "b" } },
      },
      ...(["a", "b"] as const).map((field) => ({
        mark: { type: "point" as const, filled: true, size: 60, opacity: 1, color: LEVEL_COLOURS[field] },
        encoding: { x: { field, type: "quantitative" as const } },
      })),
    ],
  };
}

/** The paired difference with its bands, and its numbers at the right. */
function differencePanel({ rows, width, height, unit, language }: Panels): LayerSpec<string> {
  const word = wording.WORDS.difference[language];
  const x = {
    field: "outerLow",
    type: "quantitative" as const,
    scale: { zero: true, nice: true },
    axis: {
      title: unit.differenceLabel === "" ? word : word + wording.JOIN[language].comma + unit.differenceLabel,
      tickCount: 4,
      grid: true,
    },
  };
  return {
    width,
    height,
    data: { values: labelled(rows, unit) },
    encoding: { y: rowAxis(rows, false) },
    layer: [
      {
        mark: { type: "bar", height: 11, color: GREEN_FAN.outer, aria: true },
        encoding: { ...TIP, x, x2: { field: "outerHigh" } },
      },
      {
        mark: { type: "bar", height: 11, color: GREEN_FAN.inner },
        encoding: { x: { field: "low", type: "quantitative" }, x2: { field: "high" } },
      },
      {
        mark: { type: "tick", color: GREEN_FAN.line, thickness: 2.5, size: 14 },
        encoding: { x: { field: "median", type: "quantitative" } },
      },
      zeroLine(height, COLOURS.ink),
      {
        mark: { type: "text", align: "left", fontSize: 9.5 },
        encoding: { x: { value: width + 8 }, text: { field: "label", type: "nominal" } },
      },
    ],
  };
}

/** Rows with the median and its 80 % band as text. */
function labelled(rows: readonly Row[], unit: DisplayUnit) {
  const largest = Math.max(...rows.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high))));
  const decimals = differenceDecimals(unit, largest);
  return rows.map((row) => {
    const [middle, low, high] = [row.median, row.low, row.high].map((value) => formatDifference(value, decimals));
    const label = `${middle} (${low} – ${high})`;
    return { ...row, label, tip: `${row.title}: ${label} ${unit.differenceLabel}`.trimEnd() };
  });
}

function pairsOf(chart: YearsRequest, indicator: CatalogIndicator, input: ChartInput, language: Language): Pair[] {
  const { catalog } = input;
  const { reference } = catalog;
  const pair = (title: string, scenario: string, key: string): Pair => {
    const query = { indicator: indicator.name, key };
    return {
      title,
      reference: input.series({ ...query, scenario: reference }),
      scenario: input.series({ ...query, scenario }),
      difference: input.series({ ...query, scenario, reference }),
    };
  };
  if (indicator.shape.length === 0) {
    return catalog.scenarios
      .filter(({ name }) => name !== reference)
      .map(({ name, title }) => pair(title[language], name, ""));
  }
  const dimension = catalog.dimensions.find(({ name }) => name === indicator.shape[0]);
  if (dimension === undefined || indicator.shape.length > 1) {
    throw new ChartError({ code: "shape", chart: chart.name, indicator: indicator.name, needs: "at-most-one" });
  }
  if (chart.scenario === reference) {
    throw new ChartError({ code: "against-itself", chart: chart.name, scenario: reference });
  }
  const titles = elementTitles(dimension, language);
  return dimension.elements.map(({ name }) => pair(titles[name]!, chart.scenario, name));
}
