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
    const ends = [positions.from * stride, (positions.to - 1) * stride];
    from += Math.min(...ends);
    to += Math.max(...ends);
  }
  return { from, to };
}

export const overlaps = (a: SlotInterval, b: SlotInterval): boolean => a.from < b.to && b.from < a.to;

/** The loops of a statement, that of a reduction or an allocation last. */
export function loopsOf(s: Statement): readonly Loop[] {
  switch (s.kind) {
    case "assign":
    case "keep-maximum":
      return s.loops;
    case "reduce":
    case "allocate":
      return [...s.loops, s.over];
    case "copy":
    case "keep-past":
    case "fill-past":
      return [];
    default:
      return assertNever(s);
  }
}

/** Slots that a statement stores to. */
export function writtenSlots(s: Statement): SlotInterval {
  switch (s.kind) {
    case "assign":
    case "reduce":
    case "allocate": {
      const loops = new Map(loopsOf(s).map((l) => [l.id, l]));
      return slotInterval(s.target, (loop) => loops.get(loop)!);
    }
    case "keep-maximum":
      return { from: s.target, to: s.target + 1 };
    case "copy":
      return { from: s.to, to: s.to + s.size };
    case "keep-past":
    case "fill-past":
      return { from: s.to, to: s.to + s.size * s.copies };
    default:
      return assertNever(s);
  }
}

/** Slots that a statement may read. */
export function* readIntervals(s: Statement): Iterable<SlotInterval> {
  if (s.kind === "copy" || s.kind === "keep-past" || s.kind === "fill-past") {
    yield { from: s.from, to: s.from + s.size };
    return;
  }
  const loops = new Map(loopsOf(s).map((l) => [l.id, l]));
  const found: SlotInterval[] = [];
  visitStatement(s, (e) => {
    if (e.kind !== "load" && e.kind !== "load-past") return;
    const { from, to } = slotInterval(e.place, (loop) => loops.get(loop)!);
    const copies = e.kind === "load-past" ? (e.copies - 1) * e.stride : 0;
    // Outside a guard nothing is read; the interval may reach below the first slot there.
    found.push({ from: Math.max(0, from), to: to + copies });
  });
  yield* found;
}
