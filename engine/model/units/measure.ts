/**
 * What is known about the unit of an expression, and its algebra.
 *
 * An expression has a list of possible units because of three liberties. A number written as a factor may be a pure number
 * or a conversion: `100 * urban / total` is a plain number or a percentage. `time` may be a date in the model's time unit or a
 * plain number: `(time - 2020) / delay` and `1 + 0.02 * (time - 2020)` are both read. And a variable whose unit has been
 * reported as wrong is taken in either unit from then on, so that one mistake is reported once.
 */
import {
  divideUnits,
  equalUnits,
  isOne,
  multiplyUnits,
  ONE,
  powerOfUnit,
  sameDimension,
  scaleOf,
  type Unit,
  withFactor,
} from "./unit.ts";

export type Measure =
  /** A part has no readable unit, or an error of its own. */
  | { readonly kind: "unknown" }
  /** Made of numbers alone; NaN where the value is not known. */
  | { readonly kind: "number"; readonly value: number }
  | {
      readonly kind: "units";
      /** At least one, the most literal reading first. */
      readonly units: readonly Unit[];
      /** Whether it is a point in time, or made from one and bare numbers, which a bare number may stand beside. */
      readonly isDate: boolean;
    };

export const UNKNOWN: Measure = { kind: "unknown" };
export const numberMeasure = (value: number): Measure => ({ kind: "number", value });

const MEASURES = new WeakMap<Unit, Measure>();

/** The measure of one unit; the same object for the same unit, so that equal measures are mostly told by identity. */
export function measureIn(unit: Unit): Measure {
  let measure = MEASURES.get(unit);
  if (!measure) {
    measure = { kind: "units", units: [unit], isDate: false };
    MEASURES.set(unit, measure);
  }
  return measure;
}

const MAX_READINGS = 32;

function measureOfReadings(units: readonly Unit[], isDate = false): Measure {
  if (units.length === 1 && !isDate) return measureIn(units[0]!);
  const distinct: Unit[] = [];
  for (const unit of units) {
    if (distinct.length === MAX_READINGS) break;
    if (!distinct.some((d) => d.factor === unit.factor && equalUnits(d, unit))) distinct.push(unit);
  }
  return { kind: "units", units: distinct, isDate };
}

/** Plain numbers with no other reading. */
export const PLAIN: Measure = measureIn(ONE);

/** The units that a factor `value` leaves: the same, or one that is smaller by it. */
function readingsWith(unit: Unit, value: number): Unit[] {
  const size = Math.abs(value);
  return Number.isFinite(size) && size !== 0 && size !== 1 ? [unit, withFactor(unit, 1 / size)] : [unit];
}

export function multiplyMeasures(a: Measure, b: Measure): Measure {
  if (a.kind === "unknown" || b.kind === "unknown") return UNKNOWN;
  if (a.kind === "number") {
    if (b.kind === "number") return numberMeasure(a.value * b.value);
    return measureOfReadings(
      b.units.flatMap((u) => readingsWith(u, a.value)),
      b.isDate,
    );
  }
  if (b.kind === "number") return multiplyMeasures(b, a);
  return measureOfReadings(a.units.flatMap((u) => b.units.map((v) => multiplyUnits(u, v))));
}

export function invertMeasure(a: Measure): Measure {
  if (a.kind === "unknown") return UNKNOWN;
  if (a.kind === "number") return numberMeasure(1 / a.value);
  return measureOfReadings(a.units.map((u) => divideUnits(ONE, u)));
}

/** `a^exponent` for a multiple of a half. */
export function powerOfMeasure(a: Measure, exponent: number): Measure {
  if (a.kind === "unknown") return UNKNOWN;
  if (a.kind === "number") {
    let value = 1;
    for (let i = 0; i < Math.abs(exponent); i++) value *= a.value;
    return numberMeasure(Number.isInteger(exponent) ? (exponent < 0 ? 1 / value : value) : Number.NaN);
  }
  return measureOfReadings(a.units.map((u) => powerOfUnit(u, exponent)));
}

/** A point in time: in the time unit, or a plain number of it. */
export const dateMeasure = (time: Unit): Measure => ({ kind: "units", units: [time, ONE], isDate: true });

/** The unit of two quantities that are added, compared or chosen between; null where they have none in common. */
export function commonMeasure(a: Measure, b: Measure): Measure | null {
  if (a.kind === "unknown" || b.kind === "unknown") return UNKNOWN;
  if (a.kind === "number") return b.kind === "number" ? numberMeasure(Number.NaN) : commonMeasure(b, a);
  if (a === b) return a;
  const isDate = a.isDate || (b.kind === "units" && b.isDate);
  const common = a.units.filter((u) => (b.kind === "number" ? numberFits(b.value, u, a.isDate) : hasUnit(b, u)));
  return common.length === 0 ? null : measureOfReadings(common, isDate);
}

/**
 * Whether a bare number may stand for a quantity: 0 and infinity fit any, a date takes a year, a plain number any number,
 * and 100 is one in percent.
 */
function numberFits(value: number, unit: Unit, isDate: boolean): boolean {
  if (value === 0 || Math.abs(value) === Number.POSITIVE_INFINITY || isDate || isOne(unit)) return true;
  return sameDimension(unit, ONE) && equalUnits(withFactor(ONE, 1 / Math.abs(value)), unit) && scaleOf(unit) !== 1;
}

const hasUnit = (measure: Extract<Measure, { kind: "units" }>, unit: Unit): boolean =>
  measure.units.some((u) => equalUnits(u, unit));

/** Whether a measure may stand where one of `units` is declared. A bare number takes the declared unit. */
export function fits(measure: Measure, units: readonly Unit[]): boolean {
  return measure.kind !== "units" || units.some((u) => hasUnit(measure, u));
}
