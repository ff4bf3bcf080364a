import { describe, expect, it } from "vitest";
import { simulate } from "../ensemble/simulate.ts";
import { columnOf, goodModel, problems, trajectory } from "../testing/compile-text.ts";

const MODEL = `model: {name: t, time: {start: 0, stop: 3, step: 1, save: 1, unit: "1"}}
dimensions: {place: {elements: [north, south]}}
lookups:
  by_place[place]: {points: {north: [[0, 0], [2, 20]], default: [[0, 5], [2, 7]]}, unit: "1"}
  same[place]: {points: [[0, 0], [2, 20]], outside: extrapolate, unit: "1"}
  file[place]: {data: {file: t.csv, x: age, column: v, key: {name: place}}, unit: "1"}
  stairs: {points: [[0, 1], [1, 2], [2, 4]], interpolate: previous, unit: "1"}
  ahead: {points: [[0, 1], [1, 2], [2, 4]], interpolate: next, unit: "1"}
`;
const CSV = { "t.csv": "name,age,v\nnorth,2,9\nnorth,0,1\nsouth,0,3\nsouth,1,4\n" };

function valuesOf(equation: string, shape = "[place]"): number[][] {
  const { model, program } = goodModel(
    `${MODEL}auxiliaries:\n  y${shape}: {equation: "${equation}", unit: "1"}\n`,
    CSV,
  );
  const result = simulate(model, program);
  return shape === "" ? [columnOf(result, "y")] : ["north", "south"].map((p) => columnOf(result, `y[${p}]`));
}

describe("lookups with a shape", () => {
  it.each([
    [
      "by_place(time)",
      [
        [0, 10, 20, 20],
        [5, 6, 7, 7],
      ],
    ],
    [
      "by_place[place](time)",
      [
        [0, 10, 20, 20],
        [5, 6, 7, 7],
      ],
    ],
    [
      "by_place[south](time)",
      [
        [5, 6, 7, 7],
        [5, 6, 7, 7],
      ],
    ],
    [
      "same(time)",
      [
        [0, 10, 20, 30],
        [0, 10, 20, 30],
      ],
    ],
    [
      "file(time)",
      [
        [1, 5, 9, 9],
        [3, 4, 4, 4],
      ],
    ],
    ["lookup_inverse(by_place, 6)", [new Array(4).fill(0.6), new Array(4).fill(1)]],
    [
      "lookup_extrapolate(by_place[south], time)",
      [
        [5, 6, 7, 8],
        [5, 6, 7, 8],
      ],
    ],
  ])("%s", (equation, expected) => {
    const rounded = valuesOf(equation).map((row) => row.map((v) => Number(v.toFixed(12))));
    expect(rounded).toEqual(expected);
  });

  it("are read inside a sum", () => {
    expect(valuesOf("sum(by_place(time), place)", "")).toEqual([[5, 16, 27, 27]]);
  });
});

describe("ways to read", () => {
  it.each([
    ["stairs(time - 0.5)", [1, 1, 2, 4]],
    ["ahead(time - 0.5)", [1, 2, 4, 4]],
    ["lookup_linear(stairs, time - 0.5)", [1, 1.5, 3, 4]],
    ["lookup_inverse(stairs, 1 + time)", [0, 1, 1.5, 2]],
  ])("%s", (equation, expected) => {
    expect(valuesOf(equation, "")).toEqual([expected]);
  });

  it("the inverse of a falling table", () => {
    const yaml = `model: {name: t, time: {start: 0, stop: 3, step: 1, save: 1, unit: "1"}}\nlookups: {f: {points: [[0, 4], [1, 2], [3, 0]], unit: "1"}}\nauxiliaries: {y: {equation: "lookup_inverse(f, time + 0.5)", unit: "1"}}\n`;
    expect(trajectory(yaml, "y")).toEqual([2.5, 1.5, 0.75, 0.25]);
  });
});

describe("what is wrong with a lookup", () => {
  const of = (text: string) => problems(`dimensions: {place: {elements: [north, south]}}\n${text}`);
  it("an element without points", () => {
    expect(of(`lookups:\n  f[place]: {points: {north: [[0, 1], [1, 2]]}, unit: "1"}\n`)).toEqual([
      "equation-not-covered 3:22",
    ]);
  });
  it("x that does not rise, in one element", () => {
    expect(
      of(`lookups:\n  f[place]: {points: {north: [[0, 1], [0, 2]], default: [[0, 1], [1, 2]]}, unit: "1"}\n`),
    ).toEqual(["lookup-order 3:39"]);
  });
  it("subscripts that it does not have", () => {
    expect(
      of(
        `lookups: {f: {points: [[0, 1], [1, 2]], unit: "1"}}\nauxiliaries:\n  y: {equation: "f[north](1)", unit: "1"}\n`,
      ),
    ).toEqual(["wrong-subscript-count 4:18"]);
  });
  it("a step function goes on beyond its ends", () => {
    expect(
      of(`lookups: {f: {points: [[0, 1], [1, 2]], interpolate: previous, outside: extrapolate, unit: "1"}}\n`),
    ).toEqual(["bad-choice 2:73"]);
  });
});
