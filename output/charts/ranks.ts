/**
 * Ranks over time: lines of places by the rank of the median, and the ranks that are within reach.
 *
 * The reach of an element runs from one more than the number of elements whose whole 80 % band lies above its own, to the
 * number of those whose band does not lie wholly below it. Bands are of single elements, so the reach is wider than one from
 * ranks run by run: a change of rank outside of it is real (Goldstein and Spiegelhalter, 1996, on league tables).
 */
import type { TopLevelSpec } from "vega-lite";
import type { LayerSpec, UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import type { ChartInput, Language, YearsRequest } from "./chart-input.ts";
import { type DisplayUnit, formatNumber, indicatorUnit } from "./display-unit.ts";
import { type ElementValue, elementTitles, elementValues } from "./element-values.ts";
import { dataNumber, largestOf } from "./fan-layers.ts";
import { frameIndicator } from "./frame-indicator.ts";
import { TIP } from "./hover.ts";
import { CHART_WIDTH, COLOURS, FONT_SIZE } from "./style.ts";
import { textWidth } from "./text-width.ts";
import { timeText } from "./time-axis.ts";
import * as wording from "./wording.ts";

const ROW_HEIGHT = 23;
/** Width of the panel that shows which ranks are within reach. */
const REACH_WIDTH = 130;

/** Rank of an element among the values of one time, 1 the largest, with the best and worst rank within reach. */
export interface RankedValue extends ElementValue {
  readonly rank: number;
  readonly best: number;
  readonly worst: number;
}

/** Ranks of the values of one time. */
export function rankValues(values: readonly ElementValue[]): RankedValue[] {
  const order = [...values].sort((a, b) => b.q50 - a.q50);
  return order.map((value, index) => ({
    ...value,
    rank: index + 1,
    best: 1 + values.filter((other) => other.q10 > value.q90).length,
    worst: values.length - values.filter((other) => other.q90 < value.q10).length,
  }));
}

export function ranksChart(chart: YearsRequest, input: ChartInput, language: Language): TopLevelSpec {
  const found = elementValues(chart, input, chart.years);
  const { indicator, dimension } = found;
  const series = [...found.series.values()];
  const unit = indicatorUnit(indicator, input.catalog.time.unit, largestOf(series), language);
  const ranked = chart.years.flatMap((year) => rankValues(found.values.filter(({ time }) => time === year)));
  const rows = rowsOf(chart, ranked, elementTitles(dimension, language), unit);
  const [first, last] = [chart.years[0]!, chart.years.at(-1)!];
  const places = dimension.elements.length;
  return frameIndicator(chart, input, language, {
    indicator,
    unit,
    shown: wording.ranksText[language](),
    series,
    legend: (["up", "down", "same"] as const).map((way) => ({
      label: wording.RANK_WORDS[way][language](timeText(first), timeText(last)),
      symbol: "stroke" as const,
      colour: COLOUR_OF[way],
    })),
    body: { spacing: 14, hconcat: [linesPanel(rows, first, last, places), reachPanel(rows, last, places, language)] },
  });
}

/** Colours of lines, by the way they go from the first year to the last. */
const COLOUR_OF = { up: COLOURS.blue, down: COLOURS.vermillion, same: COLOURS.grey } as const;

const COLOUR = {
  field: "moves",
  type: "ordinal" as const,
  legend: null,
  scale: { domain: [-1, 0, 1], range: [COLOUR_OF.down, COLOUR_OF.same, COLOUR_OF.up] },
};

type Row = ReturnType<typeof rowsOf>[number];

/** One row an element and year, with its texts. */
function rowsOf(
  { years }: YearsRequest,
  ranked: readonly RankedValue[],
  titles: Readonly<Record<string, string>>,
  unit: DisplayUnit,
) {
  const [first, last] = [years[0]!, years.at(-1)!];
  const rankAt = (element: string, year: number) =>
    ranked.find((row) => row.element === element && row.time === year)?.rank ?? 0;
  return ranked.map(({ element, time, rank, best, worst, q50 }) => {
    const [title, value] = [titles[element], formatNumber(q50 * unit.factor, unit.decimals)];
    const reach = `${best}–${worst}`;
    return {
      element,
      time,
      rank,
      best: best - 0.3,
      worst: worst + 0.3,
      moves: Math.sign(rankAt(element, first) - rankAt(element, last)),
      value: dataNumber(q50 * unit.factor),
      left: `${title} ${value}`,
      tip: `${title}, ${timeText(time)}: ${rank} (${best === worst ? best : reach}); ${value} ${unit.label}`.trimEnd(),
      right: `${value} ${title} (${best === worst ? rank : reach})`,
    };
  });
}

function rankAxis(places: number) {
  return {
    field: "rank",
    type: "quantitative" as const,
    scale: { domain: [places + 0.6, 0.4], nice: false, zero: false },
    axis: null,
  };
}

/** Lines from year to year, with names and values at both ends. */
function linesPanel(rows: readonly Row[], first: number, last: number, places: number): LayerSpec<string> {
  const room = (side: "left" | "right") => Math.max(...rows.map((row) => textWidth(row[side], FONT_SIZE.label))) + 16;
  const y = rankAxis(places);
  const names = (side: "left" | "right", time: number): UnitSpec<string> => ({
    transform: [{ filter: `datum.time === ${time}` }],
    mark: side === "left" ? { type: "text", align: "right", dx: -9 } : { type: "text", align: "left", dx: 9 },
    encoding: { y, text: { field: side, type: "nominal" } },
  });
  return {
    width: CHART_WIDTH + 40 - room("left") - room("right") - REACH_WIDTH,
    height: ROW_HEIGHT * places,
    data: { values: [...rows] },
    encoding: { x: YEARS },
    layer: [
      {
        mark: { type: "line", strokeWidth: 2 },
        encoding: { y, detail: { field: "element", type: "nominal" }, color: COLOUR },
      },
      {
        mark: { type: "point", filled: true, size: 55, opacity: 1, aria: true },
        encoding: { y, color: COLOUR, ...TIP },
      },
      names("left", first),
      names("right", last),
    ],
  };
}

const YEARS = {
  field: "time",
  type: "ordinal" as const,
  scale: { padding: 0.12, type: "point" as const },
  axis: {
    title: null,
    orient: "top" as const,
    labelAngle: 0,
    domain: false,
    ticks: false,
    labelFontWeight: "bold" as const,
    labelExpr: "toString(datum.value)",
  },
};

/** Ranks that the bands of the last year leave open. */
function reachPanel(rows: readonly Row[], last: number, places: number, language: Language): LayerSpec<string> {
  return {
    width: REACH_WIDTH,
    height: ROW_HEIGHT * places,
    data: { values: rows.filter(({ time }) => time === last) },
    encoding: { y: rankAxis(places) },
    layer: [
      {
        mark: { type: "rule", strokeWidth: 9, color: COLOURS.sky, opacity: 0.55 },
        encoding: {
          x: {
            field: "best",
            type: "quantitative",
            scale: { domain: [0.5, places + 0.5], nice: false, zero: false },
            axis: {
              title: wording.reachText[language](timeText(last)),
              orient: "top",
              values: [1, ...[5, 10, 15, 20, 30, 40].filter((rank) => rank <= places)],
              grid: true,
              domain: false,
              ticks: false,
            },
          },
          x2: { field: "worst" },
        },
      },
      {
        mark: { type: "point", filled: true, size: 40, opacity: 1 },
        encoding: { x: { field: "rank", type: "quantitative" }, color: COLOUR },
      },
    ],
  };
}
