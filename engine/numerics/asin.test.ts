import { describe, expect, it } from "vitest";
import { asin } from "./asin.ts";
import { reference, ulpError } from "./reference.ts";
import { largestError, scattered } from "./sampled-error.ts";

describe("asin", () => {
  it.each([
    [0, 0],
    [-0, -0],
    [5e-324, 5e-324],
    [1, 1.5707963267948966],
    [-1, -1.5707963267948966],
    [0.5, 0.5235987755982989],
    [1.0000000000000002, Number.NaN],
    [Number.POSITIVE_INFINITY, Number.NaN],
    [Number.NEGATIVE_INFINITY, Number.NaN],
    [Number.NaN, Number.NaN],
  ])("of %d is %d", (x, expected) => {
    expect(asin(x)).toBe(expected);
  });

  it.each([
    [-1, 1],
    [-0.001, 0.001],
    [0.999999, 1],
  ])("is within 0.68 ulp from %d to %d", (low, high) => {
    const { ulp } = largestError(asin, reference.asin, scattered("asin", low, high, 1500));
    expect(ulp).toBeLessThanOrEqual(0.68);
  });

  it("is within 0.68 ulp at the worst inputs found", () => {
    for (const x of [0.5312880234156669]) expect(ulpError(asin(x), reference.asin(x))).toBeLessThanOrEqual(0.68);
  });
});
