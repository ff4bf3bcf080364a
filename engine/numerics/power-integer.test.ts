import { describe, expect, it } from "vitest";
import { powerInteger } from "./power-integer.ts";
import { scattered } from "./sampled-error.ts";

describe("powerInteger", () => {
  it.each([
    [2, 10, 1024],
    [-2, 3, -8],
    [3, 16, 43046721],
    [2, -2, 0.25],
    [Number.NaN, 0, 1],
    [Number.NaN, 2, Number.NaN],
    [0, 0, 1],
    [0, -1, Number.POSITIVE_INFINITY],
    [-0, -3, Number.NEGATIVE_INFINITY],
    [-0, 3, -0],
    [-0, 2, 0],
    [Number.NEGATIVE_INFINITY, 3, Number.NEGATIVE_INFINITY],
    [Number.POSITIVE_INFINITY, -2, 0],
    [1e200, 2, Number.POSITIVE_INFINITY],
    [1e-200, 2, 0],
    [5e-324, 1, 5e-324],
  ])("%d to the power %d is %d", (x, n, expected) => {
    expect(powerInteger(x, n)).toBe(expected);
  });

  it("multiplies in the order that the binary form of n gives", () => {
    for (const x of scattered("powerInteger", 0.5, 2, 200)) {
      const x2 = x * x;
      const x4 = x2 * x2;
      const x8 = x4 * x4;
      expect(powerInteger(x, 3)).toBe(x * x2);
      expect(powerInteger(x, 7)).toBe(x * x2 * x4);
      expect(powerInteger(x, 12)).toBe(x4 * x8);
      expect(powerInteger(x, 13)).toBe(x * x4 * x8);
      expect(powerInteger(x, -5)).toBe(1 / (x * x4));
    }
  });

  it.each([17, -17, 0.5, Number.NaN])("refuses the exponent %d", (n) => {
    expect(() => powerInteger(2, n)).toThrow(RangeError);
  });
});
