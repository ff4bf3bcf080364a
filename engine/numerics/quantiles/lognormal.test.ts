import { expect, it } from "vitest";
import { exp } from "../exp.ts";
import { ln } from "../log.ts";
import { normalQuantile } from "../normal-quantile.ts";
import { scattered } from "../sampled-error.ts";
import { quantileLognormal } from "./lognormal.ts";

it.each([
  [0.5, 0, 1, 1],
  [0, 0, 1, 0],
  [1, 0, 1, Number.POSITIVE_INFINITY],
  [0.2, 2, 0, exp(2)],
  [1.5, 0, 1, Number.NaN],
])("the %d-quantile of lognormal(%d, %d) is %d", (u, mu, sigma, expected) => {
  expect(quantileLognormal(u, mu, sigma)).toBe(expected);
});

it("has a normal logarithm", () => {
  for (const u of scattered("lognormal", 0, 1, 1000)) {
    expect(ln(quantileLognormal(u, 0.3, 0.5))).toBeCloseTo(0.3 + 0.5 * normalQuantile(u), 14);
  }
});

it("refuses a negative sigma", () => {
  expect(() => quantileLognormal(0.5, 0, -1)).toThrow(RangeError);
});
