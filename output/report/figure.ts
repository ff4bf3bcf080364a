/** A chart on a page: its picture, reached by the keyboard, and its data to take away. */
import { dataText } from "../charts/chart-data.ts";
import type { Language } from "../charts/chart-input.ts";
import type { DrawnChart } from "../charts/draw-charts.ts";
import { escapeMarkup } from "../charts/escape-markup.ts";
import * as wording from "../charts/wording.ts";

export function figure(chart: DrawnChart, language: Language): string {
  const title = escapeMarkup(chart.title);
  const file = `${idText(chart.name)}.csv`;
  return [
    `<figure id="chart-${anchor(chart)}">`,
    `<div class="chart" tabindex="0" role="group" aria-label="${title}">${isolateIds(chart)}</div>`,
    `<figcaption><button type="button" class="data" data-id="data-${idText(chart.name)}" data-file="${file}" hidden>${wording.WORDS.chartData[language]}</button></figcaption>`,
    "</figure>",
  ].join("");
}

/** The data of each chart once, whatever the language, by the id that its button asks for; safe within a script element. */
export function chartData(charts: readonly DrawnChart[]): Record<string, string> {
  return Object.fromEntries(
    charts.map(({ name, data }) => [`data-${idText(name)}`, dataText(data).trimEnd().replaceAll("<", "\\u003c")]),
  );
}

/** Anchors are made of what every browser takes in an address; other characters by their code. */
export function anchor({ name, language }: Pick<DrawnChart, "name" | "language">): string {
  return `${idText(name)}-${language}`;
}

function idText(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/gu, (character) => `u${character.codePointAt(0)!.toString(16)}`);
}

/**
 * The picture for a page with other pictures: without the faces, which the page has too, and with its own ids. Ids of one document must differ (HTML standard, "The id attribute"), and
 * Vega numbers its clip paths from 1 in every picture.
 */
function isolateIds(chart: DrawnChart): string {
  const prefix = anchor(chart);
  return (
    chart.svg
      .trimEnd()
      .replace(/ id="([^"]+)"/g, ` id="${prefix}-$1"`)
      .replace(/url\(#([^)]+)\)/g, `url(#${prefix}-$1)`)
      // The page has the same faces, and its pictures inherit them.
      .replace(/ font-family="[^"]*"/g, "")
  );
}
