/** Subscripts of variables that are read: names, slices, mappings and numbers to indices of our language. */
import type { Span } from "../../diagnostics/source.ts";
import type { Expression } from "../equation.ts";
import { ExpressionBuilder } from "./build-expression.ts";
import type { Families, Family, Range } from "./families.ts";
import type { ForeignExpression, ForeignSubscript } from "./foreign-model.ts";
import { type Bound, type Index, indexAlong, NotCompact, type Scope } from "./scope.ts";
import type { ExpressionTranslator } from "./translate-expression.ts";
import type { TranslationContext } from "./translation-context.ts";
import type { VariableInfo } from "./variable-info.ts";

/** What gives the positions of a range: an axis of the scope, and for each of its positions the one meant. */
export interface Lead {
  readonly bound: Bound;
  readonly target: (position: number, at: number) => number | null;
}

export class SubscriptResolver {
  readonly #t: ExpressionTranslator;
  readonly #context: TranslationContext;

  constructor(t: ExpressionTranslator, context: TranslationContext) {
    this.#t = t;
    this.#context = context;
  }

  /** The subscripts of a variable that is read; null where one has an error. */
  indices(
    variable: VariableInfo,
    subscripts: readonly ForeignSubscript[] | null,
    span: Span,
    scope: Scope,
  ): Index<Expression>[] | null {
    const { axes, foreign } = variable;
    if (subscripts === null) return this.ownAxes(variable, span, scope, false);
    if (subscripts.length !== axes.length) {
      const data = { name: foreign.name.text, given: subscripts.length, takes: axes.length };
      this.#t.fail("foreign-subscript-count", span, data);
      return null;
    }
    const seen = new Map<string, number>();
    const indices = subscripts.map((s, i) => {
      const key = boundKey(s, variable, i);
      const nth = seen.get(key) ?? 0;
      seen.set(key, nth + 1);
      return this.#index(s, variable, i, scope, nth);
    });
    return indices.some((i) => i === null) ? null : (indices as Index<Expression>[]);
  }

  /**
   * A bare name: its own dimensions, which the equation must have or a reduction run over. Dimensions are matched by name, so that `x'`
   * (XMILE 1.0, section 3.7.3) differs only where one stands twice.
   */
  ownAxes(variable: VariableInfo, span: Span, scope: Scope, transposed: boolean): Index<Expression>[] | null {
    const keys = variable.axes.map((axis) => axis.range?.key ?? "");
    const count = (key: string) => keys.filter((k) => k === key).length;
    const seen = new Map<string, number>();
    const indices = variable.axes.map((axis) => {
      const key = axis.range?.key ?? "";
      const before = seen.get(key) ?? 0;
      seen.set(key, before + 1);
      const nth = transposed ? count(key) - 1 - before : before;
      const bound = axis.range && (nthBound(scope, `${key}*`, nth) ?? nthBound(scope, key, nth));
      if (bound && bound.family === axis.family) return indexAlong(bound, axis.family, (p) => p);
      const found = axis.range && this.leadTo(axis.range, axis.family, scope);
      return found ? indexAlong(found.bound, axis.family, found.target) : null;
    });
    if (indices.every((i) => i !== null)) return indices as Index<Expression>[];
    const names = variable.axes.map((a) => a.range?.text ?? a.axis);
    this.#t.fail("foreign-missing-subscripts", span, { name: variable.foreign.name.text, dimensions: names });
    return null;
  }

