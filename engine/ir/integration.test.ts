/** What the methods and the clock must show: order of convergence on problems with known solutions, and exact save points. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { simulate } from "../ensemble/simulate.ts";
import { goodModel, trajectory } from "../testing/compile-text.ts";

const METHODS = [
  ["euler", 1],
  ["rk2", 2],
  ["rk4", 4],
] as const;

interface Problem {
  readonly name: string;
  readonly stop: number;
  /** Everything but the header. */
  readonly model: string;
  readonly variable: string;
  readonly exact: number;
}

const PROBLEMS: readonly Problem[] = [
  {
    name: "exponential decay",
    stop: 2,
    model: `stocks: {x: {initial: 1, outflows: [f], unit: "1"}}\nflows: {f: {equation: x, unit: "1"}}\n`,
    variable: "x",
    exact: Math.exp(-2),
  },
  {
    name: "the logistic equation",
    stop: 2,
    model: `stocks: {x: {initial: 0.1, inflows: [f], unit: "1"}}\nflows: {f: {equation: 2 * x * (1 - x), unit: "1"}}\n`,
    variable: "x",
    exact: 1 / (1 + 9 * Math.exp(-4)),
  },
  {
    name: "a harmonic oscillator",
    stop: 2,
    model: `stocks: {x: {initial: 1, inflows: [v], unit: "1"}, y: {initial: 0, inflows: [-1 * w], unit: "1"}}
flows: {v: {equation: y, unit: "1"}, w: {equation: x, unit: "1"}}
`,
    variable: "x",
    exact: Math.cos(2),
  },
  {
    name: "a rate that depends on time",
    stop: 2,
    model: `stocks: {x: {initial: 1, inflows: [f], unit: "1"}}\nflows: {f: {equation: -2 * time * x, unit: "1"}}\n`,
    variable: "x",
    exact: Math.exp(-4),
  },
  {
    name: "a smooth of a ramp: t - T + T exp(-t / T)",
    stop: 2,
    model: `auxiliaries: {x: {equation: "smooth(time, 0.5)", unit: "1"}}\n`,
    variable: "x",
    exact: 1.5 + 0.5 * Math.exp(-4),
  },
  {
    name: "a third-order delay of a sine",
    stop: 2,
    model: `auxiliaries: {x: {equation: "delay3(sin(time), 1)", unit: "1"}}\n`,
    variable: "x",
    exact: thirdOrderOfSine(2, 3),
  },
];

/** Three first-order stages of rate k driven by sin t from rest, by their transfer function and residues at -k. */
function thirdOrderOfSine(t: number, k: number): number {
  // Steady state: amplitude cos³ φ and lag 3 φ with tan φ = 1 / k; the rest decays as exp(-k t) times a quadratic.
  const phi = Math.atan(1 / k);
  const steady = (s: number) => Math.cos(phi) ** 3 * Math.sin(s - 3 * phi);
  const slope = (s: number) => Math.cos(phi) ** 3 * Math.cos(s - 3 * phi);
  const [a, b, c] = [steady(0), slope(0), -steady(0)];
  // y(0) = y'(0) = y''(0) = 0 decide the quadratic: y = steady + exp(-k t) (p + q t + r t²).
  const p = -a;
  const q = -b + k * p;
  const r = (-c - k * k * p + 2 * k * q) / 2;
  return steady(t) + Math.exp(-k * t) * (p + q * t + r * t * t);
}

describe.each(METHODS)("%s has order %i", (method, order) => {
  it.each(PROBLEMS)("on $name", ({ stop, model, variable, exact }) => {
    const error = (step: string) => {
      const header = `model: {name: t, method: ${method}, time: {start: 0, stop: ${stop}, step: ${step}, save: ${stop}, unit: "1"}}\n`;
      return Math.abs(trajectory(header + model, variable)[1]! - exact);
    };
    const observed = Math.log2(error("1/128") / error("1/256"));
    expect(observed).toBeGreaterThan(order - 0.15);
    expect(observed).toBeLessThan(order + 0.15);
  });
});

describe("every save point carries its own time", () => {
  const STEPS = ["1", "1/2", "1/4", "0.2", "0.1", "0.05", "1/12", "1/365"];

  it.each(STEPS)("with a step of %s, whatever the start", (step) => {
    fc.assert(
      fc.property(fc.integer({ min: -5000, max: 5000 }), fc.integer({ min: 1, max: 5 }), (start, years) => {
        const yaml = `model: {name: t, time: {start: ${start}, stop: ${start + years}, step: ${step}, save: 1, unit: "1"}}\nauxiliaries: {t: {equation: time, unit: "1"}}\n`;
        const { model, program } = goodModel(yaml);
        const result = simulate(model, program);
        const expected = Array.from({ length: years + 1 }, (_, i) => start + i);
        expect(result.times).toEqual(expected);
        expect([...result.columns[0]!.values]).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    ["0.1", 0.1, 10],
    ["0.2", 0.2, 5],
    ["0.05", 0.05, 20],
  ])("saves at every step of %s are the decimal numbers themselves", (step, length, count) => {
    const yaml = `model: {name: t, time: {start: 0, stop: 1, step: ${step}, save: ${step}, unit: "1"}}\nauxiliaries: {t: {equation: time, unit: "1"}}\n`;
    const decimals = Array.from({ length: count + 1 }, (_, i) => Number((i * length).toFixed(2)));
    expect(trajectory(yaml, "t")).toEqual(decimals);
  });
});
