/** Functions of calendar time and of accounting periods. */
import type { Expression } from "../equation.ts";
import { knownNumber, written } from "./function-rules.ts";
import type { ForeignCall, FunctionTable } from "./functions.ts";

/**
 * GET TIME VALUE(relative to, offset, measure): the present or initial time plus an offset, as model time (measure 0). Other measures need a
 * calendar, and the clock of the computer (relative to 2) is no part of a model.
 */
function timeValue(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const [relative, measure] = [knownNumber(call, 0), knownNumber(call, 2)];
  if (relative === null || measure === null) return b.number(0);
  if (measure !== 0 || (relative !== 0 && relative !== 1)) {
    const name = `${call.name.text}(${relative}, …, ${measure})`;
    return t.fail("foreign-function", call.span, { name, known: false, dialect: t.context.dialect });
  }
  return b.add(b.name(relative === 0 ? "time" : "start_time"), t.translate(args[1]!, scope));
}

/**
 * DEPRECIATE STRAIGHTLINE(stream, life, fiscal period, initial): each investment is written off evenly over its life, from the step on in which it
 * is made; before the start as much was invested in each step as `initial` says. What is written off now is what was invested within one life,
 * over the life. The fiscal period must be one step.
 */
function depreciate(call: ForeignCall): Expression {
  const { t, scope, b, arguments: args } = call;
  const fiscal = t.context.constantValue(args[2]!, scope);
  if (fiscal !== t.context.timeStep) {
    const name = `${call.name.text}(…, ${fiscal ?? "…"}, …)`;
    return t.fail("foreign-function", call.span, { name, known: false, dialect: t.context.dialect });
  }
  const [stream, life] = [t.translate(args[0]!, scope), t.translate(args[1]!, scope)];
  const invested = b.call("npv", stream, b.number(0));
  const fixed = b.call("delay_fixed", invested, life, b.number(0));
  const initial = t.context.constantValue(args[3]!, scope);
  return b.divide(b.subtract(invested, initial === 0 ? fixed : beforeOneLife(call, fixed, life)), life);
}

/** What was invested up to one life ago, counted from the start: a negative sum as long as that is before the start. */
function beforeOneLife({ t, scope, b, arguments: args }: ForeignCall, since: Expression, life: Expression): Expression {
  const dt = b.name("time_step");
  const left = b.subtract(b.add(b.name("start_time"), b.call("initial", life)), b.name("time"));
  const stream = b.call("initial", t.translate(args[3]!, scope));
  const isBefore = b.binary(">", left, b.divide(dt, b.number(2)));
  return b.if(isBefore, b.negate(b.multiply(stream, b.subtract(left, dt))), since);
}

export const TIME_FUNCTIONS: FunctionTable = {
  get_time_value: written(3, timeValue),
  depreciate_straightline: written(4, depreciate),
};
