/** Statements of the IR to loops and straight pieces, and these to functions of the module. */
import { assertNever, InternalError } from "../diagnostics/diagnostic.ts";
import type { Loop, Statement } from "../ir/program.ts";
import type { ReduceOp } from "../model/term.ts";
import type { FunctionCode, Local } from "./encoding/function-code.ts";
import type { KernelContext } from "./kernel-context.ts";
import { ExpressionLowering, extreme, type LoopPositions, NO_POINTER } from "./lower-expression.ts";
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

/** Emits statements one after the other into a function. */
export class StatementLowering {
  readonly #context: KernelContext;
  readonly #code: FunctionCode;
  /** Locals that the statement at hand holds. */
  #held: Local[] = [];
  #pasts = new Map<string, LoopCounter>();

  constructor(context: KernelContext, code: FunctionCode) {
    this.#context = context;
    this.#code = code;
  }

  emit(statement: Statement): void {
    const items = this.#lower(statement);
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
        return this.#nest(s.loops, new Map(), (loops) => this.#reduce(s, loops));
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

  /** Loops around items; a loop of one position is none. */
  #nest(loops: readonly Loop[], around: Bindings, body: (loops: Bindings) => NestItem[]): NestItem[] {
    const [loop, ...inner] = loops;
    if (!loop) return body(around);
    if (loop.to - loop.from === 1) return this.#nest(inner, new Map(around).set(loop.id, loop.from), body);
    const counter = this.#counter(around);
    const items = this.#nest(inner, new Map(around).set(loop.id, counter), body);
    return [{ kind: "loop", counter, from: loop.from, to: loop.to, body: items }];
  }

  #counter(around: Bindings): LoopCounter {
    const depth = 1 + Math.max(0, ...[...around.values()].map((c) => (typeof c === "number" ? 0 : c.depth)));
    return { local: this.#hold("i32"), depth };
  }

  #hold(type: "i32" | "v128"): Local {
    const local = this.#code.local(type);
    this.#held.push(local);
    return local;
  }

  #accumulator(): Local[] {
    return Array.from({ length: this.#context.lanes / VECTOR_LANES }, () => this.#hold("v128"));
  }

  #piece(loops: LoopPositions, build: (to: ExpressionLowering, piece: Piece) => void): NestItem {
    const piece = new Piece(this.#context.pool);
    build(new ExpressionLowering(this.#context, piece.graph, loops, (copies, lag) => this.#past(copies, lag)), piece);
    return { kind: "piece", piece };
  }

  #reduce(s: Extract<Statement, { kind: "reduce" }>, loops: Bindings): NestItem[] {
    const total = this.#accumulator();
    const start = this.#piece(loops, (_, piece) => piece.set(total, piece.graph.constant(NEUTRAL[s.op])));
    const fold = this.#nest([s.over], loops, (inner) => [
      this.#piece(inner, (to, piece) =>
        piece.set(total, foldNode(piece.graph, s.op, piece.graph.local(total), to.number(s.value))),
      ),
    ]);
    const end = this.#piece(loops, (to, piece) => piece.store(to.slot(s.target), piece.graph.local(total)));
    return [start, ...fold, end];
  }

  /** Amount, weights and caps go to the scratch memory; each lane is allocated there; the shares go to their slots. */
  #allocate(s: Extract<Statement, { kind: "allocate" }>, loops: Bindings): NestItem[] {
    const { layout, functions, lanes } = this.#context;
    const members = s.over.to - s.over.from;
    const row = (name: keyof typeof ALLOCATION_ROWS, counter: LoopCounter | number | undefined): Address => {
      const first = layout.scratch + (1 + ALLOCATION_ROWS[name] * members) * layout.value;
      if (counter === undefined || typeof counter === "number") return { pointer: NO_POINTER, offset: first };
      const terms = [{ counter, bytes: layout.value }];
      const key = `${counter.local.index}*${layout.value}`;
      return { pointer: { key, terms, guards: [], fixed: 0 }, offset: first - s.over.from * layout.value };
    };
    const amount = this.#piece(loops, (to, piece) =>
      piece.store({ pointer: NO_POINTER, offset: layout.scratch }, to.number(s.amount)),
    );
    const inputs = this.#nest([s.over], loops, (inner) => [
      this.#piece(inner, (to, piece) => {
        piece.store(row("weight", inner.get(s.over.id)), to.number(s.weight));
        piece.store(row("cap", inner.get(s.over.id)), to.number(s.cap));
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
        piece.store(to.slot(s.target), piece.graph.load(row("share", inner.get(s.over.id))));
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
    const counter = this.#pasts.get(key) ?? { local: this.#hold("i32"), depth: 0 };
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
