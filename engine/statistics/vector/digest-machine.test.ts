import fc from "fast-check";
import { describe, expect, test } from "vitest";
import wabt from "wabt";
import { binOf, KNOTS, placeKnots } from "../bins.ts";
import type { ContrastDigest } from "../contrast-digest.ts";
import { setMoments } from "../moments.ts";
import type { SavedShape } from "./digest-layout.ts";
import { DigestMachine, type ReadKnots } from "./digest-machine.ts";
import { digestCode } from "./digest-module.ts";

/** Numbers that come often together, so that there are ties, and those at the ends of double precision. */
const special = fc.constantFrom(
  0,
  -0,
  1,
  2,
  -1,
  Number.MIN_VALUE,
  -Number.MIN_VALUE,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
);
const plain = fc.double({ noNaN: true, noDefaultInfinity: true, min: -10, max: 10 });
const value = fc.oneof(
  { weight: 8, arbitrary: plain },
  { weight: 2, arbitrary: fc.integer({ min: -3, max: 3 }) },
  special,
);
const finite = fc.oneof(plain, fc.integer({ min: -3, max: 3 }), fc.constantFrom(0, 1e300, -1e300, 1e-310));

const cases = fc
  .record({
    draws: fc.integer({ min: 1, max: 33 }),
    lanes: fc.constantFrom(1, 2, 4, 8, 32),
    rows: fc.integer({ min: 1, max: 3 }),
    cells: fc.integer({ min: 1, max: 3 }),
  })
  .chain((sizes) => {
    const all = sizes.rows * sizes.cells * Math.ceil(sizes.draws / sizes.lanes) * sizes.lanes;
    return fc.record({
      shape: fc.constant<SavedShape>({ ...sizes, contrastCells: sizes.rows * sizes.cells }),
      values: fc.tuple(
        fc.array(value, { minLength: all, maxLength: all }),
        fc.array(value, { minLength: all, maxLength: all }),
      ),
      firstBlock: fc.array(finite, { maxLength: 40 }),
      // All draws often, and some of them.
      counted: fc.oneof(
        fc.constant(Array.from({ length: sizes.draws }, (_, draw) => draw)),
        fc.subarray(
          Array.from({ length: sizes.draws }, (_, draw) => draw),
          { minLength: 1 },
        ),
      ),
    });
  });

/** The machine with rows in it, values as [group][row][cell][lane] of both sides. */
function loaded(shape: SavedShape, values: readonly (readonly number[])[]): DigestMachine {
  const { draws, lanes, rows, cells, contrastCells } = shape;
  const places = Array.from({ length: contrastCells }, (_, i) => ({ row: i % rows, cell: Math.floor(i / rows) }));
  const machine = new DigestMachine(shape, new WebAssembly.Module(digestCode(shape)), places);
  for (const side of [0, 1] as const)
    for (let from = 0, at = 0; from < draws; from += lanes)
      for (let row = 0; row < rows; row++, at += cells * lanes)
        machine.takeRow(side, from, row, Float64Array.from(values[side]!.slice(at, at + cells * lanes)));
  return machine;
}

function emptyContrast({ contrastCells }: SavedShape, draws: number): Required<ContrastDigest> {
  const numbers = () => new Float64Array(contrastCells);
  return {
    mean: numbers(),
    squares: numbers(),
    minimum: numbers().fill(Number.POSITIVE_INFINITY),
    maximum: numbers().fill(Number.NEGATIVE_INFINITY),
    positive: numbers(),
    bins: new Uint8Array(contrastCells * draws),
    draws,
  };
}

const reading =
  (knots: Float64Array): ReadKnots =>
  (firstCell, out) =>
    out.set(knots.subarray(firstCell * KNOTS, firstCell * KNOTS + out.length));

describe("the digest on vectors", () => {
  test("has the bits of the scalar one", () => {
    fc.assert(
      fc.property(cases, fc.boolean(), ({ shape, values, firstBlock, counted }, isDifference) => {
        const machine = loaded(shape, values);
        const knots = new Float64Array(shape.contrastCells * KNOTS);
        for (let cell = 0; cell < shape.contrastCells; cell++)
          placeKnots(Float64Array.from(firstBlock.slice(cell)).sort(), knots, cell * KNOTS);
        const draws = Int32Array.from(counted);
        const found = emptyContrast(shape, shape.draws);
        machine.takeContrast(1, isDifference, draws, reading(knots), found);

        const expected = emptyContrast(shape, shape.draws);
        const ofCell = new Float64Array(draws.length);
        for (let cell = 0; cell < shape.contrastCells; cell++) {
          machine.valuesOf(cell, 1, isDifference, draws, ofCell);
          setMoments(expected, cell, ofCell, draws.length);
          for (const x of ofCell) {
            if (x < expected.minimum[cell]!) expected.minimum[cell] = x;
            if (x > expected.maximum[cell]!) expected.maximum[cell] = x;
            if (isDifference && x > 0) expected.positive[cell]! += 1;
          }
          const bins = found.bins.subarray(cell * shape.draws, cell * shape.draws + draws.length);
          if (expected.minimum[cell] !== expected.maximum[cell])
            expect([...bins]).toEqual(Array.from(ofCell, (x) => binOf(knots, cell * KNOTS, x)));
        }
        // toEqual tells NaN and -0 apart from other numbers.
        expect({ ...found, bins: 0 }).toEqual({ ...expected, bins: 0 });
      }),
      { numRuns: 400 },
    );
  });

  test("a value that is not finite raises suspicion, and so does a sum beyond double precision", () => {
    const shape = { draws: 4, lanes: 4, rows: 1, cells: 1, contrastCells: 1 };
    const suspect = (...values: number[]) =>
      loaded(shape, [values, values]).takeContrast(
        0,
        false,
        Int32Array.of(0, 1, 2, 3),
        reading(new Float64Array(KNOTS)),
        emptyContrast(shape, 4),
      );
    expect(suspect(1, 2, 3, 4)).toBe(false);
    expect(suspect(1, 2, Number.NaN, 4)).toBe(true);
    expect(suspect(1, 2, 3, Number.POSITIVE_INFINITY)).toBe(true);
    expect(suspect(1e308, 1e308, 0, 0)).toBe(true);
  });

  test("wabt finds the module valid", async () => {
    const { readWasm } = await wabt();
    const module = readWasm(digestCode({ draws: 32, lanes: 4, rows: 2, cells: 3, contrastCells: 6 }), { simd: true });
    expect(() => module.validate()).not.toThrow();
    expect(module.toText({})).toContain("f64x2.div");
  });
});
