/** What charts need, from an opened results folder. */

import type { Results } from "../results/open-results.ts";
import { runHash } from "../results/run-hash.ts";
import type { ChartInput } from "./chart-input.ts";
import { ChartError } from "./chart-problem.ts";

/** Digits of the run's hash that are printed. */
const RUN_DIGITS = 12;

/**
 * The interface of charts over a results folder.
 *
 * @param command the command line that draws the charts again; it stands under every chart.
 * @throws ChartError if the manifest states no seed.
 */
export function resultsInput(results: Results, command: string): ChartInput {
  const { catalog, manifest, summary } = results;
  const { seed, design, monteCarloErrors } = manifest;
  if (typeof seed !== "number" && typeof seed !== "string") {
    throw new ChartError({ code: "no-seed", folder: results.folder });
  }
  const runs = summary.runs.reduce((sum, scenario) => sum + scenario.runs, 0);
  const failed = summary.runs.reduce((sum, scenario) => sum + scenario.failed, 0);
  return {
    catalog,
    facts: {
      seed: String(seed),
      run: runHash(manifest).slice(0, RUN_DIGITS),
      ...(typeof design === "string" &&
        typeof monteCarloErrors === "string" && { sampling: { design, errors: monteCarloErrors } }),
      draws: Math.max(0, ...summary.runs.map((scenario) => scenario.runs)),
      failedShare: runs === 0 ? 0 : failed / runs,
      command,
    },
    series: (query) => results.series(query),
    targetShares: (scenario, target) => results.targetShares(scenario, target),
  };
}
