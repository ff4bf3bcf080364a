/**
 * `sensitivity.json` of a results folder: the sensitivities that the model's tornado charts show. They need every run, so they are
 * computed once, after the run, and reports are drawn from the file.
 */
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Catalog, CatalogChart } from "../../engine/ensemble/catalog.ts";
import type { CellSensitivity } from "../charts/chart-input.ts";
import { ChartError } from "../charts/chart-problem.ts";
import { type CellOutput, cellSensitivities } from "../results/cell-sensitivity.ts";
import { readJsonFile } from "../results/json-file.ts";
import type { Results } from "../results/open-results.ts";
import { runHash } from "../results/run-hash.ts";

const FILE = "sensitivity.json";

type TornadoRequest = Extract<CatalogChart, { kind: "tornado" }>;

/** Tornado charts whose scenario has run. */
export function tornadoCharts({ charts, scenarios }: Catalog): readonly TornadoRequest[] {
  return charts.filter(
    (chart) => chart.kind === "tornado" && scenarios.some(({ name }) => name === chart.scenario),
  ) as TornadoRequest[];
}

/**
 * Computes what the tornado charts of the model show and writes it beside the results; nothing if it has none.
 * @throws ResultsError if the run did not keep its runs.
 */
export async function saveSensitivity(results: Results): Promise<void> {
  const asked = tornadoCharts(results.catalog);
  if (asked.length === 0) return;
  const scenarios = [...new Set(asked.map(({ scenario }) => scenario))];
  const saved: CellSensitivity[] = [];
  for (const scenario of scenarios) {
    const cells = asked
      .filter((chart) => chart.scenario === scenario)
      .map(({ indicator, key, years }) => ({ indicator, key, time: years.at(-1)! }));
    const outputs = await cellSensitivities(results, scenario, cells);
    saved.push(...outputs.map((output) => inShort(output, scenario)));
  }
  const text = JSON.stringify({ run: runHash(results.manifest), cells: saved }, null, 1);
  await writeFile(join(results.folder, FILE), `${text}\n`);
}

function inShort(
  { indicator, key, time, sensitivity, shares, correlations }: CellOutput,
  scenario: string,
): CellSensitivity {
  return {
    scenario,
    indicator,
    key,
    time,
    n: sensitivity.n,
    ...(shares !== null && { shares: { scenarios: shares.scenarios, draws: shares.draws, both: shares.both } }),
    inputs: sensitivity.effects.map(({ input, firstOrder }) => ({
      name: input,
      index: firstOrder.index,
      low: firstOrder.low,
      high: firstOrder.high,
      // Rank regression fails where there are more inputs than draws; a correlation does not.
      direction: correlations.get(input)!,
    })),
  };
}

/**
 * The saved sensitivities; none if nobody has computed them.
 * @throws ChartError if they belong to another run.
 */
export function savedSensitivity(results: Results): readonly CellSensitivity[] {
  const path = join(results.folder, FILE);
  if (!existsSync(path)) return [];
  // Written by saveSensitivity in this form.
  const saved = readJsonFile(path) as { run: string; cells: readonly CellSensitivity[] };
  if (saved.run !== runHash(results.manifest)) {
    throw new ChartError({ code: "other-run", file: path, folder: results.folder });
  }
  return saved.cells;
}
