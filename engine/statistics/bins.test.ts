import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BINS, binOf, KNOTS, lowerEdge, placeKnots, upperEdge } from "./bins.ts";

function knotsOf(...values: number[]): Float64Array {
  const knots = new Float64Array(KNOTS);
  placeKnots(Float64Array.from(values).sort(), knots, 0);
  return knots;
}

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });
const firstBlocks = fc.array(fc.oneof(finite, fc.integer({ min: 0, max: 3 })), { maxLength: 40 });
/** Math.min and Math.max put -0 below 0; knots, like every comparison of numbers, do not tell them apart. */
const plainZero = (x: number) => (x === 0 ? 0 : x);

/** Bins before the first bin of the middle part, which has 128. */
const MIDDLE = 25;

describe("bins", () => {
  test("evenly spread values give even bins", () => {
    const knots = knotsOf(...Array.from({ length: 33 }, (_, i) => i));
    expect([...knots]).toEqual(Array.from({ length: 17 }, (_, i) => 2 * i));
    expect([0, 0.2, 0.3, 16, 31.9, 32].map((value) => binOf(knots, 0, value) - MIDDLE)).toEqual([
      0, 0, 1, 64, 127, 127,
    ]);
  });

  test("half the bins go by the range, half by the number of values", () => {
    // Eight of nine values lie in the lowest hundredth of the range.
    const knots = knotsOf(0, 1, 2, 3, 4, 5, 6, 7, 700);
    const inDensePart = [...knots].filter((knot) => knot <= 7).length;
    expect(inDensePart).toBe(8);
    expect([...knots].filter((knot) => knot > 7)).toHaveLength(9);
  });

  test("outside the middle part bins grow by a quarter, beginning with the width of the bin beside them", () => {
    const knots = knotsOf(...Array.from({ length: 33 }, (_, i) => i));
    expect([-0.1, -0.25, -0.6, -1e6].map((value) => binOf(knots, 0, value))).toEqual([24, 23, 22, 0]);
    expect([32.1, 32.25, 32.6, 1e6].map((value) => binOf(knots, 0, value))).toEqual([153, 154, 155, BINS - 1]);
  });

  test("knots rise, from the smallest to the largest value", () => {
    fc.assert(
      fc.property(firstBlocks, (values) => {
        fc.pre(values.length > 0);
        const knots = knotsOf(...values);
        expect(plainZero(knots[0]!)).toBe(plainZero(Math.min(...values)));
        expect(plainZero(knots[KNOTS - 1]!)).toBe(plainZero(Math.max(...values)));
        for (let i = 1; i < KNOTS; i++) expect(knots[i]! >= knots[i - 1]!).toBe(true);
      }),
    );
  });

  test("a value lies between the edges of its bin, up to rounding", () => {
    fc.assert(
      fc.property(firstBlocks, fc.oneof(finite, fc.integer({ min: 0, max: 3 })), (values, value) => {
        const knots = knotsOf(...values);
        const bin = binOf(knots, 0, value);
        const slack = 1e-9 * (Math.abs(value) + Math.abs(knots[0]!) + Math.abs(knots[KNOTS - 1]!));
        expect(bin).toBeGreaterThanOrEqual(0);
        expect(bin).toBeLessThan(BINS);
        expect(lowerEdge(knots, 0, bin)).toBeLessThanOrEqual(value + slack);
        expect(upperEdge(knots, 0, bin)).toBeGreaterThanOrEqual(value - slack);
      }),
    );
  });

  test("a larger value never has a lower bin", () => {
    fc.assert(
      fc.property(firstBlocks, finite, finite, (values, x, y) => {
        const knots = knotsOf(...values);
        expect(binOf(knots, 0, Math.min(x, y))).toBeLessThanOrEqual(binOf(knots, 0, Math.max(x, y)));
      }),
    );
  });

  test("edges rise from minus to plus infinity without gaps", () => {
    const knots = knotsOf(0, 0.1, 0.7, 1);
    const edges = Array.from({ length: BINS }, (_, bin) => lowerEdge(knots, 0, bin));
    expect(edges[0]).toBe(Number.NEGATIVE_INFINITY);
    expect(upperEdge(knots, 0, BINS - 1)).toBe(Number.POSITIVE_INFINITY);
    for (let bin = 1; bin < BINS; bin++) expect(edges[bin]! > edges[bin - 1]!).toBe(true);
  });

  test("a first block of one value gives that value a bin of its own", () => {
    const knots = knotsOf(3, 3);
    const bins = [2, 3, 4].map((value) => binOf(knots, 0, value));
    expect([bins[0], bins[2]]).toEqual([0, BINS - 1]);
    expect([lowerEdge(knots, 0, bins[1]!), upperEdge(knots, 0, bins[1]!)]).toEqual([3, 3]);
  });
});
