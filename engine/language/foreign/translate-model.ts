/**
 * A foreign model as a document of our language.
 *
 * ```
 *   names       identifiers.ts    variable-info.ts      every name an identifier, every variable a shape and a kind
 *   dimensions  families.ts                             ranges that share elements become one dimension with groups
 *   clock       start-values.ts   clock.ts              constants are folded; a grid of whole steps
 *   equations   translate-expression.ts, *-rules.ts     along whole axes, or laid out element by element
 *   variables   translate-variable.ts  conveyor.ts      stocks, flows, auxiliaries, parameters, lookups
 *   added       added-variables.ts                      lookups, noises and auxiliaries that equations need
 * ```
 */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { SourceFile } from "../../diagnostics/source.ts";
import type { ModelDocument } from "../document.ts";
import { AddedVariables, numbered } from "./added-variables.ts";
import { buildClock, type ClockTrial, type ForeignClock } from "./clock.ts";
import { buildFamilies, type Families } from "./families.ts";
import type { Dialect, ForeignBody, ForeignExpression, ForeignModel } from "./foreign-model.ts";
import { attachedFlows, drivenFlows, heldFlows } from "./held-flows.ts";
import { Identifiers } from "./identifiers.ts";
import type { ForeignNames } from "./scenario-inputs.ts";
import type { Scope } from "./scope.ts";
import { type Moment, StartValues } from "./start-values.ts";
import { flowsIn } from "./stock-documents.ts";
import { dataTable, graphTable } from "./table-documents.ts";
import { ExpressionTranslator } from "./translate-expression.ts";
import { translateVariable } from "./translate-variable.ts";
import type { ClockName, TranslationContext } from "./translation-context.ts";
import { describeVariables, leftPositions, type VariableInfo } from "./variable-info.ts";
import { type VariableContext, VariableLayout } from "./variable-layout.ts";

/** What a model that comes from another tool's file has beside its document. */
export interface ForeignOrigin {
  readonly dialect: Dialect;
  readonly vendor: string | null;
  /** Cells of variables that the file does not define, by variable and key; they are no output. */
  readonly absent: ReadonlyMap<string, ReadonlySet<string>>;
  /** The steps that are saved; null where the document's `save` says it. */
  readonly savedSteps: readonly number[] | null;
  /** Names of the variables that say how the clock goes, where that changes during a run; what is constant else. */
  readonly changingClock: ChangingClock | null;
  readonly ignored: ForeignModel["ignored"];
}

export interface ChangingClock {
  readonly stop: string | null;
  readonly step: string | null;
  readonly save: string | null;
  readonly constant: { readonly stop: number; readonly step: number; readonly save: number };
}

export interface TranslatedModel {
  readonly document: ModelDocument;
  readonly origin: ForeignOrigin;
  readonly names: ForeignNames;
}

/** What comes from parts of the engine that language/ does not know. */
export interface EngineParts {
  /** Whether our language gives a name a meaning of its own. */
  readonly isReservedName: (name: string) => boolean;
  /** Quantile functions of the gamma distribution with scale 1 and of the beta distribution. */
  readonly quantileGamma: (u: number, shape: number) => number;
  readonly quantileBeta: (u: number, a: number, b: number) => number;
}

/** Names of the clock that are no variables, by dialect. */
const CLOCK_NAMES: Readonly<Record<Dialect, Readonly<Record<string, ClockName>>>> = {
  vensim: { time: "time" },
  xmile: { time: "time", dt: "time_step", starttime: "start_time", stoptime: "stop_time" },
};

/**
 * @param file the file that the model was read from, for the texts of equations
 * @param trial what a run has shown of a clock that changes
 * @returns null where the model has an error; all are in `diagnostics`
 */
export function translateForeignModel(
  model: ForeignModel,
  file: SourceFile,
  parts: EngineParts,
  diagnostics: DiagnosticList,
  trial: ClockTrial | null = null,
): TranslatedModel | null {
  const translation = new Translation(model, file, parts, diagnostics);
  return translation.run(trial);
}

class Translation {
  readonly #model: ForeignModel;
  readonly #parts: EngineParts;
  readonly #file: SourceFile;
  readonly #diagnostics: DiagnosticList;
  readonly #identifiers: Identifiers;
  readonly #families: Families;
  readonly #variables: Map<string, VariableInfo>;
  readonly #absent = new Map<string, Set<string>>();
  readonly #dataTables: VariableContext["tables"] = new Map<ForeignBody, { data?: string; times?: string }>();
  readonly #added: AddedVariables;
  #variableContext: VariableContext | null = null;

