/**
 * Tornado: which uncertain inputs the spread of one result comes from, the largest first.
 *
 * A bar is the first-order index of an input, the share of the variance that it explains alone (Saltelli and others, "Global
 * Sensitivity Analysis", 2008, chapter 4), drawn right where more of the input means more of the result and left where it means
 * less. Colours tell inputs with data behind them from those that somebody judged.
 */
import type { TopLevelSpec } from "vega-lite";
import type { UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import type { Catalog, CatalogChart } from "../../engine/ensemble/catalog.ts";
import {
  type CellSensitivity,
  type ChartInput,
  cellTitle,
  findIndicator,
  type InputSensitivity,
  type Language,
} from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { formatNumber } from "./display-unit.ts";
import { dataNumber } from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { TIP } from "./hover.ts";
import { CHART_WIDTH, COLOURS, FONT_SIZE } from "./style.ts";
import { indicatorNotes, runCount } from "./subtitle.ts";
import { textWidth, wrapTextTo } from "./text-width.ts";
import { timeInText } from "./time-axis.ts";
import { WHISKERS, zeroLine } from "./whiskers.ts";
import * as wording from "./wording.ts";

type TornadoRequest = Extract<CatalogChart, { kind: "tornado" }>;

const MOST_INPUTS = 14;
/** Height of a row, by the most lines of a name. */
const ROW_HEIGHTS = [22, 22, 29] as const;
const NAME_WIDTH = 240;
const MOST_NAME_LINES = 2;
const NAME_LINE = 12.5;
/** Room right of the bars for the numbers. */
const NUMBER_ROOM = 92;
/** Grades behind which stand measured or derived figures. */
const WITH_DATA: readonly string[] = ["A", "B", "C", "D"];

/** The sensitivity that a chart shows, if it has been computed. */
export function sensitivityOf(chart: TornadoRequest, { sensitivity = [] }: ChartInput): CellSensitivity | undefined {
  return sensitivity.find(
    ({ scenario, indicator, key, time }) =>
      scenario === chart.scenario && indicator === chart.indicator && key === chart.key && time === chart.years.at(-1),
  );
}

export function tornadoChart(chart: TornadoRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const indicator = findIndicator(catalog, chart.indicator);
  const found = sensitivityOf(chart, input);
  if (found === undefined) throw new ChartError({ code: "no-sensitivity", chart: chart.name });
  const inputs = [...found.inputs].sort((a, b) => b.index - a.index).slice(0, MOST_INPUTS);
  if (inputs.length === 0)
    throw new ChartError({ code: "does-not-vary", chart: chart.name, indicator: chart.indicator });
  const rows = inputs.map((one, y) => barRow(one, y, catalog, language));
  const nameRoom = Math.max(...rows.flatMap(({ lines }) => lines.map((line) => textWidth(line, FONT_SIZE.axis)))) + 12;
  const height = ROW_HEIGHTS[Math.max(...rows.map(({ lines }) => lines.length)) as 1 | 2] * rows.length;
  const extent = Math.max(...rows.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high))));
  const width = CHART_WIDTH + 40 - nameRoom - NUMBER_ROOM;
  const y = {
    field: "y",
    type: "ordinal" as const,
    scale: { padding: 0.25 },
    axis: null,
  };
  const where = wording.scenarioText[language](
    catalog.scenarios.find(({ name }) => name === chart.scenario)?.title[language] ?? chart.scenario,
  );
  const { clause } = wording.JOIN[language];
  return frameChart(
    {
      heading:
        chart.title?.[language] ?? wording.tornadoTitle[language](cellTitle(catalog, indicator, chart.key, language)),
      subtitle: [
        [where, timeInText(catalog, found.time, language), runCount([found.n, found.n], language)].join(clause),
        wording.tornadoText[language](),
      ],
      legend: [
        { label: wording.INPUT_WORDS.data[language], symbol: "square", colour: COLOURS.blue },
        { label: wording.INPUT_WORDS.judged[language], symbol: "square", colour: COLOURS.orange },
      ],
      grade: indicator.grade,
      notes: [...restNotes(found, language), ...indicatorNotes(catalog, chart, [indicator], [], language)],
      body: {
        width,
        height,
        data: { values: rows },
        encoding: { y },
        layer: [
          {
            mark: { type: "bar", aria: true },
            encoding: {
              x: {
                field: "value",
                type: "quantitative",
                scale: { domain: [-extent, extent], nice: true, zero: true },
                axis: {
                  title: wording.tornadoAxis[language](),
                  tickCount: 6,
                  labelExpr: "replace(datum.label, '−', '')",
                },
              },
              color: {
                field: "isJudged",
                type: "nominal",
                legend: null,
                scale: { domain: [false, true], range: [COLOURS.blue, COLOURS.orange] },
              },
              opacity: { condition: { test: "datum.isClear", value: 1 }, value: 0.35 },
              ...TIP,
            },
          },
          WHISKERS,
          zeroLine(height),
          ...nameLayers(),
          {
            mark: { type: "text", align: "left", fontSize: 9.5 },
            encoding: { x: { value: width + 8 }, text: { field: "label", type: "nominal" } },
          },
        ],
      },
    },
    input,
    language,
  );
}

/** Names left of the bars; those of two lines stand half a line higher. */
function nameLayers(): UnitSpec<string>[] {
  return [1, 2].map((lines) => ({
    transform: [{ filter: `datum.lines.length === ${lines}` }],
    mark: {
      type: "text",
      align: "right",
      lineHeight: NAME_LINE,
      fontSize: FONT_SIZE.axis,
      dy: (1 - lines) * (NAME_LINE / 2),
    },
    encoding: { x: { value: -8 }, text: { field: "lines", type: "nominal" } },
  }));
}

function barRow(
  { name, index, low, high, direction }: InputSensitivity,
  y: number,
  catalog: Catalog,
  language: Language,
) {
  const known = catalog.drawInputs[catalog.drawColumns.indexOf(name)];
  const grade = known?.grade;
  const title = known?.title[language] ?? name;
  const side = direction < 0 ? -1 : 1;
  const label = `${percent(index)} (${percent(low)}–${percent(high)})`;
  const signed = (share: number) => dataNumber(side * 100 * Math.max(0, share));
  return {
    y,
    lines: wrapTextTo(
      MOST_NAME_LINES,
      title + (grade === undefined ? "" : `\u00a0[${grade}]`),
      FONT_SIZE.axis,
      NAME_WIDTH,
    ),
    value: signed(index),
    low: signed(low),
    high: signed(high),
    isClear: isClear({ low }),
    isJudged: grade === undefined || !WITH_DATA.includes(grade),
    label,
    tip: `${title}: ${label} %`,
  };
}

/** Indices of noise may fall under zero, which no share can. */
function percent(share: number): string {
  return formatNumber(100 * Math.max(0, share), 0);
}

/** Whether an index is told apart from zero. */
function isClear({ low }: Pick<InputSensitivity, "low">): boolean {
  return low > 0;
}

/** What the bars leave: shocks, interactions, and what scenarios do. Indices near zero are left out, they are noise of the estimate. */
function restNotes({ inputs, shares }: CellSensitivity, language: Language): string[] {
  const sum = inputs.filter(isClear).reduce((total, { index }) => total + index, 0);
  return [
    wording.tornadoRest[language](percent(Math.min(1, sum))),
    ...(shares === undefined
      ? []
      : [wording.leverShare[language](percent(shares.scenarios), percent(shares.draws), percent(shares.both))]),
  ];
}
