/** Calls of functions that run through dimensions. */
import { nearestNames } from "../diagnostics/nearest.ts";
import {
  add,
  binary,
  constant,
  divide,
  multiply,
  power,
  select,
  storedIfLarge,
  subtract,
  unary,
} from "./build-term.ts";
import type { Group } from "./model.ts";
import type { Call } from "./resolve-call.ts";
import type { EquationResolver, Scope } from "./resolve-equation.ts";
import type { AxisVariable, ReduceOp, Term } from "./term.ts";

/** A dimension, alias or group that a reduction runs through, and the axis it binds. */
interface Binding {
  readonly axis: AxisVariable;
  readonly group: Group | null;
}

function bindingOf(resolver: EquationResolver, call: Call, argument: number): Binding | null {
  const at = call.arguments[argument]!;
  const { symbols, diagnostics } = resolver;
  if (at.kind === "name") {
    const axis = symbols.axes.get(at.name);
    if (axis) {
      const to = axis.dimension.elements.length;
      return { axis: { name: axis.name, dimension: axis.dimension, from: 0, to }, group: null };
    }
    const group = symbols.groups.get(at.name);
    if (group) {
      const { dimension, range } = group;
      const [from, to] = range ? [range.from, range.to] : [0, dimension.elements.length];
      return { axis: { name: dimension.name, dimension, from, to }, group: range ? null : group };
    }
    if (!symbols.variables.has(at.name)) {
      if (symbols.broken.has(at.name)) return null;
      const near = nearestNames(at.name, [...symbols.axes.keys(), ...symbols.groups.keys()]);
      diagnostics.add("unknown-dimension", at.span, { name: at.name, near });
      return null;
    }
  }
  diagnostics.add("argument-not-dimension", at.span, { name: call.name, found: at.kind === "name" ? at.name : "…" });
  return null;
}

/** The bindings of the arguments from one on, and the scope inside them. */
function bindAll(
  resolver: EquationResolver,
  call: Call,
  scope: Scope,
  first = 1,
): { bindings: Binding[]; inner: Scope } | null {
  const inner = new Map(scope);
  const bindings: Binding[] = [];
  for (let i = first; i < call.arguments.length; i++) {
    const binding = bindingOf(resolver, call, i);
    if (!binding) continue;
    inner.set(binding.axis.name, binding.axis);
    bindings.push(binding);
  }
  // Every argument is looked at, so that two misspelt dimensions are two errors at once.
  return bindings.length === call.arguments.length - first ? { bindings, inner } : null;
}

function reduceOver(bindings: readonly Binding[], op: ReduceOp, body: Term): Term {
  return bindings.reduceRight<Term>((inner, { axis, group }) => {
    if (!group) return { kind: "reduce", op, axis, body: inner };
    const weight: Term = { kind: "group-weight", group, axis };
    const isMember = binary("unequal", weight, constant(0));
    const neutral = { sum: 0, product: 1, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY }[op];
    const member = op === "sum" ? multiply(weight, inner) : inner;
    return { kind: "reduce", op, axis, body: select(isMember, member, constant(neutral)) };
  }, body);
}

export function resolveReduce(resolver: EquationResolver, call: Call, op: ReduceOp, scope: Scope): Term | null {
  const bound = bindAll(resolver, call, scope);
  if (!bound) return null;
  const body = resolver.resolve(call.arguments[0]!, bound.inner);
  return body && reduceOver(bound.bindings, op, body);
}

/** The number of elements, or the sum of weights where a group has some. */
function countOf(bindings: readonly Binding[]): Term {
  if (bindings.some((b) => b.group !== null)) return reduceOver(bindings, "sum", constant(1));
  return constant(bindings.reduce((n, { axis }) => n * (axis.to - axis.from), 1));
}

const meanOf = (bindings: readonly Binding[], body: Term): Term =>
  divide(reduceOver(bindings, "sum", body), countOf(bindings));

export function resolveMean(resolver: EquationResolver, call: Call, scope: Scope): Term | null {
  const bound = bindAll(resolver, call, scope);
  if (!bound) return null;
  const body = resolver.resolve(call.arguments[0]!, bound.inner);
  return body && meanOf(bound.bindings, body);
}

export function resolveStandardDeviation(resolver: EquationResolver, call: Call, scope: Scope): Term | null {
  const bound = bindAll(resolver, call, scope);
  if (!bound) return null;
  const body = resolver.resolve(call.arguments[0]!, bound.inner);
  if (!body) return null;
  const value = storedIfLarge(body);
  const distance = subtract(value, meanOf(bound.bindings, value));
  return unary("sqrt", meanOf(bound.bindings, power(distance, constant(2))));
}

export function resolveCount(resolver: EquationResolver, call: Call, scope: Scope): Term | null {
  const bound = bindAll(resolver, call, scope, 0);
  return bound && countOf(bound.bindings);
}

export function resolvePosition(resolver: EquationResolver, call: Call, scope: Scope): Term | null {
  const axis = axisInScope(resolver, call, 0, scope);
  return axis && { kind: "axis", axis, value: "position" };
}

