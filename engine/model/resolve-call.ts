/** Calls of functions and lookups. */
import { nearestNames } from "../diagnostics/nearest.ts";
import type { Expression } from "../language/equation.ts";
import { FUNCTIONS, type FunctionEntry } from "./functions.ts";
import type { Group } from "./model.ts";
import type { EquationResolver, Scope } from "./resolve-equation.ts";
import type { AxisVariable, ReduceOp, Term } from "./term.ts";

type Call = Extract<Expression, { kind: "call" }>;

const constant = (value: number): Term => ({ kind: "constant", value });
const multiply = (left: Term, right: Term): Term => ({ kind: "binary", op: "multiply", left, right });
const divide = (left: Term, right: Term): Term => ({ kind: "binary", op: "divide", left, right });

/** The value of a term made of constants alone, or null. */
export function foldConstant(term: Term): number | null {
  if (term.kind === "constant") return term.value;
  if (term.kind === "unary" && term.op === "negate") {
    const value = foldConstant(term.operand);
    return value === null ? null : -value;
  }
  if (term.kind !== "binary") return null;
  const [a, b] = [foldConstant(term.left), foldConstant(term.right)];
  if (a === null || b === null) return null;
  if (term.op === "add") return a + b;
  if (term.op === "subtract") return a - b;
  if (term.op === "multiply") return a * b;
  if (term.op === "divide") return a / b;
  return null;
}

export function resolveCall(resolver: EquationResolver, call: Call, scope: Scope): Term | null {
  const { symbols, diagnostics } = resolver;
  const variable = symbols.variables.get(call.name);
  if (variable?.kind === "lookup") {
    if (!hasArity(resolver, call, 1, 1, `${call.name}(x)`)) return null;
    const x = resolver.resolve(call.arguments[0]!, scope);
    return x && { kind: "lookup", lookup: variable, x };
  }
  if (variable) {
    diagnostics.add("not-a-function", call.nameSpan, { name: call.name, kind: variable.kind });
    return null;
  }
  const entry = Object.hasOwn(FUNCTIONS, call.name) ? FUNCTIONS[call.name] : undefined;
  if (!entry) {
    if (!symbols.broken.has(call.name)) {
      const lookups = [...symbols.variables.values()].filter((v) => v.kind === "lookup").map((v) => v.name);
      const near = nearestNames(call.name, [...Object.keys(FUNCTIONS), ...lookups]);
      diagnostics.add("unknown-function", call.nameSpan, { name: call.name, near });
    }
    return null;
  }
  if (!hasArity(resolver, call, entry.atLeast, entry.atMost, entry.signature)) return null;
  return resolveFunction(resolver, call, entry, scope);
}

function hasArity(resolver: EquationResolver, call: Call, atLeast: number, atMost: number, signature: string): boolean {
  const given = call.arguments.length;
  if (given >= atLeast && given <= atMost) return true;
  resolver.diagnostics.add("argument-count", call.span, { name: call.name, given, atLeast, atMost, signature });
  return false;
}

function resolveFunction(resolver: EquationResolver, call: Call, entry: FunctionEntry, scope: Scope): Term | null {
  const { form } = entry;
  if (form.kind === "reduce") return resolveReduce(resolver, call, form.op, scope);
  if (form.kind === "special") return resolveSpecial(resolver, call, form.name, scope);
  const args = resolveAll(resolver, call.arguments, scope);
  if (!args) return null;
  if (form.kind === "unary") return { kind: "unary", op: form.op, operand: args[0]! };
  const [first, ...rest] = args;
  return rest.reduce<Term>((left, right) => ({ kind: "binary", op: form.op, left, right }), first!);
}

/** All arguments, or null if one has an error; every one is looked at. */
function resolveAll(resolver: EquationResolver, args: readonly Expression[], scope: Scope): Term[] | null {
  const terms = args.map((a) => resolver.resolve(a, scope));
  return terms.some((t) => t === null) ? null : (terms as Term[]);
}

type SpecialName = Extract<FunctionEntry["form"], { kind: "special" }>["name"];

function resolveSpecial(resolver: EquationResolver, call: Call, name: SpecialName, scope: Scope): Term | null {
  switch (name) {
    case "mean":
      return resolveMean(resolver, call, scope);
    case "softmax":
    case "share":
      return resolveNormalised(resolver, call, name, scope);
    case "allocate":
      return resolveAllocate(resolver, call, scope);
    case "group_weight":
      return resolveGroupWeight(resolver, call, scope);
    case "position": {
      const axis = axisInScope(resolver, call, 0, scope);
      return axis && { kind: "axis", axis, value: "position" };
    }
    case "history":
      return resolveHistory(resolver, call, scope);
    default: {
      const args = resolveAll(resolver, call.arguments, scope);
      return args && pointwise(name, args);
    }
  }
}

