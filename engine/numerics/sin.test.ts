import { describe, expect, it } from "vitest";
import { reference, ulpError } from "./reference.ts";
import { largestError, scattered } from "./sampled-error.ts";
import { sin } from "./sin.ts";

describe("sin", () => {
  it.each([
    [0, 0],
    [-0, -0],
    [1e-300, 1e-300],
    [5e-324, 5e-324],
    [1e-9, 1e-9],
    [Number.POSITIVE_INFINITY, Number.NaN],
    [Number.NEGATIVE_INFINITY, Number.NaN],
    [Number.NaN, Number.NaN],
    [1000000.0000001, Number.NaN],
    [Math.PI, 1.2246467991473532e-16],
    [Math.PI / 2, 1],
  ])("of %d is %d", (x, expected) => {
    expect(sin(x)).toBe(expected);
  });

  it.each([
    [-8, 8],
    [-1e6, 1e6],
  ])("is within 0.83 ulp from %d to %d", (low, high) => {
    const { ulp } = largestError(sin, reference.sin, scattered("sin", low, high, 1500));
    expect(ulp).toBeLessThanOrEqual(0.83);
  });

  it("is within 0.83 ulp at the worst inputs found", () => {
    for (const x of [-892962.3734107619, -3.9126339798526626])
      expect(ulpError(sin(x), reference.sin(x))).toBeLessThanOrEqual(0.83);
  });
});
