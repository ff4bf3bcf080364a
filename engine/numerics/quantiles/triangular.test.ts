import { expect, it } from "vitest";
import { scattered } from "../sampled-error.ts";
import { quantileTriangular } from "./triangular.ts";

it.each([
  [0, 8, 10, 13, 8],
  [0.4, 8, 10, 13, 10],
  [1, 8, 10, 13, 13],
  [0.1, 8, 10, 13, 9],
  [0.5, 0, 0, 1, 1 - Math.sqrt(0.5)],
  [0.25, 0, 1, 1, 0.5],
  [0.7, 3, 3, 3, 3],
  [2, 0, 1, 1, Number.NaN],
])("the %d-quantile of triangular(%d, %d, %d) is %d", (u, low, mode, high, expected) => {
  expect(quantileTriangular(u, low, mode, high)).toBe(expected);
});

it("has the distribution function (x - low)² / ((high - low)(mode - low)) up to the mode, and its mirror beyond", () => {
  for (const u of scattered("triangular", 0, 1, 1000)) {
    const x = quantileTriangular(u, -1, 0.5, 3);
    const back = x <= 0.5 ? (x + 1) ** 2 / 6 : 1 - (3 - x) ** 2 / 10;
    expect(back).toBeCloseTo(u, 14);
  }
});

it("keeps the digits of both tails", () => {
  expect(quantileTriangular(1e-30, 0, 1, 2) / 1e-15).toBeCloseTo(Math.SQRT2, 14);
  expect(quantileTriangular(1 - 2 ** -52, -2, -1, 0)).toBe(-Math.sqrt(2 ** -51));
});

it.each([
  [2, 1, 3],
  [0, 4, 3],
  [0, Number.NaN, 3],
])("refuses triangular(%d, %d, %d)", (low, mode, high) => {
  expect(() => quantileTriangular(0.5, low, mode, high)).toThrow(RangeError);
});
