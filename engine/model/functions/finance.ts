/** Net present value. */
import { add, constant, divide, multiply, SELF, unary } from "../build-term.ts";
import type { Term } from "../term.ts";
import { type ModelClock, optional, over, topic, value } from "./function-entry.ts";

/**
 * The discount factor falls by rate / (1 + rate dt) of itself a time unit, so that under Euler it is (1 + rate dt)^-n after n
 * steps. The present value counts the stream of the present step too.
 */
function netPresentValue(args: readonly Term[], { timeStep }: ModelClock): Term {
  const [stream, rate, initial, factor] = [args[0]!, args[1]!, args[2] ?? constant(0), args[3] ?? constant(1)];
  const dt = constant(timeStep);
  const fall = divide(multiply(SELF, rate), add(constant(1), multiply(rate, dt)));
  const discount: Term = { kind: "integral", initial: constant(1), net: unary("negate", fall) };
  const sum: Term = { kind: "integral", initial, net: multiply(stream, discount) };
  return multiply(add(sum, multiply(multiply(stream, dt), discount)), factor);
}

export const FINANCE = topic("finance", [
  {
    name: "npv",
    parameters: [
      value("stream", "a"),
      value("rate", "1/time"),
      optional("initial", "a*time", "0"),
      optional("factor", "1", "1"),
    ],
    result: "a*time",
    form: { kind: "build", build: netPresentValue },
    en: "The present value, at the start of the run, of `stream` up to now, discounted at `rate` a time unit, plus `initial`; times `factor`.",
    zh: "从开始到此刻的 stream 按每单位时间 rate 贴现到开始时的现值，加 initial，再乘 factor。",
    elsewhere: ["Vensim: NPV(stream, rate, initial, factor).", "Vensim：NPV(stream, rate, initial, factor)。"],
    examples: [over("npv(100, 0.25)", [0, 1, 2], [100, 180, 244])],
  },
]);
