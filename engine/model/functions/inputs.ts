/**
 * Test inputs: functions of time. A start that lies between two steps counts from the nearest step: `time` is compared
 * half a step early, so that rounding never moves a step or pulse. In the stages of rk2 and rk4 they see the stage's time.
 */
import { add, binary, constant, divide, larger, multiply, select, smaller, subtract, TIME } from "../build-term.ts";
import type { Term } from "../term.ts";
import { optional, over, topic, value } from "./function-entry.ts";

/** Half a step from now: what is compared with starts and ends. */
const soon = (timeStep: number): Term => add(TIME, constant(timeStep / 2));
const from = (start: Term, timeStep: number): Term => binary("greater", soon(timeStep), start);

function pulse(start: Term, width: Term, timeStep: number): Term {
  const end = add(start, larger(width, constant(timeStep)));
  return binary("and", from(start, timeStep), binary("less", soon(timeStep), end));
}

function pulseTrain([start, width, every, until]: readonly Term[], timeStep: number): Term {
  const phase = binary("modulo", subtract(soon(timeStep), start!), every!);
  const on = binary("less", phase, larger(width!, constant(timeStep)));
  const running = binary("and", from(start!, timeStep), binary("less", soon(timeStep), until!));
  return binary("and", running, on);
}

function rampBetween(start: Term, end: Term): Term {
  const length = subtract(end, start);
  const part = smaller(larger(divide(subtract(TIME, start), length), constant(0)), constant(1));
  const after = binary("greater-equal", TIME, start);
  return select(binary("less-equal", length, constant(0)), after, part);
}

export const INPUTS = topic("inputs", [
  {
    name: "step",
    parameters: [value("height", "a"), value("start", "time")],
    result: "a",
    form: {
      kind: "build",
      build: ([height, start], { timeStep }) => select(from(start!, timeStep), height!, constant(0)),
    },
    en: "0 before `start`, `height` from then on.",
    zh: "在 start 之前为 0，此后为 height。",
    elsewhere: ["The same in Vensim and XMILE.", "与 Vensim、XMILE 相同。"],
    examples: [over("step(5, 3)", [2, 3, 4], [0, 5, 5])],
  },
  {
    name: "ramp",
    parameters: [value("slope", "a/time"), value("start", "time"), optional("end", "time", "never", "不结束")],
    result: "a",
    form: {
      kind: "build",
      build: ([slope, start, end]) =>
        multiply(slope!, larger(subtract(end ? smaller(TIME, end) : TIME, start!), constant(0))),
    },
    en: "0 until `start`, then rising by `slope` a time unit until `end`, then constant.",
    zh: "在 start 之前为 0，随后每单位时间增加 slope，到 end 为止，此后不变。",
    elsewhere: [
      "Vensim: RAMP(slope, start, end). XMILE's RAMP has no end.",
      "Vensim：RAMP(slope, start, end)。XMILE 的 RAMP 没有终点。",
    ],
    examples: [over("ramp(2, 3, 5)", [3, 4, 5, 6], [0, 2, 4, 4])],
  },
  {
    name: "pulse",
    parameters: [value("start", "time"), value("width", "time")],
    result: "1",
    form: { kind: "build", build: ([start, width], { timeStep }) => pulse(start!, width!, timeStep) },
    en: "1 from `start` for `width`, at least for one step; else 0.",
    zh: "从 start 起持续 width（至少一个步长）为 1，其余为 0。",
    elsewhere: [
      "Vensim's PULSE. XMILE's PULSE(volume, first, interval) is another function, of height volume / DT for one step: write volume / time_step * pulse(first, time_step), or with pulse_train where it repeats.",
      "即 Vensim 的 PULSE。XMILE 的 PULSE(volume, first, interval) 是另一个函数，在一个步长内高度为 volume / DT：请写 volume / time_step * pulse(first, time_step)，重复时用 pulse_train。",
    ],
    examples: [over("pulse(3, 2)", [2, 3, 4, 5], [0, 1, 1, 0])],
  },
  {
    name: "pulse_train",
    parameters: [value("start", "time"), value("width", "time"), value("every", "time"), value("until", "time")],
    result: "1",
    form: { kind: "build", build: (args, { timeStep }) => pulseTrain(args, timeStep) },
    en: "Pulses of `width` (at least one step) that begin at `start` and every `every` after it; none at `until` or later.",
    zh: "从 start 起每隔 every 出现一次宽度为 width（至少一个步长）的脉冲；到 until 为止。",
    elsewhere: [
      "Vensim: PULSE TRAIN(start, duration, repeat, end). A pulse under way at `until` ends there.",
      "Vensim：PULSE TRAIN(start, duration, repeat, end)。到 until 时正在进行的脉冲随之结束。",
    ],
    examples: [over("pulse_train(2, 1, 3, 8)", [1, 2, 3, 4, 5, 6, 8], [0, 1, 0, 0, 1, 0, 0])],
  },
  {
    name: "step_at",
    parameters: [value("start", "time")],
    result: "1",
    form: { kind: "build", build: ([start]) => binary("greater-equal", TIME, start!) },
    en: "0 before `start`, 1 from then on. It compares the time as it is, not to the nearest step.",
    zh: "在 start 之前为 0，此后为 1。按时间本身比较，不取最近的步。",
    examples: [over("step_at(3)", [2, 3], [0, 1])],
  },
  {
    name: "ramp_between",
    parameters: [value("start", "time"), value("end", "time")],
    result: "1",
    form: { kind: "build", build: ([start, end]) => rampBetween(start!, end!) },
    en: "0 until `start`, rising evenly to 1 at `end`, then 1.",
    zh: "在 start 之前为 0，均匀升至 end 时的 1，此后为 1。",
    examples: [over("ramp_between(2, 6)", [2, 3, 6, 8], [0, 0.25, 1, 1])],
  },
]);
