import { describe, expect, test } from "vitest";
import { goodModel } from "../testing/compile-text.ts";
import { GROWTH_MODEL } from "../testing/growth-model.ts";
import { buildCatalog } from "./build-catalog.ts";
import type { DesignKind } from "./designs/design.ts";
import { type EnsemblePlan, planEnsemble } from "./plan.ts";
import { replayRun } from "./replay.ts";
import { createBlockRunner } from "./run-block.ts";

/** The growth of two places, with variables that are no indicators, and without the scenario `fixed`. */
const MODEL = GROWTH_MODEL.replace(
  "scenarios:",
  '  rest: {equation: "9.5 - total", unit: "1"}\n  total: {equation: "sum(x, place)", unit: "1"}\nscenarios:',
).replace("  fixed: {parameters: {rate: 0.05}}\n", "");
/** As above, but a run fails when the total passes 14. */
const FAILING = MODEL.replace("9.5 - total", "ln(14 - total)").replace(
  "auxiliaries:",
  'auxiliaries:\n  watch: {equation: "rest", unit: "1", indicator: end}',
);

function planOf(yaml: string, options: { design?: DesignKind; replications?: number } = {}): EnsemblePlan {
  const { model, program } = goodModel(yaml);
  return planEnsemble(model, program, buildCatalog(model, "h"), { seed: 7, draws: 16, blockDraws: 5, ...options });
}

describe.each([
  ["independent draws", {}],
  ["a Latin hypercube", { design: "latin-hypercube" }],
  ["a Sobol' sequence", { design: "sobol" }],
  ["two noise paths a draw", { replications: 2 }],
] as const)("a run again, of an ensemble with %s", (_, options) => {
  test("has the bits that the block had, for every indicator of every run", () => {
    const plan = planOf(MODEL, options);
    const runBlock = createBlockRunner(plan);
    for (let block = 0; block < Math.ceil(plan.draws / 5); block++) {
      const result = runBlock(block);
      for (const scenario of plan.scenarios.keys()) {
        for (let d = 0; d < result.draws; d++) {
          const draw = result.firstDraw + d;
          for (const [t, table] of plan.catalog.tables.entries()) {
            const replayed = replayRun(plan, { scenario, draw, trace: table.indicators });
            const length = 6 * table.keys.length;
            for (const i of table.indicators.keys()) {
              const at = ((i * 3 + scenario) * result.draws + d) * length;
              const expected = result.tables[t]!.subarray(at, at + length);
              const columns = replayed.columns.slice(i * table.keys.length, (i + 1) * table.keys.length);
              expect(columns.map((c) => [...c.values])).toEqual(
                table.keys.map((_, key) => [...expected].filter((_, k) => k % table.keys.length === key)),
              );
            }
          }
        }
      }
    }
  });
});

test("any variable can be traced, at every step, and stocks are what the flows make of them", () => {
  const plan = planOf(MODEL);
  const run = replayRun(plan, { scenario: 1, draw: 3, trace: ["x", "growth", "total"], everyStep: true });
  expect(run.times).toHaveLength(21);
  const [north, south, inflow, , total] = run.columns.map((c) => c.values);
  for (let step = 0; step < 20; step++) {
    expect(north![step + 1]).toBe(north![step]! + 0.25 * inflow![step]!);
    expect(total![step]).toBe(0 + north![step]! + south![step]!);
  }
});

test("parameters are those of the run: drawn, or as the scenario has them", () => {
  const plan = planOf(MODEL);
  const block = createBlockRunner(plan)(1);
  const [base, wide] = [0, 2].map((scenario) => replayRun(plan, { scenario, draw: 5, trace: [] }).parameters);
  expect(base).toEqual(plan.catalog.drawColumns.map((name, i) => ({ name, value: block.drawValues[i] })));
  expect(wide![0]).toEqual({ name: "rate", value: 2 * base![0]!.value });
});

test("a failure is the one in the ledger, and the values of the time are shown as they were", () => {
  const plan = planOf(FAILING);
  const runBlock = createBlockRunner(plan);
  const failures = [0, 1, 2].flatMap((block) => runBlock(block).failures);
  expect(failures.length).toBeGreaterThan(3);
  for (const { scenario, draw, ...failure } of failures) {
    for (const everyStep of [false, true]) {
      const run = replayRun(plan, { scenario, draw, trace: ["rest", "total"], everyStep });
      expect(run.failure).toEqual(failure);
      const row = run.times.indexOf(failure.time);
      expect(run.columns[0]!.values[row]).toBeNaN();
      expect(run.columns[1]!.values[row]).toBeGreaterThan(14);
    }
  }
});

test("what is not there is refused", () => {
  const plan = planOf(MODEL);
  expect(() => replayRun(plan, { scenario: 0, draw: 16, trace: [] })).toThrow("invalid draw: 16");
  expect(() => replayRun(plan, { scenario: 0, draw: 0, trace: ["y"] })).toThrow("invalid variable: y");
});
