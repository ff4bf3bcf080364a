/** The loops of a statement that is being built, and the places that they run through. */
import { InternalError } from "../diagnostics/diagnostic.ts";
import type { AxisVariable, IndexTerm } from "../model/term.ts";
import type { Loop, Place } from "./program.ts";

/** The loops (or fixed positions) of the statement being built, by axis. */
export class LoopScope {
  readonly loops: Loop[] = [];
  readonly #byAxis = new Map<AxisVariable, Loop | number>();
  #nextId = 0;

  /** Opens a loop over an axis; an axis of one position needs none. */
  open(axis: AxisVariable): void {
    const loop = this.bind(axis);
    if (loop) this.loops.push(loop);
  }
  /** Like `open`, for a loop that the statement keeps apart (the `over` of a reduction): always a loop. */
  bindLoop(axis: AxisVariable): Loop {
    const loop: Loop = { id: this.#nextId++, name: axis.name, from: axis.from, to: axis.to };
    this.#byAxis.set(axis, loop);
    return loop;
  }
  bind(axis: AxisVariable): Loop | null {
    if (axis.to - axis.from === 1) {
      this.#byAxis.set(axis, axis.from);
      return null;
    }
    return this.bindLoop(axis);
  }
  /** Lets a second axis variable of the same dimension stand for the same loop. */
  share(axis: AxisVariable, other: AxisVariable): void {
    this.#byAxis.set(other, this.of(axis));
  }
  of(axis: AxisVariable): Loop | number {
    const found = this.#byAxis.get(axis);
    if (found === undefined) throw new InternalError(`axis "${axis.name}" has no loop`);
    return found;
  }
}

/** What most places have. */
const NO_GUARDS: Place["guards"] = [];

/** Base and strides of a read, row-major; null where a fixed subscript lies outside the dimension. */
export function placeOf(
  base: number,
  index: readonly IndexTerm[],
  lengths: readonly number[],
  scope: LoopScope,
): Place | null {
  let at = base;
  const terms: { loop: number; stride: number }[] = [];
  let guards: { loop: number; offset: number; size: number }[] | null = null;
  for (let i = 0; i < index.length; i++) {
    const subscript = index[i]!;
    const size = lengths[i]!;
    let stride = 1;
    for (let inner = i + 1; inner < lengths.length; inner++) stride *= lengths[inner]!;
    const loop = subscript.kind === "axis" ? scope.of(subscript.axis) : subscript.position;
    const offset = subscript.kind === "axis" ? subscript.offset : 0;
    if (typeof loop === "number") {
      const position = loop + offset;
      if (position < 0 || position >= size) return null;
      at += position * stride;
      continue;
    }
    at += offset * stride;
    terms.push({ loop: loop.id, stride });
    if (loop.from + offset < 0 || loop.to - 1 + offset >= size) {
      guards ??= [];
      guards.push({ loop: loop.id, offset, size });
    }
  }
  return { base: at, terms, guards: guards ?? NO_GUARDS };
}
