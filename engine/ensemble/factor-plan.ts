/**
 * Runs by Saltelli's scheme, for sensitivity by design: rows of two independent draws A and B, and for each factor the run of A with that factor
 * taken from B. A row is a block: its runs A, A with factor 1 … k from B, and B.
 */
import type { BlockResult } from "./block-result.ts";
import type { EnsemblePlan } from "./plan.ts";
import { type RowPlan, RowRunner } from "./run-rows.ts";
import type { SampledDraws } from "./sample-draws.ts";

/** Drawn numbers that are varied together: a parameter with all its elements, and whatever it is drawn together with. */
export interface Factor {
  readonly name: string;
  /** Columns of the catalog's `drawColumns`. */
  readonly columns: readonly number[];
}

/** Rows × (factors + 2) runs; the ensemble has `2 × rows` draws. */
export interface FactorPlan extends RowPlan {
  readonly factors: readonly Factor[];
}

/** @param ensemble Of one scenario, with independent draws: those of row r are r and r + rows. */
export function planFactors(ensemble: EnsemblePlan): FactorPlan {
  const { catalog, scenarios, design, replications } = ensemble;
  if (scenarios.length !== 1 || design.kind !== "monte-carlo" || replications !== 1 || ensemble.draws % 2 !== 0) {
    throw new Error("factors need one scenario and an even number of independent draws");
  }
  const factors = factorsOf(ensemble);
  const blockDraws = factors.length + 2;
  return { catalog, draws: (ensemble.draws / 2) * blockDraws, blockDraws, factors, ensemble };
}

/** Parameters, joined where a correlation or a common stream makes them be drawn together. */
export function factorsOf({ parameters, correlations }: EnsemblePlan): Factor[] {
  const uncertain = parameters.filter((p) => p.column >= 0);
  const groups = uncertain.map((p) => ({
    names: [p.name],
    columns: new Set(p.labels.map((_, e) => p.column + e)),
    streams: new Set(p.streams),
  }));
  const belong = (a: (typeof groups)[number], b: (typeof groups)[number]) =>
    [...a.streams].some((stream) => b.streams.has(stream)) ||
    correlations.some((c) => c.columns.some((x) => a.columns.has(x)) && c.columns.some((x) => b.columns.has(x)));
  const joined: typeof groups = [];
  for (const group of groups) {
    const partners = joined.filter((other) => belong(group, other));
    const whole = [...partners, group];
    for (const partner of partners) joined.splice(joined.indexOf(partner), 1);
    joined.push({
      names: whole.flatMap((g) => g.names),
      columns: new Set(whole.flatMap((g) => [...g.columns])),
      streams: new Set(whole.flatMap((g) => [...g.streams])),
    });
  }
  return joined
    .map(({ names, columns }) => ({ name: names.join(" + "), columns: [...columns].sort((a, b) => a - b) }))
    .sort((a, b) => a.columns[0]! - b.columns[0]!);
}

/** Runs a row by its number. The runs of a row have the shocks of A, but for B, which has its own. */
export function createBlockRunner(plan: FactorPlan): (block: number) => BlockResult {
  const { ensemble, blockDraws: runs, factors, catalog } = plan;
  const rows = ensemble.draws / 2;
  const runner = new RowRunner(plan);
  return (row) => {
    const [a, b] = [runner.sampler.sample(row, 1), runner.sampler.sample(row + rows, 1)];
    const mixed = mix(a, b, factors, catalog.drawColumns.length);
    return runner.run(row, mixed, (run) => (run === runs - 1 ? row + rows : row));
  };
}

/** The numbers of A, of A with each factor from B, and of B. */
function mix(a: SampledDraws, b: SampledDraws, factors: readonly Factor[], columns: number): SampledDraws {
  const count = factors.length + 2;
  const mixed = (from: Float64Array, other: Float64Array) => {
    const out = new Float64Array(count * columns);
    for (let lane = 0; lane < count; lane++) out.set(lane === count - 1 ? other : from, lane * columns);
    for (const [i, factor] of factors.entries()) {
      for (const column of factor.columns) out[(i + 1) * columns + column] = other[column]!;
    }
    return out;
  };
  return { first: a.first, count, uniforms: mixed(a.uniforms, b.uniforms), values: mixed(a.values, b.values) };
}
