/**
 * Values of a straight piece of a kernel as a graph: equal nodes are one node, so that a value is computed once.
 *
 * A node stands for all lanes; it is emitted once for each vector of two lanes (a half). Nothing here stores, so nodes
 * can be emitted in any order in which operands come first, as long as no memory that they load changes in between.
 */
import { bitsOf, type ConstantPool } from "../constant-pool.ts";
import type { Local } from "../encoding/function-code.ts";
import type { PlainOpcode } from "../encoding/opcodes.ts";
import type { Guess } from "./guess.ts";

/** Index of a node in its graph. */
export type NodeId = number;

/** An address: a sum of positions times strides, found once a loop, and a fixed part that goes into the instruction. */
export interface Address {
  readonly pointer: Pointer;
  readonly offset: number;
}

/** The part of an address that changes with the loops. */
export interface Pointer {
  readonly key: string;
  /** Counters of the running loops with their strides in bytes, the outermost first. */
  readonly terms: readonly { readonly counter: LoopCounter; readonly bytes: number }[];
  /** Positions that must lie in a range; elsewhere the address is that of a zero, and `fixed` is part of the pointer. */
  readonly guards: readonly { readonly counter: LoopCounter; readonly offset: number; readonly size: number }[];
  readonly fixed: number;
}

/** That of an address that no loop changes. */
export const NO_POINTER: Pointer = { key: "", terms: [], guards: [], fixed: 0 };

/**
 * A running loop: its counter, how many loops are around it (itself included), and the positions that it takes. Where a
 * loop does several positions at once, each of them has the counter with a shift, and its own positions.
 */
export interface LoopCounter {
  readonly local: Local;
  readonly depth: number;
  readonly shift: number;
  readonly from: number;
  readonly to: number;
}

export type VectorNode =
  | { readonly kind: "constant"; readonly address: number }
  | { readonly kind: "load"; readonly address: Address }
  | { readonly kind: "operation"; readonly opcode: PlainOpcode; readonly operands: readonly NodeId[] }
  | {
      readonly kind: "shift";
      readonly opcode: "i64x2.shl" | "i64x2.shr_u";
      readonly operand: NodeId;
      readonly count: number;
    }
  /** Position of a loop plus an offset, as a number. */
  | { readonly kind: "position"; readonly counter: LoopCounter; readonly offset: number }
  /** One local for each half. */
  | { readonly kind: "local"; readonly locals: readonly Local[] }
  /** A function of vectors, and of an address before them if there is one. */
  | {
      readonly kind: "call";
      readonly index: number;
      readonly address: Address | null;
      readonly operands: readonly NodeId[];
    }
  /** The value that a function has if its operands are ordinary, as they nearly always are; where they are not, the function is called. */
  | {
      readonly kind: "guess";
      readonly index: number;
      /** The guessed value, its doubt, and the operands of the function. */
      readonly operands: readonly NodeId[];
    }
  | ({ readonly kind: "scalar-call" } & ScalarCall);

/** A function of numbers, called lane by lane: an address (if any), numbers, whole numbers; it gives a number. */
export interface ScalarCall {
  readonly index: number;
  readonly address: Address | null;
  /** Bytes that the address moves from lane to lane: 0 or 8. */
  readonly laneBytes: number;
  readonly operands: readonly NodeId[];
  readonly integers: readonly number[];
}

const FEWER_NODES = 2 ** 26;

export class VectorGraph {
  readonly nodes: VectorNode[] = [];
  readonly pool: ConstantPool;
  /** Nodes by what they do, then by what they do it to. */
  readonly #known = new Map<string, Map<number | string, NodeId>>();

  constructor(pool: ConstantPool) {
    this.pool = pool;
  }

  constant(value: number): NodeId {
    return this.bits(bitsOf(value));
  }

  /** A constant by its 64 bits. */
  bits(bits: bigint): NodeId {
    const address = this.pool.address(BigInt.asUintN(64, bits));
    return this.#add("constant", address, { kind: "constant", address });
  }

  load(address: Address): NodeId {
    return this.#add(address.pointer.key, address.offset, { kind: "load", address });
  }

  operation(opcode: PlainOpcode, ...operands: readonly NodeId[]): NodeId {
    const [a, b] = operands;
    // Whole numbers below 2^53 as long as a graph has fewer than 2^26 nodes; strings take several times as long.
    const key = operands.length > 2 ? operands.join(" ") : a! * FEWER_NODES + (b ?? 0);
    return this.#add(opcode, key, { kind: "operation", opcode, operands });
  }

  shift(opcode: "i64x2.shl" | "i64x2.shr_u", operand: NodeId, count: number): NodeId {
    return this.#add(opcode, operand * FEWER_NODES + count, { kind: "shift", opcode, operand, count });
  }

  position(counter: LoopCounter, offset: number): NodeId {
    return this.#add("position", `${counter.local.index}+${offset}`, { kind: "position", counter, offset });
  }

  local(locals: readonly Local[]): NodeId {
    return this.#add("local", locals[0]!.index, { kind: "local", locals });
  }

  call(index: number, operands: readonly NodeId[], address: Address | null = null): NodeId {
    const at = address === null ? "" : `${address.pointer.key}+${address.offset}`;
    return this.#add(`call ${index}`, `${at} ${operands.join(" ")}`, { kind: "call", index, address, operands });
  }

  guess(index: number, { value, doubt }: Guess, operands: readonly NodeId[]): NodeId {
    const all = [value, doubt, ...operands];
    return this.#add(`guess ${index}`, all.join(" "), { kind: "guess", index, operands: all });
  }

  scalarCall(call: ScalarCall): NodeId {
    const { index, address, laneBytes, operands, integers } = call;
    const key = `${address?.pointer.key}+${address?.offset} ${laneBytes} ${operands.join(" ")}/${integers.join(" ")}`;
    return this.#add(`scalar call ${index}`, key, { kind: "scalar-call", ...call });
  }

  /** `a` where the mask is set, `b` elsewhere. */
  choose(mask: NodeId, a: NodeId, b: NodeId): NodeId {
    return a === b ? a : this.operation("v128.bitselect", a, b, mask);
  }

  add(a: NodeId, b: NodeId): NodeId {
    return this.operation("f64x2.add", a, b);
  }
  subtract(a: NodeId, b: NodeId): NodeId {
    return this.operation("f64x2.sub", a, b);
  }
  multiply(a: NodeId, b: NodeId): NodeId {
    return this.operation("f64x2.mul", a, b);
  }
  divide(a: NodeId, b: NodeId): NodeId {
    return this.operation("f64x2.div", a, b);
  }

  #add(what: string, to: number | string, node: VectorNode): NodeId {
    let alike = this.#known.get(what);
    if (!alike) {
      alike = new Map();
      this.#known.set(what, alike);
    }
    const known = alike.get(to);
    if (known !== undefined) return known;
    const id = this.nodes.push(node) - 1;
    alike.set(to, id);
    return id;
  }
}

/** The nodes that a node is made of. */
export function operandsOf(node: VectorNode): readonly NodeId[] {
  switch (node.kind) {
    case "operation":
    case "call":
    case "scalar-call":
    case "guess":
      return node.operands;
    case "shift":
      return [node.operand];
    default:
      return [];
  }
}
