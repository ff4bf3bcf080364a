/** Events, identities, targets and correlations of noises, checked against the variables. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { EventDocument, ModelDocument, Word } from "../language/document.ts";
import type { VariableBuilder } from "./build-variables.ts";
import type { Identity, ModelEvent, Noise, Stock, Target, TimeGrid } from "./model.ts";
import { type NamedIndicators, titleOf } from "./named-indicators.ts";
import type { Symbols } from "./symbols.ts";
import { recurrence, saveTimes, stepOfTime } from "./time-grid.ts";

export class RunsBuilder {
  readonly #document: ModelDocument;
  readonly #symbols: Symbols;
  readonly #builder: VariableBuilder;
  readonly #time: TimeGrid;
  readonly #indicators: NamedIndicators;
  readonly #diagnostics: DiagnosticList;
  constructor(
    document: ModelDocument,
    symbols: Symbols,
    builder: VariableBuilder,
    time: TimeGrid,
    indicators: NamedIndicators,
    diagnostics: DiagnosticList,
  ) {
    this.#document = document;
    this.#symbols = symbols;
    this.#builder = builder;
    this.#time = time;
    this.#indicators = indicators;
    this.#diagnostics = diagnostics;
  }

  #unknownName(word: Word): void {
    if (this.#symbols.broken.has(word.text)) return;
    this.#diagnostics.add("unknown-name", word.span, { name: word.text, near: this.#symbols.near(word.text) });
  }

  events(): ModelEvent[] {
    return this.#document.events.flatMap((doc) => {
      const times = this.#eventTimes(doc);
      const sets = doc.sets.flatMap((set) => {
        const stock = this.#symbols.variables.get(set.stock.text);
        if (!stock) return this.#unknownName(set.stock) ?? [];
        if (stock.kind !== "stock") {
          this.#diagnostics.add("not-a-stock", set.stock.span, { name: stock.name, kind: stock.kind });
          return [];
        }
        const shape = this.#builder.shape(set.shape);
        if (!shape) return [];
        if (shape.map((a) => a.name).join() !== stock.shape.map((a) => a.name).join()) {
          const data = { name: stock.name, given: shape.length, shape: stock.shape.map((a) => a.name) };
          this.#diagnostics.add("wrong-subscript-count", set.stock.span, data);
          return [];
        }
        const pieces = this.#builder.pieces(set.equations, stock.shape, stock.name, set.stock.span);
        return pieces ? [{ stock: stock as Stock, pieces }] : [];
      });
      if (!times) return [];
      const { everySteps, firstStep } = times;
      return [{ name: doc.name.text, title: titleOf(doc.title, doc.name.text), everySteps, firstStep, sets }];
    });
  }

  /** The steps at whose end an event happens; null where it never could, which is reported. */
  #eventTimes({ name, every, at, atSpan }: EventDocument): { everySteps: number; firstStep: number } | null {
    const { start, stop, step, steps, unit } = this.#time;
    if (every) {
      const times = recurrence(this.#time, every);
      const data = { name: name.text, every: every.text, step: step.text };
      if (!times) this.#diagnostics.add("event-period", every.span, data);
      return times;
    }
    const firstStep = stepOfTime(this.#time, at!);
    if (firstStep !== null && firstStep >= 1 && firstStep <= steps) return { everySteps: 0, firstStep };
    const data = { name: name.text, at: at!, start, stop, step: step.text, unit };
    this.#diagnostics.add("event-date", atSpan, data);
    return null;
  }

  identities(): Identity[] {
    return this.#document.identities.flatMap((doc) => {
      const shape = this.#builder.shape(doc.shape);
      if (!shape) return [];
      const left = this.#builder.whole(doc.left, shape);
      const right = this.#builder.whole(doc.right, shape);
      const scale = doc.scale && this.#builder.whole(doc.scale, shape);
      if (!left || !right || (doc.scale && !scale)) return [];
      const title = titleOf(doc.title, doc.name.text);
      return [{ name: doc.name.text, title, shape, left, right, scale, tolerance: doc.tolerance }];
    });
  }

  targets(): Target[] {
    const times = saveTimes(this.#time);
    return this.#document.targets.flatMap((doc) => {
      const cell = this.#indicators.indicatorCell(doc.indicator);
      if (!times.includes(doc.due)) {
        this.#indicators.notSaved("target", doc.name.text, doc.due, doc.dueSpan);
        return [];
      }
      if (!cell) return [];
      const { name, title, comparison, threshold, due, note, source } = doc;
      return [{ name: name.text, title: titleOf(title, name.text), ...cell, comparison, threshold, due, note, source }];
    });
  }

  correlations(): { a: Noise; b: Noise; value: number }[] {
    return this.#document.correlations.flatMap(({ a, b, value, span }) => {
      const [va, vb] = [this.#symbols.variables.get(a.text), this.#symbols.variables.get(b.text)];
      // Pairs with a parameter are read by `parameterCorrelations`.
      if (va?.kind === "parameter" || vb?.kind === "parameter") return [];
      for (const [word, variable] of [[a, va] as const, [b, vb] as const]) {
        if (!variable) this.#unknownName(word);
        else if (variable.kind !== "noise") {
          const related = [{ span: variable.span, label: "declared-here" as const }];
          this.#diagnostics.add("not-a-noise", word.span, { name: word.text, kind: variable.kind }, related);
        }
      }
      if (va?.kind !== "noise" || vb?.kind !== "noise") return [];
      if (!(value > -1 && value < 1)) {
        this.#diagnostics.add("correlation-range", span, { a: a.text, b: b.text, value });
        return [];
      }
      const same = va.shape.map((x) => x.name).join() === vb.shape.map((x) => x.name).join();
      const markov = va.process === "markov" || vb.process === "markov";
      const why = markov ? "markov" : !same ? "shape" : va.everySteps !== vb.everySteps ? "period" : null;
      if (why !== null) {
        this.#diagnostics.add("correlation-shape", span, { a: a.text, b: b.text, why });
        return [];
      }
      return [{ a: va, b: vb, value }];
    });
  }
}
