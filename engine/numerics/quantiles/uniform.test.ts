import * as fc from "fast-check";
import { expect, it } from "vitest";
import { quantileUniform } from "./uniform.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const probability = fc.double({ min: 0, max: 1, noNaN: true });

it.each([
  [0, 2, 6, 2],
  [0.25, 2, 6, 3],
  [1, 2, 6, 6],
  [0.5, -1.7e308, 1.7e308, 0],
  [0.3, 5, 5, 5],
  [-0.1, 2, 6, Number.NaN],
  [1.1, 2, 6, Number.NaN],
  [Number.NaN, 2, 6, Number.NaN],
])("the %d-quantile of uniform(%d, %d) is %d", (u, low, high, expected) => {
  expect(quantileUniform(u, low, high)).toBe(expected);
});

it("stays within the bounds", () =>
  fc.assert(
    fc.property(probability, finite, finite, (u, a, b) => {
      const low = Math.min(a, b);
      const high = Math.max(a, b);
      const x = quantileUniform(u, low, high);
      expect(x >= low && x <= high).toBe(true);
    }),
  ));

it.each([
  [6, 2],
  [Number.NaN, 2],
  [0, Number.POSITIVE_INFINITY],
])("refuses uniform(%d, %d)", (low, high) => {
  expect(() => quantileUniform(0.5, low, high)).toThrow(RangeError);
});
