/** IR expressions to nodes of a vector graph: the operations of ir/arithmetic.ts, for all lanes. */
import { assertNever, InternalError } from "../diagnostics/diagnostic.ts";
import type { IrBinaryOp, IrExpression, IrUnaryOp, Place, Table } from "../ir/program.ts";
import { type SlotInterval, slotInterval } from "../ir/slot-interval.ts";
import type { PlainOpcode } from "./encoding/opcodes.ts";
import type { KernelContext } from "./kernel-context.ts";
import { vectorPowerInteger, vectorRound, vectorSign } from "./vector/arithmetic.ts";
import { termsKey } from "./vector/emit-nest.ts";
import { type Address, type LoopCounter, NO_POINTER, type NodeId, type VectorGraph } from "./vector/graph.ts";
import { TABLE_RECORD_BYTES } from "./vector/lookup.ts";
import { guessedPower, type OrdinaryLog, ordinaryLog } from "./vector/power.ts";
import { vectorExpExponent, vectorScaleByPowerOf4 } from "./vector/split-exp.ts";
import { BUILD, GUESSES, type VectorFunction } from "./vector/vector-functions.ts";

/** The loops that run around an expression: a counter, or the position where a loop is unrolled. */
export type LoopPositions = ReadonlyMap<number, LoopCounter | number>;

/** Slots (or tables) that a place may reach while the loops run. */
export function readSlots(place: Place, loops: LoopPositions): SlotInterval {
  return slotInterval(place, (loop) => {
    const at = loops.get(loop)!;
    return typeof at === "number" ? { from: at, to: at + 1 } : at;
  });
}

/** A number is a node of numbers; a condition a node of masks, all ones where it holds, or known for all positions. */
export type Value =
  | { readonly kind: "number" | "mask"; readonly node: NodeId }
  | { readonly kind: "known"; readonly holds: boolean };

type Condition = { readonly kind: "mask"; readonly node: NodeId } | { readonly kind: "known"; readonly holds: boolean };

/** A place before the innermost loops. */
export interface Outside {
  readonly lowering: ExpressionLowering;
  readonly graph: VectorGraph;
  /** Keeps a value of that place for the loops, and gives a node for it there. */
  readonly keep: (node: NodeId) => NodeId;
}

/** What an expression takes from outside its piece. */
export interface Surroundings {
  /** Which copy of the past `lag` steps ago is, as a counter that is set before the loops. */
  readonly past: (copies: number, lag: number) => LoopCounter;
  /** Computes an expression before the innermost loops if it does not change in them; null if it has to be computed here. */
  readonly hoist: (e: IrExpression) => Value | null;
  /** Where a value is computed that an expression alone determines, if the innermost loops do not change it; null if they do. */
  readonly outside: (e: IrExpression) => Outside | null;
  /** Whether it is computed once a run: then it is not worth much code. */
  readonly once: boolean;
  /** The value that `set` gave under a number. */
  readonly local: (id: number) => NodeId;
}

const COMPARISON: Partial<Record<IrBinaryOp, PlainOpcode>> = {
  equal: "f64x2.eq",
  unequal: "f64x2.ne",
  less: "f64x2.lt",
  "less-equal": "f64x2.le",
  greater: "f64x2.gt",
  "greater-equal": "f64x2.ge",
};
const ARITHMETIC: Partial<Record<IrBinaryOp, PlainOpcode>> = {
  add: "f64x2.add",
  subtract: "f64x2.sub",
  multiply: "f64x2.mul",
  divide: "f64x2.div",
};
const DIRECT = {
  negate: "f64x2.neg",
  abs: "f64x2.abs",
  sqrt: "f64x2.sqrt",
  floor: "f64x2.floor",
  ceil: "f64x2.ceil",
  trunc: "f64x2.trunc",
} as const satisfies Partial<Record<IrUnaryOp, PlainOpcode>>;
const isDirect = (op: IrUnaryOp): op is keyof typeof DIRECT => op in DIRECT;

export class ExpressionLowering {
  readonly #context: KernelContext;
  readonly #g: VectorGraph;
  readonly #loops: LoopPositions;
  readonly #surroundings: Surroundings;
  /** Whether it stands in a loop that runs in every step. */
  readonly #often: boolean;

  constructor(context: KernelContext, graph: VectorGraph, loops: LoopPositions, surroundings: Surroundings) {
    this.#context = context;
    this.#g = graph;
    this.#loops = loops;
    this.#surroundings = surroundings;
    this.#often = !surroundings.once && [...loops.values()].some((at) => typeof at !== "number");
  }

  /** The node of an expression's numbers. */
  number(e: IrExpression): NodeId {
    const value = this.value(e);
    if (value.kind === "known") return this.#g.constant(value.holds ? 1 : 0);
    return value.kind === "number" ? value.node : this.#g.operation("v128.and", value.node, this.#g.constant(1));
  }

  /** Address of a place in the slots; outside a guard that of a zero. */
  slot(place: Place): Address {
    const { layout } = this.#context;
    return this.#address(place, layout.slots, layout.value);
  }

