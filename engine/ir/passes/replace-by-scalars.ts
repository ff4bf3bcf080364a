/** Scalar replacement and array contraction in fused loops. */
import { mapParts, mapStatement } from "../map-expression.ts";
import type { Definition, IrExpression, Place, Program, Statement } from "../program.ts";
import { loopRanges, overlaps, type SlotInterval, slotInterval, writtenUnder } from "../slot-interval.ts";
import { visitStatement } from "../visit.ts";
import { type FusedBlock, type StoreNeeds, storeNeeds } from "./store-needs.ts";

type Fused = Extract<Statement, { kind: "fused" }>;

/**
 * In fused loops, a value that a later definition of the same position reads is handed on without a load (`set` and `local`), and is
 * stored only if something outside the loop reads it. The values are the same, so no bit changes.
 */
export function replaceByScalars(program: Program): Program {
  const replaced = mapFused(program, (s) => new Replacement(s).run());
  const needs = storeNeeds(replaced);
  return mapFused(replaced, (s, block) => withoutIdleStores(s, needs, block));
}

/** The program with each outermost fused loop replaced. */
function mapFused(program: Program, map: (s: Fused, block: FusedBlock) => Fused): Program {
  const all = (definitions: readonly Definition[], block: FusedBlock) =>
    definitions.map((d) => ({ ...d, statements: d.statements.map((s) => (s.kind === "fused" ? map(s, block) : s)) }));
  const step = all(program.step, "step");
  return {
    ...program,
    ahead: all(program.ahead, "ahead"),
    step,
    stage: program.stage === program.step ? step : all(program.stage, "stage"),
    events: program.events.map((e, i) => ({ ...e, definitions: all(e.definitions, `event ${i}`) })),
  };
}

/** A place whose value is known under a number. */
interface Known {
  readonly key: string;
  readonly slots: SlotInterval;
  readonly id: number;
}

class Replacement {
  readonly #whole: Fused;
  readonly #range: ReturnType<typeof loopRanges>;
  #nextId: number;

  constructor(whole: Fused) {
    this.#whole = whole;
    this.#range = loopRanges(whole);
    this.#nextId = largestTotal(whole) + 1;
  }

  run(): Fused {
    return withoutIdleSets(this.#loop(this.#whole, []));
  }

  #loop(s: Fused, around: readonly Known[]): Fused {
    // What the loop itself changes is not known at its beginning.
    const written = writtenUnder(s, this.#range);
    let known: readonly Known[] = around.filter((k) => !written.some((w) => overlaps(w, k.slots)));
    const body = s.body.map((d) => ({
      ...d,
      statements: d.statements.flatMap((inner) => {
        const replaced = this.#statement(inner, known);
        known = replaced.known;
        return replaced.statements;
      }),
    }));
    return { ...s, body };
  }

  #statement(s: Statement, known: readonly Known[]): { statements: Statement[]; known: readonly Known[] } {
    const written = writtenUnder(s, this.#range);
    const left = known.filter((k) => !written.some((w) => overlaps(w, k.slots)));
    if (s.kind === "fused") {
      const totals = s.totals.map((t) => this.#known(t.target!, t.id));
      return { statements: [this.#loop(s, known)], known: [...left, ...totals] };
    }
    // A statement with loops of its own may change, at one position, what it reads at the next.
    const usable = isSimple(s) ? known : left;
    const byKey = new Map(usable.map((k) => [k.key, k.id]));
    const replaced = mapStatement(s, (e) => replaceLoads(e, byKey));
    if (replaced.kind !== "assign" || replaced.loops.length > 0) return { statements: [replaced], known: left };
    const id = this.#nextId++;
    const statements: Statement[] = [
      { kind: "set", id, value: replaced.value },
      { ...replaced, value: { kind: "local", id } },
    ];
    return { statements, known: [...left, this.#known(replaced.target, id)] };
  }

  #known(place: Place, id: number): Known {
    return { key: placeKey(place), slots: slotInterval(place, this.#range), id };
  }
}

const isSimple = (s: Statement): boolean => !("loops" in s) || (s.kind === "assign" && s.loops.length === 0);

const placeKey = ({ base, terms }: Place): string => `${base} ${terms.map((t) => `${t.loop}*${t.stride}`).join(" ")}`;

function replaceLoads(e: IrExpression, known: ReadonlyMap<string, number>): IrExpression {
  if (e.kind === "load" && e.place.guards.length === 0) {
    const id = known.get(placeKey(e.place));
    return id === undefined ? e : { kind: "local", id };
  }
  return mapParts(e, (part) => replaceLoads(part, known));
}

function largestTotal(s: Statement): number {
  if (s.kind !== "fused") return -1;
  const inner = s.body.flatMap((d) => d.statements.map(largestTotal));
  return Math.max(-1, ...s.totals.map((t) => t.id), ...inner);
}

/** Puts the value of a `set` that only the store after it uses back into the store. */
function withoutIdleSets(s: Fused): Fused {
  const uses = usesOf(s);
  const mend = (statements: readonly Statement[]): Statement[] =>
    statements.flatMap((statement, i): Statement[] => {
      if (statement.kind === "fused") return [body(statement)];
      if (statement.kind === "set" && uses.get(statement.id) === 1) return [];
      const before = statements[i - 1];
      if (statement.kind === "assign" && before?.kind === "set" && uses.get(before.id) === 1)
        return [{ ...statement, value: before.value }];
      return [statement];
    });
  const body = (f: Fused): Fused => ({ ...f, body: f.body.map((d) => ({ ...d, statements: mend(d.statements) })) });
  return body(s);
}

/** How often each local is used. */
function usesOf(s: Statement): Map<number, number> {
  const uses = new Map<number, number>();
  visitStatement(s, (e) => {
    if (e.kind === "local") uses.set(e.id, (uses.get(e.id) ?? 0) + 1);
  });
  return uses;
}

/** Takes out stores that nothing reads, and then what only they used. */
function withoutIdleStores(s: Fused, needs: StoreNeeds, block: FusedBlock): Fused {
  const range = loopRanges(s);
  const isNeeded = (place: Place) => needs.meets(slotInterval(place, range), block);
  const stores = (f: Fused): Fused => ({
    ...f,
    totals: f.totals.map((t) => (t.target && isNeeded(t.target) ? t : { ...t, target: null })),
    body: f.body.map((d) => ({
      ...d,
      statements: d.statements.flatMap((inner): Statement[] => {
        if (inner.kind === "fused") return [stores(inner)];
        return inner.kind === "assign" && inner.loops.length === 0 && !isNeeded(inner.target) ? [] : [inner];
      }),
    })),
  });
  return withoutUnused(stores(s));
}

/** Takes out values that nobody uses, those that only they used, and so on. */
function withoutUnused(s: Fused): Fused {
  const uses = usesOf(s);
  let removed = false;
  const strip = (f: Fused): Fused => ({
    ...f,
    body: f.body
      .map((d) => ({
        ...d,
        statements: d.statements.flatMap((inner): Statement[] => {
          if (inner.kind === "fused") {
            const rest = strip(inner);
            return rest.body.length > 0 ? [rest] : [];
          }
          if (inner.kind !== "set" || uses.has(inner.id)) return [inner];
          removed = true;
          return [];
        }),
      }))
      .filter((d) => d.statements.length > 0),
  });
  const stripped = strip(s);
  return removed ? withoutUnused(stripped) : stripped;
}
