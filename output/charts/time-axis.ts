/**
 * The horizontal axis of time: whole years at round numbers, or the model's own unit.
 */
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import type { Language } from "./chart-input.ts";
import { timeUnitName } from "./display-unit.ts";
import { WORDS } from "./wording.ts";

const STEPS = [1, 2, 5, 10, 20, 25, 50, 100];

/** Years to be labelled between two times: at most `most`, at multiples of a round step. */
export function yearTicks(first: number, last: number, most: number): number[] {
  const step = STEPS.find((candidate) => (last - first) / candidate <= most) ?? Math.ceil((last - first) / most);
  const ticks: number[] = [];
  for (let year = Math.ceil(first / step) * step; year <= last; year += step) ticks.push(year);
  return ticks;
}

export function isYearly(catalog: Catalog): boolean {
  return catalog.time.unit === "year" || catalog.time.unit === "years" || catalog.time.unit === "年";
}

/** Position definition of the time axis over a domain; `most` bounds the number of labels. */
export function timeAxis(catalog: Catalog, domain: readonly [number, number], language: Language, most = 6) {
  const scale = { domain: [domain[0], domain[1]], nice: false, zero: false };
  const common = { grid: false, labelOverlap: true } as const;
  const axis = isYearly(catalog)
    ? { ...common, values: yearTicks(domain[0], domain[1], most), format: "d", title: null }
    : { ...common, tickCount: most, title: `${WORDS.time[language]} (${timeUnitName(catalog.time.unit, language)})` };
  return { field: "time", type: "quantitative" as const, scale, axis };
}

/** The unit above the vertical axis, level: turned text is slow to read, and Chinese is not turned at all. */
export function topTitle(label: string) {
  if (label === "") return { title: null };
  return {
    title: label,
    titleAngle: 0,
    titleAlign: "left" as const,
    titleBaseline: "bottom" as const,
    titleX: -30,
    titleY: -9,
  };
}

/** Whether there is one save point a year, so that a reading is one of a year. */
export function savesEachYear(catalog: Catalog): boolean {
  const [first, second] = catalog.saveTimes;
  return isYearly(catalog) && first !== undefined && (second === undefined || second - first === 1);
}

/** A time in a sentence: `2035`, `2035年`, `30 minutes`. */
export function timeInText(catalog: Catalog, time: number, language: Language): string {
  if (isYearly(catalog)) return language === "zh" ? `${timeText(time)}年` : timeText(time);
  const unit = timeUnitName(catalog.time.unit, language);
  return language === "zh" ? timeText(time) + unit : `${timeText(time)} ${unit}`;
}

/** A time as a number: `2035`, `12.5`. */
export function timeText(time: number): string {
  return String(Number(time.toFixed(4)));
}
