/** Whether errors from replicates are right: a Latin hypercube and a function of it whose mean and median are known, many times over. */
import { expect, test } from "vitest";
import type { BlockResult } from "../ensemble/block-result.ts";
import type { Catalog } from "../ensemble/catalog.ts";
import { uniformSource } from "../ensemble/designs/design.ts";
import { streamOf } from "../numerics/index.ts";
import { createSummary } from "./ensemble-summary.ts";
import { oneCellCatalog } from "./testing/fake-blocks.ts";

const REPLICATES = 8;
const DRAWS = 8 * 20;
const BLOCK = 32;
const catalog = oneCellCatalog(1);
const replicated: Catalog = { ...catalog, replicates: REPLICATES };

/** A sum of a uniform number and the square of another: mean 5/6. */
function blocks(seed: number): BlockResult[] {
  const design = { kind: "latin-hypercube", size: DRAWS / REPLICATES, replicates: REPLICATES } as const;
  const [a, b] = ["a", "b"].map((name, dimension) =>
    uniformSource(design, { seed, stream: streamOf(name), dimension }),
  );
  return Array.from({ length: DRAWS / BLOCK }, (_, block) => ({
    block,
    firstDraw: block * BLOCK,
    draws: BLOCK,
    tables: [Float64Array.from({ length: BLOCK }, (_, i) => a!(block * BLOCK + i) + b!(block * BLOCK + i) ** 2)],
    failed: new Uint8Array(BLOCK),
    failures: [],
    drawValues: new Float64Array(0),
    identityResiduals: new Float64Array(0),
  }));
}

function rowsOf(of: Catalog, parts: readonly BlockResult[]) {
  const summary = createSummary(of, DRAWS);
  for (const part of parts) summary.addBlock(part);
  return summary.finish().rows;
}

test("the interval of the mean, by Student's t, holds the true value in 93 to 97 of 100; that of independent draws always", () => {
  // The 97.5 % quantile with 7 degrees of freedom.
  const t = 2.3646;
  const held = { replicates: 0, independent: 0 };
  for (let seed = 0; seed < 600; seed++) {
    const parts = blocks(seed);
    const rows = rowsOf(replicated, parts);
    if (Math.abs(rows.mean[0]! - 5 / 6) <= t * rows.meanSe[0]!) held.replicates += 1;
    const plain = rowsOf(catalog, parts);
    expect(plain.mean[0]).toBe(rows.mean[0]);
    if (Math.abs(plain.mean[0]! - 5 / 6) <= 1.96 * plain.meanSe[0]!) held.independent += 1;
  }
  expect(held.replicates / 600).toBeGreaterThan(0.93);
  expect(held.replicates / 600).toBeLessThan(0.97);
  expect(held.independent).toBe(600);
});

test("the error of the median is about the spread of medians over seeds", () => {
  const medians: number[] = [];
  let squares = 0;
  for (let seed = 0; seed < 400; seed++) {
    const rows = rowsOf(replicated, blocks(seed));
    medians.push(rows.quantiles[3]![0]!);
    squares += rows.quantilesSe[3]![0]! ** 2;
  }
  const centre = medians.reduce((sum, m) => sum + m, 0) / medians.length;
  const spread = Math.sqrt(medians.reduce((sum, m) => sum + (m - centre) ** 2, 0) / (medians.length - 1));
  expect(Math.sqrt(squares / 400) / spread).toBeGreaterThan(0.8);
  expect(Math.sqrt(squares / 400) / spread).toBeLessThan(1.2);
});

test("errors do not depend on the order of blocks, and leave out runs that failed", () => {
  const parts = blocks(1).map((block, i) =>
    i === 2 ? { ...block, failed: block.failed.map((_, l) => (l < 9 ? 1 : 0)) } : block,
  );
  const rows = rowsOf(replicated, parts);
  expect(rows.n[0]).toBe(DRAWS - 9);
  expect(rowsOf(replicated, parts.toReversed())).toEqual(rows);
});

test("with fewer than four replicates errors are those of independent draws", () => {
  const parts = blocks(1);
  expect(rowsOf({ ...catalog, replicates: 2 }, parts)).toEqual(rowsOf(catalog, parts));
});
