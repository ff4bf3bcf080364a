/** Functions of earlier values. They change once a step, never in the stages of rk2 and rk4. */
import { constant, divide, SELF, select } from "../build-term.ts";
import type { Term } from "../term.ts";
import { type ModelClock, optional, over, topic, value, written } from "./function-entry.ts";

/** x as it was some time ago: whole steps, at least one; a time beyond the run's length is told apart from none. */
function delayFixed([x, time, initial]: readonly Term[], { timeStep, steps }: ModelClock): Term {
  return { kind: "past", body: x!, initial: initial ?? x!, lag: divide(time!, constant(timeStep)), most: steps + 1 };
}

const AT_START = ["x at the start", "开始时的 x"] as const;

export const PAST = topic("past", [
  {
    name: "initial",
    parameters: [value("x", "a")],
    result: "a",
    form: { kind: "build", build: ([x]) => ({ kind: "initial", body: x! }) },
    en: "The value of x at the start of the run, with every lever at its default.",
    zh: "x 在运行开始时的值，此时每个杠杆取默认值。",
    elsewhere: ["Vensim: INITIAL(x). XMILE: INIT(x).", "Vensim：INITIAL(x)。XMILE：INIT(x)。"],
    foreign: ["init"],
    examples: [over("initial(3 + time)", [0, 5], [3, 3])],
  },
  {
    name: "previous",
    parameters: [value("x", "a"), optional("initial", "a", ...AT_START)],
    result: "a",
    form: {
      kind: "build",
      build: ([x, initial]) => ({ kind: "past", body: x!, initial: initial ?? x!, lag: constant(1), most: 1 }),
    },
    en: "The value of x one step ago; at the start `initial`. With `initial` it opens a circle of equations.",
    zh: "x 上一步的值；开始时为 initial。给出 initial 时可以断开方程的循环。",
    elsewhere: ["XMILE: PREVIOUS(x, initial).", "XMILE：PREVIOUS(x, initial)。"],
    examples: [over("previous(time ^ 2, -1)", [0, 1, 2, 3], [-1, 0, 1, 4])],
  },
  {
    name: "history",
    parameters: [value("x", "a"), written("years", "years", "time")],
    result: "a",
    form: {
      kind: "build",
      build: ([x, years], { timeStep }) => {
        const steps = (years as Extract<Term, { kind: "constant" }>).value / timeStep;
        return { kind: "past", body: x!, initial: x!, lag: constant(steps), most: steps };
      },
    },
    en: "The value of x that long ago: a number written out, a whole number of steps. Before the start, x at the start.",
    zh: "x 在若干时间以前的值：须直接写出数字，且为步长的整数倍。开始之前取开始时的 x。",
    elsewhere: ["Stella's HISTORY takes a time, not a span.", "Stella 的 HISTORY 的参数是时刻，不是时间长度。"],
    examples: [over("history(time, 2)", [1, 2, 3, 4], [0, 0, 1, 2])],
  },
  {
    name: "delay_fixed",
    parameters: [value("x", "a"), value("time", "time"), optional("initial", "a", ...AT_START)],
    result: "a",
    form: { kind: "build", build: delayFixed },
    en: "x as it was `time` ago, rounded to whole steps and at least one; until then `initial`. `time` is read at the start, and may be uncertain.",
    zh: "x 在 time 之前的值，time 四舍五入为整步数且至少一步；在此之前为 initial。time 在开始时读取，可以是不确定参数。",
    elsewhere: [
      "Vensim: DELAY FIXED(x, time, initial), which must stand alone. XMILE: DELAY(x, time, [initial]), whose time may vary.",
      "Vensim：DELAY FIXED(x, time, initial)，须单独成式。XMILE：DELAY(x, time, [initial])，其 time 可以变化。",
    ],
    foreign: ["delay", "delay_pipeline"],
    examples: [
      over("delay_fixed(time ^ 2, 2, -3)", [0, 1, 2, 3, 4], [-3, -3, 0, 1, 4]),
      over("delay_fixed(time ^ 2, 1.5, 20)", [1, 2, 3], [20, 0, 1]),
    ],
  },
  {
    name: "sample_if_true",
    parameters: [value("condition", "any"), value("x", "a"), value("initial", "a")],
    result: "a",
    form: {
      kind: "build",
      build: ([condition, x, initial]) => ({
        kind: "carried",
        initial: initial!,
        next: select(condition!, x!, SELF),
      }),
    },
    en: "x of this moment where the condition is not 0, else the value it had when it last was; before that `initial`.",
    zh: "条件不为 0 时取此刻的 x，否则保持条件上次成立时的值；此前为 initial。",
    elsewhere: [
      "Vensim: SAMPLE IF TRUE(condition, x, initial). Where the Vensim variable reads itself in the condition, write previous(name, initial).",
      "Vensim：SAMPLE IF TRUE(条件, x, initial)。Vensim 变量在条件中引用自身时，这里写 previous(变量名, initial)。",
    ],
    foreign: ["sample"],
    examples: [over("sample_if_true(time mod 3 == 0, time, -1)", [0, 1, 2, 3, 5, 6], [0, 0, 0, 3, 3, 6])],
  },
]);
