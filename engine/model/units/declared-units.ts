/** The units that a document writes down: its own units, and those of its variables and of time. */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/source.ts";
import type { ModelDocument, UnitDocument, Word } from "../../language/document.ts";
import type { Lookup, Variable } from "../model.ts";
import type { Unit } from "./unit.ts";
import { knownUnit, UnitTable } from "./unit-table.ts";

/** A variable's declared unit. */
export type DeclaredUnit =
  | { readonly kind: "unit"; readonly unit: Unit; readonly word: Word }
  | { readonly kind: "missing" }
  /** Its text is wrong, which has been reported. */
  | { readonly kind: "unreadable" };

export interface DeclaredUnits {
  readonly table: UnitTable;
  readonly of: ReadonlyMap<Variable, DeclaredUnit>;
  /** Units of the lookups' arguments, where they are given. */
  readonly ofArgument: ReadonlyMap<Lookup, Unit>;
  /** Null where it cannot be read. */
  readonly time: Unit | null;
}

/** Reads every unit of a document; what is wrong with their texts is added to `diagnostics`. */
export function readDeclaredUnits(
  document: ModelDocument,
  variables: ReadonlyMap<string, Variable>,
  diagnostics: DiagnosticList,
): DeclaredUnits {
  const table = buildUnitTable(document.units, diagnostics);
  const { timeUnit, timeSpan } = document.header;
  const time = readUnit({ text: timeUnit, span: timeSpan }, table, diagnostics);
  const of = new Map<Variable, DeclaredUnit>();
  const ofArgument = new Map<Lookup, Unit>();
  for (const doc of document.variables) {
    const variable = variables.get(doc.name.text);
    // The second declaration of a name belongs to no variable.
    if (variable?.span !== doc.name.span) continue;
    const word = doc.labels.unit;
    const unit = word && readUnit(word, table, diagnostics);
    of.set(variable, word ? (unit ? { kind: "unit", unit, word } : { kind: "unreadable" }) : { kind: "missing" });
    const argument = doc.kind === "lookup" && doc.xUnit ? readUnit(doc.xUnit, table, diagnostics) : null;
    if (argument && variable.kind === "lookup") ofArgument.set(variable, argument);
  }
  return { table, of, ofArgument, time };
}

function readUnit(word: Word, table: UnitTable, diagnostics: DiagnosticList): Unit | null {
  const { unit, problem } = table.parse(word.text);
  if (unit) return unit;
  const span = partOf(word, problem.start, problem.end);
  if (problem.kind === "unknown") {
    const near = table.near(problem.name);
    diagnostics.add("unit-unknown", span, { name: problem.name, unit: word.text, near });
  } else {
    diagnostics.add("unit-syntax", span, { unit: word.text, reason: problem.reason, at: problem.at });
  }
  return null;
}

/** The place of a part of a word; the whole word where its text is not verbatim (quoted, or written otherwise). */
function partOf({ text, span }: Word, start: number, end: number): Span {
  if (span.end - span.start !== text.length || end <= start) return span;
  return { path: span.path, start: span.start + start, end: span.start + end };
}

/** The known units and those that a model declares, in whatever order it does so. */
export function buildUnitTable(units: readonly UnitDocument[], diagnostics: DiagnosticList): UnitTable {
  const table = new UnitTable();
  const byName = new Map<string, UnitDocument>();
  for (const doc of units) {
    const before = byName.get(doc.name.text);
    if (before) {
      const related = [{ span: before.name.span, label: "first-defined-here" as const }];
      diagnostics.add("duplicate-name", doc.name.span, { name: doc.name.text }, related);
    } else byName.set(doc.name.text, doc);
  }
  const done = new Set<string>();
  const define = (doc: UnitDocument, path: readonly string[]): void => {
    const name = doc.name.text;
    if (done.has(name)) return;
    if (path.includes(name)) {
      done.add(name);
      diagnostics.add("unit-definition", doc.name.span, { name, reason: "circular" });
      table.declare(name, doc.title, null, 1);
      return;
    }
    for (const word of doc.of?.text.match(/[\p{L}_°][\p{L}\p{Nd}_]*/gu) ?? []) {
      const needed = byName.get(word);
      if (needed) define(needed, [...path, name]);
    }
    if (done.has(name)) return;
    done.add(name);
    declareUnit(doc, table, diagnostics);
  };
  for (const doc of byName.values()) define(doc, []);
  return table;
}

function declareUnit(doc: UnitDocument, table: UnitTable, diagnostics: DiagnosticList): void {
  const { name, title, of, times } = doc;
  const known = knownUnit(name.text);
  const isDefined = of !== null || times !== 1;
  if (known && !known.isCount) {
    if (isDefined) diagnostics.add("unit-definition", name.span, { name: name.text, reason: "known" });
    else if (title) table.retitle(name.text, title);
    return;
  }
  if (!(times > 0) || (of === null && times !== 1)) {
    diagnostics.add("unit-definition", doc.timesSpan, { name: name.text, reason: "times" });
    return table.declare(name.text, title, null, 1);
  }
  const unit = of && readUnit(of, table, diagnostics);
  table.declare(name.text, title, unit, times);
}
