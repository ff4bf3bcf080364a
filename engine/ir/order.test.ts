import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { simulate } from "../ensemble/simulate.ts";
import { columnOf, compileText, goodModel, problems, trajectory } from "../testing/compile-text.ts";

const AGES = `dimensions: {age: {elements: 0..4}}\n`;

/** Values of a variable by element at the start. */
function atStart(yaml: string, name: string): number[] {
  const { model, program } = goodModel(yaml);
  return simulate(model, program, { variables: [name] }).columns.map((c) => c.values[0]!);
}

describe("variables that depend on themselves by element", () => {
  it("x[age] from x[age - 1] is computed from the first age up", () => {
    const yaml = `${AGES}auxiliaries:\n  alive[age]: {equation: "if(age == 0, 1, alive[age - 1] * 0.5)", unit: "1"}\n`;
    expect(atStart(yaml, "alive")).toEqual([1, 0.5, 0.25, 0.125, 0.0625]);
  });

  it("stays one loop where the elements follow each other", () => {
    const yaml = `${AGES}auxiliaries:\n  alive[age]: {equation: "if(age == 0, time, alive[age - 1] * 0.5)", unit: "1"}\n`;
    const own = goodModel(yaml).program.step.filter((d) => d.name === "alive");
    expect(own.flatMap((d) => d.statements.map((s) => ("loops" in s ? s.loops.length : 0)))).toEqual([1]);
  });

  it("x[age] from x[age + 1] is computed from the last age down", () => {
    const yaml = `${AGES}auxiliaries:\n  left[age]: {equation: "if(age == 4, 1, left[age + 1] + time + age)", unit: "1"}\n`;
    expect(atStart(yaml, "left")).toEqual([7, 7, 6, 4, 1]);
  });

  it("two variables may take turns", () => {
    const yaml = `${AGES}auxiliaries:
  first[age]: {equation: "if(age == 0, 1, second[age - 1] + 1)", unit: "1"}
  second[age]: {equation: 2 * first, unit: "1"}
`;
    expect(atStart(yaml, "first")).toEqual([1, 3, 7, 15, 31]);
    expect(atStart(yaml, "second")).toEqual([2, 6, 14, 30, 62]);
  });

  it("in two dimensions, with others between", () => {
    const yaml = `dimensions: {age: {elements: 0..4}, place: {elements: [north, south]}}
auxiliaries:
  alive[place, age]: {equation: "if(age == 0, size, alive[place, age - 1] * kept[place, age])", unit: "1"}
  kept[place, age]: {equation: "1 / (1 + total[place] * 0 + time + age)", unit: "1"}
  total[place]: {equation: "sum(size, place) + alive[place, 0]", unit: "1"}
parameters:\n  size[place]: {value: {north: 60, south: 120}, unit: "1"}
`;
    expect(atStart(yaml, "alive").map((v) => Number(v.toFixed(9)))).toEqual([60, 30, 10, 2.5, 0.5, 120, 60, 20, 5, 1]);
  });

  it("a sum over the ages below", () => {
    const yaml = `dimensions: {age: {elements: 0..4, aliases: [other]}}
auxiliaries:\n  total[age]: {equation: "1 + time + sum(if(other < age, total[other], 0), other)", unit: "1"}
`;
    expect(atStart(yaml, "total")).toEqual([1, 2, 4, 8, 16]);
  });

  it("a variable that is constant in some elements and changes in others", () => {
    const yaml = `${AGES}auxiliaries:\n  x[age]: {equations: {age: "x[age - 1] + time", "0": "2"}, unit: "1"}\n`;
    expect(trajectory(yaml, "x[0]").slice(0, 3)).toEqual([2, 2, 2]);
    expect(trajectory(yaml, "x[2]").slice(0, 3)).toEqual([2, 4, 6]);
  });

  it("events see them too", () => {
    const yaml = `${AGES}auxiliaries:\n  alive[age]: {equation: "if(age == 0, s, alive[age - 1] * 0.5)", unit: "1"}
stocks: {s: {initial: 8, inflows: [f], unit: "1"}}
flows: {f: {equation: "0", unit: 1/year}}
events: {e: {at: 3, set: {s: "alive[2]"}}}
`;
    expect(trajectory(yaml, "s").slice(0, 5)).toEqual([8, 8, 8, 2, 2]);
  });

  // After the models sde-interleaved and tm-chained_initialization of the public conformance suites.
  it("interleaved definitions", () => {
    const yaml = `dimensions: {dim: {elements: [one, two]}}
auxiliaries:
  x: {equation: "1", unit: "1"}
  a[dim]: {equations: {one: x, two: y}, unit: "1"}
  y: {equation: "a[one]", unit: "1"}
  b[dim]: {equation: a, unit: "1"}
`;
    expect(atStart(yaml, "b")).toEqual([1, 1]);
  });

  it("stocks whose initial values depend on each other by element", () => {
    const yaml = `${AGES}stocks:
  a[age]: {initial: "if(age == 0, 3, b[age - 1] + 1)", unit: "1"}
  b[age]: {initial: 2 * a, unit: "1"}
`;
    expect(atStart(yaml, "a")).toEqual([3, 7, 15, 31, 63]);
  });
});

describe("circles", () => {
  it("of elements are an error, one for each circle of variables", () => {
    const yaml = `${AGES}auxiliaries:
  price[age]: {equation: "demand[age] + 1", unit: "1"}
  demand[age]: {equation: "2 * price[age]", unit: "1"}
`;
    expect(problems(yaml)).toEqual(["circular-equations 3:3"]);
    expect(compileText(yaml).diagnostics[0]!.data).toMatchObject({ loop: [{ name: "price" }, { name: "demand" }] });
  });

  it("through several elements of one variable name the elements", () => {
    const yaml = `${AGES}auxiliaries:\n  x[age]: {equations: {age: "x[age - 1]", "0": "x[2]"}, unit: "1"}\n`;
    expect(compileText(yaml).diagnostics.map((d) => d.data)).toMatchObject([
      { loop: [{ name: "x[1]", uses: "x[0]" }, { name: "x[0]" }, { name: "x[2]", uses: "x[1]" }], others: 0 },
    ]);
  });
});

describe("any order of definition among elements", () => {
  it("gives what a plain computation gives", () => {
    const size = 6;
    const permutation = fc.shuffledSubarray(
      Array.from({ length: size }, (_, i) => i),
      { minLength: size },
    );
    fc.assert(
      fc.property(
        permutation,
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: size, maxLength: size }),
        (p, add) => {
          // Element p[k] is element p[k - 1] plus a number, the first one a number alone.
          const equations = p.map((e, k) => `"${e}": "${k === 0 ? "" : `x[${p[k - 1]}] + `}${add[k]} + 0 * time"`);
          const yaml = `dimensions: {d: {elements: 0..${size - 1}}}\nauxiliaries:\n  x[d]: {equations: {${equations.join(", ")}}, unit: "1"}\n`;
          const expected = new Array<number>(size);
          p.reduce((sum, e, k) => (expected[e] = sum + add[k]!), 0);
          const { model, program } = goodModel(yaml);
          const result = simulate(model, program);
          expect(expected.map((_, e) => columnOf(result, `x[${e}]`)[0])).toEqual(expected);
        },
      ),
      { numRuns: 50 },
    );
  });
});
