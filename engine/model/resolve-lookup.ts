/** Calls of lookups: `table(x)`, `table[prefecture](x)`, `lookup_forward(table, x)`. */
import { nearestNames } from "../diagnostics/nearest.ts";
import type { Expression } from "../language/equation.ts";
import { type CurveValue, insideOr, lookupArea, lookupSlope } from "./lookup-curve.ts";
import type { Lookup } from "./model.ts";
import type { Call } from "./resolve-call.ts";
import type { EquationResolver, Scope } from "./resolve-equation.ts";
import type { IndexTerm, LookupMode, Term } from "./term.ts";
import { lookupTerm, ofUncertain } from "./uncertain-curve.ts";

/** A table as it stands in an equation: its name, with subscripts or without. */
type Named = {
  readonly name: string;
  readonly nameSpan: Expression["span"];
  readonly subscripts: readonly Expression[] | null;
  readonly span: Expression["span"];
};

/** The value of a lookup at x, read in one way. */
export function readLookup(
  resolver: EquationResolver,
  lookup: Lookup,
  at: Named,
  x: Expression,
  mode: LookupMode,
  scope: Scope,
): Term | null {
  const index = indexOf(resolver, lookup, at, scope);
  const value = resolver.resolve(x, scope);
  const isBand = lookup.uncertain?.kind === "band";
  if (mode === "inverse" && (isBand || !lookup.tables.every(({ y }) => isMonotone(y)))) {
    resolver.diagnostics.add("lookup-not-invertible", at.nameSpan, { name: lookup.name });
    return null;
  }
  return index && value && lookupTerm({ kind: "lookup", lookup, index, mode, x: value }, resolver.symbols);
}

/** `lookup_forward(table, x)` and its like. */
export function resolveLookupFunction(
  resolver: EquationResolver,
  call: Call,
  mode: LookupMode,
  scope: Scope,
): Term | null {
  const found = tableOf(resolver, call);
  return found && readLookup(resolver, found.lookup, found.named, call.arguments[1]!, mode, scope);
}

/** `lookup_area(table, from, to)` and `lookup_slope(table, x, [outside])` */
export function resolveCurve(resolver: EquationResolver, call: Call, what: CurveValue, scope: Scope): Term | null {
  const found = tableOf(resolver, call);
  const index = found && indexOf(resolver, found.lookup, found.named, scope);
  const [first, second] = call.arguments.slice(1).map((a) => resolver.resolve(a, scope));
  if (!found || !index || !first || second === null) return null;
  const { symbols } = resolver;
  if (what === "area") {
    return ofUncertain(found.lookup, symbols, (lookup) => lookupArea({ lookup, index }, first, second!));
  }
  const slope = ofUncertain(found.lookup, symbols, (lookup) => lookupSlope({ lookup, index }, first));
  return second ? insideOr({ lookup: found.lookup, index }, first, slope, second) : slope;
}

/** The lookup that is the first argument of a call. */
function tableOf(resolver: EquationResolver, call: Call): { lookup: Lookup; named: Named } | null {
  const table = call.arguments[0]!;
  const named = asNamed(table);
  const variable = named && resolver.symbols.variables.get(named.name);
  if (named && variable?.kind === "lookup") return { lookup: variable, named };
  if (named && resolver.symbols.broken.has(named.name)) return null;
  const lookups = [...resolver.symbols.variables.values()].filter((v) => v.kind === "lookup").map((v) => v.name);
  const near = named && !variable ? nearestNames(named.name, lookups) : [];
  const data = { name: call.name, found: named?.name ?? "…", near };
  resolver.diagnostics.add("argument-not-lookup", table.span, data);
  return null;
}

function asNamed(at: Expression): Named | null {
  if (at.kind === "name") return { name: at.name, nameSpan: at.span, subscripts: null, span: at.span };
  return at.kind === "subscripted" ? at : null;
}

function indexOf(resolver: EquationResolver, lookup: Lookup, at: Named, scope: Scope): IndexTerm[] | null {
  if (at.subscripts) return resolver.subscripts(lookup, { ...at, subscripts: at.subscripts }, scope);
  return resolver.ownAxes(lookup, at.nameSpan, scope);
}

/** Whether numbers never fall, or never rise, and are not all the same. */
function isMonotone(y: Float64Array): boolean {
  const pairs = Array.from(y.subarray(1), (value, i) => value - y[i]!);
  return pairs.some((d) => d !== 0) && (pairs.every((d) => d >= 0) || pairs.every((d) => d <= 0));
}
