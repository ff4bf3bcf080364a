/**
 * Draws from the posterior: a Metropolis sampler whose proposals keep the normal distribution that touches the mode (Laplace), so that only
 * the difference between the posterior and that normal distribution can reject a step.
 *
 * With v the distance from the mode, P the precision there and ξ normal with covariance P⁻¹, the proposal is √(1 − β²) v + β ξ, and it is
 * accepted with probability min(1, exp(Φ(v) − Φ(v'))), Φ(v) = misfit(mode + v) − ½ vᵀ P v. This is the preconditioned Crank–Nicolson method
 * (S. L. Cotter, G. O. Roberts, A. M. Stuart, D. White, Statistical Science 28, 2013, 424–446, doi:10.1214/13-STS421) with the Laplace
 * approximation as its reference (F. J. Pinski, G. Simpson, A. M. Stuart, H. Weber, SIAM Journal on Scientific Computing 37, 2015,
 * A2733–A2757, doi:10.1137/14098171X). Its acceptance does not fall with the number of parameters as that of a random walk does, and for a
 * linear model with normal errors every step is accepted and β = 1 gives independent draws.
 *
 * Where the posterior's tails are heavier than the reference's, long steps are refused and a chain would stand still, so every second step is a
 * short one. Chains start wider than the reference. β follows the acceptance during a warm-up that is thrown away, and is fixed after it.
 */
import { exp, normalQuantile, streamOf, uniform } from "../numerics/index.ts";
import type { Mode } from "./find-mode.ts";
import { type FitProblem, type FitState, statesOf } from "./fit-problem.ts";
import { solveUpper } from "./triangular.ts";

export interface SamplerOptions {
  readonly seed: number;
  readonly chains: number;
  /** Steps of each chain that are thrown away. */
  readonly warmup: number;
  /** Steps of each chain that are kept. */
  readonly steps: number;
}

export interface Sample {
  /** [chain][step], after the warm-up. */
  readonly chains: readonly (readonly FitState[])[];
  /** Share of the long steps after the warm-up that were accepted. */
  readonly acceptance: number;
  /** Length of the long steps after the warm-up, above 0 and at most 1. */
  readonly beta: number;
  /** Proposals whose run failed. */
  readonly failed: number;
}

const STREAM = "calibration";
/** Standard deviations of the reference by which the chains start apart. */
const START = 1.5;
/** Acceptance at which β stays as it is. */
const WANTED = 0.4;
const ADAPTATION = 0.15;
const SMALLEST_BETA = 0.01;
/** Short steps by the long one. */
const SHORT = 0.2;

/** @returns chains of the same length; the same bits for the same seed, whatever runs the model. */
export function samplePosterior(problem: FitProblem, mode: Mode, options: SamplerOptions): Sample {
  const { chains: count, warmup, steps } = options;
  const draw = new NormalDraws(options.seed, problem.dimension);
  let current = startingStates(problem, mode, count, draw);
  const chains = current.map((): FitState[] => []);
  let beta = 1;
  let [accepted, long, failed] = [0, 0, 0];
  for (let step = 0; step < warmup + steps; step++) {
    const isLong = step % 2 === 0;
    const length = isLong ? beta : SHORT * beta;
    const proposed = statesOf(
      problem,
      current.map((state, chain) => propose(state, mode, length, draw.normals(chain, step + 1))),
    );
    const decided = proposed.map((state, chain) => {
      if (!state) return null;
      const gain = excess(current[chain]!, mode) - excess(state, mode);
      return draw.uniform(chain, step + 1) < exp(Math.min(0, gain)) ? state : null;
    });
    current = current.map((state, chain) => decided[chain] ?? state);
    const moved = decided.filter((state) => state !== null).length;
    if (step < warmup) {
      if (isLong) beta = Math.min(1, Math.max(SMALLEST_BETA, beta * exp(ADAPTATION * (moved / count - WANTED))));
      continue;
    }
    if (isLong) accepted += moved;
    if (isLong) long += count;
    failed += proposed.filter((state) => state === null).length;
    for (const [chain, state] of current.entries()) chains[chain]!.push(state);
  }
  return { chains, acceptance: accepted / long, beta, failed };
}

/** Wider than the reference; a chain whose run fails there starts at the mode. */
function startingStates(problem: FitProblem, mode: Mode, count: number, draw: NormalDraws): FitState[] {
  const points = Array.from({ length: count }, (_, chain) => {
    const away = solveUpper(mode.factor, draw.normals(chain, 0));
    return mode.point.map((value, j) => value + START * away[j]!);
  });
  return statesOf(problem, points).map((state) => state ?? mode);
}

function propose({ point }: FitState, mode: Mode, beta: number, normals: Float64Array): Float64Array {
  const away = solveUpper(mode.factor, normals);
  const kept = Math.sqrt(1 - beta * beta);
  return mode.point.map((centre, j) => centre + kept * (point[j]! - centre) + beta * away[j]!);
}

/** Φ: the negative logarithm of the posterior density over that of the reference, up to a constant. */
function excess({ point, misfit }: FitState, { point: centre, factor }: Mode): number {
  let quadratic = 0;
  for (let j = 0; j < point.length; j++) {
    // Entry j of Lᵀ v.
    let sum = 0;
    for (let i = j; i < point.length; i++) sum += factor[i]![j]! * (point[i]! - centre[i]!);
    quadratic += sum * sum;
  }
  return misfit - quadratic / 2;
}

/** Random numbers of a chain and a step, each a function of seed, chain, step and place alone. */
class NormalDraws {
  readonly #seed: number;
  readonly #dimension: number;
  readonly #stream = streamOf(STREAM);

  constructor(seed: number, dimension: number) {
    this.#seed = seed;
    this.#dimension = dimension;
  }

  normals(chain: number, step: number): Float64Array {
    const first = step * (this.#dimension + 1) + 1;
    return Float64Array.from({ length: this.#dimension }, (_, j) =>
      normalQuantile(uniform(this.#seed, this.#stream, chain, first + j)),
    );
  }

  uniform(chain: number, step: number): number {
    return uniform(this.#seed, this.#stream, chain, step * (this.#dimension + 1));
  }
}
