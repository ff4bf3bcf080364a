/** What the values that a step stores are defined as, for other statements of the step that read them. */
import type { IrExpression, Loop, Place, Program, Statement } from "../program.ts";
import { loopRanges, loopsOf, readUnder, type SlotInterval, slotInterval, writtenSlots } from "../slot-interval.ts";
import { substitute } from "../substitute.ts";
import { renameExpression } from "./rename-loops.ts";

type Assign = Extract<Statement, { kind: "assign" }>;

/** A statement of the step: its number there, and whether the stages of a step compute it again. */
interface Known {
  readonly statement: Statement;
  readonly at: number;
  readonly inStage: boolean;
}

/** No statement of the step stores the slot; more than one does. */
const NOBODY = -1;
const SEVERAL = -2;

export class StepDefinitions {
  /** For each slot the number of the statement that stores it. */
  readonly #writer: Int32Array;
  readonly #statements: Known[] = [];
  readonly #known = new Map<Statement, Known>();

  constructor(program: Program) {
    this.#writer = new Int32Array(program.slotCount).fill(NOBODY);
    const stage = new Set(program.stage);
    for (const d of program.step) {
      for (const statement of d.statements) {
        const at = this.#statements.length;
        for (const written of writtenSlots(statement)) this.#write(written, at);
        const known = { statement, at, inStage: stage.has(d) };
        this.#statements.push(known);
        this.#known.set(statement, known);
      }
    }
  }

  #write({ from, to }: SlotInterval, at: number): void {
    for (let slot = from; slot < to; slot++) this.#writer[slot] = this.#writer[slot] === NOBODY ? at : SEVERAL;
  }

  /**
   * The expression that gives the value at a place, in the loops of the statement of the step that reads it; null where there is no single one, or
   * where it would not give the same there: if what it reads is stored again, or if the stages of a step compute the reader again and the value
   * not.
   */
  expressionAt(place: Place, reader: Statement): IrExpression | null {
    if (place.guards.length > 0) return null;
    const loops = new Map(loopsOf(reader).map((l) => [l.id, l]));
    const { from, to } = slotInterval(place, (loop) => loops.get(loop)!);
    const at = this.#writer[from]!;
    const own = this.#known.get(reader);
    const defined = this.#statements[at];
    if (!own || defined?.statement.kind !== "assign" || at >= own.at || !this.#isAll(from, to, at)) return null;
    if (own.inStage && !defined.inStage) return null;
    const { statement } = defined;
    if (!readUnder(statement, loopRanges(statement)).every((r) => this.#isKnownBefore(r, at))) return null;
    return expressionIn(statement, place, loops);
  }

  #isAll(from: number, to: number, at: number): boolean {
    for (let slot = from; slot < to; slot++) if (this.#writer[slot] !== at) return false;
    return true;
  }

  #isKnownBefore({ from, to }: SlotInterval, at: number): boolean {
    for (let slot = from; slot < to; slot++) {
      const writer = this.#writer[slot]!;
      if (writer === SEVERAL || writer >= at) return false;
    }
    return true;
  }
}

/** The value of an assignment at a place, in the loops of the place. */
function expressionIn(s: Assign, place: Place, loops: ReadonlyMap<number, Loop>): IrExpression | null {
  const positions = positionsAt(s, place, loops);
  if (!positions) return null;
  const [fixed, renamed] = [new Map<number, number>(), new Map<number, number>()];
  for (const [loop, at] of positions) {
    if (typeof at === "number") fixed.set(loop, at);
    else renamed.set(loop, at.loop);
  }
  const value = fixed.size === 0 ? s.value : substitute(s.value, fixed);
  return renameExpression(value, (loop) => renamed.get(loop)!);
}

/** Where each loop of a defining statement stands, so that its target is the place: at a loop of the reader or at a position. */
function positionsAt(
  { target, loops }: Assign,
  place: Place,
  readers: ReadonlyMap<number, Loop>,
): ReadonlyMap<number, { readonly loop: number } | number> | null {
  const found = new Map<number, { readonly loop: number } | number>();
  const rest = [...place.terms];
  const open: { readonly loop: Loop; readonly stride: number }[] = [];
  if (target.guards.length > 0 || target.terms.length !== loops.length) return null;
  for (const loop of loops) {
    const stride = target.terms.find((t) => t.loop === loop.id)?.stride;
    if (stride === undefined) return null;
    const i = rest.findIndex((t) => t.stride === stride);
    const reader = readers.get(rest[i]?.loop ?? -1);
    if (!reader) open.push({ loop, stride });
    else if (reader.from < loop.from || reader.to > loop.to) return null;
    else {
      found.set(loop.id, { loop: reader.id });
      rest.splice(i, 1);
    }
  }
  if (rest.length > 0) return null;
  let offset = place.base - target.base;
  for (const { loop, stride } of open.sort((a, b) => b.stride - a.stride)) {
    const position = Math.floor(offset / stride);
    if (position < loop.from || position >= loop.to) return null;
    found.set(loop.id, position);
    offset -= position * stride;
  }
  return offset === 0 ? found : null;
}
