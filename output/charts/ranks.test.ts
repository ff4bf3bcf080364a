import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankValues } from "./ranks.ts";

const value = (element: string, q10: number, q50: number, q90: number) => ({ element, time: 2035, q10, q50, q90 });

describe("rankValues", () => {
  it("ranks by the median, largest first", () => {
    const ranked = rankValues([value("a", 1, 2, 3), value("b", 4, 5, 6)]);
    expect(ranked.map(({ element, rank }) => [element, rank])).toEqual([
      ["b", 1],
      ["a", 2],
    ]);
  });

  it("leaves open the ranks of elements whose bands overlap", () => {
    const ranked = rankValues([value("a", 1, 2, 5), value("b", 4, 5, 6), value("c", 10, 11, 12)]);
    expect(ranked.map(({ element, best, worst }) => [element, best, worst])).toEqual([
      ["c", 1, 1],
      ["b", 2, 3],
      ["a", 2, 3],
    ]);
  });

  it("has the rank within its reach", () => {
    const band = fc.tuple(fc.integer(), fc.nat(1000), fc.nat(1000));
    fc.assert(
      fc.property(fc.array(band, { minLength: 1, maxLength: 16 }), (bands) => {
        const values = bands.map(([low, first, second], i) => value(String(i), low, low + first, low + first + second));
        for (const { rank, best, worst } of rankValues(values)) {
          expect(best).toBeLessThanOrEqual(rank);
          expect(worst).toBeGreaterThanOrEqual(rank);
        }
      }),
    );
  });
});
