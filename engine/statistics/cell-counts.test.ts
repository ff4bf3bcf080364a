import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BINS } from "./bins.ts";
import { CellCounts } from "./cell-counts.ts";
import { copyState } from "./summary-state.ts";

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

function expectSums(counts: CellCounts, all: readonly (readonly [number, number, number])[]): void {
  const cells = new Set(all.map(([cell]) => cell));
  for (const cell of [0, 1, 2, 600, CELLS - 1]) expect(counts.has(cell)).toBe(cells.has(cell));
  for (const cell of cells) {
    const expected = new Array(BINS).fill(0);
    for (const [at, bin, count] of all) if (at === cell) expected[bin] += count;
    expect([...counts.of(cell)]).toEqual(expected);
  }
}

describe("counts of cells", () => {
  test("are the sums of what was added, however wide they have become", () => {
    fc.assert(fc.property(additions, (all) => expectSums(counted(all), all)));
  });

  test("go on after they were saved", () => {
    fc.assert(
      fc.property(additions, additions, (before, after) => {
        const restored = new CellCounts(CELLS);
        restored.restore(copyState(counted(before).save()));
        expectSums(counted(after, restored), [...before, ...after]);
      }),
    );
  });

  test("one by one, from a list of bins", () => {
    const counts = new CellCounts(2);
    const bins = Uint8Array.from({ length: 700 }, (_, i) => (i < 600 ? 7 : 9));
    counts.addAll(1, bins, 100, 700);
    expect([counts.of(1)[7], counts.of(1)[9], counts.has(0)]).toEqual([500, 100, false]);
  });

  test("take one byte, then two, then four", () => {
    const bytes = [200, 60_000, 70_000].map((count) => {
      const counts = new CellCounts(CELLS);
      for (let cell = 0; cell < CELLS; cell++) counts.add(cell, 3, count);
      return counts.bytes / (CELLS * BINS);
    });
    // Of 1,300 cells in arrays of 512, the last array is half empty, and one of the narrower width is left beside.
    expect(bytes[0]).toBeLessThan(1.3);
    expect(bytes[1]).toBeLessThan(2 * 1.2 + 0.5);
    expect(bytes[2]).toBeLessThan(4 * 1.2 + 1.3);
    expect(new CellCounts(CELLS).bytes).toBe(4 * CELLS);
  });
});
