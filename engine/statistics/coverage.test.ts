/** Whether the errors that summaries state are right: 1,000 ensembles of a model whose answers are known. */
import { describe, expect, test } from "vitest";
import type { BlockResult } from "../ensemble/block-result.ts";
import type { Catalog } from "../ensemble/catalog.ts";
import { createSummary } from "./ensemble-summary.ts";
import { fakeCatalog, fakeUniform, oneCellCatalog } from "./testing/fake-blocks.ts";

const REPETITIONS = 1000;
const DRAWS = 192;
const BLOCK = 32;

/** One scalar indicator at one time, under two scenarios, and the target that it is at least 1. */
const catalog: Catalog = { ...oneCellCatalog(2), targets: [{ ...fakeCatalog().targets[0]!, threshold: 1 }] };

/** The first scenario is exponential with mean 1; the second is larger by a number that is uniform on (0, 0.2). */
function block(repetition: number, number: number): BlockResult {
  const tables = new Float64Array(2 * BLOCK);
  for (let i = 0; i < BLOCK; i++) {
    const draw = number * BLOCK + i;
    tables[i] = -Math.log(1 - fakeUniform(repetition, draw, 1));
    tables[BLOCK + i] = tables[i]! + 0.2 * fakeUniform(repetition, draw, 2);
  }
  const empty = { failures: [], drawValues: new Float64Array(0), identityResiduals: new Float64Array(0) };
  return {
    block: number,
    firstDraw: number * BLOCK,
    draws: BLOCK,
    tables: [tables],
    failed: new Uint8Array(2 * BLOCK),
    ...empty,
  };
}

/** Share of the repetitions in which each interval holds what is true. */
function coverage(exactBudget: number | undefined): Record<string, number> {
  const held = { mean: 0, difference: 0, median: 0, differenceMedian: 0, target: 0 };
  const meets = Math.exp(-1);
  for (let repetition = 0; repetition < REPETITIONS; repetition++) {
    const summary = createSummary(catalog, DRAWS, exactBudget);
    for (let number = 0; number < DRAWS / BLOCK; number++) summary.addBlock(block(repetition, number));
    const { rows, targets } = summary.finish();
    // Row 0: the first scenario; row 2: the difference of the second from it.
    const isWithin = (row: number, value: number, error: number, truth: number) =>
      Math.abs(value - truth) <= 1.96 * error && rows.n[row] === DRAWS ? 1 : 0;
    held.mean += isWithin(0, rows.mean[0]!, rows.meanSe[0]!, 1);
    held.difference += isWithin(2, rows.mean[2]!, rows.meanSe[2]!, 0.1);
    held.median += isWithin(0, rows.quantiles[3]![0]!, rows.quantilesSe[3]![0]!, Math.LN2);
    held.differenceMedian += isWithin(2, rows.quantiles[3]![2]!, rows.quantilesSe[3]![2]!, 0.1);
    held.target += targets.shareLow[0]! <= meets && meets <= targets.shareHigh[0]! ? 1 : 0;
  }
  return Object.fromEntries(Object.entries(held).map(([name, count]) => [name, count / REPETITIONS]));
}

describe.each([
  ["exact", undefined],
  ["histogram", 0],
] as const)("of 1,000 ensembles with %s summaries", (_, exactBudget) => {
  const shares = coverage(exactBudget);

  test.each(Object.keys(shares))("the 95 %% interval of the %s holds the true value in 93 to 97 of 100", (name) => {
    expect(shares[name]).toBeGreaterThan(0.93);
    expect(shares[name]).toBeLessThan(0.97);
  });
});
