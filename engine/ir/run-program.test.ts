import { describe, expect, it } from "vitest";
import { simulate } from "../ensemble/simulate.ts";
import { columnOf, goodModel, problems, trajectory } from "../testing/compile-text.ts";

const header = (time: string, method = "euler") => `model: {name: t, time: {${time}, unit: year}, method: ${method}}\n`;

describe("stocks and the clock", () => {
  const GROWTH = (time: string, method = "euler") => `${header(time, method)}
stocks: {x: {initial: 1, inflows: [growth], unit: "1"}}
flows: {growth: {equation: rate * x, unit: 1/year}}
parameters: {rate: {value: 0.5, unit: 1/year}}
`;
  it("euler moves a stock by its flows times the step", () => {
    expect(trajectory(GROWTH("start: 0, stop: 3, step: 1"), "x")).toEqual([1, 1.5, 2.25, 3.375]);
  });

  it("a row shows the flow that belongs to its stock, also the last row", () => {
    expect(trajectory(GROWTH("start: 0, stop: 3, step: 1"), "growth")).toEqual([0.5, 0.75, 1.125, 1.6875]);
  });

  it("saves only at save points", () => {
    expect(trajectory(GROWTH("start: 0, stop: 2, step: 1/4, save: 1"), "x")).toHaveLength(3);
  });

  it.each([
    ["euler", 1],
    ["rk2", 2],
    ["rk4", 4],
  ])("%s has order %i: halving the step divides the error by 2 to that power", (method, order) => {
    const error = (step: string) =>
      Math.abs(trajectory(GROWTH(`start: 0, stop: 2, step: ${step}, save: 2`, method), "x")[1]! - Math.exp(1));
    const observed = Math.log2(error("1/16") / error("1/32"));
    expect(observed).toBeGreaterThan(order - 0.1);
    expect(observed).toBeLessThan(order + 0.1);
  });

  it.each(["1", "1/2", "1/4", "0.2", "0.1", "0.05", "1/12", "1/365"])(
    "with step %s every save point has its own time",
    (step) => {
      const yaml = `${header(`start: 2020, stop: 2023, step: ${step}, save: 1`)}auxiliaries: {t: {equation: time, unit: year}}\n`;
      expect(trajectory(yaml, "t")).toEqual([2020, 2021, 2022, 2023]);
    },
  );

  it("a step that does not divide the horizon is an error, and so is a save that is no whole number of steps", () => {
    expect(
      problems(`${header("start: 0, stop: 1, step: 0.3")}auxiliaries: {t: {equation: time, unit: year}}\n`),
    ).toEqual(["uneven-time-grid 1:50"]);
    expect(
      problems(`${header("start: 0, stop: 1, step: 1/4, save: 0.3")}auxiliaries: {t: {equation: time, unit: year}}\n`),
    ).toEqual(["uneven-save 1:61"]);
  });
});

describe("initial values", () => {
  it("are ordered by what they need, through stocks and auxiliaries", () => {
    const yaml = `stocks: {a: {initial: 2 * b, unit: "1"}, b: {initial: c + 1, unit: "1"}}\nauxiliaries: {c: {equation: 3 * p, unit: "1"}}\nparameters: {p: {value: 2, unit: "1"}}\n`;
    expect(trajectory(yaml, "a")[0]).toBe(14);
  });

  it("initial(x) is the value at the start, and lets x depend on it later", () => {
    const yaml = `stocks: {x: {initial: 4, inflows: [f], unit: "1"}}\nflows: {f: {equation: initial(x) / delay, unit: 1/year}}\nparameters: {delay: {value: 2, unit: year}}\n`;
    expect(trajectory(yaml, "x").slice(0, 3)).toEqual([4, 6, 8]);
  });
});

describe("levers", () => {
  const yaml = (
    setting: string,
    lag = 0,
  ) => `levers: {road: {default: 0.1, range: [0, 1], ramp: {from: 2, to: 6}, lag: ${lag}, unit: "1"}}
auxiliaries: {y: {equation: road, unit: "1"}}
stocks: {start: {initial: road, unit: "1"}}
scenarios: {a: {levers: {road: ${setting}}}}
`;
  it("ramp evenly from their default to what the scenario sets", () => {
    expect(trajectory(yaml("0.9"), "y").map((v) => Number(v.toFixed(12)))).toEqual([
      0.1, 0.1, 0.1, 0.3, 0.5, 0.7, 0.9, 0.9, 0.9, 0.9, 0.9,
    ]);
  });

  it("act just after a date without a ramp, and never at the start", () => {
    expect(trajectory(yaml("{set: 1, from: 3}"), "y").slice(2, 5)).toEqual([0.1, 0.1, 1]);
    expect(trajectory(yaml("{set: 1, from: 0}"), "y").slice(0, 2)).toEqual([0.1, 1]);
    expect(trajectory(yaml("{set: 1, from: 0}"), "start")[0]).toBe(0.1);
  });

  it("with a lag they approach the value: 1 - exp(-(t - from) / lag)", () => {
    expect(trajectory(yaml("{set: 1, from: 0, to: 0}", 2), "y")[4]).toBeCloseTo(0.1 + 0.9 * (1 - Math.exp(-2)), 14);
  });
});

