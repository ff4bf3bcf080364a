/**
 * A table of coloured cells: an indicator with two dimensions at one time, with the sums of its rows and columns.
 *
 * Of flows between budgets it shows who pays whom: paying is below zero, receiving above, and a column that only moves money
 * sums to zero. Cells are means over the runs, because means add up.
 */
import type { TopLevelSpec } from "vega-lite";
import type { LayerSpec, UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import type { CatalogDimension, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import { cellMeans } from "./cell-means.ts";
import { type ChartInput, findIndicator, type Language, type YearsRequest } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { CELL_LETTERS, isDark, mixed } from "./contrast.ts";
import { type DisplayUnit, formatNumber, indicatorUnit } from "./display-unit.ts";
import { elementTitles } from "./element-values.ts";
import { dataNumber, runRange } from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { TIP } from "./hover.ts";
import type { LegendEntry } from "./legend-strip.ts";
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
/** Colours of the largest cells below and above zero, and of zero. */
const [BELOW, NEUTRAL, ABOVE] = [COLOURS.vermillion, "#f4f4f4", COLOURS.blue];
/** Sums below this share of what is moved are rounding. */
const ROUNDING = 1e-6;

/** What the parts of the picture need to know. */
interface Table {
  readonly indicator: CatalogIndicator;
  readonly rows: CatalogDimension;
  readonly columns: CatalogDimension;
  readonly unit: DisplayUnit;
  /** The largest cell, without its sign, in the indicator's unit. */
  readonly largest: number;
  /** Whether cells lie on both sides of zero. */
  readonly hasBoth: boolean;
  readonly isMoney: boolean;
  readonly rowTitles: Titles;
  readonly columnTitles: Titles;
}

type Titles = Readonly<Record<string, string>>;

export function matrixChart(chart: YearsRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const indicator = findIndicator(catalog, chart.indicator);
  const time = chart.years.at(-1)!;
  const means = cellMeans(chart, input);
  const [rows, columns] = twoDimensions(chart, indicator, input);
  const cells = rows.elements.flatMap(({ name: row }) =>
    columns.elements.map(({ name: column }) => ({
      row,
      column,
      mean: means.meanAt(indicator.name, `${row}|${column}`, time),
    })),
  );
  const table = tableOf(indicator, rows, columns, cells, input, language);
  const { isMoney, hasBoth, unit } = table;
  return frameChart(
    {
      heading: chart.title?.[language] ?? indicator.title[language],
      subtitle: [
        measureLine({ catalog, indicator, unit, language, scenario: chart.scenario, time }),
        capitalised(wording.matrixText[language](hasBoth && isMoney)) +
          wording.JOIN[language].clause +
          runCount(runRange(means.read), language),
      ],
      legend: hasBoth ? legendOf(isMoney, language) : [],
      grade: indicator.grade,
      notes: indicatorNotes(catalog, chart, [indicator], [], language),
      body: tableView(table, cells),
    },
    input,
    language,
  );
}

function twoDimensions(
  chart: YearsRequest,
  indicator: CatalogIndicator,
  { catalog }: ChartInput,
): readonly [CatalogDimension, CatalogDimension] {
  const [rows, columns] = indicator.shape.map((name) => catalog.dimensions.find((one) => one.name === name));
  if (indicator.shape.length !== 2 || rows === undefined || columns === undefined) {
    throw new ChartError({ code: "shape", chart: chart.name, indicator: indicator.name, needs: "two" });
  }
  return [rows, columns];
}

function tableOf(
  indicator: CatalogIndicator,
  rows: CatalogDimension,
  columns: CatalogDimension,
  cells: readonly Cell[],
  { catalog }: ChartInput,
  language: Language,
): Table {
  const largest = Math.max(...cells.map(({ mean }) => Math.abs(mean)));
  const titles = (dimension: CatalogDimension) => ({
    ...elementTitles(dimension, language),
    [SUM]: wording.WORDS.sum[language],
  });
  return {
    indicator,
    rows,
    columns,
    unit: indicatorUnit(indicator, catalog.time.unit, largest, language),
    largest,
    hasBoth: cells.some(({ mean }) => mean < 0),
    isMoney: /元|yuan|CNY|RMB/.test(indicator.unit),
    rowTitles: titles(rows),
    columnTitles: titles(columns),
  };
}

function legendOf(isMoney: boolean, language: Language): LegendEntry[] {
  const [below, above] = isMoney ? (["pays", "receives"] as const) : (["below", "above"] as const);
  return [
    { label: wording.MATRIX_WORDS[below][language], symbol: "square", colour: COLOURS.vermillion },
    { label: wording.MATRIX_WORDS[above][language], symbol: "square", colour: COLOURS.blue },
  ];
}

function tableView(table: Table, cells: readonly Cell[]): LayerSpec<string> {
  const columns = [...table.columns.elements.map(({ name }) => name), SUM];
  const labelRoom = Math.max(...Object.values(table.rowTitles).map((title) => textWidth(title, FONT_SIZE.axis))) + 12;
  const cellWidth = Math.min(110, (CHART_WIDTH + 40 - labelRoom) / columns.length);
  return {
    width: cellWidth * columns.length,
    height: ROW_HEIGHT * (table.rows.elements.length + 1),
    data: { values: withSums(cells).map((cell) => cellRow(cell, table)) },
    encoding: {
      x: {
        field: "column",
        type: "nominal",
        sort: columns,
        scale: { padding: 0 },
        axis:
          cellWidth < SLANTED_BELOW ? slantedHeads(table.columnTitles) : wrappedHeads(table.columnTitles, cellWidth),
      },
      y: {
        field: "row",
        type: "nominal",
        sort: [...table.rows.elements.map(({ name }) => name), SUM],
        scale: { padding: 0 },
        axis: {
          title: null,
          domain: false,
          ticks: false,
          labelPadding: 6,
          labelExpr: `${JSON.stringify(table.rowTitles)}[datum.value]`,
        },
      },
    },
    layer: [colourLayer(table), NUMBER_LAYER],
  };
}

/** Heads over wide columns, broken into lines. */
function wrappedHeads(titles: Titles, cellWidth: number) {
  const heads = Object.fromEntries(
    Object.entries(titles).map(([name, title]) => [name, wrapText(title, FONT_SIZE.label, cellWidth - 2)]),
  );
  return {
    title: null,
    orient: "top",
    labelAngle: 0,
    domain: false,
    ticks: false,
    labelLineHeight: HEAD_LINE,
    labelPadding: 4 + HEAD_LINE * (Math.max(...Object.values(heads).map((lines) => lines.length)) - 1),
    labelFontSize: FONT_SIZE.label,
    labelExpr: `${JSON.stringify(heads)}[datum.value]`,
  } as const;
}

/** A cell, or a sum, as data of the picture. */
function cellRow({ row, column, mean }: Cell, { unit, largest, rowTitles, columnTitles }: Table) {
  const value = mean * unit.factor;
  return {
    row,
    column,
    value: dataNumber(value),
    label: cellLabel(value, unit.decimals, largest * unit.factor),
    isSum: row === SUM || column === SUM,
    isDark: row !== SUM && column !== SUM && isDark(mixed(NEUTRAL, mean < 0 ? BELOW : ABOVE, Math.abs(mean) / largest)),
    tip: `${rowTitles[row]}, ${columnTitles[column]}: ${formatNumber(value, unit.decimals)} ${unit.label}`,
  };
}

function colourLayer({ largest, unit, hasBoth }: Table): UnitSpec<string> {
  const extent = largest * unit.factor;
  return {
    transform: [{ filter: "!datum.isSum" }],
    mark: { type: "rect", stroke: "white", strokeWidth: 1, aria: true },
    encoding: {
      ...TIP,
      color: {
        field: "value",
        type: "quantitative",
        legend: null,
        scale: hasBoth
          ? { domain: [-extent, 0, extent], range: [BELOW, NEUTRAL, ABOVE] }
          : { domain: [0, extent], range: [NEUTRAL, ABOVE] },
      },
    },
  };
}

const NUMBER_LAYER: UnitSpec<string> = {
  mark: { type: "text", fontSize: 9.5 },
  encoding: {
    text: { field: "label", type: "nominal" },
    color: CELL_LETTERS,
  },
};

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
