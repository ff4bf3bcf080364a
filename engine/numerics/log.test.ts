import { describe, expect, it } from "vitest";
import { ln } from "./log.ts";
import { reference, ulpError } from "./reference.ts";
import { largestError, scattered } from "./sampled-error.ts";

describe("ln", () => {
  it.each([
    [1, 0],
    [0, Number.NEGATIVE_INFINITY],
    [-0, Number.NEGATIVE_INFINITY],
    [-1, Number.NaN],
    [-5e-324, Number.NaN],
    [Number.NEGATIVE_INFINITY, Number.NaN],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NaN, Number.NaN],
    [5e-324, -744.4400719213812],
    [2.225073858507201e-308, -708.3964185322641],
    [2.2250738585072014e-308, -708.3964185322641],
    [1.7976931348623157e308, 709.782712893384],
    [10, Math.LN10],
    [2, Math.LN2],
    [0.9999999999999999, -1.1102230246251565e-16],
    [1.0000000000000002, 2.2204460492503128e-16],
  ])("of %d is %d", (x, expected) => {
    expect(ln(x)).toBe(expected);
  });

  it.each([
    [0.5, 2],
    [2, 100],
    [1e-307, 1e-305],
    [1e-310, 2e-308],
    [1e300, 1.7e308],
    [0.999, 1.001],
  ])("is within 0.84 ulp from %d to %d", (low, high) => {
    const { ulp } = largestError(ln, reference.ln, scattered("ln", low, high, 1500));
    expect(ulp).toBeLessThanOrEqual(0.84);
  });

  it("is within 0.84 ulp at the worst inputs found", () => {
    for (const x of [1.4006104718024395, 2.7152593469726343, 1.2750822737825354])
      expect(ulpError(ln(x), reference.ln(x))).toBeLessThanOrEqual(0.84);
  });
});
