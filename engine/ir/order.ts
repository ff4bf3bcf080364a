/** Causal order of the nodes, for the start and for every step. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { Graph, Node } from "./graph.ts";
import { reportCircle } from "./report-circle.ts";
import { sortNodes } from "./sort-nodes.ts";
import { addTo, type ElementNode, isElement, joinElements, splitCircle } from "./split-circle.ts";

type Reads = (node: Node) => readonly Node[];

export interface Order {
  /** Nodes that depend on parameters alone. */
  readonly constants: readonly Node[];
  /** Nodes of the start: stocks, initial values, copies of the past, and what they need. */
  readonly initial: readonly Node[];
  /** Nodes of every step. */
  readonly step: readonly Node[];
  /** Whether a node changes within a run. */
  readonly varies: (node: Node) => boolean;
  /** The nodes of `step` and `constants` that stand for a node: itself, or the parts into which it was taken. */
  readonly partsOf: (node: Node) => readonly Node[];
}

/**
 * Orders a graph; null where equations or initial values go in a circle, which is then reported. Variables that depend on
 * each other only between different elements are ordered by element.
 */
export function orderNodes(graph: Graph, diagnostics: DiagnosticList): Order | null {
  const computed = graph.nodes.filter((n) => n.phase === "computed");
  // Within a step a stock, a noise, an initial value and a past value are known; only computed nodes wait for each other.
  const all = sortByElement(computed, {
    readsOf: (n) => [...n.reads],
    waitsFor: (r) => r.phase === "computed",
    graph,
    code: "circular-equations",
    diagnostics,
  });
  if (!all) return null;
  const partsOf: Reads = (n) => all.parts.get(n) ?? [n];
  const readsOf: Reads = (n) => (all.parts.size === 0 ? [...n.reads] : [...n.reads].flatMap(partsOf));
  const varying = new Set<Node>();
  const fixedAfterStart = new Set<Node>();
  for (const node of all.nodes) {
    const reads = readsOf(node);
    const changes = (r: Node) => r.phase === "state" || r.phase === "noise" || r.phase === "past" || varying.has(r);
    if (node.readsTime || node.atStart || reads.some(changes)) varying.add(node);
    else if (reads.some((r) => r.phase === "initial" || fixedAfterStart.has(r))) fixedAfterStart.add(node);
  }
  const constants = all.nodes.filter((n) => !varying.has(n) && !fixedAfterStart.has(n));
  const known = new Set(constants);
  const waitsFor = (r: Node) => r.phase !== "noise" && !known.has(r);
  const roots = graph.nodes.filter((n) => n.phase === "state" || n.phase === "initial" || n.phase === "past");
  const readsAtStart: Reads = (n) =>
    [...n.reads].flatMap((r): readonly Node[] => (r.atStart ? [r.atStart] : partsOf(r)));
  const needed = closure([...roots, ...fixedAfterStart], (n) => readsAtStart(n).filter(waitsFor));
  const code = "circular-initial-values";
  const start = sortByElement([...needed], { readsOf: readsAtStart, waitsFor, graph, code, diagnostics });
  if (!start) return null;
  return {
    constants,
    initial: start.nodes,
    step: all.nodes.filter((n) => varying.has(n)),
    varies: (n) =>
      n.phase === "state" || n.phase === "noise" || n.phase === "past" || partsOf(n).some((p) => varying.has(p)),
    partsOf,
  };
}

/** Nodes reachable from some roots, the roots included. */
export function closure(roots: readonly Node[], reads: Reads): Set<Node> {
  const found = new Set<Node>();
  const stack = [...roots];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    stack.push(...reads(node));
  }
  return found;
}

interface Ordered {
  readonly nodes: readonly Node[];
  /** The parts of each node that was taken apart. */
  readonly parts: ReadonlyMap<Node, readonly Node[]>;
}

interface Sorting {
  /** Everything that a node reads. */
  readonly readsOf: Reads;
  /** Whether a node must be computed before those that read it. */
  readonly waitsFor: (node: Node) => boolean;
  readonly graph: Graph;
  readonly code: "circular-equations" | "circular-initial-values";
  readonly diagnostics: DiagnosticList;
}

/** Sorts nodes; where they go in a circle, sorts the elements of its variables. Only a circle of elements is an error. */
function sortByElement(nodes: readonly Node[], sorting: Sorting): Ordered | null {
  const { readsOf, waitsFor, graph, code, diagnostics } = sorting;
  const reads: Reads = (n) => readsOf(n).filter(waitsFor);
  const whole = sortNodes(nodes, reads);
  if ("sorted" in whole) return { nodes: whole.sorted, parts: new Map() };
  const split = whole.circles.map((circle) => ({ circle, elements: splitCircle(circle, readsOf, graph) }));
  const elementsOf = new Map<Node, ElementNode[]>();
  for (const { elements } of split) for (const e of elements ?? []) addTo(elementsOf, e.whole, e);
  const finer: Reads = (n) =>
    (isElement(n) ? [...n.reads] : readsOf(n))
      .filter(waitsFor)
      .flatMap((r): readonly Node[] => elementsOf.get(r) ?? [r]);
  const again = sortNodes(
    nodes.flatMap((n): readonly Node[] => elementsOf.get(n) ?? [n]),
    finer,
  );
  if ("sorted" in again) return joinElements(again.sorted);
  for (const { circle, elements } of split) {
    if (!elements) reportCircle(circle, reads, code, diagnostics);
    const own = elements && again.circles.find((c) => c.some((n) => isElement(n) && circle.includes(n.whole)));
    if (own) reportCircle(own, finer, code, diagnostics);
  }
  return null;
}
