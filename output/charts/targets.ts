/**
 * Heat map of target attainment: for each target and scenario, the share of runs that meet it, year by year.
 *
 * Probabilities are rounded to 5 %: model error makes finer digits misleading. The year in which the target is due has a
 * frame. Rows of one target stand together, so that scenarios can be compared.
 */
import type { TopLevelSpec } from "vega-lite";
import type { UnitSpec } from "vega-lite/types_unstable/spec/index.js";
import type { Catalog, CatalogChart, CatalogTarget } from "../../engine/ensemble/catalog.ts";
import { ChartError, type ChartInput, findIndicator, type Language } from "./chart-input.ts";
import { formatNumber, indicatorUnit } from "./display-unit.ts";
import { decimalsOfThreshold } from "./fan.ts";
import { dataNumber } from "./fan-layers.ts";
import { frameChart } from "./frame.ts";
import { COLOURS, FONT_SIZE } from "./style.ts";
import { indicatorNotes, joinGrades, runCount } from "./subtitle.ts";
import { textWidth, wrapTextTo } from "./text-width.ts";
import { timeInText } from "./time-axis.ts";
import * as wording from "./wording.ts";

type TargetsRequest = Extract<CatalogChart, { kind: "targets" }>;

const CELL_WIDTH = 27;
const CELL_HEIGHT = 19;
/** Room for the target's title, left of the scenario names: beside few rows, a title should need few lines. */
const TITLE_WIDTH = { fewScenarios: 270, manyScenarios: 180 } as const;
const MOST_TITLE_LINES = 3;
const TITLE_LINE = 14;
/** More columns than this do not fit on a page; then every second, third … time is shown. */
const MOST_COLUMNS = 16;

/** One cell of the heat map. */
interface AttainmentCell {
  readonly target: number;
  readonly scenario: string;
  readonly time: number;
  /** Share of runs, unrounded; the colour. */
  readonly share: number;
  /** Runs behind the share. */
  readonly n: number;
  readonly label: string;
  readonly isDue: boolean;
}

export function targetsChart(chart: TargetsRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  if (catalog.targets.length === 0) throw new ChartError(`chart "${chart.name}": the model has no targets`);
  const times = shownTimes(catalog);
  const cells = attainmentCells(input, times);
  if (cells.length === 0) throw new ChartError(`chart "${chart.name}": no run has a value for any target`);
  const titles = catalog.scenarios.map(({ title }) => title[language]);
  const titleWidth = TITLE_WIDTH[titles.length > 2 ? "manyScenarios" : "fewScenarios"];
  const labelWidth = titleWidth + Math.max(...titles.map((title) => textWidth(title, FONT_SIZE.axis)));
  const counts = cells.map(({ n }) => n);
  const runs = runCount([Math.min(...counts), Math.max(...counts)], language);
  const judged = catalog.targets.map(({ indicator }) => findIndicator(catalog, indicator));

  return frameChart(
    {
      heading: chart.title?.[language] ?? wording.attainmentTitle[language],
      subtitle: [wording.attainmentText[language]() + wording.JOIN[language].clause + runs],
      legend: [{ label: wording.WORDS.targetDue[language], symbol: "frame", colour: COLOURS.ink }],
      grade: joinGrades(judged, language),
      notes: indicatorNotes(catalog, chart, [], [], language),
      width: labelWidth + CELL_WIDTH * times.length + 30,
      body: {
        data: {
          values: [
            ...cells.map(({ n: _, ...cell }) => cell),
            ...targetLabels(catalog, titleWidth, language).map((title, target) => ({ target, title })),
          ],
        },
        spacing: 9,
        // Scenario names stand between a target's title and its cells.
        resolve: { axis: { y: "independent" } },
        facet: { row: { field: "target", type: "ordinal", header: { title: null, labels: false } } },
        spec: {
          width: { step: CELL_WIDTH },
          height: { step: CELL_HEIGHT },
          encoding: cellPositions(catalog, times, language),
          layer: cellLayers(labelWidth),
        },
      },
    },
    input,
    language,
  );
}