  #index(s: ForeignSubscript, variable: VariableInfo, i: number, scope: Scope, nth: number): Index<Expression> | null {
    const { family, range } = variable.axes[i]!;
    switch (s.kind) {
      case "name":
        return this.#namedIndex(s, variable, i, scope, nth);
      case "wildcard": {
        const bound = nthBound(scope, boundKey(s, variable, i), nth);
        if (bound) return indexAlong(bound, family, (p) => (family === bound.family ? p : null));
        this.#t.fail("foreign-subscript", s.span, {
          name: variable.foreign.name.text,
          subscript: "*",
          problem: "wildcard",
        });
        return null;
      }
      case "range": {
        const bound = nthBound(scope, boundKey(s, variable, i), 0);
        if (bound) return indexAlong(bound, family, (p) => p);
        this.#t.fail("foreign-subscript", s.span, {
          name: variable.foreign.name.text,
          subscript: ":",
          problem: "wildcard",
        });
        return null;
      }
      case "expression":
        return this.#computedIndex(s.expression, family, range, scope);
    }
  }

  #namedIndex(
    s: Extract<ForeignSubscript, { kind: "name" }>,
    variable: VariableInfo,
    i: number,
    scope: Scope,
    nth: number,
  ): Index<Expression> | null {
    const { families, variables, dialect } = this.#context;
    const { name } = s;
    const { family, range: own } = variable.axes[i]!;
    const range = families.range(name.key);
    const position = family.positions.get(name.key);
    if (range && !(dialect === "xmile" && position !== undefined && !scope.some((b) => b.key === name.key))) {
      const key = boundKey(s, variable, i);
      const same = nthBound(scope, key, nth) ?? nthBound(scope, key, 0);
      if (same && same.family === family) return indexAlong(same, family, (p) => p);
      const found = this.leadTo(range, family, scope);
      const index = found && indexAlong(found.bound, family, found.target);
      if (index) return index;
      // In XMILE a dimension of the left side stands for its elements where another one has them, too, else for their numbers (1.0, section
      // 3.7.1).
      const bound = dialect === "xmile" ? scope.findLast((b) => b.key === name.key) : undefined;
      if (bound) {
        const byName = indexAlong(bound, family, (p) => family.positions.get(bound.family.elements[p]!.key) ?? null);
        if (byName) return byName;
        const e: ForeignExpression = { kind: "name", name, subscripts: null, transposed: false, span: name.span };
        return this.#computedIndex(e, family, own, scope);
      }
      const data = { name: variable.foreign.name.text, subscript: name.text, problem: "not-on-left" } as const;
      this.#t.fail("foreign-subscript", name.span, data);
      return null;
    }
    if (position !== undefined) return { kind: "element", position };
    if (dialect === "xmile" && variables.has(name.key)) {
      const e: ForeignExpression = { kind: "name", name, subscripts: null, transposed: false, span: name.span };
      return this.#computedIndex(e, family, own, scope);
    }
    const known = families.familiesOf(name.key).length > 0;
    const problem = known ? "other-dimension" : "unknown";
    this.#t.fail("foreign-subscript", name.span, { name: variable.foreign.name.text, subscript: name.text, problem });
    return null;
  }

  /**
   * What gives the positions of a range in an equation that may not name it on its left: the range itself, another of its family, or
   * one that is mapped to it or from it.
   */
  leadTo(range: Range, family: Family, scope: Scope): Lead | null {
    if (range.family !== family) return null;
    const inner = [...scope].reverse();
    const same = inner.find((b) => b.key === range.key);
    if (same && same.family === family) return { bound: same, target: (p) => p };
    for (const bound of inner) {
      const mapped = mappedTarget(bound, range, this.#context.families);
      if (mapped) return { bound, target: mapped };
    }
    const members = new Set(range.positions);
    const sibling = inner.find((b) => b.family === family && currentPositions(b).every((p) => members.has(p)));
    return sibling ? { bound: sibling, target: (p) => p } : null;
  }

  /** XMILE: a subscript may be any expression; outside the dimension the value is 0 (1.0, section 3.7.1). */
  #computedIndex(e: ForeignExpression, family: Family, range: Range | null, scope: Scope): Index<Expression> | null {
    const positions = range?.positions ?? family.elements.map((_, i) => i);
    const constant = this.#constantIndex(e, scope);
    if (constant !== null) {
      const position = positions[constant - 1];
      return position === undefined
        ? { kind: "computed", index: new ExpressionBuilder(e.span).number(0) }
        : { kind: "element", position };
    }
    const offset = this.#offsetIndex(e, family, positions, scope);
    if (offset) return offset;
    if (positions.some((p, i) => p !== positions[0]! + i)) {
      this.#t.fail("foreign-subscript", e.span, { name: "", subscript: "…", problem: "computed" });
      return null;
    }
    const b = new ExpressionBuilder(e.span);
    const number = b.call("floor", this.#t.translate(e, scope));
    return { kind: "computed", index: positions[0] === 0 ? number : b.add(number, b.number(positions[0]!)) };
  }

  #constantIndex(e: ForeignExpression, scope: Scope): number | null {
    if (e.kind === "number") return Math.floor(e.value);
    if (scope.some((b) => b.at === null) && mentionsScope(e, scope)) return null;
    if (!onlyPositions(e, this.#context.families)) return null;
    const value = this.#context.startValue(e, scope);
    return value === null ? null : Math.floor(value);
  }

  /** `Dim - 1`, along the same dimension as a whole. */
  #offsetIndex(e: ForeignExpression, family: Family, positions: readonly number[], scope: Scope): Index<never> | null {
    const part = e.kind === "binary" && (e.operator === "+" || e.operator === "-") ? e : null;
    const name = part ? part.left : e;
    if (name.kind !== "name" || (part && part.right.kind !== "number")) return null;
    const bound = [...scope].reverse().find((b) => b.key === name.name.key);
    if (!bound || bound.at !== null) return null;
    const shift = part?.right.kind === "number" ? (part.operator === "+" ? part.right.value : -part.right.value) : 0;
    if (!Number.isInteger(shift)) return null;
    const isWhole = (p: readonly number[]) => p.length === family.elements.length && p.every((x, i) => x === i);
    if (bound.family !== family || !isWhole(positions) || !isWhole(bound.positions)) throw new NotCompact(bound);
    return { kind: "axis", axis: bound.axis, offset: shift };
  }
}

