/** Vensim's VECTOR functions: order, rank, and elements chosen by number (Vensim reference manual, "Functions"). */
import type { Expression } from "../equation.ts";
import type { ExpressionBuilder } from "./build-expression.ts";
import type { ForeignExpression, ForeignSubscript } from "./foreign-model.ts";
import { written } from "./function-rules.ts";
import type { ForeignCall, FunctionTable } from "./functions.ts";
import { boundsOf, reduce } from "./reductions.ts";
import { type Bound, freeAxis, NotCompact, type Scope } from "./scope.ts";
import { boundKey } from "./subscripts.ts";

/** Vensim's value for "not available". */
export const NOT_AVAILABLE = -(2 ** 109);
/** Above all numbers that a minimum could find. */
const HUGE = Number.MAX_VALUE;

/** How many elements come before a bound's own: 0 for the first. */
export function orderIn(bound: Bound, b: ExpressionBuilder): Expression {
  if (bound.at !== null) return b.number(bound.at);
  const [first = 0] = bound.positions;
  if (bound.positions.some((p, i) => p !== first + i)) throw new NotCompact(bound);
  return b.subtract(b.call("position", b.name(bound.axis)), b.number(first + 1));
}

/** The bound that a vector runs along: that of the last subscript of the first array in it. */
export function vectorBound(call: ForeignCall, e: ForeignExpression): Bound | null {
  const { t, scope } = call;
  const found = lastBound(e, call) ?? boundsOf([e], scope, t).at(-1) ?? null;
  if (!found) t.fail("foreign-not-vector", e.span, { name: call.name.text });
  return found;
}

function lastBound(e: ForeignExpression, call: ForeignCall): Bound | null {
  const { t, scope } = call;
  if (e.kind === "unary") return lastBound(e.operand, call);
  if (e.kind === "binary") return lastBound(e.left, call) ?? lastBound(e.right, call);
  if (e.kind === "call") {
    for (const a of e.arguments) {
      const found = lastBound(a, call);
      if (found) return found;
    }
    return null;
  }
  if (e.kind !== "name" || !e.subscripts) return null;
  const variable = t.context.variables.get(e.name.key);
  if (!variable || variable.axes.length !== e.subscripts.length) return null;
  for (let i = e.subscripts.length - 1; i >= 0; i--) {
    const key = boundKey(e.subscripts[i]!, variable, i);
    const found = scope.find((s) => s.key === key) ?? freshBound(e.subscripts[i]!, call);
    if (found) return found;
  }
  return null;
}

/** A range that the left side has only by a mapping is run through as a whole. */
function freshBound(s: ForeignSubscript, { t, scope }: ForeignCall): Bound | null {
  const range = s.kind === "name" && !s.bang ? t.context.families.range(s.name.key) : null;
  if (!range) return null;
  const { key, family, positions } = range;
  return { key, range, family, axis: freeAxis(scope, family), positions, at: null };
}

/** The scope in which a bound is run through once more, by a second axis that hides it. */
export function runAgain(scope: Scope, bound: Bound): { readonly inner: Bound; readonly hidden: Scope } {
  const inner: Bound = { ...bound, axis: freeAxis(scope, bound.family), at: null };
  const hidden = scope.map((s) => (s === bound ? { ...s, key: `outer ${s.key}` } : s));
  return { inner, hidden };
}

/** How many of a vector's elements come before one of them in its order. */
function countBefore(call: ForeignCall, own: Scope, ownBound: Bound): Expression {
  const { b } = call;
  const mine = direct(call, own);
  const { inner, hidden } = runAgain(own, ownBound);
  return reduce("sum", [inner], hidden, b, (scope) => {
    const other = scope.find((s) => s.axis === inner.axis)!;
    const theirs = direct(call, scope);
    const earlier = b.binary("<", orderIn(other, b), orderIn(ownBound, b));
    const tie = b.binary("and", b.binary("==", theirs, mine), earlier);
    return b.if(b.binary("or", b.binary("<", theirs, mine), tie), b.number(1), b.number(0));
  });
}

/** The vector in rising order: its negative where the direction asks for a falling one. */
function direct(call: ForeignCall, scope: Scope): Expression {
  const { t, b, arguments: args } = call;
  const value = t.translate(args[0]!, scope);
  const known = t.context.constantValue(args[1]!, call.scope);
  if (known !== null) return known > 0 ? value : b.negate(value);
  return b.if(b.binary(">", t.translate(args[1]!, scope), b.number(0)), value, b.negate(value));
}

