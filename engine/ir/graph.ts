/**
 * The nodes that a model's values hang together by: one for every variable that is computed and every hidden value, with
 * what it reads and the statements that compute it.
 */

import type { Span } from "../diagnostics/source.ts";
import type { EquationText } from "../language/equation.ts";
import type { Axis, Lookup } from "../model/model.ts";
import { cellKeys } from "../model/symbols.ts";
import type { LookupMode, Readable } from "../model/term.ts";
import { tableFor } from "./derived-tables.ts";
import type { Program, SlotRange, Statement, Table } from "./program.ts";

export interface Node {
  readonly name: string;
  readonly hidden: boolean;
  /** Place and equation of the variable, for messages. */
  readonly span: Span | null;
  readonly equation: EquationText | null;
  readonly statements: Statement[];
  readonly reads: Set<Node>;
  readsTime: boolean;
  /** Whether the value is that of the step in the stages of rk2 and rk4, not computed again. */
  oncePerStep: boolean;
  /**
   * `computed`: in every step (or once, if nothing it reads changes); `state`: a stock, whose statements give its initial
   * value; `noise`: changed by the clock; `initial`: computed at the start and then constant; `past`: filled at the start.
   */
  phase: "computed" | "state" | "noise" | "initial" | "past";
  /** Gives the value while the model starts, in the same slots, where that is another one; it is in no step. */
  atStart: Node | null;
}

export class Graph {
  readonly nodes: Node[] = [];
  readonly slots: SlotRange[] = [];
  readonly tables: Table[] = [];
  readonly past: Statement[] = [];
  /** The equation that a statement computes, where it is one of several by element. */
  readonly equations = new WeakMap<Statement, EquationText>();
  /** Hidden stocks of delays and smooths. */
  readonly hiddenStocks: Program["stocks"][number][] = [];
  slotCount = 0;
  readonly #bases = new Map<string, number>();
  readonly #nodes = new Map<string, Node>();
  readonly #lookups = new Map<string, number>();
  /** Keys of cells by the dimensions of a shape, which many variables share. */
  readonly #keys = new Map<string, readonly string[]>();

  allocate(name: string, kind: SlotRange["kind"], size: number, keys: readonly string[] | null = null): number {
    const base = this.slotCount;
    this.slots.push({ name, kind, base, size, keys });
    this.slotCount += size;
    return base;
  }

  /** Gives a variable its slots and, unless it is an input, its node. */
  declare(variable: Readable, kind: SlotRange["kind"], node: Node | null): number {
    const base = this.allocate(variable.name, kind, variable.size, this.#keysOf(variable.shape));
    this.#bases.set(variable.name, base);
    if (node) this.#nodes.set(variable.name, node);
    return base;
  }

  #keysOf(shape: readonly Axis[]): readonly string[] | null {
    if (shape.length === 0) return null;
    const dimensions = shape.map((axis) => axis.dimension.name).join();
    const keys = this.#keys.get(dimensions) ?? cellKeys(shape);
    this.#keys.set(dimensions, keys);
    return keys;
  }

  baseOf(variable: Readable): number {
    return this.#bases.get(variable.name)!;
  }
  /** The node of a variable; none for a parameter, which is an input of the run. */
  nodeOf(variable: Readable): Node | null {
    return this.#nodes.get(variable.name) ?? null;
  }

  /** `x[kunming]` for a slot of a variable that has a shape, else the name alone. */
  elementName(name: string, slot: number): string {
    const range = this.slots.find((s) => s.name === name && slot >= s.base && slot < s.base + s.size);
    const key = range?.keys?.[slot - range.base];
    return key === undefined ? name : `${name}[${key.replaceAll("|", ", ")}]`;
  }

  node(name: string, phase: Node["phase"], span: Span | null, equation: EquationText | null): Node {
    const node = newNode(name, false, phase, span, equation);
    this.nodes.push(node);
    return node;
  }
  /** A node for a part of an equation; it is called after the variable that first needed it. */
  hiddenNode(owner: { readonly name: string }): Node {
    const node = newNode(owner.name, true, "computed", null, null);
    this.nodes.push(node);
    return node;
  }
  /** The node of a variable's value while the model starts. */
  startNode(of: Node, equation: EquationText | null): Node {
    of.atStart = newNode(of.name, false, "computed", of.span, equation);
    return of.atStart;
  }
  /** A node outside the causal order: what an event does. */
  looseNode(name: string): Node {
    return newNode(name, true, "computed", null, null);
  }

  /** Number of the first table of a lookup that is read in some way; those of its elements follow, row-major. */
  lookupTables(lookup: Lookup, mode: LookupMode): number {
    const key = `${mode} ${lookup.name} ${lookup.side ?? ""}`;
    let first = this.#lookups.get(key);
    if (first === undefined) {
      first = this.tables.length;
      this.tables.push(...lookup.tables.map((t) => tableFor(t, mode)));
      this.#lookups.set(key, first);
    }
    return first;
  }
}

function newNode(
  name: string,
  hidden: boolean,
  phase: Node["phase"],
  span: Span | null,
  equation: EquationText | null,
): Node {
  return {
    name,
    hidden,
    span,
    equation,
    statements: [],
    reads: new Set(),
    readsTime: false,
    oncePerStep: false,
    phase,
    atStart: null,
  };
}
