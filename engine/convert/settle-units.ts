/** Units of another tool's model, which were never checked there, in a language that checks them on every load. */
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { ModelDocument, VariableDocument } from "../language/document.ts";

export interface SettledUnits {
  readonly document: ModelDocument;
  /** Names of the variables whose unit has moved into the note. */
  readonly loose: readonly string[];
}

/** Codes that blame the unit of one variable by itself. */
const SINGLE: ReadonlySet<Diagnostic["code"]> = new Set(["unit-unknown", "unit-syntax"]);

/**
 * The document without the units that cannot be, each of them in the note of its variable from then on: those that are no units where
 * nothing else is wrong; else all of them, since a unit that does not fit another leaves open which of the two is meant; and where none is
 * left, the unit of time, which equations give to what they compute from the time.
 *
 * @returns null where no unit is left to take away
 */
export function settleUnits({ document, loose }: SettledUnits, errors: readonly Diagnostic[]): SettledUnits | null {
  const single = errors.every((e) => SINGLE.has(e.code));
  const named = new Set(errors.flatMap((e) => ("name" in e.data ? [e.data.name] : [])));
  const isTaken = (v: VariableDocument) => v.labels.unit !== null && (!single || named.has(v.name.text));
  const taken = document.variables.filter(isTaken).map((v) => v.name.text);
  if (taken.length === 0) return withoutTimeUnit({ document, loose });
  const variables = document.variables.map((v) => (isTaken(v) ? withoutUnit(v) : v));
  // Units that no variable has any more need no declaration.
  const units = single ? document.units : document.units.filter((u) => u.name.text === document.header.timeUnit);
  return { document: { ...document, units, variables }, loose: [...loose, ...taken] };
}

function withoutTimeUnit({ document, loose }: SettledUnits): SettledUnits | null {
  const { header } = document;
  if (header.timeUnit === "1") return null;
  const variables = document.variables.map((v) => (v.labels.unit ? withoutUnit(v) : v));
  return {
    document: { ...document, header: { ...header, timeUnit: "1" }, units: [], variables },
    loose: [...loose, "time"],
  };
}

function withoutUnit(variable: VariableDocument): VariableDocument {
  const { unit, note } = variable.labels;
  const text = unit!.text;
  const add = (before: string | undefined, words: string) => (before ? `${before}; ${words}` : words);
  const labels = {
    ...variable.labels,
    unit: null,
    note: { en: add(note?.en, `unit in the source: ${text}`), zh: add(note?.zh, `原单位：${text}`) },
  };
  const bare: VariableDocument = { ...variable, labels };
  return bare.kind === "lookup" ? { ...bare, xUnit: null } : bare;
}
