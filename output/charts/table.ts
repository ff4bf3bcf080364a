/** A table that the model carries, such as what is watched and not modelled: texts in columns, rows broken to the page's width. */
import type { TopLevelSpec } from "vega-lite";
import type { CatalogChart } from "../../engine/ensemble/catalog.ts";
import type { ChartInput, Language } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { frameChart } from "./frame.ts";
import { BOLD, CHART_WIDTH, COLOURS, FONT_SIZE } from "./style.ts";
import { indicatorNotes } from "./subtitle.ts";
import { textWidth, wrapText } from "./text-width.ts";
import * as wording from "./wording.ts";

type TableRequest = Extract<CatalogChart, { kind: "table" }>;

const LINE = 13;
const PADDING = 6;
const GAP = 12;
/** No column is narrower than this, in pixels. */
const LEAST_WIDTH = 30;

export function tableChart(chart: TableRequest, input: ChartInput, language: Language): TopLevelSpec {
  const width = CHART_WIDTH + 46;
  const texts = [chart.columns, ...chart.rows].map((row) => row.map((cell) => shownText(cell[language])));
  if (chart.columns.length === 0 || chart.rows.length === 0)
    throw new ChartError({ code: "no-rows", chart: chart.name });
  const widths = columnWidths(chart.name, texts, width);
  const starts = widths.map((_, column) => widths.slice(0, column).reduce((sum, one) => sum + one + GAP, 0));
  const rows = texts.map((row, index) =>
    row.map((text, column) => wrapText(text, FONT_SIZE.label * (index === 0 ? BOLD : 1), widths[column]!)),
  );
  const heights = rows.map((row) => Math.max(...row.map((lines) => Math.max(1, lines.length))) * LINE + PADDING);
  const tops = heights.map((_, row) => heights.slice(0, row).reduce((sum, one) => sum + one, 0));
  const height = heights.reduce((sum, one) => sum + one, 0);
  const cells = rows.flatMap((row, index) =>
    row.map((lines, column) => ({ x: starts[column]!, y: tops[index]! + 3, lines, isHead: index === 0 })),
  );
  const rules = tops.slice(1).map((y) => ({ y }));
  const pixels = { type: "quantitative" as const, scale: null, axis: null };
  const text = (isHead: boolean) => ({
    transform: [{ filter: `datum.isHead === ${isHead}` }],
    mark: {
      type: "text" as const,
      align: "left" as const,
      baseline: "top" as const,
      lineHeight: LINE,
      ...(isHead && { fontWeight: "bold" as const }),
    },
    encoding: {
      x: { field: "x", ...pixels },
      y: { field: "y", ...pixels },
      text: { field: "lines", type: "nominal" as const },
    },
  });
  return frameChart(
    {
      heading: chart.title?.[language] ?? chart.name,
      subtitle: [wording.tableText[language](String(chart.rows.length))],
      legend: [],
      grade: null,
      notes: indicatorNotes(input.catalog, chart, [], [], language),
      body: {
        width,
        height,
        data: { values: cells },
        layer: [
          {
            data: { values: rules },
            mark: { type: "rule", color: COLOURS.grid },
            encoding: { y: { field: "y", ...pixels }, x: { value: 0 }, x2: { value: width } },
          },
          text(true),
          text(false),
        ],
      },
    },
    input,
    language,
  );
}

/** `NA` and an empty cell are a dash, as readers expect. */
function shownText(text: string): string {
  return text === "" || text === "NA" ? "–" : text;
}

/**
 * Widths of the columns: each holds its longest word, since words do not break; what is left goes to columns with long texts.
 * @throws ChartError if the longest words alone are wider than the page.
 */
function columnWidths(name: string, texts: readonly (readonly string[])[], width: number): number[] {
  const size = FONT_SIZE.label * BOLD;
  const columns = texts[0]!.map((_, column) => texts.map((row) => row[column] ?? ""));
  const widest = (parts: readonly string[]) => Math.max(...parts.map((part) => textWidth(part, size)));
  const least = columns.map((cells) => Math.max(LEAST_WIDTH, widest(cells.flatMap((text) => wrapText(text, size, 1)))));
  const spare = width - GAP * (columns.length - 1) - least.reduce((sum, one) => sum + one, 0);
  if (spare < 0) throw new ChartError({ code: "many-columns", chart: name, columns: columns.length });
  const wishes = columns.map((cells, column) => Math.sqrt(Math.max(0, widest(cells) - least[column]!)));
  const total = wishes.reduce((sum, one) => sum + one, 0);
  return least.map((one, column) => one + (total === 0 ? 0 : (spare * wishes[column]!) / total));
}
