/**
 * One page with everything a policy team needs from a batch, in both languages, without network.
 *
 * All text from the model is escaped; the content security policy forbids requests and every script but the page's own. Without
 * scripts everything stays readable, but for the selectors of places and scenarios, the text under the pointer, and the charts' data.
 */
import { createHash } from "node:crypto";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import { dataText } from "../charts/chart-data.ts";
import { type ChartInput, LANGUAGES, type Language, scenarioTitle } from "../charts/chart-input.ts";
import { formatNumber } from "../charts/display-unit.ts";
import { chartsNotDrawn, type DrawnChart } from "../charts/draw-charts.ts";
import { escapeMarkup } from "../charts/escape-markup.ts";
import { failedText } from "../charts/frame.ts";
import { timeInText, timeText } from "../charts/time-axis.ts";
import * as wording from "../charts/wording.ts";
import { fontFaces } from "../fonts/chart-font.ts";
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
import { REPORT_STYLE } from "./report-style.ts";

/** Nothing is loaded, and no script runs but the one whose hash stands here (CSP 3, hash sources). */
const SECURITY_POLICY = [
  "default-src 'none'",
  `script-src 'sha256-${createHash("sha256").update(PAGE_SCRIPT).digest("base64")}'`,
  "style-src 'unsafe-inline'",
  "font-src data:",
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** From more scenarios than this on, the heads of the targets stand upright. */
const MANY_SCENARIOS = 5;

const LANGUAGE_TAGS: Readonly<Record<Language, string>> = { en: "en", zh: "zh-CN" };
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", zh: "中文" };

/**
 * The page as HTML.
 *
 * @param charts drawn charts in both languages, as {@link drawEach} gives them; a language without charts gets none.
 * @param first the language that is shown when the page is opened.
 */
export function reportPage(input: ChartInput, charts: readonly DrawnChart[], first: Language): string {
  const { title } = input.catalog.model;
  const choices = LANGUAGES.map(
    (language) =>
      `<input class="choice" type="radio" name="language" id="choose-${language}"${language === first ? " checked" : ""}>`,
  );
  const labels = LANGUAGES.map(
    (language) =>
      `<label for="choose-${language}" lang="${LANGUAGE_TAGS[language]}">${LANGUAGE_NAMES[language]}</label>`,
  );
  const parts = LANGUAGES.map((language) =>
    languagePart(
      input,
      charts.filter((chart) => chart.language === language),
      language,
    ),
  );
  return [
    "<!doctype html>",
    `<html lang="${LANGUAGE_TAGS[first]}">`,
    "<head>",
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${SECURITY_POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeMarkup(wording.reportTitle[first](title[first]))}</title>`,
    `<style>\n${fontFaces(parts.join("").replace(/<[^>]*>/g, "") + placesData(input))}\n${REPORT_STYLE}\n</style>`,
    "</head>",
    "<body>",
    ...choices,
    `<p class="switch">${labels.join("")}</p>`,
    ...parts,
    `<script type="application/json" id="places">${placesData(input)}</script>`,
    ...chartData(charts),
    '<div id="tip" role="status" hidden></div>',
    `<script>${PAGE_SCRIPT}</script>`,
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function languagePart(input: ChartInput, charts: readonly DrawnChart[], language: Language): string {
  const { catalog } = input;
  const figures = mainFigures(input, language);
  const further = furtherFigures(input, language);
  return [
    `<main lang="${LANGUAGE_TAGS[language]}">`,
    `<h1>${escapeMarkup(wording.reportTitle[language](catalog.model.title[language]))}</h1>`,
    `<p class="lead">${wording.WORDS.notForecast[language]}${wording.JOIN[language].clause}${escapeMarkup(scenarioList(catalog, language))}</p>`,
    ...wordSummary(input, figures, language),
    navigation(catalog, figures.length > 0, catalog.targets.length > 0, further.length > 0, charts, language),
    ...(figures.length > 0 ? [section("summary", "summary", language), figureTable(input, figures, language)] : []),
    ...(catalog.targets.length > 0 ? [section("targets", "targets", language), targetTable(input, language)] : []),
    ...placesSection(input, language),
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
    "</main>",
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

/** A chart that the keyboard reaches, and its data to take away. */
function figure(chart: DrawnChart, language: Language): string {
  const title = escapeMarkup(chart.title);
  const file = `${idText(chart.name)}.csv`;
  return [
    `<figure id="chart-${anchor(chart)}">`,
    `<div class="chart" tabindex="0" role="group" aria-label="${title}">${isolateIds(chart)}</div>`,
    `<figcaption><button type="button" class="data" data-id="data-${idText(chart.name)}" data-file="${file}" hidden>${wording.WORDS.chartData[language]}</button></figcaption>`,
    "</figure>",
  ].join("");
}

/** The data of each chart once, whatever the language, safe within a script element. */
function chartData(charts: readonly DrawnChart[]): string[] {
  const byName = new Map(charts.map((chart) => [chart.name, chart.data]));
  return [...byName].map(
    ([name, data]) =>
      `<script type="application/json" id="data-${idText(name)}">${dataText(data).trimEnd().replaceAll("<", "\\u003c")}</script>`,
  );
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

/** Anchors are made of what every browser takes in an address; other characters by their code. */
function anchor({ name, language }: DrawnChart): string {
  return `${idText(name)}-${language}`;
}

function idText(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/gu, (character) => `u${character.codePointAt(0)!.toString(16)}`);
}

/**
 * The picture for a page with other pictures: ids of one document must differ (HTML standard, "The id attribute"), and
 * Vega numbers its clip paths from 1 in every picture.
 */
function isolateIds(chart: DrawnChart): string {
  const prefix = anchor(chart);
  return chart.svg
    .trimEnd()
    .replace(/ id="([^"]+)"/g, ` id="${prefix}-$1"`)
    .replace(/url\(#([^)]+)\)/g, `url(#${prefix}-$1)`);
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
  const left = chartsNotDrawn(input);
  const { list } = wording.JOIN[language];
  const named = left.flatMap((one) =>
    one.lacks === "scenario" ? [wording.chartOfScenario[language](one.name, one.scenario)] : [],
  );
  const alone = left.flatMap(({ name, lacks }) => (lacks === "reference" ? [name] : []));
  const unknown = left.flatMap(({ name, lacks }) => (lacks === "sensitivity" ? [name] : []));
  return [
    ...(named.length > 0 ? [wording.notDrawnText[language](named.join(list))] : []),
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
    [words.seed[language], facts.seed],
    [words.draws[language], formatNumber(facts.draws, 0)],
    ...designEntry(facts.sampling, language),
    [words.failed[language], failedText(facts.failedShare)],
    [words.command[language], facts.command],
  ];
  const list = entries.map(([name, value]) => `<dt>${name}</dt><dd>${escapeMarkup(value)}</dd>`).join("\n");
  return `<footer>\n<strong>${wording.WORDS.provenance[language]}</strong>\n<dl>\n${list}\n</dl>\n<p>${wording.WORDS.notForecast[language]}</p>\n</footer>`;
}
