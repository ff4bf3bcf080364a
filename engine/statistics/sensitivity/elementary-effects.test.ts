import { describe, expect, test } from "vitest";
import { buildCatalog } from "../../ensemble/build-catalog.ts";
import { createBlockRunner as createFactorRunner, planFactors } from "../../ensemble/factor-plan.ts";
import { createBlockRunner, type MorrisPlan, planMorris, trajectory } from "../../ensemble/morris-plan.ts";
import { planEnsemble } from "../../ensemble/plan.ts";
import { withKernel } from "../../ensemble/plan-kernel.ts";
import { goodModel } from "../../testing/compile-text.ts";
import { DesignRows } from "./design-rows.ts";
import { elementaryEffects } from "./elementary-effects.ts";

const MODEL = `model: {name: t, time: {start: 0, stop: 2, step: 1, save: 1, unit: year}}
dimensions: {place: {elements: [north, south]}}
parameters:
  a: {value: 0, unit: "1", distribution: "uniform(0, 1)"}
  b: {value: 0, unit: "1", distribution: "uniform(0, 1)"}
  c: {value: 0, unit: "1", distribution: "uniform(0, 1)"}
  pair[place]: {value: 0, unit: "1", distribution: "normal(0, 1)"}
correlations:
  - [pair, pair, 0.5]
noise:
  shock: {process: normal, sd: 5, unit: "1"}
auxiliaries:
  line: {equation: 3 * a - 2 * b + shock, unit: "1", indicator: end}
  mixed: {equation: a * b, unit: "1", indicator: end}
  bowl: {equation: (c - 0.5)^2, unit: "1", indicator: end}
  both: {equation: "pair[north] + pair[south]", unit: "1", indicator: end}
  constant: {equation: 0.1 * 3, unit: "1", indicator: end}
  tight: {equation: ln(0.9 - a), unit: "1"}
scenarios: {base: {}}
`;
const OUTPUTS = ["line", "mixed", "bowl", "both", "constant"].map((indicator) => ({ indicator, key: "", time: 2 }));

function planned(trajectories: number, yaml = MODEL): MorrisPlan {
  const { model, program } = goodModel(yaml);
  const catalog = buildCatalog(model, "h");
  return planMorris(planEnsemble(model, program, catalog, { seed: 2, draws: trajectories }));
}

function rowsOf(plan: MorrisPlan): DesignRows {
  const rows = new DesignRows(plan.catalog, OUTPUTS);
  const runRow = createBlockRunner(plan);
  for (let row = 0; row < plan.ensemble.draws; row++) rows.add(runRow(row));
  return rows;
}

test("on a trajectory each factor moves once, by half the probability, with all its numbers in one direction", () => {
  const plan = planned(40);
  for (let row = 0; row < 40; row++) {
    const { uniforms, order, rises } = trajectory(plan, row);
    expect([...order].sort()).toEqual([0, 1, 2, 3]);
    for (const [i, f] of order.entries()) {
      for (let column = 0; column < 5; column++) {
        const moved = uniforms[(i + 1) * 5 + column]! - uniforms[i * 5 + column]!;
        const isOf = plan.factors[f]!.columns.includes(column);
        expect(moved).toBe(isOf ? (rises[f] ? 0.5 : -0.5) : 0);
      }
    }
    for (const u of uniforms) expect([0.125, 0.375, 0.625, 0.875]).toContain(u);
  }
});

test("all levels are met about equally often, and other trajectories are other ones", () => {
  const plan = planned(400);
  const first = Array.from({ length: 400 }, (_, row) => trajectory(plan, row).uniforms[0]!);
  for (const level of [0.125, 0.375, 0.625, 0.875]) {
    const share = first.filter((u) => u === level).length / 400;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.07);
  }
});

describe("effects", () => {
  const plan = planned(400);
  const found = elementaryEffects(plan, rowsOf(plan), 1);
  const effect = (output: number, factor: string) => found[output]!.effects.find((e) => e.factor === factor)!;

  test("of a linear output: its coefficients, whatever the shocks, which a trajectory shares", () => {
    expect(effect(0, "a").mu.value).toBeCloseTo(3, 12);
    expect(effect(0, "b").mu.value).toBeCloseTo(-2, 12);
    expect(effect(0, "b").muStar.value).toBeCloseTo(2, 12);
    expect(effect(0, "a").sigma.value).toBeCloseTo(0, 12);
    expect(effect(0, "c").muStar).toEqual({ value: 0, low: 0, high: 0 });
    expect(found[0]!.effects.map((e) => e.factor)).toEqual(["a", "b", "c", "pair"]);
  });

  test("of a product: the level of the other factor; sigma is the spread of levels", () => {
    const { mu, sigma } = effect(1, "a");
    expect([mu.low < 0.5, mu.high > 0.5]).toEqual([true, true]);
    expect([sigma.low < Math.sqrt(5) / 8, sigma.high > Math.sqrt(5) / 8]).toEqual([true, true]);
  });

  test("of a bowl: effects of both signs cancel in mu and not in mu*", () => {
    const { mu, muStar, sigma } = effect(2, "c");
    expect([mu.low < 0, mu.high > 0]).toEqual([true, true]);
    expect(muStar.value).toBeCloseTo(0.25, 12);
    expect(sigma.value).toBeCloseTo(0.25, 2);
  });

  test("of a factor with several numbers: all of them move, correlated or not", () => {
    expect(effect(3, "pair").mu.value).toBeGreaterThan(4);
    expect(effect(3, "a").muStar.value).toBe(0);
  });

  test("of an output that does not vary: none", () => {
    expect(found[4]!.effects).toEqual([]);
  });
});

test("an interval holds the true mean effect in about 95 of 100 repetitions", () => {
  const { model, program } = goodModel(MODEL);
  const catalog = buildCatalog(model, "h");
  let held = 0;
  for (let seed = 0; seed < 100; seed++) {
    const plan = planMorris(planEnsemble(model, program, catalog, { seed, draws: 40 }));
    const { mu } = elementaryEffects(plan, rowsOf(plan), seed)[1]!.effects.find((e) => e.factor === "a")!;
    if (mu.low < 0.5 && mu.high > 0.5) held += 1;
  }
  expect(held).toBeGreaterThanOrEqual(89);
  expect(held).toBeLessThanOrEqual(100);
});

test("a trajectory with a failed run is left out whole; too few are told", () => {
  const failing = planned(40, MODEL.replace('ln(0.9 - a), unit: "1"', 'ln(0.8 - a), unit: "1", indicator: end'));
  const rows = rowsOf(failing);
  // Every trajectory that meets the highest level of a has a run that fails: those whose a rises to it or falls from it.
  expect(rows.numbers.length).toBeGreaterThan(10);
  expect(rows.numbers.length).toBeLessThan(30);
  expect(elementaryEffects(failing, rows, 1)[0]!.rows).toBe(rows.numbers.length);
  const few = planned(3);
  expect(() => elementaryEffects(few, rowsOf(few), 1)).toThrow("too few rows without a failed run: 3 (at least 4)");
});

test("the kernel runs rows with the interpreter's bits, trajectories and pairs of draws", () => {
  const plan = planned(6);
  const compiled = { ...plan, ensemble: withKernel(plan.ensemble) };
  const [a, b] = [createBlockRunner(plan), createBlockRunner(compiled)];
  const factors = planFactors(plan.ensemble);
  const [c, d] = [createFactorRunner(factors), createFactorRunner({ ...factors, ensemble: compiled.ensemble })];
  for (const row of [0, 2]) {
    expect(b(row)).toEqual(a(row));
    expect(d(row)).toEqual(c(row));
  }
});
