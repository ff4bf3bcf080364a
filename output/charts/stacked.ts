/**
 * Stacked bars: what parts an amount is made of, by element, one panel a year; in total or per head.
 *
 * Bars show means over the runs, because means of the parts add up to the mean of the total; medians do not.
 */
import type { TopLevelSpec } from "vega-lite";
import type { LayerSpec } from "vega-lite/types_unstable/spec/index.js";
import type { CatalogDimension, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import { type CellMeans, cellMeans } from "./cell-means.ts";
import type { ChartInput, Language } from "./chart-input.ts";
import { type DisplayUnit, formatNumber, indicatorUnit } from "./display-unit.ts";
import { elementTitles } from "./element-values.ts";
import { dataNumber, runRange } from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { TIP } from "./hover.ts";
import { YEAR_FACET } from "./panels.ts";
import { resolveStack, type Stack, type StackedRequest } from "./stack-parts.ts";
import { CATEGORY_COLOURS, CHART_WIDTH, FONT_SIZE } from "./style.ts";
import { capitalised, indicatorNotes, joinGrades, measureLine, runCount } from "./subtitle.ts";
import { textWidth } from "./text-width.ts";
import * as wording from "./wording.ts";

const ROW_HEIGHT = 19;
const PANEL_GAP = 40;
/** Room right of a bar for the number of its total. */
const TOTAL_ROOM = 1.16;

/** Means of one part in one element and year, in the model's unit. */
interface Amount {
  readonly year: number;
  readonly element: string;
  readonly part: string;
  readonly mean: number;
}

/** With the place of the part in the stack. */
interface PartAmount extends Amount {
  readonly position: number;
}

export function stackedChart(chart: StackedRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const stack = resolveStack(chart, catalog, language);
  const { parts, indicators, divisor } = stack;
  const means = cellMeans(chart, input);
  const amounts = readAmounts(chart.years, stack, means);
  const bars = sumByBar(amounts);
  const largest = Math.max(...bars.map(({ mean, end }) => Math.max(end, Math.abs(mean))));
  const unit = amountUnit(indicators[0]!, divisor, catalog.time.unit, largest, language);
  const { list, clause } = wording.JOIN[language];

  return frameChart(
    {
      heading: chart.title?.[language] ?? indicators.map(({ title }) => title[language]).join(list),
      subtitle: [
        measureLine({ catalog, indicator: indicators[0]!, unit, language, scenario: chart.scenario }),
        capitalised(wording.stackedText[language]()) + clause + runCount(runRange(means.read), language),
        ...(divisor === undefined ? [] : [wording.perHeadText[language](divisor.title[language])]),
      ],
      legend: parts.map(({ title }, index) => ({
        label: title,
        symbol: "square" as const,
        colour: CATEGORY_COLOURS[index]!,
      })),
      grade: joinGrades(divisor === undefined ? indicators : [...indicators, divisor], language),
      notes: [
        ...(amounts.some(({ mean }) => mean < 0) ? [wording.netText[language]()] : []),
        ...indicatorNotes(catalog, chart, indicators, [], language),
      ],
      body: {
        data: { values: barRows(stack, amounts, bars, unit, language) },
        spacing: PANEL_GAP,
        facet: { column: YEAR_FACET },
        spec: barPanel(
          chart,
          stack,
          elementsBySize(stack.dimension, bars, chart.years.at(-1)!),
          unit,
          language,
          largest,
        ),
      },
    },
    input,
    language,
  );
}

/** Inline data in display units: a row for each part, and one for each bar's total. */
function barRows(
  { dimension, parts }: Stack,
  amounts: readonly PartAmount[],
  bars: readonly Bar[],
  unit: DisplayUnit,
  language: Language,
) {
  const titles = elementTitles(dimension, language);
  return [
    ...amounts.map(({ mean, ...row }) => ({
      ...row,
      mean: dataNumber(mean * unit.factor),
      tip: `${titles[row.element]}, ${row.year}: ${parts[row.position]!.title} ${formatNumber(mean * unit.factor, unit.decimals)} ${unit.label}`,
    })),
    ...bars.map(({ year, element, mean, end }) => ({
      year,
      element,
      total: dataNumber(mean * unit.factor),
      end: dataNumber(end * unit.factor),
      label: formatNumber(mean * unit.factor, unit.decimals),
    })),
  ];
}

/** The panel of one year: a bar for each element, its total behind it. */
function barPanel(
  chart: StackedRequest,
  { dimension, parts }: Stack,
  order: string[],
  unit: DisplayUnit,
  language: Language,
  largest: number,
): LayerSpec<string> {
  const titles = elementTitles(dimension, language);
  const labelRoom = Math.max(...Object.values(titles).map((title) => textWidth(title, FONT_SIZE.axis)));
  const panels = chart.years.length;
  return {
    width: Math.floor((CHART_WIDTH + 40 - labelRoom - PANEL_GAP * (panels - 1)) / panels),
    height: ROW_HEIGHT * order.length,
    encoding: {
      y: {
        field: "element",
        type: "nominal",
        sort: order,
        scale: { paddingInner: 0.25, paddingOuter: 0.1 },
        axis: {
          title: null,
          ticks: false,
          domain: false,
          labelPadding: 6,
          labelExpr: `${JSON.stringify(titles)}[datum.value]`,
        },
      },
    },
    layer: [
      {
        transform: [{ filter: "isValid(datum.mean)" }],
        mark: { type: "bar", stroke: "white", strokeWidth: 0.5, aria: true },
        encoding: {
          ...TIP,
          x: {
            field: "mean",
            type: "quantitative",
            stack: "zero",
            scale: { domainMax: largest * unit.factor * TOTAL_ROOM, nice: false },
            axis: { title: unit.label || null, tickCount: 4 },
          },
          color: {
            field: "part",
            type: "nominal",
            legend: null,
            scale: { domain: parts.map(({ name }) => name), range: CATEGORY_COLOURS.slice(0, parts.length) },
          },
          order: { field: "position", type: "quantitative" },
        },
      },
      {
        transform: [{ filter: "isValid(datum.total)" }],
        mark: { type: "text", align: "left", baseline: "middle", dx: 4, fontSize: 9.5 },
        encoding: { x: { field: "end", type: "quantitative" }, text: { field: "label", type: "nominal" } },
      },
    ],
  };
}

/** Means of all parts; with a divisor, divided by its mean. */
function readAmounts(years: readonly number[], stack: Stack, { meanAt }: CellMeans): PartAmount[] {
  return stack.dimension.elements.flatMap(({ name: element }) =>
    stack.parts.flatMap(({ name: part, indicator, keyOf }, position) =>
      years.map((year) => {
        const heads = stack.divisor === undefined ? 1 : meanAt(stack.divisor.name, element, year);
        return { year, element, part, position, mean: meanAt(indicator.name, keyOf(element), year) / heads };
      }),
    ),
  );
}

/** The sum of the parts of one bar, and where the bar ends: negative parts are drawn left of zero. */
interface Bar extends Omit<Amount, "part"> {
  readonly end: number;
}

function sumByBar(amounts: readonly Amount[]): Bar[] {
  const sums = new Map<string, { year: number; element: string; mean: number; end: number }>();
  for (const { year, element, mean } of amounts) {
    const bar = sums.get(`${year}|${element}`) ?? { year, element, mean: 0, end: 0 };
    bar.mean += mean;
    bar.end += Math.max(0, mean);
    sums.set(`${year}|${element}`, bar);
  }
  return [...sums.values()];
}

/** Elements by their total of one year, largest first; equal ones in the dimension's order. */
function elementsBySize(dimension: CatalogDimension, totals: readonly Bar[], year: number): string[] {
  const sizes = new Map(totals.filter((bar) => bar.year === year).map(({ element, mean }) => [element, mean]));
  return dimension.elements.map(({ name }) => name).sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0));
}

function amountUnit(
  first: CatalogIndicator,
  divisor: CatalogIndicator | undefined,
  timeUnit: string,
  largest: number,
  language: Language,
): DisplayUnit {
  const unit = divisor === undefined ? first.unit : `${first.unit}/${divisor.unit}`;
  return indicatorUnit({ ...first, unit }, timeUnit, largest, language);
}
