/** Which slots a place can reach while its loops run, as one interval. */
import { assertNever } from "../diagnostics/diagnostic.ts";
import type { Loop, Place, Statement } from "./program.ts";
import { visitStatement } from "./visit.ts";

/** Slots `from … to - 1`. */
export interface SlotInterval {
  readonly from: number;
  readonly to: number;
}

/** @param range positions of a loop, by its id */
export function slotInterval(place: Place, range: (loop: number) => { from: number; to: number }): SlotInterval {
  let from = place.base;
  let to = place.base + 1;
  for (const { loop, stride } of place.terms) {
    const positions = range(loop);
    const first = positions.from * stride;
    const last = (positions.to - 1) * stride;
    from += Math.min(first, last);
    to += Math.max(first, last);
  }
  return { from, to };
}

export const overlaps = (a: SlotInterval, b: SlotInterval): boolean => a.from < b.to && b.from < a.to;

/** The loops of a statement, that of a reduction or an allocation last; of a fused one those of its body too. */
export function loopsOf(s: Statement): readonly Loop[] {
  switch (s.kind) {
    case "assign":
    case "keep-maximum":
      return s.loops;
    case "reduce":
    case "allocate":
      return [...s.loops, s.over];
    case "fused":
      return [s.loop, ...s.body.flatMap((d) => d.statements.flatMap(loopsOf))];
    case "repeat":
      return [s.loop, ...s.body.flatMap(loopsOf)];
    case "copy":
    case "keep-past":
    case "fill-past":
    case "set":
    case "fold":
      return [];
    default:
      return assertNever(s);
  }
}

/** A function that gives the positions of a loop of a statement by its id. */
export function loopRanges(s: Statement): (loop: number) => Loop {
  let loops: ReadonlyMap<number, Loop> | null = null;
  return (id) => {
    loops ??= new Map(loopsOf(s).map((l) => [l.id, l]));
    return loops.get(id)!;
  };
}

/** Slots that a statement stores to. */
export function writtenSlots(s: Statement): readonly SlotInterval[] {
  return writtenUnder(s, loopRanges(s));
}

/** The same for a statement inside a fused one, whose loops `range` knows too. */
export function writtenUnder(s: Statement, range: (loop: number) => Loop): readonly SlotInterval[] {
  switch (s.kind) {
    case "assign":
    case "reduce":
    case "allocate":
      return [slotInterval(s.target, range)];
    case "keep-maximum":
      return [{ from: s.target, to: s.target + 1 }];
    case "copy":
      return [{ from: s.to, to: s.to + s.size }];
    case "keep-past":
    case "fill-past":
      return [{ from: s.to, to: s.to + s.size * s.copies }];
    case "fused":
      return [
        ...s.totals.flatMap((t) => (t.target ? [slotInterval(t.target, range)] : [])),
        ...s.body.flatMap((d) => d.statements.flatMap((inner) => writtenUnder(inner, range))),
      ];
    case "repeat":
      return s.body.flatMap((inner) => writtenUnder(inner, range));
    case "set":
    case "fold":
      return [];
    default:
      return assertNever(s);
  }
}

/** Slots that a statement may read. */
export function readIntervals(s: Statement): readonly SlotInterval[] {
  return readUnder(s, loopRanges(s));
}

/** The same for a statement inside a fused one, whose loops `range` knows too. */
export function readUnder(s: Statement, range: (loop: number) => Loop): readonly SlotInterval[] {
  if (s.kind === "copy" || s.kind === "keep-past" || s.kind === "fill-past")
    return [{ from: s.from, to: s.from + s.size }];
  const found: SlotInterval[] = [];
  visitStatement(s, (e) => {
    if (e.kind !== "load" && e.kind !== "load-past") return;
    const { from, to } = slotInterval(e.place, range);
    const copies = e.kind === "load-past" ? (e.copies - 1) * e.stride : 0;
    // Outside a guard nothing is read; the interval may reach below the first slot there.
    found.push({ from: Math.max(0, from), to: to + copies });
  });
  return found;
}
