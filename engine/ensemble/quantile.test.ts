import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Distribution } from "../model/distribution.ts";
import { type Files, goodModel } from "../testing/compile-text.ts";
import { centralValues, parameterValues, quantile } from "./quantile.ts";

/** The distribution of each element of the one parameter `p`. */
function read(declaration: string, csv: Files = {}): readonly Distribution[] {
  const yaml = `dimensions: {k: {elements: [a, b, c]}}\nparameters: {${declaration}}\nauxiliaries: {y: {equation: "1", indicator: end}}\n`;
  const { model } = goodModel(yaml, csv);
  const parameter = model.variables.find((v) => v.name === "p");
  if (parameter?.kind !== "parameter" || !parameter.distribution) throw new Error("p is not uncertain");
  return parameter.distribution;
}
const one = (text: string): Distribution => read(`p: {distribution: "${text}"}`)[0]!;
const unit = fc.double({ min: 1e-9, max: 1 - 1e-9, noNaN: true });

/** Quantiles at 1e-6, 0.1, 0.5 and 0.999, mean and variance, from SciPy 1.17.1. */
const REFERENCE: readonly (readonly [string, readonly number[], number, number])[] = [
  ["gamma(2.5, 2)", [0.012896160206497087, 1.6103079869623227, 4.351460191095526, 20.515005652432873], 5, 10],
  [
    "pert(1, 2, 5)",
    [1.001265311285575, 1.448939834183434, 2.25524068182279, 4.511944681554086],
    7 / 3,
    0.5079365079365079,
  ],
  [
    "pert(1, 2, 5, 10)",
    [1.0161556479689553, 1.5442017938894677, 2.1191284274869813, 3.877214833939809],
    13 / 6,
    0.25427350427350426,
  ],
  ["beta(2, 3, 10, 20)", [10.004083594602042, 11.425593167100308, 13.857275681323895, 19.359618608971665], 14, 4],
  [
    "lognormal(0.5, 0.3)",
    [0.39612427442808135, 1.1224732732590723, 1.6487212707001282, 4.166472238745566],
    1.7246083823764355,
    0.2801001303266057,
  ],
  [
    "normal(1, 2, 0, 4)",
    [3.548517478857427e-6, 0.3416042511668591, 1.6155076422979913, 3.990388811931716],
    1.7125457683541194,
    1.1209926006049002,
  ],
  ["triangular(0, 1, 4)", [0.002, 0.6324555320336759, 1.5505102572168221, 3.890455488498967], 5 / 3, 13 / 18],
  ["uniform(-1, 3)", [-1 + 4e-6, -0.6, 1, 2.996], 1, 4 / 3],
];

describe("distributions as they are written in a model", () => {
  it.each(REFERENCE)(
    "%s has the reference quantiles, to 1e-11 of the value and 1e-15 of the scale",
    (text, expected) => {
      const d = one(text);
      const found = [1e-6, 0.1, 0.5, 0.999].map((u) => quantile(d, u));
      for (const [i, x] of found.entries()) {
        expect(Math.abs(x - expected[i]!)).toBeLessThan(1e-11 * Math.abs(expected[i]!) + 1e-15);
      }
    },
  );

  it.each(REFERENCE)("%s has its mean and variance, over 4000 equal strata", (text, _quantiles, mean, variance) => {
    const d = one(text);
    const values = Array.from({ length: 4000 }, (_, i) => quantile(d, (i + 0.5) / 4000));
    const average = values.reduce((sum, x) => sum + x, 0) / values.length;
    const spread = values.reduce((sum, x) => sum + (x - average) ** 2, 0) / values.length;
    // The midpoint rule misses the outer half of the last strata: below 1e-4 of the mean, 5e-3 of the variance.
    expect(Math.abs(average / mean - 1)).toBeLessThan(1e-4);
    expect(Math.abs(spread / variance - 1)).toBeLessThan(5e-3);
  });

  it.each(REFERENCE)("%s does not decrease, but for rounding", (text) => {
    const d = one(text);
    fc.assert(fc.property(unit, unit, (u, v) => quantile(d, Math.min(u, v)) <= quantile(d, Math.max(u, v)) + 1e-14));
  });
});

describe("discrete", () => {
  const d = one("discrete(3, 2, 1, 5, 2, 3)");
  it("has its values in ascending order, each for its share of the weights", () => {
    expect([0.1, 0.5, 0.51, 0.79, 0.81, 0.999].map((u) => quantile(d, u))).toEqual([1, 1, 2, 2, 3, 3]);
  });
  it("never has a value of weight zero", () => {
    const zero = one("discrete(1, 0, 2, 1, 3, 0)");
    expect([1e-16, 0.5, 1 - 2 ** -53].map((u) => quantile(zero, u))).toEqual([2, 2, 2]);
  });
});

