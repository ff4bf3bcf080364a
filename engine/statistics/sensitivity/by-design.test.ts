import { describe, expect, test } from "vitest";
import type { BlockResult } from "../../ensemble/block-result.ts";
import { buildCatalog } from "../../ensemble/build-catalog.ts";
import { createBlockRunner, planFactors } from "../../ensemble/factor-plan.ts";
import { planEnsemble } from "../../ensemble/plan.ts";
import { createBlockRunner as createRunner } from "../../ensemble/run-block.ts";
import { goodModel } from "../../testing/compile-text.ts";
import { designedSensitivity } from "./by-design.ts";
import { DesignRows } from "./design-rows.ts";

/** The function of Ishigami and Homma (1990) with a = 7, b = 0.1, and beside it a stock that shocks move. */
const MODEL = `model: {name: t, time: {start: 0, stop: 4, step: 1, save: 1, unit: year}}
dimensions: {place: {elements: [north, south]}}
parameters:
  x1: {value: 0, unit: "1", distribution: "uniform(-3.141592653589793, 3.141592653589793)"}
  x2: {value: 0, unit: "1", distribution: "uniform(-3.141592653589793, 3.141592653589793)"}
  x3: {value: 0, unit: "1", distribution: "uniform(-3.141592653589793, 3.141592653589793)"}
  pair[place]: {value: 0, unit: "1", distribution: "uniform(-1, 1)"}
noise:
  shock: {process: normal, sd: 1, unit: "1"}
auxiliaries:
  y: {equation: sin(x1) + 7 * sin(x2)^2 + 0.1 * x3^4 * sin(x1), unit: "1", indicator: end}
  spread: {equation: "pair[north] + 2 * pair[south]", unit: "1", indicator: end}
  noisy: {equation: x1 + 3 * shock, unit: "1", indicator: end}
  constant: {equation: 0.1 * 3, unit: "1", indicator: end}
scenarios: {base: {}}
`;

function planned(rows: number) {
  const { model, program } = goodModel(MODEL);
  const catalog = buildCatalog(model, "h");
  const ensemble = planEnsemble(model, program, catalog, { seed: 2, draws: 2 * rows });
  return { catalog, ensemble, plan: planFactors(ensemble) };
}

test("a parameter is one factor with all its elements", () => {
  expect(planned(16).plan.factors).toEqual([
    { name: "x1", columns: [0] },
    { name: "x2", columns: [1] },
    { name: "x3", columns: [2] },
    { name: "pair", columns: [3, 4] },
  ]);
});

test("the runs A and B of a row are runs of the ensemble", () => {
  const { ensemble, plan } = planned(32);
  const [own, other] = [createRunner(ensemble)(0), createRunner(ensemble)(1)];
  for (const row of [0, 5]) {
    const block = createBlockRunner(plan)(row);
    for (const indicator of [0, 1, 2]) {
      const of = (tables: Float64Array, draws: number, draw: number) => [
        ...tables.subarray((indicator * draws + draw) * 5, (indicator * draws + draw + 1) * 5),
      ];
      expect(of(block.tables[0]!, 6, 0)).toEqual(of(own.tables[0]!, 32, row));
      expect(of(block.tables[0]!, 6, 5)).toEqual(of(other.tables[0]!, 32, row));
    }
  }
});

describe("indices", () => {
  const rows = 3000;
  const { catalog, plan } = planned(rows);
  const runRow = createBlockRunner(plan);
  const blocks = Array.from({ length: rows }, (_, row) => runRow(row));
  const outputs = ["y", "spread", "noisy", "constant"].map((indicator) => ({ indicator, key: "", time: 4 }));
  const rowsOf = (some: readonly BlockResult[]) => {
    const kept = new DesignRows(catalog, outputs);
    for (const block of some) kept.add(block);
    return kept;
  };
  const found = designedSensitivity(plan.factors, rowsOf(blocks), 1);
  const effect = (output: number, factor: string) => found[output]!.effects.find((e) => e.factor === factor)!;

  // Saltelli et al. (2008), "Global Sensitivity Analysis: The Primer".
  test.each([
    ["x1", 0.3139, 0.5576],
    ["x2", 0.4424, 0.4424],
    ["x3", 0, 0.2437],
    ["pair", 0, 0],
  ])("of %s for the function of Ishigami and Homma: %f and %f", (factor, first, total) => {
    const { first: s, total: t } = effect(0, factor);
    expect(Math.abs(s.value - first)).toBeLessThan(0.05);
    expect(Math.abs(t.value - total)).toBeLessThan(0.05);
    expect(s.low - 0.02).toBeLessThan(first);
    expect(s.high + 0.02).toBeGreaterThan(first);
  });

  test("of elements that are one factor: all of the variance", () => {
    expect(effect(1, "pair").first.value).toBeCloseTo(1, 1);
    expect(effect(1, "pair").total.value).toBeCloseTo(1, 1);
  });

  test("beside shocks: what shocks do is nobody's", () => {
    // Variances: π² / 3 and 9.
    const share = Math.PI ** 2 / 3 / (Math.PI ** 2 / 3 + 9);
    expect(Math.abs(effect(2, "x1").first.value - share)).toBeLessThan(0.05);
    expect(Math.abs(effect(2, "x1").total.value - share)).toBeLessThan(0.05);
    expect(effect(2, "x2").total.value).toBe(0);
  });

  test("of an output that does not vary: none", () => {
    expect(found[3]!.effects).toEqual([]);
  });

  test("a row with a failed run is left out whole; too few rows are told", () => {
    const some = blocks
      .slice(0, 20)
      .map((block, i) => (i === 3 ? { ...block, failed: block.failed.map((_, l) => (l === 2 ? 1 : 0)) } : block));
    expect(designedSensitivity(plan.factors, rowsOf(some), 1)[0]!.rows).toBe(19);
    expect(() => designedSensitivity(plan.factors, rowsOf(some.slice(0, 16)), 1)).toThrow(
      "too few rows without a failed run: 15",
    );
  });
});
