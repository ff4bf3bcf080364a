import { expect, it } from "vitest";
import { incompleteGamma } from "../incomplete-gamma.ts";
import { ln } from "../log.ts";
import { scattered } from "../sampled-error.ts";
import { quantileGamma } from "./gamma.ts";

// Computed with 60 digits.
it.each([
  [0.5, 1, 1, Math.LN2],
  [0.025, 2, 1, 0.2422092785439649],
  [0.9, 0.5, 1, 1.3527717270477075],
  [0.01, 100, 1, 78.21598305379582],
  [0.5, 0.1, 1, 0.0005933911044602261],
  [1e-15, 3, 1, 1.8171288477027625e-5],
])("the %d-quantile of gamma(%d, %d) is %d to 5e-14", (u, shape, scale, expected) => {
  expect(Math.abs(quantileGamma(u, shape, scale) / expected - 1)).toBeLessThan(5e-14);
});

it.each([
  [0, 2, 3, 0],
  [1, 2, 3, Number.POSITIVE_INFINITY],
  [-0.5, 2, 3, Number.NaN],
])("the %d-quantile of gamma(%d, %d) is %d", (u, shape, scale, expected) => {
  expect(quantileGamma(u, shape, scale)).toBe(expected);
});

it("of shape 1 is the exponential distribution, -ln(1 - u)", () => {
  for (const u of scattered("exponential", 0, 1, 300)) {
    expect(quantileGamma(u, 1, 1)).toBeCloseTo(-ln(1 - u), 13);
  }
});

const shapes = [0.1, 0.5, 1, 7, 300, 1e5];

it.each(shapes)("of shape %d inverts the distribution function", (shape) => {
  const tails = incompleteGamma(shape);
  for (const u of scattered("gamma", 0, 1, 200)) {
    const x = quantileGamma(u, shape, 1);
    const { lower, upper, slope } = tails(x);
    const miss = u <= 0.5 ? lower - u : upper - (1 - u);
    expect(Math.abs(miss)).toBeLessThan(1e-13 * Math.min(u, 1 - u) + slope * 2 ** -53 * 4);
  }
});

it.each(shapes)("of shape %d does not decrease", (shape) => {
  const values = scattered("gamma order", 0, 1, 300)
    .sort()
    .map((u) => quantileGamma(u, shape, 2));
  expect(values).toEqual(Float64Array.from(values).sort());
});

it.each([
  [0, 1],
  [1, 0],
  [Number.NaN, 1],
])("refuses gamma(%d, %d)", (shape, scale) => {
  expect(() => quantileGamma(0.5, shape, scale)).toThrow(RangeError);
});
