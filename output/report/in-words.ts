/** The summary of a report in sentences, and its tables as files to download. */
import { type ChartInput, type Language, scenarioTitle } from "../charts/chart-input.ts";
import { escapeMarkup } from "../charts/escape-markup.ts";
import * as wording from "../charts/wording.ts";
import type { IndicatorFigures } from "./main-figures.ts";

const MOST_SENTENCES = 6;

/** A share of runs above or below which a target counts as in reach or out of reach. */
const LIKELY = 2 / 3;

/** With more scenarios than this, one sentence says how many targets each meets. */
const MOST_GOAL_SENTENCES = 5;

/**
 * The course of what the model draws as fans, what the first comparison changes, and how many targets are likely under each
 * scenario.
 */
export function wordSummary(input: ChartInput, figures: readonly IndicatorFigures[], language: Language): string[] {
  const sentences = [
    ...courseSentences(input, figures, language),
    ...effectSentences(input, figures, language),
    ...goalSentences(input, language),
  ];
  if (sentences.length === 0) return [];
  return [`<ul class="words">${sentences.map((sentence) => `<li>${escapeMarkup(sentence)}</li>`).join("")}</ul>`];
}

function courseSentences({ catalog }: ChartInput, figures: readonly IndicatorFigures[], language: Language): string[] {
  const fans = catalog.charts.flatMap((chart) => (chart.kind === "fan" ? [chart.indicator] : []));
  const reference = scenarioTitle(catalog, catalog.reference)[language];
  const last = String(catalog.saveTimes.at(-1));
  return figuresOf(fans, figures).flatMap(({ indicator, unit, scenarios }) => {
    const level = scenarios.find(({ scenario }) => scenario === catalog.reference)?.levels.at(-1);
    if (level === undefined) return [];
    const number = withUnit(level.median, unit.label, language);
    return [
      wording.courseText[language](indicator.title[language], reference, last, number, `${level.low}–${level.high}`),
    ];
  });
}

/** The paired differences of the first comparison that the model asks for and the batch has. */
export function effectSentences(
  { catalog }: Pick<ChartInput, "catalog">,
  figures: readonly IndicatorFigures[],
  language: Language,
): string[] {
  const names = new Set(catalog.scenarios.map(({ name }) => name));
  const chart = catalog.charts.find(
    (one) => one.kind === "paired" && one.scenario !== catalog.reference && names.has(one.scenario),
  );
  if (chart?.kind !== "paired") return [];
  const scenario = scenarioTitle(catalog, chart.scenario)[language];
  const reference = scenarioTitle(catalog, catalog.reference)[language];
  const last = String(catalog.saveTimes.at(-1));
  return figuresOf(chart.indicators, figures).flatMap(({ indicator, unit, scenarios }) => {
    const difference = scenarios.find((one) => one.scenario === chart.scenario)?.difference;
    if (difference === undefined) return [];
    const number = withUnit(difference.median, unit.differenceLabel, language);
    const band = `${difference.low} – ${difference.high}`;
    return [wording.effectText[language](indicator.title[language], [scenario, reference], last, number, band)];
  });
}

function figuresOf(names: readonly string[], figures: readonly IndicatorFigures[]): readonly IndicatorFigures[] {
  return names.flatMap((name) => figures.filter(({ indicator }) => indicator.name === name)).slice(0, MOST_SENTENCES);
}

/** A number and its unit as the language sets them. */
function withUnit(number: string, unit: string, language: Language): string {
  const isClose = language === "zh" || unit === "" || unit === "%";
  return number + (isClose ? "" : " ") + unit;
}

function goalSentences(input: ChartInput, language: Language): string[] {
  const { scenarios, targets } = input.catalog;
  if (targets.length === 0) return [];
  const counts = scenarios.map(({ name, title }) => ({ title: title[language], likely: likelyTargets(name, input) }));
  if (counts.length <= MOST_GOAL_SENTENCES) {
    return counts.map(({ title, likely }) => wording.goalsText[language](title, likely, targets.length));
  }
  const { list } = wording.JOIN[language];
  const ranked = counts.sort((a, b) => b.likely - a.likely).map(({ title, likely }) => `${title} ${likely}`);
  return [wording.goalsOfAll[language](targets.length, ranked.join(list))];
}

/** Number of targets that are met when they are due in so many runs that they count as in reach. */
function likelyTargets(scenario: string, input: ChartInput): number {
  return input.catalog.targets.filter(({ name, due }) => {
    const row = input.targetShares(scenario, name).find(({ time }) => time === due);
    return row !== undefined && row.n > 0 && row.share >= LIKELY;
  }).length;
}

/** A link that holds a table as CSV, with the mark by which Excel knows UTF-8. */
export function downloadLink(
  heads: readonly string[],
  figures: readonly IndicatorFigures[],
  language: Language,
): string {
  const rows = figures.flatMap(({ indicator, unit, scenarios }) =>
    scenarios.map(({ title, levels, difference }) => [
      indicator.title[language],
      unit.label,
      title,
      ...[...levels, difference].flatMap((figure) =>
        figure === undefined ? ["", "", ""] : [figure.low, figure.median, figure.high],
      ),
    ]),
  );
  const [scenario = "", ...columns] = heads;
  const numbers = columns.flatMap((column) => [`${column} 10%`, `${column} 50%`, `${column} 90%`]);
  const csv = [["", "", scenario, ...numbers], ...rows].map((row) => row.map(csvField).join(",")).join("\r\n");
  const href = `data:text/csv;charset=utf-8,${encodeURIComponent(`\ufeff${csv}`)}`;
  return `<p class="download"><a download="figures.${language}.csv" href="${escapeMarkup(href)}">${wording.WORDS.download[language]}</a></p>`;
}

/** Numbers without thousands separators and with an ASCII minus; text that a spreadsheet would run as a formula is quoted. */
function csvField(text: string): string {
  const plain = /^[+−]?[\d,.]+$/.test(text) ? text.replaceAll(",", "").replace("−", "-").replace("+", "") : text;
  const safe = /^[=+@\t]/.test(plain) ? `'${plain}` : plain;
  return `"${safe.replaceAll('"', '""')}"`;
}
