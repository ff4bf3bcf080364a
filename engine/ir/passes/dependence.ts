/** Which statements touch the same slots, and at which positions of a loop that they may share. */
import type { Loop, Place, Statement } from "../program.ts";
import { visitStatement } from "../visit.ts";

/** Slots that a statement reads or writes: `from + Σ stride · position`, and `size` slots from there. */
export interface Access {
  readonly writes: boolean;
  readonly from: number;
  readonly size: number;
  /** Stride by loop. */
  readonly strides: ReadonlyMap<number, number>;
  /** The first slot that can be reached and the one after the last, with every loop at any position. */
  readonly reach: { readonly from: number; readonly to: number };
}

export type LoopRange = (loop: number) => Pick<Loop, "from" | "to">;

/** Everything that a statement touches. Of copies of the past all are taken to be read. */
export function accessesOf(s: Statement, range: LoopRange): Access[] {
  const found: Access[] = [];
  const add = (place: Place, writes: boolean, size = 1) => found.push(accessOf(place, writes, size, range));
  visitStatement(s, (e) => {
    if (e.kind === "load") add(e.place, false);
    else if (e.kind === "load-past") add(e.place, false, (e.copies - 1) * e.stride + 1);
  });
  const plain = (base: number): Place => ({ base, terms: [], guards: [] });
  switch (s.kind) {
    case "assign":
    case "reduce":
    case "allocate":
      add(s.target, true);
      break;
    case "keep-maximum":
      add(plain(s.target), true);
      break;
    case "copy":
      add(plain(s.from), false, s.size);
      add(plain(s.to), true, s.size);
      break;
    case "keep-past":
    case "fill-past":
      add(plain(s.from), false, s.size);
      add(plain(s.to), true, s.size * s.copies);
      break;
    case "fused":
      for (const t of s.totals) if (t.target) add(t.target, true);
      for (const d of s.body)
        for (const inner of d.statements) found.push(...accessesOf(inner, range).filter((a) => a.writes));
      break;
    case "repeat":
      for (const inner of s.body) found.push(...accessesOf(inner, range).filter((a) => a.writes));
      break;
    case "set":
    case "fold":
      break;
  }
  return found;
}

function accessOf(place: Place, writes: boolean, size: number, range: LoopRange): Access {
  const strides = new Map<number, number>();
  for (const { loop, stride } of place.terms) strides.set(loop, (strides.get(loop) ?? 0) + stride);
  const access = { writes, from: place.base, size, strides };
  /** Outside its guards a read reaches nothing. */
  const guarded: LoopRange = (loop) => {
    let { from, to } = range(loop);
    for (const guard of place.guards) {
      if (guard.loop !== loop) continue;
      from = Math.max(from, -guard.offset);
      to = Math.min(to, guard.size - guard.offset);
    }
    return { from, to: Math.max(to, from + 1) };
  };
  return { ...access, reach: reachOf(access, guarded, () => true) };
}

/** The slots that an access reaches while some of its loops run and the others stand at 0. */
function reachOf(
  { from, size, strides }: Pick<Access, "from" | "size" | "strides">,
  range: LoopRange,
  runs: (loop: number) => boolean,
): { from: number; to: number } {
  let [low, high] = [from, from + size];
  for (const [loop, stride] of strides) {
    if (!runs(loop)) continue;
    const { from: first, to } = range(loop);
    low += Math.min(first * stride, (to - 1) * stride);
    high += Math.max(first * stride, (to - 1) * stride);
  }
  return { from: low, to: high };
}

/** Loops that two statements are tried in together: those around both already, and one that may be fused. */
export interface Together {
  readonly around: ReadonlySet<number>;
  /** The loops to be fused, one of each statement; null where they have none that fits. */
  readonly loops: readonly [number, number] | null;
}

/**
 * What must hold between an earlier and a later statement: nothing, `order` (the later one after the earlier one is done), or
 * `together` (also right if both run at each position of one loop in turn).
 */
export function dependence(
  a: readonly Access[],
  b: readonly Access[],
  { around, loops }: Together,
  range: LoopRange,
): "none" | "together" | "order" {
  let result: "none" | "together" = "none";
  for (const first of a) {
    for (const second of b) {
      if (!first.writes && !second.writes) continue;
      if (first.reach.from >= second.reach.to || second.reach.from >= first.reach.to) continue;
      const between = accessDependence(first, second, around, loops, range);
      if (between === "order") return "order";
      if (between === "together") result = "together";
    }
  }
  return result;
}

function accessDependence(
  a: Access,
  b: Access,
  around: ReadonlySet<number>,
  loops: readonly [number, number] | null,
  range: LoopRange,
): "none" | "together" | "order" {
  // Both stand at one position of the loops around: equal strides there make no difference.
  const alike = (loop: number) => around.has(loop) && (a.strides.get(loop) ?? 0) === (b.strides.get(loop) ?? 0);
  const [la, lb] = loops ?? [-1, -1];
  const stride = a.strides.get(la) ?? 0;
  const shared = loops !== null && stride === (b.strides.get(lb) ?? 0);
  const rest = (access: Access, own: number) =>
    reachOf(access, range, (loop) => !alike(loop) && !(shared && loop === own));
  const [ra, rb] = [rest(a, la), rest(b, lb)];
  if (!shared || stride === 0) {
    const meet = ra.from < rb.to && rb.from < ra.to;
    return meet ? "order" : "none";
  }
  // stride · (p - q) lies in this range where a at position p and b at position q touch one slot.
  const [low, high] = [rb.from - (ra.to - 1), rb.to - 1 - ra.from];
  const [x, y] = [low / stride, high / stride];
  const [least, most] = [Math.ceil(Math.min(x, y)), Math.floor(Math.max(x, y))];
  const { from, to } = range(la);
  const limit = to - from - 1;
  if (Math.max(least, -limit) > Math.min(most, limit)) return "none";
  // a at a later position than b would come after it in one loop.
  return Math.max(least, 1) <= Math.min(most, limit) ? "order" : "together";
}
