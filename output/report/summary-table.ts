/**
 * The short table at the end of a run: the reference scenario with its bands, medians of the other scenarios, and how
 * probable each target is.
 */
import { type ChartInput, type Language, scenarioTitle } from "../charts/chart-input.ts";
import { timeInText, timeText } from "../charts/time-axis.ts";
import * as wording from "../charts/wording.ts";
import { type FigureText, figureTimes, type IndicatorFigures, mainFigures, targetFigures } from "./main-figures.ts";
import { alignColumns, alignInBlocks } from "./text-columns.ts";

/** Letters in a line of a log, where no terminal says how many there are. */
const LOG_WIDTH = 140;

/**
 * Lines of text, without colour, for a terminal or a log: the indicators that the model's charts show (the report page has
 * all). Scenarios that do not fit into the width (in letters) stand below. Empty for a model without scalar indicators and targets.
 */
export function summaryTable(input: ChartInput, language: Language, width = LOG_WIDTH): readonly string[] {
  const figures = mainFigures(input, language);
  const blocks = [
    figures.length > 0 ? levelLines(input, figures, language) : [],
    figures.length > 0 && input.catalog.scenarios.length > 1 ? scenarioLines(input, figures, language, width) : [],
    input.catalog.targets.length > 0 ? targetLines(input, language, width) : [],
  ].filter((block) => block.length > 0);
  return blocks.flatMap((block, index) => (index === 0 ? block : ["", ...block]));
}

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

/** Medians of the last time, one column a scenario. */
function scenarioLines(
  input: ChartInput,
  figures: readonly IndicatorFigures[],
  language: Language,
  width: number,
): string[] {
  const { catalog } = input;
  const head = [
    wording.medianByScenario[language](timeInText(catalog, figureTimes(catalog).at(-1)!, language)),
    ...catalog.scenarios.map(({ title }) => title[language]),
  ];
  const rows = figures.map((row) => [
    indicatorText(row, language),
    ...row.scenarios.map(({ levels }) => medianText(levels.at(-1), language)),
  ]);
  return alignInBlocks([head, ...rows], width);
}

function targetLines(input: ChartInput, language: Language, width: number): string[] {
  const head = [wording.WORDS.probability[language], ...input.catalog.scenarios.map(({ title }) => title[language])];
  const rows = targetFigures(input, language).map(({ target, question, shares }) => [
    `${target.title[language]} (${question})`,
    ...shares.map((share) => share ?? wording.WORDS.noValue[language]),
  ]);
  return alignInBlocks([head, ...rows], width);
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
