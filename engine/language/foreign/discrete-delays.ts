/**
 * Discrete delays whose time changes (Vensim reference manual, "DELAY INFORMATION", "DELAY MATERIAL"). What comes in is put into a row of
 * places, one for each step to come; the row moves on by a place a step.
 */
import type { Expression } from "../equation.ts";
import type { ForeignCall } from "./functions.ts";

/** Most steps of a run for which a row is kept; the work of a run is their square. */
const MAX_STEPS = 10_000;

/** A delay whose time stays, as a fixed one; null where it changes. */
function fixed(call: ForeignCall): Expression | null {
  const { t, scope, b, arguments: args } = call;
  if (t.context.constantValue(args[1]!, scope) === null) return null;
  return b.call("delay_fixed", ...args.slice(0, 3).map((a) => t.translate(a, scope)));
}

/** What a row is filled with at a place, from what stood at the next one before. */
interface Row {
  /** The place, from 1. */
  readonly place: Expression;
  /** After how many steps the present input comes out. */
  readonly lag: Expression;
  /** What stood at the next place a step ago; at the start `first`. */
  readonly before: (first: Expression) => Expression;
}

/** A row of places at each element; gives the value at the first of them, as it was a step ago. */
function row(call: ForeignCall, title: string, fill: (row: Row) => Expression, first: Expression): Expression {
  const { t, scope, b, span, arguments: args } = call;
  // What would come out after the end is not seen.
  const size = t.context.steps + 2;
  const subscripts = scope.filter((s) => s.at === null).map((s) => b.name(s.axis));
  const time = t.translate(args[1]!, scope);
  const steps = b.call("round", b.divide(time, b.name("time_step")));
  const name = t.context.row({
    title: `${t.ownerText} ${title}`,
    scope,
    size,
    span,
    value: (own, axis) =>
      fill({
        place: b.call("position", b.name(axis)),
        lag: b.call("clip", steps, b.number(1), b.number(size)),
        before: (start) => {
          const next = b.subscripted(own, [...subscripts, b.add(b.name(axis), b.number(1))]);
          return b.call("previous", next, start);
        },
      }),
  });
  return b.call("previous", b.subscripted(name, [...subscripts, b.element("1")]), first);
}

function isTooLong(call: ForeignCall): boolean {
  const { steps } = call.t.context;
  if (steps <= MAX_STEPS) return false;
  call.t.fail("foreign-limit", call.span, { what: "steps-of-delay", limit: MAX_STEPS });
  return true;
}

/** DELAY INFORMATION(input, time, initial): what comes in also stands for all later times, until something later comes in for them. */
export function informationDelay(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const simple = fixed(call);
  if (simple || isTooLong(call)) return simple ?? b.number(0);
  const [input, initial] = [t.translate(args[0]!, scope), t.translate(args[2]!, scope)];
  const fill = ({ place, lag, before }: Row) => b.if(b.binary(">=", place, lag), input, before(initial));
  return row(call, "on its way", fill, initial);
}

/** DELAY MATERIAL(input, time, initial, missing): what comes in adds to what comes out at the same time; `missing` where nothing does. */
export function materialDelay(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const simple = fixed(call);
  if (simple || isTooLong(call)) return simple ?? b.number(0);
  const [input, initial, missing] = [args[0]!, args[2]!, args[3]!].map((a) => t.translate(a, scope));
  const [none, one] = [b.number(0), b.number(1)];
  // At the start what is on its way already comes out until the first input does.
  const filled = (amount: Expression, atStart: Expression) => (r: Row) => {
    const arriving = b.if(b.binary("==", r.place, r.lag), amount, none);
    return b.add(r.before(b.if(b.binary("<", r.place, r.lag), atStart, none)), arriving);
  };
  const amount = row(call, "on its way", filled(input!, initial!), initial!);
  const arrivals = row(call, "arrivals", filled(one, one), one);
  return b.if(b.binary("==", arrivals, none), missing!, amount);
}