const currentPositions = (b: Bound): readonly number[] => (b.at === null ? b.positions : [b.positions[b.at]!]);

const nthBound = (scope: Scope, key: string, nth: number): Bound | null =>
  scope.filter((b) => b.key === key)[nth] ?? null;

/** How the elements of a bound give those of a range, by a mapping of one to the other (Vensim reference manual, "Subscript Mapping"). */
function mappedTarget(
  bound: Bound,
  range: Range,
  families: Families,
): ((p: number, at: number) => number | null) | null {
  for (const from of families.ranges.values()) {
    // The bound's own range, or one that has its elements.
    const isBound = from.family === bound.family && currentPositions(bound).every((p) => from.positions.includes(p));
    if (!isBound) continue;
    const there = from.mappings.find((m) => m.to === range.key);
    if (there) {
      return (p) => {
        const targets = there.targets[from.positions.indexOf(p)];
        return targets?.[0] ?? null;
      };
    }
    const back = range.mappings.find((m) => m.to === from.key);
    if (back) {
      return (p) => {
        const i = back.targets.findIndex((t) => t.includes(p));
        return i < 0 ? null : range.positions[i]!;
      };
    }
  }
  return null;
}

/** The name under which what a subscript runs over is bound: `D` of the left side, `D!` and `*` of a reduction. */
export function boundKey(s: ForeignSubscript, variable: VariableInfo, axis: number): string {
  if (s.kind === "name") return s.bang ? `${s.name.key}!` : s.name.key;
  if (s.kind === "wildcard") return `${s.of?.key ?? variable.axes[axis]!.range?.key ?? ""}*`;
  return `${s.span.path}:${s.span.start}`;
}

function mentionsScope(e: ForeignExpression, scope: Scope): boolean {
  if (e.kind === "name") return scope.some((b) => b.key === e.name.key && b.at === null);
  if (e.kind === "unary") return mentionsScope(e.operand, scope);
  if (e.kind === "binary") return mentionsScope(e.left, scope) || mentionsScope(e.right, scope);
  if (e.kind === "call") return e.arguments.some((a) => mentionsScope(a, scope));
  return false;
}

/** Whether an expression is made of numbers and dimensions alone. */
function onlyPositions(e: ForeignExpression, families: Families): boolean {
  if (e.kind === "number") return true;
  if (e.kind === "name") return families.range(e.name.key) !== null || families.familiesOf(e.name.key).length > 0;
  if (e.kind === "unary") return onlyPositions(e.operand, families);
  if (e.kind === "binary") return onlyPositions(e.left, families) && onlyPositions(e.right, families);
  return false;
}
