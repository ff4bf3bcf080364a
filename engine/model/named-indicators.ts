/** Names in the sections about runs that must be those of indicators and of save times; what is wrong with them is told here. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import { nearestNames } from "../diagnostics/nearest.ts";
import type { Span } from "../diagnostics/source.ts";
import type { Title } from "../ensemble/catalog.ts";
import type { ModelDocument, Word } from "../language/document.ts";
import type { Equation } from "../language/equation.ts";
import type { TimeGrid, Variable } from "./model.ts";
import { EquationResolver } from "./resolve-equation.ts";
import type { Symbols } from "./symbols.ts";

/** A title, else the name itself in both languages. */
export const titleOf = (title: Title | null, name: string): Title => title ?? { en: name, zh: name };

export class NamedIndicators {
  readonly #save: string;
  readonly #symbols: Symbols;
  readonly #time: TimeGrid;
  readonly #diagnostics: DiagnosticList;

  constructor(document: ModelDocument, symbols: Symbols, time: TimeGrid, diagnostics: DiagnosticList) {
    this.#save = document.header.save.text;
    this.#symbols = symbols;
    this.#time = time;
    this.#diagnostics = diagnostics;
  }

  /** The name of an indicator; null for another one, which is reported. */
  indicator(word: Word): string | null {
    if (this.#symbols.variables.get(word.text)?.indicator) return word.text;
    this.#unknownIndicator(word);
    return null;
  }

  /** The cell that `name` or `name[element]` names; the variable must be an indicator. */
  indicatorCell(equation: Equation): { variable: Variable; position: number } | null {
    const { expression } = equation;
    const name = expression.kind === "name" || expression.kind === "subscripted" ? expression.name : "";
    const variable = this.#symbols.variables.get(name);
    if (!variable?.indicator) {
      this.#unknownIndicator({ text: name || equation.source.text.trim(), span: expression.span });
      return null;
    }
    const resolver = new EquationResolver(this.#symbols, this.#diagnostics, this.#time);
    const term = resolver.resolve(expression, new Map());
    if (term?.kind !== "read") return null;
    let position = 0;
    for (const [i, index] of term.index.entries()) {
      if (index.kind !== "element") return null;
      position = position * variable.shape[i]!.dimension.elements.length + index.position;
    }
    return { variable, position };
  }

  /** Reports a time at which nothing is saved. */
  notSaved(of: "target" | "chart", name: string, due: number, span: Span): void {
    const { start, stop, unit } = this.#time;
    this.#diagnostics.add("target-date", span, { name, of, due, start, stop, save: this.#save, unit });
  }

  #unknownIndicator(word: Word): void {
    // Its declaration, or the part that would mark it, has an error of its own.
    if (this.#symbols.broken.has(word.text) || this.#symbols.doubtful.has(word.text)) return;
    const indicators = [...this.#symbols.variables.values()].filter((v) => v.indicator).map((v) => v.name);
    const exists = this.#symbols.variables.has(word.text);
    this.#diagnostics.add("unknown-indicator", word.span, {
      name: word.text,
      near: nearestNames(word.text, indicators),
      exists,
    });
  }
}
