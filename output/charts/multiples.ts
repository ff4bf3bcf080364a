/**
 * Small multiples: one indicator over the elements of its dimension, one panel each, in the dimension's layout.
 *
 * One scale for all panels lets sizes be compared at a glance (Tufte, "Envisioning Information", 1990, chapter 4); the
 * numbers in each panel serve those whose line is flat on it.
 */
import type { TopLevelSpec } from "vega-lite";
import type { NonNormalizedSpec, UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import type { Catalog, CatalogChart, CatalogDimension, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import {
  ChartError,
  type ChartInput,
  findIndicator,
  finiteAt,
  type Language,
  type SummarySeries,
  scenarioTitle,
} from "./chart-input.ts";
import { type DisplayUnit, formatNumber, indicatorUnit } from "./display-unit.ts";
import {
  dataNumber,
  type FanRow,
  fanLayers,
  fanLegend,
  fanRows,
  haloText,
  largestOf,
  missingTimes,
  runRange,
} from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { BLUE_FAN, CHART_WIDTH, COLOURS } from "./style.ts";
import { indicatorNotes, indicatorSubtitle } from "./subtitle.ts";
import { timeAxis, timeInText } from "./time-axis.ts";
import * as wording from "./wording.ts";

type MultiplesRequest = Extract<CatalogChart, { kind: "multiples" }>;

const BANDS = [50, 80] as const;
const PANEL_GAP = 14;
/** Height of a panel as a share of its width. */
const PANEL_PROPORTION = 0.62;
/** Columns where the dimension gives no layout. */
const DEFAULT_COLUMNS = 4;

type PanelRow = { readonly panel: number } & (
  | FanRow
  | { readonly blank: true }
  | { readonly time: number; readonly observed: number }
);

/** From this ratio of the largest to the smallest panel on, an index is drawn. */
const INDEX_FROM_RATIO = 5;
/** Share of the range that is kept free above the highest band. */
const LABEL_HEADROOM = 0.2;

interface Panel {
  /** Element name, or `""` for an empty cell of the layout. */
  readonly element: string;
  readonly title: string;
}

const OBSERVED_LAYER: UnitSpec<string> = {
  transform: [{ filter: "isValid(datum.observed)" }],
  mark: { type: "point", color: COLOURS.ink, filled: true, size: 9, opacity: 1 },
  encoding: { x: { field: "time", type: "quantitative" }, y: { field: "observed", type: "quantitative" } },
};

export function multiplesChart(chart: MultiplesRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const indicator = findIndicator(catalog, chart.indicator);
  const dimension = catalog.dimensions.find(({ name }) => name === indicator.shape[0]);
  if (indicator.shape.length !== 1 || dimension === undefined) {
    throw new ChartError(`chart "${chart.name}": "${indicator.name}" needs exactly one dimension for small multiples`);
  }
  const query = { scenario: chart.scenario, indicator: indicator.name };
  const seriesOf = new Map(dimension.elements.map(({ name }) => [name, input.series({ ...query, key: name })]));
  const all = [...seriesOf.values()];
  const unit = indicatorUnit(indicator, catalog.time.unit, largestOf(all), language);
  const bases = indexBases(seriesOf, unit);
  const { panels, columns } = arrangePanels(dimension, language);
  const rows = panelRows(panels, seriesOf, bases, indicator, unit, catalog);
  const [start, last] = [catalog.time.start, lastTime(catalog)].map((time) => timeInText(catalog, time, language));

  return frameChart(
    {
      heading: chart.title?.[language] ?? indicator.title[language],
      subtitle: [
        ...indicatorSubtitle({
          catalog,
          indicator,
          unit,
          language,
          scenario: scenarioTitle(catalog, chart.scenario)[language],
          shown: wording.bandsText[language](BANDS),
          runs: runRange(all),
        }),
        bases === undefined
          ? wording.panelsText[language](last!)
          : wording.indexPanelsText[language](start!, last!, unit.label),
      ],
      legend: [
        ...fanLegend(BANDS, BLUE_FAN, language),
        ...(hasObserved(rows)
          ? [{ label: wording.WORDS.observed[language], symbol: "circle" as const, colour: COLOURS.ink }]
          : []),
      ],
      grade: indicator.grade,
      notes: indicatorNotes(
        catalog,
        chart,
        [indicator],
        [...new Set(all.flatMap(missingTimes))].sort((a, b) => a - b),
        language,
      ),
      body: panelsView(panels, columns, rows, catalog, language),
    },
    input,
    language,
  );
}

/** Rows of all panels in one table, as a facet needs them. */
function panelRows(
  panels: readonly Panel[],
  seriesOf: ReadonlyMap<string, SummarySeries>,
  bases: ReadonlyMap<string, number> | undefined,
  indicator: CatalogIndicator,
  unit: DisplayUnit,
  catalog: Catalog,
): PanelRow[] {
  const observed = new Map(indicator.observed.map((series) => [series.key, series]));
  return panels.flatMap(({ element }, panel): PanelRow[] => {
    const series = seriesOf.get(element);
    if (series === undefined) return [{ panel, blank: true }];
    const base = bases?.get(element);
    const factor = base === undefined ? unit.factor : 100 / base;
    const fan = labelledRows(series, factor, unit, lastTime(catalog)).map((row) => ({ panel, ...row }));
    return [...fan, ...observedRows(observed.get(element), factor, panel)];
  });
}

function hasObserved(rows: readonly PanelRow[]): boolean {
  return rows.some((row) => "observed" in row);
}

function lastTime(catalog: Catalog): number {
  return catalog.saveTimes.at(-1) ?? catalog.time.stop;
}

function panelsView(
  panels: readonly Panel[],
  columns: number,
  rows: readonly PanelRow[],
  catalog: Catalog,
  language: Language,
): NonNormalizedSpec {
  const width = Math.floor((CHART_WIDTH - (columns - 1) * PANEL_GAP) / columns);
  const height = Math.round(width * PANEL_PROPORTION);
  const titles = JSON.stringify(panels.map(({ title }) => title));
  return {
    data: { values: [...rows] },
    columns,
    spacing: PANEL_GAP,
    facet: {
      field: "panel",
      type: "ordinal",
      header: {
        title: null,
        labelExpr: `${titles}[datum.value]`,
        labelFontWeight: "bold",
        labelAnchor: "start",
        labelPadding: 3,
      },
    },
    spec: {
      width,
      height,
      encoding: {
        x: panelTimeAxis(catalog, rows, language),
        y: {
          type: "quantitative",
          scale: { domain: panelDomain(rows), zero: false, nice: true },
          axis: { title: null, tickCount: 4 },
        },
      },
      layer: [
        ...fanLayers(BANDS, BLUE_FAN).map((layer) => ({ ...layer, transform: [{ filter: "isValid(datum.q50)" }] })),
        ...(hasObserved(rows) ? [OBSERVED_LAYER] : []),
        ...haloText({
          transform: [{ filter: "isValid(datum.label)" }],
          mark: { type: "text", align: "right", baseline: "top", fontSize: 9.5 },
          encoding: { x: { value: width - 2 }, y: { value: 2 }, text: { field: "label", type: "nominal" } },
        }),
        {
          // An empty cell of the layout: white over the grid.
          transform: [{ filter: "datum.blank" }],
          mark: { type: "rect", color: "white", opacity: 1 },
          encoding: {
            x: { value: -1 },
            x2: { value: width + 1 },
            y: { value: -1 },
            y2: { value: height + 1 },
          },
        },
      ],
    },
  };
}

/** The first and last label stay within their panel, so that neighbours do not touch. */
function panelTimeAxis(catalog: Catalog, rows: readonly PanelRow[], language: Language) {
  const first = Math.min(catalog.time.start, ...rows.flatMap((row) => ("observed" in row ? [row.time] : [])));
  const position = timeAxis(catalog, [first, catalog.time.stop], language, 4);
  return { ...position, axis: { ...position.axis, labelFlush: true } };
}

/** Panels row by row; the layout's empty cells stay empty, rows of unequal length are filled up. */
function arrangePanels(dimension: CatalogDimension, language: Language): { panels: Panel[]; columns: number } {
  const titles = new Map(dimension.elements.map(({ name, title }) => [name, title[language]]));
  const rows = dimension.layout ?? [];
  if (rows.length === 0) {
    const panels = [...titles].map(([element, title]) => ({ element, title }));
    return { panels, columns: Math.min(DEFAULT_COLUMNS, panels.length) };
  }
  const columns = Math.max(...rows.map((row) => row.length));
  const panels = rows.flatMap((row) =>
    Array.from({ length: columns }, (_, column) => {
      const element = row[column] ?? "";
      return { element, title: titles.get(element) ?? "" };
    }),
  );
  return { panels, columns };
}

/**
 * Medians at the start, if panels differ so much in size that small ones would be flat lines on a common scale; they are
 * then drawn as indices. Percentages stay as they are.
 */
function indexBases(
  seriesOf: ReadonlyMap<string, SummarySeries>,
  unit: DisplayUnit,
): ReadonlyMap<string, number> | undefined {
  const bases = new Map([...seriesOf].map(([element, series]) => [element, finiteAt(series.q50, 0) ?? 0]));
  const smallest = Math.min(...bases.values());
  const isIndexed = !unit.isPercent && smallest > 0 && Math.max(...bases.values()) > INDEX_FROM_RATIO * smallest;
  return isIndexed ? bases : undefined;
}

/** Rows of the fan; the last one carries the numbers that are written into the panel, in the unit whatever the scale. */
function labelledRows(series: SummarySeries, factor: number, unit: DisplayUnit, last: number) {
  const number = (value: number) => formatNumber((value / factor) * unit.factor, unit.decimals);
  return fanRows(series, factor).map((row) =>
    row.time === last ? { ...row, label: `${number(row.q50)} (${number(row.q10)}–${number(row.q90)})` } : row,
  );
}

/** The common vertical domain, with room above for the numbers. */
function panelDomain(rows: readonly PanelRow[]): [number, number] {
  const values = rows.flatMap((row) => {
    if ("q10" in row) return [row.q10, row.q90];
    return "observed" in row ? [row.observed] : [];
  });
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return [low, high + LABEL_HEADROOM * (high - low)];
}

/** Measured values, from before the projection too. */
function observedRows(
  observed: { readonly time: readonly number[]; readonly value: readonly number[] } | undefined,
  factor: number,
  panel: number,
) {
  return (observed?.time ?? []).flatMap((at, index) => {
    const value = observed?.value[index];
    return value !== undefined && Number.isFinite(value)
      ? [{ panel, time: at, observed: dataNumber(value * factor) }]
      : [];
  });
}
