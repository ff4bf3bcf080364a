/**
 * A scenario against the reference: both levels above, and below the paired difference with its own bands.
 *
 * Both scenarios see the same draws, so the difference is taken draw by draw; its band answers whether the scenario
 * changes anything, which overlapping bands of levels cannot (common random numbers, e.g. Law, "Simulation Modeling and
 * Analysis", 5th edition, section 11.2).
 */
import type { TopLevelSpec } from "vega-lite";
import type { NonNormalizedSpec, UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import type { CatalogChart, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import { bandNotes, bandsOf, fanLegend } from "./bands.ts";
import { type ChartInput, findIndicator, type Language, type SummarySeries, scenarioTitle } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { type DisplayUnit, differenceDecimals, formatDifference, formatNumber, indicatorUnit } from "./display-unit.ts";
import {
  bandTips,
  type FanRow,
  fanLayers,
  fanRows,
  haloText,
  largestOf,
  missingTimes,
  runRange,
} from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { type TimeTip, timeStrips } from "./hover.ts";
import { CHART_WIDTH, COLOURS, FONT_SIZE, GREEN_FAN } from "./style.ts";
import { indicatorNotes, joinGrades } from "./subtitle.ts";
import { wrapText } from "./text-width.ts";
import { timeAxis, timeInText, timeText, topTitle } from "./time-axis.ts";
import * as wording from "./wording.ts";

type PairedRequest = Extract<CatalogChart, { kind: "paired" }>;

const MOST_COLUMNS = 2;
const COLUMN_GAP = 64;
const LEVEL_HEIGHT = 150;
const DIFFERENCE_HEIGHT = 110;
const LEVEL_COLOURS = { reference: COLOURS.blue, scenario: COLOURS.vermillion } as const;

/** What one column of the chart draws. */
interface Comparison {
  readonly indicator: CatalogIndicator;
  readonly reference: SummarySeries;
  readonly scenario: SummarySeries;
  readonly difference: SummarySeries;
}

export function pairedChart(chart: PairedRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const { reference } = catalog;
  if (chart.scenario === reference) {
    throw new ChartError({ code: "against-itself", chart: chart.name, scenario: reference });
  }
  const comparisons = chart.indicators.map((name): Comparison => {
    const indicator = findIndicator(catalog, name);
    if (indicator.shape.length > 0) {
      throw new ChartError({ code: "shape", chart: chart.name, indicator: name, needs: "none" });
    }
    const query = { indicator: name, key: "" };
    return {
      indicator,
      reference: input.series({ ...query, scenario: reference }),
      scenario: input.series({ ...query, scenario: chart.scenario }),
      difference: input.series({ ...query, scenario: chart.scenario, reference }),
    };
  });
  const columns = Math.min(MOST_COLUMNS, comparisons.length);
  const columnWidth = Math.floor((CHART_WIDTH - COLUMN_GAP * (columns - 1)) / columns);
  const titles = [
    scenarioTitle(catalog, chart.scenario)[language],
    scenarioTitle(catalog, reference)[language],
  ] as const;
  const [fewest, most] = runRange(comparisons.map(({ difference }) => difference));
  const missing = [...new Set(comparisons.flatMap(({ difference }) => missingTimes(difference)))].sort((a, b) => a - b);
  const indicators = comparisons.map(({ indicator }) => indicator);

  return frameChart(
    {
      heading: chart.title?.[language] ?? wording.comparedTitle[language](...titles),
      subtitle: [
        wording.comparedText[language](...titles, wording.bandsList[language](bandsOf(input))) +
          wording.JOIN[language].clause +
          wording.pairsText[language](formatNumber(fewest, 0), formatNumber(most, 0)),
      ],
      legend: [
        { label: titles[1], symbol: "stroke", colour: LEVEL_COLOURS.reference },
        { label: titles[0], symbol: "stroke", colour: LEVEL_COLOURS.scenario },
        ...fanLegend(bandsOf(input), GREEN_FAN, language).map((entry, index) => ({
          ...entry,
          label: index === 0 ? wording.differenceOf[language](entry.label) : entry.label,
        })),
      ],
      grade: joinGrades(indicators, language),
      notes: [...bandNotes(input, language), ...indicatorNotes(catalog, chart, indicators, missing, language)],
      body: {
        columns,
        spacing: { row: 26, column: 30 },
        concat: comparisons.map((comparison) => column(comparison, columnWidth, titles, input, language)),
      },
    },
    input,
    language,
  );
}

/** Levels over difference for one indicator. */
function column(
  comparison: Comparison,
  width: number,
  titles: readonly [scenario: string, reference: string],
  input: ChartInput,
  language: Language,
): NonNormalizedSpec {
  const { catalog } = input;
  const { indicator } = comparison;
  const largest = largestOf([comparison.reference, comparison.scenario]);
  const unit = indicatorUnit(indicator, catalog.time.unit, largest, language);
  const domain = [catalog.time.start, catalog.time.stop] as const;
  const differences = fanRows(comparison.difference, unit.factor, { bands: bandsOf(input), input });
  const axis = timeAxis(catalog, domain, language, 4);
  return {
    title: {
      text: wrapText(indicator.title[language], FONT_SIZE.subtitle, width + 20),
      // A blank where there is no unit, so that panels side by side begin at one height.
      subtitle: unit.label === "" ? " " : unit.label,
      subtitleFontSize: FONT_SIZE.axis,
      subtitlePadding: 5,
      anchor: "start",
      fontSize: FONT_SIZE.subtitle,
      fontWeight: "bold",
      offset: 4,
    },
    bounds: "flush",
    spacing: 34,
    vconcat: [
      {
        width,
        height: LEVEL_HEIGHT,
        encoding: {
          x: { ...axis, axis: { ...axis.axis, labels: false, ticks: false, title: null } },
          y: { type: "quantitative", scale: { zero: false }, axis: { title: null, tickCount: 4 } },
        },
        layer: [
          ...levelLayers(comparison.reference, unit, LEVEL_COLOURS.reference),
          ...levelLayers(comparison.scenario, unit, LEVEL_COLOURS.scenario),
          ...timeStrips(
            levelTips(comparison, unit, titles, (time) => timeInText(catalog, time, language)),
            LEVEL_HEIGHT,
          ),
        ],
      },
      {
        width,
        height: DIFFERENCE_HEIGHT,
        data: { values: differences },
        encoding: {
          x: axis,
          y: {
            type: "quantitative",
            scale: { zero: true },
            axis: {
              ...topTitle(differenceTitle(unit, language)),
              tickCount: 4,
            },
          },
        },
        layer: [
          ...fanLayers(bandsOf(input), GREEN_FAN),
          {
            data: { values: [{ zero: 0 }] },
            mark: { type: "rule", color: COLOURS.ink, strokeWidth: 1 },
            encoding: { x: { value: 0 }, x2: { value: width }, y: { field: "zero", type: "quantitative" } },
          },
          ...differenceLabel(comparison.difference, unit),
          ...timeStrips(
            bandTips(
              differences,
              { decimals: differenceDecimalsOf(differences, unit), label: unit.differenceLabel },
              (time) => timeInText(catalog, time, language),
              formatDifference,
            ),
            DIFFERENCE_HEIGHT,
          ),
        ],
      },
    ],
  };
}

/** The 80 % band of a level, see-through where the two overlap, and its median. */
function levelLayers(series: SummarySeries, unit: DisplayUnit, colour: string): UnitSpec<string>[] {
  const data = { values: fanRows(series, unit.factor).map(({ time, q10, q50, q90 }) => ({ time, q10, q50, q90 })) };
  const x = { field: "time", type: "quantitative" } as const;
  return [
    {
      data,
      mark: { type: "area", color: colour, opacity: 0.2 },
      encoding: { x, y: { field: "q10", type: "quantitative" }, y2: { field: "q90" } },
    },
    {
      data,
      mark: { type: "line", color: colour, strokeWidth: 1.8 },
      encoding: { x, y: { field: "q50", type: "quantitative" } },
    },
  ];
}

function differenceTitle(unit: DisplayUnit, language: Language): string {
  const word = wording.WORDS.difference[language];
  return unit.differenceLabel === "" ? word : word + wording.JOIN[language].comma + unit.differenceLabel;
}

/** Medians of both scenarios at each time, for the pointer. */
function levelTips(
  { reference, scenario }: Comparison,
  unit: DisplayUnit,
  titles: readonly [scenario: string, reference: string],
  timeOf: (time: number) => string,
): TimeTip[] {
  const number = (value: number) => formatNumber(value, unit.decimals);
  const base = new Map(fanRows(reference, unit.factor).map((row) => [row.time, row.q50]));
  return fanRows(scenario, unit.factor).flatMap(({ time, q50 }) => {
    const other = base.get(time);
    if (other === undefined) return [];
    return [
      {
        time,
        tip: `${timeOf(time)}: ${titles[1]} ${number(other)}; ${titles[0]} ${number(q50)} ${unit.label}`.trimEnd(),
      },
    ];
  });
}

function differenceDecimalsOf(rows: readonly FanRow[], unit: DisplayUnit): number {
  const last = rows.at(-1);
  return last === undefined
    ? unit.decimals
    : differenceDecimals(unit, Math.max(Math.abs(last.q10), Math.abs(last.q90)));
}

/** Median and 80 % band of the last difference, in the panel's corner. */
function differenceLabel(series: SummarySeries, unit: DisplayUnit): UnitSpec<string>[] {
  const last = fanRows(series, unit.factor).at(-1);
  if (last === undefined) return [];
  const decimals = differenceDecimalsOf([last], unit);
  const [low, middle, high] = [last.q10, last.q50, last.q90].map((value) => formatDifference(value, decimals));
  return haloText({
    data: { values: [{ ...last, label: `${timeText(last.time)}: ${middle} (${low} – ${high})` }] },
    mark: { type: "text", align: "left", baseline: "bottom", fontSize: 9.5 },
    encoding: {
      x: { value: 4 },
      y: { value: last.q50 < 0 ? DIFFERENCE_HEIGHT - 3 : 13 },
      text: { field: "label", type: "nominal" },
    },
  });
}
