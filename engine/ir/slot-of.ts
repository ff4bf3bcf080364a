/** The slot of a place at the positions on which its loops stand. */
import type { Place } from "./program.ts";

/** The slot of a place under the running loops, or a negative number where a guard fails. */
export function slotOf(positions: Int32Array, { base, terms, guards }: Place): () => number {
  const loops = terms.map((t) => t.loop);
  const strides = terms.map((t) => t.stride);
  return () => {
    if (!guardsHold(positions, guards)) return -1;
    let slot = base;
    for (let i = 0; i < loops.length; i++) slot += positions[loops[i]!]! * strides[i]!;
    return slot;
  };
}

export function guardsHold(positions: Int32Array, guards: Place["guards"]): boolean {
  for (let i = 0; i < guards.length; i++) {
    const { loop, offset, size } = guards[i]!;
    const position = positions[loop]! + offset;
    if (position < 0 || position >= size) return false;
  }
  return true;
}
