/**
 * Runs by the design of Morris (1991), "Factorial sampling plans for preliminary computational experiments", Technometrics 33(2): each row
 * is a trajectory, on which one factor after the other moves once, in an order and a direction of its own.
 *
 * A number takes one of four levels of probability: 1/8, 3/8, 5/8, 7/8, the middles of four equal parts (the ends 0 and 1 of a
 * distribution may lie at infinity). A step is half the probability, two levels, so that all levels are met equally often. All numbers of
 * a factor move together and in one direction.
 */
import { streamOf, uniform } from "../numerics/index.ts";
import type { BlockResult } from "./block-result.ts";
import { type Factor, factorsOf } from "./factor-plan.ts";
import type { EnsemblePlan } from "./plan.ts";
import { type RowPlan, RowRunner } from "./run-rows.ts";

/** Probability by which a step moves the numbers of a factor. */
export const MORRIS_STEP = 0.5;
const LOW_LEVELS = [0.125, 0.375] as const;

/** Trajectories × (factors + 1) runs; the ensemble has as many draws as there are trajectories, for their shocks. */
export interface MorrisPlan extends RowPlan {
  readonly factors: readonly Factor[];
  /** For each column of the draws, the position of the first column that has the same random stream. */
  readonly streams: readonly number[];
}

export interface Trajectory {
  /** Uniform numbers of each run, [run, column], before any correlation. */
  readonly uniforms: Float64Array;
  /** The factor that run i + 1 moves, by its position. */
  readonly order: readonly number[];
  /** Whether each factor rises. */
  readonly rises: readonly boolean[];
}

/** @param ensemble Of one scenario, with as many independent draws as trajectories are wanted. */
export function planMorris(ensemble: EnsemblePlan): MorrisPlan {
  const { catalog, scenarios, design, replications, parameters } = ensemble;
  if (scenarios.length !== 1 || design.kind !== "monte-carlo" || replications !== 1) {
    throw new Error("trajectories need one scenario and independent draws");
  }
  const factors = factorsOf(ensemble);
  const names = parameters.flatMap((p) => (p.column < 0 ? [] : p.streams));
  const blockDraws = factors.length + 1;
  const streams = names.map((name) => names.indexOf(name));
  return { catalog, draws: ensemble.draws * blockDraws, blockDraws, factors, ensemble, streams };
}

/** A trajectory by its number: a pure function of the seed and the number. */
export function trajectory({ ensemble, factors, streams }: MorrisPlan, row: number): Trajectory {
  const stream = streamOf("morris-trajectories");
  let next = 0;
  const random = () => uniform(ensemble.seed, stream, row, next++);
  const rises = factors.map(() => random() < 0.5);
  const keys = factors.map(random);
  const order = [...factors.keys()].sort((a, b) => keys[a]! - keys[b]!);
  const lows = streams.map(() => LOW_LEVELS[random() < 0.5 ? 0 : 1]);
  const columns = streams.length;
  const uniforms = new Float64Array((factors.length + 1) * columns);
  for (const [f, factor] of factors.entries()) {
    const moves = order.indexOf(f) + 1;
    for (let run = 0; run <= factors.length; run++) {
      const isHigh = run >= moves === rises[f];
      for (const column of factor.columns)
        uniforms[run * columns + column] = lows[streams[column]!]! + (isHigh ? MORRIS_STEP : 0);
    }
  }
  return { uniforms, order, rises };
}

/** Runs a trajectory by its number, under the shocks of one draw. */
export function createBlockRunner(plan: MorrisPlan): (block: number) => BlockResult {
  const runner = new RowRunner(plan);
  return (row) => runner.run(row, runner.sampler.at(trajectory(plan, row).uniforms, row), () => row);
}
