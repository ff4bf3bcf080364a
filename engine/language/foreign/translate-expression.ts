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
import type { Family, Range } from "./families.ts";
import type { ForeignBinary, ForeignExpression, ForeignName, ForeignSubscript } from "./foreign-model.ts";
import { type FunctionRule, ruleOf } from "./functions.ts";
import { type Bound, freeAxis, type Index, NotCompact, type Scope } from "./scope.ts";
import { SubscriptResolver } from "./subscripts.ts";
import type { ClockName, TranslationContext } from "./translation-context.ts";
import type { VariableInfo } from "./variable-info.ts";

/** Most nodes that the equations of one model may have in our language, laid out. */
const MAX_NODES = 1_000_000;

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

export class ExpressionTranslator {
  readonly context: TranslationContext;
  readonly subscripts: SubscriptResolver;
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
    this.subscripts = new SubscriptResolver(this, context);
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
      const clock = this.#clockBefore(key);
      if (clock !== undefined && e.subscripts === null) return clockExpression(clock, b);
      if (variable.kind === "lookup") return this.fail("foreign-lookup-as-value", e.span, { name: e.name.text });
      const indices =
        e.subscripts === null
          ? this.subscripts.ownAxes(variable, e.span, scope, e.transposed)
          : this.subscripts.indices(variable, e.subscripts, e.span, scope);
      return indices ? this.readAt(variable, indices, scope, b) : b.number(0);
    }
    if (e.subscripts === null) {
      const clock = this.context.clock.get(key);
      if (clock !== undefined) return clockExpression(clock, b);
      const position = this.#asPosition(e.name, e.bang ?? false, scope, b);
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

  /**
   * What a name of the clock means although a variable has it: the time itself, Vensim's control variables, and in the equation of that
   * variable. A file that makes a variable of `DT` or `STARTTIME` means its own.
   */
  #clockBefore(key: string): ClockName | undefined {
    const isClock = this.context.dialect === "vensim" || key === "time" || key === this.ownerKey;
    return isClock ? this.context.clock.get(key) : undefined;
  }

  /** A dimension or element as a number: its position from 1 in its range (Vensim reference manual, "Subscripts"). */
  #asPosition(name: ForeignName, bang: boolean, scope: Scope, b: ExpressionBuilder): Expression | null {
    const { families } = this.context;
    const range = families.range(name.key);
    if (range) {
      const marked = bang ? scope.findLast((s) => s.key === `${range.key}!`) : undefined;
      const own = (position: number): number | null => position;
      const found = bang
        ? marked && { bound: marked, target: own }
        : this.subscripts.leadTo(range, range.family, scope);
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
    const bound = scope.findLast((s) => s.key === (e.bang ? `${range.key}!` : range.key));
    if (!bound) return null;
    const { family } = bound;
    const place = bound.at === null ? b.call("position", b.name(bound.axis)) : b.number(bound.positions[bound.at]! + 1);
    return { family, place };
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
    const clock = this.context.clock.get(e.name.key);
    if (clock !== undefined && !rule && !variable && e.arguments.length === 0) return clockExpression(clock, b);
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
    const indices = this.subscripts.indices(variable, subscripts, span, scope);
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
