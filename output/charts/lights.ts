/**
 * Warning lights: levels 0 (green) to 4 (red) by warning and place at one time, from the medians of the runs, with the first year
 * in which the median of any warning reaches red.
 *
 * The digit stands in every cell, so that colour is not needed to read it; where the runs do not agree it is the range of 80 %.
 */
import type { TopLevelSpec } from "vega-lite";
import type { CatalogDimension } from "../../engine/ensemble/catalog.ts";
import {
  type ChartInput,
  findIndicator,
  finiteAt,
  type Language,
  type SummarySeries,
  type YearsRequest,
} from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { bandAt, elementTitles } from "./element-values.ts";
import { frameIndicator } from "./frame-indicator.ts";
import { TIP } from "./hover.ts";
import { slantedHeads } from "./slanted-heads.ts";
import { CHART_WIDTH, COLOURS, FONT_SIZE } from "./style.ts";
import { textWidth, wrapTextTo } from "./text-width.ts";
import { timeText } from "./time-axis.ts";
import * as wording from "./wording.ts";

const ROW_HEIGHT = 20;
const NAME_WIDTH = 190;
const RED = 4;
/** Green, blue, yellow, orange, red in the colours that colour-blind readers can tell apart. */
const LEVEL_COLOURS = ["#bfe5d8", COLOURS.sky, COLOURS.yellow, COLOURS.orange, COLOURS.vermillion] as const;
/** The row of the first red year; no element is called so, since it is no identifier. */
const FIRST_RED = "→";

export function lightsChart(chart: YearsRequest, input: ChartInput, language: Language): TopLevelSpec {
  const { catalog } = input;
  const indicator = findIndicator(catalog, chart.indicator);
  const dimensions = indicator.shape.flatMap((name) => catalog.dimensions.find((one) => one.name === name) ?? []);
  const [warnings, places] = dimensions;
  if (dimensions.length !== 2 || warnings === undefined || places === undefined) {
    throw new ChartError({ code: "shape", chart: chart.name, indicator: indicator.name, needs: "warnings-places" });
  }
  const time = chart.years.at(-1)!;
  const series = new Map(
    indicator.keys.map((key) => [key, input.series({ scenario: chart.scenario, indicator: indicator.name, key })]),
  );
  const cells = cellsOf(chart.name, warnings, places, series, time, language);
  const firsts = places.elements.map(({ name: place }) => {
    const years = warnings.elements.map(({ name }) => firstRed(series.get(`${name}|${place}`)!));
    const first = Math.min(...years);
    return { warning: FIRST_RED, place, label: Number.isFinite(first) ? timeText(first) : "–" };
  });
  const names = { ...elementTitles(warnings, language), [FIRST_RED]: wording.WORDS.firstRed[language] };
  const shortNames = Object.fromEntries(
    Object.entries(names).map(([name, title]) => [name, wrapTextTo(1, title, FONT_SIZE.axis, NAME_WIDTH)[0]!]),
  );
  const nameRoom = Math.max(...Object.values(shortNames).map((name) => textWidth(name, FONT_SIZE.axis))) + 10;
  const cellWidth = Math.min(44, (CHART_WIDTH + 20 - nameRoom) / places.elements.length);
  const rows = [...warnings.elements.map(({ name }) => name), FIRST_RED];
  return frameIndicator(chart, input, language, {
    indicator,
    unit: { label: "" },
    time,
    shown: wording.lightsText[language](),
    series: [...series.values()],
    legend: wording.LEVELS.map((title, level) => ({
      label: `${level} ${title[language]}`,
      symbol: "square" as const,
      colour: LEVEL_COLOURS[level]!,
    })),
    body: {
      width: cellWidth * places.elements.length,
      height: ROW_HEIGHT * rows.length,
      data: { values: [...cells, ...firsts] },
      encoding: {
        x: {
          field: "place",
          type: "nominal",
          sort: places.elements.map(({ name }) => name),
          scale: { padding: 0 },
          axis: slantedHeads(elementTitles(places, language)),
        },
        y: {
          field: "warning",
          type: "nominal",
          sort: rows,
          scale: { padding: 0 },
          axis: {
            title: null,
            domain: false,
            ticks: false,
            labelPadding: 6,
            labelExpr: `${JSON.stringify(shortNames)}[datum.value]`,
          },
        },
      },
      layer: [
        {
          transform: [{ filter: "isValid(datum.level)" }],
          mark: { type: "rect", stroke: "white", strokeWidth: 1, aria: true },
          encoding: {
            color: {
              field: "level",
              type: "ordinal",
              legend: null,
              scale: { domain: [0, 1, 2, 3, 4], range: [...LEVEL_COLOURS] },
            },
            ...TIP,
          },
        },
        { mark: { type: "text", fontSize: 9 }, encoding: { text: { field: "label", type: "nominal" } } },
      ],
    },
  });
}

function cellsOf(
  chart: string,
  warnings: CatalogDimension,
  places: CatalogDimension,
  series: ReadonlyMap<string, SummarySeries>,
  time: number,
  language: Language,
) {
  return warnings.elements.flatMap(({ name: warning, title }) =>
    places.elements.flatMap(({ name: place, title: placeTitle }) => {
      const found = bandAt(series.get(`${warning}|${place}`)!, time);
      if (found === undefined) return [];
      const [low, level, high] = [found.q10, found.q50, found.q90].map(Math.round) as [number, number, number];
      if (low < 0 || high > RED)
        throw new ChartError({ code: "light-level", chart, cell: `${warning}, ${place}`, low, high, most: RED });
      const label = low === high ? String(level) : `${low}–${high}`;
      const first = firstRed(series.get(`${warning}|${place}`)!);
      const red = Number.isFinite(first)
        ? wording.JOIN[language].clause + wording.redFrom[language](timeText(first))
        : "";
      const tip = `${placeTitle[language]}, ${title[language]}: ${wording.LEVELS[level]![language]} (${label})${red}`;
      return [{ warning, place, level, label, tip }];
    }),
  );
}

/** The first time at which the median is red; infinity where it never is. */
function firstRed({ times, q50 }: SummarySeries): number {
  const at = Array.from(times).findIndex((_, index) => (finiteAt(q50, index) ?? 0) >= RED - 0.5);
  return at < 0 ? Number.POSITIVE_INFINITY : times[at]!;
}
