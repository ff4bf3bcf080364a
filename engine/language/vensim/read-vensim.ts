/**
 * Vensim model files to the common form of foreign models.
 *
 * ```
 *   text ── 1 parse-file ──► ranges, equations, macros
 *        ── 2 changes, expand-macros ──► equations only
 *        ── 3 external-data ──► numbers, series and tables from files
 *        ── 4 gather ──► variables, dimensions, clock
 * ```
 *
 * Source of the rules: Vensim reference manual; where it is silent, files that Vensim wrote.
 */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { SourceFile } from "../../diagnostics/source.ts";
import { foreignKey } from "../foreign/foreign-key.ts";
import type {
  ExternalFiles,
  ForeignBody,
  ForeignDimension,
  ForeignExpression,
  ForeignModel,
  ForeignTime,
  ForeignVariable,
} from "../foreign/foreign-model.ts";
import { readChanges, withChanges } from "./changes.ts";
import { type DataFile, readDataSets } from "./data-sets.ts";
import { expandMacros } from "./expand-macros.ts";
import { externalCall, type TextVariables } from "./external-call.ts";
import { ExternalData } from "./external-data.ts";
import { impliedData } from "./implied-data.ts";
import { parseFile } from "./parse-file.ts";
import { Ranges } from "./ranges.ts";
import { BodyReader } from "./read-body.ts";
import { equationsEnd, readSettings, type VensimSettings } from "./settings.ts";
import type { VensimEquation, VensimRange } from "./syntax.ts";
import { fault, recover } from "./vensim-fault.ts";
import { MAX_ERRORS, MAX_FILE_LENGTH } from "./vensim-limits.ts";

export interface VensimInput {
  /** The model; its text as `decodeVensim` gives it. */
  readonly file: SourceFile;
  readonly external: ExternalFiles;
  /** Paths for `?name` in calls that read files, by name with or without `?`; they come before those in the file. */
  readonly tags: ReadonlyMap<string, string>;
  /** Data sets of the run. */
  readonly data: readonly DataFile[];
  /** Changes of constants and lookups (`.cin`), later files over earlier ones. */
  readonly changes?: readonly SourceFile[];
}

/** The model as the file says it, or null when there were errors, which then stand in `diagnostics`. */
export function readVensim(input: VensimInput, diagnostics: DiagnosticList): ForeignModel | null {
  const { file, external, tags, data } = input;
  const errors = diagnostics.errorCount;
  if (file.text.length > MAX_FILE_LENGTH) {
    const start = { path: file.path, start: 0, end: 1 };
    diagnostics.add("foreign-limit", start, { what: "characters", limit: MAX_FILE_LENGTH });
    return null;
  }
  const end = equationsEnd(file.text);
  const settings = readSettings(file.text, end);
  const parsed = parseFile(file, end, diagnostics);
  const files = new ExternalData(external, joinTags(settings.tags, tags), diagnostics);
  const changes = (input.changes ?? []).flatMap((changed) => readChanges(changed, diagnostics));
  const texts = textVariables([...parsed.equations, ...changes]);
  const dimensions = parsed.ranges.map((range) => recover(diagnostics, () => readRange(range, files, texts)) ?? range);
  const ranges = new Ranges(dimensions, diagnostics);
  const changed = withChanges(parsed.equations, changes, ranges, diagnostics);
  const equations = expandMacros(changed, parsed.macros, ranges, diagnostics);
  const dataSets = readDataSets(data, { path: file.path, start: 0, end: 0 }, diagnostics);
  const bodies = new BodyReader(ranges, files, dataSets, texts);
  const variables = gather([...equations, ...impliedData(equations, ranges, dataSets)], bodies, diagnostics);
  // Where a definition could not be read, a part of the clock that is missing may have stood in it.
  const whole = diagnostics.errorCount === errors;
  const time = whole ? readTime(variables, settings, file, diagnostics) : null;
  if (diagnostics.errorCount > errors || !time) return null;
  return {
    dialect: "vensim",
    vendor: "Vensim",
    name: file.path.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, ""),
    time,
    dimensions: dimensions.map(({ external: _, ...dimension }): ForeignDimension => dimension),
    variables,
    units: settings.units,
    ignored: parsed.ignored,
  };
}

function joinTags(inFile: ReadonlyMap<string, string>, given: ReadonlyMap<string, string>): Map<string, string> {
  const tags = new Map(inFile);
  for (const [name, path] of given) tags.set(name.replace(/^\?/, "").trim().toLowerCase(), path);
  return tags;
}

function textVariables(equations: readonly Pick<VensimEquation, "name" | "body">[]): Map<string, string> {
  return new Map(equations.flatMap(({ name, body }) => (body.kind === "text" ? [[name.key, body.text]] : [])));
}

