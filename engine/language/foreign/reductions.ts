/** Reductions: `SUM(x[D!])` of Vensim, `SUM(x[*])` of XMILE, and their like. */
import type { BinaryOperator, Expression } from "../equation.ts";
import type { ExpressionBuilder } from "./build-expression.ts";
import type { Family } from "./families.ts";
import type { ForeignExpression } from "./foreign-model.ts";
import { type Bound, freeAxis, NotCompact, type Scope } from "./scope.ts";
import { boundKey } from "./subscripts.ts";
import type { ExpressionTranslator } from "./translate-expression.ts";

export type Reduction = "sum" | "product" | "minimum" | "maximum";

const NEUTRAL: Readonly<Partial<Record<Reduction, number>>> = { sum: 0, product: 1 };
const JOIN: Readonly<Partial<Record<Reduction, BinaryOperator>>> = { sum: "+", product: "*" };

/** Functions whose arguments bind their own dimensions. */
const BINDING = new Set(["sum", "prod", "vmin", "vmax", "mean", "stddev", "size", "vector_select", "elmcount"]);

/** What an expression runs over by itself: dimensions with `!`, wildcards, and in XMILE dimensions that the left side has not. */
export function boundsOf(expressions: readonly ForeignExpression[], scope: Scope, t: ExpressionTranslator): Bound[] {
  const bounds: Bound[] = [];
  const add = (key: string, nth: number, family: Family, positions: readonly number[], range: Bound["range"]) => {
    if (bounds.filter((b) => b.key === key).length > nth) return;
    const axis = freeAxis([...scope, ...bounds], family);
    bounds.push({ key, range, family, axis, positions, at: null });
  };
  const { variables, families, dialect } = t.context;
  const visit = (e: ForeignExpression): void => {
    if (e.kind === "unary") visit(e.operand);
    if (e.kind === "binary") {
      visit(e.left);
      visit(e.right);
    }
    if (e.kind === "call") {
      if (e.subscripts) subscripts(e.name.key, e.subscripts);
      if (!BINDING.has(e.name.key)) for (const a of e.arguments) visit(a);
    }
    if (e.kind === "name") {
      const range = e.bang ? families.range(e.name.key) : null;
      if (e.subscripts) subscripts(e.name.key, e.subscripts);
      else if (range) add(`${range.key}!`, 0, range.family, range.positions, range);
      else if (dialect === "xmile") bare(e.name.key);
    }
  };
  const bare = (key: string): void => {
    const counts = new Map<string, number>();
    for (const { range } of variables.get(key)?.axes ?? []) {
      if (!range) continue;
      const nth = counts.get(range.key) ?? 0;
      counts.set(range.key, nth + 1);
      add(`${range.key}*`, nth, range.family, range.positions, range);
    }
  };
  const subscripts = (
    name: string,
    list: readonly NonNullable<Extract<ForeignExpression, { kind: "name" }>["subscripts"]>[number][],
  ) => {
    const variable = variables.get(name);
    if (!variable || list.length !== variable.axes.length) return;
    const counts = new Map<string, number>();
    for (const [i, s] of list.entries()) {
      const key = boundKey(s, variable, i);
      const nth = counts.get(key) ?? 0;
      counts.set(key, nth + 1);
      const own = variable.axes[i]!;
      if (s.kind === "name") {
        const range = families.range(s.name.key);
        const isFree =
          dialect === "xmile" && !own.family.positions.has(s.name.key) && !scope.some((b) => b.key === s.name.key);
        if (range && (s.bang || isFree)) add(key, nth, range.family, range.positions, range);
      } else if (s.kind === "wildcard") {
        const range = s.of ? families.range(s.of.key) : own.range;
        const positions = range && positionsIn(own.family, range);
        if (range && positions) add(key, nth, own.family, positions, range);
      } else if (s.kind === "range") {
        const positions = writtenPositions(s, own.family, own.range?.positions ?? [], t, scope);
        if (positions) add(key, nth, own.family, positions, null);
      } else visit(s.expression);
    }
  };
  for (const e of expressions) visit(e);
  return bounds;
}

/** The positions of a range's elements in a family; XMILE's subdimensions have elements of the same names. */
function positionsIn(family: Family, range: NonNullable<Bound["range"]>): readonly number[] | null {
  if (range.family === family) return range.positions;
  const positions = range.positions.map((p) => family.positions.get(range.family.elements[p]!.key) ?? -1);
  return positions.includes(-1) ? null : positions;
}

/** `a:b`: both ends included, by name or position. */
function writtenPositions(
  s: { readonly from: ForeignExpression; readonly to: ForeignExpression },
  family: Family,
  own: readonly number[],
  t: ExpressionTranslator,
  scope: Scope,
): readonly number[] | null {
  const end = (e: ForeignExpression): number => {
    if (e.kind === "name" && e.subscripts === null) {
      const position = family.positions.get(e.name.key);
      if (position !== undefined) return own.indexOf(position);
    }
    const value = t.context.startValue(e, scope);
    return value === null ? -1 : Math.floor(value) - 1;
  };
  const [from, to] = [end(s.from), end(s.to)];
  const positions = from >= 0 && to >= from && to < own.length ? own.slice(from, to + 1) : [];
  if (positions.length > 0) return positions;
  t.fail("foreign-subscript", s.from.span, { name: "", subscript: ":", problem: "range" });
  return null;
}

/** An expression reduced over some bounds, compactly where our language can say it and else laid out. */
export function reduce(
  op: Reduction,
  bounds: readonly Bound[],
  scope: Scope,
  b: ExpressionBuilder,
  body: (scope: Scope) => Expression,
): Expression {
  const [bound, ...rest] = bounds;
  if (!bound) return body(scope);
  const inner = (at: Scope) => reduce(op, rest, at, b, body);
  const axis = compactAxis(op, bound, scope);
  if (axis !== null) {
    try {
      return axis(inner([...scope, bound]), b);
    } catch (error) {
      if (!(error instanceof NotCompact) || error.bound.axis !== bound.axis) throw error;
    }
  }
  const parts = bound.positions.map((_, at) => inner([...scope, { ...bound, at }]));
  const join = JOIN[op];
  if (join) return b.joined(join, parts, NEUTRAL[op]!);
  return parts.length === 1 ? parts[0]! : b.call(op === "minimum" ? "min" : "max", ...parts);
}

/** How a reduction over a bound is written, if it can be. */
function compactAxis(
  op: Reduction,
  { family, positions, axis }: Bound,
  scope: Scope,
): ((body: Expression, b: ExpressionBuilder) => Expression) | null {
  if (positions.length === family.elements.length) return (body, b) => b.call(op, body, b.name(axis));
  const group = family.groupName(positions);
  // A group is run through under the name of its dimension.
  if (axis === family.axisName(0) && !scope.some((s) => s.axis === axis)) {
    return (body, b) => b.call(op, body, b.name(group));
  }
  const neutral = NEUTRAL[op];
  if (neutral === undefined) return null;
  return (body, b) => {
    const isMember = b.binary("!=", b.call("group_weight", b.name(group)), b.number(0));
    return b.call(op, b.if(isMember, body, b.number(neutral)), b.name(axis));
  };
}

/** How many elements bounds have together. */
export const countOf = (bounds: readonly Bound[]): number => bounds.reduce((n, b) => n * b.positions.length, 1);