function pointwise(
  name: "clip" | "if" | "safe_divide" | "initial" | "step_at" | "ramp_between",
  args: readonly Term[],
): Term {
  const [a, b, c] = [args[0]!, args[1]!, args[2]];
  const time: Term = { kind: "time" };
  switch (name) {
    case "if":
      return { kind: "select", condition: a, ifTrue: b, ifFalse: c! };
    case "clip":
      return { kind: "binary", op: "min", left: { kind: "binary", op: "max", left: a, right: b }, right: c! };
    case "safe_divide": {
      const isZero: Term = { kind: "binary", op: "equal", left: b, right: constant(0) };
      return { kind: "select", condition: isZero, ifTrue: c ?? constant(0), ifFalse: divide(a, b) };
    }
    case "initial":
      return { kind: "initial", body: a };
    case "step_at":
      return { kind: "binary", op: "greater-equal", left: time, right: a };
    case "ramp_between": {
      const since: Term = { kind: "binary", op: "subtract", left: time, right: a };
      const length: Term = { kind: "binary", op: "subtract", left: b, right: a };
      const part: Term = {
        kind: "binary",
        op: "min",
        left: { kind: "binary", op: "max", left: divide(since, length), right: constant(0) },
        right: constant(1),
      };
      const instant: Term = { kind: "binary", op: "less-equal", left: length, right: constant(0) };
      const after: Term = { kind: "binary", op: "greater-equal", left: time, right: a };
      return { kind: "select", condition: instant, ifTrue: after, ifFalse: part };
    }
  }
}

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

/** The bindings of arguments 1 … n and the scope inside them. */
function bindAll(resolver: EquationResolver, call: Call, scope: Scope): { bindings: Binding[]; inner: Scope } | null {
  const inner = new Map(scope);
  const bindings: Binding[] = [];
  for (let i = 1; i < call.arguments.length; i++) {
    const binding = bindingOf(resolver, call, i);
    if (!binding) continue;
    inner.set(binding.axis.name, binding.axis);
    bindings.push(binding);
  }
  // Every argument is looked at, so that two misspelt dimensions are two errors at once.
  return bindings.length === call.arguments.length - 1 ? { bindings, inner } : null;
}

function reduceOver(bindings: readonly Binding[], op: ReduceOp, body: Term): Term {
  return bindings.reduceRight<Term>((inner, { axis, group }) => {
    if (!group) return { kind: "reduce", op, axis, body: inner };
    const weight: Term = { kind: "group-weight", group, axis };
    const isMember: Term = { kind: "binary", op: "unequal", left: weight, right: constant(0) };
    const neutral = { sum: 0, product: 1, minimum: Number.POSITIVE_INFINITY, maximum: Number.NEGATIVE_INFINITY }[op];
    const member = op === "sum" ? multiply(weight, inner) : inner;
    const value: Term = { kind: "select", condition: isMember, ifTrue: member, ifFalse: constant(neutral) };
    return { kind: "reduce", op, axis, body: value };
  }, body);
}

function resolveReduce(resolver: EquationResolver, call: Call, op: ReduceOp, scope: Scope): Term | null {
  const bound = bindAll(resolver, call, scope);
  if (!bound) return null;
  const body = resolver.resolve(call.arguments[0]!, bound.inner);
  return body && reduceOver(bound.bindings, op, body);
}

function resolveMean(resolver: EquationResolver, call: Call, scope: Scope): Term | null {
  const bound = bindAll(resolver, call, scope);
  if (!bound) return null;
  const body = resolver.resolve(call.arguments[0]!, bound.inner);
  if (!body) return null;
  const total = reduceOver(bound.bindings, "sum", body);
  const weighted = bound.bindings.some((b) => b.group !== null);
  const count = bound.bindings.reduce((n, { axis }) => n * (axis.to - axis.from), 1);
  return divide(total, weighted ? reduceOver(bound.bindings, "sum", constant(1)) : constant(count));
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

function resolveNormalised(
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

function resolveAllocate(resolver: EquationResolver, call: Call, scope: Scope): Term | null {
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

function resolveGroupWeight(resolver: EquationResolver, call: Call, scope: Scope): Term | null {
  const at = call.arguments[0]!;
  const group = at.kind === "name" ? resolver.symbols.groups.get(at.name) : undefined;
  if (!group) {
    if (at.kind === "name" && resolver.symbols.broken.has(at.name)) return null;
    const name = at.kind === "name" ? at.name : "…";
    resolver.diagnostics.add("unknown-group", at.span, {
      name,
      near: nearestNames(name, resolver.symbols.groups.keys()),
    });
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

function resolveHistory(resolver: EquationResolver, call: Call, scope: Scope): Term | null {
  const body = resolver.resolve(call.arguments[0]!, scope);
  const years = resolver.resolve(call.arguments[1]!, scope);
  if (!body || !years) return null;
  const value = foldConstant(years);
  const at = call.arguments[1]!.span;
  if (value === null || value <= 0) {
    resolver.diagnostics.add("argument-not-constant", at, { name: "history", argument: "years" });
    return null;
  }
  const { step } = resolver.time;
  const steps = (value * step.denominator) / step.numerator;
  if (!Number.isInteger(steps)) {
    resolver.diagnostics.add("history-not-whole", at, { years: value, step: step.numerator / step.denominator });
    return null;
  }
  return { kind: "history", body, steps };
}
