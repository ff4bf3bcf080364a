import { describe, expect, it } from "vitest";
import { exp } from "./exp.ts";
import { reference, ulpError } from "./reference.ts";
import { largestError, scattered } from "./sampled-error.ts";
import { scaledExp } from "./scaled-exp.ts";

describe("exp", () => {
  it.each([
    [0, 1],
    [-0, 1],
    [5e-324, 1],
    [-1e-300, 1],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, 0],
    [Number.NaN, Number.NaN],
    [1e300, Number.POSITIVE_INFINITY],
    [-1e300, 0],
    [709.782712893384, 1.7976931348622732e308],
    [709.7827128933841, Number.POSITIVE_INFINITY],
    [-708.3964185322641, 2.2250738585072626e-308],
    [-745.1332191019411, 5e-324],
    [-745.1332191019412, 0],
  ])("of %d is %d", (x, expected) => {
    expect(exp(x)).toBe(expected);
  });

  it.each([
    [-708, 709.7],
    [-1, 1],
    [-745, -708],
  ])("is within 0.92 ulp from %d to %d", (low, high) => {
    const { ulp } = largestError(exp, reference.exp, scattered("exp", low, high, 1500));
    expect(ulp).toBeLessThanOrEqual(0.92);
  });

  it("is within 0.92 ulp at the worst inputs found", () => {
    for (const x of [-127.1829773186596, 0.3831602846589235, -708.0016541270576])
      expect(ulpError(exp(x), reference.exp(x))).toBeLessThanOrEqual(0.92);
  });

  it("is scaledExp without a tail, bit for bit", () => {
    for (const x of scattered("scaled", -750, 720, 1000)) expect(scaledExp(x, 0, 1)).toBe(exp(x));
  });

  it("carries a scale past the overflow of e^x", () => {
    const { significand, exponent } = reference.exp(709.9);
    expect(exp(709.9)).toBe(Number.POSITIVE_INFINITY);
    expect(ulpError(scaledExp(709.9, 0, 0.5), { significand, exponent: exponent - 1 })).toBeLessThanOrEqual(0.92);
  });

  it("carries a tail below the last place of x", () => {
    // 700 + 2^-44 lies on the grid of 700 (2^-43) only as 700.
    const { significand, exponent } = reference.exp(700);
    const grown = { significand: significand + (significand >> 44n), exponent };
    expect(ulpError(scaledExp(700, 2 ** -44, 1), grown)).toBeLessThanOrEqual(0.92);
  });

  it("does not decrease", () => {
    for (const x of scattered("order", -700, 700, 1000)) expect(exp(x + 1e-12)).toBeGreaterThanOrEqual(exp(x));
  });
});
