/** First-order sensitivity of single cells to the drawn numbers, out of the runs of a results folder. */
import { UsageError } from "../../engine/diagnostics/diagnostic.ts";
import {
  GivenInputs,
  LEAST_ROWS,
  type OutputSensitivity,
  type ScenarioShares,
  scenarioShares,
} from "../../engine/statistics/sensitivity/given-data.ts";
import type { Results } from "./open-results.ts";
import { type RunCell, readCells, readDraws } from "./read-runs.ts";

/** A cell at one time, whatever the scenario. */
export type OutputCell = Omit<RunCell, "scenario">;

export interface CellOutput extends OutputCell {
  readonly sensitivity: OutputSensitivity;
  readonly shares: ScenarioShares | null;
  /** Rank correlation of each input with the output; 0 for what does not vary. */
  readonly correlations: ReadonlyMap<string, number>;
}

/**
 * Sensitivities of cells under one scenario; runs are read once for all of them.
 *
 * @throws ResultsError if the run did not keep what is needed.
 * @throws UsageError if too few draws are kept and did not fail.
 */
export async function cellSensitivities(
  results: Results,
  scenario: string,
  cells: readonly OutputCell[],
): Promise<CellOutput[]> {
  const { folder, catalog, manifest } = results;
  const scenarios = catalog.scenarios.map((s) => s.name);
  const drawn = await readDraws(folder, manifest);
  const all = cells.flatMap((cell) => scenarios.map((name) => ({ ...cell, scenario: name })));
  const values = await readCells(folder, catalog, manifest, drawn.draws, all);
  const failed = new Set(results.failures().map((failure) => `${failure.scenario} ${failure.draw}`));
  const counts = scenarios.map((name) =>
    Uint8Array.from(drawn.draws, (draw) => (failed.has(`${name} ${draw}`) ? 0 : 1)),
  );
  const inEvery = drawn.draws.reduce((kept, _, i) => {
    kept[i] = counts.every((count) => count[i] === 1) ? 1 : 0;
    return kept;
  }, new Uint8Array(drawn.draws.length));
  const own = counts[scenarios.indexOf(scenario)]!;
  const n = own.reduce((sum, count) => sum + count, 0);
  if (n < LEAST_ROWS) {
    throw new UsageError(`too few draws: ${n} of ${scenario} are kept and did not fail (at least ${LEAST_ROWS})`);
  }
  const inputs = new GivenInputs(drawn.names, drawn.columns, Number(manifest.seed));
  const counted = (values: Float64Array) => centredRanks(values.filter((_, draw) => own[draw] === 1));
  const inputRanks = drawn.columns.map(counted);
  return cells.map((cell, i) => {
    const outputs = values.slice(i * scenarios.length, (i + 1) * scenarios.length);
    const output = outputs[scenarios.indexOf(scenario)]!;
    const ranks = counted(output);
    return {
      ...cell,
      sensitivity: inputs.sensitivity(output, own),
      shares: scenarioShares(outputs, inEvery),
      correlations: new Map(drawn.names.map((name, input) => [name, cosine(inputRanks[input]!, ranks)])),
    };
  });
}

/** Ranks less their mean; equal values share the mean of their ranks. */
function centredRanks(values: Float64Array): Float64Array {
  const order = [...values.keys()].sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  for (let from = 0, to = 0; from < order.length; from = to) {
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let at = from; at < to; at++) ranks[order[at]!] = (from + to - values.length) / 2;
  }
  return ranks;
}

/** The correlation of two centred columns. */
function cosine(a: Float64Array, b: Float64Array): number {
  const product = (x: Float64Array, y: Float64Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  const size = Math.sqrt(product(a, a) * product(b, b));
  return size === 0 ? 0 : product(a, b) / size;
}
