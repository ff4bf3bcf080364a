import { describe, expect, test } from "vitest";
import { goodModel } from "../testing/compile-text.ts";
import type { BlockResult } from "./block-result.ts";
import { buildCatalog } from "./build-catalog.ts";
import { withCheckpoint, withStart } from "./continue-run.ts";
import { type EnsemblePlan, planEnsemble } from "./plan.ts";
import { withKernel } from "./plan-kernel.ts";
import { replayRun } from "./replay.ts";
import { createBlockRunner } from "./run-block.ts";
import type { BlockState } from "./saved-state.ts";

/** Delays, smooths, kept pasts, correlated noises of two periods, events, an identity, all readings, failures before and after. */
const model = (method: string, scenarios = "", share = "0.1"): string => `
model: {name: t, method: ${method}, time: {start: 2000, stop: 2006, step: 0.1, save: 1, unit: year}}
dimensions: {place: {elements: [north, south]}}
parameters:
  rate: {value: 0.1, unit: 1/year, distribution: "uniform(0, 0.2)"}
  limit: {value: 3, unit: "1", distribution: "uniform(4, 24)"}
levers:
  push: {default: 0, range: [0, 1], unit: 1/year}
noise:
  shock: {process: ar1, persistence: 0.5, sd: 0.05, unit: "1"}
  quick[place]: {process: random_walk, every: 1/2, sd: 0.01, unit: "1"}
  other: {process: normal, sd: 0.01, unit: "1"}
correlations:
  - [shock, other, 0.5]
stocks:
  x[place]: {initial: 5, inflows: [growth], outflows: [loss], unit: "1", indicator: mean}
  age: {initial: 0, inflows: [1], unit: year}
flows:
  growth[place]: {equation: "(rate + push) * x * (1 + shock + quick[place] + other)", unit: 1/year, indicator: total}
  loss[place]: {equation: "rate * ${share} * delay3(x, 2)", unit: 1/year}
auxiliaries:
  felt: {equation: "smooth(sum(x, place), 1.5)", unit: "1", indicator: end}
  before: {equation: "history(felt, 2)", unit: "1", indicator: end}
  fixed: {equation: "delay_fixed(felt, 0.7, 1)", unit: "1", indicator: mean}
  first: {equation: "initial(felt) + previous(felt, 0)", unit: "1", indicator: end}
  held: {equation: "sample_if_true(time > 2002.5 and time < 2003.5, felt, 0)", unit: "1", indicator: end}
  root: {equation: "sqrt(limit - felt)", unit: "1", indicator: end}
events:
  birthday: {every: 1, set: {age: "age / 2"}}
identities:
  balance: {left: "sum(x, place)", right: "x[north] + x[south]", tolerance: 1e-9}
scenarios:
  base: {}
  pushed: {levers: {push: {set: 0.1, from: 2001, to: 2005, lag: 1}}}
${scenarios}`;

const hash = (text: string) => text;

function plan(yaml: string, kernel: boolean): EnsemblePlan {
  const { model: checked, program } = goodModel(yaml);
  const options = { seed: 3, draws: 11, blockDraws: 4 };
  return withKernelIf(planEnsemble(checked, program, buildCatalog(checked, "h"), options), kernel);
}

const withKernelIf = (of: EnsemblePlan, kernel: boolean) => (kernel ? withKernel(of) : of);

const BLOCKS = [0, 1, 2];

function run(of: EnsemblePlan, states?: readonly BlockState[]): BlockResult[] {
  const runner = createBlockRunner(of, states && ((block) => states[block]!));
  return BLOCKS.map((block) => runner(block));
}

const statesOf = (results: readonly BlockResult[]): BlockState[] =>
  results.map(({ draws, checkpoint }) => ({ draws, columns: checkpoint! }));

const failuresOf = (results: readonly BlockResult[]) => results.flatMap((block) => block.failures);

/** Goes on with `next` from what `first` kept at a time; the names of differences if it cannot. */
function goOn(first: EnsemblePlan, kept: readonly BlockResult[], next: EnsemblePlan) {
  const { checkpoint } = first.catalog;
  const source = { catalog: first.catalog, checkpoint: checkpoint!, draws: 11, failures: failuresOf(kept) };
  return withStart(next, source, hash);
}

