/** Events, identities, targets, scenarios, correlations and charts, checked against the variables. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import { nearestNames } from "../diagnostics/nearest.ts";
import type { Span } from "../diagnostics/source.ts";
import type { CatalogChart, Title } from "../ensemble/catalog.ts";
import type {
  ChartDocument,
  EventDocument,
  ModelDocument,
  ParameterOverride,
  ScenarioDocument,
  Word,
} from "../language/document.ts";
import type { Equation } from "../language/equation.ts";
import type { VariableBuilder } from "./build-variables.ts";
import type { DataReader } from "./data-cells.ts";
import type {
  Identity,
  LeverValue,
  ModelEvent,
  Noise,
  Parameter,
  ParameterSetting,
  Scenario,
  Stock,
  Target,
  TimeGrid,
  Variable,
} from "./model.ts";
import { EquationResolver } from "./resolve-equation.ts";
import { cellKeys, type Symbols } from "./symbols.ts";
import { recurrence, saveTimes, stepOfTime } from "./time-grid.ts";

const declaredAt = (variable: Variable) => [{ span: variable.span, label: "declared-here" as const }];
const titleOf = (title: Title | null, name: string): Title => title ?? { en: name, zh: name };

export class RunsBuilder {
  readonly #document: ModelDocument;
  readonly #symbols: Symbols;
  readonly #builder: VariableBuilder;
  readonly #time: TimeGrid;
  readonly #data: DataReader;
  readonly #diagnostics: DiagnosticList;
  /** Errors of lever settings that were told, by code and place. */
  readonly #told = new Set<string>();
  readonly #settings = new Map<ParameterOverride, ParameterSetting | null>();
  /** Scenarios whose circle has been reported. */
  readonly #inCircle = new Set<ScenarioDocument>();
  /** Levers whose own ramp begins too early, and has been reported. */
  readonly #early = new Set<Variable>();

  constructor(
    document: ModelDocument,
    symbols: Symbols,
    builder: VariableBuilder,
    time: TimeGrid,
    data: DataReader,
    diagnostics: DiagnosticList,
  ) {
    this.#document = document;
    this.#symbols = symbols;
    this.#builder = builder;
    this.#time = time;
    this.#data = data;
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
      const cell = this.#indicatorCell(doc.indicator);
      if (!times.includes(doc.due)) {
        this.#notSaved("target", doc.name.text, doc.due, doc.dueSpan);
        return [];
      }
      if (!cell) return [];
      const { name, title, comparison, threshold, due, note, source } = doc;
      return [{ name: name.text, title: titleOf(title, name.text), ...cell, comparison, threshold, due, note, source }];
    });
  }

  #notSaved(of: "target" | "chart", name: string, due: number, span: Span): void {
    const { start, stop, unit } = this.#time;
    const { save } = this.#document.header;
    this.#diagnostics.add("target-date", span, { name, of, due, start, stop, save: save.text, unit });
  }

  /** The cell that `name` or `name[element]` names; the variable must be an indicator. */
  #indicatorCell(equation: Equation): { variable: Variable; position: number } | null {
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

  scenarios(): Scenario[] {
    const byName = new Map(this.#document.scenarios.map((s) => [s.name.text, s]));
    const first = new Map<string, Span>();
    const built = this.#document.scenarios.map((doc): Scenario => {
      const earlier = first.get(doc.name.text);
      if (earlier) {
        const related = [{ span: earlier, label: "first-defined-here" as const }];
        this.#diagnostics.add("duplicate-name", doc.name.span, { name: doc.name.text }, related);
      } else first.set(doc.name.text, doc.name.span);
      const chain = this.#chain(doc, byName);
      const levers = new Map<string, LeverValue>();
      const parameters = new Map<string, ParameterSetting>();
      for (const ancestor of chain) {
        const report = ancestor === doc;
        for (const setting of this.#levers(ancestor, report)) levers.set(setting.lever.name, setting);
        for (const setting of this.#overrides(ancestor, report && !doc.repeated))
          parameters.set(setting.parameter.name, setting);
      }
      return {
        name: doc.name.text,
        title: titleOf(doc.title, doc.name.text),
        description: doc.description,
        levers: [...levers.values()],
        parameters: [...parameters.values()],
      };
    });
    if (built.length > 0) return built;
    const name = "base";
    return [{ name, title: { en: "Base run", zh: "基准运行" }, description: null, levers: [], parameters: [] }];
  }

  /** The scenario after those that it is like, the first one first. */
  #chain(doc: ScenarioDocument, byName: ReadonlyMap<string, ScenarioDocument>): ScenarioDocument[] {
    const chain = [doc];
    for (let at: ScenarioDocument | undefined = doc; at?.like; ) {
      const next: ScenarioDocument | undefined = byName.get(at.like.text);
      if (!next) {
        if (at === doc && !doc.repeated && !this.#symbols.broken.has(at.like.text)) {
          const near = nearestNames(at.like.text, byName.keys());
          this.#diagnostics.add("unknown-scenario", at.like.span, { name: at.like.text, near });
        }
        return chain;
      }
      if (chain.includes(next)) {
        this.#circle(chain.slice(0, chain.indexOf(next) + 1));
        return [doc];
      }
      chain.unshift(next);
      at = next;
    }
    return chain;
  }

  /** A circle of `like`, told once, at the scenario that stands first. */
  #circle(members: readonly ScenarioDocument[]): void {
    if (members.some((m) => this.#inCircle.has(m))) return;
    for (const member of members) this.#inCircle.add(member);
    const first = this.#document.scenarios.find((s) => members.includes(s))!;
    const loop: string[] = [];
    for (let at = first; loop.length < members.length; ) {
      loop.push(at.name.text);
      at = members.find((m) => m.name.text === at.like?.text)!;
    }
    this.#diagnostics.add("circular-scenarios", first.like?.span ?? first.name.span, { loop });
  }

  #levers(doc: ScenarioDocument, report: boolean): LeverValue[] {
    const scenario = doc.name.text;
    // Generated scenarios share their settings, whose errors are told once.
    const add: DiagnosticList["add"] = (code, span, ...rest) => {
      const place = `${code} ${span?.path} ${span?.start}`;
      if (!report || this.#told.has(place)) return;
      this.#told.add(place);
      this.#diagnostics.add(code, span, ...rest);
    };
    return doc.levers.flatMap((setting) => {
      const lever = this.#symbols.variables.get(setting.lever.text);
      const name = setting.lever.text;
      if (lever?.kind !== "lever") {
        if (this.#symbols.broken.has(name)) return [];
        const levers = [...this.#symbols.variables.values()].filter((v) => v.kind === "lever").map((v) => v.name);
        const data = { scenario, name, near: nearestNames(name, levers), isParameter: lever?.kind === "parameter" };
        add("unknown-lever", setting.lever.span, data, lever ? declaredAt(lever) : []);
        return [];
      }
      const declared = [{ span: lever.span, label: "lever-declared-here" as const }];
      if (!(setting.set >= lever.low && setting.set <= lever.high)) {
        const data = { scenario, name, value: setting.set, low: lever.low, high: lever.high, unit: lever.unit };
        add("lever-out-of-range", setting.setSpan, data, declared);
      }
      const from = setting.from ?? lever.ramp?.from ?? this.#time.start;
      const to = setting.to ?? (setting.from === null ? lever.ramp?.to : undefined) ?? from;
      if (from < this.#time.start && !(setting.from === null && this.#early.has(lever))) {
        if (setting.from === null) this.#early.add(lever);
        add("lever-before-start", setting.span, { scenario, name, from, start: this.#time.start }, declared);
      }
      if (to < from) add("lever-ramp-order", setting.span, { name, from, to }, declared);
      return [{ lever, set: setting.set, from, to, lag: setting.lag ?? lever.lag }];
    });
  }

  #overrides(doc: ScenarioDocument, report: boolean): ParameterSetting[] {
    return doc.parameters.flatMap((override) => {
      const name = override.parameter.text;
      const parameter = this.#symbols.variables.get(name);
      if (parameter?.kind !== "parameter") {
        if (this.#symbols.broken.has(name) || !report) return [];
        const names = [...this.#symbols.variables.values()].filter((v) => v.kind === "parameter").map((v) => v.name);
        const data = {
          scenario: doc.name.text,
          name,
          near: nearestNames(name, names),
          isLever: parameter?.kind === "lever",
        };
        const related = parameter ? declaredAt(parameter) : [];
        this.#diagnostics.add("unknown-parameter", override.parameter.span, data, related);
        return [];
      }
      return this.#setting(override, parameter, doc.name.text) ?? [];
    });
  }

  /** What an override sets, read (and blamed) once for all scenarios that have it. */
  #setting(override: ParameterOverride, parameter: Parameter, scenario: string): ParameterSetting | null {
    const known = this.#settings.get(override);
    if (known !== undefined) return known;
    const { name, shape } = parameter;
    const values = override.value && this.#builder.values(override.value, shape, name);
    const distribution = override.distribution && this.#builder.distribution(override.distribution, parameter);
    const isAlone = distribution?.[0]?.family === "joint" && parameter.sharedStream === null;
    if (isAlone) this.#diagnostics.add("joint-override", override.parameter.span, { scenario, name });
    const setting = (values || distribution) && !isAlone ? { parameter, values, distribution } : null;
    this.#settings.set(override, setting);
    return setting;
  }

  reference(scenarios: readonly Scenario[]): string {
    const word = this.#document.header.reference;
    if (!word) return scenarios[0]!.name;
    if (!scenarios.some((s) => s.name === word.text) && !this.#symbols.broken.has(word.text)) {
      const near = nearestNames(
        word.text,
        scenarios.map((s) => s.name),
      );
      this.#diagnostics.add("unknown-scenario", word.span, { name: word.text, near });
    }
    return word.text;
  }

  charts(scenarios: readonly Scenario[]): CatalogChart[] {
    return this.#document.charts.flatMap((doc) => this.#chart(doc, scenarios) ?? []);
  }

  #chart(doc: ChartDocument, scenarios: readonly Scenario[]): CatalogChart | null {
    const kind = doc.kind.text as CatalogChart["kind"];
    const base = { name: doc.name.text, ...(doc.title && { title: doc.title }), ...(doc.note && { note: doc.note }) };
    const named = [...(doc.scenario ? [doc.scenario] : []), ...doc.scenarios];
    if (!named.every((word) => this.#isScenario(word, scenarios))) return null;
    const scenario = doc.scenario?.text ?? scenarios[0]!.name;
    const indicators = doc.indicators.flatMap((w) => this.#indicator(w) ?? []);
    const per = doc.per && this.#indicator(doc.per);
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
        const cell = this.#indicatorCell(doc.indicator!);
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
    const rows = table.rows.map(({ cells }) => places.map(({ en, zh }) => ({ en: cells[en]!, zh: cells[zh]! })));
    return { ...base, kind: "table", columns: doc.columns.map(({ title }) => title), rows };
  }

  /** Name of an indicator that is shown with all its elements. */
  #wholeIndicator({ expression, source }: Equation): string | null {
    const text = expression.kind === "name" ? expression.name : source.text.trim();
    return this.#indicator({ text, span: expression.span });
  }

  #years(years: readonly number[], span: Span, name: string): number[] {
    const times = saveTimes(this.#time);
    for (const year of years) {
      if (times.includes(year)) continue;
      this.#notSaved("chart", name, year, span);
    }
    return years.length > 0 ? years.filter((y) => times.includes(y)) : [times.at(-1)!];
  }

  #indicator(word: Word): string | null {
    if (this.#symbols.variables.get(word.text)?.indicator) return word.text;
    this.#unknownIndicator(word);
    return null;
  }
}
