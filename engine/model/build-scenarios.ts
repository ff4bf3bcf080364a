/** Scenarios and the reference among them, checked against levers and parameters. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import { nearestNames } from "../diagnostics/nearest.ts";
import type { Span } from "../diagnostics/source.ts";
import type { ModelDocument, ParameterOverride, ScenarioDocument } from "../language/document.ts";
import type { VariableBuilder } from "./build-variables.ts";
import type { LeverValue, Parameter, ParameterSetting, Scenario, TimeGrid, Variable } from "./model.ts";
import { titleOf } from "./named-indicators.ts";
import type { Symbols } from "./symbols.ts";

const declaredAt = (variable: Variable) => [{ span: variable.span, label: "declared-here" as const }];

export class ScenariosBuilder {
  readonly #document: ModelDocument;
  readonly #symbols: Symbols;
  readonly #builder: VariableBuilder;
  readonly #time: TimeGrid;
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
    diagnostics: DiagnosticList,
  ) {
    this.#document = document;
    this.#symbols = symbols;
    this.#builder = builder;
    this.#time = time;
    this.#diagnostics = diagnostics;
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
}
