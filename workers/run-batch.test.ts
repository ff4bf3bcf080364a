import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { fakeCatalog } from "../engine/statistics/testing/fake-blocks.ts";
import { hashResults } from "../output/results/hash-results.ts";
import { type Keep, parseKeep } from "../output/results/keep.ts";
import { mergeResults } from "../output/results/merge-results.ts";
import { openResults } from "../output/results/open-results.ts";
import { temporaryFolder } from "../output/results/testing/write-fake-results.ts";
import { type BatchOptions, type BatchReport, runBatch, shardBlocks } from "./run-batch.ts";
import { begunBlocks, type FakePlan, type Fault, fakePlan } from "./testing/fake-runner.ts";

const runnerModule = new URL("./testing/fake-runner.ts", import.meta.url);
const manifest = { seed: 1, draws: 150, keep: "all" };
/** 19 blocks, the last of them short. */
const planOf = (...faults: Fault[]): FakePlan => fakePlan(fakeCatalog(), 150, 8, faults);
const newFolder = () => join(temporaryFolder(), "batch");

function run(plan: FakePlan, folder: string, options: Partial<BatchOptions> = {}): Promise<BatchReport> {
  const provenance = (report: BatchReport) => ({ crashes: report.crashes.length });
  return runBatch(plan, { folder, manifest, workers: 0, runnerModule, provenance, secureShare: 1e9, ...options });
}

/** A run that is interrupted once `blocks` blocks are done. */
async function interruptedRun(folder: string, blocks: number, options: Partial<BatchOptions> = {}): Promise<void> {
  const stop = new AbortController();
  const report = await run(planOf(), folder, {
    ...options,
    signal: stop.signal,
    onProgress: (progress) => {
      if (progress.blocksDone === blocks) stop.abort();
    },
  });
  expect(report.outcome).toBe("interrupted");
}

describe.each([
  ["exact", {}],
  ["histogram", { exactBudget: 0 }],
  ["histogram in pages", { exactBudget: 0, pagesFrom: 0 }],
  [
    "histogram in pages, without runs",
    { exactBudget: 0, pagesFrom: 0, keep: { kind: "summary" } as Keep, manifest: { ...manifest, keep: "summary" } },
  ],
  [
    "histogram, without runs",
    { exactBudget: 0, keep: { kind: "summary" } as Keep, manifest: { ...manifest, keep: "summary" } },
  ],
] as const)("%s: the bytes of the folder are the same", (_, options) => {
  let expected = "";

  test("for any number of workers, inline, and after worker crashes", async () => {
    const hash = async (plan: FakePlan, workers: number, more: Partial<BatchOptions> = {}) => {
      const folder = newFolder();
      await run(plan, folder, { ...options, ...more, workers });
      return hashResults(folder);
    };
    expected = await hash(planOf(), 0);
    for (const workers of [1, 2, 3, 7]) expect(await hash(planOf(), workers)).toBe(expected);
    const faults = [0, 7, 18].map((block): Fault => ({ block, kind: "exit", times: 1 }));
    expect(await hash(planOf(...faults), 2)).toBe(expected);
    const memory: Fault = { block: 4, kind: "out-of-memory", times: 1 };
    expect(await hash(planOf(memory), 2, { heapMegabytes: 48 })).toBe(expected);
  });

  test("after interruptions, and only what is missing is computed", async () => {
    const folder = newFolder();
    await interruptedRun(folder, 4, options);
    await interruptedRun(folder, 6, { ...options, resume: true });
    const plan = planOf();
    const resumed: number[] = [];
    const report = await run(plan, folder, {
      ...options,
      resume: true,
      onResume: (blocks) => void resumed.push(blocks),
    });
    expect(resumed).toEqual([10]);
    expect(report).toMatchObject({ resumedBlocks: 10, draws: 150 });
    expect([...begunBlocks(plan)]).toEqual([...Array(10).fill(0), ...Array(9).fill(1)]);
    expect(hashResults(folder)).toBe(expected);
  });

  test("after a block that cannot be computed: those before it are kept", async () => {
    const folder = newFolder();
    const fault: Fault = { block: 5, kind: "throw", times: 1 };
    await expect(run(planOf(fault), folder, options)).rejects.toThrow("block 5 (draws 40 to 47) could not be computed");
    const plan = planOf();
    await run(plan, folder, { ...options, resume: true, workers: 2 });
    expect(begunBlocks(plan).indexOf(1)).toBe(5);
    expect(hashResults(folder)).toBe(expected);
  });

  test("in four shards, one of them interrupted, merged", async () => {
    const base = temporaryFolder();
    const folders = [3, 1, 4, 2].map((index) => join(base, `shard-${index}`));
    for (const folder of folders) {
      const shard = { index: Number(folder.at(-1)), of: 4 };
      if (shard.index === 3) await interruptedRun(folder, 2, { ...options, shard });
      await run(planOf(), folder, { ...options, shard, resume: true, workers: shard.index % 2 });
    }
    const { keep: _, manifest: __, ...budget }: Partial<BatchOptions> = options;
    expect(hashResults(mergeResults(folders, join(base, "merged"), { provenance: {}, ...budget }))).toBe(expected);
  });
});

