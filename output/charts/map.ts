/**
 * Tile map: one tile of equal size an element, in the layout of its dimension, one panel a year on one scale of colour.
 *
 * Equal tiles keep large empty areas from ruling the picture, and need no boundaries. Where the user has boundaries of their
 * own, {@link boundaryMap} draws those instead.
 */
import type { TopLevelSpec } from "vega-lite";
import type { NonNormalizedSpec } from "vega-lite/types_unstable/spec/index.js";
import type { CatalogDimension } from "../../engine/ensemble/catalog.ts";
import { boundaryPanels } from "./boundary-map.ts";
import type { ChartInput, Language, YearsRequest } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { CELL_LETTERS, VIRIDIS_DARK_FROM } from "./contrast.ts";
import { type DisplayUnit, formatNumber, indicatorUnit } from "./display-unit.ts";
import { type ElementValues, elementTitles, elementValues } from "./element-values.ts";
import { dataNumber, largestOf } from "./fan-layers.ts";
import { frameIndicator } from "./frame-indicator.ts";
import { TIP } from "./hover.ts";
import { type MapRow, valueColour } from "./map-row.ts";
import { YEAR_FACET } from "./panels.ts";
import { FONT_SIZE } from "./style.ts";
import { textWidth } from "./text-width.ts";
import { timeText } from "./time-axis.ts";
import * as wording from "./wording.ts";

const PANEL_WIDTH = 318;
const PANEL_GAP = 26;
const TILE_HEIGHT = 54;
const NAME_SIZE = 10;

export function mapChart(chart: YearsRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const found = elementValues(chart, input, chart.years);
  const { indicator, dimension } = found;
  const unit = indicatorUnit(indicator, catalog.time.unit, largestOf([...found.series.values()]), language);
  const rows = mapRows(found, unit, language);
  const range = [Math.min(...rows.map(({ value }) => value)), Math.max(...rows.map(({ value }) => value))] as const;
  const number = (value: number) => formatNumber(value, unit.decimals) + (unit.isPercent ? "%" : "");
  return frameIndicator(chart, input, language, {
    indicator,
    unit,
    shown: wording.tilesText[language](input.boundaries !== undefined),
    series: [...found.series.values()],
    further: [wording.scaleText[language](number(range[0]), number(range[1]))],
    legend: [],
    notes: input.boundaries === undefined ? [] : [wording.boundaryText[language](input.boundaries.review)],
    body:
      input.boundaries === undefined
        ? tilePanels(chart.name, dimension, rows, range)
        : boundaryPanels(input.boundaries, dimension, rows, range),
  });
}

function mapRows(found: ElementValues, unit: DisplayUnit, language: Language): MapRow[] {
  const titles = elementTitles(found.dimension, language);
  const codes = new Map(found.dimension.elements.map(({ name, code }) => [name, code ?? ""]));
  const all = found.values.map(({ q50 }) => q50);
  const darkFrom = Math.min(...all) + VIRIDIS_DARK_FROM * (Math.max(...all) - Math.min(...all));
  const number = (value: number) => formatNumber(value * unit.factor, unit.decimals);
  return found.values.map(({ element, time, q10, q50, q90 }) => ({
    year: time,
    element,
    title: titles[element]!,
    code: codes.get(element)!,
    value: dataNumber(q50 * unit.factor),
    label: number(q50) + (unit.isPercent ? "%" : ""),
    // What is the same in every run has no band.
    band: number(q10) === number(q90) ? "" : `${number(q10)}–${number(q90)}`,
    tip: `${titles[element]}, ${timeText(time)}: ${number(q50)} (${number(q10)} – ${number(q90)}) ${unit.label}`.trimEnd(),
    isDark: q50 > darkFrom,
  }));
}

function tilePanels(
  name: string,
  dimension: CatalogDimension,
  rows: readonly MapRow[],
  range: readonly [number, number],
): NonNormalizedSpec {
  const layout = dimension.layout;
  if (layout === undefined) {
    throw new ChartError({ code: "no-layout", chart: name, dimension: dimension.name });
  }
  const places = new Map(layout.flatMap((line, row) => line.map((element, column) => [element, { row, column }])));
  const columns = Math.max(...layout.map((line) => line.length));
  const widest = Math.max(...rows.map(({ title }) => textWidth(title, NAME_SIZE)));
  const size = Math.min(NAME_SIZE, (NAME_SIZE * (PANEL_WIDTH / columns - 4)) / widest);
  const line = (field: string, dy: number, fontSize: number, fontWeight: "bold" | "normal" = "normal") => ({
    mark: { type: "text" as const, dy, fontSize, fontWeight, baseline: "middle" as const },
    encoding: { text: { field, type: "nominal" as const }, color: CELL_LETTERS },
  });
  return {
    data: { values: rows.map((row) => ({ ...row, ...places.get(row.element) })) },
    columns: 2,
    spacing: PANEL_GAP,
    facet: YEAR_FACET,
    spec: {
      width: PANEL_WIDTH,
      height: TILE_HEIGHT * layout.length,
      encoding: {
        x: { field: "column", type: "ordinal", axis: null, scale: { padding: 0 } },
        y: { field: "row", type: "ordinal", axis: null, scale: { padding: 0 } },
      },
      layer: [
        {
          mark: { type: "rect", stroke: "white", strokeWidth: 2, aria: true },
          encoding: { color: valueColour(range), ...TIP },
        },
        line("title", -15, Math.round(size * 10) / 10),
        line("label", 0, FONT_SIZE.axis + 1.5, "bold"),
        line("band", 15, 9),
      ],
    },
  };
}
