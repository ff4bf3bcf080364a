import { describe, expect, test } from "vitest";
import { type OrderStatistics, quantile, quantileStandardError } from "./quantile.ts";
import { fakeUniform } from "./testing/fake-blocks.ts";

function sample(...values: number[]): OrderStatistics {
  const sorted = Float64Array.from(values).sort();
  return { n: sorted.length, at: (rank) => sorted[rank]!, errorAt: () => 0 };
}

describe("quantile", () => {
  // By hand from Hyndman and Fan's definition 7: rank (n - 1) p of the sorted sample.
  test.each([
    [[7], 0.025, 7],
    [[1, 2], 0.25, 1.25],
    [[10, 0, 30, 20], 0.5, 15],
    [[10, 0, 30, 20], 0.9, 27],
    [[1, 2, 3, 4, 5], 0.75, 4],
    [[1, 2, 3, 4, 5], 1, 5],
  ])("of %j at %d is %d", (values, p, expected) => {
    expect(quantile(sample(...values), p)).toBeCloseTo(expected, 14);
  });

  test("of no values is NaN", () => {
    expect(quantile(sample(), 0.5)).toBeNaN();
  });
});

describe("quantileStandardError", () => {
  test("of evenly spaced values is that of a uniform sample, sqrt(p (1 - p) / n)", () => {
    const n = 1001;
    const even = sample(...Array.from({ length: n }, (_, i) => i / (n - 1)));
    for (const p of [0.025, 0.1, 0.5, 0.9]) {
      expect(quantileStandardError(even, p)).toBeCloseTo(Math.sqrt((p * (1 - p)) / n), 12);
    }
  });

  test("is not known for fewer than two values, and 0 if all are equal", () => {
    expect(quantileStandardError(sample(4), 0.5)).toBeNaN();
    expect(quantileStandardError(sample(4, 4, 4), 0.025)).toBe(0);
  });

  // An exponential sample, by -ln(1 - u); the true quantile at p is -ln(1 - p).
  test.each([
    [0.5, 200, 0.93, 0.97],
    [0.1, 200, 0.92, 0.98],
    [0.975, 1000, 0.92, 0.98],
  ])(
    "at %d of %d values: plus and minus 1.96 of it holds the true quantile about 95 %% of the time",
    (p, n, low, high) => {
      const repetitions = 1000;
      const truth = -Math.log(1 - p);
      let held = 0;
      for (let repetition = 0; repetition < repetitions; repetition++) {
        const values = Array.from({ length: n }, (_, i) => -Math.log(1 - fakeUniform(repetition, i)));
        const drawn = sample(...values);
        if (Math.abs(quantile(drawn, p) - truth) <= 1.96 * quantileStandardError(drawn, p)) held++;
      }
      expect(held / repetitions).toBeGreaterThan(low);
      expect(held / repetitions).toBeLessThan(high);
    },
  );
});
