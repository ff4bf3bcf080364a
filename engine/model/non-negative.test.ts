/** `non_negative` on stocks and flows. */
import { describe, expect, test } from "vitest";
import { simulate } from "../ensemble/simulate.ts";
import { goodModel } from "../testing/compile-text.ts";

/** The first values of every column, up to a time; the model runs in steps of one year. */
function columns(yaml: string, last: number): Record<string, number[]> {
  const { model, program } = goodModel(yaml);
  const label = (variable: string, key: string) => (key === "" ? variable : `${variable}[${key}]`);
  const result = simulate(model, program);
  return Object.fromEntries(result.columns.map((c) => [label(c.variable, c.key), [...c.values].slice(0, last + 1)]));
}

const stock = (outflows: string, more = "") =>
  `stocks: {s: {initial: 5, inflows: [into], outflows: ${outflows}, non_negative: true, unit: "1"}}\n${more}`;
const FLOWS = `flows:
  into: {equation: 1, unit: 1/year}
  a: {equation: 3, unit: 1/year}
  b: {equation: 2, unit: 1/year}
`;

describe("a stock that is not negative", () => {
  test("lets go of what is there and comes in, the first outflow first", () => {
    const values = columns(`${stock("[a, b]")}${FLOWS}`, 4);
    expect(values).toMatchObject({ s: [5, 1, 0, 0, 0], a: [3, 2, 1, 1, 1], b: [2, 0, 0, 0, 0] });
  });

  test("the order of the outflows is that of the list", () => {
    expect(columns(`${stock("[b, a]")}${FLOWS}`, 4)).toMatchObject({
      s: [5, 1, 0, 0, 0],
      b: [2, 2, 1, 1, 1],
      a: [3, 0, 0, 0, 0],
    });
  });

  test("whose outflow is an expression changes no further than to 0", () => {
    expect(columns(`${stock("[2 * a]")}${FLOWS}`, 3)).toMatchObject({ s: [5, 0, 0, 0], a: [3, 3, 3, 3] });
  });

  test("whose outflow leaves another stock too leaves the flow alone", () => {
    const two = `${stock("[a]").trimEnd().replace(/}$/, "")}, t: {initial: 0, outflows: [a], unit: "1"}}\n${FLOWS.replace(/ {2}b:.*\n/, "")}`;
    expect(columns(two, 3)).toMatchObject({ s: [5, 3, 1, 0], a: [3, 3, 3, 3], t: [0, -3, -6, -9] });
  });

  test("stocks in a row pass on what they have", () => {
    const chain = `stocks:
  first: {initial: 5, outflows: [f], non_negative: true, unit: "1"}
  second: {initial: 0, inflows: [f], outflows: [g], non_negative: true, unit: "1"}
flows:
  f: {equation: 3, unit: 1/year}
  g: {equation: 10, unit: 1/year}
`;
    expect(columns(chain, 3)).toMatchObject({
      first: [5, 2, 0, 0],
      second: [0, 0, 0, 0],
      f: [3, 2, 0, 0],
      g: [3, 2, 0, 0],
    });
  });

  test("an outflow that feeds its own inflow is not limited, but the change of the stock is", () => {
    const circle = `stocks: {s: {initial: 5, inflows: [back], outflows: [a], non_negative: true, unit: "1"}}
flows:
  a: {equation: 8, unit: 1/year}
  back: {equation: a / 4, unit: 1/year}
`;
    expect(columns(circle, 2)).toMatchObject({ s: [5, 0, 0], a: [8, 8, 8] });
  });

  test("element by element", () => {
    const shaped = `dimensions: {place: {elements: [n, s]}}
stocks: {"s[place]": {initial: {n: 5, s: 1}, outflows: [a], non_negative: true, unit: "1"}}
flows: {"a[place]": {equation: 3, unit: 1/year}}
`;
    expect(columns(shaped, 2)).toMatchObject({ "s[n]": [5, 2, 0], "s[s]": [1, 0, 0], "a[s]": [1, 0, 0] });
  });
});

test("a flow that is not negative is 0 where its equation is", () => {
  const yaml = `stocks: {s: {initial: 0, inflows: [f], unit: "1"}}
flows: {f: {equation: "step(2, 2) - 1", non_negative: true, unit: 1/year}}
`;
  expect(columns(yaml, 4)).toMatchObject({ f: [0, 0, 1, 1, 1], s: [0, 0, 0, 1, 2] });
});

test("`initial` gives a value while the model starts; the first row shows the equation", () => {
  const yaml = `stocks: {capacity: {initial: target, inflows: [growth], unit: "1"}}
flows: {growth: {equation: (target - capacity) / one_year, unit: 1/year}}
auxiliaries: {target: {equation: 2 * capacity, initial: 100, unit: "1"}}
parameters: {one_year: {value: 1, unit: year}}
`;
  expect(columns(yaml, 2)).toMatchObject({ capacity: [100, 200, 400], target: [200, 400, 800] });
});
