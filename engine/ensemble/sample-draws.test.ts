import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Files, goodModel } from "../testing/compile-text.ts";
import { buildCatalog } from "./build-catalog.ts";
import type { DesignKind } from "./designs/design.ts";
import { readGivenDraws } from "./given-draws.ts";
import { type EnsembleOptions, type EnsemblePlan, planEnsemble } from "./plan.ts";
import { DrawSampler, type SampledDraws } from "./sample-draws.ts";

const DESIGNS: readonly DesignKind[] = ["monte-carlo", "latin-hypercube", "sobol"];
const dimensions = "dimensions: {place: {elements: [north, south]}}\n";
const stock = `stocks: {x: {initial: "1", inflows: ["0 * a"], unit: "1", indicator: end}}\n`;
const THREE = `${dimensions}parameters:
  a: {distribution: "normal(0, 1)"}
  "b[place]": {distribution: "uniform(0, 1)"}
  c: {distribution: "gamma(2, 1)"}
${stock}`;
const LINKED = `${THREE}correlations: [[a, c, 0.8], [b, b, -0.5]]\n`;

function planOf(yaml: string, options: Partial<EnsembleOptions> = {}, csv: Files = {}): EnsemblePlan {
  const { model, program } = goodModel(yaml, csv);
  return planEnsemble(model, program, buildCatalog(model, "h"), { seed: 5, draws: 64, ...options });
}
const sample = (plan: EnsemblePlan, first = 0, count = plan.draws): SampledDraws =>
  new DrawSampler(plan).sample(first, count);
/** Values or uniform numbers of one column. */
function column(plan: EnsemblePlan, name: string, what: "values" | "uniforms" = "values"): number[] {
  const at = plan.catalog.drawColumns.indexOf(name);
  const all = sample(plan)[what];
  return Array.from({ length: plan.draws }, (_, d) => all[d * plan.catalog.drawColumns.length + at]!);
}
const columns = (plan: EnsemblePlan): Record<string, number[]> =>
  Object.fromEntries(plan.catalog.drawColumns.map((name) => [name, column(plan, name)]));

const ranks = (values: readonly number[]): number[] => {
  const order = values.map((_, i) => i).sort((i, j) => values[i]! - values[j]!);
  const result = new Array<number>(values.length);
  for (const [rank, i] of order.entries()) result[i] = rank;
  return result;
};
/** Spearman's rank correlation. */
function rankCorrelation(a: readonly number[], b: readonly number[]): number {
  const [ra, rb] = [ranks(a), ranks(b)];
  const n = a.length;
  const distance = ra.reduce((sum, r, i) => sum + (r - rb[i]!) ** 2, 0);
  return 1 - (6 * distance) / (n * (n * n - 1));
}

describe("any part of the draws alone", () => {
  it.each(DESIGNS)(
    "%s: has the same numbers as within the whole, with correlations, replicates and replications",
    (design) => {
      const plan = planOf(LINKED, { design, draws: 48, replicates: 3, replications: 2 });
      const whole = sample(plan);
      const width = plan.catalog.drawColumns.length;
      fc.assert(
        fc.property(fc.nat(95), fc.integer({ min: 1, max: 40 }), (first, length) => {
          const count = Math.min(length, 96 - first);
          const part = sample(plan, first, count);
          expect(part.values).toEqual(whole.values.slice(first * width, (first + count) * width));
          expect(part.uniforms).toEqual(whole.uniforms.slice(first * width, (first + count) * width));
        }),
      );
    },
  );
});

