/**
 * How far quantiles of histograms are from those of the draws, in Monte Carlo errors of the latter, by hand: `node tests/batch/histogram-error.ts`.
 * 100,000 draws of a normal and of a log-normal distribution, ten seeds, the seven quantiles of every summary.
 */
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import { exp, normalQuantile } from "../../engine/numerics/index.ts";
import { createSummary } from "../../engine/statistics/ensemble-summary.ts";
import { fakeUniform, oneCellCatalog } from "../../engine/statistics/testing/fake-blocks.ts";

const DRAWS = 100_000;
const SEEDS = 10;
const DISTRIBUTIONS: readonly (readonly [name: string, quantile: (u: number) => number])[] = [
  ["normal", (u) => normalQuantile(u)],
  ["log-normal", (u) => exp(normalQuantile(u))],
];
const catalog: Catalog = { ...oneCellCatalog(1), targets: [] };

/** The summary of one cell, exact or (with a budget of 0) in a histogram. */
function summarise(quantile: (u: number) => number, seed: number, blockDraws: number, budget: number) {
  const summary = createSummary(catalog, DRAWS, budget);
  for (let firstDraw = 0, block = 0; firstDraw < DRAWS; firstDraw += blockDraws, block++) {
    const draws = Math.min(blockDraws, DRAWS - firstDraw);
    const values = Float64Array.from({ length: draws }, (_, i) => quantile(fakeUniform(seed, firstDraw + i)));
    const empty = { failures: [], drawValues: new Float64Array(0), identityResiduals: new Float64Array(0) };
    summary.addBlock({ block, firstDraw, draws, tables: [values], failed: new Uint8Array(draws), ...empty });
  }
  return summary.finish().rows;
}

for (const [name, quantile] of DISTRIBUTIONS) {
  for (const blockDraws of [16, 32, 64, 128]) {
    const errors: number[] = [];
    for (let seed = 0; seed < SEEDS; seed++) {
      const exact = summarise(quantile, seed, blockDraws, 8 * DRAWS);
      const sketch = summarise(quantile, seed, blockDraws, 0);
      for (const [i, values] of exact.quantiles.entries()) {
        errors.push(Math.abs(sketch.quantiles[i]![0]! - values[0]!) / exact.quantilesSe[i]![0]!);
      }
    }
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const text = `mean ${mean.toFixed(2)}  largest ${Math.max(...errors).toFixed(1)}`;
    process.stdout.write(`${name.padEnd(11)} ${String(blockDraws).padStart(3)} draws a block  ${text}\n`);
  }
}
