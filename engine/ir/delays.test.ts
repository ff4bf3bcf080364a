/** Delays, smooths, trends and functions of the past against analytic solutions and published behaviour. */
import { describe, expect, it } from "vitest";
import { simulate } from "../ensemble/simulate.ts";
import { columnOf, goodModel, trajectory } from "../testing/compile-text.ts";

const header = (step: string, method: string, stop = 10) =>
  `model: {name: t, method: ${method}, time: {start: 0, stop: ${stop}, step: ${step}, save: 1, unit: "1"}}\n`;

/** An equation's values at whole times, computed closely enough to compare with mathematics. */
function fine(equation: string): number[] {
  return trajectory(`${header("1/64", "rk4")}auxiliaries: {y: {equation: "${equation}", unit: "1"}}\n`, "y");
}
/** An equation's values at whole times with Euler. */
function euler(equation: string, step = "1"): number[] {
  return trajectory(`${header(step, "euler")}auxiliaries: {y: {equation: "${equation}", unit: "1"}}\n`, "y");
}

const TIMES = Array.from({ length: 11 }, (_, t) => t);

function expectClose(actual: readonly number[], expected: readonly number[], digits = 7): void {
  expect(actual.map((v) => Number(v.toFixed(digits)) + 0)).toEqual(expected.map((v) => Number(v.toFixed(digits)) + 0));
}

/** What n stages of rate k have let through of a unit step: the Erlang distribution function. */
function erlang(n: number, k: number, t: number): number {
  let [term, sum] = [1, 0];
  for (let i = 0; i < n; i++) {
    sum += term;
    term *= (k * t) / (i + 1);
  }
  return 1 - Math.exp(-k * t) * sum;
}

describe("the answer to a unit step at the start", () => {
  // The initial value 0 makes the constant input 1 a step.
  it.each([
    ["delay1(1, 4, 0)", 1, 4],
    ["delay3(1, 4, 0)", 3, 4],
    ["delay_n(1, 4, 5, 0)", 5, 4],
    ["smooth(1, 4, 0)", 1, 4],
    ["smooth3(1, 4, 0)", 3, 4],
    ["smooth_n(1, 4, 5, 0)", 5, 4],
  ])("%s is the Erlang distribution of order %i", (equation, order, time) => {
    expectClose(
      fine(equation),
      TIMES.map((t) => erlang(order, order / time, t)),
    );
  });

  it("a constant input comes out at once, unchanged, whatever the time", () => {
    for (const f of ["delay1(7, 3)", "delay3(7, 3)", "delay_n(7, 3, 4)", "smooth(7, 3)", "smooth3(7, 3)"]) {
      expectClose(fine(f), new Array<number>(11).fill(7), 12);
    }
  });

  it("delays and smooths differ where the time varies: a delay keeps what is under way, a smooth does not", () => {
    const time = "(2 + step(2, 5))";
    const delayed = euler(`delay1(10, ${time})`, "1/4");
    expect(euler(`smooth(10, ${time})`, "1/4")).toEqual(new Array(11).fill(10));
    // The stock 20 now empties over 4: half the outflow at once, then back to the input by 1/16 of the rest a step.
    expect(delayed[5]).toBe(5);
    expect(delayed[9]).toBeCloseTo(10 - 5 * (15 / 16) ** 16, 12);
  });

  it("a delay conserves what flows in: it is out or still under way", () => {
    const yaml = `${header("1/8", "rk4")}stocks:
  under_way: {initial: 0, inflows: [into], outflows: [out], unit: "1"}
  arrived: {initial: 0, inflows: [out], unit: "1"}
flows:
  into: {equation: "pulse(1, 2) * (3 + time)", unit: "1"}
  out: {equation: "delay3(into, 2)", unit: "1"}
`;
    const { model, program } = goodModel(yaml);
    const result = simulate(model, program);
    const sum = TIMES.map((t) => columnOf(result, "under_way")[t]! + columnOf(result, "arrived")[t]!);
    expect(sum[10]).toBeCloseTo(sum[4]!, 12);
    expect(columnOf(result, "under_way")[10]).toBeLessThan(0.05);
  });
});

describe("one step of Euler, by hand", () => {
  it("a smooth moves by (x - s) / T, each stage by what the one before it was", () => {
    expect(euler("smooth(step(8, 1), 4)").slice(0, 5)).toEqual([0, 0, 2, 3.5, 4.625]);
    expect(euler("smooth_n(step(8, 1), 8, 2)").slice(0, 5)).toEqual([0, 0, 0, 0.5, 1.25]);
  });

  it("a time shorter than the step overshoots, as in Vensim", () => {
    expect(euler("delay1(step(8, 1), 0.5)").slice(0, 5)).toEqual([0, 0, 16, 0, 16]);
  });
});

