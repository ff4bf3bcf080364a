/** The first promise: same inputs, same bytes, for any number of workers and without any. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { hashResults } from "../output/results/hash-results.ts";
import { ROOT, temporaryFolder, terrace } from "./tools/terrace.ts";

const folder = temporaryFolder();

async function hashOf(model: string, draws: number, workers: number, more: readonly string[] = []): Promise<string> {
  const out = join(folder, `${model}-${workers}`);
  const args = [
    "run",
    join(ROOT, "scenarios", model),
    "--draws",
    String(draws),
    "--workers",
    String(workers),
    "--out",
    out,
    ...more,
  ];
  const ended = await terrace(args);
  expect(ended.stderr.split("\n").filter((l) => /error|internal/.test(l))).toEqual([]);
  expect(ended.code).toBe(0);
  return hashResults(out);
}

describe("a results folder has the same bytes (all but provenance) for 1, 2, 3, 7 workers and inline", () => {
  it("two cities, 300 draws", async () => {
    const inline = await hashOf("two-cities", 300, 0);
    for (const workers of [1, 2, 3, 7]) expect(await hashOf("two-cities", 300, workers)).toBe(inline);
  });

  it("Yunnan, two scenarios, 40 draws", { timeout: 300_000 }, async () => {
    const more = ["--scenario", "baseline,plan_full"];
    const inline = await hashOf("yunnan", 40, 0, more);
    for (const workers of [2, 3]) expect(await hashOf("yunnan", 40, workers, more)).toBe(inline);
  });
});
