/** Findings of the unit check as diagnostics. */
import type {
  DiagnosticList,
  RelatedPlace,
  UnitMismatch,
  UnitReading,
  UnitRemedy,
} from "../../diagnostics/diagnostic.ts";
import { positionAt, type Span } from "../../diagnostics/source.ts";
import type { Expression } from "../../language/equation.ts";
import type { Variable } from "../model.ts";
import type { Blame } from "./blame-units.ts";
import type { DeclaredUnits } from "./declared-units.ts";
import { firstUnit, isPlain, type LookupUse, type UnitFault } from "./infer-units.ts";
import { type Measure, measureIn } from "./measure.ts";
import { dimensionOf, divideUnits, equalUnits, ONE, sameDimension, scaleOf, type Unit, unitText } from "./unit.ts";
import { namesIn, type UnitFinding } from "./unit-checker.ts";

const MAX_READINGS = 8;
const MAX_USES = 3;

export class UnitReport {
  readonly #declared: DeclaredUnits;
  readonly #variables: ReadonlyMap<string, Variable>;
  readonly #sources: ReadonlyMap<string, string>;
  readonly #diagnostics: DiagnosticList;
  readonly #reported = new Set<string>();

  constructor(
    declared: DeclaredUnits,
    variables: ReadonlyMap<string, Variable>,
    sources: ReadonlyMap<string, string>,
    diagnostics: DiagnosticList,
  ) {
    this.#declared = declared;
    this.#variables = variables;
    this.#sources = sources;
    this.#diagnostics = diagnostics;
  }

