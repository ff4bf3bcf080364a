/** Checks that a program is well formed: a fault found here is a fault of the engine. */
import { InternalError } from "../../diagnostics/diagnostic.ts";
import type { IrExpression, Loop, Place, Program, Statement } from "../program.ts";
import { loopsOf, slotInterval, writtenSlots } from "../slot-interval.ts";
import { expressionsOf, partsOf, statementsOf } from "../visit.ts";

/**
 * Loops have numbers of their own and bind what their statements use; every store lies in the slots, every load too where no guard stands
 * before it; every table exists; a fused loop's values are given before they are used, and its totals are added to in its body alone.
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
  const all = loopsOf(s);
  if (new Set(all.map((l) => l.id)).size !== all.length) return "two loops of a statement have one number";
  const outside = writtenSlots(s).find(({ from, to }) => from < 0 || to > program.slotCount);
  if (outside) return `a store at slot ${outside.from} of ${program.slotCount}`;
  return scopeFault(s, { program, loops: [], totals: new Set(), given: new Set() });
}

/** What is known where a statement stands. */
interface Scope {
  readonly program: Program;
  readonly loops: readonly Loop[];
  /** Totals of the loops around. */
  readonly totals: ReadonlySet<number>;
  /** Values given so far by `set` and by totals whose loops are done. */
  readonly given: Set<number>;
}

function scopeFault(s: Statement, scope: Scope): string | null {
  switch (s.kind) {
    case "fused":
      return fusedFault(s, scope);
    case "repeat":
      return first(s.body, (inner) => scopeFault(inner, { ...scope, loops: [...scope.loops, s.loop] }));
    case "set": {
      const fault = expressionFault(s.value, scope);
      scope.given.add(s.id);
      return fault;
    }
    case "fold":
      return scope.totals.has(s.total) ? expressionFault(s.value, scope) : `no total ${s.total}`;
    default: {
      const loops = [...scope.loops, ...loopsOf(s)];
      const target = "target" in s && typeof s.target === "object" ? placeFault(s.target, loops) : null;
      return target ?? first(expressionsOf(s), (e) => expressionFault(e, { ...scope, loops }));
    }
  }
}

function fusedFault({ loop, totals, body }: Extract<Statement, { kind: "fused" }>, scope: Scope): string | null {
  const ids = totals.map((t) => t.id);
  const inside: Scope = {
    ...scope,
    loops: [...scope.loops, loop],
    totals: new Set([...scope.totals, ...ids]),
    given: new Set(scope.given),
  };
  const fault =
    first(
      body.flatMap((d) => d.statements),
      (s) => scopeFault(s, inside),
    ) ?? first(totals, (t) => (t.target ? placeFault(t.target, scope.loops) : null));
  for (const id of ids) scope.given.add(id);
  return fault;
}

function expressionFault(e: IrExpression, scope: Scope): string | null {
  const own = ownFault(e, scope);
  return own ?? first(partsOf(e), (part) => expressionFault(part, scope));
}

function ownFault(e: IrExpression, { program, loops, given }: Scope): string | null {
  if (e.kind === "loop-value") return loops.some((l) => l.id === e.loop) ? null : `no loop ${e.loop}`;
  if (e.kind === "local") return given.has(e.id) ? null : `no value ${e.id}`;
  const place = e.kind === "load" || e.kind === "load-past" ? e.place : e.kind === "lookup" ? e.table : null;
  if (place === null) return null;
  const unknown = placeFault(place, loops);
  if (unknown !== null) return unknown;
  const { from, to } = slotInterval(place, (id) => loops.find((l) => l.id === id)!);
  if (e.kind === "lookup") return from < 0 || to > program.tables.length ? `no table ${to - 1}` : null;
  const inside = from >= 0 && to <= program.slotCount;
  return place.guards.length > 0 || inside ? null : `a load at slot ${from}`;
}

function placeFault(place: Place, loops: readonly Loop[]): string | null {
  const unknown = [...place.terms, ...place.guards].find((t) => !loops.some((l) => l.id === t.loop));
  return unknown ? `no loop ${unknown.loop}` : null;
}

function first<T>(items: readonly T[], fault: (item: T) => string | null): string | null {
  for (const item of items) {
    const found = fault(item);
    if (found !== null) return found;
  }
  return null;
}
