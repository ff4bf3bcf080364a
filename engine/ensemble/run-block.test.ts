import { describe, expect, it } from "vitest";
import { goodModel } from "../testing/compile-text.ts";
import { GROWTH_MODEL } from "../testing/growth-model.ts";
import type { BlockResult } from "./block-result.ts";
import { buildCatalog } from "./build-catalog.ts";
import { type EnsembleOptions, planEnsemble } from "./plan.ts";
import { createBlockRunner } from "./run-block.ts";

function blocks(options: Partial<EnsembleOptions>, yaml = GROWTH_MODEL): BlockResult[] {
  const { model, program } = goodModel(yaml);
  const plan = planEnsemble(model, program, buildCatalog(model, "h"), {
    seed: 7,
    draws: 12,
    blockDraws: 4,
    ...options,
  });
  const run = createBlockRunner(plan);
  return Array.from({ length: Math.ceil(plan.draws / plan.blockDraws) }, (_, b) => run(b));
}

/** [scenario][draw][time][cell] of one indicator, over all blocks. */
function values(
  results: BlockResult[],
  table: number,
  indicator: number,
  cells: number,
  scenarios = 4,
  times = 6,
): number[][][][] {
  return Array.from({ length: scenarios }, (_, s) =>
    results.flatMap((b) =>
      Array.from({ length: b.draws }, (_, d) =>
        Array.from({ length: times }, (_, t) =>
          Array.from(
            { length: cells },
            (_, c) => b.tables[table]![(((indicator * scenarios + s) * b.draws + d) * times + t) * cells + c]!,
          ),
        ),
      ),
    ),
  );
}

describe("a block", () => {
  it("has the same bits whatever the lanes and the size of blocks", () => {
    const reference = values(blocks({}), 0, 0, 2);
    for (const options of [{ lanes: 1 }, { lanes: 3 }, { lanes: 64 }, { blockDraws: 5 }, { blockDraws: 12 }]) {
      expect(values(blocks(options), 0, 0, 2)).toEqual(reference);
    }
  });

  it("depends on the seed and on nothing that ran before", () => {
    const { model, program } = goodModel(GROWTH_MODEL);
    const plan = planEnsemble(model, program, buildCatalog(model, "h"), { seed: 7, draws: 12, blockDraws: 4 });
    const run = createBlockRunner(plan);
    const last = run(2);
    run(0);
    expect(run(2)).toEqual(last);
    expect(blocks({ seed: 8 })[0]!.tables[0]).not.toEqual(blocks({})[0]!.tables[0]);
  });

  it("shows every scenario the same draws and shocks: all are equal at the start and until a lever acts", () => {
    const x = values(blocks({}), 0, 0, 2);
    const [base, pushed] = [x[0]!, x[1]!];
    for (const [d, run] of base.entries()) {
      expect(pushed[d]!.slice(0, 2)).toEqual(run.slice(0, 2));
      expect(pushed[d]![5]![0]).toBeGreaterThan(run[5]![0]!);
    }
  });

  it("a scenario's own distribution uses the same uniform number", () => {
    const x = values(blocks({}), 0, 0, 2);
    const drawn = blocks({}).flatMap((b) => Array.from({ length: b.draws }, (_, d) => b.drawValues[d * 3]!));
    const order = (list: number[]) => list.map((_, i) => i).sort((a, b) => list[a]! - list[b]!);
    const growth = (s: number) => x[s]!.map((run) => run[1]![0]! / run[0]![0]!);
    expect(order(growth(0))).toEqual(order(drawn));
    expect(order(growth(3))).toEqual(order(drawn));
  });

  it("an overridden parameter has its value in every draw", () => {
    const x = values(blocks({}), 0, 0, 2);
    // No shock acts before the first year's end.
    for (const run of x[2]!) expect(run[1]![0]! / run[0]![0]!).toBeCloseTo((1 + 0.05 / 4) ** 4, 12);
  });

  it("reads a year from a flow as its total, and from a rate as its mean; the first row shows the rate at the start", () => {
    const results = blocks({});
    const [x, total] = [values(results, 0, 0, 2), values(results, 0, 1, 2)];
    const mean = values(results, 1, 0, 1);
    for (const [d, run] of total[0]!.entries()) {
      for (let t = 1; t < 6; t++) {
        const change = x[0]![d]![t]![0]! - x[0]![d]![t - 1]![0]!;
        expect(run[t]![0]).toBeCloseTo(change, 12);
        expect(mean[0]![d]![t]![0]).toBeCloseTo(run[t]![0]! + run[t]![1]!, 12);
      }
    }
  });

  it("adding an uncertain parameter or a noise changes no other draw", () => {
    const more = GROWTH_MODEL.replace(
      "levers:",
      '  other: {value: 1, unit: "1", distribution: "uniform(0, 1)"}\nlevers:',
    ).replace("stocks:", '  another: {process: random_walk, sd: 1, unit: "1"}\nstocks:');
    expect(values(blocks({}, more), 0, 0, 2)).toEqual(values(blocks({}), 0, 0, 2));
  });
});

