import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { BlockResult } from "../ensemble/block-result.ts";
import { BINS } from "./bins.ts";
import { createSummary, type EnsembleSummary, restoreSummary } from "./ensemble-summary.ts";
import { quantile } from "./quantile.ts";
import { planSummary } from "./summary-method.ts";
import type { EnsembleStatistics } from "./summary-rows.ts";
import { copyState } from "./summary-state.ts";
import { fakeBlocks, fakeCatalog, fakeUniform, fakeValue } from "./testing/fake-blocks.ts";
import { summaryPages } from "./testing/memory-pages.ts";

const catalog = fakeCatalog();
const probabilities = catalog.quantiles.map((percent) => percent / 100);
const DRAWS = 90;
const blocks = fakeBlocks(catalog, 1, DRAWS, 8);
/** Cells of a contrast: two scalars and one indicator of three places, at four save times. */
const CONTRAST_CELLS = 20;

/** Budgets that lead to the two methods; histograms in memory and in pages. */
const methods = [
  ["exact", undefined, () => undefined],
  ["histogram", 0, () => undefined],
  ["histogram", 0, summaryPages],
] as const;

type Pages = (typeof methods)[number][2];

function summaryOf(parts: readonly BlockResult[], budget?: number, pages?: Pages): EnsembleSummary {
  const summary = createSummary(catalog, DRAWS, budget, pages?.());
  for (const block of parts) summary.addBlock(block);
  return summary;
}

/** All numbers of the statistics, bit by bit. */
function bits(statistics: EnsembleStatistics): string {
  const { rows, targets } = statistics;
  const arrays = [
    rows.n,
    rows.mean,
    rows.meanSe,
    ...rows.quantiles,
    ...rows.quantilesSe,
    rows.pPositive,
    rows.varianceReduction,
    rows.sketchError,
    targets.share,
    targets.shareLow,
    targets.first,
    statistics.identityResiduals,
  ];
  const hex = (array: Float64Array | Int32Array) =>
    Array.from(new Uint32Array(array.buffer, array.byteOffset, array.byteLength / 4), (word) => word.toString(16)).join(
      " ",
    );
  return [...arrays.map(hex), JSON.stringify(statistics.runs)].join("\n");
}

/** Whether a made-up run failed. */
function isFailed(scenario: number, draw: number): boolean {
  const block = blocks[Math.floor(draw / 8)]!;
  return block.failed[scenario * block.draws + (draw % 8)] === 1;
}

/** What the cell (income, time) of a scenario holds, or its difference from the baseline, straight from the made-up values. */
function incomes(scenario: number, reference: number, time: number): number[] {
  const values: number[] = [];
  for (let draw = 0; draw < DRAWS; draw++) {
    if (isFailed(scenario, draw) || (reference >= 0 && isFailed(reference, draw))) continue;
    const level = fakeValue(1, 0, 1, scenario, draw, time, 0);
    values.push(reference < 0 ? level : level - fakeValue(1, 0, 1, reference, draw, time, 0));
  }
  return values.sort((a, b) => a - b);
}

