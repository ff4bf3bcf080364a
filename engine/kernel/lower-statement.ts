/** Statements of the IR to loops and straight pieces, and these to functions of the module. */
import { assertNever, InternalError } from "../diagnostics/diagnostic.ts";
import { NEUTRAL } from "../ir/arithmetic.ts";
import type { Statement } from "../ir/program.ts";
import { overlaps, type SlotInterval } from "../ir/slot-interval.ts";
import { visitStatement } from "../ir/visit.ts";
import type { FunctionCode } from "./encoding/function-code.ts";
import type { KernelContext } from "./kernel-context.ts";
import { lowerAllocation } from "./lower-allocation.ts";
import { type ExpressionLowering, readSlots } from "./lower-expression.ts";
import { foldNode, lowerReduction, readsItself } from "./lower-reduction.ts";
import { type Bindings, NestBuilder } from "./nest-builder.ts";
import { isOfStart } from "./profile.ts";
import { NestEmitter } from "./vector/emit-nest.ts";
import type { NestItem, Piece } from "./vector/nest.ts";

type Fused = Extract<Statement, { kind: "fused" }>;
/** A statement that stands in a straight piece. */
type Straight = Extract<Statement, { kind: "assign" | "set" | "fold" | "keep-maximum" }>;

/** Emits statements one after the other into a function. */
export class StatementLowering {
  readonly #context: KernelContext;
  readonly #code: FunctionCode;

  constructor(context: KernelContext, code: FunctionCode) {
    this.#context = context;
    this.#code = code;
  }

  /** @param block and name for the profile */
  emit(statement: Statement, block: string, name: string): void {
    const nest = new NestBuilder(this.#context, this.#code, statement, name, isOfStart(block));
    const items = nest.finish(new NestLowering(nest, statement).lower(statement, new Map()));
    this.#context.profile.add(block, name, items);
    new NestEmitter(this.#code, this.#context.layout, this.#context.form).emit(items);
    nest.release();
  }
}

class NestLowering {
  readonly #nest: NestBuilder;
  readonly #whole: Statement;

  constructor(nest: NestBuilder, whole: Statement) {
    this.#nest = nest;
    this.#whole = whole;
  }

  lower(s: Statement, loops: Bindings): NestItem[] {
    const nest = this.#nest;
    switch (s.kind) {
      case "assign":
      case "keep-maximum":
        return nest.nest(s.loops, loops, [s], (inner) => [
          nest.piece(inner, (to, piece) => this.#straight(s, to, piece, inner)),
        ]);
      case "set":
      case "fold":
        return [nest.piece(loops, (to, piece) => this.#straight(s, to, piece, loops))];
      case "reduce":
        return lowerReduction(nest, s, loops, readsItself(s, this.#whole));
      case "allocate":
        return nest.nest(s.loops, loops, [s], (inner) => lowerAllocation(nest, s, inner));
      case "fused":
        return this.#fused(s, loops);
      case "repeat":
        return nest.nest([s.loop], loops, s.body, (inner) => s.body.flatMap((part) => this.lower(part, inner)));
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

  #straight(s: Straight, to: ExpressionLowering, piece: Piece, loops: Bindings): void {
    const { graph } = piece;
    switch (s.kind) {
      case "assign":
        return piece.store(to.slot(s.target), to.number(s.value));
      case "set": {
        const value = to.number(s.value);
        piece.give(s.id, this.#nest.give(s.id, loops), value);
        return;
      }
      case "fold": {
        const locals = this.#nest.total(s.total);
        return piece.set(locals, foldNode(graph, s.op, graph.local(locals), to.number(s.value)));
      }
      case "keep-maximum": {
        const target = to.slot({ base: s.target, terms: [], guards: [] });
        return piece.store(target, graph.operation("f64x2.pmax", graph.load(target), to.number(s.value)));
      }
      default:
        throw new InternalError(`no straight statement ${s satisfies never}`);
    }
  }

  #fused(s: Fused, around: Bindings): NestItem[] {
    const nest = this.#nest;
    const totals = s.totals.map((t) => ({ ...t, locals: nest.give(t.id, around) }));
    const start = nest.piece(around, (_, piece) => {
      for (const { locals, op } of totals) piece.set(locals, piece.graph.constant(NEUTRAL[op]));
    });
    const body = s.body.flatMap((d) => d.statements);
    const loops = nest.nest([s.loop], around, body, (inner) => this.#sequence(s, inner));
    const ends = nest.piece(around, (to, piece) => {
      for (const { locals, target } of totals) if (target) piece.store(to.slot(target), piece.graph.local(locals));
    });
    return [start, ...loops, ends];
  }

  /** The body of a fused loop: statements without loops of their own share a piece as long as none reads what it stores. */
  #sequence(s: Fused, loops: Bindings): NestItem[] {
    const nest = this.#nest;
    const items: NestItem[] = [];
    let piece: Piece | null = null;
    let written: SlotInterval[] = [];
    for (const { name, statements } of s.body) {
      nest.owner = name;
      for (const statement of statements) {
        if (!isStraight(statement)) {
          piece = null;
          items.push(...this.lower(statement, loops));
          continue;
        }
        if (!piece || readsAny(statement, loops, written)) {
          piece = nest.newPiece();
          written = [];
          items.push({ kind: "piece", piece });
        }
        piece.owner = name;
        this.#straight(statement, nest.lowering(piece, loops), piece, loops);
        written.push(...nest.written(statement));
      }
    }
    return items;
  }

  #copyItem(from: number, to: number, size: number): NestItem {
    const { slots, value } = this.#nest.context.layout;
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
    const { layout, stepGlobal } = this.#nest.context;
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
}

function isStraight(s: Statement): s is Straight {
  if (s.kind === "assign" || s.kind === "keep-maximum") return s.loops.length === 0;
  return s.kind === "set" || s.kind === "fold";
}

function readsAny(s: Statement, loops: Bindings, written: readonly SlotInterval[]): boolean {
  let found = false;
  visitStatement(s, (e) => {
    if (e.kind !== "load" || found) return;
    const read = readSlots(e.place, loops);
    found = written.some((w) => overlaps(read, w));
  });
  return found;
}
