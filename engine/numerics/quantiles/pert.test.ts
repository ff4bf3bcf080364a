import { expect, it } from "vitest";
import { quantileBeta } from "./beta.ts";
import { quantilePert } from "./pert.ts";

it.each([
  [0, 2, 4, 8, 2],
  [1, 2, 4, 8, 8],
  [0.5, 2, 5, 8, 5],
  [0.3, 4, 4, 4, 4],
  [-1, 2, 4, 8, Number.NaN],
])("the %d-quantile of pert(%d, %d, %d) is %d", (u, low, mode, high, expected) => {
  expect(quantilePert(u, low, mode, high)).toBe(expected);
});

it("is a stretched beta distribution", () => {
  // shapes 1 + 4 · 2/8 and 1 + 4 · 6/8
  expect(quantilePert(0.2, 0, 2, 8)).toBeCloseTo(8 * quantileBeta(0.2, 2, 4), 14);
});

it("with weight 0 is uniform", () => {
  expect(quantilePert(0.3, 0, 1, 10, 0)).toBeCloseTo(3, 13);
});

it.each([
  [3, 2, 4, 4],
  [1, 2, 4, -1],
  [1, Number.NaN, 4, 4],
])("refuses pert(%d, %d, %d) with weight %d", (low, mode, high, weight) => {
  expect(() => quantilePert(0.5, low, mode, high, weight)).toThrow(RangeError);
});
