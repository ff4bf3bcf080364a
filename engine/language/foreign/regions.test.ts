import fc from "fast-check";
import { describe, expect, test } from "vitest";
import "../../../tests/tools/property-seed.ts";
import { forEachCell, productsWhere, wholeProduct } from "./regions.ts";

describe("productsWhere", () => {
  test("rows that are the same are joined", () => {
    expect(productsWhere(wholeProduct([3, 2]), [3, 2], (cell) => cell !== 2)).toEqual([
      [
        [0, 2],
        [0, 1],
      ],
      [[1], [1]],
    ]);
  });

  test("every cell that passes is in one product, and no other", () => {
    const cells = fc.uniqueArray(fc.integer({ min: 0, max: 23 }));
    fc.assert(
      fc.property(cells, (chosen) => {
        const seen: number[] = [];
        for (const product of productsWhere(wholeProduct([2, 3, 4]), [2, 3, 4], (cell) => chosen.includes(cell)))
          forEachCell(product, [2, 3, 4], (cell) => seen.push(cell));
        expect(seen.sort((a, b) => a - b)).toEqual(chosen.sort((a, b) => a - b));
      }),
    );
  });
});