/** Every element that a bound has, with the scope in which it stands; the outer scope where the vector is bound by `!`. */
function withBound(scope: Scope, bound: Bound): Scope {
  return scope.includes(bound) ? scope : [...scope, bound];
}

/** VECTOR SORT ORDER(vector, direction): at the n-th place the number, from 0, of the element that comes n-th. */
function sortOrder(call: ForeignCall): Expression {
  const { scope, b } = call;
  const bound = vectorBound(call, call.arguments[0]!);
  if (!bound) return b.number(0);
  const outer = scope.includes(bound) ? bound : scope.findLast((s) => s.positions.length === bound.positions.length);
  const place = outer ? orderIn(outer, b) : b.number(0);
  const { inner, hidden } = runAgain(withBound(scope, bound), bound);
  return reduce("sum", [inner], hidden, b, (at) => {
    const candidate = at.find((s) => s.axis === inner.axis)!;
    const before = countBefore(call, at, candidate);
    return b.if(b.binary("==", before, place), orderIn(candidate, b), b.number(0));
  });
}

/** VECTOR RANK(vector, direction): the place of the element in the order, from 1. */
function vectorRank(call: ForeignCall): Expression {
  const { scope, b } = call;
  const bound = vectorBound(call, call.arguments[0]!);
  if (!bound) return b.number(0);
  if (scope.includes(bound)) return b.add(b.number(1), countBefore(call, scope, bound));
  // The left side runs over another range, element for element.
  const outer = scope.findLast((s) => s.positions.length === bound.positions.length);
  const place = outer ? orderIn(outer, b) : b.number(0);
  return reduce("sum", [bound], scope, b, (at) => {
    const own = at.find((s) => s.axis === bound.axis)!;
    const rank = b.add(b.number(1), countBefore(call, at, own));
    return b.if(b.binary("==", orderIn(own, b), place), rank, b.number(0));
  });
}

/** VECTOR REORDER(vector, order): the element whose number, from 0, the order gives. */
function reorder(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const bound = vectorBound(call, args[0]!);
  if (!bound) return b.number(0);
  const wanted = t.translate(args[1]!, scope);
  const { inner, hidden } = runAgain(withBound(scope, bound), bound);
  return reduce("sum", [inner], hidden, b, (at) => {
    const other = at.find((s) => s.axis === inner.axis)!;
    return b.if(b.binary("==", orderIn(other, b), b.call("round", wanted)), t.translate(args[0]!, at), b.number(0));
  });
}

/** VECTOR ELM MAP(x[e], offset): the element that comes `offset` places after the one named, in the whole of x, row by row. */
function elementMap(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const at = args[0]!;
  const variable = at.kind === "name" ? t.context.variables.get(at.name.key) : undefined;
  // Of an array that is computed in place the number counts from its first element.
  if (at.kind !== "name") return reorder(call);
  if (!variable || variable.axes.length === 0) return t.fail("foreign-not-vector", at.span, { name: call.name.text });
  const lengths = variable.axes.map((a) => a.range?.positions.length ?? a.family.elements.length);
  const positions = variable.axes.map((a) => a.range?.positions ?? a.family.elements.map((_, i) => i));
  const indices = t.subscripts.indices(variable, at.subscripts, at.span, scope);
  if (!indices) return b.number(0);
  const flat = (numbers: readonly Expression[]) =>
    numbers.reduce((sum, n, i) => b.add(b.multiply(sum, b.number(lengths[i]!)), n));
  const own = indices.map((index, i): Expression => {
    if (index.kind === "element") return b.number(Math.max(positions[i]!.indexOf(index.position), 0));
    if (index.kind === "computed") return index.index;
    const bound = scope.find((s) => s.axis === index.axis)!;
    const [first] = positions[i]!;
    if (positions[i]!.some((p, k) => p !== first! + k)) throw new NotCompact(bound);
    return b.add(b.call("position", b.name(index.axis)), b.number(index.offset - first! - 1));
  });
  const wanted = b.add(flat(own), b.call("round", t.translate(args[1]!, scope)));
  const bounds: Bound[] = [];
  for (const [i, axis] of variable.axes.entries()) {
    const free = freeAxis([...scope, ...bounds], axis.family);
    bounds.push({ key: "", range: axis.range, family: axis.family, axis: free, positions: positions[i]!, at: null });
  }
  const found = reduce("sum", bounds, scope, b, (inner) => {
    const here = bounds.map((x) => inner.find((s) => s.axis === x.axis)!);
    const read = t.readAt(
      variable,
      here.map((x) =>
        x.at === null ? { kind: "axis", axis: x.axis, offset: 0 } : { kind: "element", position: x.positions[x.at]! },
      ),
      inner,
      b,
    );
    return b.if(b.binary("==", flat(here.map((x) => orderIn(x, b))), wanted), read, b.number(0));
  });
  const count = lengths.reduce((n, l) => n * l, 1);
  const inside = b.binary("and", b.binary(">=", wanted, b.number(0)), b.binary("<", wanted, b.number(count)));
  return b.if(inside, found, b.number(NOT_AVAILABLE));
}