describe("trend and forecast", () => {
  it("trend finds the rate of exponential growth at once, where it starts at it", () => {
    // A = x / (1 + g T) is the average of exp(g t) over T, and (x - A) / (T A) is g.
    expectClose(fine("trend(exp(0.05 * time), 3, 0.05)"), new Array<number>(11).fill(0.05), 9);
  });

  it("without an initial trend it comes to the rate with the time of the smooth", () => {
    const [g, T] = [0.05, 3];
    // A' = (x - A) / T from A = 1: A = (exp(g t) + g T exp(-t / T)) / (1 + g T).
    const base = (t: number) => (Math.exp(g * t) + g * T * Math.exp(-t / T)) / (1 + g * T);
    const expected = TIMES.map((t) => (Math.exp(g * t) - base(t)) / (T * base(t)));
    expectClose(fine(`trend(exp(${g} * time), ${T})`), expected, 9);
  });

  it("trend of nothing is 0, and of a falling negative value counts its size", () => {
    expect(fine("trend(0, 3)")).toEqual(new Array(11).fill(0));
    expect(fine("trend(-1 - time, 3)")[10]).toBeLessThan(0);
  });

  it("forecast carries the trend on: x (1 + trend · horizon)", () => {
    const trend = fine("trend(2 + time, 4)");
    expectClose(
      fine("forecast(2 + time, 4, 3)"),
      TIMES.map((t) => (2 + t) * (1 + 3 * trend[t]!)),
      9,
    );
  });

  it("net present value of a constant stream is the annuity", () => {
    const [rate, dt] = [0.08, 0.25];
    const factor = (t: number) => (1 - (1 + rate * dt) ** -(t / dt + 1)) / (1 - (1 + rate * dt) ** -1);
    expectClose(
      euler("npv(100, 0.08, 5, 2)", "1/4"),
      TIMES.map((t) => 2 * (5 + 100 * dt * factor(t))),
      9,
    );
  });
});

// Rows of the outputs of Vensim (six digits) that the public suites SDEverywhere (sde-) and test-models (tm-) carry.
describe("what Vensim gives", () => {
  const RISING = "10 + ramp(1, 10, 60) + step(1, 70) * (1 - step(1, 90)) + step(2 * sin(6.28 * time / 20), 100)";
  it.each([
    [
      "sde-trend",
      "1",
      "trend(1 + 0.5 * sin(2 * 3.14159 * time / 20), 6, 10)",
      { 0: 10, 1: 0.900379, 10: -0.0171455, 50: -0.0317583, 100: 0.0513372 },
    ],
    [
      "tm-forecast",
      "1/2",
      `forecast(delay_fixed(${RISING}, 10), 5, 10)`,
      { 10: 10, 20: 10, 30: 31.2561, 80: 64.3028, 110: 59.6678, 120: 57.911 },
    ],
    [
      "sde-npv",
      "1",
      "npv(-100 / time_step * pulse(12, time_step) + step(3, 12), 10 / 12 / 100)",
      { 11: 0, 12: -87.8056, 13: -85.1124, 100: 81.0743 },
    ],
    [
      "sde-smooth3",
      "1",
      "smooth3(3 + pulse(10, 10), 2)",
      { 10: 3, 11: 3, 12: 3, 13: 6.375, 20: 3.63281, 25: 0.652496 },
    ],
    [
      "tm-delay_parentheses",
      "1",
      "delay1(step(3, 3) + step(-2, 10), 10)",
      { 3: 0, 4: 0.3, 5: 0.57, 15: 1.33369, 50: 1.00835 },
    ],
  ] as const)("in %s", (_, step, equation, rows) => {
    const yaml = `${header(step, "euler", 120)}auxiliaries: {y: {equation: "${equation}", unit: "1"}}\n`;
    const values = trajectory(yaml, "y");
    for (const [time, value] of Object.entries(rows)) {
      expect(Math.abs(values[Number(time)]! - value)).toBeLessThanOrEqual(1e-5 * Math.abs(value));
    }
  });
});

