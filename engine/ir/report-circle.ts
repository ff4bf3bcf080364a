/** The message about equations that go in a circle. */
import type { DiagnosticList, LoopStep } from "../diagnostics/diagnostic.ts";
import type { Node } from "./graph.ts";
import { isElement } from "./split-circle.ts";

/** Most nodes of a circle whose shortest loop is looked for. */
const MAX_STARTS = 200;

/** Reports the shortest loop of a circle; hidden parts of equations are left out of it. */
export function reportCircle(
  circle: readonly Node[],
  reads: (n: Node) => readonly Node[],
  code: "circular-equations" | "circular-initial-values",
  diagnostics: DiagnosticList,
): void {
  const members = new Set(circle);
  const visible = circle.filter((n) => !n.hidden);
  const loops = visible.slice(0, MAX_STARTS).map((n) => shortestLoop(n, members, reads));
  const shortest = loops.sort((a, b) => a.length - b.length)[0] ?? circle;
  const named = fromFirstWritten(shortest.filter((n, i) => !n.hidden && shortest.indexOf(n) === i));
  const names = namesOf(named);
  const loop = named.map(
    (node, i): LoopStep => ({
      name: names[i]!,
      span: node.span!,
      equation: node.equation?.text.trim().replace(/\s+/g, " ") ?? "",
      uses: names[(i + 1) % names.length]!,
    }),
  );
  const others = new Set(visible.map(wholeOf)).size - new Set(named.map(wholeOf)).size;
  diagnostics.add(code, loop[0]?.span ?? null, { loop, others });
}

const wholeOf = (node: Node): Node => (isElement(node) ? node.whole : node);

/** Names of the variables of a loop, with their elements only where a variable stands in it more than once. */
function namesOf(loop: readonly Node[]): string[] {
  const wholes = loop.map(wholeOf);
  const single = new Set(wholes).size === wholes.length;
  return single ? wholes.map((w) => w.name) : loop.map((n) => n.name);
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