/** The last rows of each run's table, as bits. */
function rows(of: EnsemblePlan, results: readonly BlockResult[], count: number): string[] {
  return results.flatMap((block) =>
    block.tables.flatMap((values, t) => {
      const { keys } = of.catalog.tables[t]!;
      const perRun = of.catalog.saveTimes.length * keys.length;
      return Array.from({ length: values.length / perRun }, (_, i) =>
        Array.from(values.subarray((i + 1) * perRun - count * keys.length, (i + 1) * perRun), (v) =>
          Object.is(v, -0) ? "-0" : String(v),
        ).join(" "),
      );
    }),
  );
}

describe.each(["euler", "rk4"])("%s", (method) => {
  test.each([
    ["interpreter", false, false],
    ["kernel", true, true],
    ["interpreter from a kernel's states", true, false],
    ["kernel from the interpreter's states", false, true],
  ])("%s: goes on with the bits of the whole run", (_, keeps, goesOn) => {
    const whole = withCheckpoint(plan(model(method), keeps), 2003, hash);
    const expected = run(whole);
    // Some fail before the state is kept, some after, most never.
    const steps = failuresOf(expected).map(({ step }) => step);
    expect([steps.some((s) => s < 30), steps.some((s) => s >= 30), steps.length < 22]).toEqual([true, true, true]);
    const next = goOn(whole, expected, plan(model(method), goesOn)) as EnsemblePlan;
    expect(next.catalog.saveTimes).toEqual([2003, 2004, 2005, 2006]);
    const found = run(next, statesOf(expected));
    expect(rows(next, found, 4)).toEqual(rows(whole, expected, 4));
    expect(failuresOf(found)).toEqual(failuresOf(expected));
    expect(found.map((block) => block.failed)).toEqual(expected.map((block) => block.failed));
    expect(found.map((block) => block.identityResiduals)).toEqual(expected.map((block) => block.identityResiduals));
  });

  test("kernel and interpreter keep the same states", () => {
    const [a, b] = [true, false].map((kernel) => run(withCheckpoint(plan(model(method), kernel), 2003, hash)));
    expect(a!.map((block) => block.checkpoint)).toEqual(b!.map((block) => block.checkpoint));
  });
});

describe("a series over time", () => {
  const yaml = (method: string) => `
model: {name: t, method: ${method}, time: {start: 2000, stop: 2006, step: 1/4, save: 1, unit: year}}
parameters: {rate: {value: 0.1, unit: 1/year, distribution: "uniform(0, 0.2)"}}
series: {outside: {data: {file: outside.csv, time: year, column: value}, unit: "1"}}
stocks: {x: {initial: 5, inflows: ["rate * outside"], unit: "1", indicator: end}}
events: {seen: {every: 1, set: {x: "x + outside"}}}
scenarios: {base: {}}
`;
  const planOf = (method: string, ...points: readonly (readonly [number, number])[]) => {
    const csv = { "outside.csv": ["year,value", ...points.map((p) => p.join(","))].join("\n") };
    const { model: checked, program } = goodModel(yaml(method), csv);
    return planEnsemble(checked, program, buildCatalog(checked, "h"), { seed: 3, draws: 11, blockDraws: 4 });
  };
  const known = [
    [2000, 1],
    [2003, 2],
  ] as const;

  test.each(["euler", "rk4"])(
    "%s: may be other data from the saved year on, with the bits of the whole run",
    (method) => {
      const first = withCheckpoint(planOf(method, ...known, [2006, 3]), 2003, hash);
      const kept = run(first);
      const revised = planOf(method, ...known, [2004, 9], [2006, -4]);
      const next = goOn(first, kept, revised) as EnsemblePlan;
      expect(rows(next, run(next, statesOf(kept)), 4)).toEqual(rows(revised, run(revised), 4));
    },
  );

  test("may not be other data before, nor in the piece that the year lies in", () => {
    const first = withCheckpoint(planOf("euler", ...known, [2006, 3]), 2002, hash);
    const kept = run(first);
    for (const points of [[[2000, 1.5], known[1]], [known[0], [2003, 2.5]], [known[0]]] as const) {
      expect(goOn(first, kept, planOf("euler", ...points, [2006, 3]))).toContain('"outside" has changed');
    }
  });
});