describe.each(methods)("a summary by the method %s", (method, budget, pages) => {
  const whole = summaryOf(blocks, budget, pages).finish();

  test("is of that method", () => {
    expect(whole.method).toBe(method);
  });

  test("has the same bits for any order of blocks and any split between merged summaries", () => {
    const expected = bits(whole);
    const split = fc
      .shuffledSubarray(
        blocks.map((_, i) => i),
        { minLength: blocks.length },
      )
      .chain((order) =>
        fc.tuple(fc.constant(order), fc.array(fc.nat(3), { minLength: order.length, maxLength: order.length })),
      );
    fc.assert(
      fc.property(split, ([order, owners]) => {
        const parts = [0, 1, 2, 3].map((owner) =>
          summaryOf(
            order.filter((_, i) => owners[i] === owner).map((block) => blocks[block]!),
            budget,
            pages,
          ),
        );
        const [first, ...others] = parts;
        for (const other of others) first!.merge(other);
        expect(bits(first!.finish())).toBe(expected);
      }),
      { numRuns: 30 },
    );
  });

  test("finish may be called before more is added", () => {
    const summary = summaryOf(blocks.slice(0, 5), budget, pages);
    summary.finish();
    for (const block of blocks.slice(5)) summary.addBlock(block);
    expect(bits(summary.finish())).toBe(bits(whole));
  });

  test("a block that is added twice, or held by both sides of a merge, is an error", () => {
    const summary = summaryOf(blocks.slice(0, 4), budget, pages);
    expect(() => summary.addBlock(blocks[2]!)).toThrow("block 2 is added twice");
    expect(() => summary.merge(summaryOf(blocks.slice(3, 6), budget, pages))).toThrow("block 3 is added twice");
  });

  test("means, their errors and n are those of the runs that did not fail, pairs without either failure", () => {
    for (const [contrast, scenario, reference] of [
      [0, 0, -1],
      [2, 2, -1],
      [3, 1, 0],
    ] as const) {
      for (const time of [0, 3]) {
        const values = incomes(scenario, reference, time);
        const row = contrast * CONTRAST_CELLS + 4 + time;
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
        expect(whole.rows.n[row]).toBe(values.length);
        expect(whole.rows.mean[row]).toBeCloseTo(mean, 13);
        expect(whole.rows.meanSe[row]).toBeCloseTo(Math.sqrt(variance / values.length), 13);
        const positive = values.filter((value) => value > 0).length / values.length;
        expect(whole.rows.pPositive[row]).toBe(reference < 0 ? Number.NaN : positive);
      }
    }
  });

  test("rows name scenario, reference, indicator, key and time", () => {
    const { rows } = whole;
    expect(rows.length).toBe(5 * CONTRAST_CELLS);
    const row = 4 * CONTRAST_CELLS + 8 + 1 * 4 + 2;
    expect([rows.scenario[row], rows.reference[row], rows.indicator[row], rows.key[row], rows.time[row]]).toEqual([
      2, 0, 2, 1, 2022,
    ]);
  });

  test("targets: share of runs, and runs that meet it for the first time", () => {
    const { targets } = whole;
    const runs = Array.from({ length: DRAWS }, (_, draw) => draw).filter((draw) => !isFailed(1, draw));
    const isMet = (draw: number, time: number) => fakeValue(1, 0, 1, 1, draw, time, 0) >= 2;
    for (const time of [0, 1, 2, 3]) {
      const row = (1 * 2 + 0) * 4 + time;
      const met = runs.filter((draw) => isMet(draw, time));
      const first = met.filter((draw) => ![0, 1, 2, 3].slice(0, time).some((earlier) => isMet(draw, earlier)));
      expect([targets.scenario[row], targets.target[row], targets.time[row]]).toEqual([1, 0, 2020 + time]);
      expect([targets.n[row], targets.share[row], targets.first[row]]).toEqual([
        runs.length,
        met.length / runs.length,
        first.length,
      ]);
    }
    expect(targets.first.some((count) => count > 0)).toBe(true);
  });

  test("runs and failures of each scenario, and the largest residual of each identity", () => {
    const failed = [0, 1, 2].map(
      (scenario) => Array.from({ length: DRAWS }, (_, draw) => draw).filter((draw) => isFailed(scenario, draw)).length,
    );
    expect(whole.runs).toEqual(failed.map((count) => ({ runs: DRAWS, failed: count })));
    expect([...whole.identityResiduals]).toEqual([Math.max(...blocks.map((block) => block.identityResiduals[0]!))]);
  });

  test("a value that is not finite in a run that is not marked as failed is an error that names it", () => {
    const block = blocks[0]!;
    const values = block.tables[0]!.slice();
    // Table 0 is [indicator, scenario, draw, time]: income, scenario 1, draw 2, time 3.
    values[(1 * 3 + 1) * 8 * 4 + 2 * 4 + 3] = Number.POSITIVE_INFINITY;
    const bad = { ...block, tables: [values, block.tables[1]!] };
    expect(() => summaryOf([bad], budget, pages)).toThrow(
      'block 0: scenario "plan", draw 2: "income" is Infinity, but',
    );
  });

  test("with no block, or with failed runs only, rows are there and their numbers are not", () => {
    const failed = blocks.map((block) => ({ ...block, failed: new Uint8Array(block.failed.length).fill(1) }));
    for (const statistics of [summaryOf([], budget, pages).finish(), summaryOf(failed, budget, pages).finish()]) {
      const { rows, targets } = statistics;
      expect(rows.n.every((n) => n === 0)).toBe(true);
      for (const column of [rows.mean, rows.meanSe, rows.quantiles[3]!, rows.quantilesSe[3]!, targets.share]) {
        expect(column.every(Number.isNaN)).toBe(true);
      }
    }
  });
});

