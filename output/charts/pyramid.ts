/**
 * Population pyramid: people by age, one side for each of the two elements of the first dimension, one panel a year; the
 * outline of the first year stays behind the later ones.
 */
import type { TopLevelSpec } from "vega-lite";
import type { CatalogChart } from "../../engine/ensemble/catalog.ts";
import {
  ChartError,
  type ChartInput,
  findIndicator,
  finiteAt,
  type Language,
  type SummarySeries,
  scenarioTitle,
} from "./chart-input.ts";
import { indicatorUnit } from "./display-unit.ts";
import { dataNumber, runRange } from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { CHART_WIDTH, COLOURS } from "./style.ts";
import { indicatorNotes, indicatorSubtitle } from "./subtitle.ts";
import * as wording from "./wording.ts";

type PyramidRequest = Extract<CatalogChart, { kind: "map" | "ranks" | "matrix" | "pyramid" | "dumbbell" }>;

const HEIGHT = 330;
const GAP = 34;
const SIDE_COLOURS = [COLOURS.blue, COLOURS.orange] as const;

export function pyramidChart(chart: PyramidRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const indicator = findIndicator(catalog, chart.indicator);
  const [sides, ages] = indicator.shape.map((name) => catalog.dimensions.find((one) => one.name === name));
  if (indicator.shape.length !== 2 || sides?.elements.length !== 2 || ages === undefined) {
    throw new ChartError(
      `chart "${chart.name}": "${indicator.name}" needs two dimensions, the first with two elements`,
    );
  }
  const read: SummarySeries[] = [];
  const values = sides.elements.flatMap(({ name: side }, sign) =>
    ages.elements.flatMap(({ name: age }, position) => {
      const series = input.series({ scenario: chart.scenario, indicator: indicator.name, key: `${side}|${age}` });
      read.push(series);
      return chart.years.map((year) => {
        const mean = finiteAt(series.mean, Array.from(series.times).indexOf(year));
        if (mean === undefined) throw new ChartError(`chart "${chart.name}": no value for ${side}, ${age}`);
        return { year, side: sign, position, mean };
      });
    }),
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
    start: signed(side, start.get(`${side}|${position}`)!),
  }));
  const extent = Math.max(...rows.map(({ value }) => Math.abs(value)));
  const panels = chart.years.length;
  const names = ages.elements.map(({ title }) => title[language]);
  return frameChart(
    {
      heading: chart.title?.[language] ?? indicator.title[language],
      subtitle: indicatorSubtitle({
        catalog,
        indicator,
        unit,
        language,
        scenario: scenarioTitle(catalog, chart.scenario)[language],
        shown: wording.pyramidText[language](),
        runs: runRange(read),
      }),
      legend: [
        ...sides.elements.map(({ title }, side) => ({
          label: title[language],
          symbol: "square" as const,
          colour: SIDE_COLOURS[side]!,
        })),
        { label: wording.outlineText[language](String(first)), symbol: "stroke" as const, colour: COLOURS.ink },
      ],
      grade: indicator.grade,
      notes: indicatorNotes(catalog, chart, [indicator], [], language),
      body: {
        data: { values: rows },
        spacing: GAP,
        facet: {
          column: {
            field: "year",
            type: "ordinal",
            header: { title: null, labelFontWeight: "bold", labelAnchor: "start", labelExpr: "toString(datum.value)" },
          },
        },
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
              mark: { type: "bar", orient: "horizontal", height: (HEIGHT / names.length) * 0.92 },
              encoding: {
                x: {
                  field: "value",
                  type: "quantitative",
                  scale: { domain: [-extent, extent], nice: true },
                  axis: { title: unit.label, tickCount: 4, labelExpr: "replace(datum.label, '−', '')" },
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
      },
    },
    input,
    language,
  );
}
