/** `halved` terms: an interval is halved again and again by statements that run in rounds. */

import { InternalError } from "../diagnostics/diagnostic.ts";
import type { AxisVariable, Term, Unknown } from "../model/term.ts";
import { unknownsIn } from "../model/unknowns.ts";
import { constant } from "./constant.ts";
import type { Graph, Node } from "./graph.ts";
import { type HiddenPlace, hiddenTarget, inOrder, sizeOf } from "./hidden-place.ts";
import { LoopScope } from "./loop-scope.ts";
import { renameLoops } from "./passes/rename-loops.ts";
import type { IrExpression, Loop, Statement } from "./program.ts";
import { loopsOf } from "./slot-interval.ts";

type Halved = Extract<Term, { kind: "halved" }>;

/** The expression of a term inside a node's statement; what it reads is noted on the node. */
type LowerTerm = (term: Term, scope: LoopScope, node: Node) => IrExpression;

/** An interval that is being halved. */
interface Halving {
  readonly middle: HiddenPlace;
  /** Hidden values that read its middle, by key. */
  readonly known: Map<number, HiddenPlace>;
}

export class Halvings {
  readonly #graph: Graph;
  /** Those around the term that is being lowered, by depth. */
  readonly #around: Halving[] = [];

  constructor(graph: Graph) {
    this.#graph = graph;
  }

  middleOf({ depth }: Unknown): HiddenPlace {
    const halving = this.#around[depth];
    if (!halving) throw new InternalError("an unknown stands outside its equation");
    return halving.middle;
  }

  /** Where hidden values are kept that read the middle of an interval, the innermost one; null for others. */
  knownTo(term: Term): Map<number, HiddenPlace> | null {
    const depths = unknownsIn(term);
    if (depths === 0) return null;
    const innermost = this.#around[31 - Math.clz32(depths)];
    if (!innermost) throw new InternalError("an unknown stands outside its equation");
    return innermost.known;
  }

  lower(term: Halved, axes: readonly AxisVariable[], user: Node, lowerTerm: LowerTerm): HiddenPlace {
    const graph = this.#graph;
    const place = (node: Node): HiddenPlace => {
      const base = graph.allocate(user.name, "hidden", sizeOf(axes));
      return { base, axes, readOrder: inOrder(axes), node, past: null };
    };
    const node = graph.hiddenNode(user);
    const [below, above, found] = [place(node), place(node), place(node)];
    const begin = graph.nodes.length;
    const middle = place(graph.hiddenNode(user));
    const isBelow = place(graph.hiddenNode(user));
    this.#around[term.unknown.depth] = { middle, known: new Map() };
    isBelow.node.statements.push(assign(isBelow, (scope) => lowerTerm(term.isBelow, scope, isBelow.node)));
    this.#around.length = term.unknown.depth;
    const inside = takeOut(graph.nodes, begin, middle.node);
    const rounds = [
      assign(middle, half(below, above)),
      ...inside.flatMap((n) => n.statements),
      assign(below, choice(isBelow, middle, below)),
      assign(above, choice(isBelow, above, middle)),
    ];
    node.statements.push(
      assign(below, (scope) => lowerTerm(term.low, scope, node)),
      assign(above, (scope) => lowerTerm(term.high, scope, node)),
      repeated(rounds, term.times),
      assign(found, half(below, above)),
    );
    // What reads the middle is computed in the rounds; its own reads are those of the whole.
    const own = new Set<Node>([...inside, middle.node]);
    for (const n of inside) {
      for (const r of n.reads) if (!own.has(r)) node.reads.add(r);
      node.readsTime ||= n.readsTime;
    }
    if (!own.has(isBelow.node)) node.reads.add(isBelow.node);
    return found;
  }
}

type Value = (scope: LoopScope) => IrExpression;

function assign(place: HiddenPlace, value: Value): Statement {
  const scope = new LoopScope();
  for (const axis of place.axes) scope.open(axis);
  const target = hiddenTarget(place.base, place.axes, scope);
  return { kind: "assign", loops: scope.loops, target, value: value(scope) };
}

const read = (place: HiddenPlace, scope: LoopScope): IrExpression => ({
  kind: "load",
  place: hiddenTarget(place.base, place.axes, scope),
});

const half =
  (a: HiddenPlace, b: HiddenPlace): Value =>
  (scope) => ({
    kind: "binary",
    op: "multiply",
    left: constant(0.5),
    right: { kind: "binary", op: "add", left: read(a, scope), right: read(b, scope) },
  });

const choice =
  (condition: HiddenPlace, yes: HiddenPlace, no: HiddenPlace): Value =>
  (scope) => ({
    kind: "select",
    condition: read(condition, scope),
    ifTrue: read(yes, scope),
    ifFalse: read(no, scope),
  });

/** Statements in rounds, with loops that have numbers of their own. */
function repeated(statements: readonly Statement[], times: number): Statement {
  let next = 1;
  const body = statements.map((s) => {
    const numbers = new Map(loopsOf(s).map((l) => [l.id, next++]));
    return renameLoops(s, (id) => numbers.get(id) ?? id);
  });
  const loop: Loop = { id: 0, name: "round", from: 0, to: times };
  return { kind: "repeat", loop, body };
}

/** Takes the nodes that read one node, directly or not, out of a list from some place on; in causal order. */
function takeOut(nodes: Node[], begin: number, from: Node): Node[] {
  const made = nodes.slice(begin);
  const candidates = new Set(made);
  const depends = new Map<Node, boolean>([[from, true]]);
  const sorted: Node[] = [];
  const visit = (node: Node): boolean => {
    const known = depends.get(node);
    if (known !== undefined) return known;
    depends.set(node, false);
    const reads = [...node.reads].filter((r) => candidates.has(r)).map(visit);
    const isInside = reads.includes(true);
    depends.set(node, isInside);
    if (isInside) sorted.push(node);
    return isInside;
  };
  for (const node of made) visit(node);
  const inside = new Set([...sorted, from]);
  nodes.splice(begin, made.length, ...made.filter((n) => !inside.has(n)));
  return sorted;
}
