/**
 * Stacked bars: what parts an amount is made of, by element, one panel a year; in total or per head.
 *
 * Bars show means over the runs, because means of the parts add up to the mean of the total; medians do not.
 */
import type { TopLevelSpec } from "vega-lite";
import type { LayerSpec } from "vega-lite/types_unstable/spec/index.js";
import type { CatalogChart, CatalogDimension, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import {
  ChartError,
  type ChartInput,
  findIndicator,
  finiteAt,
  type Language,
  type SummarySeries,
  scenarioTitle,
} from "./chart-input.ts";
import { type DisplayUnit, formatNumber, indicatorUnit } from "./display-unit.ts";
import { dataNumber, runRange } from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { CATEGORY_COLOURS, CHART_WIDTH, FONT_SIZE } from "./style.ts";
import { capitalised, indicatorNotes, joinGrades, runCount } from "./subtitle.ts";
import { textWidth } from "./text-width.ts";
import { savesEachYear, timeText } from "./time-axis.ts";
import * as wording from "./wording.ts";

type StackedRequest = Extract<CatalogChart, { kind: "stacked" }>;

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

export function stackedChart(chart: StackedRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const parts = chart.indicators.map((name) => findIndicator(catalog, name));
  const divisor = chart.per === undefined ? undefined : findIndicator(catalog, chart.per);
  const dimension = commonDimension(chart, parts, divisor, input);
  const read: SummarySeries[] = [];
  const amounts = readAmounts(chart, parts, divisor, dimension, input, read);
  const bars = sumByBar(amounts);
  const largest = Math.max(...bars.map(({ mean, end }) => Math.max(end, Math.abs(mean))));
  const unit = amountUnit(parts, divisor, catalog.time.unit, largest, language);
  const { list, clause, comma } = wording.JOIN[language];
  const reading = wording.readingText(parts[0]!.reading, savesEachYear(catalog), language);
  const scenario = wording.scenarioText[language](scenarioTitle(catalog, chart.scenario)[language]);

  return frameChart(
    {
      heading: chart.title?.[language] ?? parts.map(({ title }) => title[language]).join(list),
      subtitle: [
        scenario + clause + wording.unitText[language](unit.label) + comma + reading,
        capitalised(wording.stackedText[language]()) + clause + runCount(runRange(read), language),
        ...(divisor === undefined ? [] : [wording.perHeadText[language](divisor.title[language])]),
      ],
      legend: parts.map(({ title }, index) => ({
        label: title[language],
        symbol: "square" as const,
        colour: CATEGORY_COLOURS[index]!,
      })),
      grade: joinGrades(divisor === undefined ? parts : [...parts, divisor], language),
      notes: indicatorNotes(catalog, chart, parts, [], language),
      body: {
        data: { values: barRows(amounts, bars, unit) },
        spacing: PANEL_GAP,
        facet: {
          column: {
            field: "year",
            type: "ordinal",
            header: { title: null, labelFontWeight: "bold", labelAnchor: "start", labelExpr: "toString(datum.value)" },
          },
        },
        spec: barPanel(
          chart,
          parts,
          dimension,
          elementsBySize(dimension, bars, chart.years.at(-1)!),
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
  amounts: readonly (Amount & { readonly position: number })[],
  bars: readonly Bar[],
  unit: DisplayUnit,
) {
  return [
    ...amounts.map(({ mean, ...row }) => ({ ...row, mean: dataNumber(mean * unit.factor) })),
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
  parts: readonly CatalogIndicator[],
  dimension: CatalogDimension,
  order: string[],
  unit: DisplayUnit,
  language: Language,
  largest: number,
): LayerSpec<string> {
  const titles = Object.fromEntries(dimension.elements.map(({ name, title }) => [name, title[language]]));
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
        mark: { type: "bar", stroke: "white", strokeWidth: 0.5 },
        encoding: {
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

/** The one dimension of all parts and of the divisor; throws {@link ChartError} where they differ. */
function commonDimension(
  chart: StackedRequest,
  parts: readonly CatalogIndicator[],
  divisor: CatalogIndicator | undefined,
  input: ChartInput,
): CatalogDimension {
  const [first] = parts;
  if (first === undefined || chart.years.length === 0) {
    throw new ChartError(`chart "${chart.name}" needs at least one indicator and one year`);
  }
  if (parts.length > CATEGORY_COLOURS.length) {
    throw new ChartError(
      `chart "${chart.name}" stacks ${parts.length} indicators; more than ${CATEGORY_COLOURS.length} colours cannot be told apart`,
    );
  }
  const dimension = input.catalog.dimensions.find(({ name }) => name === first.shape[0]);
  const others = divisor === undefined ? parts : [...parts, divisor];
  const different = others.find(({ shape }) => shape.length !== 1 || shape[0] !== dimension?.name);
  if (dimension === undefined || different !== undefined) {
    throw new ChartError(
      `chart "${chart.name}": "${(different ?? first).name}" must have exactly one dimension, the same as the others`,
    );
  }
  const odd = parts.find((part) => part.unit !== first.unit || part.reading !== first.reading);
  if (odd !== undefined) {
    throw new ChartError(`chart "${chart.name}": "${odd.name}" is not in the unit and reading of "${first.name}"`);
  }
  return dimension;
}

/** Means of all parts; with a divisor, divided by its mean. Series that were read are added to `read`. */
function readAmounts(
  chart: StackedRequest,
  parts: readonly CatalogIndicator[],
  divisor: CatalogIndicator | undefined,
  dimension: CatalogDimension,
  input: ChartInput,
  read: SummarySeries[],
): (Amount & { readonly position: number })[] {
  const meansOf = (indicator: string, key: string) => {
    const series = input.series({ scenario: chart.scenario, indicator, key });
    read.push(series);
    const times = Array.from(series.times);
    return (year: number) => {
      const mean = finiteAt(series.mean, times.indexOf(year));
      if (mean === undefined) {
        throw new ChartError(`chart "${chart.name}": "${indicator}" has no value for ${key} at ${timeText(year)}`);
      }
      return mean;
    };
  };
  return dimension.elements.flatMap(({ name: element }) => {
    const heads = divisor === undefined ? () => 1 : meansOf(divisor.name, element);
    return parts.flatMap((part, position) => {
      const mean = meansOf(part.name, element);
      return chart.years.map((year) => ({ year, element, part: part.name, position, mean: mean(year) / heads(year) }));
    });
  });
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
  parts: readonly CatalogIndicator[],
  divisor: CatalogIndicator | undefined,
  timeUnit: string,
  largest: number,
  language: Language,
): DisplayUnit {
  const first = parts[0]!;
  const unit = divisor === undefined ? first.unit : `${first.unit}/${divisor.unit}`;
  return indicatorUnit({ ...first, unit }, timeUnit, largest, language);
}
