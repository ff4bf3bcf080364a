/**
 * A model as a fit problem: its uncertain parameters as normal coordinates, its indicators at the times of the observations as
 * predictions. Shocks are zero, levers and parameters that are not fitted are those of the reference scenario at central values.
 *
 * A coordinate z becomes a parameter's value by the parameter's own distribution: the quantile at Φ(z), correlated as the model says. So the
 * prior of a fit is what the model declares, and a fitted value never leaves the support of its distribution.
 */
import { correlateNormal } from "../ensemble/correlate.ts";
import type { EnsemblePlan } from "../ensemble/plan.ts";
import type { PlanParameter } from "../ensemble/plan-parameters.ts";
import { parameterValues, quantile } from "../ensemble/quantile.ts";
import { createMachine, type RunMachine } from "../ensemble/run-machine.ts";
import { DrawSampler } from "../ensemble/sample-draws.ts";
import { normalCdf, normalQuantile } from "../numerics/index.ts";
import type { FitProblem } from "./fit-problem.ts";
import type { Observation } from "./observation-map.ts";

/** An observation with its standard deviation, in its own unit. */
export interface FitObservation extends Observation {
  readonly error: number;
}

export interface FitModel extends FitProblem {
  /** Label of each coordinate: `name` or `name[element]`, as in files of draws. */
  readonly labels: readonly string[];
  /** Values of the fitted parameters at a point, by coordinate. */
  valuesAt(point: Float64Array): Float64Array;
  /**
   * Normal scores of the fitted parameters at a point, by coordinate: each is standard normal under the prior. They are the coordinates themselves, but
   * for parameters that are correlated with others, whose coordinate is what the others leave open.
   */
  scoresAt(point: Float64Array): Float64Array;
  /** Value of each fitted parameter at a probability of its own prior, whatever the others are. */
  priorQuantiles(probability: number): Float64Array;
}

/** Φ(z) keeps away from 0 and 1, where quantiles are infinite. */
const SMALLEST = 2 ** -53;

/**
 * @param plan of one scenario, the one that the observations belong to
 * @param fitted names of uncertain parameters with continuous distributions
 * @param observations at save times of the plan
 */
export function fitModel(
  plan: EnsemblePlan,
  fitted: readonly string[],
  observations: readonly FitObservation[],
): FitModel {
  const parameters = plan.parameters.filter((p) => fitted.includes(p.name));
  const columns = parameters.flatMap((p) => p.labels.map((_, e) => p.column + e));
  const runs = new Runs(plan, observations);
  const distributions = parameters.flatMap((p) => [...p.distribution!]);
  const drawAt = (point: Float64Array): Float64Array => valuesOf(plan, parameters, uniformsAt(plan, columns, point));
  const valuesAt = (point: Float64Array): Float64Array => {
    const row = drawAt(point);
    return Float64Array.from(columns, (column) => row[column]!);
  };
  return {
    dimension: columns.length,
    labels: parameters.flatMap((p) => p.labels),
    observed: Float64Array.from(observations, (o) => o.value),
    errors: Float64Array.from(observations, (o) => o.error),
    valuesAt,
    scoresAt: (point) => {
      const uniforms = uniformsAt(plan, columns, point);
      return Float64Array.from(columns, (column) => normalQuantile(uniforms[column]!));
    },
    priorQuantiles: (probability) => Float64Array.from(distributions, (d) => quantile(d, probability)),
    predict: (points) => runs.predict(points.map(drawAt)),
  };
}

/** Correlated uniform numbers of all uncertain numbers; those that are not fitted stand at ½ before they are correlated. */
function uniformsAt(plan: EnsemblePlan, columns: readonly number[], point: Float64Array): Float64Array {
  const uniforms = new Float64Array(plan.catalog.drawColumns.length).fill(0.5);
  for (const [i, column] of columns.entries())
    uniforms[column] = Math.min(Math.max(normalCdf(point[i]!), SMALLEST), 1 - SMALLEST);
  for (const group of plan.correlations) correlateNormal(group, uniforms, 0);
  return uniforms;
}

