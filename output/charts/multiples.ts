/**
 * Small multiples: one indicator over the elements of its dimension, one panel each, in the dimension's layout.
 *
 * One scale for all panels lets sizes be compared at a glance (Tufte, "Envisioning Information", 1990, chapter 4); the
 * numbers in each panel serve those whose line is flat on it.
 */
import type { TopLevelSpec } from "vega-lite";
import type { NonNormalizedSpec, UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import type { Catalog, CatalogChart, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import { type Bands, bandFields, bandNotes, fanLegend, panelBands } from "./bands.ts";
import { type ChartInput, findIndicator, finiteAt, type Language, type SummarySeries } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { coverageLines, type MeasuredCell } from "./coverage.ts";
import { type DisplayUnit, decimalsFor, formatNumber, indicatorUnit } from "./display-unit.ts";
import {
  bandTips,
  dataNumber,
  type FanRow,
  fanLayers,
  fanRows,
  haloText,
  largestOf,
  missingTimes,
} from "./fan-layers.ts";
import { frameIndicator } from "./frame-indicator.ts";
import { stripLayer, stripRows } from "./hover.ts";
import { arrangePanels, blankPanel, type Panel, panelFacet } from "./panels.ts";
import { BLUE_FAN, CHART_WIDTH, COLOURS } from "./style.ts";
import { timeAxis, timeInText, timeText } from "./time-axis.ts";
import * as wording from "./wording.ts";

type MultiplesRequest = Extract<CatalogChart, { kind: "multiples" }>;

const PANEL_GAP = 14;
/** Height of a panel as a share of its width. */
const PANEL_PROPORTION = 0.62;

type PanelRow = { readonly panel: number } & (
  | FanRow
  | { readonly from: number; readonly to: number; readonly tip: string }
  | { readonly blank: true }
  | { readonly time: number; readonly observed: number }
);

/** From this ratio of the largest to the smallest panel on, an index is drawn. */
const INDEX_FROM_RATIO = 5;
/** Share of the range that is kept free above the highest band. */
const LABEL_HEADROOM = 0.2;

const OBSERVED = {
  transform: [{ filter: "isValid(datum.observed)" }],
  encoding: { x: { field: "time", type: "quantitative" }, y: { field: "observed", type: "quantitative" } },
} as const;

const OBSERVED_LAYERS: UnitSpec<string>[] = [
  { ...OBSERVED, transform: [...OBSERVED.transform], mark: { type: "line", color: COLOURS.ink, strokeWidth: 0.7 } },
  {
    ...OBSERVED,
    transform: [...OBSERVED.transform],
    mark: { type: "point", color: COLOURS.ink, filled: true, size: 9, opacity: 1 },
  },
];

export function multiplesChart(chart: MultiplesRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const indicator = findIndicator(catalog, chart.indicator);
  const dimension = catalog.dimensions.find(({ name }) => name === indicator.shape[0]);
  if (indicator.shape.length !== 1 || dimension === undefined) {
    throw new ChartError({ code: "shape", chart: chart.name, indicator: indicator.name, needs: "one" });
  }
  const query = { scenario: chart.scenario, indicator: indicator.name };
  const seriesOf = new Map(dimension.elements.map(({ name }) => [name, input.series({ ...query, key: name })]));
  const all = [...seriesOf.values()];
  const unit = indicatorUnit(indicator, catalog.time.unit, largestOf(all), language);
  const bases = indexBases(seriesOf, unit);
  const bands = panelBands(input);
  const { panels, columns } = arrangePanels(dimension, language);
  const rows = panelRows(panels, seriesOf, bases, indicator, unit, input);
  const [start, last] = [catalog.time.start, lastTime(catalog)].map((time) => timeInText(catalog, time, language));

  return frameIndicator(chart, input, language, {
    indicator,
    unit,
    shown: wording.bandsText[language](bands),
    series: all,
    further: [
      bases === undefined
        ? wording.panelsText[language](last!)
        : wording.indexPanelsText[language](start!, last!, unit.label),
      ...coverageLines(measuredCells(seriesOf, indicator), catalog.time.start, language),
    ],
    legend: [
      ...fanLegend(bands, BLUE_FAN, language),
      ...(hasObserved(rows)
        ? [{ label: wording.WORDS.observed[language], symbol: "circle" as const, colour: COLOURS.ink }]
        : []),
    ],
    notes: bandNotes(input, language),
    missing: [...new Set(all.flatMap(missingTimes))].sort((a, b) => a - b),
    body: panelsView(panels, columns, rows, input, language),
  });
}

function measuredCells(seriesOf: ReadonlyMap<string, SummarySeries>, { observed }: CatalogIndicator): MeasuredCell[] {
  return [...seriesOf].map(([key, series]) => ({ series, observed: observed.find((one) => one.key === key) }));
}

/** Rows of all panels in one table, as a facet needs them. */
function panelRows(
  panels: readonly Panel[],
  seriesOf: ReadonlyMap<string, SummarySeries>,
  bases: ReadonlyMap<string, number> | undefined,
  indicator: CatalogIndicator,
  unit: DisplayUnit,
  input: ChartInput,
): PanelRow[] {
  const observed = new Map(indicator.observed.map((series) => [series.key, series]));
  return panels.flatMap(({ element, title }, panel): PanelRow[] => {
    const series = seriesOf.get(element);
    if (series === undefined) return [{ panel, blank: true }];
    const base = bases?.get(element);
    const factor = base === undefined ? unit.factor : 100 / base;
    const fan = labelledRows(series, factor, unit, input).map((row) => ({ panel, ...row }));
    const strips = stripRows(bandTips(fanRows(series, unit.factor), unit, timeText)).map((row) => ({
      panel,
      ...row,
      tip: `${title}, ${row.tip}`,
    }));
    return [...fan, ...observedRows(observed.get(element), factor, panel), ...strips];
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
  input: ChartInput,
  language: Language,
): NonNormalizedSpec {
  const { catalog } = input;
  const bands = panelBands(input);
  const width = Math.floor((CHART_WIDTH - (columns - 1) * PANEL_GAP) / columns);
  const height = Math.round(width * PANEL_PROPORTION);
  return {
    data: { values: [...rows] },
    columns,
    spacing: PANEL_GAP,
    facet: panelFacet(panels),
    spec: {
      width,
      height,
      encoding: {
        x: panelTimeAxis(catalog, rows, language),
        y: {
          type: "quantitative",
          scale: { domain: panelDomain(rows, bands), zero: false, nice: true },
          axis: { title: null, tickCount: 4 },
        },
      },
      layer: [
        ...fanLayers(bands, BLUE_FAN).map((layer) => ({ ...layer, transform: [{ filter: "isValid(datum.q50)" }] })),
        ...(hasObserved(rows) ? OBSERVED_LAYERS : []),
        ...haloText({
          transform: [{ filter: "isValid(datum.label)" }],
          mark: { type: "text", align: "right", baseline: "top", fontSize: 9.5 },
          encoding: { x: { value: width - 2 }, y: { value: 2 }, text: { field: "label", type: "nominal" } },
        }),
        { transform: [{ filter: "isValid(datum.tip)" }], ...stripLayer(height) },
        blankPanel(width, height),
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
function labelledRows(series: SummarySeries, factor: number, unit: DisplayUnit, input: ChartInput) {
  const last = lastTime(input.catalog);
  const end = Math.abs((finiteAt(series.q50, series.times.length - 1) ?? 0) * unit.factor);
  // Small places get a digit more, else their band would be lost in rounding.
  const decimals = unit.isPercent ? unit.decimals : Math.min(unit.decimals + 1, decimalsFor(end));
  const number = (value: number) => formatNumber((value / factor) * unit.factor, Math.max(unit.decimals, decimals));
  return fanRows(series, factor, { bands: panelBands(input), input }).map((row) =>
    row.time === last ? { ...row, label: `${number(row.q50)} (${number(row.q10)}–${number(row.q90)})` } : row,
  );
}

/** The common vertical domain, with room above for the numbers. */
function panelDomain(rows: readonly PanelRow[], bands: Bands): [number, number] {
  const [lowest, highest] = bandFields(bands.at(-1)!);
  const values = rows.flatMap((row) => {
    if ("q50" in row) {
      // The rows hold the ends of the bands that are drawn.
      const quantiles = row as unknown as Readonly<Record<string, number>>;
      return [quantiles[lowest]!, quantiles[highest]!];
    }
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
