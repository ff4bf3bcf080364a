/** Functions of Vensim from a model's text to numbers that its reference manual gives or that follow by hand. */
import { describe, expect, test } from "vitest";
import { compileForeignModel } from "../../compile-foreign.ts";
import { columnsOf, compileVensim, problemsOf } from "../../testing/run-foreign.ts";

const NA = -(2 ** 109);
const LN_2 = Number(Math.LN2.toPrecision(12));

/** The values of a variable at times 0 to 4, or one number where they are all the same. */
function valuesOf(name: string, equations: string): number | number[] {
  const values = columnsOf(compileVensim(equations))[name]!.map((v) => Number(v.toPrecision(12)));
  return values.every((v) => v === values[0]) ? values[0]! : values;
}

describe("lookups", () => {
  const tables = "tent((0,0),(1,10),(2,20),(4,40))\nbend((0,1),(1,2),(2,2.5))\n";

  test.each([
    ["LOOKUP AREA(tent, 0, 2)", 20],
    ["LOOKUP AREA(tent, 5, 3)", -75],
    ["LOOKUP AREA(tent, 0.5, 1.5)", 10],
    ["LOOKUP AREA(tent, Time, 4)", [80, 75, 60, 35, 0]],
    ["LOOKUP SLOPE(bend, -1, -1)", NA],
    ["LOOKUP SLOPE(bend, -1, 0)", 0],
    ["LOOKUP SLOPE(bend, -1, 1)", 1],
    ["LOOKUP SLOPE(bend, 1, 0)", 0.75],
    ["LOOKUP SLOPE(bend, 0.5, 0)", 1],
    ["LOOKUP SLOPE(bend, 1.5, 0)", 0.5],
    ["LOOKUP SLOPE(bend, 3, Time - 1)", [Number(NA.toPrecision(12)), 0, 0.5, 0.5, 0.5]],
  ])("%s", (call, expected) => {
    const made = typeof expected === "number" && expected === NA ? Number(NA.toPrecision(12)) : expected;
    expect(valuesOf("y", `${tables}y = ${call}`)).toEqual(made);
  });
});

describe("VECTOR LOOKUP", () => {
  // 0, 10 and 30 stand at 0, 5 and 10.
  test.each([
    [0, 7.5, 20],
    [0, 12, 30],
    [1, 7.5, 62.5],
    [2, 7.5, 10],
    [3, 12.5, 40],
    [4, 7.5, 30],
    [5, 20, 7.5],
    [5, 100, 10],
    [6, 5, 3],
    [6, 12, 0],
    [7, 12.5, 212.5],
    [7, -5, 25],
    [8, 40, 12.5],
    [9, 12, 4],
  ])("mode %i at %d", (mode, x, expected) => {
    const vector = "D: d1, d2, d3\nv[D] = 0, 10, 30\n";
    expect(valuesOf("y", `${vector}y = VECTOR LOOKUP(v[d1], ${x}, 0, 10, ${mode})`)).toBe(expected);
    expect(valuesOf("y", `${vector}m = ${mode} + 0 * Time\ny = VECTOR LOOKUP(v[d1], ${x}, 0, 10, m)`)).toBe(expected);
  });

  test("reads along the last subscript, and elements that change", () => {
    const y = valuesOf(
      "y[e2]",
      "D: d1, d2\nE: e1, e2\nv[E, D] = D * E + Time\ny[E] = VECTOR LOOKUP(v[E, d1], 2, 0, 4, 0)",
    );
    expect(y).toEqual([3, 4, 5, 6, 7]);
  });

  test("a level part is passed over", () => {
    expect(valuesOf("y", "D: (d1-d4)\nv[D] = 0, 10, 10, 20\ny = VECTOR LOOKUP(v[d1], 15, 0, 3, 5)")).toBe(2.5);
  });
});

describe("discrete delays whose time changes", () => {
  test.each([
    // A longer time holds what came out; a shorter one drops what is overtaken.
    ["DELAY INFORMATION(Time + 10, IF THEN ELSE(Time < 2, 1, 3), 5)", [5, 10, 11, 11, 11]],
    ["DELAY INFORMATION(Time + 10, 3 - STEP(2, 2), 5)", [5, 5, 5, 12, 13]],
    // A longer time leaves gaps; a shorter one adds.
    ["DELAY MATERIAL(1, IF THEN ELSE(Time < 2, 1, 2), 1, -9)", [1, 1, 1, -9, 1]],
    ["DELAY MATERIAL(Time + 1, 3 - STEP(2, 2), 7, 0)", [7, 7, 7, 4, 6]],
    ["DELAY MATERIAL(Time, 2, 7, 0)", [7, 7, 0, 1, 2]],
  ])("%s", (call, expected) => expect(valuesOf("y", `y = ${call}`)).toEqual(expected));

  test("they open a circle, and are there for each element", () => {
    const values = columnsOf(
      compileVensim("D: d1, d2\nt[D] = 1, 2\nx[D] = y[D] + t[D]\ny[D] = DELAY MATERIAL(x[D], t[D] + 0 * Time, 0, 0)"),
    );
    expect(values["y[d1]"]).toEqual([0, 1, 2, 3, 4]);
    expect(values["y[d2]"]).toEqual([0, 0, 2, 2, 4]);
  });

  test("a run of more steps than a row is kept for is an error", () => {
    const long =
      "y = DELAY MATERIAL(1, 1 + Time, 0, 0)\nINITIAL TIME = 0\nFINAL TIME = 10001\nTIME STEP = 1\nSAVEPER = 1";
    expect(problemsOf(compileVensim(long))).toEqual(["foreign-limit 2:5"]);
  });
});

