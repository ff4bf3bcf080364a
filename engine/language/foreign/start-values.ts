/**
 * Values that must be known when a file is read: its clock, the order of a delay, an index. Only arithmetic of what the file's
 * constants give; whatever else makes the value unknown.
 */
import { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { Families } from "./families.ts";
import type { ForeignBinary, ForeignDefinition, ForeignExpression } from "./foreign-model.ts";
import { type Bound, fixedAt, type Index, NotCompact, type Scope } from "./scope.ts";
import { ExpressionTranslator } from "./translate-expression.ts";
import type { TranslationContext } from "./translation-context.ts";
import { leftPositions, type VariableInfo } from "./variable-info.ts";

/** Most expressions that one value may follow through. */
const MAX_DEPTH = 200;

/** `constant`: values that never change; `start`: also what changes, with its value at the start. */
export type Moment = "constant" | "start";

export class StartValues {
  readonly #families: Families;
  readonly #reader: ExpressionTranslator;
  readonly #known = new Map<string, number | null>();
  readonly #clock = new Map<string, number>();
  /** Keys of the variables that were looked at: what was made of their values stands in the model. */
  readonly used = new Set<string>();
  #depth = 0;

  constructor(context: TranslationContext) {
    this.#families = context.families;
    // Errors are reported where the equations are translated.
    this.#reader = new ExpressionTranslator({ ...context, diagnostics: new DiagnosticList() });
  }

  /** What a name of the clock is from now on. */
  setClock(key: string, value: number): void {
    this.#clock.set(key, value);
    this.#known.clear();
  }

  /**
   * The value of an expression, or null where it is not known.
   * @throws NotCompact where it differs along an axis of the scope
   */
  value(e: ForeignExpression, scope: Scope, moment: Moment): number | null {
    if (this.#depth >= MAX_DEPTH) return null;
    this.#depth++;
    try {
      return this.#evaluate(e, scope, moment);
    } finally {
      this.#depth--;
    }
  }

  #evaluate(e: ForeignExpression, scope: Scope, moment: Moment): number | null {
    const part = (x: ForeignExpression) => this.value(x, scope, moment);
    switch (e.kind) {
      case "number":
        return e.value;
      case "unary": {
        const x = part(e.operand);
        if (x === null) return null;
        return e.operator === "-" ? -x : e.operator === "+" ? x : Number(x === 0);
      }
      case "binary": {
        const [left, right] = [part(e.left), part(e.right)];
        return left === null || right === null ? null : operate(e.operator, left, right);
      }
      case "name":
        return this.#name(e, scope, moment);
      case "call":
        return this.#call(e, scope, moment);
      case "text":
      case "table":
        return null;
    }
  }

  #name(e: Extract<ForeignExpression, { kind: "name" }>, scope: Scope, moment: Moment): number | null {
    const { key } = e.name;
    const clock = this.#clock.get(key);
    if (clock !== undefined && (key !== "time" || moment === "start")) return clock;
    const variable = this.#reader.context.variables.get(key);
    if (variable) return this.#variable(variable, e, scope, moment);
    const range = this.#families.range(key);
    if (!range) return this.#elementNumber(key);
    const bound = [...scope].reverse().find((b) => b.family === range.family);
    if (!bound) return null;
    if (bound.at === null) throw new NotCompact(bound);
    return range.numbers[range.positions.indexOf(bound.positions[bound.at]!)] ?? null;
  }

  #elementNumber(key: string): number | null {
    const family = this.#families.familiesOf(key)[0];
    if (!family) return null;
    const position = family.positions.get(key)!;
    const home = [...this.#families.ranges.values()].find((r) => r.family === family && r.positions.includes(position));
    return home ? home.numbers[home.positions.indexOf(position)]! : null;
  }

  #variable(
    variable: VariableInfo,
    e: Extract<ForeignExpression, { kind: "name" }>,
    scope: Scope,
    moment: Moment,
  ): number | null {
    this.used.add(variable.foreign.name.key);
    const indices = this.#reader.subscripts.indices(variable, e.subscripts, e.span, scope);
    if (!indices) return null;
    const cell: number[] = [];
    for (const index of indices) {
      if (index.kind === "computed") return null;
      if (index.kind === "axis") throw new NotCompact(boundOf(index, scope));
      cell.push(index.position);
    }
    const key = `${moment} ${variable.foreign.name.key} ${cell.join()}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    // While it is being found it is not known: a circle ends here.
    this.#known.set(key, null);
    const value = this.#cell(variable, cell, moment);
    this.#known.set(key, value);
    return value;
  }

  #cell(variable: VariableInfo, cell: readonly number[], moment: Moment): number | null {
    for (const definition of variable.foreign.definitions) {
      const scope = this.#scopeAt(variable, definition, cell);
      if (!scope) continue;
      const { body } = definition;
      if (body.kind === "numbers") return body.values[numberOf(scope)] ?? null;
      if (body.kind === "equation") return this.value(body.expression, scope, moment);
      if (moment === "constant") return null;
      if (body.kind === "integral" || body.kind === "stock") return this.value(body.initial, scope, moment);
      return null;
    }
    return null;
  }

  /** The scope of a definition at one cell, or null where it does not hold there. */
  #scopeAt(variable: VariableInfo, definition: ForeignDefinition, cell: readonly number[]): Scope | null {
    const left = cell.map((_, i) => leftPositions(definition, i, variable, this.#families));
    if (left.some((l, i) => !l?.positions.includes(cell[i]!))) return null;
    const excepted = definition.except.some((list) =>
      list.every((_, i) => {
        const part = leftPositions({ ...definition, subscripts: list }, i, variable, this.#families);
        return part?.positions.includes(cell[i]!) ?? false;
      }),
    );
    if (excepted) return null;
    const open = left.map((l, i): Bound => {
      const { family, axis } = variable.axes[i]!;
      return { key: l!.range?.key ?? "", range: l!.range, family, axis, positions: l!.positions, at: null };
    });
    return open.reduce<Scope>((scope, b, i) => fixedAt(scope, b, b.positions.indexOf(cell[i]!)), open);
  }

  #call(e: Extract<ForeignExpression, { kind: "call" }>, scope: Scope, moment: Moment): number | null {
    const { key } = e.name;
    if (key === "if_then_else") {
      const condition = this.value(e.arguments[0]!, scope, moment);
      const chosen = condition === null ? undefined : e.arguments[condition !== 0 ? 1 : 2];
      return chosen ? this.value(chosen, scope, moment) : null;
    }
    if (key === "initial" || key === "init") return e.arguments[0] ? this.value(e.arguments[0], scope, "start") : null;
    if (key === "elmcount") {
      const at = e.arguments[0];
      return at?.kind === "name" ? (this.#families.range(at.name.key)?.positions.length ?? null) : null;
    }
    const args = e.arguments.map((a) => this.value(a, scope, moment));
    if (args.some((a) => a === null)) return null;
    if (key === "step" && moment === "start") {
      const now = (this.#clock.get("time") ?? 0) + (this.#clock.get("dt") ?? 0) / 2;
      return now > args[1]! ? args[0]! : 0;
    }
    return call(key, args as number[]);
  }
}

const boundOf = (index: Extract<Index<unknown>, { kind: "axis" }>, scope: Scope): Bound =>
  scope.find((b) => b.axis === index.axis)!;

/** The place of a scope's element among the numbers of a table, the last subscript fastest. */
function numberOf(scope: Scope): number {
  return scope.reduce((n, b) => n * b.positions.length + b.at!, 0);
}

function call(key: string, args: readonly number[]): number | null {
  const [a = 0, b = 0] = args;
  switch (key) {
    case "abs":
      return Math.abs(a);
    case "integer":
      return Math.trunc(a);
    case "int":
      return Math.floor(a);
    case "round":
      return Math.round(a);
    case "sqrt":
      return Math.sqrt(a);
    case "max":
      return Math.max(...args);
    case "min":
      return Math.min(...args);
    case "modulo":
      return a % b;
    case "game":
      return a;
    case "zidz":
      return Math.abs(b) < 1e-6 ? 0 : a / b;
    default:
      return null;
  }
}

function operate(operator: ForeignBinary, a: number, b: number): number | null {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    case "//":
      return b === 0 ? 0 : a / b;
    case "mod":
      return a - b * Math.floor(a / b);
    case "=":
      return Number(a === b);
    case "<>":
      return Number(a !== b);
    case "<":
      return Number(a < b);
    case "<=":
      return Number(a <= b);
    case ">":
      return Number(a > b);
    case ">=":
      return Number(a >= b);
    case "and":
      return Number(a !== 0 && b !== 0);
    case "or":
      return Number(a !== 0 || b !== 0);
    case "^":
      return wholePower(a, b);
  }
}

/** Whole powers alone: others belong to the engine's own arithmetic. */
function wholePower(base: number, exponent: number): number | null {
  if (!Number.isInteger(exponent) || Math.abs(exponent) > 64) return null;
  let product = 1;
  for (let i = 0; i < Math.abs(exponent); i++) product *= base;
  return exponent < 0 ? 1 / product : product;
}
