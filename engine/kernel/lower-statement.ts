/** Statements of the IR to loops and straight pieces, and these to functions of the module. */
import { assertNever, InternalError } from "../diagnostics/diagnostic.ts";
import type { IrExpression, Loop, Place, Statement } from "../ir/program.ts";
import { loopsOf, overlaps, type SlotInterval, slotInterval, writtenSlots } from "../ir/slot-interval.ts";
import { partsOf, visitStatement } from "../ir/visit.ts";
import type { ReduceOp } from "../model/term.ts";
import type { FunctionCode, Local } from "./encoding/function-code.ts";
import type { KernelContext } from "./kernel-context.ts";
import { loopSegments } from "./loop-segments.ts";
import { ExpressionLowering, extreme, type LoopPositions, NO_POINTER, type Value } from "./lower-expression.ts";
import { ALLOCATION_ROWS } from "./scalar/allocate-function.ts";
import { NestEmitter } from "./vector/emit-nest.ts";
import type { Address, LoopCounter, NodeId, VectorGraph } from "./vector/graph.ts";
import { type NestItem, Piece } from "./vector/nest.ts";

const NEUTRAL: Record<ReduceOp, number> = {
  sum: 0,
  product: 1,
  minimum: Number.POSITIVE_INFINITY,
  maximum: Number.NEGATIVE_INFINITY,
};
const VECTOR_LANES = 2;

type Bindings = Map<number, LoopCounter | number>;

type Reduce = Extract<Statement, { kind: "reduce" }>;

/** Sums that are added up at once: four of two vectors fill the pipeline of an adder and leave registers for the rest. */
const MOST_TOGETHER = 4;

/** The largest divisor of a number of positions that is not above `MOST_TOGETHER`. */
function positionsTogether(positions: number): number {
  for (let n = Math.min(MOST_TOGETHER, positions); n > 1; n--) if (positions % n === 0) return n;
  return 1;
}

function shiftedCounter(counter: LoopCounter, shift: number, step: number): LoopCounter {
  return { ...counter, shift, from: counter.from + shift, to: counter.to - step + shift + 1 };
}

/** Whether a statement may read what it stores itself, so that its positions have to be computed one after the other. */
function readsItself(s: Statement): boolean {
  const written = writtenSlots(s);
  const loops = new Map(loopsOf(s).map((l) => [l.id, l]));
  let found = false;
  visitStatement(s, (e) => {
    if (
      e.kind === "load" &&
      overlaps(
        slotInterval(e.place, (loop) => loops.get(loop)!),
        written,
      )
    )
      found = true;
  });
  return found;
}

interface Prelude {
  readonly piece: Piece;
  /** Locals of values that inner loops use. */
  readonly kept: Map<NodeId, readonly Local[]>;
}

function depthOfBindings(loops: LoopPositions): number {
  let depth = 0;
  for (const at of loops.values()) if (typeof at !== "number") depth = Math.max(depth, at.depth);
  return depth;
}

/** Depth of the innermost loop that an expression changes with; infinite if it reads what the statement itself stores. */
function depthOfExpression(e: IrExpression, loops: LoopPositions, written: SlotInterval): number {
  const at = (loop: number): number => {
    const position = loops.get(loop);
    return typeof position === "object" ? position.depth : 0;
  };
  const ofPlace = (place: Place): number =>
    Math.max(0, ...place.terms.map((t) => at(t.loop)), ...place.guards.map((g) => at(g.loop)));
  const own = (): number => {
    switch (e.kind) {
      case "load":
        return overlaps(readSlots(e.place, loops), written) ? Number.POSITIVE_INFINITY : ofPlace(e.place);
      case "load-past":
        return ofPlace(e.place);
      case "lookup":
        return ofPlace(e.table);
      case "loop-value":
        return at(e.loop);
      default:
        return 0;
    }
  };
  return Math.max(own(), ...partsOf(e).map((part) => depthOfExpression(part, loops, written)));
}

