/**
 * Expressions of Vensim and XMILE in our language. One translator serves one model; the dialect decides where both differ.
 *
 * A part that cannot be said along an axis as a whole throws {@link NotCompact}; whoever bound the axis lays it out.
 */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import { nearestNames } from "../../diagnostics/nearest.ts";
import type { Span } from "../../diagnostics/source.ts";
import type { BinaryOperator, Expression } from "../equation.ts";
import { ExpressionBuilder } from "./build-expression.ts";
import type { Families, Family, Range } from "./families.ts";
import type {
  Dialect,
  ForeignBinary,
  ForeignExpression,
  ForeignName,
  ForeignSubscript,
  ForeignTable,
} from "./foreign-model.ts";
import { type FunctionRule, ruleOf } from "./functions.ts";
import { type Bound, freeAxis, type Index, indexAlong, NotCompact, type Scope } from "./scope.ts";
import type { VariableInfo } from "./variable-info.ts";

/** Most nodes that the equations of one model may have in our language, laid out. */
const MAX_NODES = 4_000_000;

const OPERATORS: Readonly<Record<Exclude<ForeignBinary, "//">, BinaryOperator>> = {
  "+": "+",
  "-": "-",
  "*": "*",
  "/": "/",
  "^": "^",
  mod: "mod",
  "=": "==",
  "<>": "!=",
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
  and: "and",
  or: "or",
};

/** What the translation of a whole model shares. */
export interface TranslationContext {
  readonly dialect: Dialect;
  /** The file was converted from Vensim, and has Vensim's rules where both differ in numbers. */
  readonly fromVensim: boolean;
  readonly families: Families;
  readonly variables: ReadonlyMap<string, VariableInfo>;
  readonly diagnostics: DiagnosticList;
  /** Expressions that stand for names of the clock, by key. */
  readonly clock: ReadonlyMap<string, ClockName>;
  /** Value of an expression at the start, if it follows from the file's constants; throws NotCompact where it differs by element. */
  readonly startValue: (e: ForeignExpression, scope: Scope) => number | null;
  /** The same, only where it never changes. */
  readonly constantValue: (e: ForeignExpression, scope: Scope) => number | null;
  /** Name of a lookup that has these points. */
  readonly table: (table: ForeignTable) => string;
  /** The lookup beside the equation of a variable, or the points of a data variable over time; null where it has none. */
  readonly graphicalTable: (variable: VariableInfo) => VariableInfo | null;
  /** The points of a data variable at a cell; null where it has none there. */
  readonly dataAt: (
    variable: VariableInfo,
    cell: readonly number[],
  ) => { readonly times: readonly number[]; readonly values: readonly number[] } | null;
  /** A noise of ours that stands for no variable of the file. */
  readonly helper: (helper: Helper) => string;
  /** The same for an auxiliary. */
  readonly auxiliary: (helper: HelperAuxiliary) => string;
  readonly timeStep: number;
}

export type ClockName = "time" | "time_step" | "start_time" | "stop_time" | number;

/** A noise that a random function reads. */
export interface Helper {
  readonly title: string;
  readonly kind: "normal noise" | "uniform noise";
  /** Axes of the equation that reads it. */
  readonly scope: Scope;
  readonly span: Span;
}

/** A part of an equation that is computed once, along what its scope leaves open. */
export interface HelperAuxiliary {
  readonly title: string;
  readonly scope: Scope;
  readonly value: Expression;
  readonly span: Span;
}

export class ExpressionTranslator {
  readonly context: TranslationContext;
  /** The variable whose equation is translated, at the element at which it stands. */
  owner: Expression | null = null;
  ownerKey = "";
  /** The owner's name as the file writes it. */
  ownerText = "";
  /** Where the owner reads itself and means its value a step ago: what that is at the start. */
  #self: Expression | null = null;
  readonly #failed = new Set<string>();
  #nodes = 0;
  #tooLarge = false;

