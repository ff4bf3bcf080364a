/** Functions that look into the points of data variables (Vensim reference manual, "Data Functions"). */
import type { Expression } from "../equation.ts";
import type { ForeignTable } from "./foreign-model.ts";
import { written } from "./function-rules.ts";
import type { ForeignCall, FunctionRule, FunctionTable } from "./functions.ts";
import { tableArgument, timesArgument } from "./lookup-rules.ts";
import { NotCompact } from "./scope.ts";
import { NOT_AVAILABLE } from "./vector-rules.ts";

interface Series {
  readonly times: readonly number[];
  readonly values: readonly number[];
}

/** The points of the data variable that is the first argument, at the element that is read; null after an error. */
function seriesOf({ t, scope, name, arguments: args }: ForeignCall): Series | null {
  const at = args[0]!;
  const variable = at.kind === "name" ? t.context.variables.get(at.name.key) : undefined;
  const indices = at.kind === "name" && variable ? t.subscripts.indices(variable, at.subscripts, at.span, scope) : null;
  const cell = indices?.map((index): number => {
    if (index.kind === "element") return index.position;
    const bound = index.kind === "axis" ? scope.find((s) => s.axis === index.axis) : undefined;
    if (bound) throw new NotCompact(bound);
    return -1;
  });
  const series = variable && cell ? t.context.dataAt(variable, cell) : null;
  if (series && series.times.length > 0) return series;
  t.fail("foreign-not-lookup", at.span, { name: name.text, found: at.kind === "name" ? at.name.text : "…" });
  return null;
}

/** A number that all points of a data variable give. */
const ofPoints = (value: (series: Series) => number): FunctionRule =>
  written(1, (call) => {
    const series = seriesOf(call);
    return call.b.number(series ? value(series) : 0);
  });

/** GET DATA MEAN(data, from, to) and its like: of the points in a range of time, :NA: without any; of all points where no range is given. */
const ofRange = (value: (values: readonly number[]) => number): FunctionRule =>
  written([1, 3], (call) => {
    const { t, scope, b, arguments: args } = call;
    const ends = args.slice(1).map((a) => t.context.constantValue(a, scope));
    for (const [i, end] of ends.entries()) {
      if (end === null)
        return t.fail("foreign-not-constant", args[i + 1]!.span, { name: call.name.text, argument: i + 2 });
    }
    const series = seriesOf(call);
    if (!series) return b.number(0);
    const [from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY] = ends as number[];
    const found = series.values.filter((_, i) => series.times[i]! >= from && series.times[i]! <= to);
    return b.number(found.length === 0 ? NOT_AVAILABLE : value(found));
  });

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The standard deviation of a sample; 0 of a single value. */
function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const m = mean(values);
  return Math.sqrt(values.reduce((sum, v) => sum + (v - m) * (v - m), 0) / (values.length - 1));
}

const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b));
const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b));

/** GET DATA AT TIME(data, time): the value of the point at that time, to half a step; :NA: where there is none. */
function atTime(call: ForeignCall): Expression {
  const { t, scope, b, span } = call;
  const series = seriesOf(call);
  const time = t.translate(call.arguments[1]!, scope);
  if (!series) return time;
  const table = (values: readonly number[]): Expression => {
    const points = series.times.map((x, i) => ({ x, y: values[i]! }));
    return b.name(t.context.table({ points, type: "continuous", span } satisfies ForeignTable));
  };
  const [values, times] = [table(series.values), table(series.times)];
  const half = b.divide(b.name("time_step"), b.number(2));
  const isNear = (read: string) => b.binary("<", b.call("abs", b.subtract(b.call(read, times, time), time)), half);
  const found = (read: string, otherwise: Expression) => b.if(isNear(read), b.call(read, values, time), otherwise);
  return found("lookup_backward", found("lookup_forward", b.number(NOT_AVAILABLE)));
}

/** TIME SHIFT(data, shift): the data as much later in time. */
function timeShift(call: ForeignCall): Expression {
  const { t, scope, b } = call;
  const table = tableArgument(call, 0);
  const time = b.add(b.name("time"), t.translate(call.arguments[1]!, scope));
  return table ? b.call("lookup_linear", table, time) : time;
}

export const DATA_FUNCTIONS: FunctionTable = {
  get_data_first_time: ofPoints(({ times }) => times[0]!),
  get_data_last_time: ofPoints(({ times }) => times.at(-1)!),
  get_data_total_points: ofPoints(({ times }) => times.length),
  get_data_max: ofRange(most),
  get_data_maximum: ofRange(most),
  get_data_min: ofRange(least),
  get_data_minimum: ofRange(least),
  get_data_mean: ofRange(mean),
  get_data_median: ofRange(median),
  get_data_stdv: ofRange(deviation),
  get_data_at_time: written(2, atTime),
  time_shift: written(2, timeShift),
  /**
   * GET DATA BETWEEN TIMES(x, time, mode): the mode says how to read between the points, with thresholds at one half. For the points
   * before and after, the time is cut to whole steps, and the point before lies before it. Outside the points of a data variable there is
   * no value.
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
    const other = b.if(backward, read("lookup_backward", before), read("lookup_linear", x));
    const value = b.if(forward, read("lookup_forward"), other);
    const times = timesArgument(call, 0);
    if (!times) return value;
    const isBefore = b.binary("<", x, b.call("lookup_backward", times, x));
    const isAfter = b.binary(">", x, b.call("lookup_forward", times, x));
    return b.if(b.binary("or", isBefore, isAfter), b.number(NOT_AVAILABLE), value);
  }),
};
