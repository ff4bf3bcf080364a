/**
 * Terms to IR expressions. Whatever is not scalar arithmetic (reductions, softmax, allocation, initial values, history)
 * becomes a hidden definition with slots of its own, shared wherever the same term stands again.
 */

import { InternalError } from "../diagnostics/diagnostic.ts";
import { constant as constantTerm, foldConstant, larger, smaller, unary } from "../model/build-term.ts";
import type { Group } from "../model/model.ts";
import { type AxisVariable, freeAxes, type Term } from "../model/term.ts";
import { round } from "./arithmetic.ts";
import { constant } from "./constant.ts";
import type { Graph, Node } from "./graph.ts";
import {
  atAxis,
  type HiddenPlace,
  hiddenTarget,
  inOrder,
  type Lag,
  loadStored,
  readAtOuter,
  sizeOf,
} from "./hidden-place.ts";
import { LoopScope, placeOf } from "./loop-scope.ts";
import { Halvings } from "./lower-halving.ts";
import type { IrExpression, Place, Statement } from "./program.ts";
import { TermKeys } from "./term-key.ts";

type Normalised = Extract<Term, { kind: "softmax" | "share" }>;
type Hidden =
  | Normalised
  | Extract<
      Term,
      { kind: "reduce" | "allocate" | "initial" | "stored" | "along" | "past" | "integral" | "carried" | "halved" }
    >;

export class TermLowering {
  readonly #graph: Graph;
  readonly #keys = new TermKeys();
  readonly #hidden = new Map<number, HiddenPlace>();
  readonly #halvings: Halvings;
  readonly #weights = new Map<Group, HiddenPlace>();
  /** What `self` stands for: the level of the hidden stock, or the value a step ago, that is being lowered. */
  #self: HiddenPlace | null = null;

  constructor(graph: Graph) {
    this.#graph = graph;
    this.#halvings = new Halvings(graph);
  }

  /** The expression of a term inside a node's statement; what it reads is noted on the node. */
  lower(term: Term, scope: LoopScope, node: Node): IrExpression {
    const part = (t: Term) => this.lower(t, scope, node);
    switch (term.kind) {
      case "constant":
        return constant(term.value);
      case "time":
        node.readsTime = true;
        return { kind: "time" };
      case "read":
        return this.#read(term, scope, node);
      case "axis":
        return axisValue(term, scope);
      case "unary":
        return { kind: "unary", op: term.op, operand: part(term.operand) };
      case "power-integer":
        return { kind: "power-integer", base: part(term.base), exponent: term.exponent };
      case "binary":
        return { kind: "binary", op: term.op, left: part(term.left), right: part(term.right) };
      case "select": {
        const [condition, ifTrue, ifFalse] = [part(term.condition), part(term.ifTrue), part(term.ifFalse)];
        return { kind: "select", condition, ifTrue, ifFalse };
      }
      case "lookup": {
        const { lookup, index, mode, x } = term;
        const lengths = lookup.shape.map((a) => a.dimension.elements.length);
        const table = placeOf(this.#graph.lookupTables(lookup, mode), index, lengths, scope);
        return table ? { kind: "lookup", table, x: part(x) } : constant(0);
      }
      case "group-weight": {
        const place = this.#groupWeights(term.group);
        node.reads.add(place.node);
        return loadStored(place, [atAxis(term.axis)], scope);
      }
      case "call":
        return part(term.value);
      case "self":
        if (!this.#self) throw new InternalError("a term refers to itself outside a hidden stock");
        return this.#from(this.#self, scope, node);
      case "unknown":
        return this.#from(this.#halvings.middleOf(term), scope, node);
      default:
        return this.#hiddenValue(term, scope, node);
    }
  }

  #read(term: Extract<Term, { kind: "read" }>, scope: LoopScope, node: Node): IrExpression {
    const { variable, index } = term;
    const target = this.#graph.nodeOf(variable);
    if (target) node.reads.add(target);
    const lengths = variable.shape.map((a) => a.dimension.elements.length);
    const place = placeOf(this.#graph.baseOf(variable), index, lengths, scope);
    return place ? { kind: "load", place } : constant(0);
  }

  /** A load of a hidden value, which is defined where it is met first. */
  #hiddenValue(term: Hidden, scope: LoopScope, node: Node): IrExpression {
    const axes = freeAxes(term);
    const key = this.#keys.keyOf(term);
    const known = this.#halvings.knownTo(term) ?? this.#hidden;
    let place = known.get(key);
    if (!place) {
      place = this.#define(term, axes, node);
      known.set(key, place);
    }
    node.reads.add(place.node);
    return loadStored(
      place,
      place.readOrder.map((i) => atAxis(axes[i]!)),
      scope,
    );
  }

  #define(term: Hidden, axes: readonly AxisVariable[], user: Node): HiddenPlace {
    switch (term.kind) {
      case "reduce":
        return this.#reduce(term, axes, user);
      case "initial":
        return this.#initial(term, axes, user);
      case "stored":
        return this.#assign(axes, user, (scope, node) => this.lower(term.body, scope, node));
      case "along": {
        const all = [...axes.filter((a) => a !== term.outer), term.inner];
        const values = this.#assign(all, user, (scope, node) => this.lower(term.body, scope, node));
        return readAtOuter(values, axes, term.outer);
      }
      case "past":
        return this.#past(term, axes, user);
      case "integral":
        return this.#integral(term, axes, user);
      case "carried":
        return this.#carried(term, axes, user);
      case "share":
        return this.#share(term, axes, user);
      case "softmax":
        return this.#softmax(term, axes, user);
      case "allocate":
        return this.#allocate(term, axes, user);
      case "halved":
        return this.#halvings.lower(term, axes, user, (t, scope, node) => this.lower(t, scope, node));
    }
  }

