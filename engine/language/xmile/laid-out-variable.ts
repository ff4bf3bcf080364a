/** What a variable of a model or macro becomes in the flat list. */
import type { ForeignDimension, ForeignVariable } from "../foreign/foreign-model.ts";
import type { Behavior } from "./read-model.ts";
import type { VariableTemplate } from "./variable-template.ts";

/** Keys of dimensions, and of elements by dimension. */
export interface DimensionKeys {
  readonly dimensions: ReadonlyMap<string, ReadonlySet<string>>;
  readonly elements: ReadonlySet<string>;
}

export function dimensionKeys(dimensions: readonly ForeignDimension[]): DimensionKeys {
  const own = new Map(dimensions.map((d) => [d.name.key, new Set(d.members.map((m) => m.key))]));
  return { dimensions: own, elements: new Set(dimensions.flatMap((d) => d.members.map((m) => m.key))) };
}

/** Only the fields of the common form. */
export function plain(variable: VariableTemplate): ForeignVariable {
  const { name, kind, dimensions, definitions, nonNegative, unit, comment, range, hidden, span } = variable;
  // A graph without an equation is a table that others call.
  const isLookup = kind === "auxiliary" && definitions.length > 0 && definitions.every((d) => d.body.kind === "lookup");
  return {
    name,
    kind: isLookup ? "lookup" : kind,
    dimensions,
    definitions,
    nonNegative,
    unit,
    comment,
    range,
    hidden,
    span,
  };
}

/** The variable's own word counts most, then its model's `<behavior>`, then the file's. */
export function nonNegative(variable: VariableTemplate, model: Behavior, file: Behavior): boolean {
  const { kind } = variable;
  if (kind !== "stock" && kind !== "flow") return false;
  return variable.ownNonNegative ?? model[kind] ?? file[kind] ?? false;
}
