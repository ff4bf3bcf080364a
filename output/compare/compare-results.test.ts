import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openResults } from "../results/open-results.ts";
import { temporaryFolder, writeFakeResults } from "../results/testing/write-fake-results.ts";
import { compareBatches, compareScenarios, failures, moved } from "./compare-results.ts";

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

  it("have the paired difference of the summary", () => {
    const { cells } = compareScenarios(results, catalog.reference, scenario, [last]);
    for (const { indicator, key, difference, aAboveB, problem } of cells) {
      if (problem !== undefined) continue;
      const series = results.series({ scenario, reference: catalog.reference, indicator, key });
      const at = series.times.indexOf(last);
      expect(difference).toBe(series.q50[at]);
      expect(aAboveB).toBeCloseTo(1 - series.pPositive[at]!, 12);
    }
  });

  it("are the other way round with the other sign", () => {
    const there = compareScenarios(results, catalog.reference, scenario, [last]).cells;
    const back = compareScenarios(results, scenario, catalog.reference, [last]).cells;
    expect(back.map(({ difference }) => difference)).toEqual(
      there.map(({ difference }) => (difference === null ? null : -difference)),
    );
  });
});
