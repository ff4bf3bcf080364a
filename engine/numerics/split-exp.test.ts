import { describe, expect, it } from "vitest";
import { exp } from "./exp.ts";
import { type Real, reference, ulpError } from "./reference.ts";
import { scattered } from "./sampled-error.ts";
import { expExponent, expSignificand, scaleByPowerOf4 } from "./split-exp.ts";

const INF = Number.POSITIVE_INFINITY;
const NAN = Number.NaN;

/** The exponential of a sum. */
const expOfSum = (...addends: readonly number[]): number =>
  scaleByPowerOf4(
    addends.map(expSignificand).reduce((a, b) => a * b),
    addends.map(expExponent).reduce((a, b) => a + b),
  );

/** The same, of the exact sum. */
const exactOfSum = (...addends: readonly number[]): Real =>
  addends
    .map(reference.exp)
    .reduce((a, b) => ({ significand: a.significand * b.significand, exponent: a.exponent + b.exponent }));

function significandError(x: number): number {
  const { significand, exponent } = reference.exp(x);
  return ulpError(expSignificand(x), { significand, exponent: exponent - 2 * expExponent(x) });
}

describe("expSignificand and expExponent", () => {
  it.each([1, 40, 708, 1e4, 1e6, 2 ** 30])("are within 0.92 ulp of e^x for |x| ≤ %d", (size) => {
    for (const x of scattered("split", -size, size, 1500)) {
      const significand = expSignificand(x);
      expect(significand).toBeGreaterThan(0.7);
      expect(significand).toBeLessThan(2.9);
      expect(expExponent(x)).toBe(Math.round(expExponent(x)));
      expect(significandError(x)).toBeLessThanOrEqual(0.92);
    }
  });

  it("are within 0.92 ulp at the worst inputs found", () => {
    for (const x of [-127.1829773186596, -21.086974084430096, 154822285.49952054, 2 ** 30, -(2 ** 30)])
      expect(significandError(x)).toBeLessThanOrEqual(0.92);
  });

  it.each([
    [0, 1, 0],
    [-0, 1, 0],
    [5e-324, 1, 0],
    [NAN, NAN, NAN],
  ])("of %d are %d and %d", (x, significand, exponent) => {
    expect([expSignificand(x), expExponent(x)]).toEqual([significand, exponent]);
  });

  it("count a number beyond 2^30 as infinite", () => {
    for (const x of [2 ** 30 + 1, 1e300, INF]) expect([expSignificand(x), expSignificand(-x)]).toEqual([INF, 0]);
  });
});

describe("scaleByPowerOf4", () => {
  it.each([
    [1, -537, 5e-324],
    [0.75, -537, 5e-324],
    [0.5, -537, 0],
    [1.5, -537, 1e-323],
    [1, 511, 2 ** 1022],
    [0.9, 512, 0.9 * 2 ** 1023 * 2],
    [1, 512, INF],
    [2 ** 100, -512, 2 ** -924],
    [2 ** -100, 512, 2 ** 924],
    [2 ** -100, 600, INF],
    [2 ** 100, -600, 0],
    [1, 1e300, INF],
    [1, -1e300, 0],
    [1, INF, INF],
    [1, -INF, 0],
    [INF, -INF, INF],
    [0, INF, 0],
    [INF, -2.5, INF],
    [NAN, 3, NAN],
    [NAN, NAN, NAN],
  ])("%d times 4^%d is %d", (y, k, expected) => {
    expect(scaleByPowerOf4(y, k)).toBe(expected);
  });

  it("rounds a subnormal result once", () => {
    for (const x of scattered("subnormal", -745, -708, 1500))
      expect(ulpError(scaleByPowerOf4(expSignificand(x), expExponent(x)), reference.exp(x))).toBeLessThanOrEqual(0.92);
  });
});

describe("the exponential of a sum", () => {
  it.each([
    [INF, -INF, NAN],
    [INF, -800, INF],
    [INF, -1e9, INF],
    [-INF, 800, 0],
    [-INF, 1e9, 0],
    [INF, INF, INF],
    [NAN, 1, NAN],
    [NAN, INF, NAN],
    [NAN, -INF, NAN],
    [1e300, -1, INF],
    [-1e300, 1, 0],
    [1e300, -1e300, NAN],
    [1e9, -1e9, 1],
    [800, -1e5, 0],
    [-800, 1e5, INF],
    [0, 0, 1],
    [-0, -0, 1],
    [1e6, -1e6 - 746, 0],
    [1e6, -1e6 + 710, INF],
  ])("%d and %d gives %d", (x, y, expected) => {
    // A number and its opposite leave the rounding of two significands.
    if (expected === 1) expect(expOfSum(x, y)).toBeCloseTo(1, 14);
    else expect(expOfSum(x, y)).toBe(expected);
    expect(expOfSum(y, x)).toBe(expOfSum(x, y));
  });

  it.each([
    [2, 2.2],
    [3, 3.1],
    [4, 4],
  ])("of %d addends is within %d ulp, whatever their size", (count, bound) => {
    for (const size of [40, 250, 6e3, 8e6]) {
      const sums = scattered(`sum ${size}`, -745, 709, 400);
      const parts = Array.from({ length: count - 1 }, (_, i) => scattered(`part ${i} ${size}`, -size, size, 400));
      for (const [i, sum] of sums.entries()) {
        const rest = parts.map((p) => p[i]!);
        const first = sum - rest.reduce((a, b) => a + b);
        expect(ulpError(expOfSum(first, ...rest), exactOfSum(first, ...rest))).toBeLessThanOrEqual(bound);
      }
    }
  });

  it("is as good where the sum cannot be written", () => {
    // Beside a million, what is added to 700 is lost.
    const addends = [1e6, 700 + 2 ** -43, -1e6, 2 ** -60];
    expect(ulpError(expOfSum(...addends), exactOfSum(...addends))).toBeLessThanOrEqual(4);
    const rounded = exp(addends.reduce((a, b) => a + b));
    expect(ulpError(rounded, exactOfSum(...addends))).toBeGreaterThan(900);
  });
});
