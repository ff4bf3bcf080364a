/**
 * The mode of the posterior, by the damped Gauss–Newton method (K. Levenberg, Quarterly of Applied Mathematics 2, 1944, 164–168;
 * D. W. Marquardt, SIAM Journal on Applied Mathematics 11, 1963, 431–441), and the normal distribution that touches it there (Laplace).
 *
 * The prior is a part of the sum of squares, so the matrix of each step is the identity plus a positive semidefinite one: it can always
 * be solved, also with more parameters than observations. Several dampings are tried side by side, and the best step is taken.
 */
import { cholesky } from "../model/correlations.ts";
import { type FitProblem, type FitState, residuals, statesOf } from "./fit-problem.ts";
import { type LowerTriangle, solveLower, solveUpper } from "./triangular.ts";

export interface Mode extends FitState {
  /** Derivatives of (prediction − observed) / error by the coordinates, one row an observation. */
  readonly jacobian: readonly Float64Array[];
  /** Cholesky factor of the precision I + JᵀJ of the Laplace approximation. */
  readonly factor: LowerTriangle;
  readonly steps: number;
  /** Whether a further step would lower the misfit by no more than {@link TOLERANCE}. */
  readonly converged: boolean;
}

const DAMPINGS = [0, 0.01, 0.1, 0.5, 2, 10, 100, 1000];
/** Difference quotients in a coordinate of unit prior deviation. */
const DIFFERENCE = 1e-4;
/** Of the misfit, in units of log density: far below what any probability shows. */
const TOLERANCE = 1e-6;
const MAX_STEPS = 60;

/**
 * Searches from the prior's centre.
 * @returns null if the run at the centre of the prior fails
 */
export function findMode(problem: FitProblem): Mode | null {
  const start = statesOf(problem, [new Float64Array(problem.dimension)])[0];
  if (!start) return null;
  let state: FitState = start;
  for (let steps = 0; ; steps++) {
    const jacobian = jacobianAt(problem, state);
    const precision = gaussNewton(jacobian, problem.dimension);
    const better: FitState | null = steps < MAX_STEPS ? bestStep(problem, state, jacobian, precision) : null;
    const gain = better ? state.misfit - better.misfit : 0;
    if (better && gain > TOLERANCE) {
      state = better;
      continue;
    }
    // Positive definite, since it is the identity plus a sum of squares.
    return { ...state, jacobian, factor: cholesky(precision)!, steps, converged: steps < MAX_STEPS };
  }
}

/** Forward differences; backward ones where the run ahead fails, and none where both fail. */
function jacobianAt(problem: FitProblem, { point, prediction }: FitState): Float64Array[] {
  const { dimension, errors } = problem;
  const shifted = (by: number) =>
    Array.from({ length: dimension }, (_, j) => point.map((value, k) => (k === j ? value + by : value)));
  const ahead = problem.predict(shifted(DIFFERENCE));
  const behind = ahead.includes(null) ? problem.predict(shifted(-DIFFERENCE)) : ahead;
  return Array.from(errors, (error, i) =>
    Float64Array.from({ length: dimension }, (_, j) => {
      const other = ahead[j] ?? behind[j];
      if (!other) return 0;
      return (other[i]! - prediction[i]!) / (ahead[j] ? DIFFERENCE : -DIFFERENCE) / error;
    }),
  );
}

/** I + JᵀJ. */
function gaussNewton(jacobian: readonly Float64Array[], dimension: number): number[][] {
  const matrix = Array.from({ length: dimension }, (_, j) => Array.from({ length: dimension }, (_, k) => +(j === k)));
  for (const row of jacobian) {
    for (let j = 0; j < dimension; j++) {
      for (let k = 0; k <= j; k++) matrix[j]![k]! += row[j]! * row[k]!;
    }
  }
  for (let j = 0; j < dimension; j++) for (let k = 0; k < j; k++) matrix[k]![j] = matrix[j]![k]!;
  return matrix;
}

/** The state of lowest misfit among steps of all dampings; null if each of their runs fails. */
function bestStep(
  problem: FitProblem,
  { point, prediction }: FitState,
  jacobian: readonly Float64Array[],
  precision: readonly (readonly number[])[],
): FitState | null {
  const gradient = Float64Array.from(point);
  for (const [i, residual] of residuals(problem, prediction).entries()) {
    for (let j = 0; j < gradient.length; j++) gradient[j]! += jacobian[i]![j]! * residual;
  }
  const points = DAMPINGS.map((damping) => {
    const damped = precision.map((row, j) => row.map((value, k) => (j === k ? value * (1 + damping) : value)));
    const factor = cholesky(damped)!;
    const step = solveUpper(factor, solveLower(factor, gradient));
    return point.map((value, j) => value - step[j]!);
  });
  const found = statesOf(problem, points).filter((s) => s !== null);
  return found.reduce<FitState | null>((best, s) => (best && best.misfit <= s.misfit ? best : s), null);
}
