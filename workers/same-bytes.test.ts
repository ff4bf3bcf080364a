import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createSummary } from "../engine/statistics/ensemble-summary.ts";
import { fakeCatalog } from "../engine/statistics/testing/fake-blocks.ts";
import { hashResults } from "../output/results/hash-results.ts";
import { openResults } from "../output/results/open-results.ts";
import { ResultsWriter } from "../output/results/results-writer.ts";
import { temporaryFolder } from "../output/results/testing/write-fake-results.ts";
import { runEnsemble } from "./run-ensemble.ts";
import { type Fault, fakePlan } from "./testing/fake-runner.ts";

const catalog = fakeCatalog();
const DRAWS = 150;
const runnerModule = new URL("./testing/fake-runner.ts", import.meta.url);

/** Runs 19 blocks into a results folder. */
async function resultsOf(workers: number, exactBudget: number | undefined, ...faults: Fault[]): Promise<string> {
  const plan = fakePlan(catalog, DRAWS, 8, faults);
  const writer = new ResultsWriter(join(temporaryFolder(), "batch"), { catalog, manifest: { draws: DRAWS } });
  const summary = createSummary(catalog, DRAWS, exactBudget);
  const report = await runEnsemble(plan, {
    workers,
    runnerModule,
    onBlock: (block) => {
      writer.addBlock(block);
      summary.addBlock(block);
    },
  });
  return writer.finish(summary.finishByContrast(), {
    workers,
    seconds: report.seconds,
    crashes: report.crashes.length,
  });
}

describe.each([
  ["exact", undefined],
  ["histogram", 0],
] as const)("a results folder with %s summaries", (method, exactBudget) => {
  test("has the same bytes for 1, 2, 3 and 7 workers, inline, and after crashes", async () => {
    const inline = await resultsOf(0, exactBudget);
    expect(openResults(inline).summary.method).toBe(method);
    const expected = hashResults(inline);
    for (const workers of [1, 2, 3, 7]) expect(hashResults(await resultsOf(workers, exactBudget))).toBe(expected);
    const faults = [0, 3, 18].map((block): Fault => ({ block, kind: "exit", times: 1 }));
    const crashed = await resultsOf(2, exactBudget, ...faults);
    expect(openResults(crashed).provenance.crashes).toBe(3);
    expect(hashResults(crashed)).toBe(expected);
  });
});