describe("quantiles", () => {
  const exact = summaryOf(blocks).finish().rows;
  const sketch = summaryOf(blocks, 0).finish().rows;

  test("exact: type 7 of the sorted values", () => {
    const values = incomes(1, 0, 3);
    for (const [i, p] of probabilities.entries()) {
      const rank = (values.length - 1) * p;
      const [below, above] = [values[Math.floor(rank)]!, values[Math.ceil(rank)]!];
      const row = 3 * CONTRAST_CELLS + 4 + 3;
      expect(exact.quantiles[i]![row]).toBeCloseTo(below + (rank % 1) * (above - below), 14);
    }
  });

  test("histogram: within the stated error of the exact ones, which is small against the spread", () => {
    const large = fakeBlocks(catalog, 1, 640, 32);
    const kept = summaryOf(large).finish().rows;
    const counted = summaryOf(large, 0).finish().rows;
    for (let row = 0; row < kept.length; row++) {
      const spread = kept.quantiles[6]![row]! - kept.quantiles[0]![row]!;
      const stated = counted.sketchError[row]!;
      expect(stated).toBeLessThanOrEqual(spread / 25);
      for (const [i] of probabilities.entries()) {
        expect(Math.abs(counted.quantiles[i]![row]! - kept.quantiles[i]![row]!)).toBeLessThanOrEqual(
          stated * (1 + 1e-9),
        );
      }
    }
  });

  test("histogram: a shard without block 0 needs the bins that block 0 fixes", () => {
    const shard = summaryOf(blocks.slice(4), 0);
    expect(() => shard.finish()).toThrow("fixed by block 0, which is missing");
    shard.fixBins(blocks[0]!);
    const other = summaryOf(blocks.slice(0, 4), 0);
    shard.merge(other);
    expect(shard.finish().rows.quantiles[3]).toEqual(sketch.quantiles[3]);
  });

  test("histogram: sketches of different first blocks are not merged", () => {
    const other = createSummary(catalog, DRAWS, 0);
    other.fixBins(fakeBlocks(catalog, 2, 8, 8)[0]!);
    expect(() => summaryOf(blocks.slice(0, 2), 0).merge(other)).toThrow("different bins");
  });
});

test("the method depends on cells, draws and budget: 60 levels of 8 bytes a draw", () => {
  expect(planSummary(catalog, 100, 48_000)).toEqual({ method: "exact", bytes: 48_000 });
  expect(planSummary(catalog, 101, 48_000).method).toBe("histogram");
  expect(planSummary(catalog, 10_000_000).bytes).toBe(planSummary(catalog, 100_000_000).bytes);
});

test.each([320, 3_200, 32_000])("histogram: %d draws take no more than the bytes that are stated", (draws) => {
  const blockDraws = 160;
  const summary = createSummary(catalog, draws, 0);
  for (const block of fakeBlocks(catalog, 1, draws, blockDraws)) summary.addBlock(block);
  const all = summary.save().flatMap(({ pieces }) => [...pieces()]);
  const bytes = all.reduce((sum, { byteLength }) => sum + byteLength, 0);
  const cells = 5 * CONTRAST_CELLS;
  const trees = Math.ceil(Math.log2(draws / blockDraws)) + 1;
  // Beside: what does not grow with the cells, and room in the counts of each contrast for a width that came up and is gone.
  const pieces = cells * (BINS * (1 + 2) + 8);
  expect(bytes).toBeLessThan(planSummary(catalog, draws, 0).bytes + trees * 16 * cells + pieces + 4096);
});

