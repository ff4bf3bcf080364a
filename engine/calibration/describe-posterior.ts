/** What a calibration found: parameters against their prior, observations against the predictions. Plain data. */
import { normalCdf } from "../numerics/index.ts";
import { quantile } from "../statistics/quantile.ts";
import { convergenceOf } from "./convergence.ts";
import type { Mode } from "./find-mode.ts";
import type { FitModel, FitObservation } from "./fit-model.ts";
import type { FitState } from "./fit-problem.ts";
import type { Sample } from "./sample-posterior.ts";
import { solveLower } from "./triangular.ts";

export interface PosteriorParameter {
  /** `name` or `name[element]`. */
  readonly label: string;
  readonly prior: Interval;
  readonly mode: number;
  readonly posterior: Interval;
  /** Standard deviation of the posterior over that of the prior, both of the normal score: 1 where the data say nothing. */
  readonly spread: number;
  /** Median of the posterior in prior standard deviations from the prior's median. */
  readonly shift: number;
  readonly rHat: number;
  readonly bulkEss: number;
}

/** Quantiles at 2.5, 50 and 97.5 %. */
export interface Interval {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

export interface FittedObservation {
  readonly variable: string;
  readonly unit: string;
  readonly area: string;
  readonly time: number;
  readonly observed: number;
  readonly error: number;
  /** At the mode. */
  readonly fitted: number;
  /** Of the prediction without the observation's own error. */
  readonly posterior: Interval;
  /** Probability that a new observation lies below the one that was made. */
  readonly pit: number;
  /** (fitted − observed) / error at the mode. */
  readonly residual: number;
  /** The residual that the observation would have had the fit not seen it, over its standard deviation; by the linear model at the mode. */
  readonly leftOut: number;
}

export interface Coverage {
  /** Width of the central band, as a share. */
  readonly band: number;
  /** Share of the observations in the band of the predictions, which the fit has seen. */
  readonly seen: number;
  /** Share in the band that each observation has where the fit has not seen it, by the linear model at the mode. */
  readonly leftOut: number;
}

export interface Posterior {
  readonly parameters: readonly PosteriorParameter[];
  readonly observations: readonly FittedObservation[];
  readonly coverage: readonly Coverage[];
  /** Directions that the data decide: the trace of the matrix that turns observations into fitted values. */
  readonly effectiveParameters: number;
  /** Steps of the search, and whether it came to rest. */
  readonly steps: number;
  readonly converged: boolean;
  /** Runs that a step of a chain took: 1 where the posterior is normal. */
  readonly runsPerStep: number;
  readonly failed: number;
}

const BANDS = [0.5, 0.8, 0.95];
/** Half the width of the band under a standard normal distribution. */
const HALF_WIDTHS = [0.674489750196082, 1.2815515655446, 1.95996398454005];

export function describePosterior(
  model: FitModel,
  observations: readonly FitObservation[],
  mode: Mode,
  sample: Sample,
): Posterior {
  const states = sample.chains.flat();
  const leverages = mode.jacobian.map((row) => sumOfSquares(solveLower(mode.factor, row)));
  const fitted = observations.map((observation, i) => describeObservation(observation, i, mode, leverages[i]!, states));
  return {
    parameters: describeParameters(model, mode, sample),
    observations: fitted,
    coverage: BANDS.map((band, b) => ({
      band,
      seen: share(fitted, (o) => Math.abs(o.pit - 0.5) <= band / 2),
      leftOut: share(fitted, (o) => Math.abs(o.leftOut) <= HALF_WIDTHS[b]!),
    })),
    effectiveParameters: leverages.reduce((sum, h) => sum + h, 0),
    steps: mode.steps,
    converged: mode.converged,
    runsPerStep: sample.runsPerStep,
    failed: sample.failed,
  };
}

function describeParameters(model: FitModel, mode: Mode, { chains }: Sample): PosteriorParameter[] {
  const states = chains.flat();
  const values = states.map(({ point }) => model.valuesAt(point));
  const modes = model.valuesAt(mode.point);
  const scores = chains.map((chain) => chain.map(({ point }) => model.scoresAt(point)));
  const prior = [0.025, 0.5, 0.975].map((probability) => model.priorQuantiles(probability));
  return model.labels.map((label, j) => {
    const own = scores.map((chain) => chain.map((row) => row[j]!));
    const all = Float64Array.from(own.flat());
    const convergence = convergenceOf(own);
    return {
      label,
      prior: { low: prior[0]![j]!, median: prior[1]![j]!, high: prior[2]![j]! },
      mode: modes[j]!,
      posterior: intervalOf(Float64Array.from(values, (row) => row[j]!)),
      spread: deviation(all),
      shift: intervalOf(all).median,
      ...convergence,
    };
  });
}

function describeObservation(
  { output, time, value, error }: FitObservation,
  i: number,
  mode: Mode,
  leverage: number,
  states: readonly FitState[],
): FittedObservation {
  const predictions = Float64Array.from(states, (s) => s.prediction[i]!);
  let below = 0;
  for (const prediction of predictions) below += normalCdf((value - prediction) / error);
  const residual = (mode.prediction[i]! - value) / error;
  return {
    variable: output.variable,
    unit: output.unit,
    area: output.area,
    time,
    observed: value,
    error,
    fitted: mode.prediction[i]!,
    posterior: intervalOf(predictions),
    pit: below / predictions.length,
    residual,
    leftOut: residual / Math.sqrt(Math.max(1 - leverage, Number.EPSILON)),
  };
}

function intervalOf(values: Float64Array): Interval {
  const sorted = Float64Array.from(values).sort();
  const sample = { n: sorted.length, at: (rank: number) => sorted[rank]!, errorAt: () => 0 };
  return { low: quantile(sample, 0.025), median: quantile(sample, 0.5), high: quantile(sample, 0.975) };
}

const share = <T>(items: readonly T[], holds: (item: T) => boolean): number =>
  items.filter(holds).length / items.length;

function deviation(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  const centre = sum / values.length;
  return Math.sqrt(sumOfSquares(values.map((value) => value - centre)) / (values.length - 1));
}

function sumOfSquares(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
