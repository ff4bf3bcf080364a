/** Invariant hoisting out of the steps and events of a run. */
import { mapDefinition, mapParts, mapStatement, mapSteps } from "../map-expression.ts";
import type { Definition, IrExpression, Loop, Place, Program, SlotRange, Statement } from "../program.ts";
import { loopsOf, type SlotInterval, slotInterval, writtenSlots } from "../slot-interval.ts";
import { partsOf } from "../visit.ts";

/**
 * Computes once, before the first step, what does not change in a run: the largest parts of the expressions of steps, events, noise and
 * identities that depend on parameters and on values of the start alone. (What depends on positions alone is left to the loops.) Each goes to
 * slots of its own, over those of the statement's loops that it depends on; equal ones share them. Parts of fewer than one operation
 * stay. The operations are the same, so no bit changes.
 */
export function hoistInvariants(program: Program): Program {
  return new Hoisting(program).run();
}

class Hoisting {
  readonly #program: Program;
  /** For each slot, how many slots before it change after the start. */
  readonly #changing: Uint32Array;
  readonly #slots: SlotRange[];
  readonly #hoisted: Definition[] = [];
  readonly #known = new Map<string, number>();
  #slotCount: number;

  constructor(program: Program) {
    this.#program = program;
    this.#slotCount = program.slotCount;
    this.#slots = [...program.slots];
    this.#changing = changingSlots(program);
  }

  run(): Program {
    const owned = (name: string) => (s: Statement) => this.#statement(s, name);
    const definition = (d: Definition): Definition => mapDefinition(d, owned(d.name));
    const hoisted = mapSteps(this.#program, definition);
    return {
      ...hoisted,
      events: hoisted.events.map((e) => ({ ...e, definitions: e.definitions.map(definition) })),
      noise: hoisted.noise.map((n) => ({ ...n, update: n.update.map(owned(n.name)) })),
      identities: hoisted.identities.map((i) => ({ ...i, statements: i.statements.map(owned(i.name)) })),
      slotCount: this.#slotCount,
      slots: this.#slots,
      // Last, when stocks and everything else of the start are known.
      initial: [...this.#program.initial, ...this.#hoisted],
    };
  }

  #statement(s: Statement, owner: string): Statement {
    const loops = loopsOf(s);
    const map = (e: IrExpression): IrExpression => {
      if (partsOf(e).length === 0) return e;
      if (!readsSlots(e) || !this.#isConstant(e, loops)) return mapParts(e, map);
      return this.#hoist(e, loops, owner);
    };
    return mapStatement(s, map);
  }

  #isConstant(e: IrExpression, loops: readonly Loop[]): boolean {
    if (e.kind === "time" || e.kind === "load-past") return false;
    if (e.kind === "load") {
      const { from, to } = intervalOf(e.place, loops);
      return this.#changing[Math.max(0, from)] === this.#changing[to];
    }
    return partsOf(e).every((part) => this.#isConstant(part, loops));
  }

  #hoist(e: IrExpression, loops: readonly Loop[], owner: string): IrExpression {
    const used = usedLoops(e);
    const own = loops.filter((l) => used.has(l.id));
    const strides = own.map((_, i) => own.slice(i + 1).reduce((n, l) => n * (l.to - l.from), 1));
    const size = own.reduce((n, l) => n * (l.to - l.from), 1);
    const start = own.reduce((n, l, i) => n + l.from * strides[i]!, 0);
    const key = JSON.stringify([own.map((l) => [l.id, l.from, l.to]), e], exactNumber);
    let base = this.#known.get(key);
    const isNew = base === undefined;
    base ??= this.#slotCount;
    const terms = own.map((l, i) => ({ loop: l.id, stride: strides[i]! }));
    const place: Place = { base: base - start, terms, guards: [] };
    if (isNew) {
      this.#known.set(key, base);
      this.#slotCount += size;
      this.#slots.push({ name: owner, kind: "hidden", base, size, keys: null });
      const statement: Statement = { kind: "assign", loops: own, target: place, value: e };
      this.#hoisted.push({ name: owner, hidden: true, statements: [statement] });
    }
    return { kind: "load", place };
  }
}

/** JSON has no -0, NaN or infinity. */
function exactNumber(_: string, value: unknown): unknown {
  return typeof value === "number" && (!Number.isFinite(value) || Object.is(value, -0))
    ? `${1 / value} ${value}`
    : value;
}

function intervalOf(place: Place, loops: readonly Loop[]): SlotInterval {
  return slotInterval(place, (id) => loops.find((l) => l.id === id)!);
}

function usedLoops(e: IrExpression): Set<number> {
  const used = new Set<number>();
  const place = (p: Place) => {
    for (const t of p.terms) used.add(t.loop);
    for (const g of p.guards) used.add(g.loop);
  };
  const walk = (part: IrExpression): void => {
    if (part.kind === "load" || part.kind === "load-past") place(part.place);
    if (part.kind === "lookup") place(part.table);
    if (part.kind === "loop-value") used.add(part.loop);
    for (const p of partsOf(part)) walk(p);
  };
  walk(e);
  return used;
}

function readsSlots(e: IrExpression): boolean {
  return e.kind === "load" || partsOf(e).some(readsSlots);
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
