/** A comparison as one page in both languages: the verdict, what moved by indicator and cell, a picture, and what cannot be compared. */
import type { ChartData } from "../charts/chart-data.ts";
import { LANGUAGES, type Language } from "../charts/chart-input.ts";
import { formatNumber } from "../charts/display-unit.ts";
import type { DrawnChart } from "../charts/draw-charts.ts";
import { escapeMarkup } from "../charts/escape-markup.ts";
import { renderSvg } from "../charts/render-svg.ts";
import * as wording from "../charts/wording.ts";
import { chartData, figure } from "../report/figure.ts";
import { htmlPage } from "../report/html-page.ts";
import { CHARTS_SCRIPT } from "../report/page-script.ts";
import { type CellDifference, type Comparison, failures, moved } from "./compare-results.ts";
import { comparisonChart } from "./comparison-chart.ts";
import { type ComparedSides, cellName, cellTexts, sideTitles } from "./comparison-names.ts";
import { COMPARE, HEADS, PAIRING, PROBLEMS, SECTIONS } from "./comparison-wording.ts";

/** A page with more rows than this cannot be read; all cells are in the data of the chart and in `--json`. */
const MOST_ROWS = 200;

/** @param tolerance the largest relative difference that passes; without it there is no verdict. */
export async function comparisonPage(
  comparison: Comparison,
  sides: ComparedSides,
  tolerance: number | undefined,
  first: Language,
): Promise<string> {
  const charts: DrawnChart[] = [];
  for (const language of LANGUAGES) charts.push(...(await drawn(comparison, sides, language)));
  const part = (language: Language) => pagePart(comparison, sides, tolerance, charts, language);
  const title = (language: Language) => COMPARE.title[language](...sideTitles(comparison, sides, language));
  return htmlPage({
    title: { en: title("en"), zh: title("zh") },
    first,
    parts: { en: part("en"), zh: part("zh") },
    data: chartData(charts),
    script: CHARTS_SCRIPT,
  });
}

async function drawn(comparison: Comparison, sides: ComparedSides, language: Language): Promise<DrawnChart[]> {
  const spec = comparisonChart(comparison, sides, language);
  if (spec === undefined) return [];
  const title = COMPARE.moved[language](...sideTitles(comparison, sides, language));
  const data = allCells(comparison, sides);
  return [{ name: "comparison", language, title, spec, svg: await renderSvg(spec, title), data }];
}

/** Every cell with full numbers in the model's unit. */
function allCells({ cells }: Comparison, { inputA }: ComparedSides): ChartData {
  const { catalog, facts } = inputA;
  return {
    chart: "comparison",
    kind: "comparison",
    model: catalog.model.hash,
    seed: facts.seed,
    draws: facts.draws,
    columns: [
      "scenario",
      "indicator",
      "key",
      "time",
      "a",
      "b",
      "difference",
      "relative",
      "error",
      "a_above_b",
      "problem",
    ],
    rows: cells.map(
      ({ scenario, indicator, key, time, a, b, difference, relative, error, aAboveB, problem = null }) => [
        scenario,
        indicator,
        key,
        time,
        a,
        b,
        difference,
        relative,
        error,
        aAboveB,
        problem,
      ],
    ),
  };
}

