/** Variables and dimensions of the document that the file does not name: its translation needs them. */
import type { Span } from "../../diagnostics/source.ts";
import type { DimensionDocument, Fraction, LookupDocument, NoiseDocument, VariableDocument } from "../document.ts";
import type { Expression } from "../equation.ts";
import { ExpressionBuilder } from "./build-expression.ts";
import type { ForeignTable } from "./foreign-model.ts";
import type { Identifiers } from "./identifiers.ts";
import type { Scope } from "./scope.ts";
import { lookupReading, tablePoints } from "./table-documents.ts";
import type { Helper, HelperAuxiliary, HelperRow } from "./translation-context.ts";

/** Collects the variables of a document, those of the file among them, in the order in which they are found; each maker gives the name it took. */
export class AddedVariables {
  readonly documents: VariableDocument[] = [];
  readonly dimensions: DimensionDocument[] = [];
  /** The time step, at which noise is drawn; null until the clock is known. */
  step: Fraction | null = null;
  readonly #identifiers: Identifiers;
  readonly #tables = new Map<ForeignTable, string>();
  readonly #helpers = new Map<string, string>();

  constructor(identifiers: Identifiers) {
    this.#identifiers = identifiers;
  }

  /** A lookup of ours for points that stand in an equation; one for each place. */
  table(table: ForeignTable): string {
    const known = this.#tables.get(table);
    if (known !== undefined) return known;
    const name = this.#identifiers.take("table");
    this.#tables.set(table, name);
    const { span } = table;
    const lookup: LookupDocument = {
      kind: "lookup",
      name: { text: name, span },
      shape: [],
      labels: { title: { en: name, zh: name }, description: null, unit: null, source: null, grade: null, note: null },
      indicator: null,
      observed: null,
      points: { kind: "points", points: tablePoints(table, 0) },
      ...lookupReading(table.type),
      xUnit: null,
      uncertain: null,
      span,
    };
    this.documents.push(lookup);
    return name;
  }

  /** An auxiliary with an axis of its own, of which each place has a value. */
  row({ title, scope, size, value, span }: HelperRow): string {
    const [name, axis] = [this.#identifiers.take(title), this.#identifiers.take(`${title} place`)];
    this.dimensions.push(numbered(axis, axis, size, span));
    this.#addAuxiliary(name, title, [...openAxes(scope), axis], value(name, axis), span);
    return name;
  }

  /** An auxiliary for a part of an equation. */
  auxiliary({ title, scope, value, span }: HelperAuxiliary): string {
    const name = this.#identifiers.take(title);
    this.#addAuxiliary(name, title, openAxes(scope), value, span);
    return name;
  }

  #addAuxiliary(name: string, title: string, axes: readonly string[], value: Expression, span: Span): void {
    const equation = { source: { text: "", span, textStart: null }, expression: value };
    this.documents.push({
      kind: "auxiliary",
      name: { text: name, span },
      shape: axes.map((axis) => ({ text: axis, span })),
      labels: { title: { en: title, zh: title }, description: null, unit: null, source: null, grade: null, note: null },
      indicator: null,
      observed: null,
      equations: [{ region: null, regionSpan: span, equation }],
      initial: null,
      nonNegative: false,
    });
  }

  /** The noise that a random function reads; one for each place and kind. */
  noise({ title, kind, scope, span }: Helper): string {
    const key = `${kind} ${span.path} ${span.start} ${scope.map((b) => b.axis).join()}`;
    const known = this.#helpers.get(key);
    if (known !== undefined) return known;
    const name = this.#identifiers.take(`${title} noise`);
    this.#helpers.set(key, name);
    const one = { source: { text: "1", span, textStart: null }, expression: new ExpressionBuilder(span).number(1) };
    const noise: NoiseDocument = {
      kind: "noise",
      name: { text: name, span },
      shape: scope.map((b) => ({ text: b.axis, span })),
      labels: { title: { en: name, zh: name }, description: null, unit: null, source: null, grade: null, note: null },
      indicator: null,
      observed: null,
      process: kind === "normal noise" ? "normal" : "uniform",
      every: this.step,
      initial: null,
      values: null,
      terms: kind === "normal noise" ? { sd: one } : {},
      span,
    };
    this.documents.push(noise);
    return name;
  }
}

const openAxes = (scope: Scope): string[] => scope.filter((b) => b.at === null).map((b) => b.axis);

/** A dimension whose elements are 1, 2, … */
export function numbered(name: string, title: string, size: number, span: Span): DimensionDocument {
  const elements = Array.from({ length: size }, (_, i) => ({
    name: { text: String(i + 1), span },
    title: null,
    code: null,
  }));
  return {
    name: { text: name, span },
    title: { en: title, zh: title },
    elements,
    aliases: [],
    groups: [],
    layout: null,
  };
}
