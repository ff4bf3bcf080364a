/**
 * The pattern in space, year by year: tiles in the layout of the places, with selectors of indicator and scenario and a slider of
 * years. The tiles are made by the page's script out of medians; numbers and titles are put in as text, never as markup.
 */
import type { CatalogDimension, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import { type ChartInput, finiteAt, type Language } from "../charts/chart-input.ts";
import { VIRIDIS_DARK_FROM } from "../charts/contrast.ts";
import { indicatorUnit } from "../charts/display-unit.ts";
import { dataNumber, largestOf } from "../charts/fan-layers.ts";
import { timeText } from "../charts/time-axis.ts";
import * as wording from "../charts/wording.ts";

interface Explored {
  readonly dimension: CatalogDimension;
  readonly layout: readonly (readonly string[])[];
  readonly indicators: readonly CatalogIndicator[];
}

/** What the model draws by place as maps, small multiples or ranks; undefined if it has no layout for them. */
function explored({ catalog }: ChartInput): Explored | undefined {
  const shown = new Set(
    catalog.charts.flatMap((chart) =>
      chart.kind === "map" || chart.kind === "multiples" || chart.kind === "ranks" ? [chart.indicator] : [],
    ),
  );
  const charted = catalog.indicators.filter(({ name, shape }) => shown.has(name) && shape.length === 1);
  const dimension = catalog.dimensions.find(
    ({ name, layout }) => layout && charted.some(({ shape }) => shape[0] === name),
  );
  if (dimension?.layout === undefined) return undefined;
  const indicators = charted.filter(({ shape }) => shape[0] === dimension.name);
  return { dimension, layout: dimension.layout, indicators };
}

export function tilesSection(input: ChartInput, language: Language): string[] {
  if (explored(input) === undefined) return [];
  const words = wording.WORDS;
  return [
    `<div class="places tiles" data-language="${language}" hidden><h2>${words.yearByYear[language]}</h2>`,
    `<label>${words.indicator[language]} <select class="indicator"></select></label>`,
    `<label>${words.scenario[language]} <select class="scenario"></select></label>`,
    `<label>${words.year[language]} <input class="year" type="range" min="0" step="1"> <output></output></label>`,
    `<div class="grid"></div><p class="scale"></p></div>`,
  ];
}

/** Titles and medians as JSON, safe within a script element. */
export function tilesData(input: ChartInput): string {
  const found = explored(input);
  if (found === undefined) return "null";
  const { catalog } = input;
  const { dimension, layout, indicators } = found;
  const names = dimension.elements.map(({ name }) => name);
  const data = {
    columns: Math.max(...layout.map((row) => row.length)),
    // Positions of the places, row by row; −1 is an empty cell.
    cells: layout.flatMap((row) =>
      Array.from({ length: Math.max(...layout.map((one) => one.length)) }, (_, i) => names.indexOf(row[i] ?? "")),
    ),
    years: catalog.saveTimes.map(timeText),
    places: dimension.elements.map(({ title }) => title),
    scenarios: catalog.scenarios.map(({ title }) => title),
    indicators: indicators.map((indicator) => {
      const series = catalog.scenarios.map(({ name: scenario }) =>
        names.map((key) => input.series({ scenario, indicator: indicator.name, key })),
      );
      const unitOf = (language: Language) => {
        const unit = indicatorUnit(indicator, catalog.time.unit, largestOf(series.flat()), language);
        const comma = unit.label === "" ? "" : wording.JOIN[language].comma;
        return { factor: unit.factor, decimals: unit.decimals, title: indicator.title[language] + comma + unit.label };
      };
      return {
        en: unitOf("en"),
        zh: unitOf("zh"),
        medians: series.map((places) =>
          places.map(({ times, q50 }) =>
            Array.from(times, (_, index) => {
              const value = finiteAt(q50, index);
              return value === undefined ? null : dataNumber(value);
            }),
          ),
        ),
      };
    }),
  };
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}

/** Colours are those of viridis, light for low, as on the maps; one scale for all years and scenarios of an indicator. */
export const TILES_SCRIPT = `
const tilesOf = JSON.parse(document.getElementById("tiles").textContent);
const viridis = ["fde725", "addc30", "5ec962", "28ae80", "21918c", "2c728e", "3b528b", "472d7b", "440154"]
  .map((hex) => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)));
const tint = (share) => {
  const place = share * (viridis.length - 1);
  const from = Math.min(Math.floor(place), viridis.length - 2);
  return "rgb(" + viridis[from].map((c, i) => Math.round(c + (viridis[from + 1][i] - c) * (place - from))).join(",") + ")";
};
for (const part of tilesOf === null ? [] : document.querySelectorAll(".tiles")) {
  const language = part.dataset.language;
  const { columns, cells, years, places, scenarios, indicators } = tilesOf;
  const [indicator, scenario, year] = ["indicator", "scenario", "year"].map((name) => part.querySelector("." + name));
  const grid = part.querySelector(".grid");
  const offer = (select, texts) => texts.forEach((text, index) => { const option = document.createElement("option"); option.value = index; option.textContent = text; select.append(option); });
  offer(indicator, indicators.map((one) => one[language].title));
  offer(scenario, scenarios.map((title) => title[language]));
  year.max = years.length - 1;
  year.value = year.max;
  grid.style.gridTemplateColumns = "repeat(" + columns + ", 1fr)";
  const draw = () => {
    const chosen = indicators[indicator.value];
    const { factor, decimals } = chosen[language];
    const number = (value) => (value * factor).toLocaleString("en-US", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).replace("-", "−");
    const all = chosen.medians.flat(2).filter((value) => value !== null);
    const low = Math.min(...all);
    const high = Math.max(...all);
    part.querySelector("output").textContent = years[year.value];
    year.setAttribute("aria-valuetext", years[year.value]);
    part.querySelector(".scale").textContent = number(low) + " – " + number(high);
    grid.replaceChildren(...cells.map((place) => {
      const tile = document.createElement("div");
      if (place < 0) return tile;
      const value = chosen.medians[scenario.value][place][year.value];
      const share = value === null || high === low ? 0 : (value - low) / (high - low);
      const name = document.createElement("span");
      const shownValue = document.createElement("strong");
      name.textContent = places[place][language];
      shownValue.textContent = value === null ? "–" : number(value);
      tile.append(name, shownValue);
      tile.style.background = tint(share);
      tile.style.color = share > ${VIRIDIS_DARK_FROM} ? "white" : "black";
      return tile;
    }));
  };
  for (const choice of [indicator, scenario, year]) choice.addEventListener("input", draw);
  draw();
  part.hidden = false;
}
`;
