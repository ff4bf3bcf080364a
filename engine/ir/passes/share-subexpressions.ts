/** Common subexpressions across statements, and subexpressions that an outer loop repeats. */
import { mapParts, mapStatement, mapSteps } from "../map-expression.ts";
import type { Definition, IrExpression, Loop, Place, Program, Statement } from "../program.ts";
import { loopRanges, loopsOf, overlaps, type SlotInterval, slotInterval, writtenSlots } from "../slot-interval.ts";
import { partsOf } from "../visit.ts";
import { HiddenSlots } from "./hidden-slots.ts";

/**
 * Computes costly parts of expressions (functions, powers, quotients) once where several statements of a block have them, or where a
 * statement has one that does not change in a loop while it changes in a loop inside; in a reduction, cheap parts of the latter kind too. Each goes to slots of its
 * own, over the loops that it changes with, just before it is first needed. The operations are the same, so no bit changes.
 */
export function shareSubexpressions(program: Program): Program {
  const hidden = new HiddenSlots(program);
  const inStages = new Set(program.stage);
  // What only the step computes is not shared with what the stages compute again.
  const classes = [
    program.ahead,
    program.step.filter((d) => inStages.has(d)),
    program.step.filter((d) => !inStages.has(d)),
  ];
  const mapped = new Map(
    classes.flatMap((definitions) => {
      const sharing = new Sharing(definitions, hidden);
      return definitions.map((d): [Definition, Definition] => [d, sharing.definition(d)]);
    }),
  );
  const shared = mapSteps(program, (d) => mapped.get(d)!);
  const events = program.events.map((e) => {
    const sharing = new Sharing(e.definitions, hidden);
    return { ...e, definitions: e.definitions.map((d) => sharing.definition(d)) };
  });
  const { slots, slotCount } = hidden;
  return { ...shared, events, slots, slotCount };
}

/** A part that has slots of its own. */
interface Shared {
  readonly base: number;
  /** Stride of each loop, in the order of {@link Form.loops}. */
  readonly strides: readonly number[];
  readonly reads: readonly SlotInterval[];
}

/** A part apart from the numbers of its loops: equal keys give equal values at equal positions. */
interface Form {
  readonly key: string;
  /** Its loops as they are first met. */
  readonly loops: readonly Loop[];
}

class Sharing {
  readonly #hidden: HiddenSlots;
  /** Statements that have a part, by its key. */
  readonly #counts = new Map<string, number>();
  readonly #known = new Map<string, Shared>();

  constructor(definitions: readonly Definition[], hidden: HiddenSlots) {
    this.#hidden = hidden;
    for (const d of definitions) for (const s of d.statements) this.#count(s);
  }

  definition(d: Definition): Definition {
    const statements = d.statements.flatMap((s) => {
      const before: Statement[] = [];
      const replaced = this.#statement(s, d.name, before);
      this.#forget(writtenSlots(s));
      return [...before, replaced];
    });
    return { ...d, statements };
  }

  #count(s: Statement): void {
    // What is repeated changes what it reads.
    if (s.kind === "repeat") return;
    const loops = loopsById(s);
    const keys = new Set<string>();
    const walk = (e: IrExpression): void => {
      if (!isCostly(e)) return;
      keys.add(formOf(e, loops).key);
      for (const part of partsOf(e)) walk(part);
    };
    mapStatement(s, (e) => {
      walk(e);
      return e;
    });
    for (const key of keys) this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  #statement(s: Statement, owner: string, before: Statement[]): Statement {
    if (s.kind === "repeat") return s;
    const loops = loopsById(s);
    const range = loopRanges(s);
    const written = writtenSlots(s);
    /** @param around how many statements have the part that this one is a part of, if that is shared */
    const map = (e: IrExpression, around: number): IrExpression => {
      if (!isCostly(e) && (s.kind !== "reduce" || operationsIn(e) < OPERATIONS)) return e;
      const form = formOf(e, loops);
      const count = this.#counts.get(form.key) ?? 0;
      const wanted = (count > 1 && count > around) || repeats(form.loops, loopsOf(s));
      const reads = wanted ? readsOf(e, range) : [];
      if (!wanted || reads.some((r) => written.some((w) => overlaps(r, w)))) return mapParts(e, (p) => map(p, around));
      let shared = this.#known.get(form.key);
      if (!shared) {
        const value = mapParts(e, (p) => map(p, count));
        shared = this.#share(form, loopsOf(s), reads, owner);
        this.#known.set(form.key, shared);
        const target = placeOf(shared, form.loops);
        const own = loopsOf(s).filter((l) => form.loops.includes(l));
        before.push({ kind: "assign", loops: own, target, value });
      }
      return { kind: "load", place: placeOf(shared, form.loops) };
    };
    return mapStatement(s, (e) => map(e, 0));
  }

  #share(form: Form, order: readonly Loop[], reads: readonly SlotInterval[], owner: string): Shared {
    const own = order.filter((l) => form.loops.includes(l));
    const length = (l: Loop) => l.to - l.from;
    const stride = (l: Loop) => own.slice(own.indexOf(l) + 1).reduce((n, inner) => n * length(inner), 1);
    const size = own.reduce((n, l) => n * length(l), 1);
    const start = own.reduce((n, l) => n + l.from * stride(l), 0);
    return { base: this.#hidden.allocate(owner, size) - start, strides: form.loops.map(stride), reads };
  }

  /** A part is computed anew once something that it reads has changed. */
  #forget(written: readonly SlotInterval[]): void {
    for (const [key, { reads }] of this.#known)
      if (reads.some((r) => written.some((w) => overlaps(r, w)))) this.#known.delete(key);
  }
}

