/**
 * Files beside a foreign model that change its constants: each set of changes becomes a scenario of ours, and distributions make
 * parameters uncertain.
 *
 * A constant whose value the translation itself has used (the clock, the order of a delay) is part of the
 * program and cannot differ between runs: to change it is an error here, and `--changes` reads the model with it.
 */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import { nearestNames } from "../../diagnostics/nearest.ts";
import type { Span } from "../../diagnostics/source.ts";
import type { ModelDocument, ParameterDocument, ParameterOverride, ScenarioDocument, ValueBlock } from "../document.ts";
import { BASE_SCENARIO } from "../read-scenario-files.ts";
import { ExpressionBuilder } from "./build-expression.ts";
import type { Families } from "./families.ts";
import type { ForeignName, ForeignUncertainty } from "./foreign-model.ts";
import { forEachCell, type Product } from "./regions.ts";
import { positionsOf, type VariableInfo } from "./variable-info.ts";

/** New numbers for a constant, last subscript fastest, or one for all its elements; null for a table or a text. */
export interface ForeignChange {
  readonly name: ForeignName;
  readonly subscripts: readonly ForeignName[];
  readonly values: readonly number[] | null;
  readonly span: Span;
}

export interface ForeignScenario {
  readonly name: string;
  readonly changes: readonly ForeignChange[];
  /** The file, for what concerns it as a whole. */
  readonly span: Span;
}

export interface ForeignInputs {
  readonly scenarios: readonly ForeignScenario[];
  readonly uncertain: readonly ForeignUncertainty[];
}

/** What the translation knows of the names of the file. */
export interface ForeignNames {
  readonly variables: ReadonlyMap<string, VariableInfo>;
  readonly families: Families;
  /** Keys of the variables whose values the translation has used. */
  readonly used: ReadonlySet<string>;
}

/** The document with the scenarios and distributions in it; what does not fit the model is added to `diagnostics`. */
export function withInputs(
  document: ModelDocument,
  names: ForeignNames,
  inputs: ForeignInputs,
  diagnostics: DiagnosticList,
): ModelDocument {
  const merge = new InputMerge(document, names, diagnostics);
  const scenarios = inputs.scenarios.map((scenario) => merge.scenario(scenario));
  const own = document.scenarios.length > 0 || scenarios.length === 0 ? document.scenarios : [BASE_SCENARIO];
  return { ...document, variables: merge.uncertain(inputs.uncertain), scenarios: [...own, ...scenarios] };
}

/** Vensim's variables of the clock: the grid of steps comes from them. */
const CLOCK: ReadonlySet<string> = new Set(["initial_time", "final_time", "time_step", "saveper"]);

interface Target {
  readonly info: VariableInfo;
  readonly parameter: ParameterDocument;
  readonly product: Product;
}

class InputMerge {
  readonly #document: ModelDocument;
  readonly #names: ForeignNames;
  readonly #diagnostics: DiagnosticList;

  constructor(document: ModelDocument, names: ForeignNames, diagnostics: DiagnosticList) {
    this.#document = document;
    this.#names = names;
    this.#diagnostics = diagnostics;
  }

