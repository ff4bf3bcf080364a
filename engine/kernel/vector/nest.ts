/** Loops and the straight pieces in them, built whole before any of it is emitted. */

import type { ConstantPool } from "../constant-pool.ts";
import type { FunctionCode, Local } from "../encoding/function-code.ts";
import { type Address, type LoopCounter, type NodeId, operandsOf, type Pointer, VectorGraph } from "./graph.ts";

/** What a straight piece does with the values of its graph, in this order; `owner` is the definition that it is done for. */
export type Effect = { readonly owner: string; readonly value: NodeId } & (
  | { readonly kind: "store"; readonly address: Address }
  /** Keeps a value in locals, one a half. */
  | { readonly kind: "set"; readonly locals: readonly Local[] }
);

/** A straight piece: effects on the values of one graph. No load of the graph may see a store of its own piece. */
export class Piece {
  readonly graph: VectorGraph;
  readonly effects: Effect[] = [];
  /** Values that this piece gave under a number, to be used in it. */
  readonly given = new Map<number, NodeId>();
  owner: string;

  constructor(pool: ConstantPool, owner = "") {
    this.graph = new VectorGraph(pool);
    this.owner = owner;
  }

  store(address: Address, value: NodeId): void {
    this.effects.push({ kind: "store", address, value, owner: this.owner });
  }
  set(locals: readonly Local[], value: NodeId): void {
    this.effects.push({ kind: "set", locals, value, owner: this.owner });
  }
  give(id: number, locals: readonly Local[], value: NodeId): void {
    this.given.set(id, value);
    this.set(locals, value);
  }
}

export type NestItem =
  | { readonly kind: "piece"; readonly piece: Piece }
  | {
      readonly kind: "loop";
      readonly counter: LoopCounter;
      readonly step: number;
      readonly body: readonly NestItem[];
    }
  /** Instructions of its own, such as a call; it needs no pointer. */
  | { readonly kind: "code"; readonly emit: (code: FunctionCode) => void };

/** Every address that an item uses. */
export function* addressesOf(item: NestItem): Iterable<Address> {
  if (item.kind === "loop") for (const part of item.body) yield* addressesOf(part);
  if (item.kind !== "piece") return;
  for (const effect of item.piece.effects) if (effect.kind === "store") yield effect.address;
  for (const node of item.piece.graph.nodes) {
    if (node.kind === "load") yield node.address;
    else if ((node.kind === "call" || node.kind === "scalar-call") && node.address) yield node.address;
  }
}

/** Depth of the loop at which a pointer is known. */
export function depthOf(pointer: Pointer): number {
  return Math.max(0, ...pointer.terms.map((t) => t.counter.depth), ...pointer.guards.map((g) => g.counter.depth));
}

/** How many values have to be kept at once while a node is computed, if nothing of it is known yet. */
export function needsOf({ nodes }: VectorGraph): Uint16Array {
  const needs = new Uint16Array(nodes.length);
  for (const [id, node] of nodes.entries()) {
    const ofOperands = operandsOf(node).map((operand) => needs[operand]!);
    ofOperands.sort((a, b) => b - a);
    needs[id] = Math.max(1, ...ofOperands.map((need, kept) => need + kept));
  }
  return needs;
}

/** How often each node is used by the effects and the nodes that they need. */
export function countUses({ graph, effects }: Piece): Uint32Array {
  const uses = new Uint32Array(graph.nodes.length);
  for (const effect of effects) uses[effect.value] = uses[effect.value]! + 1;
  // Operands have smaller numbers than what is made of them.
  for (let id = graph.nodes.length - 1; id >= 0; id--) {
    if (uses[id] === 0) continue;
    for (const operand of operandsOf(graph.nodes[id]!)) uses[operand] = uses[operand]! + 1;
  }
  return uses;
}
