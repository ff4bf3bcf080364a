/**
 * A whole ensemble in this thread, without files: for programs that use the engine as a library, in Node or in a browser.
 *
 * The numbers are those of `terrace run` with the same seed, draws and scenarios, bit for bit; what the command adds is threads, results
 * on disk and going on after a break.
 */
import { allKnown, known } from "./diagnostics/known-name.ts";
import type { RunFailure } from "./ensemble/block-result.ts";
import { buildCatalog } from "./ensemble/build-catalog.ts";
import type { Catalog } from "./ensemble/catalog.ts";
import type { DesignKind } from "./ensemble/designs/design.ts";
import { blockCount, planEnsemble } from "./ensemble/plan.ts";
import { withKernel } from "./ensemble/plan-kernel.ts";
import { createBlockRunner } from "./ensemble/run-block.ts";
import type { Program } from "./ir/program.ts";
import type { Model } from "./model/model.ts";
import { createSummary } from "./statistics/ensemble-summary.ts";
import type { EnsembleStatistics } from "./statistics/summary-rows.ts";

/** What to run; a draw is one value for every uncertain parameter and every shock, the same under all scenarios. */
export interface RunEnsembleOptions {
  readonly draws: number;
  /** Default: the seed of the model. */
  readonly seed?: number;
  /** Names of scenarios; default all. */
  readonly scenarios?: readonly string[];
  /** Quantiles in per cent, ascending; default those of `terrace run`. */
  readonly quantiles?: readonly number[];
  /** How parameters are spread over the draws; default `monte-carlo`. */
  readonly design?: DesignKind;
}

/** Which values: an indicator of the model, under a scenario. */
export interface SeriesRequest {
  readonly indicator: string;
  /** Default: the reference scenario. */
  readonly scenario?: string;
  /** Names of the elements, joined by `|`, such as `hill` or `hill|15-49`; default `""`, for an indicator without dimensions. */
  readonly key?: string;
  /** A scenario that is subtracted draw by draw; default none. */
  readonly minus?: string;
}

/** Statistics over the draws, one value a save time, in the indicator's unit. */
export interface EnsembleSeries {
  readonly time: Float64Array;
  /** Draws that count: those that did not fail. */
  readonly n: Int32Array;
  readonly mean: Float64Array;
  /** A quantile of those asked for, by its per cent. @throws RangeError for another. */
  quantile(percent: number): Float64Array;
}

export interface EnsembleRuns {
  /** Names, titles, units, save times: what the numbers are of. */
  readonly catalog: Catalog;
  readonly statistics: EnsembleStatistics;
  /** Every run that failed, with variable, element and time; their draws are in no number. */
  readonly failures: readonly RunFailure[];
  /** @throws UsageError for a name that the ensemble does not have. */
  series(request: SeriesRequest): EnsembleSeries;
}

/**
 * Runs every draw under every scenario, and summarizes them.
 *
 * @throws UsageError for an unknown scenario, or for draws, a seed or a design that cannot be
 */
export function runEnsemble(model: Model, program: Program, options: RunEnsembleOptions): EnsembleRuns {
  const { seed = model.seed, draws, design = "monte-carlo" } = options;
  const names = model.scenarios.map((s) => s.name);
  const scenarios = options.scenarios && allKnown(options.scenarios, names, "scenario");
  const catalog = buildCatalog(model, "", scenarios, options.quantiles);
  const plan = withKernel(planEnsemble(model, program, catalog, { seed, draws, design }));
  const summary = createSummary(plan.catalog, plan.draws);
  const failures: RunFailure[] = [];
  const runBlock = createBlockRunner(plan);
  for (let block = 0; block < blockCount(plan); block++) {
    const result = runBlock(block);
    failures.push(...result.failures);
    summary.addBlock(result);
  }
  const statistics = summary.finish();
  return {
    catalog: plan.catalog,
    statistics,
    failures,
    series: (request) => seriesOf(plan.catalog, statistics, request),
  };
}

function seriesOf(catalog: Catalog, { rows }: EnsembleStatistics, request: SeriesRequest): EnsembleSeries {
  const scenarios = catalog.scenarios.map((s) => s.name);
  const indicators = catalog.indicators.map((i) => i.name);
  const scenario = scenarios.indexOf(known(request.scenario ?? catalog.reference, scenarios, "scenario"));
  const reference = request.minus === undefined ? -1 : scenarios.indexOf(known(request.minus, scenarios, "scenario"));
  const indicator = indicators.indexOf(known(request.indicator, indicators, "indicator"));
  const { keys } = catalog.indicators[indicator]!;
  const key = keys.indexOf(known(request.key ?? "", keys, "element"));
  const isWanted = (r: number) =>
    rows.scenario[r] === scenario &&
    rows.reference[r] === reference &&
    rows.indicator[r] === indicator &&
    rows.key[r] === key;
  // Time varies fastest, so the rows of a series stand together.
  const first = Array.from({ length: rows.length }, (_, r) => r).findIndex(isWanted);
  if (first < 0) known(request.minus ?? "", [catalog.reference], "scenario");
  const last = first + catalog.saveTimes.length;
  return {
    time: rows.time.slice(first, last),
    n: rows.n.slice(first, last),
    mean: rows.mean.slice(first, last),
    quantile: (percent) => {
      const column = rows.quantiles[catalog.quantiles.indexOf(percent)];
      if (!column) throw new RangeError(`no quantile of ${percent} % (${catalog.quantiles.join(", ")})`);
      return column.slice(first, last);
    },
  };
}
