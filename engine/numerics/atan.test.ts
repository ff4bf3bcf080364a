import { describe, expect, it } from "vitest";
import { atan } from "./atan.ts";
import { reference, ulpError } from "./reference.ts";
import { largestError, scattered } from "./sampled-error.ts";

describe("atan", () => {
  it.each([
    [0, 0],
    [-0, -0],
    [5e-324, 5e-324],
    [1, 0.7853981633974483],
    [-1, -0.7853981633974483],
    [Number.POSITIVE_INFINITY, 1.5707963267948966],
    [Number.NEGATIVE_INFINITY, -1.5707963267948966],
    [1e300, 1.5707963267948966],
    [Number.NaN, Number.NaN],
  ])("of %d is %d", (x, expected) => {
    expect(atan(x)).toBe(expected);
  });

  it.each([
    [-4, 4],
    [4, 1e6],
    [-0.001, 0.001],
  ])("is within 0.9 ulp from %d to %d", (low, high) => {
    const { ulp } = largestError(atan, reference.atan, scattered("atan", low, high, 1500));
    expect(ulp).toBeLessThanOrEqual(0.9);
  });

  it("is within 0.9 ulp at the worst inputs found", () => {
    for (const x of [1.5433413722515905, 0.5320164463480177])
      expect(ulpError(atan(x), reference.atan(x))).toBeLessThanOrEqual(0.9);
  });
});
