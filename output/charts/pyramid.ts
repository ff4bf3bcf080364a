/**
 * Population pyramid: people by age, one side for each of the two elements of the first dimension, one panel a year; the
 * outline of the first year stays behind the later ones.
 */
import type { TopLevelSpec } from "vega-lite";
import type { NonNormalizedSpec } from "vega-lite/types_unstable/spec/index.js";
import { cellMeans } from "./cell-means.ts";
import { type ChartInput, findIndicator, type Language, type YearsRequest } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { formatNumber, indicatorUnit } from "./display-unit.ts";
import { dataNumber } from "./fan-layers.ts";
import { frameIndicator } from "./frame-indicator.ts";
import { TIP } from "./hover.ts";
import { YEAR_FACET } from "./panels.ts";
import { CHART_WIDTH, COLOURS } from "./style.ts";
import * as wording from "./wording.ts";

const HEIGHT = 330;
const GAP = 34;
const SIDE_COLOURS = [COLOURS.blue, COLOURS.orange] as const;

export function pyramidChart(chart: YearsRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const indicator = findIndicator(catalog, chart.indicator);
  const [sides, ages] = indicator.shape.map((name) => catalog.dimensions.find((one) => one.name === name));
  if (indicator.shape.length !== 2 || sides?.elements.length !== 2 || ages === undefined) {
    throw new ChartError({ code: "shape", chart: chart.name, indicator: indicator.name, needs: "sides-ages" });
  }
  const means = cellMeans(chart, input);
  const values = sides.elements.flatMap(({ name: side }, sign) =>
    ages.elements.flatMap(({ name: age }, position) =>
      chart.years.map((year) => ({
        year,
        side: sign,
        position,
        mean: means.meanAt(indicator.name, `${side}|${age}`, year),
      })),
    ),
  );
  const unit = indicatorUnit(indicator, catalog.time.unit, Math.max(...values.map(({ mean }) => mean)), language);
  const first = chart.years[0]!;
  const start = new Map(
    values.filter(({ year }) => year === first).map((one) => [`${one.side}|${one.position}`, one.mean]),
  );
  const signed = (side: number, mean: number) => dataNumber((side === 0 ? -1 : 1) * mean * unit.factor);
  const rows = values.map(({ year, side, position, mean }) => ({
    year,
    side,
    position,
    value: signed(side, mean),
    tip: `${sides.elements[side]!.title[language]}, ${ages.elements[position]!.title[language]}, ${year}: ${formatNumber(mean * unit.factor, unit.decimals)} ${unit.label}`,
    start: signed(side, start.get(`${side}|${position}`)!),
  }));
  return frameIndicator(chart, input, language, {
    indicator,
    unit,
    shown: wording.pyramidText[language](),
    series: means.read,
    legend: [
      ...sides.elements.map(({ title }, side) => ({
        label: title[language],
        symbol: "square" as const,
        colour: SIDE_COLOURS[side]!,
      })),
      { label: wording.outlineText[language](String(first)), symbol: "stroke" as const, colour: COLOURS.ink },
    ],
    body: pyramidView(
      rows,
      ages.elements.map(({ title }) => title[language]),
      chart.years.length,
      unit.label,
    ),
  });
}

/** One pyramid a year, the first side left of the middle; `names` are the ages from below. */
function pyramidView(
  rows: readonly { readonly value: number }[],
  names: readonly string[],
  panels: number,
  label: string,
): NonNormalizedSpec {
  const extent = Math.max(...rows.map(({ value }) => Math.abs(value)));
  return {
    data: { values: [...rows] },
    spacing: GAP,
    facet: { column: YEAR_FACET },
    spec: {
      width: Math.floor((CHART_WIDTH + 20 - GAP * (panels - 1)) / panels),
      height: HEIGHT,
      encoding: {
        y: {
          field: "position",
          type: "quantitative",
          scale: { domain: [-0.5, names.length - 0.5], nice: false, zero: false },
          axis: {
            title: null,
            grid: false,
            values: names
              .map((_, index) => index)
              .filter((index) => index % (names.length > 30 ? 10 : names.length > 12 ? 2 : 1) === 0),
            labelExpr: `${JSON.stringify(names)}[datum.value]`,
          },
        },
      },
      layer: [
        {
          mark: { type: "bar", orient: "horizontal", height: (HEIGHT / names.length) * 0.92, aria: true },
          encoding: {
            ...TIP,
            x: {
              field: "value",
              type: "quantitative",
              scale: { domain: [-extent, extent], nice: true },
              axis: { title: label, tickCount: 4, labelExpr: "replace(datum.label, '−', '')" },
            },
            color: {
              field: "side",
              type: "nominal",
              legend: null,
              scale: { domain: [0, 1], range: [...SIDE_COLOURS] },
            },
          },
        },
        {
          mark: { type: "line", color: COLOURS.ink, strokeWidth: 1, interpolate: "linear" },
          encoding: {
            x: { field: "start", type: "quantitative" },
            detail: { field: "side", type: "nominal" },
            order: { field: "position", type: "quantitative" },
          },
        },
      ],
    },
  };
}