const ACTIONS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

/** VECTOR SELECT(selection, expression, missing, action, error action): the elements that are selected, put together. */
function select(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const known = t.context.constantValue(args[3]!, scope);
  const bounds = boundsOf(args.slice(0, 2), scope, t);
  const over = (
    op: Parameters<typeof reduce>[0],
    otherwise: number,
    value: (s: Expression, x: Expression) => Expression,
  ) =>
    reduce(op, bounds, scope, b, (inner) => {
      const [selection, x] = [t.translate(args[0]!, inner), t.translate(args[1]!, inner)];
      return b.if(b.binary("!=", selection, b.number(0)), value(selection, x), b.number(otherwise));
    });
  const weighted = (s: Expression, x: Expression) => b.multiply(s, x);
  const plain = (_: Expression, x: Expression) => x;
  const count = over("sum", 0, () => b.number(1));
  const value = (action: number): Expression | null => {
    const each = action <= 4 ? weighted : plain;
    switch (action) {
      case 0:
      case 6:
        return over("sum", 0, each);
      case 1:
      case 7:
        return over("product", 1, each);
      case 2:
      case 8:
        return over("minimum", HUGE, each);
      case 3:
      case 9:
        return over("maximum", -HUGE, each);
      case 4:
      case 10:
        return b.divide(over("sum", 0, each), count);
      case 5:
        return over("product", 1, (s, x) => b.call("power", x, s));
      default:
        return null;
    }
  };
  const at = (action: number) => value(action) ?? b.number(NOT_AVAILABLE);
  // An action that changes chooses among all.
  const actual = b.call("round", t.translate(args[3]!, scope));
  const chosen =
    known !== null
      ? at(Math.round(known))
      : ACTIONS.reduceRight(
          (rest, action) => b.if(b.binary("==", actual, b.number(action)), at(action), rest),
          b.number(NOT_AVAILABLE),
        );
  return b.if(b.binary("==", count, b.number(0)), t.translate(args[2]!, scope), chosen);
}

/**
 * RANK(array, n): the number, from 1, of the element that comes n-th in rising order. Of an array that the equation itself runs over,
 * RANK(array, direction) is the place of each element.
 */
export function elementOfRank(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  if (boundsOf([args[0]!], scope, t).length === 0) return vectorRank(call);
  const bound = boundsOf([args[0]!], scope, t).at(-1);
  if (!bound) return t.fail("foreign-not-vector", args[0]!.span, { name: call.name.text });
  const wanted = t.translate(args[1]!, scope);
  return reduce("sum", [bound], scope, b, (at) => {
    const candidate = at.find((s) => s.axis === bound.axis)!;
    const before = countBefore({ ...call, arguments: [args[0]!, ONE] }, at, candidate);
    const number = b.add(orderIn(candidate, b), b.number(1));
    return b.if(b.binary("==", b.add(before, b.number(1)), wanted), number, b.number(0));
  });
}

const ONE: ForeignExpression = { kind: "number", value: 1, span: { path: "", start: 0, end: 0 } };

export const VECTOR_FUNCTIONS: FunctionTable = {
  vector_sort_order: written(2, sortOrder),
  vector_rank: written(2, vectorRank),
  vector_reorder: written(2, reorder),
  vector_elm_map: written(2, elementMap),
  vector_select: written(5, select),
};
