/**
 * Emits loops and straight pieces.
 *
 * Addresses: the part that a loop changes is found once in its body, from the part of the loops around it, and every load
 * and store of the loop adds a fixed offset. Values: of each effect, loads and arithmetic of all halves come first and its
 * stores last, ascending; then V8's revectorizer can join two halves.
 */
import { InternalError } from "../../diagnostics/diagnostic.ts";
import type { FunctionCode, Local } from "../encoding/function-code.ts";
import type { MemoryLayout } from "../layout.ts";
import type { Address, LoopCounter, NodeId, Pointer, VectorGraph, VectorNode } from "./graph.ts";
import { operandsOf } from "./graph.ts";
import { addressesOf, depthOf, type Effect, type NestItem, type Piece } from "./nest.ts";

/** Bytes and lanes of one vector. */
const VECTOR_BYTES = 16;
const VECTOR_LANES = 2;

export class NestEmitter {
  readonly #code: FunctionCode;
  readonly #layout: MemoryLayout;
  readonly #halves: number;
  readonly #pointers = new Map<string, Local>();

  /** @param halves vectors of a value: all lanes of the layout, or one for a function of vectors */
  constructor(code: FunctionCode, layout: MemoryLayout, halves: number = layout.lanes / VECTOR_LANES) {
    this.#code = code;
    this.#layout = layout;
    this.#halves = halves;
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

/** Emits one straight piece; a value that is used again stays in a local until its last use. */
class PieceEmitter {
  readonly #code: FunctionCode;
  readonly #graph: VectorGraph;
  readonly #effects: readonly Effect[];
  readonly #halves: number;
  readonly #nest: NestEmitter;
  /** Uses that are still to come, by half and node. */
  readonly #uses: Uint32Array[];
  readonly #kept: Map<NodeId, Local>[];
  readonly #positions = new Map<NodeId, Local>();

  constructor(code: FunctionCode, piece: Piece, halves: number, nest: NestEmitter) {
    this.#code = code;
    this.#graph = piece.graph;
    this.#effects = piece.effects;
    this.#halves = halves;
    this.#nest = nest;
    const uses = countUses(piece);
    this.#uses = Array.from({ length: halves }, () => uses.slice());
    this.#kept = Array.from({ length: halves }, () => new Map());
  }

  emit(): void {
    const code = this.#code;
    for (const effect of this.#effects) {
      const values = Array.from({ length: this.#halves }, (_, half) => {
        this.#value(effect.value, half);
        const local = code.local("v128");
        code.set(local);
        return local;
      });
      for (const [half, value] of values.entries()) {
        if (effect.kind === "set") {
          code.get(value);
          code.set(effect.locals[half]!);
        } else {
          const offset = this.#nest.base(effect.address);
          code.get(value);
          code.memory("v128.store", offset + half * VECTOR_BYTES);
        }
        code.release(value);
      }
    }
    for (const local of this.#positions.values()) code.release(local);
  }

  /** Leaves the value of a node on the stack. */
  #value(id: NodeId, half: number): void {
    const code = this.#code;
    const kept = this.#kept[half]!;
    const local = kept.get(id);
    const left = --this.#uses[half]![id]!;
    if (local) {
      code.get(local);
      if (left === 0) {
        kept.delete(id);
        code.release(local);
      }
      return;
    }
    const node = this.#graph.nodes[id]!;
    this.#compute(id, node, half);
    if (left === 0 || node.kind === "constant" || node.kind === "local") return;
    const keep = code.local("v128");
    code.tee(keep);
    kept.set(id, keep);
  }

  #compute(id: NodeId, node: VectorNode, half: number): void {
    const code = this.#code;
    switch (node.kind) {
      case "constant":
        this.#nest.origin();
        return code.memory("v128.load", node.address + half * VECTOR_BYTES);
      case "load": {
        const offset = this.#nest.base(node.address);
        return code.memory("v128.load", offset + half * VECTOR_BYTES);
      }
      case "operation":
        for (const operand of node.operands) this.#value(operand, half);
        return code.op(node.opcode);
      case "shift":
        this.#value(node.operand, half);
        code.i32(node.count);
        return code.op(node.opcode);
      case "position":
        return this.#position(id, node.counter, node.offset);
      case "local":
        return code.get(node.locals[half]!);
      case "call":
        return this.#call(node, half);
      case "scalar-call":
        return this.#scalarCall(node, half);
    }
  }

  /** The number is found once for all halves. */
  #position(id: NodeId, counter: LoopCounter, offset: number): void {
    const code = this.#code;
    const known = this.#positions.get(id);
    if (known) code.get(known);
    else {
      const local = code.local("f64");
      this.#positions.set(id, local);
      code.get(counter.local);
      code.i32(offset);
      code.op("i32.add", "f64.convert_i32_s");
      code.tee(local);
    }
    code.op("f64x2.splat");
  }

  #call({ index, address, operands }: Extract<VectorNode, { kind: "call" }>, half: number): void {
    const code = this.#code;
    if (address) {
      const offset = this.#nest.base(address);
      code.i32(offset);
      code.op("i32.add");
    }
    for (const operand of operands) this.#value(operand, half);
    code.call(index);
    if (!address) return;
    // V8's revectorizer ends the process over a value that comes from a call; over one whose lane was set it gives up.
    const local = code.local("v128");
    code.tee(local);
    code.get(local);
    code.indexed("f64x2.extract_lane", 0);
    code.indexed("f64x2.replace_lane", 0);
    code.release(local);
  }

  #scalarCall(node: Extract<VectorNode, { kind: "scalar-call" }>, half: number): void {
    const code = this.#code;
    const operands = node.operands.map((operand) => {
      this.#value(operand, half);
      const local = code.local("v128");
      code.set(local);
      return local;
    });
    for (let lane = 0; lane < VECTOR_LANES; lane++) {
      if (node.address) {
        const offset = this.#nest.base(node.address);
        code.i32(offset + (half * VECTOR_LANES + lane) * node.laneBytes);
        code.op("i32.add");
      }
      for (const operand of operands) {
        code.get(operand);
        code.indexed("f64x2.extract_lane", lane);
      }
      for (const n of node.integers) code.i32(n);
      code.call(node.index);
      if (lane === 0) code.op("f64x2.splat");
      else code.indexed("f64x2.replace_lane", lane);
    }
    for (const local of operands) code.release(local);
  }
}

/** How often each node is used by the effects and the nodes that they need. */
function countUses({ graph, effects }: Piece): Uint32Array {
  const uses = new Uint32Array(graph.nodes.length);
  for (const effect of effects) uses[effect.value] = uses[effect.value]! + 1;
  // Operands have smaller numbers than what is made of them.
  for (let id = graph.nodes.length - 1; id >= 0; id--) {
    if (uses[id] === 0) continue;
    for (const operand of operandsOf(graph.nodes[id]!)) uses[operand] = uses[operand]! + 1;
  }
  return uses;
}
