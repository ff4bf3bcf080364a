/** What things of a model are called in an XMILE file. */
import { foreignKey } from "../language/foreign/foreign-key.ts";
import type { Dimension, Model } from "../model/model.ts";

/** Words that an equation reads as something else (XMILE 1.0, sections 3.3 and 3.5); a variable of that name stands in quotes. */
const TAKEN: ReadonlySet<string> = new Set(
  (
    "if then else and or not mod time dt starttime stoptime pi inf self " +
    "abs arccos arcsin arctan cos exp int ln log10 max min sin sqrt tan sinh cosh tanh round safediv " +
    "exprnd lognormal normal poisson random uniform delay delay1 delay3 delayn forcst smth1 smth3 smthn trend pulse ramp step " +
    "init previous history lookup lookupinv size mean stddev sum prod rank npv pmt pv fv irr counter percent rootn endval"
  ).split(" "),
);

const IDENTIFIER = /^[\p{L}_$][\p{L}\p{M}\p{N}_$]*$/u;

/** A name as it stands in an equation. */
export const inEquation = (name: string): string =>
  IDENTIFIER.test(name) && !TAKEN.has(name.toLowerCase()) ? name : `"${name.replace(/[\\"]/g, "\\$&")}"`;

/** Elements of a dimension that are whole numbers get its name before them, since a number would be an index: `age_0`. */
export function elementName(dimension: Dimension, position: number): string {
  const { name } = dimension.elements[position]!;
  return dimension.numbers ? `${dimension.name}_${name.replace("-", "minus_")}` : name;
}

/** The dimensions of a file: each dimension, and each of its other names that a variable or equation uses, with the same elements. */
export interface XmileDimension {
  readonly name: string;
  readonly dimension: Dimension;
}

export function xmileDimensions(model: Model): XmileDimension[] {
  const found = new Map<string, Dimension>(model.dimensions.map((d) => [d.name, d]));
  const add = (axes: readonly { readonly name: string; readonly dimension: Dimension }[]) => {
    for (const axis of axes) found.set(axis.name, axis.dimension);
  };
  for (const variable of model.variables) add(variable.shape);
  for (const { shape } of model.identities) add(shape);
  return [...found].map(([name, dimension]) => ({ name, dimension }));
}

/** Names that XMILE cannot tell apart, since case and underscores in a row do not count there. */
export function indistinct(names: readonly string[]): [string, string][] {
  const first = new Map<string, string>();
  const clashes: [string, string][] = [];
  for (const name of names) {
    const key = foreignKey(name);
    const before = first.get(key);
    if (before === undefined) first.set(key, name);
    else clashes.push([before, name]);
  }
  return clashes;
}