describe("adding an uncertain parameter", () => {
  const more = (yaml: string, name: string, before: boolean): string =>
    before
      ? yaml.replace("parameters:\n", `parameters:\n  ${name}: {distribution: "beta(2, 2)"}\n`)
      : yaml.replace(stock, `  ${name}: {distribution: "beta(2, 2)"}\n${stock}`);

  it.each([
    ["monte-carlo", true],
    ["monte-carlo", false],
    ["latin-hypercube", true],
    ["latin-hypercube", false],
    ["sobol", false],
  ] as const)("%s: changes no other number (before the others: %s)", (design, before) => {
    fc.assert(
      fc.property(fc.stringMatching(/^[d-z][a-z]{0,8}$/), fc.nat(), (suffix, seed) => {
        const name = `new_${suffix}`;
        const old = columns(planOf(LINKED, { design, seed }));
        const { [name]: added, ...rest } = columns(planOf(more(LINKED, name, before), { design, seed }));
        expect(added).toHaveLength(64);
        expect(rest).toEqual(old);
      }),
      { numRuns: 20 },
    );
  });

  it.each(["monte-carlo", "latin-hypercube"] as const)(
    "%s: joining a correlation group changes no number outside it",
    (design) => {
      const free = columns(planOf(THREE, { design }));
      const linked = columns(planOf(`${THREE}correlations: [[a, c, 0.8]]\n`, { design }));
      expect(linked["b[north]"]).toEqual(free["b[north]"]);
      expect(linked["b[south]"]).toEqual(free["b[south]"]);
      // The first member keeps its numbers as well.
      expect(linked.a).toEqual(free.a);
      expect(linked.c).not.toEqual(free.c);
    },
  );
});

describe("rank correlations", () => {
  // The standard error of Spearman's coefficient is below 1 / √n; the bounds are five of these.
  it.each([
    ["monte-carlo", 20_000, 5 / Math.sqrt(20_000)],
    ["sobol", 4096, 5 / Math.sqrt(4096)],
    ["latin-hypercube", 2000, 0.01],
  ] as const)("%s: are those asked for, whatever the distributions", (design, draws, bound) => {
    const plan = planOf(LINKED, { design, draws });
    expect(Math.abs(rankCorrelation(column(plan, "a"), column(plan, "c")) - 0.8)).toBeLessThan(bound);
    expect(Math.abs(rankCorrelation(column(plan, "b[north]"), column(plan, "b[south]")) + 0.5)).toBeLessThan(bound);
    expect(Math.abs(rankCorrelation(column(plan, "a"), column(plan, "b[north]")))).toBeLessThan(5 / Math.sqrt(draws));
  });

  it("latin-hypercube: every column keeps one draw in each stratum", () => {
    const plan = planOf(LINKED, { design: "latin-hypercube", draws: 120, replicates: 2 });
    for (const name of plan.catalog.drawColumns) {
      const strata = column(plan, name, "uniforms")
        .slice(60)
        .map((u) => Math.floor(u * 60));
      expect([...strata].sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, s) => s));
    }
  });

  it("monte-carlo: correlated numbers stay uniform: the largest distance of 10 000 from evenness below its quantile of 1 - 1e-7", () => {
    const u = column(planOf(LINKED, { draws: 10_000 }), "c", "uniforms").sort((a, b) => a - b);
    const distance = u.reduce((most, x, i) => Math.max(most, Math.abs(x - (i + 0.5) / 10_000)), 0);
    // Kolmogorov: P(√n D > 2.9) ≈ 2 exp(-2 · 2.9²) = 1e-7.
    expect(distance).toBeLessThan(2.9 / 100);
  });

  it("link vectors of one shape element by element", () => {
    const yaml = `${dimensions}parameters: {"p[place]": {distribution: "uniform(0, 1)"}, "q[place]": {distribution: "uniform(0, 1)"}, a: {value: 1}}\n${stock}correlations: [[p, q, 0.9]]\n`;
    const plan = planOf(yaml, { design: "latin-hypercube", draws: 1000 });
    const at = (name: string) => column(plan, name);
    expect(rankCorrelation(at("p[north]"), at("q[north]"))).toBeGreaterThan(0.88);
    expect(rankCorrelation(at("p[south]"), at("q[south]"))).toBeGreaterThan(0.88);
    expect(Math.abs(rankCorrelation(at("p[north]"), at("q[south]")))).toBeLessThan(5 / Math.sqrt(1000));
  });

  it("need more draws than parameters in a Latin hypercube", () => {
    expect(() => sample(planOf(LINKED, { design: "latin-hypercube", draws: 2 }))).toThrow("too few draws");
  });
});

