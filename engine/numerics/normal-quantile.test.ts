import { describe, expect, it } from "vitest";
import { normalQuantile } from "./normal-quantile.ts";
import { scattered } from "./sampled-error.ts";

describe("normalQuantile", () => {
  // The first three are the check values of Wichura (1988); the others were computed with 60 digits.
  it.each([
    [0.25, -0.6744897501960818],
    [0.001, -3.0902323061678136],
    [1e-20, -9.262340089798407],
    [0.4, -0.2533471031357997],
    [0.3, -0.5244005127080408],
    [0.075, -1.439531470938456],
    [0.07499999999999, -1.4395314709385265],
    [0.01, -2.326347874040841],
    [1e-5, -4.264890793922825],
    [1e-10, -6.361340902404057],
    [1.3887943864964e-11, -6.657904643501104],
    [1e-12, -7.034483825301132],
    [1e-50, -14.933337534788489],
    [1e-100, -21.273453560965326],
    [1e-200, -30.20559417957964],
    [1e-300, -37.0470962993612],
  ])("of %d is %d to 1e-15", (u, expected) => {
    expect(Math.abs(normalQuantile(u) / expected - 1)).toBeLessThan(1e-15);
  });

  it.each([
    [0.5, 0],
    [0, Number.NEGATIVE_INFINITY],
    [-0, Number.NEGATIVE_INFINITY],
    [1, Number.POSITIVE_INFINITY],
    [-1e-9, Number.NaN],
    [1.0000000000000002, Number.NaN],
    [Number.NaN, Number.NaN],
  ])("of %d is %d", (u, expected) => {
    expect(normalQuantile(u)).toBe(expected);
  });

  it("is antisymmetric about ½, exactly, where 1 - u is exact", () => {
    for (const u of scattered("symmetry", 0.5, 1, 2000)) expect(normalQuantile(1 - u)).toBe(-normalQuantile(u));
  });

  it("does not decrease", () => {
    const points = Float64Array.from(scattered("order", 0, 1, 3000)).sort();
    const values = points.map(normalQuantile);
    expect(values).toEqual(Float64Array.from(values).sort());
  });
});
