/**
 * Heat map of target attainment: for each target and scenario, the share of runs that meet it, year by year.
 *
 * Probabilities are rounded to 5 %: model error makes finer digits misleading. The year in which the target is due has a
 * frame. One panel a scenario, side by side over the same rows, so that scenarios can be compared and one page holds all.
 */
import type { TopLevelSpec } from "vega-lite";
import type { UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import type { Catalog, CatalogChart, CatalogTarget } from "../../engine/ensemble/catalog.ts";
import { type ChartInput, findIndicator, type Language, type TargetShare } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { VIRIDIS_DARK_FROM } from "./contrast.ts";
import { formatNumber, indicatorUnit } from "./display-unit.ts";
import { decimalsOfThreshold } from "./fan.ts";
import { dataNumber } from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { TIP } from "./hover.ts";
import { slantedHeads } from "./slanted-heads.ts";
import { BOLD, CHART_WIDTH, COLOURS, FONT_SIZE } from "./style.ts";
import { indicatorNotes, joinGrades, runCount } from "./subtitle.ts";
import { textWidth, wrapText, wrapTextTo } from "./text-width.ts";
import { timeInText, timeText } from "./time-axis.ts";
import * as wording from "./wording.ts";

type TargetsRequest = Extract<CatalogChart, { kind: "targets" }>;

const CELL_WIDTH = 27;
const PANEL_GAP = 12;
/** Room for the targets' titles. */
const TITLE_WIDTH = 230;
const MOST_TITLE_LINES = 2;
const TITLE_LINE = 13.5;
/** Cells side by side that fit on a page, over all scenarios. */
const MOST_CELLS = 15;

/** With more scenarios than this, each has one column, of the date at which a target is due. */
const MOST_PANELS = 5;

/** Stands for the column of first years, behind every year. */
const FIRST_COLUMN = 99_999;

/** One cell of the heat map. */
interface AttainmentCell {
  /** Positions in the catalog. */
  readonly target: number;
  readonly scenario: number;
  readonly time: number;
  /** Share of runs, unrounded; the colour. */
  readonly share: number;
  /** Runs behind the share. */
  readonly n: number;
  readonly label: string;
  readonly isDue: boolean;
  /** First year in which half of the runs meet it, as text; of cells that are due. */
  readonly first?: string;
  readonly tip: string;
}

export function targetsChart(chart: TargetsRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  if (catalog.scenarios.length > MOST_PANELS) return dueChart(chart, input, language);
  if (catalog.targets.length === 0) throw new ChartError({ code: "no-targets", chart: chart.name });
  const times = shownTimes(catalog);
  const cells = attainmentCells(input, times, language);
  if (cells.length === 0) throw new ChartError({ code: "no-target-value", chart: chart.name });
  const counts = cells.map(({ n }) => n);
  const runs = runCount([Math.min(...counts), Math.max(...counts)], language);
  const panelWidth = CELL_WIDTH * (times.length + 1);
  const labels = targetLabels(catalog, language);

  return frameChart(
    {
      heading: chart.title?.[language] ?? wording.attainmentTitle[language],
      subtitle: [wording.attainmentText[language]() + wording.JOIN[language].clause + runs],
      legend: [{ label: wording.WORDS.targetDue[language], symbol: "frame", colour: COLOURS.ink }],
      grade: joinGrades(
        catalog.targets.map(({ indicator }) => findIndicator(catalog, indicator)),
        language,
      ),
      notes: indicatorNotes(catalog, chart, [], [], language),
      width: TITLE_WIDTH + (panelWidth + PANEL_GAP) * catalog.scenarios.length,
      body: {
        data: {
          values: [
            ...cells.map(({ n: _, ...cell }) => cell),
            // The titles stand left of the first panel.
            ...labels.map((title, target) => ({ target, scenario: 0, title })),
          ],
        },
        spacing: PANEL_GAP,
        align: "each",
        facet: { column: { field: "scenario", type: "ordinal", header: panelHeader(catalog, panelWidth, language) } },
        spec: {
          width: panelWidth,
          height: { step: Math.max(...labels.map((lines) => lines.length)) * TITLE_LINE + 7 },
          encoding: cellPositions(times, language),
          layer: [...cellLayers(TITLE_WIDTH, 0), FIRST_LAYER],
        },
      },
    },
    input,
    language,
  );
}

/** Many scenarios: one column each, with the share of runs at the date at which each target is due. */
function dueChart(chart: TargetsRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const saved = [...new Set(catalog.targets.map(({ due }) => due))];
  const cells = attainmentCells(input, saved, language).filter(({ isDue }) => isDue);
  if (cells.length === 0) throw new ChartError({ code: "no-target-value", chart: chart.name });
  const counts = cells.map(({ n }) => n);
  const most = Math.max(TITLE_WIDTH, CHART_WIDTH + 40 - CELL_WIDTH * catalog.scenarios.length);
  const labels = targetLabels(catalog, language, most);
  const titleRoom = Math.max(...labels.flat().map((line) => textWidth(line, FONT_SIZE.axis))) + 16;
  const titles = catalog.scenarios.map(({ title }) => title[language]);
  const positions = cellPositions([], language);
  return frameChart(
    {
      heading: chart.title?.[language] ?? wording.attainmentTitle[language],
      subtitle: [
        wording.attainmentDueText[language]() +
          wording.JOIN[language].clause +
          runCount([Math.min(...counts), Math.max(...counts)], language),
      ],
      legend: [],
      grade: joinGrades(
        catalog.targets.map(({ indicator }) => findIndicator(catalog, indicator)),
        language,
      ),
      notes: indicatorNotes(catalog, chart, [], [], language),
      body: {
        width: CELL_WIDTH * catalog.scenarios.length,
        height: { step: Math.max(...labels.map((lines) => lines.length)) * TITLE_LINE + 7 },
        data: {
          values: [
            ...cells.map(({ n: _, isDue: _due, ...cell }) => cell),
            ...labels.map((title, target) => ({ target, scenario: 0, title })),
          ],
        },
        encoding: {
          ...positions,
          x: {
            field: "scenario",
            type: "ordinal",
            scale: { domain: catalog.scenarios.map((_, index) => index), padding: 0 },
            axis: slantedHeads(titles),
          },
        },
        layer: [
          ...cellLayers(titleRoom, -5),
          {
            transform: [{ filter: "isValid(datum.first)" }],
            mark: { type: "text", fontSize: 7.5, dy: 7, baseline: "middle" },
            encoding: {
              text: { field: "first", type: "nominal" },
              color: LETTERS,
            },
          },
        ],
      },
    },
    input,
    language,
  );
}

/** Scenario titles above the panels, broken to the width of a panel. */
function panelHeader(catalog: Catalog, width: number, language: Language) {
  const titles = catalog.scenarios.map(({ title }) =>
    wrapText(title[language], FONT_SIZE.axis * BOLD, width + PANEL_GAP),
  );
  return {
    title: null,
    labelExpr: `${JSON.stringify(titles)}[datum.value]`,
    labelAnchor: "start",
    labelFontWeight: "bold",
    labelLineHeight: TITLE_LINE,
    labelPadding: 6,
  } as const;
}

/** Cells of all targets and scenarios at the given times; those without any run are left out. */
function attainmentCells(input: ChartInput, times: readonly number[], language: Language): AttainmentCell[] {
  const { catalog } = input;
  return catalog.targets.flatMap((target, index) =>
    catalog.scenarios.flatMap(({ name, title }, scenario) => {
      const rows = input.targetShares(name, target.name);
      const first = medianFirst(rows);
      const firstText = first === undefined ? "–" : timeText(first);
      return rows
        .filter(({ time, n }) => times.includes(time) && n > 0)
        .map(({ time, share, n }): AttainmentCell => {
          const label = roundedPercent(share);
          const tip = wording.attainmentTip[language](
            target.title[language],
            title[language],
            timeInText(catalog, time, language),
            label,
            firstText,
          );
          const isDue = time === target.due;
          const cell = { target: index, scenario, time, share: dataNumber(share), n, label, isDue, tip };
          return isDue ? { ...cell, first: firstText } : cell;
        });
    }),
  );
}

/** The first time by which half of the runs have met the target once; undefined if they never do, or nobody has counted. */
export function medianFirst(rows: readonly TargetShare[]): number | undefined {
  let met = 0;
  for (const { time, n, first } of rows) {
    if (first === undefined) return undefined;
    met += first;
    if (n > 0 && 2 * met >= n) return time;
  }
  return undefined;
}

/** Columns are times, rows are targets. */
function cellPositions(times: readonly number[], language: Language) {
  return {
    x: {
      field: "time",
      type: "ordinal",
      scale: { domain: [...times, FIRST_COLUMN], padding: 0 },
      axis: {
        title: null,
        domain: false,
        ticks: false,
        labelAngle: 0,
        labelPadding: 4,
        labelFontSize: 9,
        labelExpr: `datum.value === ${FIRST_COLUMN} ? '${wording.WORDS.firstYear[language]}' : toString(datum.value)`,
      },
    },
    y: { field: "target", type: "ordinal", scale: { padding: 0 }, axis: null },
  } as const satisfies UnitSpec<string>["encoding"];
}

/** The first years, in a column of their own. */
const FIRST_LAYER: UnitSpec<string> = {
  transform: [{ filter: "isValid(datum.first)" }],
  mark: { type: "text", fontSize: 9, baseline: "middle", color: COLOURS.muted },
  encoding: { x: { datum: FIRST_COLUMN, type: "ordinal" }, text: { field: "first", type: "nominal" } },
};

/** The dark part of viridis needs white letters. */
const LETTERS = {
  condition: { test: `datum.share > ${VIRIDIS_DARK_FROM}`, value: "white" },
  value: "black",
} as const;

/** Coloured cells, frames of due dates, titles at the left, numbers moved down by `dy`. */
const cellLayers = (titleWidth: number, dy: number): UnitSpec<string>[] => [
  {
    transform: [{ filter: "isValid(datum.share)" }],
    mark: { type: "rect", stroke: "white", strokeWidth: 1, aria: true },
    encoding: {
      ...TIP,
      color: {
        field: "share",
        type: "quantitative",
        legend: null,
        scale: { domain: [0, 1], scheme: "viridis", reverse: true },
      },
    },
  },
  // Black with a white core: seen on the light and on the dark end of the scale.
  {
    transform: [{ filter: "datum.isDue" }],
    mark: { type: "rect", filled: false, stroke: COLOURS.ink, strokeWidth: 4, opacity: 1 },
  },
  {
    transform: [{ filter: "datum.isDue" }],
    mark: { type: "rect", filled: false, stroke: "white", strokeWidth: 1.2, opacity: 1 },
  },
  {
    transform: [{ filter: "isValid(datum.title)" }],
    mark: { type: "text", align: "left", baseline: "top", dy: 3, lineHeight: TITLE_LINE, fontSize: FONT_SIZE.axis },
    encoding: {
      x: { value: -titleWidth },
      y: { field: "target", type: "ordinal", bandPosition: 0 },
      text: { field: "title", type: "nominal" },
    },
  },
  {
    transform: [{ filter: "isValid(datum.share)" }],
    mark: { type: "text", fontSize: 9.5, dy, baseline: "middle" },
    encoding: {
      text: { field: "label", type: "nominal" },
      color: LETTERS,
    },
  },
];

/** A probability for readers, in %, rounded to 5; near the ends it is never printed as certain. */
export function roundedPercent(share: number): string {
  const rounded = Math.round(share * 20) * 5;
  if (rounded === 0) return "<5";
  return rounded === 100 ? ">95" : String(rounded);
}

/**
 * Save times after the start, thinned until all scenarios fit side by side; the last one and the dates at which targets are
 * due always stay.
 */
function shownTimes(catalog: Catalog): number[] {
  const later = catalog.saveTimes.filter((time) => time > catalog.time.start);
  const due = new Set(catalog.targets.map((target) => target.due));
  const most = Math.floor(MOST_CELLS / catalog.scenarios.length) - (catalog.scenarios.length > 1 ? 1 : 0);
  const every = (stride: number) =>
    later.filter((time, index) => (later.length - 1 - index) % stride === 0 || due.has(time));
  for (let stride = 1; stride < later.length; stride++) if (every(stride).length <= most) return every(stride);
  return every(later.length);
}

/** Lines that name each target: its title, then threshold and date. */
function targetLabels(catalog: Catalog, language: Language, width = TITLE_WIDTH): string[][] {
  return catalog.targets.map((target) => [
    ...wrapTextTo(width > TITLE_WIDTH ? 1 : MOST_TITLE_LINES, target.title[language], FONT_SIZE.axis, width - 14),
    thresholdText(catalog, target, language),
  ]);
}

/** `≥ 60% by 2025`: threshold in display units, and the date. */
export function thresholdText(catalog: Catalog, target: CatalogTarget, language: Language): string {
  const indicator = findIndicator(catalog, target.indicator);
  const unit = indicatorUnit(indicator, catalog.time.unit, Math.abs(target.threshold), language);
  const value = target.threshold * unit.factor;
  const number = formatNumber(value, decimalsOfThreshold(value, unit));
  const space = language === "zh" || unit.isPercent || unit.label === "" ? "" : " ";
  return wording.targetQuestion[language](
    target.comparison,
    number + space + unit.label,
    timeInText(catalog, target.due, language),
  );
}