test("shards share out all blocks", () => {
  for (const of of [1, 2, 3, 7, 19]) {
    const shards = Array.from({ length: of }, (_, i) => shardBlocks(planOf(), i + 1, of));
    expect(shards.flatMap((s) => Array.from({ length: s.blocks }, (_, i) => s.firstBlock + i))).toEqual(
      Array.from({ length: 19 }, (_, i) => i),
    );
    expect(Math.max(...shards.map((s) => s.blocks)) - Math.min(...shards.map((s) => s.blocks))).toBeLessThan(2);
  }
  expect(() => shardBlocks(planOf(), 5, 4)).toThrow("invalid shard: 5/4");
});

describe("pages of a large summary", () => {
  const inPages = { exactBudget: 0, pagesFrom: 0 };

  test("change no byte of the results, and leave no file", async () => {
    const folders = [newFolder(), newFolder()];
    await run(planOf(), folders[0]!, { exactBudget: 0 });
    await run(planOf(), folders[1]!, { ...inPages, workers: 2 });
    expect(hashResults(folders[1]!)).toBe(hashResults(folders[0]!));
    const stopped = newFolder();
    await interruptedRun(stopped, 6, { ...inPages, workers: 2 });
    for (const folder of [folders[1]!, `${stopped}.partial`])
      expect(readdirSync(folder).filter((name) => name.startsWith("scratch"))).toEqual([]);
  });
});

test("a run of which no block is done leaves nothing", async () => {
  const folder = newFolder();
  await expect(run(planOf({ block: 0, kind: "throw", times: 1 }), folder)).rejects.toThrow("block 0");
  await run(planOf(), folder, { signal: AbortSignal.abort() });
  expect(readdirSync(join(folder, ".."))).toEqual([]);
});

describe("a rule that says when draws are enough", () => {
  /** Enough as soon as some draws are summarised, which the smallest cell tells. */
  const isEnough =
    (draws: number): NonNullable<BatchOptions["isEnough"]> =>
    (summary) =>
      summary.sampleOf(0).n >= draws;

  test("stops at the same block for any number of workers, and after an interruption", async () => {
    const hashes: string[] = [];
    for (const workers of [0, 1, 3]) {
      const folder = newFolder();
      const report = await run(planOf(), folder, { workers, isEnough: isEnough(60) });
      expect(report).toMatchObject({ outcome: "complete", draws: openResults(folder).summary.runs[0]!.runs });
      expect(report.draws).toBeLessThan(100);
      hashes.push(hashResults(folder));
    }
    const folder = newFolder();
    await interruptedRun(folder, 5, { isEnough: isEnough(60) });
    await run(planOf(), folder, { isEnough: isEnough(60), resume: true, workers: 2 });
    expect(new Set([...hashes, hashResults(folder)]).size).toBe(1);
  });

  test("that is never met: all draws are taken", async () => {
    expect((await run(planOf(), newFolder(), { isEnough: isEnough(1000) })).draws).toBe(150);
  });
});

test("indicators that are kept have a table each for their shape, others none", async () => {
  const folder = newFolder();
  await run(planOf(), folder, { keep: parseKeep("share")! });
  expect(readdirSync(join(folder, "runs"))).toEqual(["place.arrow"]);
  expect(existsSync(join(folder, "draws.arrow"))).toBe(true);
});
