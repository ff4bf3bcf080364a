/**
 * Delays and smooths: chains of hidden stocks, one chain for each element, integrated with the model's own method. The time
 * of each may vary; its value of the moment counts.
 */
import { add, constant, divide, foldConstant, multiply, SELF, safeDivide, subtract, unary } from "../build-term.ts";
import type { Term } from "../term.ts";
import { optional, over, topic, value, written } from "./function-entry.ts";

const stageTime = (time: Term, stages: number): Term => (stages === 1 ? time : divide(time, constant(stages)));

/**
 * A material delay: each stage holds a quantity and lets go of quantity / (time / n), beginning at what keeps that outflow
 * at `initial` (Forrester, Industrial Dynamics, 1961).
 */
function delay(x: Term, time: Term, stages: number, initial: Term): Term {
  const stage = stageTime(time, stages);
  let inflow = x;
  for (let i = 0; i < stages; i++) {
    const level: Term = {
      kind: "integral",
      initial: multiply(initial, stage),
      net: subtract(inflow, divide(SELF, stage)),
    };
    inflow = divide(level, stage);
  }
  return inflow;
}

/** An information delay: each stage goes towards the one before it by a share 1 / (time / n) of the distance. */
function smooth(x: Term, time: Term, stages: number, initial: Term): Term {
  const stage = stageTime(time, stages);
  let input = x;
  for (let i = 0; i < stages; i++) {
    input = { kind: "integral", initial, net: divide(subtract(input, SELF), stage) };
  }
  return input;
}

/** The smoothed input of `trend` and `forecast`: it begins where a steady relative growth of `trend` would have it. */
function average(x: Term, time: Term, trend: Term | undefined): Term {
  const initial = trend ? divide(x, add(constant(1), multiply(trend, time))) : x;
  return { kind: "integral", initial, net: divide(subtract(x, SELF), time) };
}

function trendOf([x, time, initial]: readonly Term[]): Term {
  const base = average(x!, time!, initial);
  return safeDivide(subtract(x!, base), multiply(time!, unary("abs", base)));
}

function forecast([x, time, horizon, initial]: readonly Term[]): Term {
  const base = average(x!, time!, initial);
  const growth = safeDivide(subtract(x!, base), multiply(time!, base));
  return multiply(x!, add(constant(1), multiply(growth, horizon!)));
}

const wholeNumber = (term: Term): number => foldConstant(term)!;
const AT_START = ["x at the start", "开始时的 x"] as const;
const parameters = [value("x", "a"), value("time", "time"), optional("initial", "a", ...AT_START)];
const withOrder = [
  value("x", "a"),
  value("time", "time"),
  written("order", "order", "1"),
  optional("initial", "a", ...AT_START),
];

