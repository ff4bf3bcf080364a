import { describe, expect, it } from "vitest";
import type { Simulation } from "../ensemble/simulate.ts";
import { judgeTest } from "./judge-test.ts";
import { stepDifferences } from "./step-halving.ts";
import type { ValidationTest } from "./validation-tests.ts";

/** A variable x with elements, a value a year from 2020. */
const run = (elements: Readonly<Record<string, readonly number[]>>): Simulation => ({
  times: [2020, 2021, 2022],
  columns: Object.entries(elements).map(([key, values]) => ({
    variable: "x",
    key,
    unit: "1",
    values: Float64Array.from(values),
  })),
  failure: null,
  identities: [],
});
const test = (expect: ValidationTest["expect"], more: Partial<ValidationTest> = {}): ValidationTest => ({
  title: { en: "", zh: "" },
  section: "",
  scenario: "baseline",
  settings: [],
  variable: "x",
  key: "",
  year: 2022,
  expect,
  against: null,
  limit: 1,
  ...more,
});
const verdict = (what: ValidationTest, elements: Readonly<Record<string, readonly number[]>>): boolean =>
  judgeTest(what, run(elements), run(elements)).passes;

describe("expectations", () => {
  const from2020 = { against: { year: 2020 } };
  it.each<[ValidationTest, readonly number[], boolean]>([
    [test("rises", from2020), [1, 0, 2], true],
    [test("rises", from2020), [1, 5, 1], false],
    [test("rises", { ...from2020, limit: 2 }), [1, 1, 1.9], false],
    [test("falls", from2020), [1, 0, 0.9], true],
    [test("falls", { ...from2020, limit: 0.5 }), [1, 0, 0.9], false],
    [test("zero"), [1, 1, 0], true],
    [test("zero"), [0, 0, 1e-300], false],
    [test("at_most", { limit: 3 }), [9, 9, 3], true],
    [test("at_least", { limit: 3 }), [9, 9, 2.9], false],
    [test("not_negative"), [0, 0, 0], true],
    [test("not_negative"), [0, -1, 0], false],
    [test("not_negative", { year: 2020 }), [0, -1, 0], true],
    [test("bounded", { limit: 5 }), [0, -6, 0], false],
    [test("bounded", { limit: 5 }), [0, Number.POSITIVE_INFINITY, 0], false],
    [test("stays_at_most", { limit: 5 }), [5, 6, 5], false],
    [test("stays_at_least", { limit: 5 }), [5, 6, 5], true],
    [test("at_most", { limit: 5 }), [0, 0, Number.NaN], false],
  ])("%o of %j: %s", (what, values, passes) => {
    expect(verdict(what, { "": values })).toBe(passes);
  });

  it("hold for each element, or for the one that is named", () => {
    const elements = { a: [1, 1, 1], b: [1, 1, 3] };
    expect(verdict(test("at_most", { limit: 2 }), elements)).toBe(false);
    expect(verdict(test("at_most", { limit: 2, key: "a" }), elements)).toBe(true);
    expect(judgeTest(test("at_most", { limit: 2 }), run(elements), run(elements))).toEqual({
      passes: false,
      key: "b",
      time: 2022,
      value: 3,
      bound: 2,
    });
  });

  it("compare with a scenario in the same year, element by element", () => {
    const what = test("falls", { against: { scenario: "plan" } });
    const other = run({ a: [0, 0, 2], b: [0, 0, 2] });
    expect(judgeTest(what, run({ a: [9, 9, 1], b: [9, 9, 1.5] }), other)).toMatchObject({ passes: true, key: "b" });
    expect(judgeTest(what, run({ a: [9, 9, 1], b: [9, 9, 2.5] }), other)).toMatchObject({ passes: false, key: "b" });
  });
});

describe("step halving", () => {
  it("shows the element and time that change most, as a share of the largest value", () => {
    const [found] = stepDifferences(run({ a: [1.5, 2, 4], b: [10, 10, 10] }), run({ a: [1.5, 2, 3], b: [10, 9, 10] }));
    expect(found).toEqual({ indicator: "x", key: "a", time: 2022, difference: 1, share: 0.25, isCount: false });
  });

  it("tells counts, which jump", () => {
    expect(stepDifferences(run({ "": [0, 1, 2] }), run({ "": [0, 2, 2] }))).toMatchObject([
      { isCount: true, share: 0.5 },
    ]);
    expect(stepDifferences(run({ "": [0, 0, 0] }), run({ "": [0, 0, 0] }))).toMatchObject([{ share: 0 }]);
  });
});