/** Cells of all targets and scenarios at the given times; those without any run are left out. */
function attainmentCells({ catalog, targetShares }: ChartInput, times: readonly number[]): AttainmentCell[] {
  return catalog.targets.flatMap((target, index) =>
    catalog.scenarios.flatMap(({ name: scenario }) =>
      targetShares(scenario, target.name)
        .filter(({ time, n }) => times.includes(time) && n > 0)
        .map(({ time, share, n }) => ({
          target: index,
          scenario,
          time,
          share: dataNumber(share),
          n,
          label: roundedPercent(share),
          isDue: time === target.due,
        })),
    ),
  );
}

/** Columns are times, rows are scenarios. */
function cellPositions(catalog: Catalog, times: number[], language: Language) {
  const titles = JSON.stringify(
    Object.fromEntries(catalog.scenarios.map(({ name, title }) => [name, title[language]])),
  );
  const bare = { title: null, domain: false, ticks: false } as const;
  return {
    x: {
      field: "time",
      type: "ordinal",
      scale: { domain: times, padding: 0 },
      axis: { ...bare, labelAngle: 0, labelPadding: 4, labelFontSize: 9 },
    },
    y: {
      field: "scenario",
      type: "nominal",
      scale: { domain: catalog.scenarios.map(({ name }) => name), padding: 0 },
      axis: { ...bare, labelPadding: 5, labelExpr: `${titles}[datum.value]` },
    },
  } as const satisfies UnitSpec<string>["encoding"];
}

/** Coloured cells, frames of due dates, titles at the left, numbers. */
function cellLayers(labelWidth: number): UnitSpec<string>[] {
  return [
    {
      transform: [{ filter: "isValid(datum.share)" }],
      mark: { type: "rect", stroke: "white", strokeWidth: 1 },
      encoding: {
        color: {
          field: "share",
          type: "quantitative",
          legend: null,
          scale: { domain: [0, 1], scheme: "viridis", reverse: true },
        },
      },
    },
    {
      transform: [{ filter: "datum.isDue" }],
      mark: { type: "rect", filled: false, stroke: COLOURS.ink, strokeWidth: 2, opacity: 1 },
    },
    {
      transform: [{ filter: "isValid(datum.title)" }],
      mark: { type: "text", align: "left", baseline: "top", lineHeight: TITLE_LINE, fontSize: FONT_SIZE.axis },
      encoding: { x: { value: -labelWidth }, y: { value: 3 }, text: { field: "title", type: "nominal" } },
    },
    {
      transform: [{ filter: "isValid(datum.share)" }],
      mark: { type: "text", fontSize: 9.5, baseline: "middle" },
      encoding: {
        text: { field: "label", type: "nominal" },
        // The dark half of viridis needs white letters.
        color: { condition: { test: "datum.share > 0.45", value: "white" }, value: COLOURS.ink },
      },
    },
  ];
}

/** A probability for readers, in %, rounded to 5; near the ends it is never printed as certain. */
export function roundedPercent(share: number): string {
  const rounded = Math.round(share * 20) * 5;
  if (rounded === 0) return "<5";
  return rounded === 100 ? ">95" : String(rounded);
}

/** Save times after the start, thinned to what fits on a page; dates at which targets are due stay. */
function shownTimes(catalog: Catalog): number[] {
  const later = catalog.saveTimes.filter((time) => time > catalog.time.start);
  const stride = Math.ceil(later.length / MOST_COLUMNS);
  const due = new Set(catalog.targets.map((target) => target.due));
  return later.filter((time, index) => (later.length - 1 - index) % stride === 0 || due.has(time));
}

/** Lines that name each target: its title, then threshold and date. */
function targetLabels(catalog: Catalog, width: number, language: Language): string[][] {
  return catalog.targets.map((target) => [
    ...wrapTextTo(MOST_TITLE_LINES, target.title[language], FONT_SIZE.axis, width - 20),
    thresholdText(catalog, target, language),
  ]);
}

/** `≥ 60% by 2025`: threshold in display units, and the date. */
export function thresholdText(catalog: Catalog, target: CatalogTarget, language: Language): string {
  const indicator = findIndicator(catalog, target.indicator);
  const unit = indicatorUnit(indicator, catalog.time.unit, Math.abs(target.threshold), language);
  const value = target.threshold * unit.factor;
  const number = formatNumber(value, decimalsOfThreshold(value, unit));
  const space = language === "zh" || unit.label === "%" || unit.label === "" ? "" : " ";
  return wording.targetQuestion[language](
    target.comparison,
    number + space + unit.label,
    timeInText(catalog, target.due, language),
  );
}
