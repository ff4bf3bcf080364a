import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as quantiles from "../../numerics/index.ts";
import { streamOf } from "../../numerics/index.ts";
import { correlateNormal } from "../correlate.ts";
import { checkDesign, type Design, uniformSource } from "./design.ts";
import { keyedPermutation, PERMUTATION_KEYS } from "./keyed-permutation.ts";
import { coarse, keyedWords } from "./keyed-words.ts";
import { sobolDirections } from "./sobol.ts";

const key = (seed: number) => keyedWords(seed, streamOf("key"), 0, PERMUTATION_KEYS);
const numbers = (design: Design, name: string, dimension: number, count: number, seed = 1): number[] => {
  const source = uniformSource(design, { seed, stream: streamOf(name), dimension });
  return Array.from({ length: count }, (_, d) => source(d));
};
/** How many of the numbers lie in each of `cells` equal parts of (0, 1). */
const counts = (values: readonly number[], cells: number): number[] => {
  const found = new Array<number>(cells).fill(0);
  for (const u of values) found[Math.floor(u * cells)]!++;
  return found;
};

describe("the keyed permutation", () => {
  it("has every place once, for any size and key", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.nat(), (size, seed) => {
        const at = keyedPermutation(size, key(seed));
        return new Set(Array.from({ length: size }, (_, i) => at(i))).size === size;
      }),
      { numRuns: 200 },
    );
  });

  it("stays in range for the largest size", () => {
    const at = keyedPermutation(2 ** 31, key(3));
    const some = [0, 1, 2, 12345, 2 ** 31 - 1].map(at);
    expect(new Set(some).size).toBe(5);
    for (const place of some) expect(place >= 0 && place < 2 ** 31).toBe(true);
  });

  it("sends each place everywhere alike: χ² of 4000 keys below its quantile of 1 - 1e-7", () => {
    for (const size of [5, 10, 16]) {
      const square = new Array<number>(size * size).fill(0);
      for (let seed = 0; seed < 4000; seed++) {
        const at = keyedPermutation(size, key(seed));
        for (let i = 0; i < size; i++) square[i * size + at(i)]!++;
      }
      const expected = 4000 / size;
      const chi = square.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
      // (size - 1)² degrees of freedom; Wilson and Hilferty's approximation of the quantile at 5.2 standard deviations.
      const freedom = (size - 1) ** 2;
      expect(chi).toBeLessThan(freedom * (1 - 2 / (9 * freedom) + 5.2 * Math.sqrt(2 / (9 * freedom))) ** 3);
    }
  });
});

describe("latin hypercube", () => {
  it("has one draw in each stratum, in every replicate", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(),
        (size, replicates, seed) => {
          const all = numbers({ kind: "latin-hypercube", size, replicates }, "x", 0, size * replicates, seed);
          return Array.from({ length: replicates }, (_, r) => counts(all.slice(r * size, (r + 1) * size), size)).every(
            (c) => c.every((n) => n === 1),
          );
        },
      ),
    );
  });

  it("pairs coordinates at random: correlations of 1000 draws within 5 standard errors of zero", () => {
    const design: Design = { kind: "latin-hypercube", size: 1000, replicates: 1 };
    const columns = Array.from({ length: 20 }, (_, i) => numbers(design, `x${i}`, i, 1000));
    for (const [i, a] of columns.entries()) {
      for (const b of columns.slice(0, i)) {
        const product = a.reduce((sum, u, d) => sum + (u - 0.5) * (b[d]! - 0.5), 0) / 1000;
        expect(Math.abs(product * 12)).toBeLessThan(5 / Math.sqrt(1000));
      }
    }
  });

  it("gives other numbers in another replicate, and with another seed", () => {
    const design: Design = { kind: "latin-hypercube", size: 50, replicates: 2 };
    const all = numbers(design, "x", 0, 100);
    expect(all.slice(0, 50)).not.toEqual(all.slice(50));
    expect(numbers(design, "x", 0, 100, 2)).not.toEqual(all);
  });
});