describe("other levers from then on", () => {
  const later = "  later: {levers: {push: {set: 0.3, from: 2003, to: 2003}}}\n";
  const first = withCheckpoint(plan(model("euler"), true), 2003, hash);
  const kept = run(first);

  test("a scenario that is new goes on from one with the same past, as if it had run from the start", () => {
    const yaml = model("euler", later);
    const whole = plan(yaml, true);
    const next = goOn(first, kept, whole) as EnsemblePlan;
    expect(next.start!.sources).toEqual([0, 1, 0]);
    const found = run(next, statesOf(kept));
    const expected = run(whole);
    expect(rows(next, found, 4)).toEqual(rows(whole, expected, 4));
    expect(failuresOf(found)).toEqual(failuresOf(expected));
  });

  test("a run that goes on can be replayed, at save points and at every step", () => {
    const next = goOn(first, kept, plan(model("euler", later), true)) as EnsemblePlan;
    const states = statesOf(kept);
    const options = { scenario: 2, draw: 6, trace: ["felt"], state: states[1]! };
    const whole = replayRun(plan(model("euler", later), false), { ...options, everyStep: true });
    const found = replayRun(next, { ...options, everyStep: true });
    expect([...found.times]).toEqual([...whole.times.slice(30)]);
    expect(found.columns[0]!.values).toEqual(whole.columns[0]!.values.slice(30));
    expect(replayRun(next, options).columns[0]!.values[3]).toBe(whole.columns[0]!.values[60]);
  });

  test("charts show the beginning in place of years before it; targets that were due before are left out", () => {
    const yaml = `${model("euler")}
targets:
  past: {indicator: felt, at_least: 10, due: 2002}
  now: {indicator: felt, at_least: 10, due: 2003}
charts:
  there: {kind: dumbbell, indicator: x, scenario: pushed, years: [2001, 2002, 2006]}
  here: {kind: lines, indicators: [felt, before], scenario: base}
`;
    const { catalog } = goOn(first, kept, plan(yaml, false)) as EnsemblePlan;
    expect(catalog.targets.map(({ name }) => name)).toEqual(["now"]);
    expect(catalog.charts.map((chart) => ("years" in chart ? chart.years : null))).toEqual([[2003, 2006], null]);
    expect(catalog.time).toEqual({ start: 2003, stop: 2006, unit: "year" });
  });

  test("a state can be kept on the way of a run that goes on", () => {
    const whole = run(withCheckpoint(plan(model("euler"), false), 2005, hash));
    const next = withCheckpoint(goOn(first, kept, plan(model("euler"), false)) as EnsemblePlan, 2005, hash);
    expect(run(next, statesOf(kept)).map((b) => b.checkpoint)).toEqual(whole.map((b) => b.checkpoint));
  });

  test.each([
    [
      "a lever that moves earlier",
      model("euler", "  early: {levers: {push: {set: 0.3, from: 2002}}}"),
      [
        'scenario "early" has another past: lever "push" is not set before 2003 as in "base" (let it change from 2003 on)',
      ],
    ],
    [
      "another value of a lever that moves already",
      model("euler").replace("set: 0.1, from: 2001", "set: 0.2, from: 2001"),
      [
        'scenario "pushed" has another past: lever "push" is not set before 2003 as in "pushed" (let it change from 2003 on)',
      ],
    ],
    [
      "another parameter",
      model("euler", "  slow: {parameters: {rate: 0.05}}"),
      ['scenario "slow" has another past: it sets other parameters than "base"'],
    ],
    ["another equation", model("euler", "", "0.2"), ['"loss" has changed']],
    ["another distribution", model("euler").replace("uniform(0, 0.2)", "uniform(0, 0.3)"), ['"rate" has changed']],
    [
      "another step",
      model("euler").replace("step: 0.1", "step: 1/20"),
      expect.arrayContaining(['"time grid and method" has changed']),
    ],
    [
      "a new variable",
      model("euler").replace("auxiliaries:", 'auxiliaries:\n  extra: {equation: 2, unit: "1"}'),
      ['"extra" is new'],
    ],
  ])("refused: %s", (_, yaml, problems) => {
    expect(goOn(first, kept, plan(yaml, false))).toEqual(problems);
  });

  test("refused: more draws than there are states", () => {
    const { model: checked, program } = goodModel(model("euler"));
    const more = planEnsemble(checked, program, buildCatalog(checked, "h"), { seed: 3, draws: 12, blockDraws: 4 });
    expect(goOn(first, kept, more)).toEqual(["it has 11 draws, not 12"]);
  });

  test("refused: a time at which nothing is saved", () => {
    expect(() => withCheckpoint(plan(model("euler"), false), 2003.5, hash)).toThrow(
      "invalid --checkpoint: 2003.5 (save times: 2000, 2001, 2002, 2003, 2004, 2005, 2006)",
    );
  });
});
