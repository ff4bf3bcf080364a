/**
 * The lines under a heading, and the notes under a chart.
 */
import type { Catalog, CatalogChart, CatalogIndicator } from "../../engine/ensemble/catalog.ts";
import type { Language } from "./chart-input.ts";
import { type DisplayUnit, formatNumber } from "./display-unit.ts";
import { savesEachYear, timeInText } from "./time-axis.ts";
import * as wording from "./wording.ts";

export interface SubtitleParts {
  readonly catalog: Catalog;
  readonly indicator: CatalogIndicator;
  readonly unit: DisplayUnit;
  readonly language: Language;
  readonly scenario: string;
  /** What is drawn of the distribution, for example which bands. */
  readonly shown: string;
  /** Smallest and largest number of runs behind a value. */
  readonly runs: readonly [number, number];
}

/** `Scenario: Baseline; unit: million people, value at year's end`, and what is drawn of how many runs. */
export function indicatorSubtitle(parts: SubtitleParts): string[] {
  const { catalog, indicator, unit, language } = parts;
  const { clause, comma } = wording.JOIN[language];
  const reading = wording.readingText(indicator.reading, savesEachYear(catalog), language);
  const measured = unit.label === "" ? reading : wording.unitText[language](unit.label) + comma + reading;
  return [
    wording.scenarioText[language](parts.scenario) + clause + measured,
    capitalised(parts.shown) + clause + runCount(parts.runs, language),
  ];
}

export function runCount(runs: readonly [number, number], language: Language): string {
  return wording.runsText[language](formatNumber(runs[0], 0), formatNumber(runs[1], 0));
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The chart's own note, and where no run has a value. */
export function indicatorNotes(
  catalog: Catalog,
  chart: CatalogChart,
  indicators: readonly CatalogIndicator[],
  missing: readonly number[],
  language: Language,
): string[] {
  const notes = chart.note === undefined ? [] : [chart.note[language]];
  for (const { note } of indicators) if (note !== undefined && !notes.includes(note)) notes.push(note);
  const { list } = wording.JOIN[language];
  if (missing.length > 0)
    notes.push(wording.missingText[language](missing.map((time) => timeInText(catalog, time, language)).join(list)));
  return notes;
}

/** Evidence grades of several indicators as one text: `B, C`; `undefined` if none states any. */
export function joinGrades(indicators: readonly CatalogIndicator[], language: Language): string | undefined {
  const grades = new Set(indicators.flatMap(({ grade }) => (grade === undefined ? [] : [grade])));
  return grades.size === 0 ? undefined : [...grades].sort().join(wording.JOIN[language].list);
}
