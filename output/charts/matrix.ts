/**
 * A table of coloured cells: an indicator with two dimensions at one time, with the sums of its rows and columns.
 *
 * Of flows between budgets it shows who pays whom: paying is below zero, receiving above, and a column that only moves money
 * sums to zero. Cells are means over the runs, because means add up.
 */
import type { TopLevelSpec } from "vega-lite";
import { cellMeans } from "./cell-means.ts";
import { type ChartInput, findIndicator, type Language, type YearsRequest } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { formatNumber, indicatorUnit } from "./display-unit.ts";
import { elementTitles } from "./element-values.ts";
import { dataNumber, runRange } from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { TIP } from "./hover.ts";
import { slantedHeads } from "./slanted-heads.ts";
import { CHART_WIDTH, COLOURS, FONT_SIZE } from "./style.ts";
import { capitalised, indicatorNotes, measureLine, runCount } from "./subtitle.ts";
import { textWidth, wrapText } from "./text-width.ts";
import * as wording from "./wording.ts";

const ROW_HEIGHT = 21;
const HEAD_LINE = 12;
/** Under columns narrower than this, heads stand at a slant. */
const SLANTED_BELOW = 52;
/** Name of the row and the column of sums; no element is called so, since it is no identifier. */
const SUM = "Σ";
/** Sums below this share of what is moved are rounding. */
const ROUNDING = 1e-6;

export function matrixChart(chart: YearsRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const indicator = findIndicator(catalog, chart.indicator);
  const [rowDimension, columnDimension] = indicator.shape.map((name) =>
    catalog.dimensions.find((one) => one.name === name),
  );
  if (indicator.shape.length !== 2 || rowDimension === undefined || columnDimension === undefined) {
    throw new ChartError({ code: "shape", chart: chart.name, indicator: indicator.name, needs: "two" });
  }
  const time = chart.years.at(-1)!;
  const means = cellMeans(chart, input);
  const cells = rowDimension.elements.flatMap(({ name: row }) =>
    columnDimension.elements.map(({ name: column }) => ({
      row,
      column,
      mean: means.meanAt(indicator.name, `${row}|${column}`, time),
    })),
  );
  const all = withSums(cells);
  const largest = Math.max(...cells.map(({ mean }) => Math.abs(mean)));
  const unit = indicatorUnit(indicator, catalog.time.unit, largest, language);
  const rowTitles: Record<string, string> = {
    ...elementTitles(rowDimension, language),
    [SUM]: wording.WORDS.sum[language],
  };
  const columnTitles: Record<string, string> = {
    ...elementTitles(columnDimension, language),
    [SUM]: wording.WORDS.sum[language],
  };
  const labelRoom = Math.max(...Object.values(rowTitles).map((title) => textWidth(title, FONT_SIZE.axis))) + 12;
  const columns = [...columnDimension.elements.map(({ name }) => name), SUM];
  const cellWidth = Math.min(110, (CHART_WIDTH + 40 - labelRoom) / columns.length);
  const isNarrow = cellWidth < SLANTED_BELOW;
  const heads = Object.fromEntries(
    Object.entries(columnTitles).map(([name, title]) => [name, wrapText(title, FONT_SIZE.label, cellWidth - 2)]),
  );
  const extent = largest * unit.factor;
  const isMoney = /元|yuan|CNY|RMB/.test(indicator.unit);
  const hasBoth = cells.some(({ mean }) => mean < 0);
  return frameChart(
    {
      heading: chart.title?.[language] ?? indicator.title[language],
      subtitle: [
        measureLine({ catalog, indicator, unit, language, scenario: chart.scenario, time }),
        capitalised(wording.matrixText[language](hasBoth && isMoney)) +
          wording.JOIN[language].clause +
          runCount(runRange(means.read), language),
      ],
      legend: hasBoth
        ? [
            {
              label: wording.MATRIX_WORDS[isMoney ? "pays" : "below"][language],
              symbol: "square",
              colour: COLOURS.vermillion,
            },
            {
              label: wording.MATRIX_WORDS[isMoney ? "receives" : "above"][language],
              symbol: "square",
              colour: COLOURS.blue,
            },
          ]
        : [],
      grade: indicator.grade,
      notes: indicatorNotes(catalog, chart, [indicator], [], language),
      body: {
        width: cellWidth * columns.length,
        height: ROW_HEIGHT * (rowDimension.elements.length + 1),
        data: {
          values: all.map(({ row, column, mean }) => ({
            row,
            column,
            value: dataNumber(mean * unit.factor),
            label: cellLabel(mean * unit.factor, unit.decimals, extent),
            isSum: row === SUM || column === SUM,
            isDark: Math.abs(mean) > 0.62 * largest,
            tip: `${rowTitles[row]}, ${columnTitles[column]}: ${formatNumber(mean * unit.factor, unit.decimals)} ${unit.label}`,
          })),
        },
        encoding: {
          x: {
            field: "column",
            type: "nominal",
            sort: columns,
            scale: { padding: 0 },
            axis: isNarrow
              ? slantedHeads(columnTitles)
              : {
                  title: null,
                  orient: "top",
                  labelAngle: 0,
                  domain: false,
                  ticks: false,
                  labelLineHeight: HEAD_LINE,
                  labelPadding: 4 + HEAD_LINE * (Math.max(...Object.values(heads).map((lines) => lines.length)) - 1),
                  labelFontSize: FONT_SIZE.label,
                  labelExpr: `${JSON.stringify(heads)}[datum.value]`,
                },
          },
          y: {
            field: "row",
            type: "nominal",
            sort: [...rowDimension.elements.map(({ name }) => name), SUM],
            scale: { padding: 0 },
            axis: {
              title: null,
              domain: false,
              ticks: false,
              labelPadding: 6,
              labelExpr: `${JSON.stringify(rowTitles)}[datum.value]`,
            },
          },
        },
        layer: [
          {
            transform: [{ filter: "!datum.isSum" }],
            mark: { type: "rect", stroke: "white", strokeWidth: 1, aria: true },
            encoding: {
              ...TIP,
              color: {
                field: "value",
                type: "quantitative",
                legend: null,
                scale: hasBoth
                  ? { domain: [-extent, 0, extent], range: [COLOURS.vermillion, "#f4f4f4", COLOURS.blue] }
                  : { domain: [0, extent], range: ["#f4f4f4", COLOURS.blue] },
              },
            },
          },
          {
            mark: { type: "text", fontSize: 9.5 },
            encoding: {
              text: { field: "label", type: "nominal" },
              color: { condition: { test: "datum.isDark && !datum.isSum", value: "white" }, value: COLOURS.ink },
            },
          },
        ],
      },
    },
    input,
    language,
  );
}

interface Cell {
  readonly row: string;
  readonly column: string;
  readonly mean: number;
}

/** The cells, the sum of each row and of each column, and the sum of all. */
function withSums(cells: readonly Cell[]): Cell[] {
  const sums = new Map<string, Cell>();
  for (const { row, column, mean } of cells) {
    for (const [r, c] of [
      [row, SUM],
      [SUM, column],
      [SUM, SUM],
    ] as const) {
      sums.set(`${r}|${c}`, { row: r, column: c, mean: (sums.get(`${r}|${c}`)?.mean ?? 0) + mean });
    }
  }
  return [...cells, ...sums.values()];
}

/** An exact zero is a dot, so that the cells that matter stand out; a sum that is rounding is written as zero. */
function cellLabel(value: number, decimals: number, extent: number): string {
  if (value === 0) return "·";
  return formatNumber(Math.abs(value) < ROUNDING * extent ? 0 : value, decimals);
}
