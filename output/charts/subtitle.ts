/**
 * The lines under a heading, and the notes under a chart.
 */
import type { Catalog, CatalogChart, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import { type Language, type SummarySeries, scenarioTitle } from "./chart-input.ts";
import { type DisplayUnit, formatNumber } from "./display-unit.ts";
import { runRange } from "./fan-layers.ts";
import { savesEachYear, timeInText } from "./time-axis.ts";
import * as wording from "./wording.ts";

export interface MeasureParts {
  readonly catalog: Catalog;
  readonly indicator: Pick<CatalogIndicator, "reading" | "unit">;
  readonly unit: Pick<DisplayUnit, "label">;
  readonly language: Language;
  /** Name of the scenario. */
  readonly scenario: string;
  /** The one time that is shown, if it is one. */
  readonly time?: number;
}

export interface SubtitleParts extends MeasureParts {
  /** What is drawn of the distribution, for example which bands. */
  readonly shown: string;
  /** The series that are drawn. */
  readonly series: readonly SummarySeries[];
}

/** `Scenario: Baseline; 2030, unit: million people, value at year's end`. */
export function measureLine({ catalog, indicator, unit, language, scenario, time }: MeasureParts): string {
  const { clause, comma } = wording.JOIN[language];
  const measured = [
    ...(time === undefined ? [] : [timeInText(catalog, time, language)]),
    ...(unit.label === "" ? [] : [wording.unitText[language](unit.label)]),
    wording.readingText(indicator, savesEachYear(catalog), language),
  ];
  return wording.scenarioText[language](scenarioTitle(catalog, scenario)[language]) + clause + measured.join(comma);
}

/** The same, and what is drawn of how many runs. */
export function indicatorSubtitle(parts: SubtitleParts): string[] {
  const { language, shown, series } = parts;
  return [
    measureLine(parts),
    capitalised(shown) + wording.JOIN[language].clause + runCount(runRange(series), language),
  ];
}

export function runCount(runs: readonly [number, number], language: Language): string {
  return wording.runsText[language](formatNumber(runs[0], 0), formatNumber(runs[1], 0));
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The chart's own note, those of its indicators (by name, where it has several), and where no run has a value. */
export function indicatorNotes(
  catalog: Catalog,
  chart: CatalogChart,
  indicators: readonly CatalogIndicator[],
  missing: readonly number[],
  language: Language,
): string[] {
  const notes = chart.note === undefined ? [] : [capitalised(chart.note[language])];
  const { list } = wording.JOIN[language];
  const of = (text: string) => indicators.filter(({ note }) => note?.[language] === text);
  for (const text of new Set(indicators.flatMap(({ note }) => note?.[language] ?? []))) {
    const named = of(text).length < indicators.length;
    const names = of(text).map(({ title }) => title[language]);
    notes.push(named ? wording.noteOf[language](names.join(list), text) : capitalised(text));
  }
  if (missing.length > 0)
    notes.push(wording.missingText[language](missing.map((time) => timeInText(catalog, time, language)).join(list)));
  return notes;
}

/** Evidence grades of several indicators as one text: `B, C`; `undefined` if none states any. */
export function joinGrades(indicators: readonly CatalogIndicator[], language: Language): string | undefined {
  const grades = new Set(indicators.flatMap(({ grade }) => (grade === undefined ? [] : [grade])));
  return grades.size === 0 ? undefined : [...grades].sort().join(wording.JOIN[language].list);
}
