import { describe, expect, it } from "vitest";
import { reference, ulpError } from "./reference.ts";
import { largestError, scattered } from "./sampled-error.ts";
import { sinh } from "./sinh.ts";

describe("sinh", () => {
  it.each([
    [0, 0],
    [-0, -0],
    [5e-324, 5e-324],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
    [Number.NaN, Number.NaN],
    [711, Number.POSITIVE_INFINITY],
    [-711, Number.NEGATIVE_INFINITY],
  ])("of %d is %d", (x, expected) => {
    expect(sinh(x)).toBe(expected);
  });

  it.each([
    [-4, 4],
    [-710.4, 710.4],
    [-0.001, 0.001],
  ])("is within 1.61 ulp from %d to %d", (low, high) => {
    const { ulp } = largestError(sinh, reference.sinh, scattered("sinh", low, high, 1500));
    expect(ulp).toBeLessThanOrEqual(1.61);
  });

  it("is within 1.61 ulp at the worst inputs found", () => {
    for (const x of [1.4289452958857831, 1.398191045649014])
      expect(ulpError(sinh(x), reference.sinh(x))).toBeLessThanOrEqual(1.61);
  });
});
