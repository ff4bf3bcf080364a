/** How far a run changes when its time step is halved (the test of Forrester 1961, Industrial Dynamics, appendix D). */
import type { Simulation } from "../ensemble/simulate.ts";

/** Of one indicator, at the element and save time where halving changes it most. */
export interface StepDifference {
  readonly indicator: string;
  readonly key: string;
  readonly time: number;
  /** In the indicator's unit. */
  readonly difference: number;
  /** Difference as a share of the largest absolute value of the element over the run; 0 where all are 0. */
  readonly share: number;
  /** Whether all values are whole numbers, as of counts and levels: they jump, and a step that is finer only moves the jump. */
  readonly isCount: boolean;
}

/**
 * One row an indicator, the largest share first.
 * @param halved The same variables and save times, with half the step.
 */
export function stepDifferences(whole: Simulation, halved: Simulation): StepDifference[] {
  const worst = new Map<string, StepDifference>();
  for (const [c, { variable, key, values }] of whole.columns.entries()) {
    const others = halved.columns[c]!.values;
    const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const isWhole = values.every(Number.isInteger) && others.every(Number.isInteger);
    const before = worst.get(variable);
    let found: StepDifference = before ?? {
      indicator: variable,
      key,
      time: whole.times[0]!,
      difference: 0,
      share: 0,
      isCount: true,
    };
    for (const [row, value] of values.entries()) {
      const difference = Math.abs(value - others[row]!);
      const share = scale === 0 ? 0 : difference / scale;
      if (share > found.share) found = { ...found, key, time: whole.times[row]!, difference, share };
    }
    worst.set(variable, { ...found, isCount: found.isCount && isWhole });
  }
  return [...worst.values()].sort((a, b) => b.share - a.share);
}
