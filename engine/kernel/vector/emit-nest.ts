/**
 * Emits loops and straight pieces.
 *
 * Addresses: the part that a loop changes is found once in its body, from the part of the loops around it, and every load
 * and store of the loop adds a fixed offset. Values: of each effect, loads and arithmetic of all halves come first, side by side, and its
 * stores last, ascending; then V8's revectorizer can join two halves.
 */
import { InternalError } from "../../diagnostics/diagnostic.ts";
import type { FunctionCode, Local } from "../encoding/function-code.ts";
import type { MemoryLayout } from "../layout.ts";
import {
  type Address,
  type LoopCounter,
  type NodeId,
  operandsOf,
  type Pointer,
  type VectorGraph,
  type VectorNode,
} from "./graph.ts";
import { addressesOf, countUses, depthOf, type Effect, type NestItem, type Piece } from "./nest.ts";

/** Bytes and lanes of one vector. */
export const VECTOR_BYTES = 16;
export const VECTOR_LANES = 2;

export class NestEmitter {
  readonly #code: FunctionCode;
  readonly #layout: MemoryLayout;
  readonly #halves: number;
  readonly sharesConstants: boolean;
  readonly #pointers = new Map<string, Local>();

  /** @param sharesConstants whether all halves take one load of a constant */
  constructor(code: FunctionCode, layout: MemoryLayout, sharesConstants: boolean) {
    this.#code = code;
    this.#layout = layout;
    this.#halves = layout.lanes / VECTOR_LANES;
    this.sharesConstants = sharesConstants;
  }

  /** Emits items that stand in no loop. Counters of depth 0 are set already. */
  emit(items: readonly NestItem[]): void {
    const opened = this.#openPointers(items, 0);
    for (const item of items) this.#item(item);
    this.#close(opened);
  }

  #item(item: NestItem): void {
    if (item.kind === "piece") new PieceEmitter(this.#code, item.piece, this.#halves, this).emit();
    else if (item.kind === "code") item.emit(this.#code);
    else {
      const { counter, step, body } = item;
      this.#code.count(counter.local, counter.from, counter.to, step, () => {
        const opened = this.#openPointers(body, counter.depth);
        for (const part of body) this.#item(part);
        this.#close(opened);
      });
    }
  }

  /** Puts a base and leaves the offset that goes into the instruction. */
  base({ pointer, offset }: Address): number {
    if (pointer.terms.length === 0 && pointer.guards.length === 0) {
      this.origin();
      return offset;
    }
    const local = this.#pointers.get(pointer.key);
    if (!local) throw new InternalError(`no pointer ${pointer.key}`);
    this.#code.get(local);
    return offset;
  }

  /** Puts the base of addresses that no loop changes. */
  origin(): void {
    if (this.#code.origin) this.#code.get(this.#code.origin);
    else this.#code.i32(0);
  }

  /** Computes what becomes known at a depth of all pointers that the items need. */
  #openPointers(items: readonly NestItem[], depth: number): string[] {
    const opened: string[] = [];
    for (const item of items) {
      for (const { pointer } of addressesOf(item)) {
        if (pointer.guards.length > 0) {
          if (depthOf(pointer) === depth && !this.#pointers.has(pointer.key)) this.#guarded(pointer, opened);
        } else if (pointer.terms.some((t) => t.counter.depth === depth)) {
          this.#prefix(
            pointer.terms.filter((t) => t.counter.depth <= depth),
            opened,
          );
        }
      }
    }
    return opened;
  }

  #close(opened: readonly string[]): void {
    for (const key of opened) {
      this.#code.release(this.#pointers.get(key)!);
      this.#pointers.delete(key);
    }
  }

  #prefix(terms: Pointer["terms"], opened: string[]): void {
    const key = termsKey(terms);
    if (this.#pointers.has(key)) return;
    const outer = terms.filter((t) => t.counter.depth < terms.at(-1)!.counter.depth);
    const known = outer.length === 0 ? undefined : this.#pointers.get(termsKey(outer));
    this.#sum(known ? terms.slice(outer.length) : terms, known);
    this.#open(key, opened);
  }

  #guarded(pointer: Pointer, opened: string[]): void {
    const code = this.#code;
    this.#sum(pointer.terms, undefined);
    code.i32(pointer.fixed);
    code.op("i32.add");
    code.i32(this.#layout.zero);
    for (const [i, { counter, offset, size }] of pointer.guards.entries()) {
      code.get(counter.local);
      code.i32(offset);
      code.op("i32.add");
      code.i32(size);
      code.op("i32.lt_u");
      if (i > 0) code.op("i32.and");
    }
    code.op("select");
    this.#open(pointer.key, opened);
  }

  #sum(terms: Pointer["terms"], start: Local | undefined): void {
    const code = this.#code;
    if (start) code.get(start);
    else if (terms.length === 0) this.origin();
    for (const [i, { counter, bytes }] of terms.entries()) {
      code.get(counter.local);
      code.i32(bytes);
      code.op("i32.mul");
      if (i > 0 || start) code.op("i32.add");
    }
  }

  #open(key: string, opened: string[]): void {
    const local = this.#code.local("i32");
    this.#code.set(local);
    this.#pointers.set(key, local);
    opened.push(key);
  }
}

export const termsKey = (terms: Pointer["terms"]): string =>
  terms.map((t) => `${t.counter.local.index}*${t.bytes}`).join("+");

/**
 * Emits one straight piece, each operation for all halves before the next, so that halves wait for each other less, and a constant is
 * loaded once for all of them. A value stays in its locals until its last use.
 */
