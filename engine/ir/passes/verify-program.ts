/** Checks that a program is well formed: a fault found here is a fault of the engine. */
import { InternalError } from "../../diagnostics/diagnostic.ts";
import type { Program, Statement } from "../program.ts";
import { loopsOf, type SlotInterval, slotInterval, writtenSlots } from "../slot-interval.ts";
import { statementsOf, visitStatement } from "../visit.ts";

/**
 * Loops have numbers of their own and bind what their statement uses; every store lies in the slots, every load too where no
 * guard stands before it; every table exists.
 *
 * @param after what made the program, for the message
 * @throws InternalError if something is wrong
 */
export function verifyProgram(program: Program, after: string): void {
  for (const statement of statementsOf(program)) {
    const fault = faultOf(statement, program);
    if (fault !== null) throw new InternalError(`${after} made a program that does not verify: ${fault}`);
  }
}

function faultOf(s: Statement, program: Program): string | null {
  const loops = new Map(loopsOf(s).map((l) => [l.id, l]));
  if (loops.size !== loopsOf(s).length) return "two loops of a statement have one number";
  const inside = ({ from, to }: SlotInterval) => from >= 0 && to <= program.slotCount;
  const outside = writtenSlots(s).find((written) => !inside(written));
  if (outside) return `a store at slot ${outside.from} of ${program.slotCount}`;
  let fault: string | null = null;
  visitStatement(s, (e) => {
    if (e.kind === "loop-value" && !loops.has(e.loop)) fault = `no loop ${e.loop}`;
    const place = e.kind === "load" || e.kind === "load-past" ? e.place : e.kind === "lookup" ? e.table : null;
    if (place === null) return;
    const unknown = [...place.terms, ...place.guards].find((t) => !loops.has(t.loop));
    if (unknown) {
      fault = `no loop ${unknown.loop}`;
      return;
    }
    const interval = slotInterval(place, (loop) => loops.get(loop)!);
    if (e.kind === "lookup") {
      if (interval.from < 0 || interval.to > program.tables.length) fault = `no table ${interval.to - 1}`;
    } else if (place.guards.length === 0 && !inside(interval)) fault = `a load at slot ${interval.from}`;
  });
  return fault;
}