describe("sobol", () => {
  // 32-bit points 0, 1, 2, 3, 5, 100, 1000 and 123456 without scrambling, from SciPy 1.17.1 (`qmc.Sobol`).
  it.each([
    [0, [0, 2147483648, 1073741824, 3221225472, 2684354560, 637534208, 398458880, 38240256]],
    [1, [0, 2147483648, 3221225472, 1073741824, 536870912, 3321888768, 692060160, 1935245312]],
    [2, [0, 2147483648, 3221225472, 1073741824, 3758096384, 2986344448, 1933574144, 3395780608]],
    [9, [0, 2147483648, 1073741824, 3221225472, 1610612736, 4261412864, 524288000, 2238021632]],
    [100, [0, 2147483648, 3221225472, 1073741824, 3758096384, 3053453312, 2822766592, 2550497280]],
    [500, [0, 2147483648, 3221225472, 1073741824, 536870912, 570425344, 3997171712, 2987884544]],
    [1023, [0, 2147483648, 1073741824, 3221225472, 536870912, 1845493760, 507510784, 2502000640]],
  ])("has the points of Joe and Kuo in dimension %s", (dimension, expected) => {
    const directions = sobolDirections(dimension);
    const point = (index: number): number => {
      let x = 0;
      for (let rest = index, k = 0; rest > 0; rest >>>= 1, k++) if (rest & 1) x ^= directions[k]!;
      return x >>> 0;
    };
    expect([0, 1, 2, 3, 5, 100, 1000, 123456].map(point)).toEqual(expected);
  });

  it("scrambled, has one of the first 2^k draws in each of 2^k equal intervals, in any dimension and with any seed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1023 }), fc.nat(), (k, dimension, seed) => {
        const design: Design = { kind: "sobol", size: 2 ** k, replicates: 1 };
        return counts(numbers(design, "x", dimension, 2 ** k, seed), 2 ** k).every((n) => n === 1);
      }),
    );
  });

  it("scrambled, fills every elementary rectangle of area 2^-8 once in the first two dimensions", () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 0, max: 8 }), (seed, k) => {
        const design: Design = { kind: "sobol", size: 256, replicates: 1 };
        const [x, y] = [numbers(design, "x", 0, 256, seed), numbers(design, "y", 1, 256, seed)];
        const cells = x.map((u, d) => Math.floor(u * 2 ** k) * 2 ** (8 - k) + Math.floor(y[d]! * 2 ** (8 - k)));
        return new Set(cells).size === 256;
      }),
    );
  });

  it("scrambled, has a first draw that is uniform over seeds: χ² of 20 parts and 4000 seeds below its quantile of 1 - 1e-7", () => {
    const first = Array.from(
      { length: 4000 },
      (_, seed) => numbers({ kind: "sobol", size: 8, replicates: 1 }, "x", 5, 1, seed)[0]!,
    );
    const chi = counts(first, 20).reduce((sum, n) => sum + (n - 200) ** 2 / 200, 0);
    expect(chi).toBeLessThan(69.78);
  });

  it("integrates a smooth function of 10 dimensions far better than independent draws: error of 4096 draws below 2e-4", () => {
    const integral = (kind: Design["kind"]): number => {
      const columns = Array.from({ length: 10 }, (_, i) =>
        numbers({ kind, size: 4096, replicates: 1 }, `x${i}`, i, 4096),
      );
      let sum = 0;
      for (let d = 0; d < 4096; d++) sum += columns.reduce((product, c) => product * (1 + 0.5 * (c[d]! - 0.5)), 1);
      return sum / 4096;
    };
    expect(Math.abs(integral("sobol") - 1)).toBeLessThan(2e-4);
    expect(Math.abs(integral("monte-carlo") - 1)).toBeGreaterThan(2e-4);
  });

  it("refuses more dimensions than there are direction numbers for", () => {
    const design: Design = { kind: "sobol", size: 8, replicates: 1 };
    expect(() => checkDesign(design, 1025)).toThrow("too many uncertain numbers for sobol: 1025 (at most 1024)");
  });
});

describe("every design", () => {
  it.each(["monte-carlo", "latin-hypercube", "sobol"] as const)(
    "%s: numbers lie strictly inside (0, 1) and do not depend on the order",
    (kind) => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 100 }), fc.nat(), (size, seed) => {
          const design: Design = { kind, size, replicates: 2 };
          const all = numbers(design, "x", 3, 2 * size, seed);
          const source = uniformSource(design, { seed, stream: streamOf("x"), dimension: 3 });
          for (let d = 2 * size - 1; d >= 0; d--) if (source(d) !== all[d]) return false;
          return all.every((u) => u > 0 && u < 1);
        }),
      );
    },
  );

  it("the extremes of every design's arithmetic lie strictly inside (0, 1), and all quantiles are finite there", () => {
    const [first, last] = [coarse(0), coarse(1 - 2 ** -53)];
    // A Sobol' point is (word + within) / 2^32, a Latin hypercube's (stratum + within) / size.
    const extremes = [1, 3, 1000, 2 ** 31 - 1, 2 ** 32].flatMap((size) => [first / size, (size - 1 + last) / size]);
    for (const u of [2 ** -53, 1 - 2 ** -53, ...extremes]) {
      expect(u > 0 && u < 1, `${u}`).toBe(true);
      const values = [
        quantiles.quantileUniform(u, -1, 3),
        quantiles.quantileTriangular(u, 0, 1, 2),
        quantiles.quantileTriangular(u, 0, 0, 2),
        quantiles.quantileTriangular(u, 0, 2, 2),
        quantiles.quantileNormal(u, 0, 1),
        quantiles.quantileTruncatedNormal(u, 0, 1, -2, Number.POSITIVE_INFINITY),
        quantiles.quantileTruncatedNormal(u, 0, 1, Number.NEGATIVE_INFINITY, 2),
        quantiles.quantileLognormal(u, 0, 1),
        quantiles.quantileBeta(u, 0.5, 3),
        quantiles.quantilePert(u, 0, 1, 4),
        quantiles.quantileGamma(u, 0.5, 2),
      ];
      expect(values.filter((x) => !Number.isFinite(x))).toEqual([]);
    }
  });

  it("correlated numbers stay strictly inside (0, 1), where all members are extreme too", () => {
    const inside = fc.constantFrom(2 ** -53, 2 ** -40, 0.5, 1 - 2 ** -40, 1 - 2 ** -53);
    fc.assert(
      fc.property(inside, inside, fc.double({ min: -0.999, max: 0.999, noNaN: true }), (a, b, r) => {
        const uniforms = Float64Array.of(a, b);
        correlateNormal({ columns: [0, 1], factor: [[1], [r, Math.sqrt(1 - r * r)]] }, uniforms, 0);
        return uniforms.every((u) => u > 0 && u < 1);
      }),
    );
  });

  it("needs draws that the replicates can share", () => {
    expect(() => checkDesign({ kind: "sobol", size: 100 / 3, replicates: 3 }, 1)).toThrow("not a multiple");
  });
});