  /** Changes as a scenario; of two changes of one element the later holds. */
  scenario({ name, changes, span }: ForeignScenario): ScenarioDocument {
    const values = new Map<string, { target: Target; numbers: Map<number, number>; span: Span }>();
    for (const change of changes) {
      const target = this.#target(change.name, change.subscripts, change.span);
      if (!target) continue;
      const known = values.get(target.info.name) ?? { target, numbers: new Map(), span: change.span };
      if (this.#fill(known.numbers, target, change)) values.set(target.info.name, known);
    }
    const parameters = [...values.values()].map(
      (set): ParameterOverride => ({
        parameter: { text: set.target.info.name, span: set.span },
        value: overridden(set.target, set.numbers, set.span),
        distribution: null,
      }),
    );
    return { ...BASE_SCENARIO, name: { text: name, span }, title: { en: name, zh: name }, parameters };
  }

  /** The variables, with distributions where they are given. */
  uncertain(list: readonly ForeignUncertainty[]): ModelDocument["variables"] {
    const distributions = new Map<string, ForeignUncertainty>();
    for (const entry of list) {
      const target = this.#target(entry.name, entry.subscripts, entry.span);
      if (!target) continue;
      const isWhole = target.product.every((positions, i) => positions.length === lengthsOf(target.info)[i]);
      if (isWhole) distributions.set(target.info.name, entry);
      else this.#wrong(entry.name, entry.span, "part");
    }
    return this.#document.variables.map((variable) => {
      const entry = distributions.get(variable.name.text);
      return entry && variable.kind === "parameter" ? { ...variable, distribution: distributionOf(entry) } : variable;
    });
  }

  #wrong(
    name: ForeignName,
    span: Span,
    problem: "unknown" | "not-constant" | "subscripts" | "lookup" | "built-in" | "part",
    near: readonly string[] = [],
  ): null {
    this.#diagnostics.add("mdl-change", span, { problem, name: name.text, near });
    return null;
  }

  /** The parameter that a name and subscripts stand for, and its cells. */
  #target(name: ForeignName, subscripts: readonly ForeignName[], span: Span): Target | null {
    const info = this.#names.variables.get(name.key);
    if (!info) {
      const all = [...this.#names.variables.values()].map((variable) => variable.foreign.name.text);
      return this.#wrong(name, span, "unknown", nearestNames(name.text, all));
    }
    if (this.#names.used.has(name.key) || CLOCK.has(name.key)) return this.#wrong(name, span, "built-in");
    const parameter = this.#document.variables.find((variable) => variable.name.text === info.name);
    if (parameter?.kind === "lookup") return this.#wrong(name, span, "lookup");
    if (parameter?.kind !== "parameter") return this.#wrong(name, span, "not-constant");
    if (subscripts.length !== info.axes.length) return this.#wrong(name, span, "subscripts");
    const product = subscripts.map((subscript, axis) => {
      const found = positionsOf(subscript, this.#names.families);
      if (found && found.family === info.axes[axis]!.family) return found.positions;
      const data = {
        name: name.text,
        subscript: subscript.text,
        problem: found ? "other-dimension" : "unknown",
      } as const;
      this.#diagnostics.add("foreign-subscript", subscript.span, data);
      return null;
    });
    return product.some((positions) => positions === null) ? null : { info, parameter, product: product as Product };
  }

  #fill(numbers: Map<number, number>, { info, product }: Target, change: ForeignChange): boolean {
    const { values, name, span } = change;
    if (!values) return this.#wrong(name, span, "lookup") ?? false;
    const needed = product.reduce((count, positions) => count * positions.length, 1);
    if (values.length !== 1 && values.length !== needed) {
      this.#diagnostics.add("foreign-number-count", span, { name: name.text, given: values.length, needed });
      return false;
    }
    let next = 0;
    forEachCell(product, lengthsOf(info), (cell) =>
      numbers.set(cell, values.length === 1 ? values[0]! : values[next++]!),
    );
    return true;
  }
}

const lengthsOf = (info: VariableInfo): number[] => info.axes.map((axis) => axis.family.elements.length);

/** The value of a parameter with some numbers in place of its own. */
function overridden({ info, parameter }: Target, numbers: ReadonlyMap<number, number>, span: Span): ValueBlock {
  const lengths = lengthsOf(info);
  if (lengths.length === 0) return { kind: "number", value: numbers.get(0)!, span };
  const base = parameter.value?.kind === "by-element" ? parameter.value : null;
  const entries = new Map(base?.entries.map((entry) => [entry.element.text, entry.value]));
  for (const [cell, value] of numbers) entries.set(elementsOf(info, cell, lengths), value);
  return {
    kind: "by-element",
    entries: [...entries].map(([text, value]) => ({ element: { text, span }, value })),
    otherwise: base?.otherwise ?? null,
    span,
  };
}

/** The names of a cell's elements, as keys of values have them. */
function elementsOf(info: VariableInfo, cell: number, lengths: readonly number[]): string {
  const names: string[] = [];
  let rest = cell;
  for (let axis = lengths.length - 1; axis >= 0; axis--) {
    names.unshift(info.axes[axis]!.family.elements[rest % lengths[axis]!]!.name);
    rest = Math.floor(rest / lengths[axis]!);
  }
  return names.join(", ");
}

function distributionOf({ family, parameters, span }: ForeignUncertainty): ParameterDocument["distribution"] {
  const build = new ExpressionBuilder(span);
  const text = `${family}(${parameters.join(", ")})`;
  return {
    source: { text, span, textStart: null },
    expression: build.call(family, ...parameters.map((value) => build.number(value))),
  };
}
