import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { normalQuantile } from "../numerics/normal-quantile.ts";
import { ensembleCrps, normalCrps } from "./crps.ts";

describe("the score of an ensemble", () => {
  it.each([
    [[3], 5, 2],
    [[5, 5, 5], 5, 0],
    // E|X - y| = 1, E|X - X'| = 1.
    [[0, 2], 1, 0.5],
    // E|X - y| = (1 + 0 + 3) / 3; the pairs 0-1, 1-4 and 0-4, each twice, give E|X - X'| = 16 / 9.
    [[0, 1, 4], 1, 4 / 3 - 8 / 9],
  ])("of %j for %d is %d", (draws, observed, score) => {
    expect(ensembleCrps(Float64Array.from(draws), observed)).toBeCloseTo(score, 14);
  });

  it("equals the mean over all pairs", () => {
    const numbers = fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(numbers, fc.double({ min: -100, max: 100, noNaN: true }), (draws, y) => {
        const n = draws.length;
        const near = draws.reduce((sum, x) => sum + Math.abs(x - y), 0) / n;
        const pairs = draws.flatMap((a) => draws.map((b) => Math.abs(a - b))).reduce((sum, d) => sum + d, 0) / n / n;
        expect(ensembleCrps(Float64Array.from(draws).sort(), y)).toBeCloseTo(near - pairs / 2, 9);
      }),
    );
  });
});

describe("the score of a normal distribution", () => {
  it("at its mean is (sqrt 2 - 1) / sqrt pi deviations", () => {
    expect(normalCrps(7, 3, 7)).toBeCloseTo((3 * (Math.SQRT2 - 1)) / Math.sqrt(Math.PI), 14);
  });

  it("without spread is the absolute error", () => {
    expect(normalCrps(7, 0, 4.5)).toBe(2.5);
  });

  it.each([-2, 0, 0.7, 3])("is that of its own quantiles as an ensemble, at %d", (y) => {
    const n = 20_000;
    const draws = Float64Array.from({ length: n }, (_, i) => normalQuantile((i + 0.5) / n));
    expect(ensembleCrps(draws, y)).toBeCloseTo(normalCrps(0, 1, y), 3);
  });
});
