/**
 * Names, subscripts and functions of an equation to a {@link Term}. One resolver serves one equation; it goes on after an
 * error where other parts can be judged on their own, and returns null if any part failed.
 */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import { nearestNames } from "../diagnostics/nearest.ts";
import type { BinaryOperator, Expression } from "../language/equation.ts";
import { power } from "./build-term.ts";
import { FUNCTIONS } from "./functions.ts";
import type { Axis, Lookup, TimeGrid, Variable } from "./model.ts";
import { resolveCall } from "./resolve-call.ts";
import type { Symbols } from "./symbols.ts";
import { BUILT_IN_NAMES, elementPosition } from "./symbols.ts";
import type { AxisVariable, BinaryOp, IndexTerm, Readable, Term } from "./term.ts";

/** Axes in scope, by name; inner ones hide outer ones. */
export type Scope = ReadonlyMap<string, AxisVariable>;

const BINARY_OPS: Readonly<Record<BinaryOperator, BinaryOp>> = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "^": "power",
  mod: "modulo",
  "==": "equal",
  "!=": "unequal",
  "<": "less",
  "<=": "less-equal",
  ">": "greater",
  ">=": "greater-equal",
  and: "and",
  or: "or",
};
const PI = Math.PI;

export class EquationResolver {
  readonly symbols: Symbols;
  readonly diagnostics: DiagnosticList;
  readonly time: TimeGrid;
  /** Names that stand for a term within a call. */
  readonly locals = new Map<string, Term>();

  constructor(symbols: Symbols, diagnostics: DiagnosticList, time: TimeGrid) {
    this.symbols = symbols;
    this.diagnostics = diagnostics;
    this.time = time;
  }

  /** The term of an expression in a scope, or null where it has an error. */
  resolve(expression: Expression, scope: Scope): Term | null {
    switch (expression.kind) {
      case "number":
        return { kind: "constant", value: expression.value };
      case "text":
        this.diagnostics.add("text-in-equation", expression.span, { text: expression.value });
        return null;
      case "name":
        return this.#name(expression, scope);
      case "subscripted":
        return this.#subscripted(expression, scope);
      case "call":
        return resolveCall(this, expression, scope);
      case "unary": {
        const operand = this.resolve(expression.operand, scope);
        if (!operand) return null;
        if (expression.operator === "-" && operand.kind === "constant")
          return { kind: "constant", value: -operand.value };
        return { kind: "unary", op: expression.operator === "-" ? "negate" : "not", operand };
      }
      case "binary":
        return this.#binary(expression, scope);
    }
  }

