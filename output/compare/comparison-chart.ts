/** What moved most between two sides: the relative difference of cells, with twice its Monte Carlo error to both sides. */
import type { TopLevelSpec } from "vega-lite";
import type { Language } from "../charts/chart-input.ts";
import { formatDifference } from "../charts/display-unit.ts";
import { dataNumber } from "../charts/fan-layers.ts";
import { frameChart } from "../charts/frame.ts";
import { TIP } from "../charts/hover.ts";
import { CHART_WIDTH, COLOURS, FONT_SIZE } from "../charts/style.ts";
import { shortened, textWidth } from "../charts/text-width.ts";
import { WHISKERS, zeroLine } from "../charts/whiskers.ts";
import { type CellDifference, type Comparison, moved } from "./compare-results.ts";
import { type ComparedSides, cellName, sideTitles } from "./comparison-names.ts";
import { COMPARE } from "./comparison-wording.ts";

const MOST_ROWS = 25;
const ROW_HEIGHT = 19;
const NAME_WIDTH = 330;
/** Room right of the bars for the numbers. */
const NUMBER_ROOM = 60;

/** The picture of a comparison; undefined if nothing has moved. */
export function comparisonChart(
  comparison: Comparison,
  sides: ComparedSides,
  language: Language,
): TopLevelSpec | undefined {
  const seen = new Set<string>();
  // The largest of each indicator comes first; more of the same would hide the others.
  const firsts = moved(comparison).filter(({ indicator }) => !seen.has(indicator) && seen.add(indicator));
  const cells = firsts.slice(0, MOST_ROWS);
  if (cells.length === 0) return undefined;
  const rows = cells.map((cell, y) => {
    const percent = 100 * cell.relative!;
    const error = (200 * (cell.error ?? 0)) / sizeOf(cell);
    const name = cellName(cell, comparison, sides, language);
    const label = `${formatDifference(percent, 1)}%`;
    return {
      y,
      name: shortened(name, FONT_SIZE.label, NAME_WIDTH),
      percent: dataNumber(percent),
      low: dataNumber(percent - error),
      high: dataNumber(percent + error),
      label,
      tip: `${name}: ${label}`,
    };
  });
  const nameRoom = Math.max(...rows.map(({ name }) => textWidth(name, FONT_SIZE.label))) + 10;
  const width = CHART_WIDTH + 46 - nameRoom - NUMBER_ROOM;
  const height = ROW_HEIGHT * rows.length;
  const [a, b] = sideTitles(comparison, sides, language);
  return frameChart(
    {
      heading: COMPARE.moved[language](a, b),
      subtitle: [COMPARE.chartText[language](String(rows.length))],
      legend: [],
      grade: null,
      notes:
        comparison.kind === "batches"
          ? [COMPARE.otherRun[language](sides.inputB.facts.seed, sides.inputB.catalog.model.hash.slice(0, 12))]
          : [],
      body: {
        width,
        height,
        data: { values: rows },
        encoding: {
          y: {
            field: "y",
            type: "ordinal",
            scale: { padding: 0.25 },
            axis: {
              title: null,
              ticks: false,
              domain: false,
              labelPadding: 6,
              labelFontSize: FONT_SIZE.label,
              labelExpr: `${JSON.stringify(rows.map(({ name }) => name))}[datum.value]`,
            },
          },
        },
        layer: [
          {
            mark: { type: "bar", color: COLOURS.blue, aria: true },
            encoding: {
              x: {
                field: "percent",
                type: "quantitative",
                scale: { zero: true, nice: true },
                axis: { title: COMPARE.relativeAxis[language](), tickCount: 5 },
              },
              ...TIP,
            },
          },
          WHISKERS,
          zeroLine(height),
          {
            mark: { type: "text", align: "left", fontSize: 9.5 },
            encoding: { x: { value: width + 8 }, text: { field: "label", type: "nominal" } },
          },
        ],
      },
    },
    sides.inputA,
    language,
  );
}

/** What a relative difference is relative to. */
function sizeOf({ a, b, difference }: CellDifference): number {
  return Math.max(Math.abs(a ?? 0), Math.abs(b ?? 0), Math.abs(difference ?? 0)) || 1;
}
