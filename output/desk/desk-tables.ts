/**
 * Tables that a policy team writes by hand today: gaps to targets, averages by five-year plan, winners and losers.
 */
import type { Catalog, CatalogIndicator, CatalogTarget } from "../../engine/ensemble/catalog.ts";
import { type ChartInput, cellTitle, findIndicator, finiteAt, type Language } from "../charts/chart-input.ts";
import { type DisplayUnit, indicatorUnit } from "../charts/display-unit.ts";
import { bandAt } from "../charts/element-values.ts";
import { largestOf } from "../charts/fan-layers.ts";

/** How far one scenario is from one target; numbers in display units. */
export interface TargetGap {
  readonly target: CatalogTarget;
  readonly scenario: string;
  readonly unit: DisplayUnit;
  readonly threshold: number;
  /** Median at the start and when the target is due. */
  readonly start: number;
  readonly projected: number;
  /** What is missing when the target is due; 0 if the median meets it. */
  readonly gap: number;
  /** Change a year from the start that would meet the target. */
  readonly required: number;
  /** Change a year of the median. */
  readonly pace: number;
  /** Share of runs that meet the target, between 0 and 1. */
  readonly share: number;
}

/** Gaps of all targets under all scenarios; rows without a value in any run are left out. */
export function targetGaps(input: ChartInput, language: Language): TargetGap[] {
  const { catalog } = input;
  return catalog.targets.flatMap((target) =>
    catalog.scenarios.flatMap(({ name: scenario }) => {
      const indicator = findIndicator(catalog, target.indicator);
      const series = input.series({ scenario, indicator: target.indicator, key: target.key });
      const [start, due] = [bandAt(series, catalog.time.start), bandAt(series, target.due)];
      const judged = input.targetShares(scenario, target.name).find(({ time }) => time === target.due);
      if (start === undefined || due === undefined || judged === undefined || judged.n === 0) return [];
      const unit = indicatorUnit(
        indicator,
        catalog.time.unit,
        Math.max(largestOf([series]), target.threshold),
        language,
      );
      const years = target.due - catalog.time.start;
      const missing = target.comparison === "at_least" ? target.threshold - due.q50 : due.q50 - target.threshold;
      return [
        {
          target,
          scenario,
          unit,
          threshold: target.threshold * unit.factor,
          start: start.q50 * unit.factor,
          projected: due.q50 * unit.factor,
          gap: Math.max(0, missing) * unit.factor,
          required: ((target.threshold - start.q50) * unit.factor) / years,
          pace: ((due.q50 - start.q50) * unit.factor) / years,
          share: judged.share,
        },
      ];
    }),
  );
}

/** Five years of one plan. */
export interface PlanPeriod {
  readonly number: number;
  readonly first: number;
  readonly last: number;
}

/** The first plan whose years are numbered here: the fourteenth, 2021 to 2025. */
const KNOWN_PLAN = { number: 14, first: 2021 } as const;

/** Plans of which every year is a save time. */
export function planPeriods(catalog: Catalog): PlanPeriod[] {
  const years = new Set(catalog.saveTimes);
  const [start, stop] = [Math.ceil(catalog.time.start), Math.floor(catalog.time.stop)];
  const periods: PlanPeriod[] = [];
  for (let first = start; first + 4 <= stop; first++) {
    if ((first - KNOWN_PLAN.first) % 5 !== 0) continue;
    if (![0, 1, 2, 3, 4].every((year) => years.has(first + year))) continue;
    periods.push({ number: KNOWN_PLAN.number + (first - KNOWN_PLAN.first) / 5, first, last: first + 4 });
  }
  return periods;
}

export interface PlanAverage {
  readonly indicator: CatalogIndicator;
  readonly scenario: string;
  readonly unit: DisplayUnit;
  /** Mean over the runs, averaged over the years of each period; null where a year has no value. */
  readonly averages: readonly (number | null)[];
}

/** Averages of scalars; means over the runs are averaged, because that is the mean of the averages. */
export function planAverages(input: ChartInput, language: Language): PlanAverage[] {
  const { catalog } = input;
  const periods = planPeriods(catalog);
  return catalog.indicators
    .filter(({ shape }) => shape.length === 0)
    .flatMap((indicator) =>
      catalog.scenarios.map(({ name: scenario }) => {
        const series = input.series({ scenario, indicator: indicator.name, key: "" });
        const unit = indicatorUnit(indicator, catalog.time.unit, largestOf([series]), language);
        const times = Array.from(series.times);
        const averages = periods.map(({ first }) => {
          const values = [0, 1, 2, 3, 4].map((year) => finiteAt(series.mean, times.indexOf(first + year)));
          if (values.includes(undefined)) return null;
          return (values.reduce<number>((sum, value) => sum + value!, 0) / 5) * unit.factor;
        });
        return { indicator, scenario, unit, averages };
      }),
    );
}

/** What a scenario changes in one place, in display units; differences draw by draw. */
export interface Winner {
  readonly indicator: CatalogIndicator;
  readonly scenario: string;
  readonly key: string;
  readonly title: string;
  readonly unit: DisplayUnit;
  readonly reference: number;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Share of pairs in which the scenario is above the reference. */
  readonly above: number | undefined;
}

/** Differences of every indicator with one dimension at the last time, the largest gain first. */
export function winners(input: ChartInput, language: Language): Winner[] {
  const { catalog } = input;
  const last = catalog.saveTimes.at(-1)!;
  const scenarios = catalog.scenarios.filter(({ name }) => name !== catalog.reference);
  return catalog.indicators
    .filter(({ shape }) => shape.length === 1)
    .flatMap((indicator) =>
      scenarios.flatMap(({ name: scenario }) =>
        indicator.keys
          .flatMap((key) => winnerAt(input, indicator, scenario, key, last, language))
          .sort((a, b) => b.difference - a.difference),
      ),
    );
}

function winnerAt(
  input: ChartInput,
  indicator: CatalogIndicator,
  scenario: string,
  key: string,
  time: number,
  language: Language,
): Winner[] {
  const { catalog } = input;
  const query = { indicator: indicator.name, key };
  const level = input.series({ ...query, scenario: catalog.reference });
  const paired = input.series({ ...query, scenario, reference: catalog.reference });
  const [from, by] = [bandAt(level, time), bandAt(paired, time)];
  if (from === undefined || by === undefined) return [];
  const unit = indicatorUnit(indicator, catalog.time.unit, largestOf([level]), language);
  const shown = (value: number) => value * unit.factor;
  return [
    {
      indicator,
      scenario,
      key,
      title: cellTitle(catalog, indicator, key, language),
      unit,
      reference: shown(from.q50),
      difference: shown(by.q50),
      low: shown(by.q10),
      high: shown(by.q90),
      above: paired.pPositive && finiteAt(paired.pPositive, Array.from(paired.times).indexOf(time)),
    },
  ];
}
