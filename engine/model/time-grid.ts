/** The clock of a model in whole steps, and the numbers of steps that periods and dates stand for. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/source.ts";
import type { Fraction, HeaderDocument } from "../language/document.ts";
import { greatestCommonDivisor } from "../language/node-reader.ts";
import type { TimeGrid } from "./model.ts";

/** How near to a whole number a count of steps must be; counts come from one division of exact numbers. */
const WHOLE = 1e-9;
const MAX_STEPS = 10_000_000;

const asWhole = (x: number): number | null =>
  Math.abs(x - Math.round(x)) <= WHOLE * Math.max(1, Math.abs(x)) ? Math.round(x) : null;

/** Checks the header's time grid; null where it is uneven, with the steps that would fit in the message. */
export function buildTimeGrid(header: HeaderDocument, diagnostics: DiagnosticList): TimeGrid | null {
  const { start, stop, step, save } = header;
  if (!(stop > start)) {
    diagnostics.add("stop-before-start", header.timeSpan, { start, stop });
    return null;
  }
  const steps = asWhole(((stop - start) * step.denominator) / step.numerator);
  if (steps === null) {
    reportUneven(header, diagnostics);
    return null;
  }
  if (steps > MAX_STEPS) {
    diagnostics.add("model-too-large", step.span, { what: "steps", size: steps, limit: MAX_STEPS });
    return null;
  }
  const stepsPerSave = asWhole((save.numerator * step.denominator) / (save.denominator * step.numerator));
  if (stepsPerSave === null || stepsPerSave < 1 || steps % stepsPerSave !== 0) {
    const wanted = (save.numerator * step.denominator) / (save.denominator * step.numerator);
    const nearest = Array.from({ length: steps }, (_, i) => i + 1)
      .filter((n) => steps % n === 0)
      .sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))
      .slice(0, 3)
      .map((n) => stepText(n * step.numerator, step.denominator));
    diagnostics.add("uneven-save", save.span, { save: save.text, step: step.text, nearest });
    return null;
  }
  return { start, stop, step, steps, stepsPerSave, unit: header.timeUnit };
}

function reportUneven({ start, stop, step, timeUnit }: HeaderDocument, diagnostics: DiagnosticList): void {
  const length = step.numerator / step.denominator;
  const below = Math.floor((stop - start) / length);
  const end = (steps: number) => ({ steps, stop: Number((start + steps * length).toPrecision(12)) });
  diagnostics.add("uneven-time-grid", step.span, {
    start,
    stop,
    step: step.text,
    unit: timeUnit,
    below: end(below),
    above: end(below + 1),
    nearest: nearestSteps(stop - start, length),
  });
}

/** Up to three steps near to the one given, of those that people write and that divide the horizon evenly. */
function nearestSteps(horizon: number, step: number): { step: string; steps: number }[] {
  const written: { numerator: number; denominator: number }[] = [];
  for (let n = 2; n <= 366; n++) written.push({ numerator: 1, denominator: n });
  for (let k = 1; k <= Math.min(horizon, 1000); k++) written.push({ numerator: k, denominator: 1 });
  // Simple decimals: multiples of 0.05 and of 1/8.
  for (const denominator of [20, 8])
    for (let k = 1; k <= 4 * denominator; k++) written.push({ numerator: k, denominator });
  const fitting = new Map<number, string>();
  for (const { numerator, denominator } of written) {
    const steps = asWhole((horizon * denominator) / numerator);
    if (steps !== null && steps >= 1 && !fitting.has(steps)) fitting.set(steps, stepText(numerator, denominator));
  }
  const ratio = (steps: number) => Math.max(horizon / steps / step, (step * steps) / horizon);
  return [...fitting]
    .map(([steps, text]) => ({ step: text, steps }))
    .sort((a, b) => ratio(a.steps) - ratio(b.steps))
    .slice(0, 3);
}

/** A step as people write it: `2`, `1/12`, `0.75`; a fraction where a decimal would not be exact. */
function stepText(numerator: number, denominator: number): string {
  const divisor = greatestCommonDivisor(numerator, denominator);
  const [n, d] = [numerator / divisor, denominator / divisor];
  if (d === 1) return String(n);
  const isDecimal = n !== 1 && 1000 % d === 0;
  return isDecimal ? String(n / d) : `${n}/${d}`;
}

/** The time of a step: one exact product, one division, one sum, so that it never drifts. */
export function timeOfStep(grid: TimeGrid, step: number): number {
  return grid.start + (step * grid.step.numerator) / grid.step.denominator;
}

/** Times of the save points; the first is the start. */
export function saveTimes(grid: TimeGrid): number[] {
  return Array.from({ length: grid.steps / grid.stepsPerSave + 1 }, (_, i) => timeOfStep(grid, i * grid.stepsPerSave));
}

/** A recurring moment, counted from time 0: steps between two, the first after the start, and that one's number. */
export interface Recurrence {
  readonly everySteps: number;
  readonly firstStep: number;
  readonly firstIndex: number;
}

/** Steps of a period; null if it is not a whole number of steps or does not meet the grid. */
export function recurrence(grid: TimeGrid, every: Fraction): Recurrence | null {
  const everySteps = asWhole((every.numerator * grid.step.denominator) / (every.denominator * grid.step.numerator));
  const period = every.numerator / every.denominator;
  const firstIndex = Math.floor(grid.start / period + WHOLE) + 1;
  const firstStep = stepOfTime(grid, firstIndex * period);
  if (everySteps === null || everySteps < 1 || firstStep === null) return null;
  return { everySteps, firstStep, firstIndex };
}

/** The step at a time, or null if the time is not on the grid. */
export function stepOfTime(grid: TimeGrid, time: number): number | null {
  return asWhole(((time - grid.start) * grid.step.denominator) / grid.step.numerator);
}

export const ONE: Omit<Fraction, "span"> = { numerator: 1, denominator: 1, text: "1" };

export function fractionAt(value: Omit<Fraction, "span">, span: Span): Fraction {
  return { ...value, span };
}
