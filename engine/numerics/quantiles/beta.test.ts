import { expect, it } from "vitest";
import { incompleteBeta } from "../incomplete-beta.ts";
import { scattered } from "../sampled-error.ts";
import { quantileBeta } from "./beta.ts";

// Computed with 60 digits.
it.each([
  [0.025, 2, 5, 0.043271868292741676],
  [0.5, 2, 5, 0.26444998329565994],
  [0.975, 2, 5, 0.6412345789976748],
  [0.1, 0.5, 0.5, 0.024471741852423217],
  [0.3, 5, 1, 0.7860030855966228],
  [1e-6, 10, 3, 0.17088257595619044],
  [1e-20, 1, 3, 3.3333333333333333e-21],
  [0.5, 0.1, 5, 0.00013014955240919754],
])("the %d-quantile of beta(%d, %d) is %d to 1e-13", (u, a, b, expected) => {
  expect(Math.abs(quantileBeta(u, a, b) / expected - 1)).toBeLessThan(1e-13);
});

it.each([
  [0, 2, 3, 0],
  [1, 2, 3, 1],
  [0.5, 7, 7, 0.5],
  [1.5, 2, 3, Number.NaN],
  [Number.NaN, 2, 3, Number.NaN],
])("the %d-quantile of beta(%d, %d) is %d", (u, a, b, expected) => {
  expect(quantileBeta(u, a, b)).toBe(expected);
});

const shapes = [
  [2, 5],
  [0.5, 0.5],
  [0.1, 8],
  [1, 1],
  [30, 2],
  [400, 900],
  [5e4, 5e4],
  [3, 1e4],
] as const;

it.each(shapes)("of beta(%d, %d) inverts the distribution function", (a, b) => {
  const tails = incompleteBeta(a, b);
  for (const u of scattered("beta", 0, 1, 200)) {
    const x = quantileBeta(u, a, b);
    const { lower, upper, slope } = tails(x);
    const miss = u <= 0.5 ? lower - u : upper - (1 - u);
    // 1e-13 for the functions, and what half an ulp of x (or of 1 - x) is worth.
    expect(Math.abs(miss)).toBeLessThan(1e-13 * Math.min(u, 1 - u) + (slope / x) * 2 ** -53 * 4);
  }
});

it.each(shapes)("of beta(%d, %d) does not decrease", (a, b) => {
  const values = scattered("beta order", 0, 1, 300)
    .sort()
    .map((u) => quantileBeta(u, a, b));
  expect(values).toEqual(Float64Array.from(values).sort());
});

it("of beta(a, 1) is u^(1/a), far into the tail", () => {
  expect(quantileBeta(1e-300, 2, 1) / 1e-150).toBeCloseTo(1, 12);
  expect(quantileBeta(1e-30, 1, 1) / 1e-30).toBeCloseTo(1, 13);
});

it("of beta(100, 3) has the digits of the lower tail", () => {
  // I_x(100, 3) = x^100 (5151 - 10200 x + 5050 x²)
  const x = quantileBeta(1e-20, 100, 3);
  expect((x ** 100 * (5151 - 10200 * x + 5050 * x * x)) / 1e-20).toBeCloseTo(1, 10);
});

it.each([
  [0, 1],
  [1, -1],
  [Number.NaN, 1],
  [1, Number.POSITIVE_INFINITY],
])("refuses beta(%d, %d)", (a, b) => {
  expect(() => quantileBeta(0.5, a, b)).toThrow(RangeError);
});