/** A range whose elements stand in a file gets them. */
function readRange(range: VensimRange, files: ExternalData, texts: TextVariables): VensimRange {
  if (!range.external) return range;
  const call = externalCall(range.external, texts);
  if (call?.kind !== "subscript") {
    throw fault("mdl-syntax", range.external.span, { problem: "unexpected", text: "(", name: range.name.text });
  }
  return { ...range, members: files.elements(call), external: null };
}

/** Equations of one name become one variable, in the order in which the names first stand. */
function gather(
  equations: readonly VensimEquation[],
  bodies: BodyReader,
  diagnostics: DiagnosticList,
): ForeignVariable[] {
  const groups = new Map<string, VensimEquation[]>();
  for (const equation of equations) {
    // A variable that holds a text has no number to show.
    if (equation.body.kind === "text") continue;
    const group = groups.get(equation.name.key);
    if (group) group.push(equation);
    else groups.set(equation.name.key, [equation]);
  }
  const variables: ForeignVariable[] = [];
  const errors = diagnostics.errorCount;
  for (const group of groups.values()) {
    if (diagnostics.errorCount - errors >= MAX_ERRORS) break;
    reportRepeated(group, diagnostics);
    const definitions = defining(group).flatMap((equation) => {
      const body = recover(diagnostics, () => bodies.read(equation));
      const { subscripts, except, span } = equation;
      return body ? [{ subscripts, except, body, span }] : [];
    });
    const [first] = group as [VensimEquation];
    variables.push({
      name: first.name,
      kind: kindOf(definitions.map((definition) => definition.body)),
      dimensions: null,
      definitions,
      nonNegative: false,
      unit: group.find((equation) => equation.unit)?.unit ?? null,
      comment: group.find((equation) => equation.comment)?.comment ?? null,
      range: group.find((equation) => equation.range)?.range ?? null,
      hidden: first.hidden,
      span: first.span,
    });
  }
  return variables;
}

/** Two equations with one left side: which of them counts nobody can say. */
function reportRepeated(group: readonly VensimEquation[], diagnostics: DiagnosticList): void {
  const known = new Map<string, VensimEquation>();
  for (const equation of group) {
    if (equation.body.kind === "placeholder" || equation.body.kind === "undefined") continue;
    const keys = [equation.subscripts, ...equation.except].map((list) => list.map((s) => s.key).join());
    const left = keys.join(" except ");
    const first = known.get(left);
    if (!first) known.set(left, equation);
    else {
      const related = [{ span: first.name.span, label: "first-defined-here" }] as const;
      diagnostics.add("duplicate-name", equation.name.span, { name: equation.name.text }, related);
    }
  }
}

/**
 * Without what says nothing beside an equation: a bare name, which receives the output of a macro, and place-holders, which then
 * only list causes; of several place-holders alone one is enough to be reported.
 */
function defining(group: readonly VensimEquation[]): readonly VensimEquation[] {
  const written = group.filter((equation) => equation.body.kind !== "placeholder");
  if (written.length === 0) return group.slice(0, 1);
  const defined = written.filter((equation) => equation.body.kind !== "undefined");
  return defined.some((equation) => equation.subscripts.length === 0) ? defined : written;
}

function kindOf(bodies: readonly ForeignBody[]): ForeignVariable["kind"] {
  if (bodies.some((body) => body.kind === "integral")) return "stock";
  if (bodies.length === 0) return "auxiliary";
  if (bodies.every((body) => body.kind === "lookup" || body.kind === "lookups")) return "lookup";
  if (bodies.every((body) => body.kind === "data")) return "data";
  return "auxiliary";
}

/** The clock: INITIAL TIME, FINAL TIME, TIME STEP and SAVEPER, which are ordinary variables as well. */
function readTime(
  variables: readonly ForeignVariable[],
  settings: VensimSettings,
  file: SourceFile,
  diagnostics: DiagnosticList,
): ForeignTime | null {
  const find = (name: string) => variables.find((variable) => variable.name.key === foreignKey(name));
  const value = (name: string): ForeignExpression | null => {
    const variable = find(name);
    const expression = variable ? expressionOf(variable) : null;
    if (!expression) {
      const place = variable?.span ?? { path: file.path, start: 0, end: 0 };
      diagnostics.add("mdl-missing", place, { name, what: "control-variable" });
    }
    return expression;
  };
  const [start, stop, step] = [value("INITIAL TIME"), value("FINAL TIME"), value("TIME STEP")];
  const save = find("SAVEPER") ? value("SAVEPER") : null;
  if (!start || !stop || !step) return null;
  const unit = find("TIME STEP")?.unit?.text ?? find("FINAL TIME")?.unit?.text ?? null;
  return { start, stop, step, save, unit, method: settings.method };
}

/** The equation of a variable of the clock, or the one number that a file has for it. */
function expressionOf({ definitions }: ForeignVariable): ForeignExpression | null {
  const [only] = definitions;
  if (!only || definitions.length > 1 || only.subscripts.length > 0) return null;
  if (only.body.kind === "equation") return only.body.expression;
  return only.body.kind === "numbers" ? { kind: "number", value: only.body.values[0]!, span: only.span } : null;
}
