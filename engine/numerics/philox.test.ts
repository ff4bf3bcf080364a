import { describe, expect, it } from "vitest";
import { fillUniform, philox4x32, uniform } from "./philox.ts";
import { streamOf } from "./stream.ts";

const DRAWS = 100_000;

function draws(name: string, index = 0): Float64Array {
  const out = new Float64Array(DRAWS);
  fillUniform(out, 7, streamOf(name), 0, index);
  return out;
}

const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Correlation of two samples of uniform numbers, whose variance is 1/12. */
function correlation(a: Float64Array, b: Float64Array): number {
  return 12 * mean(a.map((value, i) => (value - 0.5) * (b[i]! - 0.5)));
}

describe("Philox 4x32-10", () => {
  // Random123's known-answer file (kat_vectors), "philox4x32 10".
  it.each([
    {
      counter: [0, 0, 0, 0],
      key: [0, 0],
      expected: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    },
    {
      counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      key: [0xffffffff, 0xffffffff],
      expected: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    },
    {
      counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      key: [0xa4093822, 0x299f31d0],
      expected: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    },
  ] as const)("gives the published answer for counter $counter", ({ counter, key, expected }) => {
    expect(philox4x32([...counter], [...key])).toEqual(expected);
  });
});

describe("uniform", () => {
  it.each([
    [0, "a", 0, 0, 0.8533326436833643],
    [1, "a", 0, 0, 0.9828856472038804],
    [-1, "a", 0, 0, 0.902700138679969],
    [2 ** 40 + 1, "a", 0, 0, 0.40357597456856464],
    [1, "b", 0, 0, 0.7870034023198674],
    [1, "a", 1, 0, 0.6394312711123175],
    [1, "a", 0, 1, 0.8303566112907318],
    [1, "a", 0, -1, 0.8737285709839159],
    [20260101, "long_run_fertility", 4294967295, 2147483647, 0.5204458450806441],
  ])(
    "of seed %d, stream %s, draw %d, index %d is the value it has always been",
    (seed, name, draw, index, expected) => {
      expect(uniform(seed, streamOf(name), draw, index)).toBe(expected);
    },
  );

  it("is the first two words of the block, 26 bits of each", () => {
    const stream = streamOf("words");
    const [w0, w1] = philox4x32([stream.lo, stream.hi, 5, 6], [9, 0]);
    expect(uniform(9, stream, 5, 6)).toBe(((w0 >>> 6) * 2 ** 26 + (w1 >>> 6) + 0.5) / 2 ** 52);
  });

  it("fills an array with the same numbers", () => {
    const out = new Float64Array(50);
    fillUniform(out, 3, streamOf("fill"), 1000, 4);
    expect([...out]).toEqual(Array.from(out, (_, i) => uniform(3, streamOf("fill"), 1000 + i, 4)));
  });

  it("stays strictly between 0 and 1 and on the grid (k + ½) / 2^52", () => {
    for (const u of draws("grid")) {
      expect(u > 0 && u < 1).toBe(true);
      expect(Number.isInteger(u * 2 ** 52 - 0.5)).toBe(true);
    }
  });

  it("has mean ½ and variance 1/12, within five standard errors", () => {
    const u = draws("moments");
    // The standard error of the mean is √(1/12 n), that of the variance √(1/180 n).
    expect(Math.abs(mean(u) - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / (12 * DRAWS)));
    expect(Math.abs(mean(u.map((x) => (x - 0.5) ** 2)) - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / (180 * DRAWS)));
  });

  it("falls into 256 bins evenly: chi-square within five standard deviations of its mean", () => {
    for (const scale of [256, 2 ** 20, 2 ** 40]) {
      const bins = new Float64Array(256);
      // With the larger scales, the bin is made of eight bits further down.
      for (const u of draws(`bins${scale}`)) bins[Math.floor(u * scale) % 256]! += 1;
      const expected = DRAWS / 256;
      const chiSquare = bins.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
      expect(Math.abs(chiSquare - 255)).toBeLessThan(5 * Math.sqrt(2 * 255));
    }
  });

  it("is uncorrelated between neighbouring draws, indices, streams and seeds", () => {
    const base = draws("x[1]");
    const nextDraw = base.map((_, i) => base[(i + 1) % DRAWS]!);
    const nextSeed = new Float64Array(DRAWS);
    fillUniform(nextSeed, 8, streamOf("x[1]"), 0, 0);
    for (const other of [nextDraw, draws("x[1]", 1), draws("x[2]"), draws("y[1]"), nextSeed]) {
      // The standard error of a correlation of independent samples is 1/√n.
      expect(Math.abs(correlation(base, other))).toBeLessThan(5 / Math.sqrt(DRAWS));
    }
  });

  it.each([0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])("refuses the seed %d", (seed) => {
    expect(() => uniform(seed, streamOf("a"), 0, 0)).toThrow(RangeError);
  });
});
