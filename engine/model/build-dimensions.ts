/** Dimensions, aliases and groups; names are checked to be free. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import { nearestNames } from "../diagnostics/nearest.ts";
import type { DimensionDocument, GroupDocument, ModelDocument, Word } from "../language/document.ts";
import type { Dimension, Group } from "./model.ts";
import { isReservedName } from "./resolve-equation.ts";
import { elementPosition, type Symbols } from "./symbols.ts";

/** Columns that every table of results has; dimensions and indicators add theirs beside them. */
const RESULT_COLUMNS: ReadonlySet<string> = new Set(["scenario", "draw", "time"]);

/** Checks that a name is free, also after case folding, and takes it. */
export class NameRegister {
  readonly #taken = new Map<string, Word>();
  readonly #diagnostics: DiagnosticList;
  constructor(diagnostics: DiagnosticList) {
    this.#diagnostics = diagnostics;
  }
  /** @param isColumn whether the name becomes a column of the results */
  take(word: Word, isColumn = false): boolean {
    const isReserved = isReservedName(word.text);
    if (isReserved || (isColumn && RESULT_COLUMNS.has(word.text))) {
      const reason = isReserved ? "language" : "results-column";
      this.#diagnostics.add("reserved-name", word.span, { name: word.text, reason });
      return false;
    }
    const folded = word.text.toLowerCase();
    const before = this.#taken.get(folded);
    if (before) {
      const related = [{ span: before.span, label: "first-defined-here" as const }];
      if (before.text === word.text) this.#diagnostics.add("duplicate-name", word.span, { name: word.text }, related);
      else this.#diagnostics.add("case-clash", word.span, { name: word.text, other: before.text }, related);
      return false;
    }
    this.#taken.set(folded, word);
    return true;
  }
}

/** Reports names that stand twice in one section, which may be spread over several files. */
export function reportRepeated(section: readonly { readonly name: Word }[], diagnostics: DiagnosticList): void {
  const first = new Map<string, Word>();
  for (const { name } of section) {
    const before = first.get(name.text);
    const related = before ? [{ span: before.span, label: "first-defined-here" as const }] : [];
    if (before) diagnostics.add("duplicate-name", name.span, { name: name.text }, related);
    else first.set(name.text, name);
  }
}

/** A group whose weights may still be names of parameters. */
export interface PendingGroup {
  readonly document: GroupDocument;
  readonly dimension: Dimension;
}

export function buildDimensions(
  document: ModelDocument,
  symbols: Symbols,
  names: NameRegister,
  diagnostics: DiagnosticList,
): { dimensions: Dimension[]; groups: PendingGroup[] } {
  const dimensions: Dimension[] = [];
  const groups: PendingGroup[] = [];
  for (const doc of document.dimensions) {
    if (!names.take(doc.name, true)) {
      for (const word of [doc.name, ...doc.aliases, ...doc.groups.map((g) => g.name)]) symbols.broken.add(word.text);
      continue;
    }
    const dimension = buildDimension(doc, diagnostics);
    dimensions.push(dimension);
    symbols.axes.set(doc.name.text, { name: doc.name.text, dimension });
    for (const alias of doc.aliases) {
      if (names.take(alias, true)) symbols.axes.set(alias.text, { name: alias.text, dimension });
      else symbols.broken.add(alias.text);
    }
    for (const group of doc.groups) {
      if (names.take(group.name)) groups.push({ document: group, dimension });
      else symbols.broken.add(group.name.text);
    }
  }
  return { dimensions, groups };
}

function buildDimension(doc: DimensionDocument, diagnostics: DiagnosticList): Dimension {
  const seen = new Map<string, Word>();
  for (const { name } of doc.elements) {
    const before = seen.get(name.text);
    if (before) {
      const related = [{ span: before.span, label: "first-defined-here" as const }];
      diagnostics.add("duplicate-name", name.span, { name: name.text }, related);
    }
    seen.set(name.text, name);
  }
  const elements = doc.elements.map((e) => ({
    name: e.name.text,
    title: e.title ?? { en: e.name.text, zh: e.name.text },
    code: e.code,
  }));
  const whole = elements.every((e) => /^-?\d+$/.test(e.name));
  const dimension: Dimension = {
    name: doc.name.text,
    title: doc.title ?? { en: doc.name.text, zh: doc.name.text },
    elements,
    numbers: whole ? elements.map((e) => Number(e.name)) : null,
    layout: doc.layout?.map((row) => row.map((w) => w.text)) ?? null,
  };
  for (const word of doc.layout?.flat() ?? []) {
    if (word.text !== "" && !seen.has(word.text)) {
      const near = nearestNames(word.text, seen.keys());
      diagnostics.add("unknown-element", word.span, { element: word.text, dimension: dimension.name, near });
    }
  }
  return dimension;
}

/** Completes the groups once the parameters that serve as weights are known. */
export function buildGroups(pending: readonly PendingGroup[], symbols: Symbols, diagnostics: DiagnosticList): Group[] {
  return pending.map(({ document, dimension }) => {
    const members = document.members.flatMap(({ element, weight }): Group["members"][number][] => {
      const position = elementPosition(dimension, element.text);
      if (position < 0) {
        const near = nearestNames(
          element.text,
          dimension.elements.map((e) => e.name),
        );
        diagnostics.add("unknown-element", element.span, { element: element.text, dimension: dimension.name, near });
        return [];
      }
      if (typeof weight === "number") return [{ position, weight }];
      const parameter = symbols.variables.get(weight.text);
      if (parameter?.kind === "parameter" && parameter.size === 1) return [{ position, weight: parameter }];
      if (!symbols.broken.has(weight.text)) {
        diagnostics.add("unknown-name", weight.span, { name: weight.text, near: symbols.near(weight.text) });
      }
      return [];
    });
    const title = document.title ?? { en: document.name.text, zh: document.name.text };
    const group: Group = { name: document.name.text, title, dimension, members, range: wholeRange(members) };
    symbols.groups.set(group.name, group);
    return group;
  });
}

function wholeRange(members: Group["members"]): Group["range"] {
  if (members.length === 0) return null;
  const from = members[0]!.position;
  const isRange = members.every((m, i) => m.position === from + i && m.weight === 1);
  return isRange ? { from, to: from + members.length } : null;
}