describe("a run that fails", () => {
  const FAILING = `model: {name: t, time: {start: 0, stop: 4, step: 1, save: 1, unit: year}}
parameters: {limit: {value: 1, unit: "1", distribution: "uniform(0, 4)"}}
auxiliaries: {y: {equation: "if(time > limit, 1 / (time - time), 1)", unit: "1", indicator: end}}
`;
  it("leaves a row with scenario, draw, variable, time and cause, and no value from then on", () => {
    const [block] = blocks({ draws: 8, blockDraws: 8 }, FAILING);
    expect(block!.failures).toHaveLength(8);
    for (const failure of block!.failures) {
      const limit = block!.drawValues[failure.draw]!;
      expect(failure).toMatchObject({
        scenario: 0,
        code: "non-finite-value",
        variable: "y",
        time: Math.floor(limit) + 1,
        value: "Infinity",
      });
      const row = Array.from(block!.tables[0]!.slice(failure.draw * 5, failure.draw * 5 + 5));
      expect(row).toEqual([0, 1, 2, 3, 4].map((t) => (t <= limit ? 1 : Number.NaN)));
      expect(block!.failed[failure.draw]).toBe(1);
    }
  });
});

describe("noise", () => {
  const noise = (
    line: string,
    step = "1",
  ) => `model: {name: t, time: {start: 0, stop: 40, step: ${step}, save: 1, unit: year}}
noise: {z: {${line}, unit: "1"}}
auxiliaries: {y: {equation: z, unit: "1", indicator: end}}
`;
  const paths = (yaml: string) =>
    values(blocks({ draws: 400, blockDraws: 400 }, yaml), 0, 0, 1, 1, 41)[0]!.map((run) => run.map((t) => t[0]!));
  const variance = (list: number[]) => list.reduce((a, b) => a + b * b, 0) / list.length;

  it("keeps its shocks when the step is halved", () => {
    const line = "process: ar1, persistence: 0.8, sd: 1";
    expect(paths(noise(line, "1/2"))).toEqual(paths(noise(line)));
  });

  it("keeps its shocks when the run starts earlier", () => {
    const late = paths(noise("process: normal, sd: 1").replace("start: 0, stop: 40", "start: 10, stop: 50"));
    const early = paths(noise("process: normal, sd: 1"));
    for (const [d, run] of early.entries()) expect(run.slice(11)).toEqual(late[d]!.slice(1, 31));
  });

  // 400 independent paths: the sample variance has a relative standard error of sqrt(2 / 400) = 7 %; 0.3 is over four of them.
  it.each([
    ["ar1 settles at sd² / (1 - persistence²)", "process: ar1, persistence: 0.8, sd: 1", 1 / (1 - 0.64)],
    ["a random walk spreads with time", "process: random_walk, sd: 1", 40],
    ["normal is white", "process: normal, sd: 2", 4],
  ])("%s", (_, line, expected) => {
    const last = paths(noise(line)).map((run) => run[40]!);
    expect(variance(last) / expected).toBeGreaterThan(0.7);
    expect(variance(last) / expected).toBeLessThan(1.3);
  });

  it("a Markov process has two values and starts with the first", () => {
    const all = paths(noise("process: markov, values: [1, 0.25], leave: 0.2, return: 0.6"));
    expect(all.every((run) => run[0] === 1)).toBe(true);
    expect(new Set(all.flat())).toEqual(new Set([1, 0.25]));
    // Stationary share of the second value: 0.2 / (0.2 + 0.6); standard error at most sqrt(0.25 · 0.75 / 400) = 0.022.
    const share = all.filter((run) => run[40] === 0.25).length / all.length;
    expect(Math.abs(share - 0.25)).toBeLessThan(0.1);
  });

  it("correlated noises have their correlation", () => {
    const yaml = `model: {name: t, time: {start: 0, stop: 1, step: 1, save: 1, unit: year}}
noise:
  a: {process: normal, sd: 1, unit: "1"}
  b: {process: normal, sd: 1, unit: "1"}
correlations: [[a, b, 0.6]]
auxiliaries: {ya: {equation: a, unit: "1", indicator: end}, yb: {equation: b, unit: "1", indicator: end}}
`;
    const results = blocks({ draws: 2000, blockDraws: 2000 }, yaml);
    const at = (i: number) => values(results, 0, i, 1, 1, 2)[0]!.map((run) => run[1]![0]!);
    const [a, b] = [at(0), at(1)];
    const correlation = a.reduce((sum, x, i) => sum + x * b[i]!, 0) / Math.sqrt(variance(a) * variance(b)) / a.length;
    // Standard error (1 - 0.36) / sqrt(2000) = 0.014.
    expect(Math.abs(correlation - 0.6)).toBeLessThan(0.06);
  });
});