/** Slots that a read may reach while the loops run. */
function readSlots(place: Place, loops: LoopPositions): SlotInterval {
  return slotInterval(place, (loop) => {
    const at = loops.get(loop)!;
    return typeof at === "number" ? { from: at, to: at + 1 } : at;
  });
}

/** Emits statements one after the other into a function. */
export class StatementLowering {
  readonly #context: KernelContext;
  readonly #code: FunctionCode;
  /** Locals that the statement at hand holds. */
  #held: Local[] = [];
  #pasts = new Map<string, LoopCounter>();
  #statement: Statement | null = null;
  /** Slots that the statement stores to. */
  #written: SlotInterval | null = null;
  /** By depth of the loop at whose body's beginning they stand; 0 is before all loops. */
  #preludes: Prelude[] = [];

  constructor(context: KernelContext, code: FunctionCode) {
    this.#context = context;
    this.#code = code;
  }

  /** @param block and name for the profile */
  emit(statement: Statement, block: string, name: string): void {
    this.#statement = statement;
    this.#written = writtenSlots(statement);
    const prelude = this.#openPrelude(0);
    const items = [prelude, ...this.#lower(statement)];
    this.#context.profile.add(block, name, items);
    for (const [key, counter] of this.#pasts) this.#setPast(key, counter);
    new NestEmitter(this.#code, this.#context.layout).emit(items);
    for (const local of this.#held) this.#code.release(local);
    this.#held = [];
    this.#pasts = new Map();
  }

  #lower(s: Statement): NestItem[] {
    switch (s.kind) {
      case "assign":
        return this.#nest(s.loops, new Map(), (loops) => [
          this.#piece(loops, (to, piece) => piece.store(to.slot(s.target), to.number(s.value))),
        ]);
      case "reduce":
        return this.#nest(s.loops.slice(0, -1), new Map(), (loops) => this.#reduce(s, loops));
      case "allocate":
        return this.#nest(s.loops, new Map(), (loops) => this.#allocate(s, loops));
      case "keep-maximum":
        return this.#nest(s.loops, new Map(), (loops) => [
          this.#piece(loops, (to, piece) => {
            const target = to.slot({ base: s.target, terms: [], guards: [] });
            const value = piece.graph.operation("f64x2.pmax", piece.graph.load(target), to.number(s.value));
            piece.store(target, value);
          }),
        ]);
      case "copy":
        return [this.#copyItem(s.from, s.to, s.size)];
      case "fill-past":
        return Array.from({ length: s.copies }, (_, i) => this.#copyItem(s.from, s.to + i * s.size, s.size));
      case "keep-past":
        return [this.#keepPast(s)];
      default:
        return assertNever(s);
    }
  }

  /**
   * Loops around items, each cut where conditions on its position change. At the beginning of a loop's body stands what does not
   * change in the loops inside.
   */
  #nest(loops: readonly Loop[], around: Bindings, body: (loops: Bindings) => NestItem[]): NestItem[] {
    const [loop, ...inner] = loops;
    if (!loop) return body(around);
    return loopSegments(loop, this.#statement!).flatMap((segment): NestItem[] => {
      if (segment.to - segment.from === 1) return this.#nest(inner, new Map(around).set(loop.id, segment.from), body);
      const counter = this.#counter(around, segment);
      const bindings = new Map(around).set(loop.id, counter);
      const prelude = this.#openPrelude(counter.depth);
      const items = this.#nest(inner, bindings, body);
      this.#preludes.length = counter.depth;
      return [{ kind: "loop", counter, step: 1, body: [prelude, ...items] }];
    });
  }

  #counter(around: Bindings, segment: { from: number; to: number }): LoopCounter {
    return { local: this.#hold("i32"), depth: depthOfBindings(around) + 1, shift: 0, ...segment };
  }

  #hold(type: "i32" | "v128"): Local {
    const local = this.#code.local(type);
    this.#held.push(local);
    return local;
  }

  /** One local for each half. */
  #vectors(): Local[] {
    return Array.from({ length: this.#context.lanes / VECTOR_LANES }, () => this.#hold("v128"));
  }

  #openPrelude(depth: number): NestItem {
    const piece = new Piece(this.#context.pool);
    this.#preludes[depth] = { piece, kept: new Map() };
    return { kind: "piece", piece };
  }

  #piece(loops: Bindings, build: (to: ExpressionLowering, piece: Piece) => void): NestItem {
    const piece = new Piece(this.#context.pool);
    build(this.#lowering(piece, loops, depthOfBindings(loops)), piece);
    return { kind: "piece", piece };
  }

  #lowering(piece: Piece, loops: Bindings, depth: number): ExpressionLowering {
    const hoist = (e: IrExpression) => this.#hoist(e, loops, depth, piece.graph);
    return new ExpressionLowering(this.#context, piece.graph, loops, (copies, lag) => this.#past(copies, lag), hoist);
  }

  /** The value of an expression that is not a mere read and changes only in outer loops, from the prelude of the innermost of them. */
  #hoist(e: IrExpression, loops: Bindings, depth: number, graph: VectorGraph): Value | null {
    if (depth === 0 || partsOf(e).length === 0) return null;
    const own = depthOfExpression(e, loops, this.#written!);
    if (own >= depth) return null;
    const { piece, kept } = this.#preludes[own]!;
    const known = new Map([...loops].filter(([, at]) => typeof at === "number" || at.depth <= own));
    const value = this.#lowering(piece, known, own).value(e);
    if (value.kind === "known") return value;
    let locals = kept.get(value.node);
    if (!locals) {
      locals = this.#vectors();
      kept.set(value.node, locals);
      piece.set(locals, value.node);
    }
    return { kind: value.kind, node: graph.local(locals) };
  }

  /**
   * A reduction, several positions of its innermost loop at once: one sum waits for each addition, several keep the processor busy, and
   * what they read in common is read once. Each sum is added up in its own order, so no bit changes.
   */
  #reduce(s: Reduce, around: Bindings): NestItem[] {
    const last = s.loops.at(-1);
    if (!last) return this.#reduceAt(s, [around]);
    return loopSegments(last, s).flatMap((segment) => {
      const together = readsItself(s) ? 1 : positionsTogether(segment.to - segment.from);
      const at = (position: number | LoopCounter): Bindings => new Map(around).set(last.id, position);
      if (segment.to - segment.from === together) {
        const positions = Array.from({ length: together }, (_, i) => at(segment.from + i));
        return this.#reduceAt(s, positions);
      }
      const counter = this.#counter(around, segment);
      const prelude = this.#openPrelude(counter.depth);
      const shifted = Array.from({ length: together }, (_, shift) => at(shiftedCounter(counter, shift, together)));
      const items = this.#reduceAt(s, shifted);
      this.#preludes.length = counter.depth;
      return [{ kind: "loop", counter, step: together, body: [prelude, ...items] }] satisfies NestItem[];
    });
  }

  #reduceAt(s: Reduce, positions: readonly Bindings[]): NestItem[] {
    const totals = positions.map(() => this.#vectors());
    const start = this.#piece(positions[0]!, (_, piece) => {
      for (const total of totals) piece.set(total, piece.graph.constant(NEUTRAL[s.op]));
    });
    const folds = this.#nest([s.over], positions[0]!, (first) => {
      const piece = new Piece(this.#context.pool);
      for (const [i, position] of positions.entries()) {
        const loops = new Map(position).set(s.over.id, first.get(s.over.id)!);
        const to = this.#lowering(piece, loops, depthOfBindings(loops));
        piece.set(totals[i]!, foldNode(piece.graph, s.op, piece.graph.local(totals[i]!), to.number(s.value)));
      }
      return [{ kind: "piece", piece }];
    });
    const ends = positions.map((position, i) =>
      this.#piece(position, (to, piece) => piece.store(to.slot(s.target), piece.graph.local(totals[i]!))),
    );
    return [start, ...folds, ...ends];
  }

  /** Amount, weights and caps go to the scratch memory; each lane is allocated there; the shares go to their slots. */
  #allocate(s: Extract<Statement, { kind: "allocate" }>, loops: Bindings): NestItem[] {
    const { layout, functions, lanes } = this.#context;
    const members = s.over.to - s.over.from;
    const row = (name: keyof typeof ALLOCATION_ROWS, counter: LoopCounter | number): Address => {
      const first = layout.scratch + (1 + ALLOCATION_ROWS[name] * members) * layout.value;
      if (typeof counter === "number")
        return { pointer: NO_POINTER, offset: first + (counter - s.over.from) * layout.value };
      const terms = [{ counter, bytes: layout.value }];
      const key = `${counter.local.index}*${layout.value}`;
      return { pointer: { key, terms, guards: [], fixed: 0 }, offset: first - s.over.from * layout.value };
    };
    const amount = this.#piece(loops, (to, piece) =>
      piece.store({ pointer: NO_POINTER, offset: layout.scratch }, to.number(s.amount)),
    );
    const inputs = this.#nest([s.over], loops, (inner) => [
      this.#piece(inner, (to, piece) => {
        piece.store(row("weight", inner.get(s.over.id)!), to.number(s.weight));
        piece.store(row("cap", inner.get(s.over.id)!), to.number(s.cap));
      }),
    ]);
    const call: NestItem = {
      kind: "code",
      emit: (code) => {
        for (let lane = 0; lane < lanes; lane++) {
          code.i32(layout.scratch + lane * Float64Array.BYTES_PER_ELEMENT);
          code.i32(members);
          code.call(functions.allocate);
        }
      },
    };
    const shares = this.#nest([s.over], loops, (inner) => [
      this.#piece(inner, (to, piece) => {
        piece.store(to.slot(s.target), piece.graph.load(row("share", inner.get(s.over.id)!)));
      }),
    ]);
    return [amount, ...inputs, call, ...shares];
  }

  #copyItem(from: number, to: number, size: number): NestItem {
    const { slots, value } = this.#context.layout;
    return {
      kind: "code",
      emit: (code) => {
        code.i32(slots + to * value);
        code.i32(slots + from * value);
        code.i32(size * value);
        code.memoryCopy();
      },
    };
  }

  #keepPast(s: Extract<Statement, { kind: "keep-past" }>): NestItem {
    const { layout, stepGlobal } = this.#context;
    const { slots, value } = layout;
    return {
      kind: "code",
      emit: (code) => {
        code.indexed("global.get", stepGlobal);
        code.i32(s.copies);
        code.op("i32.rem_u");
        code.i32(s.size * value);
        code.op("i32.mul");
        code.i32(slots + s.to * value);
        code.op("i32.add");
        code.i32(slots + s.from * value);
        code.i32(s.size * value);
        code.memoryCopy();
      },
    };
  }

  #past(copies: number, lag: number): LoopCounter {
    const key = `${copies} ${lag}`;
    const counter = this.#pasts.get(key) ?? { local: this.#hold("i32"), depth: 0, shift: 0, from: 0, to: copies };
    this.#pasts.set(key, counter);
    return counter;
  }

  /** (step + copies - lag) mod copies */
  #setPast(key: string, { local }: LoopCounter): void {
    const [copies, lag] = key.split(" ").map(Number) as [number, number];
    const code = this.#code;
    code.indexed("global.get", this.#context.stepGlobal);
    code.i32(copies - lag);
    code.op("i32.add");
    code.i32(copies);
    code.op("i32.rem_u");
    code.set(local);
  }
}

function foldNode(g: VectorGraph, op: ReduceOp, total: NodeId, value: NodeId): NodeId {
  switch (op) {
    case "sum":
      return g.add(total, value);
    case "product":
      return g.multiply(total, value);
    case "minimum":
      return extreme(g, "min", total, value, null);
    case "maximum":
      return extreme(g, "max", total, value, null);
    default:
      throw new InternalError(`no reduction ${op satisfies never}`);
  }
}
