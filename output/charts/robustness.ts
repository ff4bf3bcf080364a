/**
 * Robustness of a composite index: the profile of each place over the parts of the index (parallel coordinates, Inselberg,
 * 1985), and below the scores in numbers, the index with equal weights, and the ranks that other weights would give.
 */
import type { TopLevelSpec } from "vega-lite";
import type { CatalogDimension, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import { type ChartInput, findIndicator, type Language, type SummarySeries, type YearsRequest } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";
import { formatNumber } from "./display-unit.ts";
import { bandAt, elementTitles } from "./element-values.ts";
import { frameIndicator } from "./frame-indicator.ts";
import { CONCENTRATION, robustRanks, WEIGHT_DRAWS } from "./other-weights.ts";
import { type IndexProfile, PROFILE_COLOURS, profilePanel, SHOWN_ENDS } from "./profile-panel.ts";
import { scoreTable } from "./score-table.ts";
import { COLOURS } from "./style.ts";
import * as wording from "./wording.ts";

export function robustnessChart(chart: YearsRequest, input: ChartInput, language: Language): TopLevelSpec {
  const indicator = findIndicator(input.catalog, chart.indicator);
  const [places, parts] = placesAndParts(chart, indicator, input);
  const time = chart.years.at(-1)!;
  const { scores, read } = scoresOf(chart, places, parts, input, time);
  const ranks = robustRanks(scores);
  const titles = elementTitles(places, language);
  const profiles = places.elements
    .map(({ name }, row): IndexProfile => ({ place: name, title: titles[name]!, scores: scores[row]!, ...ranks[row]! }))
    .sort((a, b) => a.rank - b.rank);
  return frameIndicator(chart, input, language, {
    indicator,
    unit: { label: "" },
    time,
    shown: wording.robustnessText[language](formatNumber(WEIGHT_DRAWS, 0), String(CONCENTRATION)),
    series: read,
    legend: [
      { label: wording.endsText.first[language](SHOWN_ENDS), symbol: "stroke", colour: PROFILE_COLOURS.first },
      { label: wording.endsText.last[language](SHOWN_ENDS), symbol: "stroke", colour: PROFILE_COLOURS.last },
      { label: wording.WORDS.equalRank[language], symbol: "circle", colour: COLOURS.ink },
      { label: wording.WORDS.rankReach[language], symbol: "square", colour: COLOURS.sky },
    ],
    body: { spacing: 20, vconcat: [profilePanel(profiles, parts, language), scoreTable(profiles, parts, language)] },
  });
}

function placesAndParts(
  chart: YearsRequest,
  indicator: CatalogIndicator,
  { catalog }: ChartInput,
): readonly [CatalogDimension, CatalogDimension] {
  const dimensions = indicator.shape.flatMap((name) => catalog.dimensions.find((one) => one.name === name) ?? []);
  const [places, parts] = dimensions;
  if (dimensions.length !== 2 || places === undefined || parts === undefined) {
    throw new ChartError({ code: "shape", chart: chart.name, indicator: indicator.name, needs: "places-parts" });
  }
  return [places, parts];
}

/** Medians, one row a place and one column a part. */
function scoresOf(
  chart: YearsRequest,
  places: CatalogDimension,
  parts: CatalogDimension,
  input: ChartInput,
  time: number,
) {
  const { scenario, indicator } = chart;
  const read: SummarySeries[] = [];
  const scores = places.elements.map(({ name: place }) =>
    parts.elements.map(({ name: part }) => {
      const series = input.series({ scenario, indicator, key: `${place}|${part}` });
      read.push(series);
      const found = bandAt(series, time);
      if (found === undefined) {
        throw new ChartError({ code: "no-value", chart: chart.name, of: indicator, where: `${place}, ${part}` });
      }
      return found.q50;
    }),
  );
  return { scores, read };
}