describe("dirichlet", () => {
  const shape = "p[k]: {value: {a: 0.2, b: 0.3, c: 0.5}, distribution: dirichlet(10 * value)}";
  const values = (distributions: readonly Distribution[], uniforms: readonly number[]): number[] => {
    const out = new Float64Array(uniforms.length);
    parameterValues(distributions, 3, Float64Array.from(uniforms), out);
    return [...out];
  };

  it("gives shares that sum to one, each growing with its own uniform number and shrinking with another's", () => {
    const d = read(`"p[k]"${shape.slice(4)}`);
    fc.assert(
      fc.property(unit, unit, unit, unit, (u, v, w, x) => {
        const [a, b, c] = values(d, [Math.min(u, x), v, w]) as [number, number, number];
        const [a2, b2] = values(d, [Math.max(u, x), v, w]) as [number, number];
        return Math.abs(a + b + c - 1) < 1e-15 * 4 && a2 >= a * (1 - 1e-12) && b2 <= b * (1 + 1e-12);
      }),
    );
  });

  it("sums to one over the last dimension, for each element of the others", () => {
    const yaml = `dimensions: {k: {elements: [a, b]}, place: {elements: [x, y]}}\nparameters: {"p[place, k]": {distribution: dirichlet(3)}}\nauxiliaries: {y: {equation: "1", indicator: end}}\n`;
    const p = goodModel(yaml).model.variables.find((v) => v.name === "p");
    const out = new Float64Array(4);
    if (p?.kind !== "parameter") throw new Error("no p");
    parameterValues(p.distribution!, 2, Float64Array.of(0.1, 0.9, 0.5, 0.5), out);
    expect(out[0]! + out[1]!).toBeCloseTo(1, 15);
    expect(out[2]).toBe(0.5);
    expect(out[3]).toBe(0.5);
  });

  it("has mean α / Σα and variance m (1 - m) / (Σα + 1), over a grid of 40³ strata", () => {
    const d = read(`"p[k]"${shape.slice(4)}`);
    const n = 40;
    const level = Array.from({ length: n }, (_, i) => (i + 0.5) / n);
    const first: number[] = [];
    for (const u of level) for (const v of level) for (const w of level) first.push(values(d, [u, v, w])[0]!);
    const mean = first.reduce((sum, x) => sum + x, 0) / first.length;
    const variance = first.reduce((sum, x) => sum + (x - mean) ** 2, 0) / first.length;
    expect(Math.abs(mean - 0.2)).toBeLessThan(5e-4);
    expect(Math.abs(variance / ((0.2 * 0.8) / 11) - 1)).toBeLessThan(0.03);
  });

  it("stays finite at the least concentration allowed and the smallest uniform number", () => {
    const d = read(`"p[k]": {distribution: dirichlet(0.05)}`);
    for (const share of values(d, [2 ** -53, 2 ** -53, 2 ** -53])) expect(share).toBeCloseTo(1 / 3, 12);
  });
});

describe("columns of a file", () => {
  const csv = { "data/x.csv": "chain,a,b\n1,3,30\n1,1,10\n2,2,20\n2,4,40\n" };
  it("empirical: every value for an equal share of the probability, in ascending order", () => {
    const [d] = read("p: {distribution: {empirical: {file: data/x.csv, column: a}}}", csv);
    expect([0.01, 0.26, 0.51, 0.99].map((u) => quantile(d!, u))).toEqual([1, 2, 3, 4]);
  });
  it("joint: rows in the order of the file, only those selected", () => {
    const [d] = read('p: {distribution: {joint: {file: data/x.csv, column: b, where: {chain: ["2"]}}}}', csv);
    expect([0.01, 0.49, 0.51, 0.99].map((u) => quantile(d!, u))).toEqual([20, 20, 40, 40]);
  });
});

describe("central values", () => {
  it("are medians, mean shares, and the median of a column", () => {
    const csv = { "x.csv": "a\n9\n1\n2\n" };
    expect([...centralValues([one("uniform(2, 4)")], 1)]).toEqual([3]);
    expect([...centralValues(read('"p[k]": {distribution: dirichlet(2)}'), 3)]).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect([...centralValues(read("p: {distribution: {joint: {file: x.csv, column: a}}}", csv), 1)]).toEqual([2]);
  });
});
