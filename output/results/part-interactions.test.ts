import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { openResults } from "./open-results.ts";
import { interactionOf, partInteractions } from "./part-interactions.ts";
import { readCells, readDraws } from "./read-runs.ts";
import { temporaryFolder, writeFakeResults } from "./testing/write-fake-results.ts";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));

it("is what the whole adds to its parts, draw by draw", () => {
  const reference = Float64Array.of(1, 2, 3, 4);
  const parts = [Float64Array.of(2, 3, 4, Number.NaN), Float64Array.of(3, 4, 5, 6)];
  // The parts add 1 and 2; the whole adds 3 and then 0, 10, 20.
  const whole = Float64Array.of(4, 15, 26, 7);
  expect(interactionOf(reference, whole, parts)).toEqual({ n: 3, mean: 10, low: 2, high: 18 });
});

it("is nothing where every draw has failed", () => {
  const failed = Float64Array.of(Number.NaN);
  expect(interactionOf(failed, failed, [failed, failed])).toEqual({
    n: 0,
    mean: Number.NaN,
    low: Number.NaN,
    high: Number.NaN,
  });
});

it("has no spread where effects only add up", () => {
  const effects = fc.record({
    reference: fc.integer({ min: -1000, max: 1000 }),
    a: fc.integer({ min: -50, max: 50 }),
    b: fc.integer({ min: -50, max: 50 }),
  });
  fc.assert(
    fc.property(fc.array(effects, { minLength: 1, maxLength: 20 }), (draws) => {
      const of = (value: (draw: (typeof draws)[number]) => number) => Float64Array.from(draws, value);
      const found = interactionOf(
        of(({ reference }) => reference),
        of(({ reference, a, b }) => reference + a + b),
        [of(({ reference, a }) => reference + a), of(({ reference, b }) => reference + b)],
      );
      expect(found).toEqual({ n: draws.length, mean: 0, low: 0, high: 0 });
    }),
  );
});

it("is read out of the runs of a folder", async () => {
  const results = openResults(writeFakeResults({ folder: join(folder, "runs"), draws: 32 }));
  const cell = { indicator: "share", key: "qujing", time: 2022 };
  const [found] = await partInteractions(results, { whole: "plan", parts: ["low", "baseline"] }, [cell]);
  const { draws } = await readDraws(results.folder, results.manifest);
  const [plan, low] = await readCells(results.folder, results.catalog, results.manifest, draws, [
    { ...cell, scenario: "plan" },
    { ...cell, scenario: "low" },
  ]);
  const both = Array.from(plan!, (value, draw) => value - low![draw]!).filter((value) => !Number.isNaN(value));
  expect(found!.n).toBeGreaterThan(20);
  expect(found!.n).toBeLessThanOrEqual(both.length);
  expect(found!.low).toBeLessThanOrEqual(found!.mean);
  expect(found!.high).toBeGreaterThanOrEqual(found!.mean);
});
