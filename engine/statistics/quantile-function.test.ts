import { expect, test } from "vitest";
import { STANDARD_QUANTILES } from "../ensemble/band-presets.ts";
import { sampleOfQuantiles } from "./quantile-function.ts";

test("of a uniform distribution: even values from end to end", () => {
  const sample = sampleOfQuantiles(
    STANDARD_QUANTILES,
    STANDARD_QUANTILES.map((p) => p / 100),
    4,
  );
  for (const [i, value] of [0.125, 0.375, 0.625, 0.875].entries()) expect(sample[i]).toBeCloseTo(value, 12);
});

test("has the quantiles that it was made of", () => {
  const values = [-1.96, -1.28, -0.67, 0, 0.67, 1.28, 1.96];
  const sample = sampleOfQuantiles(STANDARD_QUANTILES, values, 4000);
  for (const [i, percent] of STANDARD_QUANTILES.entries()) {
    expect(sample[Math.round(percent * 40)]).toBeCloseTo(values[i]!, 2);
  }
  expect([...sample].sort((a, b) => a - b)).toEqual([...sample]);
});

test("where no draw counts: no value", () => {
  expect([...sampleOfQuantiles([10, 90], [Number.NaN, Number.NaN], 2)]).toEqual([Number.NaN, Number.NaN]);
});
