/**
 * The unit of an expression, from the inside out. A fault is reported where two parts first disagree; whatever contains a
 * faulty part is unknown, so that nothing is reported twice.
 */
import type { Span } from "../../diagnostics/source.ts";
import type { Expression } from "../../language/equation.ts";
import { FUNCTIONS } from "../functions.ts";
import type { CurveValue } from "../lookup-curve.ts";
import type { Lookup, Variable } from "../model.ts";
import {
  commonMeasure,
  dateMeasure,
  fits,
  invertMeasure,
  type Measure,
  measureIn,
  multiplyMeasures,
  numberMeasure,
  PLAIN,
  powerOfMeasure,
  UNKNOWN,
} from "./measure.ts";
import { isOne, ONE, type Unit } from "./unit.ts";
import { patternAt, type UnitLetter, type UnitProduct, unitRule } from "./unit-rule.ts";

/** What an expression's names stand for. */
export interface UnitScope {
  readonly variables: ReadonlyMap<string, Variable>;
  measureOf(variable: Variable): Measure;
  /** The unit of a lookup's argument; null where the lookup does not say. */
  argumentUnit(lookup: Lookup): Unit | null;
  /** The time unit of the model, null where it is not readable. */
  readonly time: Unit | null;
}

/** What was being combined or required when the fault was found. */
export type PartRole = "sum" | "comparison" | "arguments" | "branches" | "time" | "lookup-argument";

/** A fault inside an expression. */
export type UnitFault = { readonly span: Span; readonly part: Expression } & (
  | {
      readonly kind: "mismatch";
      readonly role: PartRole;
      /** Operator, function or lookup. */
      readonly name: string;
      /** The part with the unit that is needed, null where a rule needs it. */
      readonly first: Expression | null;
      readonly second: Expression;
      readonly needed: Measure;
      readonly found: Measure;
    }
  | {
      readonly kind: "exponent";
      readonly found: Unit;
      readonly of: "base" | "exponent";
      readonly exponent: number | null;
    }
  | { readonly kind: "plain-needed"; readonly name: string; readonly found: Unit; readonly argument: Expression }
);

/** A lookup that says no unit of its argument, and the argument. */
export interface LookupUse {
  readonly lookup: Lookup;
  readonly argument: Expression;
  readonly measure: Measure;
}

/** Largest whole exponent that is computed as a product; the same as in `resolve-equation.ts`. */
const MAX_INTEGER_POWER = 16;
const COMPARISONS: readonly string[] = ["==", "!=", "<", "<=", ">", ">="];

export class UnitInference {
  readonly faults: UnitFault[] = [];
  readonly lookupUses: LookupUse[] = [];
  readonly #scope: UnitScope;

  constructor(scope: UnitScope) {
    this.#scope = scope;
  }

  infer(expression: Expression): Measure {
    switch (expression.kind) {
      case "number":
        return numberMeasure(expression.value);
      case "text":
        return PLAIN;
      case "name":
      case "subscripted":
        return this.#name(expression.name);
      case "unary": {
        const operand = this.infer(expression.operand);
        if (expression.operator === "not") return PLAIN;
        return operand.kind === "number" ? numberMeasure(-operand.value) : operand;
      }
      case "binary":
        return this.#binary(expression);
      case "call":
        return this.#call(expression);
    }
  }