  constructor(model: ForeignModel, file: SourceFile, parts: EngineParts, diagnostics: DiagnosticList) {
    this.#parts = parts;
    this.#model = model;
    this.#file = file;
    this.#diagnostics = diagnostics;
    this.#identifiers = new Identifiers((n) => parts.isReservedName(n) || n === "scenario" || n === "draw");
    this.#added = new AddedVariables(this.#identifiers);
    this.#families = buildFamilies(model, this.#identifiers, diagnostics);
    this.#variables = describeVariables(model, this.#families, this.#identifiers, diagnostics);
  }

  run(trial: ClockTrial | null): TranslatedModel | null {
    const { dialect, vendor, time } = this.#model;
    const clockNames = new Map<string, ClockName>(Object.entries(CLOCK_NAMES[dialect]));
    const lazy: { values: StartValues | null } = { values: null };
    const valueAt = (moment: Moment) => (e: ForeignExpression, scope: Scope) => lazy.values!.value(e, scope, moment);
    const base: Omit<TranslationContext, "timeStep" | "steps"> = {
      dialect,
      fromVensim: dialect === "vensim" || /vensim|ventana|xmutil/i.test(vendor ?? ""),
      families: this.#families,
      variables: this.#variables,
      diagnostics: this.#diagnostics,
      clock: clockNames,
      startValue: valueAt("start"),
      constantValue: valueAt("constant"),
      table: (table) => this.#added.table(table),
      graphicalTable: (variable) => this.#tableBeside(variable),
      timesTable: (variable) => this.#tableOfData(variable, "times"),
      dataAt: (variable, cell) => this.#dataAt(variable, cell),
      helper: (helper) => this.#added.noise(helper),
      auxiliary: (helper) => this.#added.auxiliary(helper),
      row: (helper) => this.#added.row(helper),
      quantileGamma: this.#parts.quantileGamma,
      quantileBeta: this.#parts.quantileBeta,
    };
    lazy.values = new StartValues({ ...base, timeStep: 1, steps: 1 });
    const { values } = lazy;
    const startOf = (e: ForeignExpression) => values.value(e, [], "start");
    // A start that depends on the time is what it gives at itself, looked for from 0.
    if (startOf(time.start) === null) values.setClock("time", 0);
    const start = startOf(time.start);
    if (start !== null) for (const key of ["time", "initial_time", "starttime"]) values.setClock(key, start);
    const isConstant = (e: ForeignExpression | null) => e === null || values.value(e, [], "constant") !== null;
    const changes = dialect === "vensim" && ![time.stop, time.step, time.save].every(isConstant);
    const clock = buildClock(time, startOf, { changes, trial }, this.#diagnostics);
    if (!clock) return null;
    values.setClock("dt", clock.step.numerator / clock.step.denominator);
    this.#added.step = clock.step;
    if (dialect === "vensim") this.#nameClock(clockNames, clock, isConstant);
    const changing = changes ? this.#changingClock(startOf, isConstant) : null;
    const timeStep = clock.step.numerator / clock.step.denominator;
    const steps = Math.round((clock.stop - clock.start) / timeStep);
    const context: TranslationContext = { ...base, timeStep, steps };
    this.#translateVariables(context);
    if (this.#diagnostics.hasErrors) return null;
    const names: ForeignNames = { variables: this.#variables, families: this.#families, used: values.used };
    return { document: this.#document(clock), origin: this.#origin(clock, changing), names };
  }

  /** Vensim's control variables stand for our clock where they are constant. */
  #nameClock(names: Map<string, ClockName>, clock: ForeignClock, isConstant: (e: ForeignExpression) => boolean): void {
    const { time } = this.#model;
    if (isConstant(time.start)) names.set("initial_time", "start_time");
    if (isConstant(time.step)) names.set("time_step", "time_step");
    if (isConstant(time.stop))
      names.set("final_time", clock.stop === clock.wantedStop ? "stop_time" : clock.wantedStop);
  }

  #changingClock(
    startOf: (e: ForeignExpression) => number | null,
    isConstant: (e: ForeignExpression | null) => boolean,
  ): ChangingClock {
    const { stop, step, save } = this.#model.time;
    if (!isConstant(step)) this.#diagnostics.add("foreign-step-changes", step.span, {});
    const name = (e: ForeignExpression | null, key: string) =>
      isConstant(e) ? null : (this.#variables.get(key)?.name ?? null);
    const at = (e: ForeignExpression) => startOf(e) ?? Number.NaN;
    return {
      stop: name(stop, "final_time"),
      step: name(step, "time_step"),
      save: name(save, "saveper"),
      constant: { stop: at(stop), step: at(step), save: at(save ?? step) },
    };
  }

  #translateVariables(translation: TranslationContext): void {
    const t = new ExpressionTranslator(translation);
    const driven = new Set(this.#model.variables.flatMap((v) => v.definitions.flatMap((d) => drivenFlows(d.body))));
    const attached = attachedFlows(this.#variables.values());
    const context: VariableContext = {
      t,
      text: this.#file.text,
      takeName: (text) => this.#identifiers.take(text),
      isName: (name) => this.#identifiers.isTaken(name),
      flows: this.#flows(),
      add: (variable) => void this.#added.documents.push(variable),
      absent: (name, keys) => void this.#absent.set(name, new Set(keys)),
      isClock: (key) => translation.dialect === "vensim" && VENSIM_CONTROLS.has(key),
      tables: this.#dataTables,
      graphs: new Map(),
      held: heldFlows(this.#variables.values(), (text) => this.#identifiers.take(text)),
      addDimension: (name, title, size, span) => void this.#added.dimensions.push(numbered(name, title, size, span)),
      drive: (info, equation) => {
        const own = new VariableLayout(context, info);
        const equations = [{ region: null, regionSpan: equation.source.span, equation }];
        const declared = own.declaration(info.name, info.foreign.name.text, true);
        const kind = attached.has(info.foreign.name.key) ? "flow" : "auxiliary";
        this.#added.documents.push({ kind, ...declared, equations, initial: null, nonNegative: false });
      },
    };
    this.#variableContext = context;
    for (const info of this.#variables.values()) {
      if (driven.has(info.foreign.name.key)) continue;
      const { name, definitions } = info.foreign;
      if (definitions.length > 0) translateVariable(context, info);
      else this.#diagnostics.add("foreign-no-equation", name.span, { name: name.text });
    }
  }

  /** Keys of variables that change stocks, and are nothing else than computed. */
  #flows(): Set<string> {
    const flows = new Set<string>();
    for (const variable of this.#model.variables)
      for (const { body } of variable.definitions) {
        const names = body.kind === "integral" ? (flowsIn(body.net) ?? []) : [];
        for (const { e } of names) {
          const info = this.#variables.get(e.name.key);
          const isEquation = info?.foreign.definitions.every((d) => d.body.kind === "equation");
          if (info?.kind === "computed" && isEquation && !isNumbers(info)) flows.add(e.name.key);
        }
      }
    return flows;
  }

  /** The table beside an equation, or the points of a data variable, as a lookup that functions can read. */
  #tableBeside(variable: VariableInfo): VariableInfo | null {
    const { definitions } = variable.foreign;
    if (definitions.length === 0 || !this.#variableContext) return null;
    if (definitions.every((d) => d.body.kind === "graphical")) {
      const own = new VariableLayout(this.#variableContext, variable);
      return { ...variable, kind: "lookup", name: graphTable(own) };
    }
    return this.#tableOfData(variable, "data");
  }

  /** The points of a data variable that one definition gives, as a lookup. */
  #tableOfData(variable: VariableInfo, what: "data" | "times"): VariableInfo | null {
    const [definition, ...others] = variable.foreign.definitions;
    if (definition?.body.kind !== "data" || others.length > 0 || !this.#variableContext) return null;
    const own = new VariableLayout(this.#variableContext, variable);
    return { ...variable, kind: "lookup", name: dataTable(own, definition, definition.body, what) };
  }

  #dataAt(variable: VariableInfo, cell: readonly number[]) {
    for (const definition of variable.foreign.definitions) {
      const { body } = definition;
      if (body.kind !== "data") continue;
      const left = cell.map((_, i) => leftPositions(definition, i, variable, this.#families)?.positions ?? []);
      const at = cell.map((p, i) => left[i]!.indexOf(p));
      if (at.includes(-1)) continue;
      return body.series[at.reduce((n, k, i) => n * left[i]!.length + k, 0)] ?? null;
    }
    return null;
  }

  #document(clock: ForeignClock): ModelDocument {
    const { name, time } = this.#model;
    const { span } = time.step;
    return {
      header: {
        name: { text: name, span },
        title: { en: name, zh: name },
        description: null,
        start: clock.start,
        stop: clock.stop,
        step: clock.step,
        save: clock.save,
        timeUnit: time.unit ?? "1",
        timeSpan: span,
        method: time.method,
        reference: null,
        seed: 1,
      },
      units: [],
      dimensions: [...this.#families.documents(), ...this.#added.dimensions],
      variables: this.#added.documents,
      correlations: [],
      events: [],
      identities: [],
      targets: [],
      scenarios: [],
      charts: [],
      broken: [],
      doubtful: [],
    };
  }

  #origin(clock: ForeignClock, changingClock: ChangingClock | null): ForeignOrigin {
    const { dialect, vendor, ignored } = this.#model;
    return { dialect, vendor, absent: this.#absent, savedSteps: clock.savedSteps, changingClock, ignored };
  }
}

/** Vensim reference manual, "Time Bounds". */
const VENSIM_CONTROLS: ReadonlySet<string> = new Set(["initial_time", "final_time", "time_step", "saveper"]);

function isNumbers(info: VariableInfo): boolean {
  return info.foreign.definitions.every(({ body }) => body.kind === "equation" && body.expression.kind === "number");
}
