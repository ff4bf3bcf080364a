/** Invariant hoisting out of the steps and events of a run. */
import { mapDefinition, mapParts, mapStatement, mapSteps } from "../map-expression.ts";
import type { Definition, IrExpression, Loop, Place, Program, Statement } from "../program.ts";
import { loopsOf } from "../slot-interval.ts";
import { partsOf, usedLoops } from "../visit.ts";
import { HiddenSlots } from "./hidden-slots.ts";
import { RunInvariance } from "./run-invariance.ts";

/**
 * Computes once, before the first step, what does not change in a run: the largest parts of the expressions of steps, events, noise and
 * identities that depend on parameters and on values of the start alone. (What depends on positions alone is left to the loops, but for split exponentials.) Each goes to
 * slots of its own, over those of the statement's loops that it depends on; equal ones share them. Parts of fewer than one operation
 * stay. The operations are the same, so no bit changes.
 */
export function hoistInvariants(program: Program): Program {
  return new Hoisting(program).run();
}

class Hoisting {
  readonly #program: Program;
  readonly #invariance: RunInvariance;
  readonly #hidden: HiddenSlots;
  readonly #hoisted: Definition[] = [];
  readonly #known = new Map<string, number>();

  constructor(program: Program) {
    this.#program = program;
    this.#hidden = new HiddenSlots(program);
    this.#invariance = new RunInvariance(program);
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
      slotCount: this.#hidden.slotCount,
      slots: this.#hidden.slots,
      // Last, when stocks and everything else of the start are known.
      initial: [...this.#program.initial, ...this.#hoisted],
    };
  }

  #statement(s: Statement, owner: string): Statement {
    const loops = loopsOf(s);
    const map = (e: IrExpression): IrExpression => {
      if (partsOf(e).length === 0) return e;
      if (!isWorthSlots(e) || !this.#invariance.holds(e, loops)) return mapParts(e, map);
      return this.#hoist(e, loops, owner);
    };
    return mapStatement(s, map);
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
    base ??= this.#hidden.allocate(owner, size);
    const terms = own.map((l, i) => ({ loop: l.id, stride: strides[i]! }));
    const place: Place = { base: base - start, terms, guards: [] };
    if (isNew) {
      this.#known.set(key, base);
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

/** Reads slots, or is a split exponential, of positions even. */
function isWorthSlots(e: IrExpression): boolean {
  if (e.kind === "load" || (e.kind === "unary" && e.op === "exp-significand")) return true;
  return partsOf(e).some(isWorthSlots);
}
