import { describe, expect, it } from "vitest";
import { reference, ulpError } from "./reference.ts";
import { largestError, scattered } from "./sampled-error.ts";
import { tan } from "./tan.ts";

describe("tan", () => {
  it.each([
    [0, 0],
    [-0, -0],
    [5e-324, 5e-324],
    [Number.POSITIVE_INFINITY, Number.NaN],
    [Number.NEGATIVE_INFINITY, Number.NaN],
    [Number.NaN, Number.NaN],
    [1000000.0000001, Number.NaN],
    [Math.PI / 2, 16331239353195370],
  ])("of %d is %d", (x, expected) => {
    expect(tan(x)).toBe(expected);
  });

  it.each([
    [-8, 8],
    [-1e6, 1e6],
  ])("is within 2.3 ulp from %d to %d", (low, high) => {
    const { ulp } = largestError(tan, reference.tan, scattered("tan", low, high, 1500));
    expect(ulp).toBeLessThanOrEqual(2.3);
  });

  it("is within 2.3 ulp at the worst inputs found", () => {
    for (const x of [277053.13802901865, -3.9216346590755986])
      expect(ulpError(tan(x), reference.tan(x))).toBeLessThanOrEqual(2.3);
  });
});
