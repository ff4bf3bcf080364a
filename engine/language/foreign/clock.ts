/**
 * The clock of a foreign file on our grid of whole steps. A step is the simplest fraction that has the file's number; the horizon is
 * rounded to whole steps, and rows are saved at the steps nearest to multiples of the save interval, with the last one always
 * (Vensim reference manual, "SAVEPER"; XMILE 1.0, section 2.3).
 */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/source.ts";
import type { Fraction } from "../document.ts";
import type { ForeignExpression, ForeignTime } from "./foreign-model.ts";

/** Most steps that a run may have. */
const MAX_STEPS = 10_000_000;
/** Largest denominator of a step. */
const MAX_DENOMINATOR = 10_000_000;

export interface ForeignClock {
  readonly start: number;
  /** As the file says it. */
  readonly wantedStop: number;
  /** A whole number of steps after the start. */
  readonly stop: number;
  readonly step: Fraction;
  readonly save: Fraction;
  /** The steps that are saved; null where they are every `save`. */
  readonly savedSteps: readonly number[] | null;
}

/** What a run has shown of a clock that changes as it goes. */
export interface ClockTrial {
  readonly stop: number;
  /** A step of which all steps of the run are multiples. */
  readonly step: Ratio | null;
  /** Times of the rows that are saved, as far as they are known. */
  readonly saved: readonly number[] | null;
}

/** A positive fraction in lowest terms. */
export interface Ratio {
  readonly numerator: number;
  readonly denominator: number;
}

export function buildClock(
  time: ForeignTime,
  startOf: (e: ForeignExpression) => number | null,
  { changes, trial }: { readonly changes: boolean; readonly trial: ClockTrial | null },
  diagnostics: DiagnosticList,
): ForeignClock | null {
  const known = (e: ForeignExpression, what: "start" | "stop" | "step" | "save"): number | null => {
    const value = startOf(e);
    if (value !== null && Number.isFinite(value)) return value;
    diagnostics.add("foreign-clock", e.span, { what, problem: "unknown", value: 0 });
    return null;
  };
  const start = known(time.start, "start");
  const wantedStop = trial?.stop ?? known(time.stop, "stop");
  const length = trial?.step ? trial.step.numerator / trial.step.denominator : known(time.step, "step");
  // The rows of a clock that changes are those that its run shows.
  const interval = time.save && !changes ? known(time.save, "save") : length;
  if (start === null || wantedStop === null || length === null || interval === null) return null;
  const span = time.step.span;
  if (!(length > 0)) {
    diagnostics.add("foreign-clock", span, { what: "step", problem: "not-positive", value: length });
    return null;
  }
  const { numerator, denominator } = trial?.step ?? simplest(length);
  const steps = Math.max(Math.round(((wantedStop - start) * denominator) / numerator), 1);
  if (wantedStop < start || steps > MAX_STEPS) {
    const problem = wantedStop < start ? "backwards" : "too-many";
    diagnostics.add("foreign-clock", time.stop.span, { what: "stop", problem, value: steps });
    return null;
  }
  const stop = start + (steps * numerator) / denominator;
  const shown = trial?.saved?.map((t) => Math.round(((t - start) * denominator) / numerator)) ?? null;
  if (shown) {
    const every = evenly(shown);
    const save = fraction(numerator * (every ?? 1), denominator, span);
    const step = fraction(numerator, denominator, span);
    return { start, wantedStop, stop, step, save, savedSteps: every === null ? shown : null };
  }
  const perSave = interval > 0 ? interval / (numerator / denominator) : 1;
  const whole = Math.max(Math.round(perSave), 1);
  const isEven = Math.abs(perSave - whole) <= 1e-6 * whole && steps % whole === 0;
  return {
    start,
    wantedStop,
    stop,
    step: fraction(numerator, denominator, span),
    save: fraction(numerator * (isEven ? whole : 1), denominator, span),
    savedSteps: isEven ? null : unevenSaves(steps, Math.max(perSave, 1)),
  };
}

/** The distance of steps that are all equally far apart; else null. */
function evenly(steps: readonly number[]): number | null {
  const every = steps[1];
  return every !== undefined && every > 0 && steps.every((s, i) => s === i * every) ? every : null;
}

/** The steps nearest to the multiples of an interval, and the last. */
function unevenSaves(steps: number, perSave: number): number[] {
  const saved: number[] = [];
  for (let k = 0; k * perSave < steps + 0.5; k++) saved.push(Math.min(Math.round(k * perSave), steps));
  if (saved.at(-1) !== steps) saved.push(steps);
  return [...new Set(saved)];
}

function fraction(numerator: number, denominator: number, span: Span): Fraction {
  const text = denominator === 1 ? String(numerator) : `${numerator}/${denominator}`;
  return { numerator, denominator, text, span };
}

/** The fraction with the smallest denominator that is a number to within its last digits (continued fractions). */
export function simplest(x: number): Ratio {
  let [n0, d0, n1, d1] = [0, 1, 1, 0];
  let rest = x;
  for (let i = 0; i < 64; i++) {
    const whole = Math.floor(rest);
    [n0, d0, n1, d1] = [n1, d1, whole * n1 + n0, whole * d1 + d0];
    if (d1 > MAX_DENOMINATOR || n1 > Number.MAX_SAFE_INTEGER) return { numerator: n0, denominator: d0 };
    if (Math.abs(n1 / d1 - x) <= 4 * Number.EPSILON * x || rest === whole) break;
    rest = 1 / (rest - whole);
  }
  return { numerator: n1, denominator: d1 };
}

/** The largest step of which two are multiples. */
export function commonStep(a: Ratio, b: Ratio): Ratio {
  const numerator = divisor(a.numerator * b.denominator, b.numerator * a.denominator);
  const denominator = a.denominator * b.denominator;
  const common = divisor(numerator, denominator);
  return { numerator: numerator / common, denominator: denominator / common };
}

/** Greatest common divisor (Euclid). */
function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
