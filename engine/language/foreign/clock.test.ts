import fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../../../tests/tools/property-seed.ts";
import { commonStep, simplest } from "./clock.ts";

describe("the simplest fraction of a step", () => {
  test.each([
    [1, 1, 1],
    [0.1, 1, 10],
    [0.0625, 1, 16],
    [1 / 3, 1, 3],
    [0.33333, 33333, 100000],
    [2.5, 5, 2],
    [1 / 365, 1, 365],
    [0.0078125, 1, 128],
  ])("%d = %d / %d", (x, numerator, denominator) => expect(simplest(x)).toEqual({ numerator, denominator }));

  test("the common step of two is the largest that both are multiples of", () => {
    const step = commonStep({ numerator: 1, denominator: 2 }, { numerator: 1, denominator: 3 });
    expect(step).toEqual({ numerator: 1, denominator: 6 });
    expect(commonStep({ numerator: 3, denominator: 1 }, { numerator: 3, denominator: 4 })).toEqual({
      numerator: 3,
      denominator: 4,
    });
  });

  test("any fraction that people write comes back", () => {
    const whole = fc.integer({ min: 1, max: 2000 });
    fc.assert(
      fc.property(whole, whole, (n, d) => {
        const { numerator, denominator } = simplest(n / d);
        expect(numerator * d).toBe(denominator * n);
      }),
    );
  });
});
