/**
 * Runs by Saltelli's scheme, for sensitivity by design: rows of two independent draws A and B, and for each factor the run of A with that factor
 * taken from B. A row is a block: its runs A, A with factor 1 … k from B, and B.
 */
import { Interpreter } from "../ir/interpreter.ts";
import type { NoiseSlots } from "../ir/program.ts";
import { readOutput, runProgram } from "../ir/run-program.ts";
import type { BlockResult } from "./block-result.ts";
import type { Catalog } from "./catalog.ts";
import type { EnsemblePlan } from "./plan.ts";
import { DrawSampler, type SampledDraws } from "./sample-draws.ts";

/** Drawn numbers that are varied together: a parameter with all its elements, and whatever it is drawn together with. */
export interface Factor {
  readonly name: string;
  /** Columns of the catalog's `drawColumns`. */
  readonly columns: readonly number[];
}

/** Plain data that can be sent to a thread. */
export interface FactorPlan {
  readonly catalog: Catalog;
  /** Runs in all: rows × (factors + 2). */
  readonly draws: number;
  /** Runs of a row. */
  readonly blockDraws: number;
  readonly factors: readonly Factor[];
  /** An ensemble of one scenario and `2 × rows` independent draws. */
  readonly ensemble: EnsemblePlan;
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
function factorsOf({ parameters, correlations }: EnsemblePlan): Factor[] {
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
  const { ensemble, blockDraws: lanes, factors, catalog } = plan;
  const { program } = ensemble;
  const rows = ensemble.draws / 2;
  const sampler = new DrawSampler(ensemble);
  const machine = new Interpreter(program, lanes);
  const columns = catalog.drawColumns.length;
  return (row) => {
    const [a, b] = [sampler.sample(row, 1), sampler.sample(row + rows, 1)];
    const mixed = mix(a, b, factors, columns);
    const tables = catalog.tables.map(
      (table) => new Float64Array(table.indicators.length * lanes * catalog.saveTimes.length * table.keys.length),
    );
    const one = { scenario: 0, from: 0, used: 1 };
    const own = new Float64Array(program.noise.reduce((most, noise) => Math.max(most, noise.size), 0));
    const innovations = (noise: NoiseSlots, index: number, out: Float64Array) => {
      sampler.innovations(noise, index, a, one, out, lanes);
      sampler.innovations(noise, index, b, one, own.subarray(0, noise.size), 1);
      for (let e = 0; e < noise.size; e++) out[e * lanes + lanes - 1] = own[e]!;
    };
    const failures = runProgram(
      program,
      machine,
      { load: (memory) => sampler.load(mixed, { scenario: 0, from: 0, used: lanes }, memory, lanes), innovations },
      { save: (at) => save(plan, machine, tables, at) },
    );
    return {
      block: row,
      firstDraw: row * lanes,
      draws: lanes,
      tables,
      failed: Uint8Array.from(failures, (failure) => (failure === null ? 0 : 1)),
      failures: [],
      drawValues: mixed.values,
      identityResiduals: new Float64Array(program.identities.length),
    };
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

function save(
  { catalog, ensemble, blockDraws: lanes }: FactorPlan,
  machine: Interpreter,
  tables: readonly Float64Array[],
  row: number,
): void {
  const { program } = ensemble;
  const times = catalog.saveTimes.length;
  for (const [t, table] of catalog.tables.entries()) {
    const cells = table.keys.length;
    for (const [i, name] of table.indicators.entries()) {
      const output = program.outputs.find((candidate) => candidate.name === name)!;
      for (let lane = 0; lane < lanes; lane++) {
        const at = ((i * lanes + lane) * times + row) * cells;
        for (let cell = 0; cell < cells; cell++)
          tables[t]![at + cell] = readOutput(program, output, machine, cell, lane);
      }
    }
  }
}
