/** Causal order of the nodes, for the start and for every step, and the circles that have none. */
import type { DiagnosticList, LoopStep } from "../diagnostics/diagnostic.ts";
import type { Graph, Node } from "./graph.ts";

export interface Order {
  /** Nodes that depend on parameters alone. */
  readonly constants: readonly Node[];
  /** Nodes of the start: stocks, initial values, copies of the past, and what they need. */
  readonly initial: readonly Node[];
  /** Nodes of every step. */
  readonly step: readonly Node[];
  /** Whether a node changes within a run. */
  readonly varies: (node: Node) => boolean;
}

/** Orders a graph; null where equations or initial values go in a circle, which is then reported. */
export function orderNodes(graph: Graph, diagnostics: DiagnosticList): Order | null {
  const computed = graph.nodes.filter((n) => n.phase === "computed");
  // Within a step a stock, a noise, an initial value and a past value are known; only computed nodes wait for each other.
  const stepReads = (n: Node) => [...n.reads].filter((r) => r.phase === "computed");
  const all = sort(computed, stepReads);
  if ("circles" in all) {
    report(all.circles, stepReads, "circular-equations", diagnostics);
    return null;
  }
  const startReads = (n: Node) => [...n.reads].filter((r) => r.phase !== "noise");
  const varying = new Set<Node>();
  const fixedAfterStart = new Set<Node>();
  for (const node of all.sorted) {
    const reads = [...node.reads];
    const changes = (r: Node) => r.phase === "state" || r.phase === "noise" || r.phase === "past" || varying.has(r);
    if (node.readsTime || reads.some(changes)) varying.add(node);
    else if (reads.some((r) => r.phase === "initial" || fixedAfterStart.has(r))) fixedAfterStart.add(node);
  }
  const constants = all.sorted.filter((n) => !varying.has(n) && !fixedAfterStart.has(n));
  const known = new Set(constants);
  const roots = graph.nodes.filter(
    (n) => n.phase === "state" || n.phase === "initial" || n.phase === "past" || fixedAfterStart.has(n),
  );
  const needed = closure(roots, (n) => startReads(n).filter((r) => !known.has(r)));
  const start = sort([...needed], (n) => startReads(n).filter((r) => !known.has(r)));
  if ("circles" in start) {
    report(start.circles, startReads, "circular-initial-values", diagnostics);
    return null;
  }
  return {
    constants,
    initial: start.sorted,
    step: all.sorted.filter((n) => varying.has(n)),
    varies: (n) => varying.has(n) || n.phase === "state" || n.phase === "noise" || n.phase === "past",
  };
}

/** Nodes reachable from some roots, the roots included. */
export function closure(roots: readonly Node[], reads: (n: Node) => readonly Node[]): Set<Node> {
  const found = new Set<Node>();
  const stack = [...roots];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    stack.push(...reads(node));
  }
  return found;
}

type Sorted = { readonly sorted: Node[] } | { readonly circles: Node[][] };

/** Topological order, needed nodes first, otherwise as given (Tarjan 1972); or the strongly connected circles. */
function sort(nodes: readonly Node[], reads: (n: Node) => readonly Node[]): Sorted {
  const index = new Map<Node, number>();
  const low = new Map<Node, number>();
  const stack: Node[] = [];
  const onStack = new Set<Node>();
  const sorted: Node[] = [];
  const circles: Node[][] = [];
  const visit = (root: Node): void => {
    // An explicit stack: a long chain of equations must not exhaust the call stack.
    const work: { node: Node; targets: readonly Node[]; next: number }[] = [];
    const enter = (node: Node) => {
      index.set(node, index.size);
      low.set(node, index.get(node)!);
      stack.push(node);
      onStack.add(node);
      work.push({ node, targets: reads(node), next: 0 });
    };
    enter(root);
    for (let frame = work.at(-1); frame; frame = work.at(-1)) {
      const { node } = frame;
      const target = frame.targets[frame.next++];
      if (target !== undefined) {
        if (!index.has(target)) enter(target);
        else if (onStack.has(target)) low.set(node, Math.min(low.get(node)!, index.get(target)!));
        continue;
      }
      work.pop();
      const parent = work.at(-1)?.node;
      if (parent) low.set(parent, Math.min(low.get(parent)!, low.get(node)!));
      if (low.get(node) !== index.get(node)) continue;
      const component: Node[] = [];
      for (let member = stack.pop()!; ; member = stack.pop()!) {
        onStack.delete(member);
        component.push(member);
        if (member === node) break;
      }
      if (component.length > 1 || reads(node).includes(node)) circles.push(component.reverse());
      sorted.push(...component);
    }
  };
  for (const node of nodes) if (!index.has(node)) visit(node);
  return circles.length > 0 ? { circles } : { sorted };
}

/** Reports the shortest loop of each circle; hidden parts of equations are left out of it. */
function report(
  circles: readonly (readonly Node[])[],
  reads: (n: Node) => readonly Node[],
  code: "circular-equations" | "circular-initial-values",
  diagnostics: DiagnosticList,
): void {
  for (const circle of circles) {
    const members = new Set(circle);
    const loops = circle.filter((n) => !n.hidden).map((n) => shortestLoop(n, members, reads));
    const shortest = loops.sort((a, b) => a.length - b.length)[0] ?? circle;
    const named = fromFirstWritten(shortest.filter((n, i) => !n.hidden && shortest.indexOf(n) === i));
    const loop = named.map(
      (node, i): LoopStep => ({
        name: node.name,
        span: node.span!,
        equation: node.equation?.text.trim().replace(/\s+/g, " ") ?? "",
        uses: named[(i + 1) % named.length]!.name,
      }),
    );
    const others = circle.filter((n) => !n.hidden).length - named.length;
    diagnostics.add(code, loop[0]?.span ?? null, { loop, others });
  }
}

/** The same loop, begun at the variable that is written first. */
function fromFirstWritten(loop: readonly Node[]): Node[] {
  const place = (n: Node) => `${n.span?.path}:${String(n.span?.start).padStart(9, "0")}`;
  const first = loop.reduce((best, n, i) => (place(n) < place(loop[best]!) ? i : best), 0);
  return [...loop.slice(first), ...loop.slice(0, first)];
}

/** Breadth-first: the nodes of a shortest way from a node back to itself. */
function shortestLoop(start: Node, members: ReadonlySet<Node>, reads: (n: Node) => readonly Node[]): Node[] {
  const from = new Map<Node, Node>();
  let frontier = [start];
  while (frontier.length > 0) {
    const next: Node[] = [];
    for (const node of frontier) {
      for (const target of reads(node)) {
        if (target === start) {
          const path = [node];
          for (let at = from.get(node); at; at = from.get(at)) path.unshift(at);
          return path[0] === start ? path : [start, ...path];
        }
        if (!members.has(target) || from.has(target)) continue;
        from.set(target, node);
        next.push(target);
      }
    }
    frontier = next;
  }
  return [...members];
}