const placeOf = ({ base, strides }: Shared, loops: readonly Loop[]): Place => ({
  base,
  terms: loops.map((l, i) => ({ loop: l.id, stride: strides[i]! })),
  guards: [],
});

const loopsById = (s: Statement): ReadonlyMap<number, Loop> => new Map(loopsOf(s).map((l) => [l.id, l]));

/** Whether a loop around repeats a value that changes in a loop inside it; a value of the outermost loops is kept there by the kernel. */
function repeats(own: readonly Loop[], loops: readonly Loop[]): boolean {
  return own.length > 0 && own.length < loops.length && !own.every((l) => loops.indexOf(l) < own.length);
}

/** So many operations of a reduction, repeated by a loop around, take longer than to load a value. */
const OPERATIONS = 2;

function operationsIn(e: IrExpression): number {
  const parts = partsOf(e);
  return parts.reduce((n, part) => n + operationsIn(part), parts.length > 0 ? 1 : 0);
}

/** Whether an expression reads slots and has an operation that takes longer than to store and load a value. */
const costly = new WeakMap<IrExpression, boolean>();
function isCostly(e: IrExpression): boolean {
  let known = costly.get(e);
  if (known === undefined) {
    known = isCostlyOperation(e) || partsOf(e).some(isCostly);
    costly.set(e, known);
  }
  return known;
}

function isCostlyOperation(e: IrExpression): boolean {
  if (e.kind === "lookup") return true;
  if (e.kind === "binary") return e.op === "power" || e.op === "divide" || e.op === "modulo";
  return e.kind === "unary" && !CHEAP.has(e.op);
}
const CHEAP: ReadonlySet<string> = new Set(["negate", "not", "abs", "floor", "ceil", "trunc", "sign", "round"]);

function readsOf(e: IrExpression, range: (loop: number) => Loop): SlotInterval[] {
  const own = e.kind === "load" || e.kind === "load-past" ? [slotInterval(e.place, range)] : [];
  return [...own, ...partsOf(e).flatMap((p) => readsOf(p, range))];
}

/** The key of an expression: its operations, places and numbers, with loops by their range and the order in which they are met. */
function formOf(e: IrExpression, byId: ReadonlyMap<number, Loop>): Form {
  const loops: Loop[] = [];
  const loop = (id: number): string => {
    const found = byId.get(id)!;
    let i = loops.indexOf(found);
    if (i < 0) i = loops.push(found) - 1;
    return `${i}:${found.from}-${found.to}`;
  };
  const place = (p: Place): string =>
    `${p.base}${p.terms.map((t) => `+${t.stride}*${loop(t.loop)}`).join("")}${p.guards.map((g) => `?${loop(g.loop)}+${g.offset}<${g.size}`).join("")}`;
  const write = (x: IrExpression): string => {
    switch (x.kind) {
      case "constant":
        return Object.is(x.value, -0) ? "-0" : String(x.value);
      case "time":
        return "t";
      case "local":
        return `v${x.id}`;
      case "loop-value":
        return `l${loop(x.loop)}+${x.offset}`;
      case "load":
        return `[${place(x.place)}]`;
      case "load-past":
        return `[${place(x.place)}@${x.copies},${x.stride},${write(x.lag)}]`;
      case "lookup":
        return `table ${place(x.table)}(${write(x.x)})`;
      case "unary":
        return `${x.op}(${write(x.operand)})`;
      case "power-integer":
        return `(${write(x.base)})^${x.exponent}`;
      case "binary":
        return `${x.op}(${write(x.left)},${write(x.right)})`;
      case "select":
        return `if(${write(x.condition)},${write(x.ifTrue)},${write(x.ifFalse)})`;
    }
  };
  const key = write(e);
  return { key, loops };
}