test("histogram: quantiles of a skewed distribution differ from the exact ones by less than two Monte Carlo errors", () => {
  // One cell with the values of 1 / u - 1, whose density falls with the square: most values are small, some are large.
  const oneCell = {
    ...catalog,
    saveTimes: [2020],
    scenarios: catalog.scenarios.slice(0, 1),
    tables: [{ ...catalog.tables[0]!, indicators: ["income"] }],
    targets: [],
  };
  const draws = 20_000;
  const rows = [undefined, 0].map((budget) => {
    const summary = createSummary(oneCell, draws, budget);
    for (let block = 0; block < draws / 50; block++) {
      const values = Float64Array.from({ length: 50 }, (_, i) => 1 / (1 - fakeUniform(block, i)) - 1);
      summary.addBlock({
        block,
        firstDraw: block * 50,
        draws: 50,
        tables: [values],
        failed: new Uint8Array(50),
        failures: [],
        drawValues: new Float64Array(100),
        identityResiduals: new Float64Array(1),
      });
    }
    return summary.finish().rows;
  });
  const [exact, sketch] = [rows[0]!, rows[1]!];
  for (const [i] of probabilities.entries()) {
    const difference = Math.abs(sketch.quantiles[i]![0]! - exact.quantiles[i]![0]!);
    expect(difference).toBeLessThan(2 * exact.quantilesSe[i]![0]!);
  }
});

describe.each(methods)("a saved summary by the method %s", (_, budget, pages) => {
  test("goes on with the same bits, wherever it was saved", () => {
    const expected = bits(summaryOf(blocks, budget, pages).finish());
    for (const upTo of [0, 1, 4, blocks.length]) {
      const state = copyState(summaryOf(blocks.slice(0, upTo), budget, pages).save());
      const restored = restoreSummary(catalog, DRAWS, state, budget, pages());
      for (const block of blocks.slice(upTo)) restored.addBlock(block);
      expect(bits(restored.finish())).toBe(expected);
    }
  });

  test("merges with others", () => {
    const expected = bits(summaryOf(blocks, budget, pages).finish());
    const later = createSummary(catalog, DRAWS, budget, pages());
    later.fixBins(blocks[0]!);
    for (const block of blocks.slice(5)) later.addBlock(block);
    const restored = restoreSummary(catalog, DRAWS, copyState(later.save()), budget, pages());
    restored.merge(
      restoreSummary(catalog, DRAWS, copyState(summaryOf(blocks.slice(0, 5), budget, pages).save()), budget, pages()),
    );
    expect(bits(restored.finish())).toBe(expected);
  });

  test("shows the sample of a cell", () => {
    const summary = summaryOf(blocks, budget, pages);
    const { rows } = summary.finish();
    for (const cell of [0, 7, 33, 79, rows.length - 1]) {
      expect(quantile(summary.sampleOf(cell), 0.5)).toBe(rows.quantiles[3]![cell]);
    }
  });
});

test("variance reduction: the variances of both sides, each over its own runs, over that of the difference", () => {
  const { rows } = summaryOf(blocks).finish();
  const variance = (values: number[]) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  };
  for (const time of [1, 3]) {
    // Contrast 3 is plan against baseline; income is the second scalar.
    const expected = (variance(incomes(1, -1, time)) + variance(incomes(0, -1, time))) / variance(incomes(1, 0, time));
    expect(rows.varianceReduction[3 * CONTRAST_CELLS + 4 + time]).toBeCloseTo(expected, 9);
    expect(expected).toBeGreaterThan(2);
    expect(rows.varianceReduction[CONTRAST_CELLS + 4 + time]).toBeNaN();
  }
});

test("variance reduction is not a number where the difference does not vary", () => {
  const same = blocks.map((block) => ({ ...block, tables: block.tables.map((table) => table.map(() => 3)) }));
  const { rows } = summaryOf(same).finish();
  expect([...rows.varianceReduction].every(Number.isNaN)).toBe(true);
});