/** An argument that must be a dimension or alias in scope. */
function axisInScope(resolver: EquationResolver, call: Call, argument: number, scope: Scope): AxisVariable | null {
  const at = call.arguments[argument]!;
  const axis = at.kind === "name" ? scope.get(at.name) : undefined;
  if (axis) return axis;
  if (at.kind === "name" && resolver.symbols.axes.has(at.name)) {
    resolver.diagnostics.add("dimension-not-in-scope", at.span, { name: at.name, scope: [...scope.keys()] });
  } else if (at.kind !== "name" || !resolver.symbols.broken.has(at.name)) {
    const found = at.kind === "name" ? at.name : "…";
    resolver.diagnostics.add("argument-not-dimension", at.span, { name: call.name, found });
  }
  return null;
}

/** A fresh axis over the whole dimension of an axis in scope, under the same name. */
function freshAxis(outer: AxisVariable, scope: Scope): { inner: AxisVariable; innerScope: Scope } {
  const inner: AxisVariable = {
    name: outer.name,
    dimension: outer.dimension,
    from: 0,
    to: outer.dimension.elements.length,
  };
  return { inner, innerScope: new Map(scope).set(outer.name, inner) };
}

export function resolveNormalised(
  resolver: EquationResolver,
  call: Call,
  kind: "softmax" | "share",
  scope: Scope,
): Term | null {
  const outer = axisInScope(resolver, call, 1, scope);
  if (!outer) return null;
  const { inner, innerScope } = freshAxis(outer, scope);
  const body = resolver.resolve(call.arguments[0]!, innerScope);
  return body && { kind, inner, outer, body };
}

/**
 * The rank of an element, or the position of the element that has a rank: by counting, for each element, those that come
 * before it. A value that is not a number makes every rank it enters not a number.
 */
export function resolveRank(
  resolver: EquationResolver,
  call: Call,
  kind: "rank" | "sort_order",
  direction: 1 | -1,
  scope: Scope,
): Term | null {
  const outer = axisInScope(resolver, call, 1, scope);
  if (!outer) return null;
  const { inner, innerScope } = freshAxis(outer, scope);
  const body = resolver.resolve(call.arguments[0]!, innerScope);
  if (!body) return null;
  const at = (axis: AxisVariable): Term => ({ kind: "along", inner, outer: axis, body });
  const other = freshAxis(outer, scope).inner;
  if (kind === "rank") return rankOf(at, outer, other, direction);
  const candidate = freshAxis(outer, scope).inner;
  const rank = rankOf(at, candidate, other, direction);
  const isIt = binary("equal", rank, positionOf(outer));
  const place = select(isIt, positionOf(candidate), multiply(constant(0), rank));
  return { kind: "reduce", op: "sum", axis: candidate, body: place };
}

const positionOf = (axis: AxisVariable): Term => ({ kind: "axis", axis, value: "position" });

function rankOf(at: (axis: AxisVariable) => Term, own: AxisVariable, other: AxisVariable, direction: 1 | -1): Term {
  const [mine, theirs] = [at(own), at(other)];
  const ahead = binary(direction > 0 ? "less" : "greater", theirs, mine);
  const earlier = binary("less", positionOf(other), positionOf(own));
  const comesFirst = binary("or", ahead, binary("and", binary("equal", theirs, mine), earlier));
  const before: Term = { kind: "reduce", op: "sum", axis: other, body: add(comesFirst, multiply(constant(0), theirs)) };
  return add(constant(1), before);
}

export function resolveAllocate(resolver: EquationResolver, call: Call, scope: Scope): Term | null {
  const outer = axisInScope(resolver, call, 3, scope);
  if (!outer) return null;
  const { inner, innerScope } = freshAxis(outer, scope);
  const without = new Map(scope);
  without.delete(outer.name);
  const amount = resolver.resolve(call.arguments[0]!, without);
  const weight = resolver.resolve(call.arguments[1]!, innerScope);
  const cap = resolver.resolve(call.arguments[2]!, innerScope);
  return amount && weight && cap && { kind: "allocate", inner, outer, amount, weight, cap };
}

export function resolveGroupWeight(resolver: EquationResolver, call: Call, scope: Scope): Term | null {
  const at = call.arguments[0]!;
  const group = at.kind === "name" ? resolver.symbols.groups.get(at.name) : undefined;
  if (!group) {
    if (at.kind === "name" && resolver.symbols.broken.has(at.name)) return null;
    const name = at.kind === "name" ? at.name : "…";
    const near = nearestNames(name, resolver.symbols.groups.keys());
    resolver.diagnostics.add("unknown-group", at.span, { name, near });
    return null;
  }
  const axis = [...scope.values()].reverse().find((a) => a.dimension === group.dimension);
  if (!axis) {
    const data = { name: group.dimension.name, scope: [...scope.keys()] };
    resolver.diagnostics.add("dimension-not-in-scope", at.span, data);
    return null;
  }
  return { kind: "group-weight", group, axis };
}
