import { describe, expect, it } from "vitest";
import { cosh } from "./cosh.ts";
import { reference, ulpError } from "./reference.ts";
import { largestError, scattered } from "./sampled-error.ts";

describe("cosh", () => {
  it.each([
    [0, 1],
    [-0, 1],
    [1e-9, 1],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NaN, Number.NaN],
    [711, Number.POSITIVE_INFINITY],
    [-711, Number.POSITIVE_INFINITY],
  ])("of %d is %d", (x, expected) => {
    expect(cosh(x)).toBe(expected);
  });

  it.each([
    [-4, 4],
    [-710.4, 710.4],
  ])("is within 1.35 ulp from %d to %d", (low, high) => {
    const { ulp } = largestError(cosh, reference.cosh, scattered("cosh", low, high, 1500));
    expect(ulp).toBeLessThanOrEqual(1.35);
  });

  it("is within 1.35 ulp at the worst inputs found", () => {
    for (const x of [-3.832122942742566, 2.4406080650187505])
      expect(ulpError(cosh(x), reference.cosh(x))).toBeLessThanOrEqual(1.35);
  });
});
