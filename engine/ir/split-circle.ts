/**
 * Variables whose elements depend on other elements of themselves (`x[age]` on `x[age - 1]`), or of variables that depend back on
 * them: taken apart into one node for each element, so that the elements can be ordered; put together again where they follow each
 * other.
 */
import type { Graph, Node } from "./graph.ts";
import type { Loop, Statement } from "./program.ts";
import { combinations, readSlots, statementAt, writtenSlots } from "./substitute.ts";

/** Most elements into which a circle is taken apart. */
const MAX_ELEMENTS = 100_000;

/** One statement of a node at fixed positions of all its loops. */
export interface ElementNode extends Node {
  readonly whole: Node;
  /** The statement it comes from, and its place among that statement's combinations. */
  readonly statement: Statement;
  readonly position: number;
}

export const isElement = (node: Node): node is ElementNode => "whole" in node;

/**
 * The elements of the nodes of a circle with what they read; null where the circle cannot be taken apart.
 *
 * @param readsOf everything that a node reads, known within a step or not
 */
export function splitCircle(
  circle: readonly Node[],
  readsOf: (node: Node) => readonly Node[],
  graph: Graph,
): ElementNode[] | null {
  const statements = circle.flatMap((whole) => whole.statements.map((statement) => ({ whole, statement })));
  if (statements.some(({ statement }) => statement.kind === "repeat")) return null;
  const size = statements.reduce((n, { statement }) => n + combinationCount(statement), 0);
  if (size === circle.length || size > MAX_ELEMENTS) return null;
  const elements = statements.flatMap(({ whole, statement }) =>
    combinations("loops" in statement ? statement.loops : []).map((at, position) =>
      elementNode(whole, statement, statementAt(statement, at), position, graph),
    ),
  );
  const members = new Set(circle);
  const writers = new Map<number, ElementNode>();
  for (const element of elements) for (const slot of writtenSlots(element.statements[0]!)) writers.set(slot, element);
  for (const element of elements) {
    for (const other of readsOf(element.whole)) if (!members.has(other)) element.reads.add(other);
    for (const slot of readSlots(element.statements[0]!)) {
      const writer = writers.get(slot);
      if (writer) element.reads.add(writer);
    }
  }
  return elements;
}

function combinationCount(statement: Statement): number {
  return "loops" in statement ? statement.loops.reduce((n, l) => n * (l.to - l.from), 1) : 1;
}

function elementNode(
  whole: Node,
  statement: Statement,
  single: Statement,
  position: number,
  graph: Graph,
): ElementNode {
  const slot = writtenSlots(single)[0]!;
  const { hidden, readsTime, oncePerStep, phase } = whole;
  const equation = graph.equations.get(statement) ?? whole.equation;
  const span = whole.statements.length > 1 && equation ? equation.span : whole.span;
  return {
    name: hidden ? whole.name : graph.elementName(whole.name, slot),
    hidden,
    span,
    equation,
    statements: [single],
    reads: new Set(),
    readsTime,
    oncePerStep,
    phase,
    atStart: null,
    whole,
    statement,
    position,
  };
}

/** Nodes in order, with elements that follow each other in one statement; and the parts of each node that was taken apart. */
export function joinElements(sorted: readonly Node[]): { nodes: Node[]; parts: Map<Node, Node[]> } {
  const nodes: Node[] = [];
  const parts = new Map<Node, Node[]>();
  const partOf = new Map<Node, Node>();
  for (const run of runs(sorted)) {
    const first = run[0]!;
    if (!isElement(first)) {
      nodes.push(first);
      continue;
    }
    const { whole } = first;
    const part: Node = {
      ...base(whole),
      statements: joined(run as ElementNode[]),
      reads: new Set(run.flatMap((n) => [...n.reads])),
    };
    for (const node of run) partOf.set(node, part);
    addTo(parts, whole, part);
    nodes.push(part);
  }
  for (const list of parts.values()) for (const part of list) replaceReads(part, partOf);
  return { nodes, parts };
}

const base = ({ name, hidden, span, equation, readsTime, oncePerStep, phase }: Node) => ({
  name,
  hidden,
  span,
  equation,
  readsTime,
  oncePerStep,
  phase,
  atStart: null,
});

function replaceReads(part: Node, partOf: ReadonlyMap<Node, Node>): void {
  const reads = [...part.reads].map((r) => partOf.get(r) ?? r);
  part.reads.clear();
  for (const r of reads) if (r !== part) part.reads.add(r);
}

/** Runs of elements of one statement whose positions follow each other. */
function runs(sorted: readonly Node[]): Node[][] {
  const result: Node[][] = [];
  for (const node of sorted) {
    const last = result.at(-1)?.at(-1);
    const follows =
      last &&
      isElement(last) &&
      isElement(node) &&
      last.statement === node.statement &&
      last.position + 1 === node.position;
    if (follows) result.at(-1)!.push(node);
    else result.push([node]);
  }
  return result;
}

/** The statements of a run: the whole statement, or its rows (along the last loop), or what is left of rows. */
function joined(run: readonly ElementNode[]): Statement[] {
  const { statement } = run[0]!;
  if (!("loops" in statement) || run.length === combinationCount(statement)) return [statement];
  const last = statement.loops.at(-1)!;
  const length = last.to - last.from;
  const rows = new Map<number, ElementNode[]>();
  for (const node of run) {
    addTo(rows, Math.floor(node.position / length), node);
  }
  const outer = combinations(statement.loops.slice(0, -1));
  return [...rows].map(([row, nodes]) => {
    if (nodes.length === 1) return nodes[0]!.statements[0]!;
    const from = last.from + (nodes[0]!.position % length);
    return narrowed(statementAt(statement, outer[row]!), { ...last, from, to: from + nodes.length });
  });
}

/** Adds to the list that a map holds for a key. */
export function addTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function narrowed(statement: Statement, loop: Loop): Statement {
  return { ...statement, loops: [loop] } as Statement;
}
