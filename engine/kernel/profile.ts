/** Counts of what a kernel does, by definition, so that a modeller sees what an equation costs. */
import { operandsOf } from "./vector/graph.ts";
import type { NestItem, Piece } from "./vector/nest.ts";

/** What one definition does each time that it is evaluated, for all lanes of a vector. */
export interface DefinitionProfile {
  /** Where it is evaluated: `constants`, `initial`, `step`, an event, … */
  readonly block: string;
  readonly name: string;
  loops: number;
  loads: number;
  stores: number;
  arithmetic: number;
  /** Calls of exp, ln and power. */
  calls: number;
  /** Calls lane by lane. */
  scalarCalls: number;
}

export class KernelProfile {
  readonly definitions: DefinitionProfile[] = [];
  /** How often each instruction of vectors is executed in one step, by name. */
  readonly instructions = new Map<string, number>();

  add(block: string, name: string, items: readonly NestItem[]): void {
    let entry = this.definitions.at(-1);
    if (entry?.block !== block || entry.name !== name) {
      entry = { block, name, loops: 0, loads: 0, stores: 0, arithmetic: 0, calls: 0, scalarCalls: 0 };
      this.definitions.push(entry);
    }
    for (const item of items) this.#item(entry, item, 1);
  }

  #item(entry: DefinitionProfile, item: NestItem, times: number): void {
    if (item.kind === "piece") this.#piece(entry, item.piece, times);
    if (item.kind !== "loop") return;
    entry.loops += 1;
    const trips = (item.counter.to - item.counter.from) / item.step;
    for (const part of item.body) this.#item(entry, part, times * trips);
  }

  #piece(entry: DefinitionProfile, { graph, effects }: Piece, times: number): void {
    const used = new Set<number>();
    const visit = (id: number): void => {
      if (used.has(id)) return;
      used.add(id);
      for (const operand of operandsOf(graph.nodes[id]!)) visit(operand);
    };
    for (const effect of effects) {
      visit(effect.value);
      if (effect.kind === "store") entry.stores += times;
    }
    for (const id of used) {
      const node = graph.nodes[id]!;
      if (node.kind === "load") entry.loads += times;
      else if (node.kind === "call") entry.calls += times;
      else if (node.kind === "scalar-call") entry.scalarCalls += times;
      else if (node.kind === "operation" || node.kind === "shift") {
        entry.arithmetic += times;
        if (entry.block === "step") {
          const before = this.instructions.get(node.opcode) ?? 0;
          this.instructions.set(node.opcode, before + times);
        }
      }
    }
  }
}
