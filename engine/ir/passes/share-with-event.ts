/** What an event and the step after it have in common, computed once. */
import type { Definition, Program, Statement } from "../program.ts";
import { readIntervals, type SlotInterval, writtenSlots } from "../slot-interval.ts";

/**
 * An event at the end of a step evaluates the equations that it needs, and the next step evaluates them again. The last event that can fall on
 * a step changes only its own stocks, so equations that read none of them, directly or through others, have the same values both times. They go to
 * `ahead`. (With a Runge–Kutta method the stages need all equations, so there the program stays as it is.)
 *
 * This is the first pass: what event and step have in common are still the same statements.
 */
export function shareWithEvent(program: Program): Program {
  const event = program.events.at(-1);
  if (!event || program.method !== "euler") return program;
  const common = new Set(event.definitions.slice(0, -1).map((d) => d.statements));
  const own = event.definitions.at(-1)!;
  const ahead = new Set<Definition>();
  /** Slots that change, or may change, between the event and the step. */
  const changing = new Slots(program.slotCount);
  changing.add(own.statements);
  for (const d of program.step) {
    if (common.has(d.statements)) ahead.add(d);
    else changing.add(d.statements);
  }
  for (let before = -1; before !== ahead.size; ) {
    before = ahead.size;
    for (const d of ahead) {
      if (!changing.meets(d.statements)) continue;
      ahead.delete(d);
      changing.add(d.statements);
    }
  }
  const isAhead = new Set([...ahead].map((d) => d.statements));
  const step = program.step.filter((d) => !ahead.has(d));
  const left = { ...event, definitions: event.definitions.filter((d) => !isAhead.has(d.statements)) };
  return { ...program, ahead: [...ahead], step, stage: step, events: [...program.events.slice(0, -1), left] };
}

class Slots {
  readonly #has: Uint8Array;
  constructor(count: number) {
    this.#has = new Uint8Array(count);
  }
  /** Adds what statements store. */
  add(statements: readonly Statement[]): void {
    for (const s of statements) for (const { from, to } of writtenSlots(s)) this.#has.fill(1, from, to);
  }
  /** Whether statements read or store one of the slots. */
  meets(statements: readonly Statement[]): boolean {
    const has = ({ from, to }: SlotInterval): boolean => {
      const at = this.#has.indexOf(1, from);
      return at >= 0 && at < to;
    };
    return statements.some((s) => readIntervals(s).some(has) || writtenSlots(s).some(has));
  }
}
