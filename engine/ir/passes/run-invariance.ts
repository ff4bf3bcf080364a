/** Which expressions keep one value from the first step of a run to the last. */
import type { IrExpression, Loop, Place, Program } from "../program.ts";
import { type SlotInterval, slotInterval, writtenSlots } from "../slot-interval.ts";
import { partsOf } from "../visit.ts";

export class RunInvariance {
  /** For each slot, how many slots before it change after the start. */
  readonly #changing: Uint32Array;

  constructor(program: Program) {
    this.#changing = changingSlots(program);
  }

  /** Whether an expression depends on parameters, on values of the start and on positions alone. */
  holds(e: IrExpression, loops: readonly Loop[]): boolean {
    if (e.kind === "time" || e.kind === "load-past") return false;
    if (e.kind === "load") {
      const { from, to } = intervalOf(e.place, loops);
      return this.#changing[Math.max(0, from)] === this.#changing[to];
    }
    return partsOf(e).every((part) => this.holds(part, loops));
  }
}

function intervalOf(place: Place, loops: readonly Loop[]): SlotInterval {
  return slotInterval(place, (id) => loops.find((l) => l.id === id)!);
}

/** Running count of the slots that something else than the host, the constants and the start writes. */
function changingSlots(program: Program): Uint32Array {
  const changes = new Uint8Array(program.slotCount);
  const change = ({ from, to }: SlotInterval) => changes.fill(1, from, to);
  const statements = [
    ...program.ahead.flatMap((d) => d.statements),
    ...program.step.flatMap((d) => d.statements),
    ...program.past,
    ...program.correlate,
    ...program.noise.flatMap((n) => n.update),
    ...program.events.flatMap((e) => e.definitions.flatMap((d) => d.statements)),
    ...program.identities.flatMap((i) => i.statements),
  ];
  for (const s of statements) for (const written of writtenSlots(s)) change(written);
  for (const s of program.stocks) change({ from: s.base, to: s.base + s.size });
  for (const n of program.noise) {
    change({ from: n.innovation, to: n.innovation + n.size });
    change({ from: n.state, to: n.state + n.size });
  }
  const count = new Uint32Array(program.slotCount + 1);
  for (const [slot, one] of changes.entries()) count[slot + 1] = count[slot]! + one;
  return count;
}
