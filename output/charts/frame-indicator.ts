/** The frame of a chart of one indicator: its title, how it is measured, of how many runs, its grade and notes. */
import type { TopLevelSpec } from "vega-lite";
import type { CatalogChart, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import type { ChartInput, Language, SummarySeries } from "./chart-input.ts";
import type { DisplayUnit } from "./display-unit.ts";
import { type ChartParts, frameChart } from "./frame.ts";
import { indicatorNotes, indicatorSubtitle } from "./subtitle.ts";

export interface IndicatorParts extends Pick<ChartParts, "legend" | "body"> {
  readonly indicator: CatalogIndicator;
  readonly unit: Pick<DisplayUnit, "label">;
  /** What is drawn of the distribution, for example which bands. */
  readonly shown: string;
  /** The series that are drawn. */
  readonly series: readonly SummarySeries[];
  /** The one time that is shown, if it is one. */
  readonly time?: number;
  /** Lines under the subtitle. */
  readonly further?: readonly string[];
  /** Notes before those of the chart and the indicator. */
  readonly notes?: readonly string[];
  /** Times at which no run has a value. */
  readonly missing?: readonly number[];
}

export function frameIndicator(
  chart: CatalogChart & { readonly scenario: string },
  input: ChartInput,
  language: Language,
  parts: IndicatorParts,
): TopLevelSpec {
  const { catalog } = input;
  const { indicator, unit, shown, series, time, legend, body, further = [], notes = [], missing = [] } = parts;
  const { scenario } = chart;
  const measured = { catalog, indicator, unit, language, scenario, shown, series, ...(time !== undefined && { time }) };
  return frameChart(
    {
      heading: chart.title?.[language] ?? indicator.title[language],
      subtitle: [...indicatorSubtitle(measured), ...further],
      legend,
      grade: indicator.grade,
      notes: [...notes, ...indicatorNotes(catalog, chart, [indicator], missing, language)],
      body,
    },
    input,
    language,
  );
}