  #binary(expression: Extract<Expression, { kind: "binary" }>, scope: Scope): Term | null {
    const { operator } = expression;
    if (operator === "==" || operator === "!=") {
      const comparison = this.#elementComparison(expression, scope);
      if (comparison !== undefined) return comparison;
    }
    const left = this.resolve(expression.left, scope);
    const right = this.resolve(expression.right, scope);
    if (!left || !right) return null;
    if (operator === "^") return power(left, right);
    return { kind: "binary", op: BINARY_OPS[operator], left, right };
  }

  /**
   * `prefecture == kunming`, `origin != destination`: elements are compared by position. Undefined where the comparison
   * is one of numbers.
   */
  #elementComparison(expression: Extract<Expression, { kind: "binary" }>, scope: Scope): Term | null | undefined {
    const axisOf = (e: Expression) =>
      e.kind === "name" && !this.symbols.variables.has(e.name) ? scope.get(e.name) : undefined;
    const [leftAxis, rightAxis] = [axisOf(expression.left), axisOf(expression.right)];
    const op: BinaryOp = expression.operator === "==" ? "equal" : "unequal";
    const position = (axis: AxisVariable): Term => ({ kind: "axis", axis, value: "position" });
    if (leftAxis && rightAxis) {
      if (leftAxis.dimension === rightAxis.dimension) {
        return { kind: "binary", op, left: position(leftAxis), right: position(rightAxis) };
      }
      const data = { element: rightAxis.name, dimension: leftAxis.dimension.name };
      this.diagnostics.add("element-compared", expression.right.span, data);
      return null;
    }
    const axis = leftAxis ?? rightAxis;
    if (!axis) return this.#comparisonOutOfScope(expression, scope);
    const other = leftAxis ? expression.right : expression.left;
    const name = other.kind === "text" ? other.value : other.kind === "name" ? other.name : null;
    if (name === null || (other.kind === "name" && this.symbols.variables.has(name))) return undefined;
    const at = elementPosition(axis.dimension, name.normalize("NFC"));
    if (at < 0) {
      const near = nearestNames(
        name,
        axis.dimension.elements.map((e) => e.name),
      );
      this.diagnostics.add("unknown-element", other.span, { element: name, dimension: axis.dimension.name, near });
      return null;
    }
    return { kind: "binary", op, left: position(axis), right: { kind: "constant", value: at + 1 } };
  }

  /** `prefecture == kunming` where the equation does not run over prefecture: one error, the element is not blamed. */
  #comparisonOutOfScope({ left, right }: Extract<Expression, { kind: "binary" }>, scope: Scope): null | undefined {
    for (const side of [left, right]) {
      if (side.kind !== "name" || this.symbols.variables.has(side.name)) continue;
      if (!this.symbols.axes.has(side.name) && !this.symbols.broken.has(side.name)) continue;
      this.#name(side, scope);
      return null;
    }
    return undefined;
  }

  #name(expression: Extract<Expression, { kind: "name" }>, scope: Scope): Term | null {
    const { name, span } = expression;
    const local = this.locals.get(name);
    if (local) return local;
    const variable = this.symbols.variables.get(name);
    if (variable) {
      if (!this.#isReadable(variable, expression)) return null;
      const index = this.ownAxes(variable, span, scope);
      return index && { kind: "read", variable, index };
    }
    return this.#builtIn(name) ?? this.#axisValue(expression, scope);
  }

  /** The subscripts of a bare name: the axes that it is declared with, which must all be in scope. */
  ownAxes(variable: Readable | Lookup, span: Expression["span"], scope: Scope): IndexTerm[] | null {
    const index: IndexTerm[] = [];
    for (const axis of variable.shape) {
      const found = scope.get(axis.name);
      if (!found || found.dimension !== axis.dimension) {
        const shape = variable.shape.map((a) => a.name);
        const data = { name: variable.name, dimension: axis.name, scope: [...scope.keys()], shape };
        this.diagnostics.add("subscript-not-in-scope", span, data);
        return null;
      }
      index.push({ kind: "axis", axis: found, offset: 0 });
    }
    return index;
  }

  #builtIn(name: string): Term | null {
    const { step, start, stop } = this.time;
    if (name === "time") return { kind: "time" };
    if (name === "time_step") return { kind: "constant", value: step.numerator / step.denominator };
    if (name === "start_time") return { kind: "constant", value: start };
    if (name === "stop_time") return { kind: "constant", value: stop };
    if (name === "pi") return { kind: "constant", value: PI };
    return null;
  }

  #axisValue(expression: Extract<Expression, { kind: "name" }>, scope: Scope): Term | null {
    const { name, span } = expression;
    const axis = scope.get(name);
    if (axis) {
      if (axis.dimension.numbers) return { kind: "axis", axis, value: "number" };
      this.diagnostics.add("dimension-as-number", span, { dimension: name });
    } else if (this.symbols.axes.has(name)) {
      this.diagnostics.add("dimension-not-in-scope", span, { name, scope: [...scope.keys()] });
    } else if (this.symbols.groups.has(name)) {
      this.diagnostics.add("not-a-value", span, { name, kind: "group" });
    } else if (Object.hasOwn(FUNCTIONS, name)) {
      this.diagnostics.add("function-without-arguments", span, { name });
    } else if (!this.symbols.broken.has(name)) {
      this.diagnostics.add("unknown-name", span, { name, near: this.symbols.near(name) });
    }
    return null;
  }

  #isReadable(
    variable: Variable,
    at: { readonly name: string; readonly span: Expression["span"] },
  ): variable is Readable {
    if (variable.kind !== "lookup") return true;
    this.diagnostics.add("not-a-value", at.span, { name: at.name, kind: "lookup" });
    return false;
  }

  #subscripted(expression: Extract<Expression, { kind: "subscripted" }>, scope: Scope): Term | null {
    const { name, nameSpan, subscripts } = expression;
    const variable = this.symbols.variables.get(name);
    if (!variable) {
      if (!this.symbols.broken.has(name)) {
        this.diagnostics.add("unknown-name", nameSpan, { name, near: this.symbols.near(name) });
      }
      return null;
    }
    if (!this.#isReadable(variable, { name, span: nameSpan })) return null;
    const index = this.subscripts(variable, { subscripts, span: expression.span }, scope);
    return index && { kind: "read", variable, index };
  }

  /** The subscripts written after a name. */
  subscripts(
    variable: Readable | Lookup,
    { subscripts, span }: { readonly subscripts: readonly Expression[]; readonly span: Expression["span"] },
    scope: Scope,
  ): IndexTerm[] | null {
    const { name } = variable;
    const shape = variable.shape.map((a) => a.name);
    if (subscripts.length !== variable.shape.length) {
      this.diagnostics.add("wrong-subscript-count", span, { name, given: subscripts.length, shape });
      return null;
    }
    const index = subscripts.map((s, i) => this.subscript(s, variable.shape[i]!, scope, name, shape));
    return index.some((i) => i === null) ? null : (index as IndexTerm[]);
  }

  /** One subscript: an axis in scope, with or without an offset, or an element. */
  subscript(at: Expression, axis: Axis, scope: Scope, name: string, shape: readonly string[]): IndexTerm | null {
    const { dimension } = axis;
    const offset = offsetOf(at);
    const word = offset
      ? offset.name
      : at.kind === "name"
        ? at.name
        : at.kind === "text"
          ? at.value
          : at.kind === "number"
            ? String(at.value)
            : null;
    if (word === null) {
      this.diagnostics.add("wrong-subscript", at.span, { name, subscript: "…", dimension: dimension.name, shape });
      return null;
    }
    const inScope = at.kind === "text" || at.kind === "number" ? undefined : scope.get(word);
    if (inScope && inScope.dimension === dimension) return { kind: "axis", axis: inScope, offset: offset?.offset ?? 0 };
    const position = elementPosition(dimension, word.normalize("NFC"));
    if (position >= 0 && !offset) return { kind: "element", position };
    if (inScope) {
      this.diagnostics.add("wrong-subscript", at.span, { name, subscript: word, dimension: dimension.name, shape });
    } else if (this.symbols.axes.get(word)?.dimension === dimension) {
      this.diagnostics.add("subscript-not-in-scope", at.span, {
        name,
        dimension: word,
        scope: [...scope.keys()],
        shape,
      });
    } else if (this.symbols.broken.has(word)) {
      return null;
    } else if (this.symbols.axes.has(word) || this.symbols.variables.has(word)) {
      this.diagnostics.add("wrong-subscript", at.span, { name, subscript: word, dimension: dimension.name, shape });
    } else {
      const near = nearestNames(word, [...dimension.elements.map((e) => e.name), ...scope.keys()]);
      this.diagnostics.add("unknown-element", at.span, { element: word, dimension: dimension.name, near });
    }
    return null;
  }
}

/** `age - 1`, `age + 2` in a subscript. */
function offsetOf(at: Expression): { name: string; offset: number } | null {
  if (at.kind !== "binary" || (at.operator !== "+" && at.operator !== "-")) return null;
  if (at.left.kind !== "name" || at.right.kind !== "number" || !Number.isInteger(at.right.value)) return null;
  return { name: at.left.name, offset: at.operator === "-" ? -at.right.value : at.right.value };
}

/** Whether a name is one that the language itself gives a meaning. */
export function isReservedName(name: string): boolean {
  return BUILT_IN_NAMES.includes(name) || Object.hasOwn(FUNCTIONS, name);
}
