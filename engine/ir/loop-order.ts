/**
 * Whether the loops of a statement can be run in any order, and all values of several combinations be computed before the first of them is
 * stored. That gives the bits of one combination after the other unless one reads what another stores.
 */
import type { Loop, Place, Statement } from "./program.ts";
import { overlaps, type SlotInterval, slotInterval } from "./slot-interval.ts";
import { sizeOf } from "./tile.ts";
import { visitStatement } from "./visit.ts";

type LoopStatement = Extract<Statement, { kind: "assign" | "reduce" }>;

/** @param range the loops of the statement and those around it */
export function orderMatters(s: LoopStatement, range: (loop: number) => Loop): boolean {
  if (s.loops.length === 0 && s.kind === "assign") return false;
  return !areDistinct(s.target, s.loops) || readsOthers(s, range);
}

/** Whether each combination of the loops has a slot of its own. */
function areDistinct({ terms, guards }: Place, loops: readonly Loop[]): boolean {
  if (guards.length > 0) return false;
  const steps = loops
    .map((loop) => ({
      stride: Math.abs(terms.reduce((sum, t) => sum + (t.loop === loop.id ? t.stride : 0), 0)),
      last: sizeOf(loop) - 1,
    }))
    .sort((a, b) => a.stride - b.stride);
  let reach = 0;
  for (const { stride, last } of steps) {
    if (last > 0 && stride <= reach) return false;
    reach += stride * last;
  }
  return true;
}

/** Whether a combination may read what another one stores. */
function readsOthers(s: LoopStatement, range: (loop: number) => Loop): boolean {
  const written = slotInterval(s.target, range);
  let found = false;
  visitStatement(s, (e) => {
    if (found || (e.kind !== "load" && e.kind !== "load-past")) return;
    found = overlaps(readSlots(e, range), written) && !(e.kind === "load" && isSamePlace(e.place, s.target));
  });
  return found;
}

function readSlots(
  e: { readonly place: Place; readonly copies?: number; readonly stride?: number },
  range: (loop: number) => Loop,
): SlotInterval {
  const { from, to } = slotInterval(e.place, range);
  return { from, to: to + ((e.copies ?? 1) - 1) * (e.stride ?? 0) };
}

function isSamePlace(a: Place, b: Place): boolean {
  return (
    a.base === b.base &&
    a.guards.length === 0 &&
    a.terms.length === b.terms.length &&
    a.terms.every(({ loop, stride }) => b.terms.some((t) => t.loop === loop && t.stride === stride))
  );
}
