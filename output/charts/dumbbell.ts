/**
 * Dumbbells: where the reference stands and where a scenario stands, and beside them the paired difference with its bands.
 *
 * Of an indicator with one dimension each element has a row, ordered by the difference: winners above, losers below. Of a
 * scalar each scenario has a row.
 */
import type { TopLevelSpec } from "vega-lite";
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
import { differenceDecimals, formatDifference, indicatorUnit } from "./display-unit.ts";
import { bandAt, elementTitles } from "./element-values.ts";
import { dataNumber, largestOf, runRange } from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { TIP } from "./hover.ts";
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

interface Pair {
  readonly title: string;
  readonly reference: SummarySeries;
  readonly scenario: SummarySeries;
  readonly difference: SummarySeries;
}

export function dumbbellChart(chart: YearsRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const indicator = findIndicator(catalog, chart.indicator);
  const time = chart.years.at(-1)!;
  const pairs = pairsOf(chart, indicator, input, language);
  const unit = indicatorUnit(
    indicator,
    catalog.time.unit,
    largestOf(pairs.flatMap(({ reference, scenario }) => [reference, scenario])),
    language,
  );
  const rows = pairs
    .flatMap(({ title, reference, scenario, difference }) => {
      const [from, to, by] = [bandAt(reference, time), bandAt(scenario, time), bandAt(difference, time)];
      const position = Array.from(difference.times).indexOf(time);
      if (from === undefined || to === undefined || by === undefined) return [];
      const shown = [from.q50, to.q50, by.q50, by.q10, by.q90, difference.q2_5[position]!, difference.q97_5[position]!];
      const [a, b, median, low, high, outerLow, outerHigh] = shown.map((value) => dataNumber(value * unit.factor));
      return [
        { title, a: a!, b: b!, median: median!, low: low!, high: high!, outerLow: outerLow!, outerHigh: outerHigh! },
      ];
    })
    .sort((one, other) => other.median - one.median);
  if (rows.length === 0) throw new ChartError({ code: "no-pair", chart: chart.name, under: chart.scenario });
  const decimals = differenceDecimals(
    unit,
    Math.max(...rows.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high)))),
  );
  const order = rows.map(({ title }) => title);
  const labelRoom = Math.max(...order.map((title) => textWidth(title, FONT_SIZE.axis))) + 10;
  const width = Math.floor((CHART_WIDTH + 50 - labelRoom - GAP - NUMBER_ROOM) / 2);
  const byElement = indicator.shape.length > 0;
  const reference = scenarioTitle(catalog, catalog.reference)[language];
  const compared = byElement ? scenarioTitle(catalog, chart.scenario)[language] : wording.WORDS.scenario[language];
  const reading = wording.readingText(indicator.reading, savesEachYear(catalog), language);
  const y = {
    field: "title",
    type: "nominal" as const,
    sort: order,
    axis: { title: null, ticks: false, domain: false, labelPadding: 6, grid: true },
  };
  const [fewest, most] = runRange(pairs.map(({ difference }) => difference));
  return frameChart(
    {
      heading: chart.title?.[language] ?? indicator.title[language],
      subtitle: [
        [
          timeInText(catalog, time, language),
          ...(unit.label === "" ? [] : [wording.unitText[language](unit.label)]),
          reading,
        ].join(wording.JOIN[language].comma),
        wording.dumbbellText[language](reference, byElement ? compared : undefined) +
          wording.JOIN[language].clause +
          wording.pairsText[language](String(fewest), String(most)),
      ],
      legend: [
        { label: reference, symbol: "circle", colour: COLOURS.blue },
        { label: compared, symbol: "circle", colour: COLOURS.vermillion },
        {
          label: wording.differenceOf[language](wording.band[language](80)),
          symbol: "square",
          colour: GREEN_FAN.inner,
        },
        {
          label: wording.differenceOf[language](wording.band[language](95)),
          symbol: "square",
          colour: GREEN_FAN.outer,
        },
      ],
      grade: indicator.grade,
      notes: indicatorNotes(catalog, chart, [indicator], [], language),
      body: {
        spacing: GAP,
        hconcat: [
          {
            width,
            height: ROW_HEIGHT * order.length,
            data: { values: rows },
            encoding: { y },
            layer: [
              {
                mark: { type: "rule", strokeWidth: 2, color: COLOURS.grey },
                encoding: { x: { ...levelAxis(unit.label), field: "a" }, x2: { field: "b" } },
              },
              ...(["a", "b"] as const).map((field) => ({
                mark: {
                  type: "point" as const,
                  filled: true,
                  size: 60,
                  opacity: 1,
                  color: field === "a" ? COLOURS.blue : COLOURS.vermillion,
                },
                encoding: { x: { field, type: "quantitative" as const } },
              })),
            ],
          },
          {
            width,
            height: ROW_HEIGHT * order.length,
            data: {
              values: rows.map((row) => {
                const [middle, low, high] = [row.median, row.low, row.high].map((value) =>
                  formatDifference(value, decimals),
                );
                const label = `${middle} (${low} – ${high})`;
                return { ...row, label, tip: `${row.title}: ${label} ${unit.differenceLabel}`.trimEnd() };
              }),
            },
            encoding: { y: { ...y, axis: { ...y.axis, labels: false } } },
            layer: [
              {
                mark: { type: "bar", height: 11, color: GREEN_FAN.outer, aria: true },
                encoding: {
                  ...TIP,
                  x: {
                    field: "outerLow",
                    type: "quantitative",
                    scale: { zero: true, nice: true },
                    axis: {
                      title: `${wording.WORDS.difference[language]}${unit.differenceLabel === "" ? "" : wording.JOIN[language].comma + unit.differenceLabel}`,
                      tickCount: 4,
                      grid: true,
                    },
                  },
                  x2: { field: "outerHigh" },
                },
              },
              {
                mark: { type: "bar", height: 11, color: GREEN_FAN.inner },
                encoding: { x: { field: "low", type: "quantitative" }, x2: { field: "high" } },
              },
              {
                mark: { type: "tick", color: GREEN_FAN.line, thickness: 2.5, size: 14 },
                encoding: { x: { field: "median", type: "quantitative" } },
              },
              zeroLine(ROW_HEIGHT * order.length, COLOURS.ink),
              {
                mark: { type: "text", align: "left", fontSize: 9.5 },
                encoding: { x: { value: width + 8 }, text: { field: "label", type: "nominal" } },
              },
            ],
          },
        ],
      },
    },
    input,
    language,
  );
}

function levelAxis(label: string) {
  return {
    type: "quantitative" as const,
    scale: { zero: false, nice: true },
    axis: { title: label || null, tickCount: 4, grid: true },
  };
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