function pagePart(
  comparison: Comparison,
  sides: ComparedSides,
  tolerance: number | undefined,
  charts: readonly DrawnChart[],
  language: Language,
): string {
  const changed = moved(comparison);
  const problems = comparison.cells.filter(({ problem }) => problem !== undefined);
  const failed = tolerance === undefined ? [] : failures(comparison, tolerance);
  const beyond = failed.filter(({ problem }) => problem === undefined);
  const [a, b] = sideTitles(comparison, sides, language);
  const verdict =
    tolerance === undefined
      ? []
      : [
          failed.length === 0
            ? COMPARE.passed[language](String(tolerance))
            : COMPARE.failed[language](count(failed), String(tolerance)),
        ];
  return [
    `<h1>${escapeMarkup(COMPARE.title[language](a, b))}</h1>`,
    `<p class="lead">${wording.WORDS.notForecast[language]}</p>`,
    ...verdict.map((text) => `<p><strong>${escapeMarkup(text)}</strong></p>`),
    `<p>${COMPARE.counts[language](count(comparison.cells), count(changed), count(problems))} ${PAIRING[comparison.pairing][language]}</p>`,
    `<p>A: ${escapeMarkup(a)}<br>B: ${escapeMarkup(b)}</p>`,
    ...charts.filter((chart) => chart.language === language).map((chart) => figure(chart, language)),
    ...(changed.length > 0
      ? [
          heading("indicators", language),
          indicatorTable(comparison, sides, changed, language),
          heading("cells", language),
          cellTable(changed, comparison, sides, language),
        ]
      : []),
    ...(beyond.length > 0 ? [heading("failures", language), cellTable(beyond, comparison, sides, language)] : []),
    ...(problems.length > 0
      ? [heading("problems", language), problemTable(problems, comparison, sides, language)]
      : []),
  ].join("\n");
}

function heading(section: keyof typeof SECTIONS, language: Language): string {
  return `<h2>${SECTIONS[section][language]}</h2>`;
}

function count(cells: readonly unknown[]): string {
  return formatNumber(cells.length, 0);
}

/** For each indicator how many cells moved, and where most. */
function indicatorTable(
  comparison: Comparison,
  sides: ComparedSides,
  changed: readonly CellDifference[],
  language: Language,
): string {
  const { indicators } = sides.inputA.catalog;
  const rows = indicators.flatMap(({ name, title }) => {
    // The largest comes first.
    const own = changed.filter(({ indicator }) => indicator === name);
    if (own.length === 0) return [];
    const all = comparison.cells.filter(({ indicator }) => indicator === name);
    const where = cellName(own[0]!, comparison, sides, language);
    return [[title[language], count(all), count(own), relativeText(own[0]!), where]];
  });
  const heads = [SECTIONS.indicator, SECTIONS.count, SECTIONS.movedCount, SECTIONS.largest, SECTIONS.where];
  return table(
    heads.map((head) => head[language]),
    rows,
  );
}

function cellTable(
  cells: readonly CellDifference[],
  comparison: Comparison,
  sides: ComparedSides,
  language: Language,
): string {
  const shown = cells.slice(0, MOST_ROWS);
  const rows = shown.map((cell) => {
    const texts = cellTexts(cell, sides, language);
    const name = cellName(cell, comparison, sides, language);
    const label = texts.unit.label === "" ? name : name + wording.JOIN[language].comma + texts.unit.label;
    const above = cell.aAboveB === null ? "–" : formatNumber(cell.aAboveB, 2);
    return [label, texts.a, texts.b, texts.difference, relativeText(cell), texts.error, above];
  });
  return table(["", ...HEADS[language]], rows, COMPARE.shown[language](count(shown), count(cells)));
}

function problemTable(
  cells: readonly CellDifference[],
  comparison: Comparison,
  sides: ComparedSides,
  language: Language,
): string {
  const shown = cells.slice(0, MOST_ROWS);
  const rows = shown.map((cell) => [cellName(cell, comparison, sides, language), PROBLEMS[cell.problem!][language]]);
  return table(["", ""], rows, COMPARE.shown[language](count(shown), count(cells)));
}

function relativeText({ relative }: CellDifference): string {
  return relative === null ? "–" : `${formatNumber(100 * relative, 2)}%`;
}

/** A table whose first column names the row. */
function table(heads: readonly string[], rows: readonly (readonly string[])[], caption?: string): string {
  const body = rows.map(
    ([name = "", ...cells]) =>
      `<tr><th scope="row">${escapeMarkup(name)}</th>${cells.map((cell) => `<td>${escapeMarkup(cell)}</td>`).join("")}</tr>`,
  );
  return [
    '<div class="wide compared"><table>',
    ...(caption === undefined ? [] : [`<caption>${escapeMarkup(caption)}</caption>`]),
    `<thead><tr>${heads.map((head) => `<th scope="col">${escapeMarkup(head)}</th>`).join("")}</tr></thead>`,
    `<tbody>${body.join("\n")}</tbody>`,
    "</table></div>",
  ].join("\n");
}
