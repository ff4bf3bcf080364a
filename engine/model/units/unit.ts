/**
 * Units as products of powers of atoms: `元/person/year` is 元¹ · person⁻¹ · year⁻¹.
 *
 * An atom has a dimension (powers of base quantities) and a scale (its size in base units), so that 万人 is 1e4 person and
 * percent is 0.01. Units are kept in the author's atoms, and messages print them as they were written; two units are equal
 * where their dimensions and their scales agree.
 */

/** Powers of base quantities, by name; none is zero. A power is a whole number over a power of two (roots of roots), hence exact. */
export type Exponents = ReadonlyMap<string, number>;

/** One named unit, such as `person`, `亿元` or `亿元@2020`. */
export interface Atom {
  /** The same for all spellings of a unit: 人 and person cancel. */
  readonly id: string;
  /** As the author spells it. */
  readonly name: string;
  readonly dimension: Exponents;
  /** Size in base units; positive. */
  readonly scale: number;
}

export interface Unit {
  /** By the atoms' ids; no power is zero. */
  readonly powers: ReadonlyMap<string, { readonly atom: Atom; readonly power: number }>;
  /** A pure number by which the scale differs from that of the atoms: the trace of a conversion written as a number. */
  readonly factor: number;
}

/** The unit of plain numbers, written `1`. */
export const ONE: Unit = { powers: new Map(), factor: 1 };

export const unitOfAtom = (atom: Atom): Unit => ({
  powers: new Map([[atom.id, { atom, power: 1 }]]),
  factor: 1,
});

const isBare = (unit: Unit): boolean => unit.powers.size === 0 && unit.factor === 1;

/** Units that were combined, by the first and then by the second. */
type Combined = WeakMap<Unit, WeakMap<Unit, Unit>>;
const PRODUCTS: Combined = new WeakMap();
const QUOTIENTS: Combined = new WeakMap();

/** `a · b`; the same object for the same units, so that equal units are mostly told by identity. */
export const multiplyUnits = (a: Unit, b: Unit): Unit => (isBare(a) ? b : combined(PRODUCTS, a, b, 1));
/** `a / b`, likewise. */
export const divideUnits = (a: Unit, b: Unit): Unit => combined(QUOTIENTS, a, b, -1);

function combined(known: Combined, a: Unit, b: Unit, exponent: number): Unit {
  if (isBare(b)) return a;
  const bySecond = known.get(a) ?? new WeakMap<Unit, Unit>();
  known.set(a, bySecond);
  const unit = bySecond.get(b) ?? timesPower(a, b, exponent);
  bySecond.set(b, unit);
  return unit;
}

/** `a · b^exponent`. */
function timesPower(a: Unit, b: Unit, exponent: number): Unit {
  const powers = new Map(a.powers);
  for (const [id, { atom, power }] of b.powers) {
    const before = powers.get(id);
    const sum = (before?.power ?? 0) + power * exponent;
    if (sum === 0) powers.delete(id);
    else powers.set(id, { atom: before?.atom ?? atom, power: sum });
  }
  return { powers, factor: a.factor * scalePower(b.factor, exponent) };
}
export const powerOfUnit = (a: Unit, exponent: number): Unit => (exponent === 1 ? a : timesPower(ONE, a, exponent));
export const withFactor = (a: Unit, factor: number): Unit => ({ powers: a.powers, factor: a.factor * factor });

/** `scale^exponent` for a multiple of a half, a quarter …, by squaring and roots; without the host's power function. */
function scalePower(scale: number, exponent: number): number {
  const size = Math.abs(exponent);
  let result = 1;
  let square = scale;
  for (let rest = Math.floor(size); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result *= square;
    square *= square;
  }
  let root = scale;
  for (let rest = size % 1; rest > 0; rest = (rest * 2) % 1) {
    root = Math.sqrt(root);
    if (rest * 2 >= 1) result *= root;
  }
  return exponent < 0 ? 1 / result : result;
}

const DIMENSIONS = new WeakMap<Unit, Exponents>();

/** Powers of the base quantities. */
export function dimensionOf(unit: Unit): Exponents {
  const known = DIMENSIONS.get(unit);
  if (known) return known;
  const total = new Map<string, number>();
  for (const { atom, power } of unit.powers.values()) {
    for (const [base, exponent] of atom.dimension) {
      const sum = (total.get(base) ?? 0) + exponent * power;
      if (sum === 0) total.delete(base);
      else total.set(base, sum);
    }
  }
  DIMENSIONS.set(unit, total);
  return total;
}

/** Size in base units. */
export function scaleOf(unit: Unit): number {
  let scale = unit.factor;
  for (const { atom, power } of unit.powers.values()) scale *= scalePower(atom.scale, power);
  return scale;
}

export function sameDimension(a: Unit, b: Unit): boolean {
  const [x, y] = [dimensionOf(a), dimensionOf(b)];
  return x.size === y.size && [...x].every(([base, exponent]) => y.get(base) === exponent);
}

/** Relative difference of scales that rounding may cause. */
const ROUNDING = 1e-9;
/**
 * Relative difference allowed where a conversion is written as a number: 365 days, 365.25 days and 52 weeks are all used
 * for a year.
 */
const WRITTEN = 0.005;

/** Whether two units are the same: equal dimensions and equal scales. */
export function equalUnits(a: Unit, b: Unit): boolean {
  if (a === b) return true;
  if (!sameDimension(a, b)) return false;
  const tolerance = a.factor === 1 && b.factor === 1 ? ROUNDING : WRITTEN;
  return Math.abs(scaleOf(a) / scaleOf(b) - 1) <= tolerance;
}

/** Whether a unit is that of plain numbers, so that percent is not. */
export const isOne = (unit: Unit): boolean => equalUnits(unit, ONE);

/**
 * The unit as text in the grammar of `parse-unit.ts`: `元/person/year`, `1/year^2`, `1`. Atoms that cancel only together
 * (km · m⁻¹) are left as they are; the reader sees what was combined.
 */
export function unitText(unit: Unit): string {
  const above: string[] = [];
  const below: string[] = [];
  for (const { atom, power } of unit.powers.values()) {
    const size = Math.abs(power);
    (power > 0 ? above : below).push(size === 1 ? atom.name : `${atom.name}^${size}`);
  }
  return [above.length === 0 ? "1" : above.join("*"), ...below].join("/");
}
