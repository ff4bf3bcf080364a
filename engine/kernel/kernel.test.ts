import { describe, expect, it } from "vitest";
import { planParameters } from "../ensemble/plan-parameters.ts";
import { goodModel } from "../testing/compile-text.ts";
import { differences } from "../testing/same-bits.ts";
import { compileKernel } from "./compile-kernel.ts";

const HEADER = /^model:/m;
/** Time has no unit, so that all units fit. */
const TEN_YEARS = `model: {name: test, time: {start: 0, stop: 10, step: 1, save: 1, unit: "1"}}\n`;

/** Differences for a model whose scalar parameters differ from lane to lane: `value · factor[lane]`. */
function compare(yaml: string, lanes: 2 | 4, factors: readonly number[] = [1, -0.5, 3, 1e3], csv = {}): string[] {
  const { model, program } = goodModel(HEADER.test(yaml) ? yaml : `${TEN_YEARS}${yaml}`, csv);
  const parameters = planParameters(model, program);
  return differences(program, lanes, {
    load: (memory, n) => {
      for (const p of parameters)
        for (let e = 0; e < p.size; e++)
          for (let l = 0; l < n; l++) memory[(p.base + e) * n + l] = p.central[e]! * factors[l]!;
      for (const lever of program.levers) for (let l = 0; l < n; l++) memory[lever.set * n + l] = lever.initial + 0.25;
    },
  });
}

const unaries = [
  ...["abs", "sqrt", "exp", "ln", "log10", "floor", "ceil", "round", "sign"],
  ...["sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh"],
];
const SPECIAL = [
  0, -0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 1e300, -1e300, 1e-310, -1e-310, 5e-324, 745.2, -745.2, 709.8, 710, 1e-9, 3,
  1e16,
];