  /** Slots and a node for a hidden value over some axes, with the loops of its statement. */
  begin(axes: readonly AxisVariable[], user: Node): { place: HiddenPlace; scope: LoopScope; target: Place } {
    const node = this.#graph.hiddenNode(user);
    const base = this.#graph.allocate(user.name, "hidden", sizeOf(axes));
    const scope = new LoopScope();
    for (const axis of axes) scope.open(axis);
    const place = { base, axes, readOrder: inOrder(axes), node, past: null };
    return { place, scope, target: hiddenTarget(base, axes, scope) };
  }

  #assign(
    axes: readonly AxisVariable[],
    user: Node,
    value: (scope: LoopScope, node: Node) => IrExpression,
  ): HiddenPlace {
    const { place, scope, target } = this.begin(axes, user);
    const expression = value(scope, place.node);
    place.node.statements.push({ kind: "assign", loops: scope.loops, target, value: expression });
    return place;
  }

  #reduceOver(
    op: "sum" | "product" | "minimum" | "maximum",
    axes: readonly AxisVariable[],
    over: AxisVariable,
    user: Node,
    value: (scope: LoopScope, node: Node) => IrExpression,
  ): HiddenPlace {
    const { place, scope, target } = this.begin(axes, user);
    const loop = scope.bindLoop(over);
    const expression = value(scope, place.node);
    place.node.statements.push({ kind: "reduce", op, loops: scope.loops, over: loop, target, value: expression });
    return place;
  }

  #reduce(term: Extract<Hidden, { kind: "reduce" }>, axes: readonly AxisVariable[], user: Node): HiddenPlace {
    return this.#reduceOver(term.op, axes, term.axis, user, (scope, node) => this.lower(term.body, scope, node));
  }

  /** Reads a hidden place whose axes are all bound in `scope`, and notes it. */
  #from(place: HiddenPlace, scope: LoopScope, node: Node): IrExpression {
    node.reads.add(place.node);
    return loadStored(place, place.axes.map(atAxis), scope);
  }

  #share(term: Normalised, axes: readonly AxisVariable[], user: Node): HiddenPlace {
    const rest = axes.filter((a) => a !== term.outer);
    const all = [...rest, term.inner];
    const values = this.#assign(all, user, (scope, node) => this.lower(term.body, scope, node));
    const total = this.#reduceOver("sum", rest, term.inner, user, (scope, node) => this.#from(values, scope, node));
    const shares = this.#assign(all, user, (scope, node) => ({
      kind: "binary",
      op: "divide",
      left: this.#from(values, scope, node),
      right: this.#from(total, scope, node),
    }));
    return readAtOuter(shares, axes, term.outer);
  }

  #softmax(term: Normalised, axes: readonly AxisVariable[], user: Node): HiddenPlace {
    const rest = axes.filter((a) => a !== term.outer);
    const all = [...rest, term.inner];
    const values = this.#assign(all, user, (scope, node) => this.lower(term.body, scope, node));
    const largest = this.#reduceOver("maximum", rest, term.inner, user, (scope, node) =>
      this.#from(values, scope, node),
    );
    const powers = this.#assign(all, user, (scope, node) => {
      const [left, right] = [this.#from(values, scope, node), this.#from(largest, scope, node)];
      return { kind: "unary", op: "exp", operand: { kind: "binary", op: "subtract", left, right } };
    });
    const total = this.#reduceOver("sum", rest, term.inner, user, (scope, node) => this.#from(powers, scope, node));
    const shares = this.#assign(all, user, (scope, node) => ({
      kind: "binary",
      op: "divide",
      left: this.#from(powers, scope, node),
      right: this.#from(total, scope, node),
    }));
    return readAtOuter(shares, axes, term.outer);
  }

  #allocate(term: Extract<Hidden, { kind: "allocate" }>, axes: readonly AxisVariable[], user: Node): HiddenPlace {
    const rest = axes.filter((a) => a !== term.outer);
    const all = [...rest, term.inner];
    const node = this.#graph.hiddenNode(user);
    const base = this.#graph.allocate(user.name, "hidden", sizeOf(all));
    const scope = new LoopScope();
    for (const axis of rest) scope.open(axis);
    const over = scope.bindLoop(term.inner);
    const target = hiddenTarget(base, all, scope);
    const [amount, weight, cap] = [term.amount, term.weight, term.cap].map((t) => this.lower(t, scope, node));
    const parts = { amount: amount!, weight: weight!, cap: cap! };
    node.statements.push({ kind: "allocate", loops: scope.loops, over, target, ...parts });
    return readAtOuter({ base, axes: all, readOrder: [], node, past: null }, axes, term.outer);
  }

  #initial(term: Extract<Hidden, { kind: "initial" }>, axes: readonly AxisVariable[], user: Node): HiddenPlace {
    return this.#atStart(term.body, axes, user);
  }

  /** A value that is computed at the start and then kept. */
  #atStart(body: Term, axes: readonly AxisVariable[], user: Node): HiddenPlace {
    const place = this.#assign(axes, user, (scope, node) => this.lower(body, scope, node));
    place.node.phase = "initial";
    return place;
  }

  #past(term: Extract<Hidden, { kind: "past" }>, axes: readonly AxisVariable[], user: Node): HiddenPlace {
    const { body, initial, most } = term;
    const present = this.#assign(axes, user, (scope, node) => this.lower(body, scope, node));
    const first = initial === body ? present : this.#atStart(initial, axes, user);
    const steps = foldConstant(term.lag);
    if (steps !== null) {
      const whole = Math.min(Math.max(round(steps), 1), most);
      return this.#ring(present, first, whole + 1, { steps: whole }, user);
    }
    const lag: Term = smaller(larger(unary("round", term.lag), constantTerm(1)), constantTerm(most));
    const lags = this.#atStart(lag, axes, user);
    const place = this.#ring(present, first, most + 1, { base: lags.base }, user);
    place.node.reads.add(lags.node);
    return place;
  }

  /** Copies of the past of a place, filled at the start with another. */
  #ring(present: HiddenPlace, first: HiddenPlace, copies: number, lag: Lag, user: Node): HiddenPlace {
    const { axes } = present;
    const size = sizeOf(axes);
    const node = this.#graph.hiddenNode(user);
    node.phase = "past";
    node.reads.add(first.node);
    const base = this.#graph.allocate(user.name, "hidden", size * copies);
    node.statements.push({ kind: "fill-past", from: first.base, to: base, size, copies });
    this.#graph.past.push({ kind: "keep-past", from: present.base, to: base, size, copies });
    return { base, axes, readOrder: inOrder(axes), node, past: { copies, size, lag } };
  }

  /** A hidden stock: a node that gives its value at the start, and one for its net flow. */
  #integral(term: Extract<Hidden, { kind: "integral" }>, axes: readonly AxisVariable[], user: Node): HiddenPlace {
    const level = this.#assign(axes, user, (scope, node) => this.lower(term.initial, scope, node));
    level.node.phase = "state";
    const net = this.#withSelf(level, () =>
      this.#assign(axes, user, (scope, node) => this.lower(term.net, scope, node)),
    );
    const stock = { name: user.name, base: level.base, size: sizeOf(axes), net: net.base };
    this.#graph.hiddenStocks.push(stock);
    return level;
  }

  /** A value that is computed from what it was a step ago. */
  #carried(term: Extract<Hidden, { kind: "carried" }>, axes: readonly AxisVariable[], user: Node): HiddenPlace {
    const first = this.#atStart(term.initial, axes, user);
    const { place, scope, target } = this.begin(axes, user);
    place.node.oncePerStep = true;
    const before = this.#ring(place, first, 2, { steps: 1 }, user);
    const value = this.#withSelf(before, () => this.lower(term.next, scope, place.node));
    place.node.statements.push({ kind: "assign", loops: scope.loops, target, value });
    return place;
  }

  #withSelf<T>(place: HiddenPlace, lower: () => T): T {
    const outer = this.#self;
    this.#self = place;
    const result = lower();
    this.#self = outer;
    return result;
  }

  /** Weights of a group over its whole dimension, 0 for those that are no members. */
  #groupWeights(group: Group): HiddenPlace {
    const known = this.#weights.get(group);
    if (known) return known;
    const { dimension } = group;
    const axis: AxisVariable = { name: dimension.name, dimension, from: 0, to: dimension.elements.length };
    const node = this.#graph.hiddenNode({ name: group.name });
    const base = this.#graph.allocate(group.name, "hidden", dimension.elements.length);
    const weights = new Map(group.members.map((m) => [m.position, m.weight]));
    for (let position = 0; position < dimension.elements.length; position++) {
      const weight = weights.get(position) ?? 0;
      const target: Place = { base: base + position, terms: [], guards: [] };
      const value: IrExpression =
        typeof weight === "number"
          ? constant(weight)
          : { kind: "load", place: { base: this.#graph.baseOf(weight), terms: [], guards: [] } };
      node.statements.push({ kind: "assign", loops: [], target, value } satisfies Statement);
    }
    const place: HiddenPlace = { base, axes: [axis], readOrder: [0], node, past: null };
    this.#weights.set(group, place);
    return place;
  }
}

function axisValue(term: Extract<Term, { kind: "axis" }>, scope: LoopScope): IrExpression {
  const at = scope.of(term.axis);
  const { numbers } = term.axis.dimension;
  if (typeof at === "number") return constant(term.value === "position" ? at + 1 : numbers![at]!);
  if (term.value === "position") return { kind: "loop-value", loop: at.id, offset: 1 };
  const first = numbers![0]!;
  if (numbers!.every((n, i) => n === first + i)) return { kind: "loop-value", loop: at.id, offset: first };
  // Uneven numbers: a chain of choices by position, exact and rare.
  return numbers!.reduceRight<IrExpression>((ifFalse, n, i) => {
    const position: IrExpression = { kind: "loop-value", loop: at.id, offset: 0 };
    const condition: IrExpression = { kind: "binary", op: "equal", left: position, right: constant(i) };
    return { kind: "select", condition, ifTrue: constant(n), ifFalse };
  }, constant(0));
}