/** Values of all uncertain numbers: fitted ones from the uniform numbers, others central. */
function valuesOf(plan: EnsemblePlan, fitted: readonly PlanParameter[], uniforms: Float64Array): Float64Array {
  const values = new Float64Array(uniforms.length);
  for (const p of plan.parameters) {
    if (p.column < 0) continue;
    const out = values.subarray(p.column, p.column + p.size);
    if (fitted.includes(p))
      parameterValues(p.distribution!, p.lastLength, uniforms.subarray(p.column, p.column + p.size), out);
    else out.set(p.central);
  }
  return values;
}

/** Where an observation is read from: a row, and cells of the main indicator and of the one that multiplies it. */
interface Reading {
  readonly row: number;
  readonly cell: number;
  readonly weight: number;
  readonly factor: number;
}

/** Runs the model for rows of drawn values, as many lanes at a time as the machine has. */
class Runs {
  readonly #machine: RunMachine;
  readonly #sampler: DrawSampler;
  readonly #readings: readonly Reading[];

  constructor(plan: EnsemblePlan, observations: readonly FitObservation[]) {
    this.#machine = createMachine(plan.program, plan.kernel, plan.lanes);
    this.#sampler = new DrawSampler(plan);
    this.#readings = readingsOf(plan, observations);
  }

  predict(draws: readonly Float64Array[]): (Float64Array | null)[] {
    const { lanes } = this.#machine;
    return Array.from({ length: Math.ceil(draws.length / lanes) }, (_, i) =>
      this.#group(draws.slice(i * lanes, (i + 1) * lanes)),
    ).flat();
  }

  #group(draws: readonly Float64Array[]): (Float64Array | null)[] {
    const columns = draws[0]!.length;
    const values = new Float64Array(draws.length * columns);
    for (const [d, draw] of draws.entries()) values.set(draw, d * columns);
    const sampled = { first: 0, count: draws.length, uniforms: values, values };
    const group = { scenario: 0, from: 0, used: draws.length };
    const predictions = draws.map(() => new Float64Array(this.#readings.length));
    const failures = this.#machine.run(
      {
        load: (memory, lanes) => this.#sampler.load(sampled, group, memory, lanes),
        // A uniform number of 1 is below no probability: a Markov process stays where it is.
        innovations: (noise, _index, out) => void out.fill(noise.process === "markov" ? 1 : 0),
      },
      (row, cells) => this.#read(row, cells, predictions),
    );
    return predictions.map((prediction, lane) => (failures[lane] ? null : prediction));
  }

  #read(row: number, cells: Float64Array, predictions: readonly Float64Array[]): void {
    const { lanes } = this.#machine;
    for (const [i, reading] of this.#readings.entries()) {
      if (reading.row !== row) continue;
      for (const [lane, prediction] of predictions.entries()) {
        const weight = reading.weight < 0 ? 1 : cells[reading.weight * lanes + lane]!;
        prediction[i] = cells[reading.cell * lanes + lane]! * weight * reading.factor;
      }
    }
  }
}

function readingsOf({ program, catalog }: EnsemblePlan, observations: readonly FitObservation[]): Reading[] {
  let next = 0;
  const first = new Map<string, number>();
  for (const output of program.outputs) {
    first.set(output.name, next);
    next += output.size;
  }
  return observations.map(({ output, time }) => {
    const { keys } = catalog.indicators.find((i) => i.name === output.indicator)!;
    const element = keys.indexOf(output.key);
    return {
      row: catalog.saveTimes.indexOf(time),
      cell: first.get(output.indicator)! + element,
      weight: output.weight === null ? -1 : first.get(output.weight)! + element,
      factor: output.factor,
    };
  });
}
