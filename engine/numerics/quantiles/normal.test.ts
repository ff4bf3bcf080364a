import { expect, it } from "vitest";
import { quantileNormal } from "./normal.ts";

it.each([
  [0.5, 3, 2, 3],
  [0.975, 0, 1, 1.9599639845400536],
  [0, 3, 2, Number.NEGATIVE_INFINITY],
  [1, 3, 2, Number.POSITIVE_INFINITY],
  [0.3, 3, 0, 3],
  [1, 3, 0, 3],
  [-0.5, 3, 2, Number.NaN],
])("the %d-quantile of normal(%d, %d) is %d", (u, mean, sd, expected) => {
  expect(quantileNormal(u, mean, sd)).toBe(expected);
});

it.each([
  [0, -1],
  [Number.NaN, 1],
  [0, Number.POSITIVE_INFINITY],
])("refuses normal(%d, %d)", (mean, sd) => {
  expect(() => quantileNormal(0.5, mean, sd)).toThrow(RangeError);
});
