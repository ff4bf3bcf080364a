/**
 * One page with everything a policy team needs from a batch, in both languages, without network.
 *
 * All text from the model is escaped; the content security policy forbids requests and every script but the page's own. Without
 * scripts everything stays readable, but for the selectors of places and scenarios, the text under the pointer, and the charts' data.
 */
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import { type ChartInput, type Language, scenarioTitle } from "../charts/chart-input.ts";
import { formatNumber } from "../charts/display-unit.ts";
import { chartsNotDrawn, type DrawnChart } from "../charts/draw-charts.ts";
import { escapeMarkup } from "../charts/escape-markup.ts";
import { failedText } from "../charts/frame.ts";
import { timeInText, timeText } from "../charts/time-axis.ts";
import * as wording from "../charts/wording.ts";
import { anchor, chartData, figure } from "./figure.ts";
import { htmlPage } from "./html-page.ts";
import { downloadLink, wordSummary } from "./in-words.ts";
import {
  type FigureText,
  figureTimes,
  furtherFigures,
  type IndicatorFigures,
  mainFigures,
  targetFigures,
} from "./main-figures.ts";
import { PAGE_SCRIPT } from "./page-script.ts";
import { placesData, placesSection } from "./places.ts";
import { CHAPTERS, chaptersOf } from "./report-chapters.ts";
import { tilesData, tilesSection } from "./tile-explorer.ts";

/** From more scenarios than this on, the heads of the targets stand upright. */
const MANY_SCENARIOS = 5;

/**
 * The page as HTML.
 *
 * @param charts drawn charts in both languages, as {@link drawEach} gives them; a language without charts gets none.
 * @param first the language that is shown when the page is opened.
 */
export function reportPage(input: ChartInput, charts: readonly DrawnChart[], first: Language): string {
  const { title } = input.catalog.model;
  const part = (language: Language) =>
    languagePart(
      input,
      charts.filter((chart) => chart.language === language),
      language,
    );
  return htmlPage({
    title: { en: wording.reportTitle.en(title.en), zh: wording.reportTitle.zh(title.zh) },
    first,
    parts: { en: part("en"), zh: part("zh") },
    data: { places: placesData(input), tiles: tilesData(input), ...chartData(charts) },
    script: PAGE_SCRIPT,
  });
}

function languagePart(input: ChartInput, charts: readonly DrawnChart[], language: Language): string {
  const { catalog } = input;
  const figures = mainFigures(input, language);
  const further = furtherFigures(input, language);
  return [
    `<h1>${escapeMarkup(wording.reportTitle[language](catalog.model.title[language]))}</h1>`,
    `<p class="lead">${wording.WORDS.notForecast[language]}${wording.JOIN[language].clause}${escapeMarkup(scenarioList(catalog, language))}</p>`,
    ...wordSummary(input, figures, language),
    navigation(catalog, figures.length > 0, catalog.targets.length > 0, further.length > 0, charts, language),
    ...(figures.length > 0 ? [section("summary", "summary", language), figureTable(input, figures, language)] : []),
    ...(catalog.targets.length > 0 ? [section("targets", "targets", language), targetTable(input, language)] : []),
    ...placesSection(input, language),
    ...tilesSection(input, language),
    ...chapters(catalog, charts, language),
    ...notDrawnLines(input, language),
    ...(further.length > 0
      ? [
          section("further", "furtherFigures", language),
          `<details><summary>${wording.furtherText[language](String(further.length))}</summary>`,
          figureTable(input, further, language),
          "</details>",
        ]
      : []),
    footer(input, language),
  ].join("\n");
}

function scenarioList(catalog: Catalog, language: Language): string {
  const names = catalog.scenarios.map(({ title }) => title[language]);
  return wording.scenariosText[language](names.join(wording.JOIN[language].list));
}

/** A heading for each chapter, and its charts. */
function chapters(catalog: Catalog, charts: readonly DrawnChart[], language: Language): string[] {
  return chaptersOf(catalog, charts).flatMap(({ chapter, shown }) => [
    `<h2 id="chapter-${chapter}-${language}">${CHAPTERS[chapter].title[language]}</h2>`,
    ...shown.map((chart) => figure(chart, language)),
  ]);
}

function section(id: string, word: keyof typeof wording.WORDS, language: Language): string {
  return `<h2 id="${id}-${language}">${wording.WORDS[word][language]}</h2>`;
}

function navigation(
  catalog: Catalog,
  hasFigures: boolean,
  hasTargets: boolean,
  hasFurther: boolean,
  charts: readonly DrawnChart[],
  language: Language,
): string {
  const link = (id: string, text: string) => `<li><a href="#${id}">${escapeMarkup(text)}</a></li>`;
  return [
    `<nav aria-label="${wording.WORDS.contents[language]}"><ul>`,
    ...(hasFigures ? [link(`summary-${language}`, wording.WORDS.summary[language])] : []),
    ...(hasTargets ? [link(`targets-${language}`, wording.WORDS.targets[language])] : []),
    ...chaptersOf(catalog, charts).flatMap(({ chapter, shown }) => [
      `<li class="chapter"><a href="#chapter-${chapter}-${language}">${CHAPTERS[chapter].title[language]}</a></li>`,
      ...shown.map((chart) => link(`chart-${anchor(chart)}`, chart.title)),
    ]),
    ...(hasFurther ? [link(`further-${language}`, wording.WORDS.furtherFigures[language])] : []),
    "</ul></nav>",
  ].join("\n");
}