describe("points of data variables", () => {
  const data = { path: "d.tab", bytes: new TextEncoder().encode("Time\tx\n1\t10\n2\t40\n5\t20\n") };
  const compiled = (call: string) =>
    compileForeignModel({
      path: "m.mdl",
      bytes: new TextEncoder().encode(
        `x ~~|\ny = ${call} ~~|\nINITIAL TIME = 0 ~~|\nFINAL TIME = 4 ~~|\nTIME STEP = 1 ~~|\nSAVEPER = 1 ~~|`,
      ),
      external: () => null,
      tags: new Map(),
      data: [data],
    });

  test.each([
    ["GET DATA MIN(x, 0, 4)", [10, 10, 10, 10, 10]],
    ["GET DATA MAX(x, INITIAL TIME, FINAL TIME + 1)", [40, 40, 40, 40, 40]],
    ["GET DATA MEAN(x, 2, 5)", [30, 30, 30, 30, 30]],
    ["GET DATA MEDIAN(x, 0, 9)", [20, 20, 20, 20, 20]],
    ["GET DATA STDV(x, 1, 2)", Array(5).fill(Math.sqrt(450))],
    ["GET DATA MIN(x, 3, 4)", Array(5).fill(NA)],
    ["GET DATA BETWEEN TIMES(x, Time, 0)", [NA, 10, 40, 40 - 20 / 3, 40 - 40 / 3]],
    ["GET DATA BETWEEN TIMES(x, Time + 2, 1)", [40, 20, 20, 20, NA]],
    ["GET DATA AT TIME(x, Time)", [NA, 10, 40, NA, NA]],
    ["GET DATA AT TIME(x, 5)", [20, 20, 20, 20, 20]],
    ["TIME SHIFT(x, 1)", [10, 40, 40 - 20 / 3, 40 - 40 / 3, 20]],
  ])("%s", (call, expected) => {
    for (const [i, y] of columnsOf(compiled(call)).y!.entries()) expect(y).toBeCloseTo(expected[i]!, 9);
  });
});

describe("DEPRECIATE STRAIGHTLINE", () => {
  test.each([
    // What goes on as before the start is written off as before; a single investment over its life.
    ["DEPRECIATE STRAIGHTLINE(6, 3, 1, 6)", 6],
    ["DEPRECIATE STRAIGHTLINE(0, 3, 1, 6)", [4, 2, 0, 0, 0]],
    ["DEPRECIATE STRAIGHTLINE(PULSE(1, 1) * 6, 3, 1, 0)", [0, 2, 2, 2, 0]],
    ["DEPRECIATE STRAIGHTLINE(STEP(6, 2), 2, 1, 4)", [2, 0, 3, 6, 6]],
  ])("%s", (call, expected) => expect(valuesOf("y", `y = ${call}`)).toEqual(expected));

  test("a fiscal period of several steps is an error", () =>
    expect(problemsOf(compileVensim("y = DEPRECIATE STRAIGHTLINE(6, 4, 2, 0)"))).toEqual(["foreign-function 2:5"]));
});

describe("random functions at their centre", () => {
  test.each([
    ["RANDOM POISSON(0, 100, 4, 0, 1, 0)", 4],
    ["RANDOM POISSON(0, 100, 4, 5, 10, 0)", 45],
    ["RANDOM POISSON(0, 3, 4, 0, 1, 0)", 3],
    ["RANDOM BINOMIAL(0, 100, 0.5, 10, 0, 1, 0)", 5],
    ["RANDOM BINOMIAL(0, 100, 1, 10, 0, 1, 0)", 10],
    ["RANDOM NEGATIVE BINOMIAL(0, 100, 0.3, 3, 0, 1, 0)", 9],
    ["RANDOM GAMMA(0, 100, 1, 0, 1, 0)", LN_2],
    ["RANDOM GAMMA(0, 1e5, 10000, 0, 1, 0)", 9999.66666864],
    ["RANDOM BETA(0, 1, 2, 2, 0, 1, 0)", 0.5],
    ["RANDOM BETA(0, 1, 10000, 10000, 0, 1, 0)", 0.5],
    ["RANDOM BETA(0, 1, 0.0001, 0.0001, 0, 1, 0)", 0.5],
    ["RANDOM WEIBULL(0, 100, 1, 0, 1, 0)", LN_2],
    ["RANDOM LOOKUP(density, 0, 10, 0, 2, 0)", 1],
  ])("%s", (call, expected) => expect(valuesOf("y", `density((0,1),(1,1))\ny = ${call}`)).toBe(expected));

  test("parameters that change, or make no distribution, are errors", () => {
    expect(problemsOf(compileVensim("y = RANDOM POISSON(0, 9, Time, 0, 1, 0)"))).toEqual(["foreign-not-constant 2:26"]);
    expect(problemsOf(compileVensim("y = RANDOM GAMMA(0, 9, 1e9, 0, 1, 0)"))).toEqual(["foreign-distribution 2:5"]);
    expect(problemsOf(compileVensim("y = RANDOM BETA(0, 9, 1e9, 1, 0, 1, 0)"))).toEqual(["foreign-distribution 2:5"]);
    expect(problemsOf(compileVensim("y = RANDOM BINOMIAL(0, 9, 1.5, 3, 0, 1, 0)"))).toEqual([
      "foreign-distribution 2:5",
    ]);
  });
});
