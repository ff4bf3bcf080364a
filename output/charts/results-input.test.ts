import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openResults } from "../results/open-results.ts";
import { temporaryFolder, writeFakeResults } from "../results/testing/write-fake-results.ts";
import { chartSpec } from "./chart-spec.ts";
import { renderSvg } from "./render-svg.ts";
import { resultsInput } from "./results-input.ts";

const root = temporaryFolder();
afterAll(async () => rm(root, { recursive: true }));

describe("resultsInput", () => {
  const results = openResults(writeFakeResults({ folder: join(root, "batch"), seed: 7, draws: 40 }));
  const input = resultsInput(results, "terrace report batch");

  it("states the facts of the run", () => {
    const failed = results.failures().length / (40 * results.catalog.scenarios.length);
    expect(input.facts).toEqual({
      seed: "7",
      run: expect.stringMatching(/^[0-9a-f]{12}$/),
      draws: 40,
      failedShare: failed,
      command: "terrace report batch",
    });
  });

  it("hands on the summaries of every cell", () => {
    const { scenarios, indicators } = results.catalog;
    for (const { name: indicator, keys } of indicators) {
      const query = { scenario: scenarios[0]!.name, indicator, key: keys[0]! };
      const [given, read] = [input.series(query), results.series(query)];
      expect([given.times, given.n, given.mean, given.q50]).toEqual([read.times, read.n, read.mean, read.q50]);
      expect(given.quantile?.(50)).toEqual(read.q50);
    }
  });

  it("draws charts from a folder alone", async () => {
    const { name: scenario } = results.catalog.scenarios[0]!;
    const { name: indicator, keys } = results.catalog.indicators[0]!;
    const spec = chartSpec({ name: "x", kind: "fan", indicator, key: keys[0]!, scenario }, input, "zh");
    expect(await renderSvg(spec, "x")).toMatch(/^<svg .*<\/svg>\n$/s);
  });
});
