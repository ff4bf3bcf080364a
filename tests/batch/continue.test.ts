/** Batches that go on from saved states: the rows of the whole run, over files, threads, shards and the large model. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { expect, test, vi } from "vitest";
import { loadModel, withoutErrors } from "../../cli/load-model.ts";
import type { BlockResult } from "../../engine/ensemble/block-result.ts";
import { buildCatalog } from "../../engine/ensemble/build-catalog.ts";
import { withCheckpoint, withStart } from "../../engine/ensemble/continue-run.ts";
import { type EnsemblePlan, planEnsemble } from "../../engine/ensemble/plan.ts";
import { withKernel } from "../../engine/ensemble/plan-kernel.ts";
import { createBlockRunner } from "../../engine/ensemble/run-block.ts";
import { hashResults } from "../../output/results/hash-results.ts";
import { openResults } from "../../output/results/open-results.ts";
import { temporaryFolder, terrace } from "../tools/terrace.ts";
import { FOLDER } from "../yunnan/ensemble.ts";
import { SMALL_MODEL } from "./small-model.ts";

const folder = temporaryFolder();
const model = join(folder, "small.yaml");
writeFileSync(model, SMALL_MODEL);
const later = join(folder, "later.yaml");
writeFileSync(later, "scenarios: {later: {levers: {push: {set: 0.3, from: 2025}}}}\n");

vi.setConfig({ testTimeout: 300_000 });

async function run(out: string, ...args: string[]): Promise<string> {
  const ended = await terrace(["run", model, "--draws", "80", "--out", join(folder, out), ...args]);
  // Some runs of the small model fail: exit code 3.
  expect(ended.code, ended.stderr).toBe(args.includes("--shard") ? 0 : 3);
  return join(folder, out);
}

/** Rows of a table of runs from a time on, as text. */
function rowsFrom(results: string, time: number): string[] {
  const table = tableFromIPC(readFileSync(join(results, "runs", "scalar.arrow")));
  return [...table].filter((row) => row!.time >= time).map((row) => JSON.stringify(row));
}

test("runs go on through files and threads with the rows of the whole run, other levers included", async () => {
  const whole = await run("whole", "--scenario-file", later, "--workers", "0");
  const kept = await run("kept", "--checkpoint", "2025", "--workers", "2");
  const next = await run("next", "--start-from", `${kept}@2025`, "--scenario-file", later, "--workers", "2");
  expect(rowsFrom(next, 2025)).toEqual(rowsFrom(whole, 2025));
  const failures = (of: string) => openResults(of).failures();
  expect(failures(next)).toEqual(failures(whole));
  expect(failures(whole).length).toBeGreaterThan(0);
  const quantiles = (of: string) => openResults(of).series({ scenario: "later", indicator: "total" }).q50.slice(-6);
  expect(quantiles(next)).toEqual(quantiles(whole));

  const parts = [await run("part1", "--start-from", `${kept}@2025`, "--scenario-file", later, "--shard", "1/2")];
  parts.push(await run("part2", "--start-from", `${kept}@2025`, "--scenario-file", later, "--shard", "2/2"));
  await terrace(["merge", ...parts, "--out", join(folder, "merged")]);
  expect(hashResults(join(folder, "merged"))).toBe(hashResults(next));

  const replayed = (of: string) => terrace(["replay", of, "--scenario", "later", "--draw", "70", "--trace", "x"]);
  const [a, b] = [await replayed(next), await replayed(whole)];
  expect(a.stdout.split("\n").slice(1)).toEqual(b.stdout.split("\n").slice(6));
});

test("states are the same bytes for any number of workers and for shards", async () => {
  const hash = async (out: string, ...args: string[]) => hashResults(await run(out, "--checkpoint", "2024", ...args));
  const one = await hash("one", "--workers", "1");
  expect(await hash("three", "--workers", "3")).toBe(one);
  const parts = [await run("state1", "--checkpoint", "2024", "--shard", "1/2")];
  parts.push(await run("state2", "--checkpoint", "2024", "--shard", "2/2"));
  await terrace(["merge", ...parts, "--out", join(folder, "states")]);
  expect(hashResults(join(folder, "states"))).toBe(one);
});

test("what does not fit is refused, with the difference named", async () => {
  const kept = await run("fit", "--checkpoint", "2025");
  const refusal = async (of: string, ...args: string[]) =>
    (await terrace(["run", of, "--out", join(folder, "never"), ...args])).stderr.replaceAll(folder, "").trim();
  const from = ["--start-from", `${kept}@2025`];
  expect(await refusal(model, "--start-from", `${kept}@2026`)).toBe(
    "wrong use: invalid --start-from: /fit@2026 (the states are those of 2025)",
  );
  expect(await refusal(model, ...from, "--seed", "9")).toBe(
    "wrong use: invalid --seed: 9 (the runs that go on have 3)",
  );
  expect(await refusal(model, ...from, "--draws", "81")).toBe(
    "wrong use: invalid --draws: 81 (the runs that go on have 80)",
  );
  const other = join(folder, "other.yaml");
  writeFileSync(other, SMALL_MODEL.replace("ln(90 - total)", "ln(95 - total)"));
  expect(await refusal(other, ...from)).toBe('error: "/fit" was computed from something else: "room" has changed');
  const file = join(kept, "checkpoint.arrow");
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(file, bytes);
  expect(await refusal(model, ...from)).toContain("its bytes are not those that the run wrote");
});

test("Yunnan: the interpreter goes on from the kernel's states of 2025, and the kernel from the interpreter's", () => {
  const usable = withoutErrors(loadModel(FOLDER))!;
  const catalog = buildCatalog(usable.model, "h", ["baseline", "plan_full"]);
  const plan = planEnsemble(usable.model, usable.program, catalog, { seed: 5, draws: 2 });
  const hash = (text: string) => text;
  const keeping = withCheckpoint(plan, 2025, hash);
  const kept = createBlockRunner(withKernel(keeping))(0);
  const next = (kernel: boolean): BlockResult => {
    const { checkpoint } = keeping.catalog;
    const source = { catalog: keeping.catalog, checkpoint: checkpoint!, draws: 2, failures: kept.failures };
    const started = withStart(plan, source, hash) as EnsemblePlan;
    const state = { draws: kept.draws, columns: kept.checkpoint! };
    return createBlockRunner(kernel ? withKernel(started) : started, () => state)(0);
  };
  const rows = ({ tables }: BlockResult, of: EnsemblePlan) =>
    tables.map((values, t) => {
      const perTime = catalog.tables[t]!.keys.length;
      const [perRun, last] = [of.catalog.saveTimes.length * perTime, 11 * perTime];
      return Array.from({ length: values.length / perRun }, (_, i) =>
        values.slice((i + 1) * perRun - last, (i + 1) * perRun),
      );
    });
  const expected = rows(kept, plan);
  for (const kernel of [true, false]) {
    const found = next(kernel);
    const continued = { ...plan, catalog: { ...catalog, saveTimes: catalog.saveTimes.slice(-11) } };
    expect(rows(found, continued)).toEqual(expected);
    expect(found.failures).toEqual(kept.failures);
  }
});