  /** An expression as a condition: not 0, where it is a number. */
  #condition(e: IrExpression): Condition {
    const value = this.value(e);
    if (value.kind === "known") return value;
    return mask(value.kind === "mask" ? value.node : this.#g.operation("f64x2.ne", value.node, this.#g.constant(0)));
  }

  value(e: IrExpression): Value {
    return this.#surroundings.hoist(e) ?? this.#here(e);
  }

  #here(e: IrExpression): Value {
    switch (e.kind) {
      case "select": {
        const condition = this.#condition(e.condition);
        if (condition.kind === "known") return this.value(condition.holds ? e.ifTrue : e.ifFalse);
        const [ifTrue, ifFalse] = [this.number(e.ifTrue), this.number(e.ifFalse)];
        return number(this.#g.choose(condition.node, ifTrue, ifFalse));
      }
      case "unary":
        return this.#unary(e.op, e.operand);
      case "binary":
        return this.#binary(e.op, e.left, e.right);
      default:
        return number(this.#other(e));
    }
  }

  #other(e: Exclude<IrExpression, { kind: "unary" | "binary" | "select" }>): NodeId {
    const g = this.#g;
    switch (e.kind) {
      case "constant":
        return g.constant(e.value);
      case "time":
        return g.load({ pointer: NO_POINTER, offset: this.#context.layout.time });
      case "loop-value": {
        const at = this.#loops.get(e.loop)!;
        return typeof at === "number" ? g.constant(at + e.offset) : g.position(at, e.offset + at.shift);
      }
      case "load":
        return g.load(this.slot(e.place));
      case "local":
        return this.#surroundings.local(e.id);
      case "load-past":
        return this.#loadPast(e);
      case "power-integer":
        return vectorPowerInteger(g, this.number(e.base), e.exponent);
      case "lookup": {
        const { layout, functions } = this.#context;
        const address = this.#address(e.table, layout.tables, TABLE_RECORD_BYTES);
        return g.call(functions.lookup(this.#modeOf(e.table)), [this.number(e.x)], address);
      }
      default:
        return assertNever(e);
    }
  }

  /** How the tables of a place are read, which is alike for all of them. */
  #modeOf(table: Place): Table["mode"] {
    const { tables } = this.#context.program;
    const { from, to } = readSlots(table, this.#loops);
    const modes = new Set(tables.slice(from, to).map((t) => t.mode));
    const [mode] = modes;
    if (mode === undefined || modes.size > 1)
      throw new InternalError(`tables ${from} to ${to - 1} have no mode in common`);
    return mode;
  }

  #loadPast({ place, copies, stride, lag }: Extract<IrExpression, { kind: "load-past" }>): NodeId {
    const { layout, functions } = this.#context;
    const bytes = stride * layout.value;
    if (lag.kind === "constant" && !Number.isNaN(lag.value)) {
      const copy = { counter: this.#surroundings.past(copies, lag.value), bytes };
      return this.#g.load(this.#address(place, layout.slots, layout.value, [copy]));
    }
    return this.#g.scalarCall({
      index: functions.past(),
      address: this.slot(place),
      laneBytes: Float64Array.BYTES_PER_ELEMENT,
      operands: [this.number(lag)],
      integers: [copies, bytes],
    });
  }

  #address(place: Place, start: number, bytes: number, more: Address["pointer"]["terms"] = []): Address {
    let offset = start + place.base * bytes;
    const terms = [...more];
    for (const { loop, stride } of place.terms) {
      const at = this.#loops.get(loop)!;
      if (typeof at === "number") offset += at * stride * bytes;
      else {
        terms.push({ counter: at, bytes: stride * bytes });
        offset += at.shift * stride * bytes;
      }
    }
    terms.sort((a, b) => a.counter.depth - b.counter.depth);
    const guards = [];
    for (const { loop, offset: shift, size } of place.guards) {
      const at = this.#loops.get(loop)!;
      const [first, last] = typeof at === "number" ? [at, at] : [at.from, at.to - 1];
      if (last + shift < 0 || first + shift >= size) return { pointer: NO_POINTER, offset: this.#context.layout.zero };
      const inside = first + shift >= 0 && last + shift < size;
      if (!inside && typeof at !== "number") guards.push({ counter: at, offset: shift + at.shift, size });
    }
    const key = termsKey(terms);
    if (guards.length === 0) return { pointer: { key, terms, guards, fixed: 0 }, offset };
    const guardKey = guards.map((g) => `${g.counter.local.index}+${g.offset}<${g.size}`).join("&");
    return { pointer: { key: `${key}@${offset}?${guardKey}`, terms, guards, fixed: offset }, offset: 0 };
  }

  /** The numbers that a constant or a loop's position takes. */
  #range(e: IrExpression): Range | null {
    if (e.kind === "constant") return Number.isNaN(e.value) ? null : { from: e.value, to: e.value };
    if (e.kind !== "loop-value") return null;
    const at = this.#loops.get(e.loop)!;
    if (typeof at === "number") return { from: at + e.offset, to: at + e.offset };
    return { from: at.from + e.offset, to: at.to - 1 + e.offset };
  }

  #not(condition: Condition): Value {
    if (condition.kind === "known") return { kind: "known", holds: !condition.holds };
    return mask(this.#g.operation("v128.not", condition.node));
  }

  /** In a loop of a step the ordinary case stands where it is used; elsewhere a call is shorter. */
  #elementary(name: VectorFunction, operands: readonly NodeId[]): NodeId {
    const { form, functions } = this.#context;
    if (!this.#often) return this.#g.call(functions.vector(name), operands);
    const guess = GUESSES[name]?.(this.#g, operands);
    if (guess) return this.#g.guess(functions.special(name), guess, operands);
    return form === "plain" ? this.#g.call(functions.vector(name), operands) : BUILD[name](this.#g, operands);
  }

  /** The logarithm of a base that does not change in a loop is found before it. */
  #power(left: IrExpression, right: IrExpression): NodeId {
    const [x, y] = [this.number(left), this.number(right)];
    if (!this.#often) return this.#elementary("power", [x, y]);
    const ln = this.#logOutside(left) ?? ordinaryLog(this.#g, x);
    return this.#g.guess(this.#context.functions.special("power"), guessedPower(this.#g, ln, y), [x, y]);
  }

  #logOutside(e: IrExpression): OrdinaryLog | null {
    const outside = this.#surroundings.outside(e);
    if (!outside) return null;
    const { lowering, graph, keep } = outside;
    const { high, low, doubt } = ordinaryLog(graph, lowering.number(e));
    return { high: keep(high), low: keep(low), doubt: keep(doubt) };
  }

  #unary(op: IrUnaryOp, operand: IrExpression): Value {
    const g = this.#g;
    if (isDirect(op)) return number(g.operation(DIRECT[op], this.number(operand)));
    switch (op) {
      case "not":
        return this.#not(this.#condition(operand));
      case "sign":
        return number(vectorSign(g, this.number(operand)));
      case "round":
        return number(vectorRound(g, this.number(operand)));
      case "exp-exponent":
        return number(vectorExpExponent(g, this.number(operand)));
      default:
        return number(this.#elementary(op, [this.number(operand)]));
    }
  }

  #binary(op: IrBinaryOp, left: IrExpression, right: IrExpression): Value {
    const g = this.#g;
    const comparison = COMPARISON[op];
    if (comparison) {
      const known = compareRange(op, this.#range(left), this.#range(right));
      if (known !== null) return { kind: "known", holds: known };
      return mask(g.operation(comparison, this.number(left), this.number(right)));
    }
    if (op === "and" || op === "or") {
      const [a, b] = [this.#condition(left), this.#condition(right)];
      // True decides an `or`, false an `and`; the other leaves it to the other side.
      if (a.kind === "known") return a.holds === (op === "or") ? a : b;
      if (b.kind === "known") return b.holds === (op === "or") ? b : a;
      return mask(g.operation(op === "and" ? "v128.and" : "v128.or", a.node, b.node));
    }
    if (op === "power") return number(this.#power(left, right));
    const [a, b] = [this.number(left), this.number(right)];
    const arithmetic = ARITHMETIC[op];
    if (arithmetic) return number(g.operation(arithmetic, a, b));
    if (op === "min" || op === "max") return number(extreme(g, op, a, b, right));
    if (op === "scale") return number(vectorScaleByPowerOf4(g, a, b));
    // modulo: a - b · floor(a / b)
    const whole = g.operation("f64x2.floor", g.divide(a, b));
    return number(g.subtract(a, g.multiply(b, whole)));
  }
}

/** What holds of numbers in two ranges, if the same holds of all of them. */
function compareRange(op: IrBinaryOp, a: Range | null, b: Range | null): boolean | null {
  if (!a || !b) return null;
  switch (op) {
    case "equal":
    case "unequal": {
      const apart = a.to < b.from || b.to < a.from;
      const same = a.from === a.to && b.from === b.to && a.from === b.from;
      return apart || same ? same === (op === "equal") : null;
    }
    case "less":
      return a.to < b.from ? true : a.from >= b.to ? false : null;
    case "less-equal":
      return a.to <= b.from ? true : a.from > b.to ? false : null;
    case "greater":
      return compareRange("less", b, a);
    case "greater-equal":
      return compareRange("less-equal", b, a);
    default:
      return null;
  }
}

/** Numbers from one to another, both included. */
interface Range {
  readonly from: number;
  readonly to: number;
}

const number = (node: NodeId): Value => ({ kind: "number", node });
const mask = (node: NodeId): { kind: "mask"; node: NodeId } => ({ kind: "mask", node });

/** The smaller or larger number; the second where it is NaN (pmin and pmax give the first then). */
export function extreme(g: VectorGraph, op: "min" | "max", a: NodeId, b: NodeId, right: IrExpression | null): NodeId {
  const result = g.operation(op === "min" ? "f64x2.pmin" : "f64x2.pmax", a, b);
  if (right?.kind === "constant" && !Number.isNaN(right.value)) return result;
  return g.choose(g.operation("f64x2.ne", b, b), b, result);
}
