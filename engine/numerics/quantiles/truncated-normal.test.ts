import { expect, it } from "vitest";
import { normalCdf } from "../normal-cdf.ts";
import { scattered } from "../sampled-error.ts";
import { quantileTruncatedNormal } from "./truncated-normal.ts";

const INF = Number.POSITIVE_INFINITY;

// Computed with 60 digits.
it.each([
  [0.5, 3, INF, 3.2051549205989334],
  [0.01, -1, 2, -0.9667232518503338],
  [0.9, -1, 2, 1.2557153641502152],
  [0.5, 10, 11, 10.068409369547618],
  [0.25, 30, 31, 30.009577257491085],
  [0.75, 40, INF, 40.03462077485517],
  [0.5, 300, 301, 300.0023104560338],
  [1e-12, -2, 8, -1.9999999999818998],
  [0.5, -0.5, 8, 0.39687117508954367],
])("the %d-quantile of the standard normal distribution on [%d, %d] is %d to 1e-14", (u, low, high, expected) => {
  expect(Math.abs(quantileTruncatedNormal(u, 0, 1, low, high) / expected - 1)).toBeLessThan(1e-14);
});

it.each([
  [0, 1.3, 0.2, 0.7, 1.8, 0.7],
  [1, 1.3, 0.2, 0.7, 1.8, 1.8],
  [0.5, 1.3, 0.2, 1.3, 1.3, 1.3],
  [0.4, 1.3, 0, 0.7, 1.8, 1.3],
  [0.4, 1.3, 0, 1.5, 1.8, 1.5],
  [-0.1, 1.3, 0.2, 0.7, 1.8, Number.NaN],
])("the %d-quantile of normal(%d, %d) on [%d, %d] is %d", (u, mean, sd, low, high, expected) => {
  expect(quantileTruncatedNormal(u, mean, sd, low, high)).toBe(expected);
});

it("is the mirror image in the other tail, exactly", () => {
  for (const [low, high] of [
    [3, 4],
    [30, 31],
    [0, 2],
    [200, INF],
  ] as const) {
    for (const u of scattered("mirror", 0.5, 1, 300)) {
      expect(quantileTruncatedNormal(1 - u, 0, 1, -high, -low)).toBe(-quantileTruncatedNormal(u, 0, 1, low, high));
    }
  }
});

it("gives u back through the distribution function", () => {
  for (const [low, high] of [
    [-1, 1],
    [-3, 0.5],
    [2, 3],
    [-8, -5],
  ] as const) {
    const total = low > 0 ? normalCdf(-low) - normalCdf(-high) : normalCdf(high) - normalCdf(low);
    for (const u of scattered("back", 0, 1, 500)) {
      const x = quantileTruncatedNormal(u, 0, 1, low, high);
      const below = low > 0 ? normalCdf(-low) - normalCdf(-x) : normalCdf(x) - normalCdf(low);
      expect(below / total).toBeCloseTo(u, 13);
    }
  }
});

it("does not decrease, and stays inside, where the two ways of computing meet", () => {
  const points = scattered("order", 0, 1, 2000).sort();
  for (const [low, high] of [
    [-1, 1],
    [-0.01, 9],
    [24.99, 25.01],
    [25.01, 26],
  ] as const) {
    const values = points.map((u) => quantileTruncatedNormal(u, 0, 1, low, high));
    expect(values).toEqual(Float64Array.from(values).sort());
    expect(values[0]! >= low && values.at(-1)! <= high).toBe(true);
  }
});

it.each([
  [0, -1, 0, 1],
  [0, 1, 2, 1],
  [Number.NaN, 1, 0, 1],
  [0, 1, Number.NaN, 1],
  [0, 1, INF, INF],
])("refuses normal(%d, %d) on [%d, %d]", (mean, sd, low, high) => {
  expect(() => quantileTruncatedNormal(0.5, mean, sd, low, high)).toThrow(RangeError);
});
