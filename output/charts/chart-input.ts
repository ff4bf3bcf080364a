/**
 * What a chart needs to know: the catalog, summaries by cell, and the facts of the run that stand under every chart.
 *
 * Charts are pure functions of this interface, so that they can be drawn from a results folder, from memory, or from a
 * fixture in a test.
 */
import type { BandPreset } from "../../engine/ensemble/band-presets.ts";
import type { Catalog, CatalogChart, CatalogIndicator, Title } from "../../engine/ensemble/catalog.ts";

import type { Boundaries } from "./boundary-map.ts";
import { ChartError } from "./chart-problem.ts";

/** A request for an indicator's elements at chosen years. */
export type YearsRequest = Exclude<
  Extract<CatalogChart, { readonly indicator: string; readonly years: readonly number[] }>,
  { readonly key: string }
>;

/** Languages in which every chart and report can be drawn. */
export type Language = "en" | "zh";

export const LANGUAGES: readonly Language[] = ["en", "zh"];

/**
 * Mean and quantiles over the runs of one cell, one number a save time; all arrays have the length of `times`.
 *
 * Values are in the indicator's unit. Where no run has a value (`n` is 0) they are NaN.
 */
export interface SummarySeries {
  readonly times: ArrayLike<number>;
  /** Number of runs (of pairs, for a difference) behind each row. */
  readonly n: ArrayLike<number>;
  readonly mean: ArrayLike<number>;
  readonly q2_5: ArrayLike<number>;
  readonly q10: ArrayLike<number>;
  readonly q25: ArrayLike<number>;
  readonly q50: ArrayLike<number>;
  readonly q75: ArrayLike<number>;
  readonly q90: ArrayLike<number>;
  readonly q97_5: ArrayLike<number>;
  /** Of a difference: share of pairs in which it is above 0. */
  readonly pPositive?: ArrayLike<number>;
  /** The quantile at `percent` of the runs; undefined if the results have none. */
  readonly quantile?: (percent: number) => ArrayLike<number> | undefined;
}

/** One cell of the summary table. */
export interface SummaryQuery {
  readonly scenario: string;
  /** With a reference, the paired difference scenario − reference; without, the level. */
  readonly reference?: string;
  readonly indicator: string;
  /** Key of the cell, `""` for a scalar. */
  readonly key: string;
}

/** Share of runs that meet a target if it is judged at `time`. */
export interface TargetShare {
  readonly time: number;
  readonly n: number;
  /** Between 0 and 1. */
  readonly share: number;
  /** Monte Carlo standard error of the share. */
  readonly se: number;
  /** Runs that meet it at this time and at no earlier one, if they were counted. */
  readonly first?: number;
}

/** First-order sensitivity of one cell to the uncertain inputs. */
export interface CellSensitivity {
  readonly scenario: string;
  readonly indicator: string;
  readonly key: string;
  readonly time: number;
  /** Draws behind the indices. */
  readonly n: number;
  /** How the variance over all scenarios and draws is made up; without, the batch has one scenario. */
  readonly shares?: { readonly scenarios: number; readonly draws: number; readonly both: number };
  /** One entry an input, in any order; inputs that do not vary are left out. */
  readonly inputs: readonly InputSensitivity[];
}

export interface InputSensitivity {
  /** A column of the draws. */
  readonly name: string;
  /** Share of the variance that the input explains alone, and its 95 % interval. */
  readonly index: number;
  readonly low: number;
  readonly high: number;
  /** Which way the input works, from −1 to 1: its rank correlation with the output. */
  readonly direction: number;
}

/** What the parts of a programme do together beyond what each does alone, of a scalar at one time. */
export interface CellInteraction {
  /** The whole programme and its parts, by the names of their scenarios. */
  readonly scenario: string;
  readonly scenarios: readonly string[];
  readonly indicator: string;
  readonly time: number;
  /** Draws under which none of them failed. */
  readonly n: number;
  /** Quantiles at 10 and 90 % of the draws, in the indicator's unit. */
  readonly low: number;
  readonly high: number;
}

/** What a reader needs to find the run behind a chart. */
export interface RunFacts {
  readonly seed: string;
  /** First digits of a hash of everything that determines the numbers: model, data, scenarios, seed, draws, version. */
  readonly run: string;
  /** How parameters were sampled, and what the Monte Carlo errors of the summary are worth; as the manifest has it. */
  readonly sampling?: { readonly design: string; readonly errors: string };
  /** Draws of each scenario. */
  readonly draws: number;
  /** Failed runs as a share of all runs, between 0 and 1. */
  readonly failedShare: number;
  /** The command that draws the chart again. */
  readonly command: string;
}

export interface ChartInput {
  readonly catalog: Catalog;
  readonly facts: RunFacts;
  /** Boundaries that the user brings, for maps; without, places are tiles. */
  readonly boundaries?: Boundaries;
  /** Whose bands fans have; default those of this project. */
  readonly bands?: BandPreset;
  /** What the spread of cells comes from, where it has been computed for these results. */
  readonly sensitivity?: readonly CellSensitivity[];
  /** How far interactions go, where that has been computed for these results. */
  readonly interactions?: readonly CellInteraction[];
  /** Throws if the batch has no such cell. */
  readonly series: (query: SummaryQuery) => SummarySeries;
  /** Rows in time order. Throws if the batch has no such scenario or target. */
  readonly targetShares: (scenario: string, target: string) => readonly TargetShare[];
}

/** The indicator of that name; throws {@link ChartError} if there is none. */
export function findIndicator(catalog: Catalog, name: string): CatalogIndicator {
  const found = catalog.indicators.find((indicator) => indicator.name === name);
  if (found === undefined) throw new ChartError({ code: "unknown-indicator", indicator: name });
  return found;
}

/** Title of a scenario; throws {@link ChartError} if there is no such scenario. */
export function scenarioTitle(catalog: Catalog, name: string): Title {
  const found = catalog.scenarios.find((scenario) => scenario.name === name);
  if (found === undefined) throw new ChartError({ code: "unknown-scenario", scenario: name });
  return found.title;
}

/** Title of an indicator's cell, for example `Population, Kunming`; of a scalar, the indicator's title. */
export function cellTitle(catalog: Catalog, indicator: CatalogIndicator, key: string, language: Language): string {
  if (key === "") return indicator.title[language];
  const elements = key.split("|").map((name, position) => {
    const dimension = catalog.dimensions.find((d) => d.name === indicator.shape[position]);
    return dimension?.elements.find((element) => element.name === name)?.title[language] ?? name;
  });
  const separator = language === "zh" ? "，" : ", ";
  return [indicator.title[language], ...elements].join(separator);
}

/** Numbers of a row, or `undefined` where the batch has no value for it. */
export function finiteAt(values: ArrayLike<number>, index: number): number | undefined {
  const value = values[index];
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}
