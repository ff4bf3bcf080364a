import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { resultsInput } from "../charts/results-input.ts";
import { openResults, type Results } from "../results/open-results.ts";
import { readCells, readDraws } from "../results/read-runs.ts";
import { temporaryFolder, writeFakeResults } from "../results/testing/write-fake-results.ts";
import { compareBatches, compareScenarios, failures, moved } from "./compare-results.ts";
import { comparisonPage } from "./comparison-page.ts";
import { differenceOf } from "./paired-runs.ts";

const folder = temporaryFolder();
const results = openResults(writeFakeResults({ folder: join(folder, "a") }));
const other = openResults(writeFakeResults({ folder: join(folder, "b"), seed: 2 }));
const { catalog } = results;
const last = catalog.saveTimes.at(-1)!;
afterAll(() => rmSync(folder, { recursive: true }));

describe("two batches", () => {
  it("of the same numbers differ nowhere", () => {
    const same = compareBatches(results, results, catalog.saveTimes);
    const compared = same.cells.filter(({ problem }) => problem === undefined);
    expect(compared.every(({ difference }) => difference === 0)).toBe(true);
    expect(compared.length).toBeGreaterThan(0);
    expect(moved(same)).toEqual([]);
    expect(failures(same, 0)).toEqual(same.cells.filter(({ problem }) => problem !== undefined));
  });

  it("of other draws differ, and a tolerance says so", () => {
    const changed = compareBatches(results, other, [last]);
    expect(changed.cells.some(({ difference }) => difference !== 0)).toBe(true);
    expect(failures(changed, 0).length).toBeGreaterThan(0);
  });

  it("fail where a scenario is missing on one side, whatever the tolerance", () => {
    const [kept] = catalog.scenarios;
    const fewer = {
      ...other,
      catalog: { ...catalog, scenarios: [kept!] },
      hasSeries: (name: { scenario: string }) => name.scenario === kept!.name,
    };
    const compared = compareBatches(results, fewer, [last]);
    const missing = compared.cells.filter(({ problem }) => problem === "only in A");
    expect(new Set(missing.map(({ scenario }) => scenario))).toEqual(
      new Set(catalog.scenarios.slice(1).map(({ name }) => name)),
    );
    expect(failures(compared, Number.MAX_VALUE)).toEqual(expect.arrayContaining(missing));
  });
});

describe("two scenarios", () => {
  const scenario = catalog.scenarios.find(({ name }) => name !== catalog.reference)!.name;

  it("have the paired difference of the summary", async () => {
    const { cells, pairing } = await compareScenarios(results, catalog.reference, scenario, [last]);
    expect(pairing).toBe("summary");
    for (const { indicator, key, difference, aAboveB, problem } of cells) {
      if (problem !== undefined) continue;
      const series = results.series({ scenario, reference: catalog.reference, indicator, key });
      const at = series.times.indexOf(last);
      expect(difference).toBe(series.q50[at]);
      expect(aAboveB).toBeCloseTo(1 - series.pPositive[at]!, 12);
    }
  });

  it("are the other way round with the other sign", async () => {
    const there = (await compareScenarios(results, catalog.reference, scenario, [last])).cells;
    const back = (await compareScenarios(results, scenario, catalog.reference, [last])).cells;
    expect(back.map(({ difference }) => difference)).toEqual(
      there.map(({ difference }) => (difference === null ? null : -difference)),
    );
  });
});

describe("two scenarios of which neither is the reference", () => {
  const [, one, other] = catalog.scenarios.map(({ name }) => name);

  it("are compared draw by draw out of the runs", async () => {
    const { cells, pairing } = await compareScenarios(results, one!, other!, [last]);
    expect(pairing).toBe("runs");
    const drawn = await readDraws(results.folder, results.manifest);
    for (const { indicator, key, difference, aAboveB, problem } of cells) {
      if (problem !== undefined) continue;
      const asked = [one!, other!].map((scenario) => ({ scenario, indicator, key, time: last }));
      const [a, b] = await readCells(results.folder, catalog, results.manifest, drawn.draws, asked);
      const differences = Array.from(a!, (value, draw) => b![draw]! - value).filter((value) => !Number.isNaN(value));
      const sorted = [...differences].sort((x, y) => x - y);
      const middle = (sorted.length - 1) / 2;
      expect(difference).toBeCloseTo((sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2, 9);
      expect(aAboveB).toBe(differences.filter((value) => value < 0).length / differences.length);
    }
  });

  it("are compared by their medians where runs were not kept", async () => {
    rmSync(join(folder, "a", "draws.arrow"));
    const { cells, pairing } = await compareScenarios(results, one!, other!, [last]);
    expect(pairing).toBe("none");
    for (const { a, b, difference, aAboveB, problem } of cells) {
      if (problem !== undefined) continue;
      expect(difference).toBe(b! - a!);
      expect(aAboveB).toBeNull();
    }
  });
});

describe("a paired difference", () => {
  it("leaves out draws in which a side has failed", () => {
    const found = differenceOf(Float64Array.of(1, 2, Number.NaN, 4), Float64Array.of(2, 1, 5, Number.NaN));
    expect(found).toMatchObject({ n: 2, median: 0, aAboveB: 0.5 });
  });

  it("has no numbers where no draw counts", () => {
    const found = differenceOf(Float64Array.of(Number.NaN), Float64Array.of(1));
    expect([found.n, found.median, found.aAboveB]).toEqual([0, Number.NaN, Number.NaN]);
  });
});

describe("the page of a comparison", () => {
  const input = resultsInput(results, "terrace compare");
  const otherInput = resultsInput(other, "terrace compare");
  const sides = { a: "old", b: "<b>new", inputA: input, inputB: otherInput };

  it("tells the verdict, draws what moved and lists every cell in its data", async () => {
    const tenfold: Results = {
      ...results,
      series: (name) => {
        const series = results.series(name);
        return { ...series, q50: series.q50.map((value) => 10 * value) };
      },
    };
    const comparison = compareBatches(results, tenfold, [last]);
    const page = await comparisonPage(comparison, sides, 0, "en");
    expect(page).toContain("Failed:");
    expect(page).toContain("未通过：");
    expect(page).toContain("Comparison: old and &lt;b&gt;new");
    expect(page.match(/<figure /g)).toHaveLength(2);
    const [, json] = /<script type="application\/json" id="data-comparison">(.*?)<\/script>/s.exec(page) ?? [];
    expect(JSON.parse(json!).rows).toHaveLength(comparison.cells.length);
  });

  it("has no picture where nothing moved", async () => {
    const page = await comparisonPage(compareBatches(results, results, [last]), sides, undefined, "zh");
    expect(page).not.toContain("<figure");
    expect(page).toContain('<html lang="zh-CN">');
  });
});
