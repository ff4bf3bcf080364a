/** The finished summaries of an ensemble, as columns: plain data, ready for Arrow and for charts. */
import type { SummaryMethod } from "./summary-method.ts";

/** One row a cell: scenario or difference, indicator, key, save time; ordered so, with time varying fastest. */
export interface SummaryRows {
  readonly length: number;
  /** Index into the catalog's scenarios. */
  readonly scenario: Int32Array;
  /** Index of the scenario that is subtracted, draw by draw, or -1 for a level. */
  readonly reference: Int32Array;
  /** Index into the catalog's indicators. */
  readonly indicator: Int32Array;
  /** Index into the indicator's keys. */
  readonly key: Int32Array;
  readonly time: Float64Array;
  /** Draws that count: those that failed on no side. */
  readonly n: Int32Array;
  /** In the indicator's unit, as are the quantiles and all errors; NaN where n is 0. */
  readonly mean: Float64Array;
  /** Standard error of the mean, `sqrt(variance / n)`; NaN where n is below 2, as are those of the quantiles. */
  readonly meanSe: Float64Array;
  /** One column for each of the catalog's quantiles. */
  readonly quantiles: readonly Float64Array[];
  /** Monte Carlo standard error of each quantile; NaN for the smallest and the largest value. */
  readonly quantilesSe: readonly Float64Array[];
  /** Share of the draws in which the difference is above 0; NaN for levels. */
  readonly pPositive: Float64Array;
  /**
   * What common draws brought: the variance that the difference would have with independent draws, the sum of the variances of
   * both sides, divided by the variance it has. So many times more independent draws would give the same error of the mean.
   * NaN for levels, where n is below 2 on a side, and where the difference does not vary.
   */
  readonly varianceReduction: Float64Array;
  /** How far each of the row's quantiles may be from that of the draws themselves; 0 for an exact summary. */
  readonly sketchError: Float64Array;
}

/** One row a scenario, target and save time, in that order. */
export interface TargetRows {
  readonly length: number;
  /** Index into the catalog's scenarios. */
  readonly scenario: Int32Array;
  /** Index into the catalog's targets. */
  readonly target: Int32Array;
  readonly time: Float64Array;
  /** Runs of the scenario that count. */
  readonly n: Int32Array;
  /** Share of the runs that meet the target at this time; NaN where n is 0. */
  readonly share: Float64Array;
  /** Standard error of the share, `sqrt(share (1 - share) / n)`; 0 where the share is 0 or 1, see the interval. */
  readonly shareSe: Float64Array;
  /** The 95 % interval of Wilson (1927), "Probable inference, the law of succession, and statistical inference". */
  readonly shareLow: Float64Array;
  readonly shareHigh: Float64Array;
  /** Runs that meet the target at this time and at no earlier save time. */
  readonly first: Int32Array;
}

/** Runs of one scenario. */
export interface ScenarioRuns {
  readonly runs: number;
  readonly failed: number;
}

/** What is known of an ensemble beside its cells. */
export interface EnsembleFacts {
  readonly method: SummaryMethod;
  readonly targets: TargetRows;
  /** Of each scenario, in catalog order. */
  readonly runs: readonly ScenarioRuns[];
  /** Largest residual of each identity over all runs, as a share of its scale; 0 if no run was added. */
  readonly identityResiduals: Float64Array;
}

export interface EnsembleStatistics extends EnsembleFacts {
  readonly rows: SummaryRows;
}

/** The same statistics with the rows of one contrast after the other, each made when it is asked for. */
export interface StatisticsByContrast extends EnsembleFacts {
  /** In the order of the contrasts: levels of all scenarios, then their differences from the reference. */
  readonly contrasts: Iterable<SummaryRows>;
}
