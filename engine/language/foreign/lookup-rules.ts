/** Functions that read lookups. */
import type { Expression } from "../equation.ts";
import type { ForeignExpression } from "./foreign-model.ts";
import { written } from "./function-rules.ts";
import type { ForeignCall, FunctionRule, FunctionTable } from "./functions.ts";
import { NotCompact } from "./scope.ts";

/** A lookup as an argument: its name and subscripts in our language; null where it is none, which is then reported. */
export function tableArgument(call: ForeignCall, argument: number): Expression | null {
  const { t, scope, b } = call;
  const at: ForeignExpression = call.arguments[argument]!;
  if (at.kind === "table") return b.name(t.context.table(at.table));
  const variable = at.kind === "name" ? t.context.variables.get(at.name.key) : undefined;
  if (at.kind === "name" && variable) {
    const table = variable.kind === "lookup" ? variable : t.context.graphicalTable(variable);
    if (table) {
      const subscripts = t.lookupAt(table, at.subscripts, at.span, scope);
      return subscripts && b.subscripted(table.name, subscripts);
    }
  }
  t.fail("foreign-not-lookup", at.span, { name: call.name.text, found: at.kind === "name" ? at.name.text : "…" });
  return null;
}

const reading = (name: string): FunctionRule =>
  written(2, (call) => {
    const table = tableArgument(call, 0);
    const x = call.t.translate(call.arguments[1]!, call.scope);
    return table ? call.b.call(name, table, x) : x;
  });

/** What is known of the points of a data variable, at the element that is read. */
const ofData = (
  value: (series: { readonly times: readonly number[]; readonly values: readonly number[] }) => number,
): FunctionRule =>
  written(1, (call) => {
    const { t, scope, b } = call;
    const at = call.arguments[0]!;
    const variable = at.kind === "name" ? t.context.variables.get(at.name.key) : undefined;
    const indices =
      at.kind === "name" && variable ? t.subscripts.indices(variable, at.subscripts, at.span, scope) : null;
    if (!indices || !variable) return b.number(0);
    const cell = indices.map((index): number => {
      if (index.kind === "element") return index.position;
      const bound = index.kind === "axis" ? scope.find((s) => s.axis === index.axis) : undefined;
      if (bound) throw new NotCompact(bound);
      return -1;
    });
    const series = t.context.dataAt(variable, cell);
    if (series && series.times.length > 0) return b.number(value(series));
    return t.fail("foreign-not-lookup", at.span, { name: call.name.text, found: variable.foreign.name.text });
  });

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

export const LOOKUP_FUNCTIONS: FunctionTable = {
  get_data_first_time: ofData(({ times }) => times[0]!),
  get_data_last_time: ofData(({ times }) => times.at(-1)!),
  get_data_total_points: ofData(({ times }) => times.length),
  get_data_maximum: ofData(({ values }) => Math.max(...values)),
  get_data_minimum: ofData(({ values }) => Math.min(...values)),
  get_data_mean: ofData(({ values }) => mean(values)),
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
  /**
   * GET DATA BETWEEN TIMES(x, time, mode): the mode says how to read between the points, with thresholds at one half. For the points
   * before and after, the time is cut to whole steps, and the point before lies before it.
   */
  get_data_between_times: written(3, (call) => {
    const table = tableArgument(call, 0);
    const { t, scope, b } = call;
    const [x, mode] = [t.translate(call.arguments[1]!, scope), t.translate(call.arguments[2]!, scope)];
    if (!table) return x;
    const [start, dt] = [b.name("start_time"), b.name("time_step")];
    const steps = b.call("floor", b.add(b.divide(b.subtract(x, start), dt), b.number(1e-6)));
    const whole = b.add(start, b.multiply(steps, dt));
    const before = b.subtract(whole, b.divide(dt, b.number(2)));
    const read = (name: string, at: Expression = whole) => b.call(name, table, at);
    const forward = b.binary(">=", mode, b.number(0.5));
    const backward = b.binary("<=", mode, b.number(-0.5));
    return b.if(
      forward,
      read("lookup_forward"),
      b.if(backward, read("lookup_backward", before), read("lookup_linear", x)),
    );
  }),
};
