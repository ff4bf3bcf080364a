/** The area under a lookup and its slope, on straight lines between the points whatever way the lookup itself is read. */
import { add, binary, constant, multiply, select, storedIfLarge, subtract } from "./build-term.ts";
import type { Lookup } from "./model.ts";
import type { IndexTerm, LookupMode, Term } from "./term.ts";

export type CurveValue = "area" | "slope";

/** A lookup at subscripts. */
export interface LookupAt {
  readonly lookup: Lookup;
  readonly index: readonly IndexTerm[];
}

const reading =
  ({ lookup, index }: LookupAt, x: Term) =>
  (mode: LookupMode): Term => ({
    kind: "lookup",
    lookup,
    index,
    mode,
    x,
  });

/** The area from x = `from` to x = `to`, negative where `to` is lower. Outside the points the end values are held. */
export function lookupArea(at: LookupAt, from: Term, to: Term): Term {
  return subtract(areaTo(at, to), areaTo(at, from));
}

/** The area from the first point: that up to the last point at or below x, and a trapezoid from there. */
function areaTo(at: LookupAt, given: Term): Term {
  const x = storedIfLarge(given);
  const read = reading(at, x);
  const heights = add(read("previous"), read("linear"));
  return add(read("area"), multiply(subtract(x, read("x-before")), multiply(constant(0.5), heights)));
}

/** The slope at x; at a point the mean of the lines before and after it, outside the points that of the nearest line. */
export function lookupSlope(at: LookupAt, given: Term): Term {
  const read = reading(at, storedIfLarge(given));
  return multiply(constant(0.5), add(read("slope-before"), read("slope-after")));
}

/** A value where x is not outside the points, else another. */
export function insideOr(at: LookupAt, given: Term, inside: Term, outside: Term): Term {
  const x = storedIfLarge(given);
  const read = reading(at, x);
  const isOutside = binary("or", binary("less", x, read("x-before")), binary("greater", x, read("x-after")));
  return select(isOutside, outside, inside);
}