describe("fixed delays", () => {
  it.each([
    ["0.5", 1],
    ["1", 1],
    ["1.2", 1],
    ["1.5", 2],
    ["2", 2],
    ["3.7", 4],
    ["0", 1],
    ["time / 2", 1],
    ["2 + 2 * sin(time)", 2],
  ])("a time of %s is %i steps of 1, read at the start (as tm-delay_fixed shows for Vensim)", (time, steps) => {
    const squares = TIMES.map((t) => (t < steps ? -10 : (t - steps) ** 2));
    expect(euler(`delay_fixed(time ^ 2, ${time}, -10)`)).toEqual(squares);
  });

  it("a time beyond the end gives the initial value throughout", () => {
    expect(euler("delay_fixed(time, 50, -1)")).toEqual(new Array(11).fill(-1));
    expect(euler("delay_fixed(time, 10, -1)").at(-1)).toBe(0);
    expect(euler("delay_fixed(time, p)".replace("p", "9 + min(time, 1)")).at(-1)).toBe(1);
  });

  it("each element has a time of its own", () => {
    const yaml = `${header("1/2", "euler")}dimensions: {place: {elements: [north, south]}}
parameters:
  lag[place]: {value: {north: 1, south: 3}, unit: "1"}
auxiliaries:
  y[place]: {equation: "delay_fixed(time, lag, -1)", unit: "1"}
`;
    const { model, program } = goodModel(yaml);
    const result = simulate(model, program);
    expect(columnOf(result, "y[north]").slice(0, 5)).toEqual([-1, 0, 1, 2, 3]);
    expect(columnOf(result, "y[south]").slice(0, 5)).toEqual([-1, -1, -1, 0, 1]);
  });

  it("changes once a step under every method", () => {
    const of = (method: string) =>
      trajectory(
        `${header("1", method)}stocks: {s: {initial: 0, inflows: [f], unit: "1"}}\nflows: {f: {equation: "delay_fixed(time, 2, 7)", unit: "1"}}\n`,
        "s",
      );
    expect(of("rk4")).toEqual(of("euler"));
    expect(of("rk2")).toEqual(of("euler"));
  });
});

describe("values of earlier steps", () => {
  it("previous opens a circle, and starts at its initial value", () => {
    expect(
      trajectory(`${header("1", "euler")}auxiliaries: {x: {equation: "previous(x, 1) * 2", unit: "1"}}\n`, "x").slice(
        0,
        5,
      ),
    ).toEqual([2, 4, 8, 16, 32]);
  });

  it("a peak is held by a sample that asks its own previous value", () => {
    const yaml = `${header("1", "euler")}auxiliaries:
  wave: {equation: "(time * 3) mod 7", unit: "1"}
  peak: {equation: "sample_if_true(wave > previous(peak, 0), wave, 0)", unit: "1"}
`;
    expect(trajectory(yaml, "wave")).toEqual([0, 3, 6, 2, 5, 1, 4, 0, 3, 6, 2]);
    expect(trajectory(yaml, "peak")).toEqual([0, 3, 6, 6, 6, 6, 6, 6, 6, 6, 6]);
  });

  it("a sample holds within the stages of rk4", () => {
    const yaml = (method: string) => `${header("1", method)}stocks: {s: {initial: 0, inflows: [f], unit: "1"}}
flows: {f: {equation: "sample_if_true(time mod 2 < 0.4, previous(time, 0), 5)", unit: "1"}}
`;
    expect(trajectory(yaml("rk4"), "s").slice(0, 4)).toEqual(trajectory(yaml("euler"), "s").slice(0, 4));
  });
});

describe("the order of the start", () => {
  it("a stock may start at a smooth, and a smooth at a stock", () => {
    const yaml = `${header("1", "euler")}stocks:
  a: {initial: "smooth(b, 4) + 1", unit: "1"}
  b: {initial: 3, unit: "1"}
  c: {initial: "delay1(a, 2, 10) + smooth(a, 5)", unit: "1"}
`;
    expect(trajectory(yaml, "a")[0]).toBe(4);
    expect(trajectory(yaml, "c")[0]).toBe(14);
  });

  it("delays stand inside any expression, and each call has stocks of its own", () => {
    const both = fine("2 * smooth(time, 3) - smooth(time, 4) / (1 + delay3(time, 2))");
    const [a, b, c] = [fine("smooth(time, 3)"), fine("smooth(time, 4)"), fine("delay3(time, 2)")];
    expectClose(
      both,
      TIMES.map((t) => 2 * a[t]! - b[t]! / (1 + c[t]!)),
      12,
    );
    expectClose(fine("smooth(smooth(time, 2), 2)"), fine("smooth_n(time, 4, 2)"), 12);
  });
});