class PieceEmitter {
  readonly #code: FunctionCode;
  readonly #graph: VectorGraph;
  readonly #effects: readonly Effect[];
  readonly #halves: number;
  readonly #nest: NestEmitter;
  /** Uses of each node that are still to come. */
  readonly #uses: Uint32Array;
  /** Locals of nodes that are computed, one a half. */
  readonly #values = new Map<NodeId, readonly Local[]>();

  constructor(code: FunctionCode, piece: Piece, halves: number, nest: NestEmitter) {
    this.#code = code;
    this.#graph = piece.graph;
    this.#effects = piece.effects;
    this.#halves = halves;
    this.#nest = nest;
    this.#uses = countUses(piece);
  }

  emit(): void {
    const code = this.#code;
    for (const effect of this.#effects) {
      for (const [half, value] of this.#value(effect.value).entries()) {
        if (effect.kind === "set") {
          code.get(value);
          code.set(effect.locals[half]!);
        } else {
          const offset = this.#nest.base(effect.address);
          code.get(value);
          code.memory("v128.store", offset + half * VECTOR_BYTES);
        }
      }
      this.#used(effect.value);
    }
  }

  /** The locals of a node, which is computed if it was not. */
  #value(id: NodeId): readonly Local[] {
    let locals = this.#values.get(id);
    if (!locals) {
      const node = this.#graph.nodes[id]!;
      locals = this.#compute(node);
      this.#values.set(id, locals);
      for (const operand of operandsOf(node)) this.#used(operand);
    }
    return locals;
  }

  /** One use less is to come; after the last one the locals are free. */
  #used(id: NodeId): void {
    const left = this.#uses[id]! - 1;
    this.#uses[id] = left;
    if (left > 0) return;
    if (this.#graph.nodes[id]!.kind !== "local")
      for (const local of new Set(this.#values.get(id))) this.#code.release(local);
    this.#values.delete(id);
  }

  #compute(node: VectorNode): readonly Local[] {
    const code = this.#code;
    const operands = operandsOf(node).map((operand) => this.#value(operand));
    const push = (half: number) => {
      for (const operand of operands) code.get(operand[half]!);
    };
    switch (node.kind) {
      case "local":
        return node.locals;
      case "constant":
        return this.#constant(node.address);
      case "load":
        return this.#each((half) => {
          const offset = this.#nest.base(node.address);
          code.memory("v128.load", offset + half * VECTOR_BYTES);
        });
      case "operation":
        return this.#each((half) => {
          push(half);
          code.op(node.opcode);
        });
      case "shift":
        return this.#each((half) => {
          push(half);
          code.i32(node.count);
          code.op(node.opcode);
        });
      case "position":
        return this.#position(node.counter, node.offset);
      case "call":
        return this.#call(node, operands);
      case "scalar-call":
        return this.#each((half) => this.#scalarCall(node, operands, half));
    }
  }

  /** A local for each half, set to what an operation leaves on the stack. */
  #each(operation: (half: number) => void): Local[] {
    return Array.from({ length: this.#halves }, (_, half) => {
      operation(half);
      const local = this.#code.local("v128");
      this.#code.set(local);
      return local;
    });
  }

  /** The revectorizer joins two loads of neighbours; without it one load is enough for all halves. */
  #constant(address: number): readonly Local[] {
    const load = (half: number) => {
      this.#nest.origin();
      this.#code.memory("v128.load", address + half * VECTOR_BYTES);
    };
    if (!this.#nest.sharesConstants) return this.#each(load);
    load(0);
    const local = this.#code.local("v128");
    this.#code.set(local);
    return Array.from({ length: this.#halves }, () => local);
  }

  /** The number is found once for all halves. */
  #position(counter: LoopCounter, offset: number): readonly Local[] {
    const code = this.#code;
    const number = code.local("f64");
    code.get(counter.local);
    code.i32(offset);
    code.op("i32.add", "f64.convert_i32_s");
    code.set(number);
    const locals = this.#each(() => {
      code.get(number);
      code.op("f64x2.splat");
    });
    code.release(number);
    return locals;
  }

  #call(
    { index, address }: Extract<VectorNode, { kind: "call" }>,
    operands: readonly (readonly Local[])[],
  ): readonly Local[] {
    const code = this.#code;
    if (!address) {
      // One call gives the values of all halves.
      for (const operand of operands) for (const local of operand) code.get(local);
      code.call(index);
      const locals = Array.from({ length: this.#halves }, () => code.local("v128"));
      for (const local of locals.toReversed()) code.set(local);
      return locals;
    }
    return this.#each((half) => {
      const offset = this.#nest.base(address);
      code.i32(offset);
      code.op("i32.add");
      for (const operand of operands) code.get(operand[half]!);
      code.call(index);
      // V8's revectorizer ends the process over a value that comes from a call; over one whose lane was set it gives up.
      const local = code.local("v128");
      code.tee(local);
      code.get(local);
      code.indexed("f64x2.extract_lane", 0);
      code.indexed("f64x2.replace_lane", 0);
      code.release(local);
    });
  }

  #scalarCall(
    node: Extract<VectorNode, { kind: "scalar-call" }>,
    operands: readonly (readonly Local[])[],
    half: number,
  ): void {
    const code = this.#code;
    for (let lane = 0; lane < VECTOR_LANES; lane++) {
      if (node.address) {
        const offset = this.#nest.base(node.address);
        code.i32(offset + (half * VECTOR_LANES + lane) * node.laneBytes);
        code.op("i32.add");
      }
      for (const operand of operands) {
        code.get(operand[half]!);
        code.indexed("f64x2.extract_lane", lane);
      }
      for (const n of node.integers) code.i32(n);
      code.call(node.index);
      if (lane === 0) code.op("f64x2.splat");
      else code.indexed("f64x2.replace_lane", lane);
    }
  }
}
