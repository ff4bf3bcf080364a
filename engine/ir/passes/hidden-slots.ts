/** Slots that a pass adds to a program for values of its own. */
import type { Program, SlotRange } from "../program.ts";

export class HiddenSlots {
  /** Those of the program and the added ones. */
  readonly slots: SlotRange[];
  slotCount: number;

  constructor({ slots, slotCount }: Program) {
    this.slots = [...slots];
    this.slotCount = slotCount;
  }

  /** @returns the first of so many new slots */
  allocate(name: string, size: number): number {
    const base = this.slotCount;
    this.slots.push({ name, kind: "hidden", base, size, keys: null });
    this.slotCount += size;
    return base;
  }
}
