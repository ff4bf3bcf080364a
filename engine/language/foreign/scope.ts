/** What the subscripts of an equation's left side, and the dimensions that its reductions run over, stand for. */
import type { Family, Range } from "./families.ts";

/** One axis that an expression is evaluated along. */
export interface Bound {
  /** Key of the range under which equations name it; `""` where the left side names an element. */
  readonly key: string;
  /** The range as the file declares it; null for an element or a written range. */
  readonly range: Range | null;
  readonly family: Family;
  /** Name of the axis in our equation. */
  readonly axis: string;
  /** Positions in the family that it runs through, in the range's order. */
  readonly positions: readonly number[];
  /** Which of `positions` it stands at, where the equation is laid out element by element. */
  readonly at: number | null;
}

export type Scope = readonly Bound[];

/** An equation cannot be said for all elements of an axis at once, and must be laid out along it. */
export class NotCompact extends Error {
  readonly bound: Bound;
  constructor(bound: Bound) {
    super(`not to be said along ${bound.axis}`);
    this.bound = bound;
  }
}

/** The scope with one bound at a fixed element. */
export const fixedAt = (scope: Scope, bound: Bound, at: number): Scope =>
  scope.map((b) => (b === bound ? { ...b, at } : b));

/** A name for a further axis of a family, which none of the scope has. */
export function freeAxis(scope: Scope, family: Family): string {
  const taken = new Set(scope.map((b) => b.axis));
  for (let i = 0; ; i++) {
    const name = family.axisName(i);
    if (!taken.has(name)) return name;
  }
}

/** A subscript of a variable that is read: a position, an axis with an offset, or a number that is computed. */
export type Index<Computed> =
  | { readonly kind: "element"; readonly position: number }
  | { readonly kind: "axis"; readonly axis: string; readonly offset: number }
  | { readonly kind: "computed"; readonly index: Computed };

/**
 * The subscript that reads, along a bound, the position that `target` gives for each of its own.
 * @throws NotCompact where that is not an offset within one family
 */
export function indexAlong(
  bound: Bound,
  family: Family,
  target: (position: number, at: number) => number | null,
): Index<never> | null {
  if (bound.at !== null) {
    const position = target(bound.positions[bound.at]!, bound.at);
    return position === null ? null : { kind: "element", position };
  }
  const targets = bound.positions.map((p, i) => target(p, i));
  if (targets.some((t) => t === null)) return null;
  if (family !== bound.family) throw new NotCompact(bound);
  const offset = targets[0]! - bound.positions[0]!;
  if (targets.some((t, i) => t! - bound.positions[i]! !== offset)) throw new NotCompact(bound);
  return { kind: "axis", axis: bound.axis, offset };
}
