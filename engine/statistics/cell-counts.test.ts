import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArrayPool } from "./array-pool.ts";
import { BINS } from "./bins.ts";
import { CellCounts } from "./cell-counts.ts";
import type { NumberArray } from "./summary-state.ts";

const CELLS = 1300;
/** What is counted: the cell, the bin and how many. Few cells and bins, so that counts grow beyond one and two bytes. */
const additions = fc.array(
  fc.tuple(
    fc.constantFrom(0, 1, 600, CELLS - 1),
    fc.constantFrom(0, 90, BINS - 1),
    fc.constantFrom(1, 200, 255, 256, 40_000, 70_000),
  ),
  { maxLength: 30 },
);

function counted(all: readonly (readonly [number, number, number])[], into = new CellCounts(CELLS)): CellCounts {
  for (const [cell, bin, count] of all) into.add(cell, bin, count);
  return into;
}

function countsOf(counts: CellCounts, cell: number): number[] {
  const [array, first] = counts.of(cell);
  return [...array.subarray(first, first + BINS)];
}

function expectSums(counts: CellCounts, all: readonly (readonly [number, number, number])[]): void {
  const cells = new Set(all.map(([cell]) => cell));
  for (const cell of [0, 1, 2, 600, CELLS - 1]) expect(counts.has(cell)).toBe(cells.has(cell));
  for (const cell of cells) {
    const expected = new Array(BINS).fill(0);
    for (const [at, bin, count] of all) if (at === cell) expected[bin] += count;
    expect(countsOf(counts, cell)).toEqual(expected);
  }
}

function bytesOf(counts: CellCounts): number {
  let bytes = 0;
  counts.forEachArray((_, array) => {
    bytes += array.byteLength;
    return array;
  });
  return bytes;
}

describe("counts of cells", () => {
  test("are the sums of what was added, however wide they have become", () => {
    fc.assert(fc.property(additions, (all) => expectSums(counted(all), all)));
  });

  test("go on from copies of their arrays, in arrays that had been used", () => {
    fc.assert(
      fc.property(additions, additions, (before, after) => {
        const pool = new ArrayPool();
        // The pool hands out what others have left behind.
        counted(after, new CellCounts(CELLS, pool)).forEachArray((_, array) => {
          pool.give(array);
          return array;
        });
        const first = counted(before);
        const arrays = new Map<string, NumberArray>();
        first.forEachArray((name, array) => {
          arrays.set(name, array);
          return array;
        });
        const second = new CellCounts(CELLS, pool);
        second.makeRoom(first.used);
        second.forEachArray((name, _, kind, length) => {
          const copy = new kind(length);
          copy.set(arrays.get(name)!);
          return copy;
        });
        expectSums(counted(after, second), [...before, ...after]);
      }),
    );
  });

  test("one by one, from a list of bins", () => {
    const counts = new CellCounts(2);
    const bins = Uint8Array.from({ length: 700 }, (_, i) => (i < 600 ? 7 : 9));
    counts.addAll(1, bins, 100, 700);
    const found = countsOf(counts, 1);
    expect([found[7], found[9], counts.has(0)]).toEqual([500, 100, false]);
  });

  test("take one byte, then two, then four", () => {
    const bytes = [200, 60_000, 70_000].map((count) => {
      const counts = new CellCounts(CELLS);
      for (let cell = 0; cell < CELLS; cell++) counts.add(cell, 3, count);
      return bytesOf(counts) / (CELLS * BINS);
    });
    // Of 1,300 cells in arrays of 512 the last array is half empty.
    const [most, beside] = [1536 / CELLS, 0.1];
    expect(bytes[0]).toBeLessThan(most + beside);
    expect(bytes[1]).toBeLessThan(2 * most + beside);
    expect(bytes[2]).toBeLessThan(4 * most + beside);
    expect(bytesOf(new CellCounts(CELLS))).toBe(4 * CELLS);
  });
});
