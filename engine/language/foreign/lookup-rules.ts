/** Functions that read lookups. */
import type { Expression } from "../equation.ts";
import type { ForeignExpression } from "./foreign-model.ts";
import { written } from "./function-rules.ts";
import type { ForeignCall, FunctionRule, FunctionTable } from "./functions.ts";
import type { VariableInfo } from "./variable-info.ts";
import { NOT_AVAILABLE } from "./vector-rules.ts";

/** A lookup as an argument: its name and subscripts in our language; null where it is none, which is then reported. */
export function tableArgument(call: ForeignCall, argument: number): Expression | null {
  const { t, b } = call;
  const at: ForeignExpression = call.arguments[argument]!;
  if (at.kind === "table") return b.name(t.context.table(at.table));
  const found = namedTable(call, at, (v) => (v.kind === "lookup" ? v : t.context.graphicalTable(v)));
  if (found !== undefined) return found;
  t.fail("foreign-not-lookup", at.span, { name: call.name.text, found: at.kind === "name" ? at.name.text : "…" });
  return null;
}

/** The times of the points of a data variable, as a table over themselves; null for what is none. */
export const timesArgument = (call: ForeignCall, argument: number): Expression | null =>
  namedTable(call, call.arguments[argument]!, call.t.context.timesTable) ?? null;

/** The table of a variable that is named with subscripts: null after an error in these, undefined where it has none. */
function namedTable(
  { t, scope, b }: ForeignCall,
  at: ForeignExpression,
  tableOf: (variable: VariableInfo) => VariableInfo | null,
): Expression | null | undefined {
  const variable = at.kind === "name" ? t.context.variables.get(at.name.key) : undefined;
  const table = variable && tableOf(variable);
  if (at.kind !== "name" || !table) return undefined;
  const subscripts = t.lookupAt(table, at.subscripts, at.span, scope);
  return subscripts && b.subscripted(table.name, subscripts);
}

const reading = (name: string): FunctionRule =>
  written(2, (call) => {
    const table = tableArgument(call, 0);
    const x = call.t.translate(call.arguments[1]!, call.scope);
    return table ? call.b.call(name, table, x) : x;
  });

/** LOOKUP SLOPE(table, x, mode): outside the points 0 (mode 0), the slope of the nearest line (1), or :NA: (-1). */
function slope(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const table = tableArgument(call, 0);
  const [x, mode] = [t.translate(args[1]!, scope), t.translate(args[2]!, scope)];
  if (!table) return x;
  const known = t.context.constantValue(args[2]!, scope);
  const nearest = b.call("lookup_slope", table, x);
  const or = (outside: Expression) => b.call("lookup_slope", table, x, outside);
  if (known !== null && known >= 0.5) return nearest;
  if (known !== null) return or(b.number(known <= -0.5 ? NOT_AVAILABLE : 0));
  const missing = b.if(b.binary("<=", mode, b.number(-0.5)), b.number(NOT_AVAILABLE), b.number(0));
  return b.if(b.binary(">=", mode, b.number(0.5)), nearest, or(missing));
}

export const LOOKUP_FUNCTIONS: FunctionTable = {
  /** WITH LOOKUP(x, (points)) */
  with_lookup: written(2, (call) => {
    const table = tableArgument(call, 1);
    const x = call.t.translate(call.arguments[0]!, call.scope);
    return table ? call.b.call("lookup_linear", table, x) : x;
  }),
  lookup_extrapolate: reading("lookup_extrapolate"),
  lookup_backward: reading("lookup_backward"),
  lookup_forward: reading("lookup_forward"),
  lookup_invert: reading("lookup_inverse"),
  /** LOOKUP AREA(table, from, to) */
  lookup_area: written(3, (call) => {
    const table = tableArgument(call, 0);
    const [from, to] = call.arguments.slice(1).map((a) => call.t.translate(a, call.scope));
    return table ? call.b.call("lookup_area", table, from!, to!) : from!;
  }),
  lookup_slope: written(3, slope),
};