describe.each([2, 4] as const)("the kernel gives the interpreter's bits, %i lanes", (lanes) => {
  it.each(unaries)("%s, special values too", (name) => {
    const factors = [1, -1, Number.POSITIVE_INFINITY, Number.NaN];
    for (let i = 0; i < SPECIAL.length; i += 3) {
      const values = SPECIAL.slice(i, i + 3);
      const yaml = values.map((v, k) => `  p${k}: {value: ${v}, unit: "1"}`).join("\n");
      const uses = values.map((_, k) => `  y${k}: {equation: ${name}(p${k}), unit: "1"}`).join("\n");
      expect(compare(`parameters:\n${yaml}\nauxiliaries:\n${uses}\n`, lanes, factors)).toEqual([]);
      expect(compare(`parameters:\n${yaml}\nauxiliaries:\n${uses}\n`, lanes, [0.5, 2, 1, 0])).toEqual([]);
    }
  });

  it("powers, min, max and mod, special values too", () => {
    const uses = [
      "x^y",
      "min(x, y)",
      "max(x, y)",
      "x mod y",
      "x / y",
      "if(x < y, x, y)",
      "if(x >= y and not (x == 0) or y != y, 1, y)",
    ].map((e, i) => `  v${i}: {equation: "${e}", unit: "1"}`);
    for (const x of SPECIAL) {
      for (const y of [0, -0, 1, 2, 3, -3, 0.5, -0.3, 1e20, -1e20, 0.1]) {
        const text = `parameters:\n  x: {value: ${x}, unit: "1"}\n  y: {value: ${y}, unit: "1"}\nauxiliaries:\n${uses.join("\n")}\n`;
        expect(compare(text, lanes, [1, -1, Number.POSITIVE_INFINITY, Number.NaN]), `${x} ${y}`).toEqual([]);
      }
    }
  });

  it.each(["linear", "previous"])("series (%s) and lookups", (interpolate) => {
    const yaml = `lookups:
  hold: {points: [[0, 1], [2, 3], [2.5, 7]], unit: "1"}
  go_on: {points: [[0, 1], [2, 3]], outside: extrapolate, unit: "1"}
series: {s: {data: {file: s.csv, time: year, column: v}, interpolate: ${interpolate}, unit: "1"}}
parameters: {p: {value: 0.7, unit: "1"}}
auxiliaries:
  a: {equation: s * hold(time * p), unit: "1"}
  b: {equation: go_on(time * p - 1), unit: "1"}
`;
    expect(compare(yaml, lanes, undefined, { "s.csv": "year,v\n2,3\n0,1\n7,0.3\n" })).toEqual([]);
  });

  it.each(["euler", "rk2", "rk4"])("stocks, levers, noise, events, the past, identities under %s", (method) => {
    const yaml = `model: {name: t, method: ${method}, time: {start: 2000, stop: 2006, step: 1/4, save: 1/2, unit: "1"}}
dimensions: {place: {elements: [north, south, west]}, age: {elements: 0..4}}
parameters:
  p: {value: 0.3, unit: "1"}
  q[place]: {value: {north: 0.5, default: 0.1}, unit: "1"}
levers: {push: {default: 0, range: [0, 1], ramp: {from: 2001, to: 2003}, lag: 2, unit: "1"}}
noise:
  shock: {process: ar1, persistence: 0.5, sd: 0.1, unit: "1"}
  walk[place]: {process: random_walk, sd: p, every: 1/2, unit: "1"}
  white: {process: normal, sd: 0.2, unit: "1"}
  open: {process: markov, values: [1, 0.3], leave: 0.4, return: 0.5, unit: "1"}
correlations: [[shock, white, 0.5]]
stocks:
  people[place, age]: {initial: 10 + age + p, inflows: [born], outflows: [died], unit: "1", indicator: mean}
flows:
  born[place, age]: {equation: "if(age == 0, exp(q) * sum(people, age), 0) * open", unit: "1", indicator: total}
  died[place, age]: {equation: "people * share(q + 2 + walk * 0, place) * (1 + shock) * 0.1 / (1 + age)^p", unit: "1"}
auxiliaries:
  total: {equation: "sum(people, place, age) + white + push", unit: "1", indicator: end}
  best[place]: {equation: "softmax(q, place) * maximum(people[place, age], age) - minimum(people[place, age], age)", unit: "1", indicator: mean}
  before: {equation: "history(total, 1.5) + initial(total)", unit: "1"}
  given[place]: {equation: "allocate(total * p, q + 0.1, sum(people[place, age], age) * 0.2, place)", unit: "1"}
  chain[place]: {equation: "product(q, place) * mean(q, place) + time", unit: "1"}
events:
  birthday: {every: 1, set: {"people[place, age]": "if(age == 4, people[place, age] + people[place, age - 1], people[place, age - 1])"}}
  flood: {at: 2003, set: {"people[place, age]": 0.5 * people}}
identities:
  fits: {left: "sum(given, place)", right: total * p, tolerance: 0.001}
`;
    expect(compare(yaml, lanes, [1, 0.5, 0.2, 0])).toEqual([]);
  });

  it("a failed lane is found at the same step, the others are not touched", () => {
    const yaml = `parameters: {p: {value: 1, unit: "1"}}
stocks: {x: {initial: 3, outflows: [f], unit: "1", indicator: end}, z: {initial: 1, inflows: [1 / x], unit: "1"}}
flows: {f: {equation: p, unit: "1"}}
identities: {small: {left: x, right: "3", tolerance: 2.1}}
`;
    expect(compare(yaml, lanes, [1, 0.5, 0.1, -1])).toEqual([]);
  });
});

it("a module is valid, and imports nothing", () => {
  const { program } = goodModel(`${TEN_YEARS}auxiliaries: {y: {equation: "sin(time)", unit: "1"}}\n`);
  const code = compileKernel(program);
  expect(WebAssembly.validate(code.bytes)).toBe(true);
  expect(WebAssembly.Module.imports(new WebAssembly.Module(code.bytes))).toEqual([]);
});
