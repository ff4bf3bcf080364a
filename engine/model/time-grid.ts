/** The clock of a model in whole steps, and the numbers of steps that periods and dates stand for. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/source.ts";
import type { Fraction, HeaderDocument } from "../language/document.ts";
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
    const nearest = nearestSteps(stop - start, step.numerator / step.denominator);
    diagnostics.add("uneven-time-grid", step.span, { start, stop, step: step.text, nearest });
    return null;
  }
  if (steps > MAX_STEPS) {
    diagnostics.add("model-too-large", step.span, { what: "steps", size: steps, limit: MAX_STEPS });
    return null;
  }
  const stepsPerSave = asWhole((save.numerator * step.denominator) / (save.denominator * step.numerator));
  if (stepsPerSave === null || stepsPerSave < 1 || steps % stepsPerSave !== 0) {
    const nearest = Array.from({ length: steps }, (_, i) => i + 1)
      .filter((n) => steps % n === 0)
      .map((n) => (n * step.numerator) / step.denominator)
      .sort((a, b) => Math.abs(a - save.numerator / save.denominator) - Math.abs(b - save.numerator / save.denominator))
      .slice(0, 3)
      .map(String);
    diagnostics.add("uneven-save", save.span, { save: save.text, step: step.text, nearest });
    return null;
  }
  return { start, stop, step, steps, stepsPerSave, unit: header.timeUnit };
}

/** Up to three steps near to the one given that divide the horizon evenly. */
function nearestSteps(horizon: number, step: number): string[] {
  const count = horizon / step;
  const candidates = new Set([
    Math.floor(count),
    Math.ceil(count),
    2 ** Math.round(Math.log2(Math.max(1, 1 / step))) * horizon,
  ]);
  return [...candidates]
    .filter((n) => n >= 1 && Number.isInteger(n))
    .map((n) => {
      const value = horizon / n;
      return Number.isInteger(1 / value) && value < 1 ? `1/${1 / value}` : String(Number(value.toPrecision(6)));
    });
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