  constructor(context: TranslationContext) {
    this.context = context;
  }

  /** The expression at one element of a scope; 0 where it has an error, which is then reported. */
  translate(e: ForeignExpression, scope: Scope): Expression {
    const b = new ExpressionBuilder(e.span);
    if (++this.#nodes > MAX_NODES) return this.#overflow(b, e.span);
    switch (e.kind) {
      case "number":
        return b.number(e.value);
      case "text":
        return this.fail("foreign-text", e.span, { text: e.value });
      case "table":
        return this.fail("foreign-text", e.span, { text: "(…)" });
      case "name":
        return this.#name(e, scope, b);
      case "call":
        return this.#call(e, scope);
      case "unary": {
        const operand = this.translate(e.operand, scope);
        if (e.operator === "+") return operand;
        return e.operator === "-" ? b.negate(operand) : b.not(operand);
      }
      case "binary": {
        if (e.operator === "=" || e.operator === "<>") {
          const comparison = this.#elementComparison(e, scope, b);
          if (comparison) return comparison;
        }
        const [left, right] = [this.translate(e.left, scope), this.translate(e.right, scope)];
        if (e.operator === "//") return b.call("safe_divide", left, right);
        if (e.operator === "mod" && this.context.fromVensim) return b.call("remainder", left, right);
        return b.binary(OPERATORS[e.operator], left, right);
      }
    }
  }

  /** Reports an error; the expression then stands for 0, so that the others are found too. */
  fail<Code extends Parameters<DiagnosticList["add"]>[0]>(
    code: Code,
    span: Span,
    data: Parameters<typeof this.context.diagnostics.add<Code>>[2],
  ): Expression {
    // A part that is laid out, or looked at twice, has its error once.
    const place = `${code} ${span.start} ${span.end}`;
    if (!this.#failed.has(place)) this.context.diagnostics.add(code, span, data);
    this.#failed.add(place);
    return new ExpressionBuilder(span).number(0);
  }

  #overflow(b: ExpressionBuilder, span: Span): Expression {
    if (!this.#tooLarge) {
      const data = { what: "equations", size: this.#nodes, limit: MAX_NODES };
      this.context.diagnostics.add("model-too-large", span, data);
    }
    this.#tooLarge = true;
    return b.number(0);
  }

  get overflown(): boolean {
    return this.#tooLarge;
  }

  #name(e: Extract<ForeignExpression, { kind: "name" }>, scope: Scope, b: ExpressionBuilder): Expression {
    const { key } = e.name;
    const variable = this.context.variables.get(key);
    if (variable) {
      const clock = this.context.clock.get(key);
      if (clock !== undefined && e.subscripts === null) return clockExpression(clock, b);
      if (variable.kind === "lookup") return this.fail("foreign-lookup-as-value", e.span, { name: e.name.text });
      const indices =
        e.subscripts === null
          ? this.#ownAxes(variable, e.span, scope, e.transposed)
          : this.indices(variable, e.subscripts, e.span, scope);
      return indices ? this.readAt(variable, indices, scope, b) : b.number(0);
    }
    if (e.subscripts === null) {
      const clock = this.context.clock.get(key);
      if (clock !== undefined) return clockExpression(clock, b);
      const position = this.#asPosition(e.name, scope, b);
      if (position) return position;
      const rule = ruleOf(this.context, key);
      if (rule && rule.atLeast === 0)
        return rule.build({ t: this, name: e.name, arguments: [], scope, span: e.span, b });
    }
    const near = nearestNames(
      e.name.text,
      [...this.context.variables.values()].map((v) => v.foreign.name.text),
    );
    return this.fail("foreign-unknown-name", e.name.span, { name: e.name.text, near });
  }

  /** A dimension or element as a number: its position from 1 in its range (Vensim reference manual, "Subscripts"). */
  #asPosition(name: ForeignName, scope: Scope, b: ExpressionBuilder): Expression | null {
    const { families } = this.context;
    const range = families.range(name.key);
    if (range) {
      const found = this.#boundOf(range, range.family, scope);
      if (!found) return null;
      const { bound, target } = found;
      if (bound.at !== null) {
        const position = target(bound.positions[bound.at]!, bound.at);
        return b.number(position === null ? 0 : numberIn(range, position));
      }
      const numbers = bound.positions.map((p, i) => numberIn(range, target(p, i) ?? -1));
      const offset = numbers[0]! - (bound.positions[0]! + 1);
      if (numbers.some((n, i) => n - (bound.positions[i]! + 1) !== offset)) throw new NotCompact(bound);
      const position = b.call("position", b.name(bound.axis));
      return offset === 0 ? position : b.add(position, b.number(offset));
    }
    for (const family of families.familiesOf(name.key)) {
      const position = family.positions.get(name.key)!;
      const home = [...families.ranges.values()].find((r) => r.family === family && r.positions.includes(position))!;
      return b.number(numberIn(home, position));
    }
    return null;
  }

