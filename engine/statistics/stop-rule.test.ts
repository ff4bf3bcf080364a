import { expect, test } from "vitest";
import type { BlockResult } from "../ensemble/block-result.ts";
import { createSummary } from "./ensemble-summary.ts";
import { quantile, quantileStandardError } from "./quantile.ts";
import { applyStopRule, LEAST_DRAWS, parseStopRule, type StopRule } from "./stop-rule.ts";
import { fakeBlocks, fakeCatalog, fakeUniform, oneCellCatalog } from "./testing/fake-blocks.ts";

test.each([
  ["urbanization_rate@2035 p50 se < 0.1", { indicator: "urbanization_rate", key: "", time: 2035, p: 0.5, limit: 0.1 }],
  [
    "城镇化率[昆明, 城镇]@2030.5 p97.5 se<1e-3",
    { indicator: "城镇化率", key: "昆明|城镇", time: 2030.5, p: 0.975, limit: 0.001 },
  ],
] as const)("%s", (text, rule) => {
  expect(parseStopRule(text)).toEqual(rule);
});

test.each([
  "x p50 se < 0.1",
  "x@2035 q50 se < 0.1",
  "x@2035 p0 se < 0.1",
  "x@2035 p100 se < 1",
  "x@y p50 se < 1",
  "x@2035 p50 se < -1",
])("%s is no rule", (text) => {
  expect(parseStopRule(text)).toBeNull();
});

test.each([
  [{ indicator: "incomes" }, "indicators: population, income, share"],
  [{ indicator: "share", key: "lijiang" }, "elements of share: kunming, qujing, 昭通"],
  [{ time: 2040 }, "times: 2020 to 2023"],
])("a rule for %o names what there is", (change, known) => {
  const rule: StopRule = { indicator: "income", key: "", time: 2023, p: 0.5, limit: 0.1, ...change };
  expect(applyStopRule(rule, fakeCatalog())).toBe(known);
});

test.each([undefined, 0])(
  "enough draws: at the first block after which the error is below the limit (budget %s)",
  (budget) => {
    const catalog = fakeCatalog();
    const isEnough = applyStopRule({ indicator: "share", key: "昭通", time: 2023, p: 0.5, limit: 0.04 }, catalog);
    if (typeof isEnough === "string") throw new Error(isEnough);
    const summary = createSummary(catalog, 2000, budget);
    const stops = fakeBlocks(catalog, 1, 2000, 50).map((block) => {
      summary.addBlock(block);
      return isEnough(summary);
    });
    // the last cell of each contrast is 昭通 in 2023.
    const errors = [0, 1, 2].map((scenario) => quantileStandardError(summary.sampleOf(scenario * 20 + 19), 0.5));
    expect(Math.max(...errors)).toBeLessThan(0.04);
    expect(stops.at(-1)).toBe(true);
    expect(stops.indexOf(true)).toBeGreaterThan(LEAST_DRAWS / 50 - 1);
  },
);

/** One scalar indicator at one time that is exponential with mean 1, so that its median is ln 2. */
function exponentialBlock(repetition: number, number: number): BlockResult {
  const first = 32 * number;
  return {
    block: number,
    firstDraw: first,
    draws: 32,
    tables: [Float64Array.from({ length: 32 }, (_, i) => -Math.log(1 - fakeUniform(repetition, first + i)))],
    failed: new Uint8Array(32),
    failures: [],
    drawValues: new Float64Array(0),
    identityResiduals: new Float64Array(0),
  };
}

test("an ensemble that a rule stops states a slightly too small error: its interval holds the median in 92 to 95 of 100", () => {
  const catalog = oneCellCatalog(1);
  // Reached at about 400 draws.
  const isEnough = applyStopRule({ indicator: "income", key: "", time: 2020, p: 0.5, limit: 0.05 }, catalog);
  if (typeof isEnough === "string") throw new Error(isEnough);
  let held = 0;
  for (let repetition = 0; repetition < 1000; repetition++) {
    const summary = createSummary(catalog, 3200);
    let number = 0;
    do summary.addBlock(exponentialBlock(repetition, number++));
    while (!isEnough(summary));
    const sample = summary.sampleOf(0);
    if (Math.abs(quantile(sample, 0.5) - Math.LN2) <= 1.96 * quantileStandardError(sample, 0.5)) held += 1;
  }
  expect(held / 1000).toBeGreaterThan(0.92);
  expect(held / 1000).toBeLessThan(0.95);
});
