/** What the translation needs to know of each variable of the file before it looks at any equation. */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { Families, Family, Range } from "./families.ts";
import type { ForeignBody, ForeignDefinition, ForeignModel, ForeignName, ForeignVariable } from "./foreign-model.ts";
import type { Identifiers } from "./identifiers.ts";

export interface VariableAxis {
  readonly family: Family;
  /** Name of the axis in our shape. */
  readonly axis: string;
  /** The range that a bare name runs over: the one declared, or the smallest that has all elements defined. */
  readonly range: Range | null;
}

export interface VariableInfo {
  readonly foreign: ForeignVariable;
  /** Identifier of our language. */
  readonly name: string;
  readonly axes: readonly VariableAxis[];
  /** `mixed`: some elements are stocks and others are not. */
  readonly kind: "lookup" | "stock" | "computed" | "mixed";
}

const LOOKUP_BODIES: readonly ForeignBody["kind"][] = ["lookup", "lookups"];
const STOCK_BODIES: readonly ForeignBody["kind"][] = ["integral", "stock"];

/** Names, shapes and kinds of all variables, by key. */
export function describeVariables(
  model: ForeignModel,
  families: Families,
  identifiers: Identifiers,
  diagnostics: DiagnosticList,
): Map<string, VariableInfo> {
  const infos = new Map<string, VariableInfo>();
  for (const variable of model.variables) {
    const { name } = variable;
    if (infos.has(name.key)) {
      diagnostics.add("duplicate-name", name.span, { name: name.text }, [
        { span: infos.get(name.key)!.foreign.name.span, label: "first-defined-here" },
      ]);
      continue;
    }
    const axes = axesOf(variable, families, diagnostics);
    if (axes)
      infos.set(name.key, { foreign: variable, name: identifiers.take(name.text), axes, kind: kindOf(variable) });
  }
  return infos;
}

function kindOf(variable: ForeignVariable): VariableInfo["kind"] {
  const bodies = variable.definitions.map((d) => d.body.kind);
  if (bodies.length > 0 && bodies.every((k) => LOOKUP_BODIES.includes(k))) return "lookup";
  if (bodies.length > 0 && bodies.every((k) => STOCK_BODIES.includes(k))) return "stock";
  return bodies.some((k) => STOCK_BODIES.includes(k)) ? "mixed" : "computed";
}

function axesOf(variable: ForeignVariable, families: Families, diagnostics: DiagnosticList): VariableAxis[] | null {
  const used = new Map<Family, number>();
  const take = (family: Family): string => {
    const index = used.get(family) ?? 0;
    used.set(family, index + 1);
    return family.axisName(index);
  };
  if (variable.dimensions) {
    const axes = variable.dimensions.map((dimension): VariableAxis | null => {
      const range = families.range(dimension.key);
      if (range) return { family: range.family, axis: take(range.family), range };
      const data = { name: variable.name.text, subscript: dimension.text, problem: "unknown" } as const;
      diagnostics.add("foreign-subscript", dimension.span, data);
      return null;
    });
    return axes.some((a) => a === null) ? null : (axes as VariableAxis[]);
  }
  const first = variable.definitions[0];
  if (!first) return [];
  const odd = variable.definitions.find((d) => d.subscripts.length !== first.subscripts.length);
  if (odd) {
    const data = { name: variable.name.text, given: odd.subscripts.length, takes: first.subscripts.length };
    diagnostics.add("foreign-subscript-count", odd.span, data);
    return null;
  }
  const axes = first.subscripts.map((_, axis) => axisOf(variable, axis, families, diagnostics));
  if (axes.some((a) => a === null)) return null;
  return (axes as Omit<VariableAxis, "axis">[]).map((a) => ({ ...a, axis: take(a.family) }));
}

/** The family and range of one axis, from what the left sides name there. */
function axisOf(
  variable: ForeignVariable,
  axis: number,
  families: Families,
  diagnostics: DiagnosticList,
): Omit<VariableAxis, "axis"> | null {
  const names = variable.definitions.map((d) => d.subscripts[axis]!);
  const parts = names.map((name) => positionsOf(name, families));
  const bad = parts.findIndex((p) => p === null || p.family !== parts[0]?.family);
  if (bad >= 0) {
    const problem = parts[bad] === null ? "unknown" : "other-dimension";
    const data = { name: variable.name.text, subscript: names[bad]!.text, problem } as const;
    diagnostics.add("foreign-subscript", names[bad]!.span, data);
    return null;
  }
  const { family } = parts[0]!;
  const ranges = names.map((n) => families.range(n.key)).filter((r) => r !== null);
  const positions = new Set(parts.flatMap((p) => p!.positions));
  const single = ranges.find((r) => r.positions.length === positions.size);
  const covering = [...families.ranges.values()]
    .filter((r) => r.family === family && [...positions].every((p) => r.positions.includes(p)))
    .sort((a, b) => a.positions.length - b.positions.length);
  return { family, range: single ?? covering[0] ?? null };
}

/** The positions that a range or an element stands for; null where the name is neither. */
export function positionsOf(
  name: ForeignName,
  families: Families,
): { readonly family: Family; readonly range: Range | null; readonly positions: readonly number[] } | null {
  const range = families.range(name.key);
  if (range) return { family: range.family, range, positions: range.positions };
  const family = families.familiesOf(name.key)[0];
  return family ? { family, range: null, positions: [family.positions.get(name.key)!] } : null;
}

/** The positions that a definition's left side names on one axis of its variable. */
export function leftPositions(
  definition: ForeignDefinition,
  axis: number,
  info: VariableInfo,
  families: Families,
): { readonly range: Range | null; readonly positions: readonly number[] } | null {
  const own = info.axes[axis]!;
  const name = definition.subscripts[axis];
  // XMILE's apply-to-all equation names no elements.
  if (!name) return { range: own.range, positions: own.range?.positions ?? [] };
  const position = own.family.positions.get(name.key);
  if (info.foreign.dimensions && position !== undefined) return { range: null, positions: [position] };
  const found = positionsOf(name, families);
  if (found && found.family === own.family) return found;
  return position === undefined ? null : { range: null, positions: [position] };
}
