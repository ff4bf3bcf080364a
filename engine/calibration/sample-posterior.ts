/**
 * Draws from the posterior: elliptical slice sampling (I. Murray, R. P. Adams, D. J. C. MacKay, AISTATS 9, 2010, 541–548) about the normal
 * distribution that touches the mode (Laplace), the reference.
 *
 * With v the distance of a chain from the mode and ν a draw from the reference, every point v cos θ + ν sin θ of the ellipse through both is as
 * likely under the reference as v is. What is left of the posterior is exp(−Φ), Φ(v) = misfit(mode + v) − ½ vᵀ P v with P the precision at
 * the mode. A level is drawn under exp(−Φ(v)), and angles are drawn from a bracket that shrinks towards v until the level is passed. There is no
 * step length to tune, and no proposal is lost. A linear model with normal errors passes at the first angle, whatever the number of parameters;
 * the more the posterior differs from the reference, the shorter the steps (R. Nishihara, I. Murray, R. P. Adams, Journal of Machine Learning
 * Research 15, 2014, 2087–2112, on references fitted to a posterior).
 *
 * All chains take a step together, so that the runs of the model go side by side. They start wider than the reference.
 */
import { cos, ln, normalQuantile, sin, streamOf, uniform } from "../numerics/index.ts";
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
  /** Told after each step how many are done, the warm-up included. */
  readonly onStep?: (done: number) => void;
}

export interface Sample {
  /** [chain][step], after the warm-up. */
  readonly chains: readonly (readonly FitState[])[];
  /** Runs of the model that a step of a chain took, on average: 1 where the posterior is normal. */
  readonly runsPerStep: number;
  /** Runs that failed. */
  readonly failed: number;
}

/** Standard deviations of the reference by which the chains start apart. */
const START = 1.5;
const TWO_PI = 6.283185307179586;
/** The bracket has then shrunk to a point; a chain that has passed nothing stays where it is. */
const MAX_ANGLES = 64;

/** @returns chains of the same length; the same bits for the same seed, whatever runs the model. */
export function samplePosterior(problem: FitProblem, mode: Mode, options: SamplerOptions): Sample {
  const { warmup, steps } = options;
  const numbers = new Numbers(options.seed, problem.dimension);
  let states = startingStates(problem, mode, options.chains, numbers);
  const chains = states.map((): FitState[] => []);
  let [runs, failed] = [0, 0];
  for (let step = 1; step <= warmup + steps; step++) {
    const moves = states.map((state, chain) => new Move(state, mode, numbers, chain, step));
    for (let turn = 1; turn <= MAX_ANGLES; turn++) {
      const open = moves.filter((move) => !move.passed);
      if (open.length === 0) break;
      const found = statesOf(
        problem,
        open.map((move) => move.point()),
      );
      for (const [i, move] of open.entries()) move.judge(found[i]!, turn);
      runs += found.length;
      failed += found.filter((state) => state === null).length;
    }
    states = moves.map((move) => move.state);
    if (step > warmup) for (const [chain, state] of states.entries()) chains[chain]!.push(state);
    options.onStep?.(step);
  }
  return { chains, runsPerStep: runs / (options.chains * (warmup + steps)), failed };
}

/** A step of one chain. */
class Move {
  /** Where the chain is: at the start of the step until an angle has passed. */
  state: FitState;
  passed = false;
  readonly #mode: Mode;
  readonly #numbers: Numbers;
  readonly #chain: number;
  readonly #step: number;
  /** The other direction of the ellipse. */
  readonly #away: Float64Array;
  /** Φ of points that pass lies below it. */
  readonly #level: number;
  #angle: number;
  #low: number;
  #high: number;

  constructor(state: FitState, mode: Mode, numbers: Numbers, chain: number, step: number) {
    this.state = state;
    this.#mode = mode;
    this.#numbers = numbers;
    this.#chain = chain;
    this.#step = step;
    this.#away = solveUpper(mode.factor, numbers.normals(chain, step));
    this.#level = excess(state, mode) - ln(numbers.level(chain, step));
    this.#angle = TWO_PI * numbers.angle(chain, step, 0);
    this.#low = this.#angle - TWO_PI;
    this.#high = this.#angle;
  }

  point(): Float64Array {
    const [along, across] = [cos(this.#angle), sin(this.#angle)];
    return this.#mode.point.map(
      (centre, j) => centre + along * (this.state.point[j]! - centre) + across * this.#away[j]!,
    );
  }

  /** Takes the state at the angle, or shrinks the bracket and draws the next angle; null is a run that failed. */
  judge(found: FitState | null, turn: number): void {
    if (found && excess(found, this.#mode) < this.#level) {
      this.state = found;
      this.passed = true;
      return;
    }
    if (this.#angle < 0) this.#low = this.#angle;
    else this.#high = this.#angle;
    this.#angle = this.#low + (this.#high - this.#low) * this.#numbers.angle(this.#chain, this.#step, turn);
  }
}

/** Wider than the reference; a chain whose run fails there starts at the mode. */
function startingStates(problem: FitProblem, mode: Mode, count: number, numbers: Numbers): FitState[] {
  const points = Array.from({ length: count }, (_, chain) => {
    const away = solveUpper(mode.factor, numbers.normals(chain, 0));
    return mode.point.map((value, j) => value + START * away[j]!);
  });
  return statesOf(problem, points).map((state) => state ?? mode);
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
class Numbers {
  readonly #seed: number;
  readonly #dimension: number;
  readonly #directions = streamOf("calibration directions");
  readonly #levels = streamOf("calibration levels");
  readonly #angles = streamOf("calibration angles");

  constructor(seed: number, dimension: number) {
    this.#seed = seed;
    this.#dimension = dimension;
  }

  normals(chain: number, step: number): Float64Array {
    const first = step * this.#dimension;
    return Float64Array.from({ length: this.#dimension }, (_, j) =>
      normalQuantile(uniform(this.#seed, this.#directions, chain, first + j)),
    );
  }

  level = (chain: number, step: number): number => uniform(this.#seed, this.#levels, chain, step);

  angle = (chain: number, step: number, turn: number): number =>
    uniform(this.#seed, this.#angles, chain, step * (MAX_ANGLES + 1) + turn);
}
