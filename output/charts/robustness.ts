/**
 * Robustness of a composite index: the scores of its parts by place (read across, a place's profile), the index with equal
 * weights, and the ranks that other weights would give.
 */
import type { TopLevelSpec } from "vega-lite";
import type { LayerSpec } from "vega-lite/types_unstable/spec/index.js";
import { type ChartInput, findIndicator, type Language, type SummarySeries, type YearsRequest } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { formatNumber } from "./display-unit.ts";
import { bandAt, elementTitles } from "./element-values.ts";
import { dataNumber } from "./fan-layers.ts";
import { frameIndicator } from "./frame-indicator.ts";
import { TIP } from "./hover.ts";
import { CONCENTRATION, robustRanks, WEIGHT_DRAWS } from "./other-weights.ts";
import { slantedHeads } from "./slanted-heads.ts";
import { CHART_WIDTH, COLOURS, FONT_SIZE } from "./style.ts";
import { textWidth } from "./text-width.ts";
import * as wording from "./wording.ts";

const ROW_HEIGHT = 22;
const CELL_WIDTH = 44;
const INDEX_WIDTH = 54;
/** Column of the index; no element is called so, since it is no identifier. */
const INDEX = "=";

/** Rows of places, the same in the table and in the panel beside it. */
interface Position {
  readonly field: "place";
  readonly type: "nominal";
  readonly sort: string[];
  readonly scale: { readonly padding: number };
}

export function robustnessChart(chart: YearsRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const indicator = findIndicator(catalog, chart.indicator);
  const dimensions = indicator.shape.flatMap((name) => catalog.dimensions.find((one) => one.name === name) ?? []);
  const [places, parts] = dimensions;
  if (dimensions.length !== 2 || places === undefined || parts === undefined) {
    throw new ChartError({ code: "shape", chart: chart.name, indicator: indicator.name, needs: "places-parts" });
  }
  const time = chart.years.at(-1)!;
  const read: SummarySeries[] = [];
  const scores = places.elements.map(({ name: place }) =>
    parts.elements.map(({ name: part }) => {
      const series = input.series({ scenario: chart.scenario, indicator: indicator.name, key: `${place}|${part}` });
      read.push(series);
      const found = bandAt(series, time);
      if (found === undefined)
        throw new ChartError({ code: "no-value", chart: chart.name, of: indicator.name, where: `${place}, ${part}` });
      return found.q50;
    }),
  );
  const ranks = robustRanks(scores);
  const titles = elementTitles(places, language);
  const order = places.elements.map(({ name }, index) => ({ name, ...ranks[index]! })).sort((a, b) => a.rank - b.rank);
  const cells = places.elements.flatMap(({ name: place }, row) => [
    ...parts.elements.map(({ name: part, title }, column) => {
      const score = scores[row]![column]!;
      return {
        place,
        part,
        score: dataNumber(score),
        label: formatNumber(score, 2),
        isDark: score > 0.85,
        tip: `${titles[place]}, ${title[language]}: ${formatNumber(score, 3)}`,
      };
    }),
    { place, part: INDEX, label: formatNumber(ranks[row]!.index, 3) },
  ]);
  const nameRoom = Math.max(...Object.values(titles).map((title) => textWidth(title, FONT_SIZE.axis))) + 10;
  const columns = [...parts.elements.map(({ name }) => name), INDEX];
  const heads = { ...elementTitles(parts, language), [INDEX]: wording.WORDS.equalWeights[language] };
  const tableWidth = CELL_WIDTH * parts.elements.length + INDEX_WIDTH;
  const y: Position = {
    field: "place",
    type: "nominal",
    sort: order.map(({ name }) => name),
    scale: { padding: 0 },
  };
  const yAxis = {
    title: null,
    domain: false,
    ticks: false,
    labelPadding: 6,
    labelExpr: `${JSON.stringify(titles)}[datum.value]`,
  };
  return frameIndicator(chart, input, language, {
    indicator,
    unit: { label: "" },
    time,
    shown: wording.robustnessText[language](formatNumber(WEIGHT_DRAWS, 0), String(CONCENTRATION)),
    series: read,
    legend: [
      { label: wording.WORDS.equalRank[language], symbol: "circle", colour: COLOURS.ink },
      { label: wording.WORDS.rankReach[language], symbol: "square", colour: COLOURS.sky },
    ],
    body: {
      spacing: 20,
      hconcat: [
        {
          width: tableWidth,
          height: ROW_HEIGHT * order.length,
          data: { values: cells },
          encoding: {
            x: {
              field: "part",
              type: "nominal",
              sort: columns,
              scale: { padding: 0 },
              axis: slantedHeads(heads),
            },
            y: { ...y, axis: yAxis },
          },
          layer: [
            {
              transform: [{ filter: "isValid(datum.score)" }],
              mark: { type: "rect", stroke: "white", strokeWidth: 1, aria: true },
              encoding: {
                color: {
                  field: "score",
                  type: "quantitative",
                  legend: null,
                  scale: { domain: [0, 1], range: ["#f4f4f4", COLOURS.blue] },
                },
                ...TIP,
              },
            },
            {
              mark: { type: "text", fontSize: 9.5 },
              encoding: {
                text: { field: "label", type: "nominal" },
                color: { condition: { test: "datum.isDark", value: "white" }, value: COLOURS.ink },
              },
            },
          ],
        },
        reachPanel(order, titles, y, CHART_WIDTH + 20 - nameRoom - tableWidth, language),
      ],
    },
  });
}

/** The rank with equal weights on the ranks that other weights give. */
function reachPanel(
  order: readonly { readonly name: string; readonly rank: number; readonly best: number; readonly worst: number }[],
  titles: Readonly<Record<string, string>>,
  y: Position,
  width: number,
  language: Language,
): LayerSpec<string> {
  const rows = order.map(({ name, rank, best, worst }) => ({
    place: name,
    rank,
    from: best - 0.35,
    to: worst + 0.35,
    tip: `${titles[name]}: ${rank} (${best === worst ? best : `${best}–${worst}`})`,
  }));
  const last = order.length;
  return {
    width,
    height: ROW_HEIGHT * order.length,
    data: { values: rows },
    encoding: { y: { ...y, axis: null } },
    layer: [
      {
        mark: { type: "bar", height: 10, color: COLOURS.sky, opacity: 0.6, aria: true },
        encoding: {
          x: {
            field: "from",
            type: "quantitative",
            scale: { domain: [0.5, last + 0.5], nice: false, zero: false },
            axis: {
              title: wording.WORDS.rank[language],
              orient: "top",
              values: [1, ...[5, 10, 15, 20, 30].filter((rank) => rank <= last)],
              domain: false,
              ticks: false,
            },
          },
          x2: { field: "to" },
          ...TIP,
        },
      },
      {
        mark: { type: "point", filled: true, size: 42, opacity: 1, color: COLOURS.ink },
        encoding: { x: { field: "rank", type: "quantitative" } },
      },
    ],
  };
}
