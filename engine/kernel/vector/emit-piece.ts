/**
 * Emits one straight piece, each operation for all halves before the next, so that halves wait for each other less, and a constant is
 * loaded once for all of them. A value stays in its locals until its last use; of two operands the one that needs more values at once comes first.
 *
 * V8's revectorizer begins at pairs of stores. Of a pair that begins with the first half it leaves that store standing beside the joined one, so the
 * last half is stored first.
 */
import type { FunctionCode, Local } from "../encoding/function-code.ts";
import type { KernelForm } from "../kernel-form.ts";
import type { MemoryLayout } from "../layout.ts";
import { type Address, type LoopCounter, type NodeId, operandsOf, type VectorGraph, type VectorNode } from "./graph.ts";
import { DOUBTFUL_BITS } from "./guess.ts";
import { countUses, type Effect, needsOf, type Piece } from "./nest.ts";

/** Bytes and lanes of one vector. */
export const VECTOR_BYTES = 16;
export const VECTOR_LANES = 2;

/** What a piece takes from the loops around it. */
export interface Bases {
  readonly form: KernelForm;
  readonly layout: MemoryLayout;
  /** Puts a base and leaves the offset that goes into the instruction. */
  readonly base: (address: Address) => number;
  /** Puts the base of addresses that no loop changes. */
  readonly origin: () => void;
}

export class PieceEmitter {
  readonly #code: FunctionCode;
  readonly #graph: VectorGraph;
  readonly #effects: readonly Effect[];
  readonly #halves: number;
  readonly #nest: Bases;
  readonly #needs: Uint16Array;
  /** Uses of each node that are still to come. */
  readonly #uses: Uint32Array;
  /** Locals of nodes that are computed, one a half. */
  readonly #values = new Map<NodeId, readonly Local[]>();

  constructor(code: FunctionCode, piece: Piece, nest: Bases) {
    this.#code = code;
    this.#graph = piece.graph;
    this.#effects = piece.effects;
    this.#halves = nest.layout.lanes / VECTOR_LANES;
    this.#nest = nest;
    this.#uses = countUses(piece);
    this.#needs = needsOf(piece.graph);
  }

  emit(): void {
    const code = this.#code;
    for (const effect of this.#effects) {
      const values = this.#value(effect.value);
      if (effect.kind === "store") this.#store(values, () => this.#nest.base(effect.address));
      else {
        for (const [half, value] of values.entries()) {
          code.get(value);
          code.set(effect.locals[half]!);
        }
      }
      this.#used(effect.value);
    }
  }

  /** @param base puts a base and leaves the offset of the first half */
  #store(values: readonly Local[], base: () => number): void {
    for (const [half, value] of [...values.entries()].reverse()) {
      const offset = base();
      this.#code.get(value);
      this.#code.memory("v128.store", offset + half * VECTOR_BYTES);
    }
  }

  #load(half: number, base: () => number): void {
    const offset = base();
    this.#code.memory("v128.load", offset + half * VECTOR_BYTES);
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

  /** The operands of a node, computed in the order of Sethi and Ullman: what needs more locals first (Journal of the ACM 17, 1970). */
  #operands(ids: readonly NodeId[]): readonly (readonly Local[])[] {
    const order = ids.toSorted((a, b) => this.#needs[b]! - this.#needs[a]!);
    for (const id of order) this.#value(id);
    return ids.map((id) => this.#value(id));
  }

  #compute(node: VectorNode): readonly Local[] {
    const code = this.#code;
    const operands = this.#operands(operandsOf(node));
    const push = (half: number) => {
      for (const operand of operands) code.get(operand[half]!);
    };
    switch (node.kind) {
      case "local":
        return node.locals;
      case "constant":
        return this.#constant(node.address);
      case "load":
        return this.#each((half) => this.#load(half, () => this.#nest.base(node.address)));
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
        return node.address ? this.#callAt(node.index, node.address, operands) : this.#call(node.index, operands);
      case "guess":
        return this.#guess(node.index, operands);
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

  #constant(address: number): readonly Local[] {
    const from = this.#at(address);
    if (this.#nest.form === "for-revectorizer") return this.#each((half) => this.#load(half, from));
    this.#load(0, from);
    const local = this.#code.local("v128");
    this.#code.set(local);
    return Array.from({ length: this.#halves }, () => local);
  }

  /** The base of an address that no loop changes. */
  #at(address: number): () => number {
    return () => {
      this.#nest.origin();
      return address;
    };
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

  /** One call gives the values of all halves. */
  #call(index: number, operands: readonly (readonly Local[])[]): readonly Local[] {
    const locals = Array.from({ length: this.#halves }, () => this.#code.local("v128"));
    this.#callInto(locals, index, operands);
    return locals;
  }

  #callInto(locals: readonly Local[], index: number, operands: readonly (readonly Local[])[]): void {
    const code = this.#code;
    const { form, layout } = this.#nest;
    if (form === "plain") {
      for (const operand of operands) for (const local of operand) code.get(local);
      code.call(index);
      for (const local of locals.toReversed()) code.set(local);
      return;
    }
    for (const [i, operand] of operands.entries()) this.#store(operand, this.#at(layout.operands + i * layout.value));
    code.call(index);
    this.#loadInto(locals, layout.operands);
  }

  #loadInto(locals: readonly Local[], address: number): void {
    for (const [half, local] of locals.entries()) {
      this.#load(half, this.#at(address));
      this.#code.set(local);
    }
  }

  /** The guessed value; where a lane is in doubt, that of the function. */
  #guess(index: number, [guessed, doubt, ...operands]: readonly (readonly Local[])[]): readonly Local[] {
    const code = this.#code;
    const locals = this.#each((half) => code.get(guessed![half]!));
    this.#pushDoubt(doubt!);
    code.unlikely(() => this.#callInto(locals, index, operands));
    return locals;
  }

  /** Leaves whether there is doubt in any lane. The revectorizer joins what is stored, and not what is asked, so the doubt goes through memory. */
  #pushDoubt(doubt: readonly Local[]): void {
    const code = this.#code;
    const { form, layout } = this.#nest;
    const through = this.#at(layout.operands);
    if (form === "for-revectorizer") this.#store(doubt, through);
    for (const [half, local] of doubt.entries()) {
      if (form === "for-revectorizer") this.#load(half, through);
      else code.get(local);
      if (half > 0) code.op("v128.or");
    }
    this.#load(0, this.#at(this.#graph.pool.address(DOUBTFUL_BITS)));
    code.op("v128.and", "v128.any_true");
  }

  #callAt(index: number, address: Address, operands: readonly (readonly Local[])[]): readonly Local[] {
    const code = this.#code;
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
