/**
 * Elementary effects of factors on an output, from trajectories (Morris 1991; the mean of absolute effects is that of Campolongo, Cariboni
 * and Saltelli 2007, "An effective screening design for sensitivity analysis of large models", Environmental Modelling & Software 22).
 *
 * An effect is the change of the output along one step, divided by the change of probability (half, with the sign of the
 * direction): in the output's unit, the change if the factor went through its whole distribution at that slope.
 */
import { MORRIS_STEP, type MorrisPlan, trajectory } from "../../ensemble/morris-plan.ts";
import { type DesignOutput, type DesignRows, requireRows } from "./design-rows.ts";
import { resamples } from "./first-order.ts";
import { bootstrapInterval, type Interval } from "./interval.ts";

export interface ElementaryEffect {
  readonly factor: string;
  /** Mean effect; effects of both signs cancel in it. */
  readonly mu: Interval;
  /** Mean of the absolute effects: how much the factor matters. */
  readonly muStar: Interval;
  /** Standard deviation of the effects: how much they depend on where the others, or the factor itself, stand. */
  readonly sigma: Interval;
}

export interface MorrisSensitivity extends DesignOutput {
  /** Trajectories that count: those on which no run failed. */
  readonly rows: number;
  /** The largest `muStar` first; empty if no step changed the output. */
  readonly effects: readonly ElementaryEffect[];
}

/** Trajectories below which nothing is said. */
export const LEAST_TRAJECTORIES = 4;

/** @throws RangeError if fewer than {@link LEAST_TRAJECTORIES} trajectories have no failed run. */
export function elementaryEffects(plan: MorrisPlan, rows: DesignRows, seed: number): MorrisSensitivity[] {
  requireRows(rows, LEAST_TRAJECTORIES);
  const trajectories = rows.numbers.map((row) => trajectory(plan, row));
  const weights = resamples(rows.numbers.length, seed);
  return rows.outputs.map((output, o) => {
    const values = rows.values[o]!;
    const effects = plan.factors.map(({ name }, f) => {
      const of = Float64Array.from(trajectories, ({ order, rises }, t) => {
        const run = order.indexOf(f);
        return (values[t]![run + 1]! - values[t]![run]!) / (rises[f] ? MORRIS_STEP : -MORRIS_STEP);
      });
      return { factor: name, of };
    });
    const moves = effects.some(({ of }) => of.some((effect) => effect !== 0));
    return {
      ...output,
      rows: rows.numbers.length,
      effects: moves
        ? effects
            .map(({ factor, of }) => ({ factor, ...statisticsOf(of, weights) }))
            .sort((a, b) => b.muStar.value - a.muStar.value)
        : [],
    };
  });
}

function statisticsOf(effects: Float64Array, weights: readonly Uint32Array[]): Omit<ElementaryEffect, "factor"> {
  const once = new Uint32Array(effects.length).fill(1);
  const interval = (estimate: (w: Uint32Array) => number) => bootstrapInterval(estimate(once), weights, estimate);
  return {
    mu: interval((w) => mean(effects, w)),
    muStar: interval((w) => mean(effects.map(Math.abs), w)),
    sigma: interval((w) => deviation(effects, w)),
  };
}

function mean(values: Float64Array, weights: Uint32Array): number {
  return values.reduce((sum, value, i) => sum + weights[i]! * value, 0) / values.length;
}

function deviation(values: Float64Array, weights: Uint32Array): number {
  const centre = mean(values, weights);
  const squares = values.reduce((sum, value, i) => sum + weights[i]! * (value - centre) * (value - centre), 0);
  return Math.sqrt(squares / (values.length - 1));
}
