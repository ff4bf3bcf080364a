/**
 * The short table at the end of a run: the reference scenario with its bands, medians of the other scenarios, and how
 * probable each target is.
 */
import { type ChartInput, type Language, scenarioTitle } from "../charts/chart-input.ts";
import { timeInText, timeText } from "../charts/time-axis.ts";
import * as wording from "../charts/wording.ts";
import { type FigureText, figureTimes, type IndicatorFigures, mainFigures, targetFigures } from "./main-figures.ts";
import { alignColumns, alignInBlocks, tableWidth } from "./text-columns.ts";

/** Letters in a line of a log, where no terminal says how many there are. */
const LOG_WIDTH = 140;

/**
 * Lines of text, without colour, for a terminal or a log: the indicators that the model's charts show (the report page has
 * all). Where the titles of the scenarios are wider (in letters) than allowed, numbers stand for them, which are told first. Empty for a
 * model without scalar indicators and targets.
 */
export function summaryTable(input: ChartInput, language: Language, width = LOG_WIDTH): readonly string[] {
  const figures = mainFigures(input, language);
  const { scenarios, targets } = input.catalog;
  const titles = scenarios.map(({ title }) => title[language]);
  const tables = [
    ...(figures.length > 0 && scenarios.length > 1 ? [scenarioRows(input, figures, language)] : []),
    ...(targets.length > 0 ? [targetRows(input, language)] : []),
  ];
  const isWide = tables.some(([head, ...rows]) => tableWidth([[head[0], ...titles], ...rows]) > width);
  const labels = isWide ? titles.map((_, index) => String(index + 1)) : titles;
  const blocks = [
    figures.length > 0 ? levelLines(input, figures, language) : [],
    isWide ? titles.map((title, index) => `${labels[index]!.padStart(3)}  ${title}`) : [],
    ...tables.map(([head, ...rows]) => alignInBlocks([[head[0], ...labels], ...rows], width)),
  ].filter((block) => block.length > 0);
  return blocks.flatMap((block, index) => (index === 0 ? block : ["", ...block]));
}

/** The heading of the first column, then rows with one cell a scenario. */
type ScenarioTable = readonly [head: readonly [string], ...rows: readonly (readonly string[])[]];

/** The reference scenario at each time: median and 80 % band. */
function levelLines(input: ChartInput, figures: readonly IndicatorFigures[], language: Language): string[] {
  const { catalog } = input;
  const reference = catalog.scenarios.findIndex(({ name }) => name === catalog.reference);
  const head = [
    wording.scenarioText[language](scenarioTitle(catalog, catalog.reference)[language]),
    ...figureTimes(catalog).flatMap((time) => [timeText(time), `[${wording.WORDS.range[language]}]`]),
  ];
  const rows = figures.map((row) => [
    indicatorText(row, language),
    ...row.scenarios[reference]!.levels.flatMap((level) => [medianText(level, language), bandText(level)]),
  ]);
  return alignColumns([head, ...rows]);
}

/** Medians of the last time. */
function scenarioRows(input: ChartInput, figures: readonly IndicatorFigures[], language: Language): ScenarioTable {
  const last = timeInText(input.catalog, figureTimes(input.catalog).at(-1)!, language);
  const rows = figures.map((row) => [
    indicatorText(row, language),
    ...row.scenarios.map(({ levels }) => medianText(levels.at(-1), language)),
  ]);
  return [[wording.medianByScenario[language](last)], ...rows];
}

function targetRows(input: ChartInput, language: Language): ScenarioTable {
  const rows = targetFigures(input, language).map(({ target, question, shares }) => [
    `${target.title[language]} (${question})`,
    ...shares.map((share) => share ?? wording.WORDS.noValue[language]),
  ]);
  return [[wording.WORDS.probability[language]], ...rows];
}

function indicatorText({ indicator, unit }: IndicatorFigures, language: Language): string {
  const title = indicator.title[language];
  return unit.label === "" ? title : title + wording.JOIN[language].comma + unit.label;
}

function medianText(figure: FigureText | undefined, language: Language): string {
  return figure?.median ?? wording.WORDS.noValue[language];
}

function bandText(figure: FigureText | undefined): string {
  return figure === undefined ? "" : `[${figure.low}–${figure.high}]`;
}