/** One body of rows an indicator, one row a scenario: the two times, and the paired difference at the last. */
function figureTable(input: ChartInput, figures: readonly IndicatorFigures[], language: Language): string {
  const { catalog } = input;
  const times = figureTimes(catalog);
  const reference = scenarioTitle(catalog, catalog.reference)[language];
  const heads = [
    wording.WORDS.scenario[language],
    ...times.map(timeText),
    ...(catalog.scenarios.length > 1
      ? [wording.differenceHeading[language](reference, timeInText(catalog, times.at(-1)!, language))]
      : []),
  ];
  return [
    '<div class="wide figures"><table>',
    `<caption>${wording.summaryCaption[language]()}</caption>`,
    `<thead><tr>${heads.map((head) => `<th scope="col">${escapeMarkup(head)}</th>`).join("")}</tr></thead>`,
    ...figures.map((row) => figureRows(row, heads.length, language)),
    "</table></div>",
    downloadLink(heads, figures, language),
  ].join("\n");
}

function figureRows({ indicator, unit, scenarios }: IndicatorFigures, columns: number, language: Language): string {
  const title = indicator.title[language] + (unit.label === "" ? "" : wording.JOIN[language].comma + unit.label);
  const rows = scenarios.map(({ title: scenario, levels, difference }) => {
    const cells = levels.map((figure) => figureCell(figure, wording.WORDS.noValue[language]));
    if (scenarios.length > 1) cells.push(figureCell(difference, "–"));
    return `<tr><th scope="row">${escapeMarkup(scenario)}</th>${cells.join("")}</tr>`;
  });
  const head = `<tr><th scope="rowgroup" colspan="${columns}">${escapeMarkup(title)}</th></tr>`;
  return `<tbody>${head}${rows.join("")}</tbody>`;
}

function figureCell(figure: FigureText | undefined, otherwise: string): string {
  if (figure === undefined) return `<td>${otherwise}</td>`;
  return `<td>${figure.median} <span class="band">(${figure.low} – ${figure.high})</span></td>`;
}

function targetTable(input: ChartInput, language: Language): string {
  const heads = [wording.WORDS.target[language], ...input.catalog.scenarios.map(({ title }) => title[language])];
  const rows = targetFigures(input, language).map(({ target, question, shares }) => {
    const title = `${escapeMarkup(target.title[language])} <span class="band">${escapeMarkup(question)}</span>`;
    const cells = shares.map((share) => `<td>${escapeMarkup(share ?? wording.WORDS.noValue[language])}</td>`);
    return `<tr><th scope="row">${title}</th>${cells.join("")}</tr>`;
  });
  return [
    `<div class="wide targets${input.catalog.scenarios.length > MANY_SCENARIOS ? " many" : ""}"><table>`,
    `<caption>${wording.WORDS.probability[language]}</caption>`,
    `<thead><tr>${heads.map((head) => `<th scope="col"><span>${escapeMarkup(head)}</span></th>`).join("")}</tr></thead>`,
    `<tbody>${rows.join("\n")}</tbody>`,
    "</table></div>",
  ].join("\n");
}

/** Which charts are missing, and what would bring them. */
function notDrawnLines(input: ChartInput, language: Language): string[] {
  const { catalog } = input;
  const left = chartsNotDrawn(input);
  const { list } = wording.JOIN[language];
  const titleOf = (name: string) => catalog.charts.find((chart) => chart.name === name)?.title?.[language] ?? name;
  const lacking = left.flatMap((one) => (one.lacks === "scenarios" ? [one] : []));
  const named = lacking.map(({ name, scenarios }) =>
    wording.chartOfScenarios[language](titleOf(name), scenarios.join(list)),
  );
  const needed = new Set([...catalog.scenarios.map(({ name }) => name), ...lacking.flatMap((one) => one.scenarios)]);
  const alone = left.flatMap(({ name, lacks }) => (lacks === "reference" ? [titleOf(name)] : []));
  const unknown = left.flatMap(({ name, lacks }) => (lacks === "sensitivity" ? [titleOf(name)] : []));
  return [
    ...(named.length > 0 ? [wording.notDrawnText[language](named.join(list), [...needed].join(","))] : []),
    ...(alone.length > 0 ? [wording.noReferenceText[language](alone.join(list))] : []),
    ...(unknown.length > 0 ? [wording.noSensitivityText[language](unknown.join(list))] : []),
  ].map((text) => `<p class="lead">${escapeMarkup(text)}</p>`);
}

/** The design, where it is not that of independent draws. */
function designEntry(sampling: ChartInput["facts"]["sampling"], language: Language): (readonly [string, string])[] {
  const errors = sampling && wording.errorsText(sampling.errors, language);
  if (!sampling || !errors) return [];
  const [open, close] = language === "zh" ? ["（", "）"] : [" (", ")"];
  return [[wording.PROVENANCE_WORDS.design[language], `${sampling.design}${open}${errors}${close}`]];
}

function footer(input: ChartInput, language: Language): string {
  const { catalog, facts } = input;
  const words = wording.PROVENANCE_WORDS;
  const entries: readonly (readonly [string, string])[] = [
    [words.model[language], `${catalog.model.title[language]} (${catalog.model.name})`],
    [words.hash[language], catalog.model.hash],
    [words.run[language], facts.run],
    [words.seed[language], facts.seed],
    [words.draws[language], formatNumber(facts.draws, 0)],
    ...designEntry(facts.sampling, language),
    [words.failed[language], failedText(facts.failedShare)],
    [words.command[language], facts.command],
  ];
  const list = entries.map(([name, value]) => `<dt>${name}</dt><dd>${escapeMarkup(value)}</dd>`).join("\n");
  return `<footer>\n<strong>${wording.WORDS.provenance[language]}</strong>\n<dl>\n${list}\n</dl>\n<p>${wording.WORDS.notForecast[language]}</p>\n</footer>`;
}
