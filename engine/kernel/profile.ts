/** Counts of what a kernel does, by definition, so that a modeller sees what an equation costs. */
import { type NodeId, operandsOf, type VectorNode } from "./vector/graph.ts";
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
  /** Values of exp, ln and power. */
  calls: number;
  /** Calls lane by lane. */
  scalarCalls: number;
}

/** Whether a block is evaluated once a step. */
export const isOfStep = (block: string): boolean => block === "step" || block === "ahead";

/** Whether a block is evaluated once a run. */
export const isOfStart = (block: string): boolean => block === "constants" || block === "initial";

export class KernelProfile {
  readonly definitions: DefinitionProfile[] = [];
  readonly #entries = new Map<string, DefinitionProfile>();
  /** How often each instruction of vectors is executed in one step, by name. */
  readonly instructions = new Map<string, number>();

  /** @param name of the definition that is charged for what has no other owner */
  add(block: string, name: string, items: readonly NestItem[]): void {
    for (const item of items) this.#item(block, name, item, 1);
  }

  #entry(block: string, name: string): DefinitionProfile {
    const key = `${block}/${name}`;
    let entry = this.#entries.get(key);
    if (!entry) {
      entry = { block, name, loops: 0, loads: 0, stores: 0, arithmetic: 0, calls: 0, scalarCalls: 0 };
      this.#entries.set(key, entry);
      this.definitions.push(entry);
    }
    return entry;
  }

  #item(block: string, name: string, item: NestItem, times: number): void {
    if (item.kind === "piece") this.#piece(block, name, item.piece, times);
    if (item.kind !== "loop") return;
    this.#entry(block, name).loops += 1;
    const trips = (item.counter.to - item.counter.from) / item.step;
    for (const part of item.body) this.#item(block, name, part, times * trips);
  }

  /** Each value is charged to the first of its piece's definitions that needs it. */
  #piece(block: string, name: string, { graph, effects }: Piece, times: number): void {
    const used = new Set<number>();
    for (const effect of effects) {
      const entry = this.#entry(block, effect.owner || name);
      if (effect.kind === "store") entry.stores += times;
      const visit = (id: number): void => {
        if (used.has(id)) return;
        used.add(id);
        this.#node(entry, graph.nodes[id]!, times);
        for (const operand of costsOf(graph.nodes[id]!)) visit(operand);
      };
      visit(effect.value);
    }
  }

  #node(entry: DefinitionProfile, node: VectorNode, times: number): void {
    if (node.kind === "load") entry.loads += times;
    else if (node.kind === "call" || node.kind === "guess") entry.calls += times;
    else if (node.kind === "scalar-call") entry.scalarCalls += times;
    else if (node.kind === "operation" || node.kind === "shift") {
      entry.arithmetic += times;
      if (!isOfStep(entry.block)) return;
      this.instructions.set(node.opcode, (this.instructions.get(node.opcode) ?? 0) + times);
    }
  }
}

/** What is counted beside a node: a guess counts as the call of its function, not as what it is made of. */
const costsOf = (node: VectorNode): readonly NodeId[] =>
  node.kind === "guess" ? node.operands.slice(GUESS_AND_DOUBT) : operandsOf(node);
const GUESS_AND_DOUBT = 2;
