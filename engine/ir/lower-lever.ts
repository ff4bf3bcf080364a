/** The value of a lever from the scenario's setting and the time, as the language defines it. */
import { constant } from "./constant.ts";
import type { IrExpression } from "./program.ts";

/**
 * `initial + (set - initial) · ramp(time) · (1 - exp(-(time - from) / lag))`.
 *
 * @param at first of the four slots of the setting: set, from, to, lag
 */
export function leverValue(initial: number, at: number): IrExpression {
  const setting = (offset: number): IrExpression => ({
    kind: "load",
    place: { base: at + offset, terms: [], guards: [] },
  });
  const binary = (
    op: "add" | "subtract" | "multiply" | "divide" | "min" | "max" | "greater",
    left: IrExpression,
    right: IrExpression,
  ): IrExpression => ({ kind: "binary", op, left, right });
  const [set, from, to, lag] = [setting(0), setting(1), setting(2), setting(3)];
  const time: IrExpression = { kind: "time" };
  const since = binary("subtract", time, from);
  const part = binary("divide", since, binary("subtract", to, from));
  const ramp: IrExpression = {
    kind: "select",
    condition: binary("greater", to, from),
    ifTrue: binary("min", binary("max", part, constant(0)), constant(1)),
    ifFalse: binary("greater", time, from),
  };
  const elapsed = binary("divide", binary("max", since, constant(0)), lag);
  const decay: IrExpression = {
    kind: "unary",
    op: "exp",
    operand: { kind: "unary", op: "negate", operand: elapsed },
  };
  const response: IrExpression = {
    kind: "select",
    condition: binary("greater", lag, constant(0)),
    ifTrue: binary("subtract", constant(1), decay),
    ifFalse: constant(1),
  };
  const change = binary("subtract", set, constant(initial));
  return binary("add", constant(initial), binary("multiply", change, binary("multiply", ramp, response)));
}
