import { describe, expect, it } from "vitest";
import { acos } from "./acos.ts";
import { reference, ulpError } from "./reference.ts";
import { largestError, scattered } from "./sampled-error.ts";

describe("acos", () => {
  it.each([
    [0, Math.PI / 2],
    [-0, Math.PI / 2],
    [1, 0],
    [-1, Math.PI],
    [0.5, 1.0471975511965979],
    [-0.5, 2.0943951023931957],
    [1.0000000000000002, Number.NaN],
    [-1.0000000000000002, Number.NaN],
    [Number.POSITIVE_INFINITY, Number.NaN],
    [Number.NEGATIVE_INFINITY, Number.NaN],
    [Number.NaN, Number.NaN],
  ])("of %d is %d", (x, expected) => {
    expect(acos(x)).toBe(expected);
  });

  it.each([
    [-1, 1],
    [0.999999, 1],
    [-1, -0.999999],
  ])("is within 0.78 ulp from %d to %d", (low, high) => {
    const { ulp } = largestError(acos, reference.acos, scattered("acos", low, high, 1500));
    expect(ulp).toBeLessThanOrEqual(0.78);
  });

  it("is within 0.78 ulp at the worst inputs found", () => {
    for (const x of [0.4833118846699229]) expect(ulpError(acos(x), reference.acos(x))).toBeLessThanOrEqual(0.78);
  });
});
