/**
 * What is fitted: a model seen as a function from a point to predictions, and the observations that it is held against.
 *
 * A point has one coordinate for each uncertain number, and in these coordinates the prior is standard normal. So the negative logarithm
 * of the posterior density, up to a constant, is the sum of squares
 *
 *     misfit(z) = ½ |z|² + ½ Σ ((prediction(z) − observed) / error)²
 */
export interface FitProblem {
  /** Coordinates of a point. */
  readonly dimension: number;
  readonly observed: Float64Array;
  /** Standard deviation of each observation: what was measured wrong and what the model cannot know. Above zero. */
  readonly errors: Float64Array;
  /** Predictions of the observations at each of some points; null for a run that failed. */
  predict(points: readonly Float64Array[]): readonly (Float64Array | null)[];
}

/** A point with what the model says there. */
export interface FitState {
  readonly point: Float64Array;
  readonly prediction: Float64Array;
  readonly misfit: number;
}

/** States of points; null where the run failed, whose posterior density is zero. */
export function statesOf(problem: FitProblem, points: readonly Float64Array[]): (FitState | null)[] {
  return problem.predict(points).map((prediction, i) => {
    if (!prediction) return null;
    const point = points[i]!;
    return { point, prediction, misfit: (squared(point) + squared(residuals(problem, prediction))) / 2 };
  });
}

/** (prediction − observed) / error. */
export function residuals({ observed, errors }: FitProblem, prediction: Float64Array): Float64Array {
  return prediction.map((value, i) => (value - observed[i]!) / errors[i]!);
}

/** Sum of squares. */
export function squared(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
