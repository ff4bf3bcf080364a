import { describe, expect, it } from "vitest";
import { cos } from "./cos.ts";
import { reference, ulpError } from "./reference.ts";
import { largestError, scattered } from "./sampled-error.ts";

describe("cos", () => {
  it.each([
    [0, 1],
    [-0, 1],
    [1e-300, 1],
    [Number.POSITIVE_INFINITY, Number.NaN],
    [Number.NEGATIVE_INFINITY, Number.NaN],
    [Number.NaN, Number.NaN],
    [-1000000.0000001, Number.NaN],
    [Math.PI, -1],
    [Math.PI / 2, 6.123233995736766e-17],
  ])("of %d is %d", (x, expected) => {
    expect(cos(x)).toBe(expected);
  });

  it.each([
    [-8, 8],
    [-1e6, 1e6],
  ])("is within 0.85 ulp from %d to %d", (low, high) => {
    const { ulp } = largestError(cos, reference.cos, scattered("cos", low, high, 1500));
    expect(ulp).toBeLessThanOrEqual(0.85);
  });

  it("is within 0.85 ulp at the worst inputs found", () => {
    for (const x of [281239.301483372, 0.7864870664534447])
      expect(ulpError(cos(x), reference.cos(x))).toBeLessThanOrEqual(0.85);
  });
});
