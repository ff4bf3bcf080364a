/** The summary of a report in sentences, and its tables as files to download. */
import { type ChartInput, type Language, scenarioTitle } from "../charts/chart-input.ts";
import { escapeMarkup } from "../charts/escape-markup.ts";
import * as wording from "../charts/wording.ts";
import type { IndicatorFigures } from "./main-figures.ts";

const MOST_SENTENCES = 6;

/** A share of runs above or below which a target counts as in reach or out of reach. */
const LIKELY = 2 / 3;

/** How many targets are likely under each scenario, and the course of what the model draws as fans. */
export function wordSummary(input: ChartInput, figures: readonly IndicatorFigures[], language: Language): string[] {
  const { catalog } = input;
  const fans = catalog.charts.flatMap((chart) => (chart.kind === "fan" ? [chart.indicator] : []));
  const shown = fans
    .flatMap((name) => figures.filter(({ indicator }) => indicator.name === name))
    .slice(0, MOST_SENTENCES);
  const reference = scenarioTitle(catalog, catalog.reference)[language];
  const last = String(catalog.saveTimes.at(-1));
  const courses = shown.flatMap(({ indicator, unit, scenarios }) => {
    const level = scenarios.find(({ scenario }) => scenario === catalog.reference)?.levels.at(-1);
    if (level === undefined) return [];
    const number = level.median + (unit.label === "" ? "" : (language === "zh" ? "" : " ") + unit.label);
    return [
      wording.courseText[language](indicator.title[language], reference, last, number, `${level.low}–${level.high}`),
    ];
  });
  const goals =
    catalog.targets.length === 0
      ? []
      : catalog.scenarios.map(({ name, title }) => {
          const likely = catalog.targets.filter(({ name: target, due }) => {
            const row = input.targetShares(name, target).find(({ time }) => time === due);
            return row !== undefined && row.n > 0 && row.share >= LIKELY;
          });
          return wording.goalsText[language](title[language], likely.length, catalog.targets.length);
        });
  const sentences = [...courses, ...goals];
  if (sentences.length === 0) return [];
  return [`<ul class="words">${sentences.map((sentence) => `<li>${escapeMarkup(sentence)}</li>`).join("")}</ul>`];
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
