/**
 * `sensitivity.json` of a results folder: the sensitivities that the model's tornado charts show, and the interactions of its
 * decompositions. They need every run, so they are computed once, after the run, and reports are drawn from the file.
 */
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Catalog, CatalogChart } from "../../engine/ensemble/catalog.ts";
import type { CellInteraction, CellSensitivity, ChartInput } from "../charts/chart-input.ts";
import { ChartError } from "../charts/chart-problem.ts";
import { type CellOutput, cellSensitivities } from "../results/cell-sensitivity.ts";
import { readJsonFile } from "../results/json-file.ts";
import type { Results } from "../results/open-results.ts";
import { partInteractions } from "../results/part-interactions.ts";
import { runHash } from "../results/run-hash.ts";

const FILE = "sensitivity.json";

type TornadoRequest = Extract<CatalogChart, { kind: "tornado" }>;
type DecompositionRequest = Extract<CatalogChart, { kind: "decomposition" }>;

/** What the file holds. */
type Saved = {
  readonly run: string;
  readonly cells: readonly CellSensitivity[];
  /** Missing in files of earlier versions. */
  readonly interactions?: readonly CellInteraction[];
};

/** Tornado charts whose scenario has run. */
export function tornadoCharts({ charts, scenarios }: Catalog): readonly TornadoRequest[] {
  return charts.filter(
    (chart) => chart.kind === "tornado" && scenarios.some(({ name }) => name === chart.scenario),
  ) as TornadoRequest[];
}

/** Decompositions all of whose scenarios have run. */
function decompositionCharts({ charts, scenarios, reference }: Catalog): readonly DecompositionRequest[] {
  const names = new Set(scenarios.map(({ name }) => name));
  return charts.filter(
    (chart) =>
      chart.kind === "decomposition" &&
      chart.scenario !== reference &&
      [chart.scenario, ...chart.scenarios].every((name) => names.has(name)),
  ) as DecompositionRequest[];
}

/**
 * Computes what the tornado charts and decompositions of the model show and writes it beside the results; nothing if it has none.
 * Interactions are written also where there are too few draws for sensitivities.
 * @throws ResultsError if the run did not keep its runs.
 * @throws UsageError if there are too few draws for sensitivities.
 */
export async function saveSensitivity(results: Results): Promise<void> {
  const interactions = await interactionsOf(results);
  if (interactions.length > 0) await save(results, { cells: [], interactions });
  const cells = await sensitivitiesOf(results);
  if (cells.length > 0) await save(results, { cells, interactions });
}

async function save(results: Results, found: Omit<Saved, "run">): Promise<void> {
  const text = JSON.stringify({ run: runHash(results.manifest), ...found }, null, 1);
  await writeFile(join(results.folder, FILE), `${text}\n`);
}

async function interactionsOf(results: Results): Promise<readonly CellInteraction[]> {
  const time = results.catalog.saveTimes.at(-1)!;
  const saved: CellInteraction[] = [];
  for (const { scenario, scenarios, indicators } of decompositionCharts(results.catalog)) {
    const cells = indicators.map((indicator) => ({ indicator, key: "", time }));
    const found = await partInteractions(results, { whole: scenario, parts: scenarios }, cells);
    saved.push(
      ...found.flatMap(({ n, low, high }, index) =>
        n === 0 ? [] : [{ scenario, scenarios, indicator: indicators[index]!, time, n, low, high }],
      ),
    );
  }
  return saved;
}

async function sensitivitiesOf(results: Results): Promise<readonly CellSensitivity[]> {
  const asked = tornadoCharts(results.catalog);
  const saved: CellSensitivity[] = [];
  for (const scenario of new Set(asked.map((chart) => chart.scenario))) {
    const cells = asked
      .filter((chart) => chart.scenario === scenario)
      .map(({ indicator, key, years }) => ({ indicator, key, time: years.at(-1)! }));
    const outputs = await cellSensitivities(results, scenario, cells);
    saved.push(...outputs.map((output) => inShort(output, scenario)));
  }
  return saved;
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
 * The saved sensitivities and interactions, as charts want them; none if nobody has computed them.
 * @throws ChartError if they belong to another run.
 */
export function savedSensitivity(results: Results): Required<Pick<ChartInput, "sensitivity" | "interactions">> {
  const path = join(results.folder, FILE);
  if (!existsSync(path)) return { sensitivity: [], interactions: [] };
  // Written by saveSensitivity in this form.
  const { run, cells, interactions = [] } = readJsonFile(path) as Saved;
  if (run !== runHash(results.manifest)) {
    throw new ChartError({ code: "other-run", file: path, folder: results.folder });
  }
  return { sensitivity: cells, interactions };
}