describe("rows of a file", () => {
  const csv = { "post.csv": "a,b\n1,10\n2,20\n3,30\n4,40\n5,50\n" };
  const yaml = `parameters:
  a: {distribution: {joint: {file: post.csv, column: a}}}
  b: {distribution: {joint: {file: post.csv, column: b}}}
  c: {distribution: {empirical: {file: post.csv, column: a}}}
${stock}`;
  it.each(DESIGNS)("%s: parameters of one file come from the same row", (design) => {
    const plan = planOf(yaml, { design }, csv);
    const [a, b] = [column(plan, "a"), column(plan, "b")];
    expect(b).toEqual(a.map((x) => 10 * x));
    expect(new Set(a).size).toBe(5);
    expect(column(plan, "c")).not.toEqual(a);
  });

  it("a Latin hypercube takes every row equally often", () => {
    const a = column(planOf(yaml, { design: "latin-hypercube", draws: 100 }, csv), "a");
    for (const value of [1, 2, 3, 4, 5]) expect(a.filter((x) => x === value)).toHaveLength(20);
  });
});

describe("replications", () => {
  it("meet the same parameters, and leave the parameters of each draw as they are", () => {
    const once = planOf(LINKED, { draws: 10 });
    const thrice = planOf(LINKED, { draws: 10, replications: 3 });
    expect(thrice.draws).toBe(30);
    expect(column(thrice, "c")).toEqual(column(once, "c").flatMap((x) => [x, x, x]));
  });
});

describe("draws from a file", () => {
  const names = ["a", "b[north]", "b[south]", "c"];
  const read = (text: string) => readGivenDraws({ path: "d.csv", text }, names);

  it("take the place of sampled values; other columns are drawn as usual", () => {
    const given = read("draw,c,b[south]\n0,1.5,7\n1,2.5,8\n");
    const plan = planOf(THREE, { draws: 2, given });
    expect(column(plan, "c")).toEqual([1.5, 2.5]);
    expect(column(plan, "b[south]")).toEqual([7, 8]);
    expect(column(plan, "a")).toEqual(column(planOf(THREE, { draws: 2 }), "a"));
  });

  it.each([
    ["b[nort]\n1\n", "unknown uncertain parameter in d.csv: b[nort] (near: b[north]"],
    ["c,c\n1,2\n", "a column occurs twice in d.csv"],
    ["c\n1\nx\n", 'not a number in d.csv, draw 1, c: "x"'],
    ["draw\n1\n", "no draws in d.csv"],
  ])("%j is refused", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it("must be as many as are run", () => {
    expect(() => planOf(THREE, { draws: 3, given: read("c\n1\n2\n") })).toThrow("too few draws in the file: 2");
  });
});

describe("a scenario's own distribution", () => {
  const yaml = `${LINKED}scenarios: {base: {}, wide: {parameters: {c: {distribution: "uniform(10, 20)"}}}}\n`;
  it.each(DESIGNS)("%s: uses the same uniform numbers, so draws keep their order", (design) => {
    const plan = planOf(yaml, { design });
    const sampler = new DrawSampler(plan);
    const drawn = sampler.sample(0, 64);
    const at = plan.parameters.find((p) => p.name === "c")!.base;
    const loaded = (scenario: number): number[] => {
      const memory = new Float64Array(plan.program.slotCount * 64);
      sampler.load(drawn, { scenario, from: 0, used: 64 }, memory, 64);
      return [...memory.subarray(at * 64, at * 64 + 64)];
    };
    expect(ranks(loaded(1))).toEqual(ranks(loaded(0)));
    expect(Math.min(...loaded(1))).toBeGreaterThanOrEqual(10);
    expect(loaded(0)).toEqual(column(plan, "c"));
  });
});

describe("wrong use", () => {
  it.each([
    [{ design: "sobl" as DesignKind }, "unknown design: sobl (monte-carlo, latin-hypercube, sobol)"],
    [{ replications: 0 }, "invalid replications: 0"],
    [{ replicates: 3, draws: 64 }, "draws are not a multiple of the 3 replicates"],
  ])("%j is refused", (options, message) => {
    expect(() => planOf(THREE, options)).toThrow(message);
  });
});