  /** Elements of one family are the same or not, whatever range names them. */
  #elementComparison(
    e: Extract<ForeignExpression, { kind: "binary" }>,
    scope: Scope,
    b: ExpressionBuilder,
  ): Expression | null {
    const [left, right] = [this.#familyPlace(e.left, scope, b), this.#familyPlace(e.right, scope, b)];
    if (!left || !right || left.family !== right.family) return null;
    return b.binary(OPERATORS[e.operator as "="], left.place, right.place);
  }

  /** The position in its family of a dimension or element that stands alone. */
  #familyPlace(e: ForeignExpression, scope: Scope, b: ExpressionBuilder): { family: Family; place: Expression } | null {
    if (e.kind !== "name" || e.subscripts !== null || this.context.variables.has(e.name.key)) return null;
    const { families } = this.context;
    const range = families.range(e.name.key);
    if (!range) {
      const family = families.familiesOf(e.name.key)[0];
      return family ? { family, place: b.number(family.positions.get(e.name.key)! + 1) } : null;
    }
    const bound = scope.findLast((s) => s.key === range.key);
    if (!bound) return null;
    const { family } = bound;
    const place = bound.at === null ? b.call("position", b.name(bound.axis)) : b.number(bound.positions[bound.at]! + 1);
    return { family, place };
  }

  /** The subscripts of a variable that is read; null where one has an error. */
  indices(
    variable: VariableInfo,
    subscripts: readonly ForeignSubscript[] | null,
    span: Span,
    scope: Scope,
  ): Index<Expression>[] | null {
    const { axes, foreign } = variable;
    if (subscripts === null) return this.#ownAxes(variable, span, scope, false);
    if (subscripts.length !== axes.length) {
      const data = { name: foreign.name.text, given: subscripts.length, takes: axes.length };
      this.fail("foreign-subscript-count", span, data);
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
  #ownAxes(variable: VariableInfo, span: Span, scope: Scope, transposed: boolean): Index<Expression>[] | null {
    const keys = variable.axes.map((axis) => axis.range?.key ?? "");
    const count = (key: string) => keys.filter((k) => k === key).length;
    const seen = new Map<string, number>();
    const indices = variable.axes.map((axis) => {
      const key = axis.range?.key ?? "";
      const before = seen.get(key) ?? 0;
      seen.set(key, before + 1);
      const nth = transposed ? count(key) - 1 - before : before;
      const bound = axis.range && (nthBound(scope, `${key}*`, nth) ?? nthBound(scope, key, nth));
      if (bound) return indexAlong(bound, axis.family, (p) => p);
      const found = axis.range && this.#boundOf(axis.range, axis.family, scope);
      return found ? indexAlong(found.bound, axis.family, found.target) : null;
    });
    if (indices.every((i) => i !== null)) return indices as Index<Expression>[];
    const names = variable.axes.map((a) => a.range?.text ?? a.axis);
    this.fail("foreign-missing-subscripts", span, { name: variable.foreign.name.text, dimensions: names });
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
        this.fail("foreign-subscript", s.span, {
          name: variable.foreign.name.text,
          subscript: "*",
          problem: "wildcard",
        });
        return null;
      }
      case "range": {
        const bound = nthBound(scope, boundKey(s, variable, i), 0);
        if (bound) return indexAlong(bound, family, (p) => p);
        this.fail("foreign-subscript", s.span, {
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
    const { families, variables, dialect } = this.context;
    const { name } = s;
    const { family, range: own } = variable.axes[i]!;
    const range = families.range(name.key);
    const position = family.positions.get(name.key);
    if (range && !(dialect === "xmile" && position !== undefined && !scope.some((b) => b.key === name.key))) {
      const key = boundKey(s, variable, i);
      const same = nthBound(scope, key, nth) ?? nthBound(scope, key, 0);
      if (same && same.family === family) return indexAlong(same, family, (p) => p);
      const found = this.#boundOf(range, family, scope);
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
      this.fail("foreign-subscript", name.span, data);
      return null;
    }
    if (position !== undefined) return { kind: "element", position };
    if (dialect === "xmile" && variables.has(name.key)) {
      const e: ForeignExpression = { kind: "name", name, subscripts: null, transposed: false, span: name.span };
      return this.#computedIndex(e, family, own, scope);
    }
    const known = families.familiesOf(name.key).length > 0;
    const problem = known ? "other-dimension" : "unknown";
    this.fail("foreign-subscript", name.span, { name: variable.foreign.name.text, subscript: name.text, problem });
    return null;
  }

  /**
   * What gives the positions of a range in an equation that may not name it on its left: the range itself, another of its family, or
   * one that is mapped to it or from it.
   */
  #boundOf(
    range: Range,
    family: Family,
    scope: Scope,
  ): { bound: Bound; target: (p: number, at: number) => number | null } | null {
    if (range.family !== family) return null;
    const inner = [...scope].reverse();
    const same = inner.find((b) => b.key === range.key);
    if (same && same.family === family) return { bound: same, target: (p) => p };
    for (const bound of inner) {
      const mapped = mappedTarget(bound, range, this.context.families);
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
      this.fail("foreign-subscript", e.span, { name: "", subscript: "…", problem: "computed" });
      return null;
    }
    const b = new ExpressionBuilder(e.span);
    const number = b.call("floor", this.translate(e, scope));
    return { kind: "computed", index: positions[0] === 0 ? number : b.add(number, b.number(positions[0]!)) };
  }

  #constantIndex(e: ForeignExpression, scope: Scope): number | null {
    if (e.kind === "number") return Math.floor(e.value);
    if (scope.some((b) => b.at === null) && mentionsScope(e, scope)) return null;
    if (!onlyPositions(e, this.context.families)) return null;
    const value = this.context.startValue(e, scope);
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

  /** A variable at some subscripts. */
  readAt(
    variable: VariableInfo,
    indices: readonly Index<Expression>[],
    scope: Scope,
    b: ExpressionBuilder,
  ): Expression {
    const computed = indices.findIndex((i) => i.kind === "computed");
    if (computed >= 0) return this.#readComputed(variable, indices, computed, scope, b);
    const subscripts = indices.map((index, i) => subscriptOf(index, variable.axes[i]!.family, b));
    const read = b.subscripted(variable.name, subscripts);
    return this.#self && variable.foreign.name.key === this.ownerKey ? b.call("previous", read, this.#self) : read;
  }

  /** Translates a part in which the owner means its value a step ago, at the start `initial`. */
  withSelf<T>(initial: Expression, translate: () => T): T {
    const outer = this.#self;
    this.#self = initial;
    try {
      return translate();
    } finally {
      this.#self = outer;
    }
  }

  /** The element whose position is a number that is computed: of all elements the one that has it. */
  #readComputed(
    variable: VariableInfo,
    indices: readonly Index<Expression>[],
    at: number,
    scope: Scope,
    b: ExpressionBuilder,
  ): Expression {
    const { family } = variable.axes[at]!;
    const index = indices[at] as Extract<Index<Expression>, { kind: "computed" }>;
    const inner: Bound = {
      key: "",
      range: null,
      family,
      axis: freeAxis(scope, family),
      positions: family.elements.map((_, i) => i),
      at: null,
    };
    const rest = indices.map(
      (i, k): Index<Expression> => (k === at ? { kind: "axis", axis: inner.axis, offset: 0 } : i),
    );
    const value = this.readAt(variable, rest, [...scope, inner], b);
    const isIt = b.binary("==", b.call("position", b.name(inner.axis)), index.index);
    return b.call("sum", b.if(isIt, value, b.number(0)), b.name(inner.axis));
  }

  #call(e: Extract<ForeignExpression, { kind: "call" }>, scope: Scope): Expression {
    const b = new ExpressionBuilder(e.span);
    const variable = this.context.variables.get(e.name.key);
    if (variable?.kind === "lookup") return this.#lookupCall(e, variable, scope, b);
    const rule: FunctionRule | null = ruleOf(this.context, e.name.key);
    if (!rule) {
      const known = variable !== undefined;
      return this.fail("foreign-function", e.name.span, { name: e.name.text, known, dialect: this.context.dialect });
    }
    const given = e.arguments.length;
    if (given < rule.atLeast || given > rule.atMost) {
      const { atLeast, atMost } = rule;
      return this.fail("foreign-argument-count", e.span, { name: e.name.text, given, atLeast, atMost });
    }
    return rule.build({ t: this, name: e.name, arguments: e.arguments, scope, span: e.span, b });
  }

  #lookupCall(
    e: Extract<ForeignExpression, { kind: "call" }>,
    variable: VariableInfo,
    scope: Scope,
    b: ExpressionBuilder,
  ): Expression {
    if (e.arguments.length !== 1) {
      const data = { name: e.name.text, given: e.arguments.length, atLeast: 1, atMost: 1 };
      return this.fail("foreign-argument-count", e.span, data);
    }
    const table = this.lookupAt(variable, e.subscripts, e.span, scope);
    return table ? b.lookup(variable.name, table, this.translate(e.arguments[0]!, scope)) : b.number(0);
  }

  /** The subscripts of a lookup that is called; null where they have an error. */
  lookupAt(
    variable: VariableInfo,
    subscripts: readonly ForeignSubscript[] | null,
    span: Span,
    scope: Scope,
  ): Expression[] | null {
    const indices = this.indices(variable, subscripts, span, scope);
    if (!indices) return null;
    if (indices.some((i) => i.kind === "computed")) {
      this.fail("foreign-subscript", span, { name: variable.foreign.name.text, subscript: "…", problem: "computed" });
      return null;
    }
    const b = new ExpressionBuilder(span);
    return indices.map((index, i) => subscriptOf(index, variable.axes[i]!.family, b));
  }
}

function subscriptOf(index: Index<Expression>, family: Family, b: ExpressionBuilder): Expression {
  if (index.kind === "element") return b.element(family.elements[index.position]!.name);
  if (index.kind === "computed") return index.index;
  if (index.offset === 0) return b.name(index.axis);
  const distance = b.number(Math.abs(index.offset));
  return b.binary(index.offset > 0 ? "+" : "-", b.name(index.axis), distance);
}

function clockExpression(clock: ClockName, b: ExpressionBuilder): Expression {
  return typeof clock === "number" ? b.number(clock) : b.name(clock);
}

const numberIn = (range: Range, position: number): number => range.numbers[range.positions.indexOf(position)] ?? 0;

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
