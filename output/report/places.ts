/**
 * Figures of one place under one scenario, chosen by two selectors and filled in by the page's script. Numbers are put in as text,
 * never as markup.
 */
import { type ChartInput, finiteAt, LANGUAGES, type Language } from "../charts/chart-input.ts";
import { formatNumber, indicatorUnit } from "../charts/display-unit.ts";
import { largestOf } from "../charts/fan-layers.ts";
import * as wording from "../charts/wording.ts";
import { figureTimes } from "./main-figures.ts";

/** The dimension of most indicators with one dimension; undefined if there is none. */
function placeDimension({ catalog }: ChartInput) {
  const counts = new Map<string, number>();
  for (const { shape } of catalog.indicators)
    if (shape.length === 1) counts.set(shape[0]!, (counts.get(shape[0]!) ?? 0) + 1);
  const [most] = [...counts].sort((a, b) => b[1] - a[1]);
  return catalog.dimensions.find(({ name }) => name === most?.[0]);
}

/** The two selectors and an empty table, if the model has places. */
export function placesSection(input: ChartInput, language: Language): string[] {
  const dimension = placeDimension(input);
  if (dimension === undefined) return [];
  return [
    `<div class="places" data-language="${language}" hidden><h2>${wording.WORDS.onePlace[language]}</h2>`,
    `<label>${wording.WORDS.place[language]} <select class="place"></select></label>`,
    `<label>${wording.WORDS.scenario[language]} <select class="scenario"></select></label>`,
    `<div class="wide figures"><table><caption>${wording.summaryCaption[language]()}</caption><thead></thead><tbody></tbody></table></div></div>`,
  ];
}

/** Titles and formatted figures as JSON, safe within a script element. */
export function placesData(input: ChartInput): string {
  const dimension = placeDimension(input);
  if (dimension === undefined) return "null";
  const { catalog } = input;
  const times = figureTimes(catalog);
  const indicators = catalog.indicators.filter(({ shape }) => shape.length === 1 && shape[0] === dimension.name);
  const inLanguage = (language: Language) => ({
    places: dimension.elements.map(({ title }) => title[language]),
    scenarios: catalog.scenarios.map(({ title }) => title[language]),
    times: times.map(String),
    rows: indicators.map((indicator) => {
      const series = catalog.scenarios.map(({ name }) =>
        dimension.elements.map(({ name: key }) => input.series({ scenario: name, indicator: indicator.name, key })),
      );
      const unit = indicatorUnit(indicator, catalog.time.unit, largestOf(series.flat()), language);
      return {
        title: indicator.title[language] + (unit.label === "" ? "" : wording.JOIN[language].comma + unit.label),
        values: series.map((places) =>
          places.map((one) =>
            times.map((time) => {
              const at = Array.from(one.times).indexOf(time);
              const band = [one.q50, one.q10, one.q90].map((values) => finiteAt(values, at));
              if (band.includes(undefined)) return wording.WORDS.noValue[language];
              const [median, low, high] = band.map((value) => formatNumber(value! * unit.factor, unit.decimals));
              return `${median} (${low} – ${high})`;
            }),
          ),
        ),
      };
    }),
  });
  const data = Object.fromEntries(LANGUAGES.map((language) => [language, inLanguage(language)]));
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

/** Fills selectors and tables; one text, so that its hash is the same for every report. */
export const PLACES_SCRIPT = `
"use strict";
const data = JSON.parse(document.getElementById("places").textContent);
const cell = (name, text) => { const one = document.createElement(name); one.textContent = text; return one; };
for (const part of data === null ? [] : document.querySelectorAll(".places:not(.tiles)")) {
  const { places, scenarios, times, rows } = data[part.dataset.language];
  const [place, scenario] = [part.querySelector(".place"), part.querySelector(".scenario")];
  const fill = (select, texts) => texts.forEach((text, index) => { const option = cell("option", text); option.value = index; select.append(option); });
  fill(place, places);
  fill(scenario, scenarios);
  const head = document.createElement("tr");
  head.append(cell("th", ""), ...times.map((time) => cell("th", time)));
  part.querySelector("thead").append(head);
  const show = () => part.querySelector("tbody").replaceChildren(...rows.map(({ title, values }) => {
    const row = document.createElement("tr");
    const name = cell("th", title);
    name.scope = "row";
    row.append(name, ...values[scenario.value][place.value].map((text) => cell("td", text)));
    return row;
  }));
  place.addEventListener("change", show);
  scenario.addEventListener("change", show);
  show();
  part.hidden = false;
}
`;
