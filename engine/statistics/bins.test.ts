import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BINS, binOf, lowerEdge, middlePart, upperEdge } from "./bins.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });

describe("bins", () => {
  test("the middle part is an eighth wider than the first block on either side", () => {
    expect(middlePart(8, 24)).toEqual({ low: 6, width: 20 / 128 });
    expect([6, 6.1, 16, 25.9, 26].map((value) => binOf(6, 20 / 128, value))).toEqual([25, 25, 89, 152, 153]);
  });

  test("a value lies between the edges of its bin, up to rounding", () => {
    fc.assert(
      fc.property(finite, finite, finite, (a, b, value) => {
        const { low, width } = middlePart(Math.min(a, b), Math.max(a, b));
        const bin = binOf(low, width, value);
        const slack = 1e-9 * (Math.abs(low) + Math.abs(value) + 128 * width);
        expect(bin).toBeGreaterThanOrEqual(0);
        expect(bin).toBeLessThan(BINS);
        expect(lowerEdge(low, width, bin)).toBeLessThanOrEqual(value + slack);
        expect(upperEdge(low, width, bin)).toBeGreaterThanOrEqual(value - slack);
      }),
    );
  });

  test("a larger value never has a lower bin", () => {
    fc.assert(
      fc.property(finite, finite, finite, finite, (a, b, x, y) => {
        const { low, width } = middlePart(Math.min(a, b), Math.max(a, b));
        expect(binOf(low, width, Math.min(x, y))).toBeLessThanOrEqual(binOf(low, width, Math.max(x, y)));
      }),
    );
  });

  test("edges rise from minus to plus infinity without gaps", () => {
    const { low, width } = middlePart(0, 1);
    const edges = Array.from({ length: BINS }, (_, bin) => lowerEdge(low, width, bin));
    expect(edges[0]).toBe(Number.NEGATIVE_INFINITY);
    expect(upperEdge(low, width, BINS - 1)).toBe(Number.POSITIVE_INFINITY);
    for (let bin = 1; bin < BINS; bin++) expect(edges[bin]! > edges[bin - 1]!).toBe(true);
  });

  test("a first block of one value gives that value a bin of its own", () => {
    const { low, width } = middlePart(3, 3);
    expect([2, 3, 4].map((value) => binOf(low, width, value))).toEqual([0, 25, BINS - 1]);
    expect([lowerEdge(low, width, 25), upperEdge(low, width, 25)]).toEqual([3, 3]);
  });
});