describe("events", () => {
  it("a birthday shifts ages at whole years, all at once, and the last age keeps its people", () => {
    const yaml = `${header("start: 0, stop: 2, step: 1/2, save: 1")}dimensions: {age: {elements: 0..2}}
stocks:
  people[age]: {initial: "if(age == 0, 5, 10 * age)", unit: "1"}
events:
  birthday:
    every: 1
    set:
      people[age]: {equations: {age: "people[age - 1]", "2": "people[1] + people[2]"}}
`;
    const result = simulate(...both(yaml));
    expect([0, 1, 2].map((a) => columnOf(result, `people[${a}]`))).toEqual([
      [5, 0, 0],
      [10, 5, 0],
      [20, 30, 35],
    ]);
  });

  it("happen after integration, see auxiliaries of that moment, and once with `at`", () => {
    const yaml = `stocks: {x: {initial: 1, inflows: [f], unit: "1"}}
flows: {f: {equation: "1", unit: 1/year}}
auxiliaries: {double: {equation: 2 * x, unit: "1"}}
events: {jump: {at: 3, set: {x: double}}}
`;
    expect(trajectory(yaml, "x").slice(0, 6)).toEqual([1, 2, 3, 8, 9, 10]);
  });
});

describe("the past", () => {
  it("history(x, years) is the value that many years ago; before the start, that of the start", () => {
    const yaml = `${header("start: 0, stop: 6, step: 1/2, save: 1")}stocks: {x: {initial: 1, inflows: [f], unit: "1"}}
flows: {f: {equation: "1", unit: 1/year}}
auxiliaries: {ago: {equation: "history(x, 2)", unit: "1"}}
`;
    expect(trajectory(yaml, "ago")).toEqual([1, 1, 1, 2, 3, 4, 5]);
  });

  it.each(["euler", "rk2", "rk4"])("the past stays that of the step in the stages of %s", (method) => {
    const yaml = `${header("start: 0, stop: 6, step: 1", method)}stocks: {x: {initial: 0, inflows: [f], unit: year}}
flows: {f: {equation: "history(time, 2)", unit: "1"}}
`;
    expect(trajectory(yaml, "x")).toEqual([0, 0, 0, 0, 1, 3, 6]);
  });
});

describe("lookups and series", () => {
  it.each([
    ["hold", [1, 1, 2, 3, 3]],
    ["extrapolate", [0, 1, 2, 3, 4]],
  ])("a lookup is linear between points; outside: %s", (outside, values) => {
    const yaml = `${header("start: -1, stop: 3, step: 1")}lookups: {l: {points: [[0, 1], [2, 3]], outside: ${outside}, unit: "1"}}\nauxiliaries: {y: {equation: l(time), unit: "1"}}\n`;
    expect(trajectory(yaml, "y")).toEqual(values);
  });

  it.each([
    ["linear", [1, 2, 3, 3]],
    ["previous", [1, 1, 3, 3]],
  ])("a series is read by time: %s", (interpolate, values) => {
    const yaml = `${header("start: 2000, stop: 2003, step: 1")}series: {s: {data: {file: s.csv, time: year, column: v}, interpolate: ${interpolate}, unit: "1"}}\nauxiliaries: {y: {equation: s, unit: "1"}}\n`;
    expect(trajectory(yaml, "y", { csv: { "s.csv": "year,v\n2002,3\n2000,1\n" } })).toEqual(values);
  });
});

describe("identities and failures", () => {
  it("an identity that does not hold ends the run's good standing, with its residual", () => {
    const yaml = `stocks: {x: {initial: 100, inflows: [f], unit: "1"}}\nflows: {f: {equation: "1", unit: 1/year}}\nidentities: {fixed: {left: x, right: "100", tolerance: 0.015}}\n`;
    expect(simulate(...both(yaml)).failure).toMatchObject({ variable: "fixed", time: 2 });
  });

  it("a value that is not finite is named with variable, element and time: the first in causal order", () => {
    const yaml = `dimensions: {place: {elements: [north, south]}}
auxiliaries:
  room[place]: {equation: "if(place == south, 3 - time, 1)", unit: "1"}
  price[place]: {equation: 1 / room, unit: "1"}
stocks: {x: {initial: 1, inflows: [f], unit: "1"}}
flows: {f: {equation: "sum(price, place) / delay", unit: 1/year}}
parameters: {delay: {value: 1, unit: year}}
`;
    expect(simulate(...both(yaml)).failure).toMatchObject({
      variable: "price",
      key: "south",
      time: 3,
      value: Number.POSITIVE_INFINITY,
    });
  });

  it("a branch that is not chosen may divide by zero", () => {
    expect(trajectory(`auxiliaries: {y: {equation: "if(time == 0, 7, 1 / time)", unit: "1"}}\n`, "y")[0]).toBe(7);
  });
});

function both(yaml: string): Parameters<typeof simulate> {
  const { model, program } = goodModel(yaml);
  return [model, program];
}
