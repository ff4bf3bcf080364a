/** Which unknowns of `halved` terms a term has and does not bind itself. */
import { forEachPart, type Term } from "./term.ts";

const FOUND = new WeakMap<Term, number>();

/** The depths of a term's free unknowns, as bits. */
export function unknownsIn(term: Term): number {
  if (term.kind === "constant" || term.kind === "read") return 0;
  const known = FOUND.get(term);
  if (known !== undefined) return known;
  let found = term.kind === "unknown" ? 1 << term.depth : 0;
  forEachPart(term, (part) => {
    const own = term.kind === "halved" && part === term.isBelow ? 1 << term.unknown.depth : 0;
    found |= unknownsIn(part) & ~own;
  });
  FOUND.set(term, found);
  return found;
}

/** Kinds of terms that keep something from step to step, or are computed in a way of their own. */
const APART: ReadonlySet<Term["kind"]> = new Set(["past", "integral", "carried", "initial", "allocate"]);

/** Whether a term has an unknown inside a part that cannot be computed again for each value of it. */
export function keepsUnknown(term: Term, seen = new Set<Term>()): boolean {
  if (seen.has(term)) return false;
  seen.add(term);
  if (APART.has(term.kind) && unknownsIn(term) !== 0) return true;
  let found = false;
  forEachPart(term, (part) => {
    found ||= keepsUnknown(part, seen);
  });
  return found;
}
