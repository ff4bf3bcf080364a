import { describe, expect, it } from "vitest";
import { reference, ulpError } from "./reference.ts";
import { largestError, scattered } from "./sampled-error.ts";
import { tanh } from "./tanh.ts";

describe("tanh", () => {
  it.each([
    [0, 0],
    [-0, -0],
    [5e-324, 5e-324],
    [Number.POSITIVE_INFINITY, 1],
    [Number.NEGATIVE_INFINITY, -1],
    [1e300, 1],
    [-25, -1],
    [Number.NaN, Number.NaN],
  ])("of %d is %d", (x, expected) => {
    expect(tanh(x)).toBe(expected);
  });

  it.each([
    [-4, 4],
    [-0.001, 0.001],
    [4, 30],
  ])("is within 1.41 ulp from %d to %d", (low, high) => {
    const { ulp } = largestError(tanh, reference.tanh, scattered("tanh", low, high, 1500));
    expect(ulp).toBeLessThanOrEqual(1.41);
  });

  it("is within 1.41 ulp at the worst inputs found", () => {
    for (const x of [-0.5645315913868059]) expect(ulpError(tanh(x), reference.tanh(x))).toBeLessThanOrEqual(1.41);
  });
});
