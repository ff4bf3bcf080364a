import { describe, expect, it } from "vitest";
import { log10 } from "./log10.ts";
import { reference, ulpError } from "./reference.ts";
import { largestError, scattered } from "./sampled-error.ts";

describe("log10", () => {
  it.each([
    [1, 0],
    [0, Number.NEGATIVE_INFINITY],
    [-0, Number.NEGATIVE_INFINITY],
    [-1, Number.NaN],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NaN, Number.NaN],
    [5e-324, -323.3062153431158],
  ])("of %d is %d", (x, expected) => {
    expect(log10(x)).toBe(expected);
  });

  it.each([
    [0.5, 2],
    [2, 1e6],
    [1e-310, 1e-308],
  ])("is within 0.52 ulp from %d to %d", (low, high) => {
    const { ulp } = largestError(log10, reference.log10, scattered("log10", low, high, 1500));
    expect(ulp).toBeLessThanOrEqual(0.52);
  });

  it("is within 0.52 ulp at the worst inputs found", () => {
    for (const x of [1.147046119497727]) expect(ulpError(log10(x), reference.log10(x))).toBeLessThanOrEqual(0.52);
  });

  it("of a power of ten is a whole number", () => {
    for (let n = -307; n <= 308; n++) expect(log10(Number(`1e${n}`))).toBe(n);
  });
});
