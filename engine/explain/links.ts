/** Which variable depends on which: the causal graph of a model, without the hidden parts of equations. */
import type { Model, Piece, Variable } from "../model/model.ts";
import { forEachRead } from "../model/term.ts";

/**
 * How one variable reaches another: through an equation, as a flow of a stock, only at the start, through an event, or as
 * the size of a noise.
 */
export type LinkKind = "equation" | "flow" | "initial" | "event" | "noise";

export interface Link {
  readonly from: string;
  readonly to: string;
  readonly kind: LinkKind;
}

export interface CausalGraph {
  readonly links: readonly Link[];
  /** Links that lead to, and from, a variable. */
  readonly into: ReadonlyMap<string, readonly Link[]>;
  readonly outOf: ReadonlyMap<string, readonly Link[]>;
}

/** All links of a model, each once, in the order of the model's variables. */
export function causalGraph(model: Model): CausalGraph {
  const links = new Map<string, Link>();
  const link = (from: string, to: string, kind: LinkKind) =>
    void links.set(`${from}\n${to}\n${kind}`, { from, to, kind });
  const add = (to: string, kind: LinkKind, pieces: readonly (Piece | null)[]) => {
    for (const piece of pieces) if (piece) forEachRead(piece.term, (v) => link(v.name, to, kind));
  };
  for (const v of model.variables) {
    addVariable(v, add);
    if (v.kind === "series" && v.uncertain) link(v.uncertain.parameter, v.name, "equation");
  }
  for (const event of model.events) for (const set of event.sets) add(set.stock.name, "event", set.pieces);
  const all = [...links.values()];
  return { links: all, into: groupBy(all, (l) => l.to), outOf: groupBy(all, (l) => l.from) };
}

function addVariable(v: Variable, add: (to: string, kind: LinkKind, pieces: readonly (Piece | null)[]) => void): void {
  if (v.kind === "stock") {
    add(v.name, "flow", [...v.inflows, ...v.outflows]);
    add(v.name, "initial", v.initial);
  } else if (v.kind === "flow" || v.kind === "auxiliary") add(v.name, "equation", v.pieces);
  else if (v.kind === "noise") add(v.name, "noise", Object.values(v.terms));
}

function groupBy(links: readonly Link[], key: (link: Link) => string): Map<string, Link[]> {
  const groups = new Map<string, Link[]>();
  for (const link of links) {
    const group = groups.get(key(link));
    if (group) group.push(link);
    else groups.set(key(link), [link]);
  }
  return groups;
}

export interface CausalTree {
  readonly name: string;
  readonly kind: LinkKind | null;
  readonly branches: readonly CausalTree[];
  /** `again`: its branches stand further up; `deeper`: there are more below the depth asked for. */
  readonly cut: "again" | "deeper" | null;
}

/** What a variable depends on (`into`) or what depends on it (`outOf`), as a tree of a given depth. */
export function causalTree(graph: CausalGraph, name: string, direction: "into" | "outOf", depth: number): CausalTree {
  const seen = new Set<string>();
  const grow = (at: string, kind: LinkKind | null, left: number): CausalTree => {
    const links = (graph[direction].get(at) ?? []).filter((l) => l.kind !== "noise" || direction === "into");
    const next = links.map((l) => ({ name: direction === "into" ? l.from : l.to, kind: l.kind }));
    const unique = next.filter((n, i) => next.findIndex((m) => m.name === n.name) === i && n.name !== at);
    if (unique.length === 0) return { name: at, kind, branches: [], cut: null };
    if (seen.has(at)) return { name: at, kind, branches: [], cut: "again" };
    if (left === 0) return { name: at, kind, branches: [], cut: "deeper" };
    seen.add(at);
    return { name: at, kind, branches: unique.map((n) => grow(n.name, n.kind, left - 1)), cut: null };
  };
  return grow(name, null, depth);
}
