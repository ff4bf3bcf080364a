/** Charts that a model asks for, checked against indicators, scenarios and save times. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import { nearestNames } from "../diagnostics/nearest.ts";
import type { Span } from "../diagnostics/source.ts";
import type { CatalogChart, Title } from "../ensemble/catalog.ts";
import type { ChartDocument, Word } from "../language/document.ts";
import type { Equation } from "../language/equation.ts";
import type { DataReader } from "./data-cells.ts";
import type { Scenario, TimeGrid } from "./model.ts";
import type { NamedIndicators } from "./named-indicators.ts";
import { cellKeys, type Symbols } from "./symbols.ts";
import { saveTimes } from "./time-grid.ts";

export class ChartsBuilder {
  readonly #documents: readonly ChartDocument[];
  readonly #symbols: Symbols;
  readonly #indicators: NamedIndicators;
  readonly #time: TimeGrid;
  readonly #data: DataReader;
  readonly #diagnostics: DiagnosticList;

  constructor(
    documents: readonly ChartDocument[],
    symbols: Symbols,
    indicators: NamedIndicators,
    time: TimeGrid,
    data: DataReader,
    diagnostics: DiagnosticList,
  ) {
    this.#documents = documents;
    this.#symbols = symbols;
    this.#indicators = indicators;
    this.#time = time;
    this.#data = data;
    this.#diagnostics = diagnostics;
  }

  charts(scenarios: readonly Scenario[]): CatalogChart[] {
    return this.#documents.flatMap((doc) => this.#chart(doc, scenarios) ?? []);
  }

  #chart(doc: ChartDocument, scenarios: readonly Scenario[]): CatalogChart | null {
    const kind = doc.kind.text as CatalogChart["kind"];
    const base = { name: doc.name.text, ...(doc.title && { title: doc.title }), ...(doc.note && { note: doc.note }) };
    const named = [...(doc.scenario ? [doc.scenario] : []), ...doc.scenarios];
    if (!named.every((word) => this.#isScenario(word, scenarios))) return null;
    const scenario = doc.scenario?.text ?? scenarios[0]!.name;
    const indicators = doc.indicators.flatMap((w) => this.#indicators.indicator(w) ?? []);
    const per = doc.per && this.#indicators.indicator(doc.per);
    if (indicators.length < doc.indicators.length || (doc.per && !per)) return null;
    switch (kind) {
      case "targets":
      case "quality":
        return { ...base, kind };
      case "paired":
      case "backtest":
        return { ...base, kind, scenario, indicators };
      case "lines":
      case "areas": {
        const [from] = doc.from === null ? [] : this.#years([doc.from], doc.fromSpan, doc.name.text);
        return { ...base, kind, scenario, indicators, ...(from !== undefined && { from }) };
      }
      case "decomposition":
        return { ...base, kind, scenario, indicators, scenarios: doc.scenarios.map(({ text }) => text) };
      case "table":
        return this.#tableChart(doc, base);
      case "map":
      case "ranks":
      case "matrix":
      case "pyramid":
      case "dumbbell":
      case "lights":
      case "robustness":
      case "convergence": {
        const years = this.#years(doc.years, doc.yearsSpan, doc.name.text);
        const indicator = this.#wholeIndicator(doc.indicator!);
        return indicator === null ? null : { ...base, kind, scenario, indicator, years };
      }
      case "stacked":
      case "waterfall": {
        const years = this.#years(doc.years, doc.yearsSpan, doc.name.text);
        return { ...base, kind, scenario, indicators, years, ...(per && { per }) };
      }
      case "multiples":
      case "phase": {
        const indicator = this.#wholeIndicator(doc.indicator!);
        return indicator === null ? null : { ...base, kind, scenario, indicator };
      }
      case "fan":
      case "tornado": {
        const cell = this.#indicators.indicatorCell(doc.indicator!);
        if (!cell) return null;
        const key = cellKeys(cell.variable.shape)[cell.position]!;
        const shown = { scenario, indicator: cell.variable.name, key };
        if (kind === "fan") return { ...base, kind, ...shown };
        return { ...base, kind, ...shown, years: this.#years(doc.years, doc.yearsSpan, doc.name.text) };
      }
    }
  }

  #isScenario(word: Word, scenarios: readonly Scenario[]): boolean {
    const names = scenarios.map((s) => s.name);
    if (names.includes(word.text)) return true;
    if (this.#symbols.broken.has(word.text)) return false;
    this.#diagnostics.add("unknown-scenario", word.span, { name: word.text, near: nearestNames(word.text, names) });
    return false;
  }

  /** A table of texts; of a column `item`, `item_en` and `item_zh` are read where the file has both. */
  #tableChart(doc: ChartDocument, base: { name: string; title?: Title; note?: Title }): CatalogChart | null {
    const table = this.#data.table(doc.file!);
    if (!table) return null;
    const places = doc.columns.map(({ column }) => {
      const [en, zh] = ["_en", "_zh"].map((ending) => table.columns.indexOf(column.text + ending));
      if (en! >= 0 && zh! >= 0) return { en: en!, zh: zh! };
      const at = table.columns.indexOf(column.text);
      if (at < 0) {
        const near = nearestNames(column.text, table.columns);
        const data = { file: doc.file!.text, column: column.text, near, columns: table.columns };
        this.#diagnostics.add("csv-column-missing", column.span, data);
      }
      return { en: at, zh: at };
    });
    if (places.some(({ en }) => en < 0)) return null;
    const rows = Array.from({ length: table.rows }, (_, row) =>
      places.map(({ en, zh }) => ({ en: table.cell(row, en), zh: table.cell(row, zh) })),
    );
    return { ...base, kind: "table", columns: doc.columns.map(({ title }) => title), rows };
  }

  /** Name of an indicator that is shown with all its elements. */
  #wholeIndicator({ expression, source }: Equation): string | null {
    const text = expression.kind === "name" ? expression.name : source.text.trim();
    return this.#indicators.indicator({ text, span: expression.span });
  }

  #years(years: readonly number[], span: Span, name: string): number[] {
    const times = saveTimes(this.#time);
    for (const year of years) {
      if (times.includes(year)) continue;
      this.#indicators.notSaved("chart", name, year, span);
    }
    return years.length > 0 ? years.filter((y) => times.includes(y)) : [times.at(-1)!];
  }
}
