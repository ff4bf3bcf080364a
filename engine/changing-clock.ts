/**
 * Clocks that change during a run: Vensim's control variables may have any equation (reference manual, "Time Bounds"). A run at central values
 * shows how the clock goes; the model is then built with a grid that has all its times.
 */
import { simulate } from "./ensemble/simulate.ts";
import type { Program } from "./ir/program.ts";
import { type ClockTrial, commonStep, simplest } from "./language/foreign/clock.ts";
import type { ForeignOrigin } from "./language/foreign/translate-model.ts";
import type { Model } from "./model/model.ts";
import { timeOfStep } from "./model/time-grid.ts";

/** How near to a whole number of grid steps a step must be. */
const WHOLE = 1e-6;

/**
 * Follows the clock of a model that was built on trust: its times, as far as the grid has them, and the rows that are saved.
 *
 * @returns what to build the model with next: a finer or longer grid, or the same with the rows that were found
 */
export function followClock(
  model: Model,
  program: Program,
  clock: NonNullable<ForeignOrigin["changingClock"]>,
): ClockTrial {
  const { time } = model;
  const names = [clock.stop, clock.step, clock.save].filter((n) => n !== null);
  const { columns } = simulate(model, program, { variables: names });
  const valueAt = (name: string | null, otherwise: number, at: number): number =>
    name === null ? otherwise : columns.find((c) => c.variable === name)!.values[at]!;
  const length = time.step.numerator / time.step.denominator;
  const grid = { numerator: time.step.numerator, denominator: time.step.denominator };
  const saved = [time.start];
  let nextSave = time.start + valueAt(clock.save, clock.constant.save, 0);
  for (let at = 0; ; ) {
    const now = timeOfStep(time, at);
    const step = valueAt(clock.step, clock.constant.step, at);
    const end = valueAt(clock.stop, clock.constant.stop, at);
    if (!(step > 0) || !(now + step / 2 <= end)) {
      if (saved.at(-1) !== now) saved.push(now);
      return { stop: now, step: grid, saved };
    }
    const next = at + step / length;
    if (Math.abs(next - Math.round(next)) > WHOLE) {
      return { stop: time.stop, step: commonStep(grid, simplest(step)), saved: null };
    }
    at = Math.round(next);
    if (at > time.steps) return { stop: Math.max(end, now + step), step: grid, saved: null };
    const then = timeOfStep(time, at);
    if (then + step / 2 <= nextSave) continue;
    saved.push(then);
    nextSave = then + valueAt(clock.save, clock.constant.save, at);
  }
}

/** Whether two trials say the same. */
export function sameTrial(a: ClockTrial | null, b: ClockTrial): boolean {
  return (
    a !== null &&
    a.stop === b.stop &&
    a.step?.numerator === b.step?.numerator &&
    a.step?.denominator === b.step?.denominator &&
    a.saved?.join() === b.saved?.join()
  );
}
