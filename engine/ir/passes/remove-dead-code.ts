/** Dead code elimination. */
import { mapSteps } from "../map-expression.ts";
import type { Definition, Program, Statement } from "../program.ts";
import { readIntervals, type SlotInterval, writtenSlots } from "../slot-interval.ts";

/**
 * Takes out definitions whose values nobody needs: no output, stock, event, identity, noise, past value or other definition that
 * stays. It leaves slots where they are. A value that is not finite and that nobody needs is no failure with or without it; which
 * value is named as the first cause of one that is, is found in the program as it was.
 */
export function removeDeadCode(program: Program): Program {
  const needed = new SlotSet(program.slotCount);
  for (const o of program.outputs) needed.add({ from: o.base, to: o.base + o.size });
  for (const s of program.stocks) {
    needed.add({ from: s.base, to: s.base + s.size });
    needed.add({ from: s.net, to: s.net + s.size });
  }
  const roots: Statement[] = [
    ...program.past,
    ...program.correlate,
    ...program.noise.flatMap((n) => n.update),
    ...program.identities.flatMap((i) => i.statements),
    ...program.events.flatMap((e) => e.definitions.at(-1)?.statements ?? []),
  ];
  for (const statement of roots) for (const read of readIntervals(statement)) needed.add(read);
  const blocks = [
    program.constants,
    program.initial,
    program.ahead,
    program.step,
    ...program.events.map((e) => e.definitions.slice(0, -1)),
  ];
  const definitions = blocks.flat();
  const live = new Set<Definition>();
  for (let before = -1; before !== live.size; ) {
    before = live.size;
    // A value is used after it is defined, so backwards most are found at once.
    for (const definition of definitions.toReversed()) {
      if (live.has(definition) || !definition.statements.some((s) => writtenSlots(s).some((w) => needed.meets(w))))
        continue;
      live.add(definition);
      for (const s of definition.statements) for (const read of readIntervals(s)) needed.add(read);
    }
  }
  const keep = (d: Definition) => live.has(d);
  return {
    ...mapSteps(program, (d) => (keep(d) ? d : null)),
    constants: program.constants.filter(keep),
    initial: program.initial.filter(keep),
    events: program.events.map((e) => ({
      ...e,
      definitions: e.definitions.filter((d, i) => i === e.definitions.length - 1 || keep(d)),
    })),
  };
}

class SlotSet {
  readonly #has: Uint8Array;
  constructor(size: number) {
    this.#has = new Uint8Array(size);
  }
  add({ from, to }: SlotInterval): void {
    this.#has.fill(1, from, to);
  }
  meets({ from, to }: SlotInterval): boolean {
    const at = this.#has.indexOf(1, from);
    return at >= 0 && at < to;
  }
}