  /** Faults inside the expression, or the whole that does not fit. */
  finding({ task, faults, mismatch }: UnitFinding): void {
    for (const fault of faults) this.#fault(fault);
    if (!mismatch) return;
    const { role, name, owner, declaredBy } = task;
    const isIdentity = role === "identity" || role === "scale";
    const span = role === "weight" ? this.#unitSpan(this.#variables.get(name)) : task.span;
    const data = {
      ...{ role, name, owner, count: 0, second: this.#text(task.expression) },
      first: isIdentity && task.other ? this.#text(task.other) : "",
      ...this.#pair(mismatch.needed, mismatch.found, this.#text(task.expression), task.expression),
      reads: this.#readings([task.expression, ...(isIdentity && task.other ? [task.other] : [])], declaredBy?.name),
    };
    const declaredAt = declaredBy && this.#unitSpan(declaredBy);
    this.#add(span ?? task.span, data, declaredAt ? [{ span: declaredAt, label: "declared-here" }] : []);
  }

  /** A declaration that its uses contradict. */
  declaration({ variable, declared, needed, explained }: Blame): void {
    const data = {
      ...{ role: "uses" as const, name: variable.name, owner: "", first: "", second: "", count: explained.length },
      ...this.#pair(measureIn(needed), measureIn(declared), variable.name),
      reads: [],
    };
    const uses = explained.slice(0, MAX_USES).map((f) => ({ span: f.task.span, label: "used-here" as const }));
    this.#add(this.#unitSpan(variable) ?? variable.span, data, uses);
  }

  lookupUses(use: LookupUse, before: LookupUse): void {
    const data = {
      ...{ role: "lookup-uses" as const, name: use.lookup.name, owner: "", count: 0 },
      ...{ first: this.#text(before.argument), second: this.#text(use.argument) },
      ...this.#pair(before.measure, use.measure, this.#text(use.argument)),
      reads: this.#readings([use.argument, before.argument]),
    };
    this.#add(use.argument.span, data, [{ span: before.argument.span, label: "used-here" }]);
  }

  #fault(fault: UnitFault): void {
    const reads = this.#readings([fault.part]);
    switch (fault.kind) {
      case "mismatch": {
        const { role, name, first, second, needed, found } = fault;
        const texts = { first: first ? this.#text(first) : "", second: this.#text(second) };
        const bare = needed.kind === "number" ? texts.first : texts.second;
        const units = this.#pair(needed, found, bare, second);
        this.#add(fault.span, { role, name, owner: "", count: 0, ...texts, ...units, reads });
        break;
      }
      case "exponent": {
        const { of, exponent } = fault;
        const data = { of, text: this.#text(fault.part), found: unitText(fault.found), exponent, reads };
        if (this.#isNew(fault.span, "exponent")) this.#diagnostics.add("unit-exponent", fault.span, data);
        break;
      }
      case "plain-needed": {
        const factor = sameDimension(fault.found, ONE) ? scaleOf(fault.found) : null;
        const text = this.#text(fault.argument);
        const data = { name: fault.name, text, found: unitText(fault.found), factor, reads };
        if (this.#isNew(fault.span, "plain")) this.#diagnostics.add("unit-transcendental", fault.span, data);
      }
    }
  }

  #add(span: Span, data: UnitMismatch, related: readonly RelatedPlace[] = []): void {
    if (this.#isNew(span, data.role)) this.#diagnostics.add("unit-mismatch", span, data, related);
  }

  /** An expression that two tasks share (the left side of an identity and its scale) is reported once. */
  #isNew(span: Span, what: string): boolean {
    const key = `${span.path}:${span.start}:${span.end}:${what}`;
    if (this.#reported.has(key)) return false;
    this.#reported.add(key);
    return true;
  }

  /**
   * The two units in words, what they differ by, and the remedy; `bare` is the text of a bare number, if one is, and
   * `product` what was found.
   */
  #pair(needed: Measure, found: Measure, bare: string, product?: Expression) {
    const [want, have] = [firstUnit(needed), firstUnit(found)];
    const texts = { needed: unitText(want), found: unitText(have), differ: unitText(divideUnits(want, have)) };
    return { ...texts, remedy: this.#remedy(needed, found, want, have, bare, product) };
  }

  #remedy(
    needed: Measure,
    found: Measure,
    want: Unit,
    have: Unit,
    bare: string,
    product: Expression | undefined,
  ): UnitRemedy {
    if (needed.kind === "number" || found.kind === "number") {
      return { kind: "number", text: bare, unit: unitText(needed.kind === "number" ? have : want) };
    }
    if (sameDimension(want, have)) return { kind: "factor", factor: roundFactor(scaleOf(have) / scaleOf(want)) };
    const literal = product && numberFactor(product);
    if (literal) {
      const unit = literal.isDivisor ? divideUnits(have, want) : divideUnits(want, have);
      return { kind: "literal", text: this.#text(literal.number), unit: unitText(unit) };
    }
    const { time } = this.#declared;
    if (time && equalUnits(divideUnits(have, time), want)) {
      return { kind: "per-time", time: unitText(time), perTime: "needed" };
    }
    if (time && equalUnits(divideUnits(want, time), have)) {
      return { kind: "per-time", time: unitText(time), perTime: "found" };
    }
    const index = divideUnits(want, have);
    return isPriceIndex(index) && !isPlain(measureIn(index))
      ? { kind: "prices", index: unitText(index) }
      : { kind: "none" };
  }

  #text(expression: Expression): string {
    const { path, start, end } = expression.span;
    return (this.#sources.get(path) ?? "").slice(start, end).replaceAll(/\s+/g, " ").trim();
  }

  /** Place of a variable's unit in the file. */
  #unitSpan(variable: Variable | undefined): Span | null {
    const declared = variable && this.#declared.of.get(variable);
    return declared?.kind === "unit" ? declared.word.span : null;
  }

  /** The variables of expressions with their declared units, in the order of the text. */
  #readings(expressions: readonly Expression[], except?: string): UnitReading[] {
    const names = new Set<string>();
    for (const expression of expressions) namesIn(expression, names);
    if (except !== undefined) names.delete(except);
    return [...names]
      .flatMap((name) => {
        const variable = this.#variables.get(name);
        const declared = variable && this.#declared.of.get(variable);
        if (!variable || declared?.kind !== "unit") return [];
        const { path, start } = variable.span;
        const { line } = positionAt(this.#sources.get(path) ?? "", start);
        return [{ name, unit: declared.word.text, path, line }];
      })
      .slice(0, MAX_READINGS);
  }
}

/** A number written as a factor or divisor of a product, the first one; null where there is none. */
function numberFactor(
  expression: Expression,
  isDivisor = false,
): { number: Extract<Expression, { kind: "number" }>; isDivisor: boolean } | null {
  if (expression.kind === "number") return expression.value === 1 ? null : { number: expression, isDivisor };
  if (expression.kind === "unary" && expression.operator === "-") return numberFactor(expression.operand, isDivisor);
  if (expression.kind !== "binary" || (expression.operator !== "*" && expression.operator !== "/")) return null;
  const right = expression.operator === "/" ? !isDivisor : isDivisor;
  return numberFactor(expression.left, isDivisor) ?? numberFactor(expression.right, right);
}

/** A factor without the noise of its computation: 9999.999999999998 is 10000. */
function roundFactor(factor: number): number {
  return Number(factor.toPrecision(6));
}

/** Whether a unit is money at one basis per money at another, and nothing else. */
function isPriceIndex(unit: Unit): boolean {
  const powers = [...dimensionOf(unit)];
  const currency = (base: string) => base.split("@")[0]!;
  return (
    powers.length === 2 && powers[0]![1] + powers[1]![1] === 0 && currency(powers[0]![0]) === currency(powers[1]![0])
  );
}