export const DELAYS = topic("delays", [
  {
    name: "delay1",
    parameters,
    result: "a",
    form: { kind: "build", build: ([x, time, initial]) => delay(x!, time!, 1, initial ?? x!) },
    adjusts: { time: 1, stages: 1 },
    en: "What leaves a stock that x fills and that empties over `time`: a material delay of first order. `initial` is its outflow at the start, not its content.",
    zh: "一阶物质延迟：x 流入一个存量，存量按 time 流出，其流出量即结果。initial 是开始时的流出量，不是存量。",
    elsewhere: [
      "Vensim: DELAY1, DELAY1I(x, time, initial). XMILE: DELAY1.",
      "Vensim：DELAY1、DELAY1I(x, time, initial)。XMILE：DELAY1。",
    ],
    foreign: ["delay1i"],
    examples: [over("delay1(step(10, 2), 4)", [2, 3, 4, 5], [0, 2.5, 4.375, 5.78125])],
  },
  {
    name: "delay3",
    parameters,
    result: "a",
    form: { kind: "build", build: ([x, time, initial]) => delay(x!, time!, 3, initial ?? x!) },
    adjusts: { time: 1, stages: 3 },
    en: "A material delay of third order: three stages in a row, each of a third of `time`.",
    zh: "三阶物质延迟：三个阶段相接，每个阶段为 time 的三分之一。",
    elsewhere: [
      "Vensim: DELAY3, DELAY3I(x, time, initial). XMILE: DELAY3.",
      "Vensim：DELAY3、DELAY3I(x, time, initial)。XMILE：DELAY3。",
    ],
    foreign: ["delay3i"],
    examples: [over("delay3(step(10, 2), 12)", [2, 3, 4, 5, 6], [0, 0, 0, 0.15625, 0.5078125])],
  },
  {
    name: "delay_n",
    parameters: withOrder,
    result: "a",
    form: {
      kind: "build",
      build: ([x, time, order, initial]) => delay(x!, time!, wholeNumber(order!), initial ?? x!),
    },
    adjusts: { time: 1, stages: { argument: 2 } },
    en: "A material delay of any order: a whole number written out, up to 100.",
    zh: "任意阶的物质延迟：阶数须直接写出，为不超过 100 的整数。",
    elsewhere: [
      "Vensim: DELAY N(x, time, initial, order), which lowers the order where a stage is shorter than a step and holds a varying time back by a step. XMILE: DELAYN(x, time, order, [initial]).",
      "Vensim：DELAY N(x, time, initial, order)，阶段短于步长时会自行降阶，time 变化时用上一步的值。XMILE：DELAYN(x, time, order, [initial])。",
    ],
    foreign: ["delayn"],
    examples: [over("delay_n(step(10, 2), 8, 2)", [2, 3, 4, 5], [0, 0, 0.625, 1.5625])],
  },
  {
    name: "smooth",
    parameters,
    result: "a",
    form: { kind: "build", build: ([x, time, initial]) => smooth(x!, time!, 1, initial ?? x!) },
    adjusts: { time: 1, stages: 1 },
    en: "x smoothed exponentially over `time`: an information delay of first order.",
    zh: "以 time 对 x 作指数平滑：一阶信息延迟。",
    elsewhere: [
      "Vensim: SMOOTH, SMOOTHI(x, time, initial). XMILE: SMTH1.",
      "Vensim：SMOOTH、SMOOTHI(x, time, initial)。XMILE：SMTH1。",
    ],
    foreign: ["smoothi", "smth1", "smooth1", "delay_information"],
    examples: [over("smooth(step(10, 2), 4)", [2, 3, 4, 5], [0, 2.5, 4.375, 5.78125])],
  },
  {
    name: "smooth3",
    parameters,
    result: "a",
    form: { kind: "build", build: ([x, time, initial]) => smooth(x!, time!, 3, initial ?? x!) },
    adjusts: { time: 1, stages: 3 },
    en: "An information delay of third order.",
    zh: "三阶信息延迟。",
    elsewhere: [
      "Vensim: SMOOTH3, SMOOTH3I(x, time, initial). XMILE: SMTH3.",
      "Vensim：SMOOTH3、SMOOTH3I(x, time, initial)。XMILE：SMTH3。",
    ],
    foreign: ["smooth3i", "smth3"],
    examples: [over("smooth3(step(10, 2), 12, 4)", [0, 1, 2, 3], [4, 4, 4, 3.9375])],
  },
  {
    name: "smooth_n",
    parameters: withOrder,
    result: "a",
    form: {
      kind: "build",
      build: ([x, time, order, initial]) => smooth(x!, time!, wholeNumber(order!), initial ?? x!),
    },
    adjusts: { time: 1, stages: { argument: 2 } },
    en: "An information delay of any order: a whole number written out, up to 100.",
    zh: "任意阶的信息延迟：阶数须直接写出，为不超过 100 的整数。",
    elsewhere: [
      "Vensim: SMOOTH N(x, time, initial, order). XMILE: SMTHN(x, time, order, [initial]).",
      "Vensim：SMOOTH N(x, time, initial, order)。XMILE：SMTHN(x, time, order, [initial])。",
    ],
    foreign: ["smoothn", "smthn"],
    examples: [over("smooth_n(step(10, 2), 8, 2)", [2, 3, 4, 5], [0, 0, 0.625, 1.5625])],
  },
  {
    name: "trend",
    parameters: [value("x", "a"), value("time", "time"), optional("initial", "1/time", "0")],
    result: "1/time",
    form: { kind: "build", build: trendOf },
    adjusts: { time: 1, stages: 1 },
    en: "The relative growth of x a time unit, judged against its average over `time`; `initial` is the growth at the start.",
    zh: "x 每单位时间的相对增长率，以 time 上的平滑值为基准；initial 为开始时的增长率。",
    elsewhere: [
      "Vensim: TREND(x, time, initial). XMILE: TREND(x, time, [initial]). Vensim takes a very small average for zero; here it must be exactly 0.",
      "Vensim：TREND(x, time, initial)。XMILE：TREND(x, time, [initial])。Vensim 把很小的平滑值当作零，这里须恰为零。",
    ],
    examples: [over("trend(100 + 10 * time, 5)", [0, 1, 2], [0, 0.02, 18 / 510])],
  },
  {
    name: "forecast",
    parameters: [value("x", "a"), value("time", "time"), value("horizon", "time"), optional("initial", "1/time", "0")],
    result: "a",
    form: { kind: "build", build: forecast },
    adjusts: { time: 1, stages: 1 },
    en: "x after `horizon`, if its trend (over `time`) goes on in a straight line: x * (1 + trend * horizon).",
    zh: "按 time 上的趋势直线外推 horizon 之后的 x：x * (1 + 趋势 * horizon)。",
    elsewhere: [
      "Vensim: FORECAST(x, time, horizon). Stella: FORCST(x, time, horizon, [initial]).",
      "Vensim：FORECAST(x, time, horizon)。Stella：FORCST(x, time, horizon, [initial])。",
    ],
    foreign: ["forcst"],
    examples: [over("forecast(100 + 10 * time, 5, 2)", [0, 1], [100, 114.4])],
  },
]);
