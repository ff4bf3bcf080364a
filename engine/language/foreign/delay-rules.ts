/** Delays and smooths whose order is an argument. */
import type { Expression } from "../equation.ts";
import { knownNumber } from "./function-rules.ts";
import type { ForeignCall } from "./functions.ts";

/** Most stages of a delay. */
const MAX_ORDER = 100;

/** Which argument is which; -1 where a form has it not. */
export interface DelayArguments {
  readonly x: number;
  readonly time: number;
  readonly initial: number;
  readonly order: number;
}

/**
 * A delay or smooth of an order that is read once, at the start, and rounded. In Vensim no stage is shorter than a step: the order
 * is lowered where the time at the start would make it so (reference manual, "DELAY N").
 */
export function delayOfOrder(name: "delay_n" | "smooth_n", call: ForeignCall, at: DelayArguments): Expression {
  const { t, scope, b } = call;
  const wanted = knownNumber(call, at.order);
  if (wanted === null) return b.number(0);
  const time = t.context.startValue(call.arguments[at.time]!, scope);
  const most = time !== null && time > 0 ? Math.max(1, Math.floor(time / t.context.timeStep + 1e-9)) : MAX_ORDER;
  const order = Math.min(Math.max(1, Math.round(wanted)), most);
  if (order > MAX_ORDER) {
    const data = { name: call.name.text, argument: "order", value: order, rule: "order" } as const;
    return t.fail("argument-out-of-range", call.arguments[at.order]!.span, data);
  }
  const args = [
    t.translate(call.arguments[at.x]!, scope),
    t.translate(call.arguments[at.time]!, scope),
    b.number(order),
  ];
  const initial = call.arguments[at.initial];
  return b.call(name, ...args, ...(initial ? [t.translate(initial, scope)] : []));
}
