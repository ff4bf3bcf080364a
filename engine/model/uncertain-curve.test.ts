import { describe, expect, it } from "vitest";
import { problems, trajectory } from "../testing/compile-text.ts";

const csv = { "s.csv": "year,value,low,high\n0,1,0.5,3\n10,2,1,4\n" };
const model = (curves: string): string => `${curves}
parameters: {p: {value: 0, unit: "1", distribution: "uniform(-1, 1)"}}
auxiliaries:
  y: {equation: "f(time) + f(time)", unit: "1"}
  z: {equation: s, unit: "1"}
`;
const at = (curves: string, name: string, p: number): number[] =>
  trajectory(model(curves), name, { csv, settings: [{ name: "p", value: p }] });
const plain = `lookups: {f: {points: [[0, 1], [10, 2]], unit: "1"}}
series: {s: {data: {file: s.csv, time: year, column: value}, unit: "1"}}`;
const factor = plain.replaceAll(`unit: "1"}}`, `unit: "1", uncertain: {factor: p}}}`);
const band = `lookups: {f: {points: [[0, 1], [10, 2]], unit: "1", uncertain: {position: p, low: [[0, 0.5], [10, 1]], high: [[0, 3], [10, 4]]}}}
series: {s: {data: {file: s.csv, time: year, column: value}, unit: "1", uncertain: {position: p, low: low, high: high}}}`;

describe("an uncertain lookup or series", () => {
  it.each(["y", "z"])("%s: a factor multiplies the whole curve", (name) => {
    const central = at(plain, name, 0);
    expect(at(factor, name, 1.5)).toEqual(central.map((v) => 1.5 * v));
  });

  // The lookup is read twice in y, the series once in z; both run from 1 to 2, low 0.5 to 1, high 3 to 4.
  it.each([
    [0, [1, 2]],
    [1, [3, 4]],
    [-1, [0.5, 1]],
    [0.5, [2, 3]],
    [-0.5, [0.75, 1.5]],
  ])("a position of %s gives the curve from %j", (p, [first, last]) => {
    const [y, z] = [at(band, "y", p), at(band, "z", p)];
    expect([z[0], z[10]]).toEqual([first, last]);
    expect([y[0]! / 2, y[10]! / 2]).toEqual([first, last]);
  });

  it("the inverse of a curve with a factor takes the factor out", () => {
    const y = trajectory(`${model(factor)}  w: {equation: "lookup_inverse(f, 3)", unit: "1"}\n`, "w", {
      csv,
      settings: [{ name: "p", value: 2 }],
    });
    expect(y[0]).toBe(5);
  });

  it("uses its parameter", () => {
    expect(problems(model(band), csv)).toEqual([]);
    expect(problems(model(plain), csv)).toEqual(["unused-parameter 3:14"]);
  });
});
