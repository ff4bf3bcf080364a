import { describe, expect, it } from "vitest";
import { normalCdf, scaledNormalTail } from "./normal-cdf.ts";
import { normalQuantile } from "./normal-quantile.ts";
import { scattered } from "./sampled-error.ts";

describe("normalCdf", () => {
  // Computed with 60 digits.
  it.each([
    [-37, 5.725571222524577e-300],
    [-30, 4.906713927148187e-198],
    [-20, 2.7536241186062337e-89],
    [-10, 7.619853024160525e-24],
    [-5, 2.866515718791939e-7],
    [-3, 0.0013498980316300946],
    [-2, 0.02275013194817921],
    [-1, 0.15865525393145705],
    [-0.5, 0.3085375387259869],
    [-0.1, 0.460172162722971],
    [-1e-10, 0.49999999996010575],
    [0.1, 0.539827837277029],
    [0.5, 0.6914624612740131],
    [1, 0.8413447460685429],
    [2, 0.9772498680518208],
    [3, 0.9986501019683699],
    [5, 0.9999997133484281],
    [8, 0.9999999999999993],
  ])("of %d is %d to 5e-16", (x, expected) => {
    expect(Math.abs(normalCdf(x) / expected - 1)).toBeLessThan(5e-16);
  });

  it.each([
    [0, 0.5],
    [-0, 0.5],
    [Number.NEGATIVE_INFINITY, 0],
    [Number.POSITIVE_INFINITY, 1],
    [-40, 0],
    [40, 1],
    [Number.NaN, Number.NaN],
  ])("of %d is %d", (x, expected) => {
    expect(normalCdf(x)).toBe(expected);
  });

  it("inverts normalQuantile", () => {
    for (const u of scattered("inverse", 0, 1, 2000)) {
      // An error of 2 ulp in the quantile x is worth 2 ulp · |x| φ(x) / Φ(x) here, below 3e-15 for these u.
      expect(Math.abs(normalCdf(normalQuantile(u)) / u - 1)).toBeLessThan(1e-14);
    }
  });

  it("adds up to 1 on both sides", () => {
    for (const x of scattered("sides", -8, 8, 1000)) expect(normalCdf(x) + normalCdf(-x)).toBe(1);
  });
});

describe("scaledNormalTail", () => {
  it("tends to 1 / (√2π x)", () => {
    expect(scaledNormalTail(1e9) * 1e9).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 15);
    expect(scaledNormalTail(Number.POSITIVE_INFINITY)).toBe(0);
  });
});