  #name(name: string): Measure {
    const variable = this.#scope.variables.get(name);
    if (variable) return this.#scope.measureOf(variable);
    if (name === "pi") return numberMeasure(Number.NaN);
    const { time } = this.#scope;
    if (name === "time" || name === "start_time" || name === "stop_time") return time ? dateMeasure(time) : UNKNOWN;
    // Elements and whole numbers of dimensions are plain.
    return name === "time_step" ? this.#time() : PLAIN;
  }

  #time(): Measure {
    const { time } = this.#scope;
    return time ? measureIn(time) : UNKNOWN;
  }

  #binary(expression: Extract<Expression, { kind: "binary" }>): Measure {
    const { operator } = expression;
    const left = this.infer(expression.left);
    const right = this.infer(expression.right);
    if (operator === "*") return multiplyMeasures(left, right);
    if (operator === "/") return multiplyMeasures(left, invertMeasure(right));
    if (operator === "^") return this.#power(expression, left, right);
    if (operator === "and" || operator === "or") return PLAIN;
    const isComparison = COMPARISONS.includes(operator);
    const common = commonMeasure(left, right);
    if (!common) {
      const role = isComparison ? "comparison" : "sum";
      const { left: first, right: second } = expression;
      this.#mismatch(expression, role, operator, first, second, left, right);
      return isComparison ? PLAIN : UNKNOWN;
    }
    return isComparison ? PLAIN : common;
  }

  #power(expression: Extract<Expression, { kind: "binary" }>, base: Measure, exponent: Measure): Measure {
    if (base.kind === "unknown" || exponent.kind === "unknown") return UNKNOWN;
    const value = exponent.kind === "number" ? exponent.value : null;
    if (value !== null && Number.isInteger(value) && Math.abs(value) <= MAX_INTEGER_POWER) {
      return powerOfMeasure(base, value);
    }
    if (exponent.kind === "units" && !fits(exponent, [ONE])) {
      const fault = { kind: "exponent", of: "exponent", found: exponent.units[0]!, exponent: null } as const;
      this.faults.push({ ...fault, span: expression.right.span, part: expression.right });
      return UNKNOWN;
    }
    if (base.kind === "units" && !fits(base, [ONE])) {
      const fault = { kind: "exponent", of: "base", found: base.units[0]!, exponent: value } as const;
      this.faults.push({ ...fault, span: expression.span, part: expression });
      return UNKNOWN;
    }
    return base.kind === "number" && exponent.kind === "number" ? numberMeasure(Number.NaN) : PLAIN;
  }

  #call(call: Extract<Expression, { kind: "call" }>): Measure {
    const lookup = this.#scope.variables.get(call.name);
    if (lookup?.kind === "lookup") return this.#lookup(call, lookup, call.arguments[0]!, false);
    const entry = Object.hasOwn(FUNCTIONS, call.name) ? FUNCTIONS[call.name] : undefined;
    if (!entry) return UNKNOWN;
    if (entry.form.kind === "lookup") return this.#lookupFunction(call, entry.form.mode === "inverse");
    if (entry.form.kind === "curve") return this.#curve(call, entry.form.value);
    if (call.name === "power") {
      const [left, right] = [call.arguments[0]!, call.arguments[1]!];
      const power = { kind: "binary", operator: "^", left, right, span: call.span } as const;
      return this.#power(power, this.infer(left), this.infer(right));
    }
    const rule = unitRule(entry.units);
    const bound = new Map<UnitLetter, { measure: Measure; by: Expression }>();
    let failed = false;
    for (const [i, argument] of call.arguments.entries()) {
      const pattern = patternAt(rule, i);
      // What a local name stands for has the unit of the bounds, which is not followed into its equation.
      if (pattern === "dimension" || entry.parameters[i]?.kind === "body") continue;
      const measure = this.infer(argument);
      if (pattern === "any") continue;
      failed = !this.#argument(call, argument, measure, pattern, bound) || failed;
    }
    return failed ? UNKNOWN : this.#product(rule.result, bound);
  }

  /** Checks one argument against its pattern, and binds the letter that it decides. */
  #argument(
    call: Extract<Expression, { kind: "call" }>,
    argument: Expression,
    measure: Measure,
    pattern: UnitProduct,
    bound: Map<UnitLetter, { measure: Measure; by: Expression }>,
  ): boolean {
    const [only] = pattern;
    const letter = pattern.length === 1 && only!.power === 1 && only!.letter !== "time" ? only!.letter : null;
    const before = letter && bound.get(letter);
    if (letter && !before) {
      bound.set(letter, { measure, by: argument });
      return measure.kind !== "unknown";
    }
    const open = pattern.find((p) => p.letter !== "time" && !bound.has(p.letter));
    if (open) {
      // `a/time` decides a: what is left of the argument's unit without the rest of the pattern.
      const rest = this.#product(
        pattern.filter((p) => p !== open),
        bound,
      );
      bound.set(open.letter, { measure: multiplyMeasures(measure, invertMeasure(rest)), by: argument });
      return measure.kind !== "unknown";
    }
    if (measure.kind === "unknown") return false;
    if (pattern.length === 0) return this.#plain(call, argument, measure);
    const needed = before ? before.measure : this.#product(pattern, bound);
    const common = commonMeasure(needed, measure);
    if (common) {
      if (letter) bound.set(letter, { measure: common, by: before!.measure.kind === "number" ? argument : before!.by });
      return true;
    }
    if (measure.kind === "number" && only?.letter === "time" && pattern.length === 1) return true;
    const role = only?.letter === "time" ? "time" : call.name === "if" ? "branches" : "arguments";
    this.#mismatch(call, role, call.name, before?.by ?? null, argument, needed, measure);
    return false;
  }

  #plain(call: Extract<Expression, { kind: "call" }>, argument: Expression, measure: Measure): boolean {
    if (measure.kind !== "units" || fits(measure, [ONE])) return true;
    const found = measure.units[0]!;
    this.faults.push({ kind: "plain-needed", name: call.name, found, argument, span: argument.span, part: argument });
    return false;
  }

  #product(product: UnitProduct, bound: ReadonlyMap<UnitLetter, { measure: Measure }>): Measure {
    if (product.length === 0) return PLAIN;
    return product
      .map(({ letter, power }) => {
        const measure = letter === "time" ? this.#time() : (bound.get(letter)?.measure ?? UNKNOWN);
        return power === 1 ? measure : powerOfMeasure(measure, power);
      })
      .reduce(multiplyMeasures);
  }

  /** `lookup_forward(table, x)` and its like: the table gives the units. */
  #lookupFunction(call: Extract<Expression, { kind: "call" }>, isInverse: boolean): Measure {
    const [table, argument] = [call.arguments[0]!, call.arguments[1]!];
    const name = table.kind === "name" || table.kind === "subscripted" ? table.name : "";
    const lookup = this.#scope.variables.get(name);
    return lookup?.kind === "lookup" ? this.#lookup(call, lookup, argument, isInverse) : UNKNOWN;
  }

  /** The lookup's unit times that of its x, for an area, or over it, for a slope. */
  #curve(call: Extract<Expression, { kind: "call" }>, value: CurveValue): Measure {
    const height = this.#lookupFunction(call, false);
    const table = call.arguments[0]!;
    const lookup = table.kind === "name" || table.kind === "subscripted" ? this.#scope.variables.get(table.name) : null;
    if (value === "area") this.#lookupFunction({ ...call, arguments: [table, call.arguments[2]!] }, false);
    else if (call.arguments[2]) this.infer(call.arguments[2]);
    const xUnit = lookup?.kind === "lookup" ? this.#scope.argumentUnit(lookup) : null;
    if (!xUnit) return UNKNOWN;
    const x = measureIn(xUnit);
    return multiplyMeasures(height, value === "area" ? x : invertMeasure(x));
  }

  /** The lookup's own unit at an argument in that of its x; the inverse goes the other way. */
  #lookup(
    call: Extract<Expression, { kind: "call" }>,
    lookup: Lookup,
    argument: Expression,
    isInverse: boolean,
  ): Measure {
    const measure = this.infer(argument);
    const xUnit = this.#scope.argumentUnit(lookup);
    const x = xUnit ? measureIn(xUnit) : UNKNOWN;
    const y = this.#scope.measureOf(lookup);
    const [needed, result] = isInverse ? [y, x] : [x, y];
    if (!isInverse && !xUnit) this.lookupUses.push({ lookup, argument, measure });
    if (needed.kind === "units" && measure.kind === "units" && !fits(measure, needed.units)) {
      this.#mismatch(call, "lookup-argument", lookup.name, null, argument, needed, measure);
    }
    return result;
  }

  #mismatch(
    part: Expression,
    role: PartRole,
    name: string,
    first: Expression | null,
    second: Expression,
    needed: Measure,
    found: Measure,
  ): void {
    const span = role === "sum" || role === "comparison" ? part.span : second.span;
    this.faults.push({ kind: "mismatch", span, part, role, name, first, second, needed, found });
  }
}

/** The unit that messages name for a measure: its most literal reading. */
export function firstUnit(measure: Measure): Unit {
  return measure.kind === "units" ? measure.units[0]! : ONE;
}

/** Whether a unit is plain in every reading that messages name. */
export const isPlain = (measure: Measure): boolean => measure.kind !== "units" || isOne(measure.units[0]!);
