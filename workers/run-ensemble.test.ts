import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { BlockResult } from "../engine/ensemble/block-result.ts";
import { fakeCatalog } from "../engine/statistics/testing/fake-blocks.ts";
import { EnsembleError, type WorkerCrash } from "./ensemble-error.ts";
import type { Progress } from "./progress.ts";
import { type RunOptions, type RunReport, runEnsemble } from "./run-ensemble.ts";
import { begunBlocks, type FakePlan, type Fault, fakePlan } from "./testing/fake-runner.ts";

const runnerModule = new URL("./testing/fake-runner.ts", import.meta.url);

interface Outcome {
  readonly report: RunReport;
  readonly blocks: BlockResult[];
}

async function run(plan: FakePlan, workers: number, options: Partial<RunOptions> = {}): Promise<Outcome> {
  const blocks: BlockResult[] = [];
  const report = await runEnsemble(plan, {
    workers,
    runnerModule,
    onBlock: (block) => void blocks.push(block),
    ...options,
  });
  return { report, blocks };
}

/** A plan of 20 blocks, the last of them short. */
const planOf = (...faults: Fault[]): FakePlan => fakePlan(fakeCatalog(), 78, 4, faults);

function digest(blocks: readonly BlockResult[]): string {
  const hash = createHash("sha256");
  for (const block of blocks) {
    hash.update(`${block.block} ${block.firstDraw} ${block.draws} ${JSON.stringify(block.failures)}`);
    for (const array of [...block.tables, block.failed, block.drawValues, block.identityResiduals]) hash.update(array);
  }
  return hash.digest("hex");
}

/** The error that a run ends with. */
async function failureOf(running: Promise<unknown>): Promise<EnsembleError> {
  const thrown = await running.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(EnsembleError);
  return thrown as EnsembleError;
}

describe("runEnsemble", () => {
  test.each([1, 2, 3, 7])("%i workers hand over the same bytes, in the same order, as inline", async (workers) => {
    const inline = await run(planOf(), 0);
    const threaded = await run(planOf(), workers);
    expect(threaded.report.outcome).toBe("complete");
    expect(threaded.blocks.map((block) => block.block)).toEqual(Array.from({ length: 20 }, (_, block) => block));
    expect(digest(threaded.blocks)).toBe(digest(inline.blocks));
  });

  test("only the blocks asked for are computed", async () => {
    const plan = planOf();
    const { blocks } = await run(plan, 2, { blocks: [3, 4, 19] });
    expect(blocks.map((block) => [block.block, block.firstDraw, block.draws])).toEqual([
      [3, 12, 4],
      [4, 16, 4],
      [19, 76, 2],
    ]);
    expect(begunBlocks(plan).reduce((sum, count) => sum + count, 0)).toBe(3);
  });

  test("an ensemble without blocks is complete at once", async () => {
    expect((await run(planOf(), 2, { blocks: [] })).report.outcome).toBe("complete");
  });

  test.each([0, 2])("progress with %i workers counts blocks, runs and failed runs", async (workers) => {
    const seen: Progress[] = [];
    const { blocks } = await run(planOf(), workers, { onProgress: (progress) => void seen.push(progress) });
    const failed = blocks.reduce((sum, block) => sum + block.failures.length, 0);
    expect(seen.map((progress) => progress.blocksDone)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    expect(seen.at(-1)).toMatchObject({ blocks: 20, runs: 234, runsDone: 234, runsFailed: failed, secondsLeft: 0 });
  });

  test("no block is begun further ahead of the writer than the window", async () => {
    const plan = planOf();
    const window = 3;
    const ahead: number[] = [];
    const onBlock = (block: BlockResult) => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5); // lets the others run as far as they may
      ahead.push(begunBlocks(plan).lastIndexOf(1) - block.block);
    };
    await run(plan, 4, { window, onBlock });
    expect(Math.max(...ahead)).toBeLessThan(window);
  });
});

test.each([
  [{ workers: -1 }, "invalid workers: -1"],
  [{ workers: 1.5 }, "invalid workers: 1.5"],
  [{ workers: 2, window: 0 }, "invalid window: 0"],
])("options %j: %s", async (options, message) => {
  await expect(run(planOf(), options.workers, options)).rejects.toThrow(message);
});

describe("a worker that dies", () => {
  test("exit: its block is computed again, and the result is the same", async () => {
    const plan = planOf({ block: 5, kind: "exit", times: 2 });
    const told: WorkerCrash[] = [];
    const { report, blocks } = await run(plan, 2, { onCrash: (crash) => void told.push(crash) });
    expect(digest(blocks)).toBe(digest((await run(planOf(), 0)).blocks));
    expect(report.crashes.map((crash) => crash.blocks)).toEqual([[5], [5]]);
    expect(told).toEqual(report.crashes);
    expect(told[0]!.cause.message).toContain("exited with code: 3");
    expect(begunBlocks(plan)[5]).toBe(3);
  });

  test("out of memory: its block is computed again", async () => {
    const plan = planOf({ block: 2, kind: "out-of-memory", times: 1 });
    const { report, blocks } = await run(plan, 2, { heapMegabytes: 48 });
    expect(report.crashes).toHaveLength(1);
    expect(report.crashes[0]!.cause.message).toContain("out of memory");
    expect(blocks).toHaveLength(20);
  });

  test("at several blocks at once: all are computed again", async () => {
    const faults = [0, 1, 2, 9, 19].map((block): Fault => ({ block, kind: "exit", times: 1 }));
    const { report, blocks } = await run(planOf(...faults), 3);
    expect(report.crashes.flatMap((crash) => crash.blocks).sort((a, b) => a - b)).toEqual([0, 1, 2, 9, 19]);
    expect(digest(blocks)).toBe(digest((await run(planOf(), 0)).blocks));
  });

  test("each time: an error names the block, its draws, the tries and the cause", async () => {
    const error = await failureOf(run(planOf({ block: 19, kind: "exit", times: 99 }), 2));
    expect(error.failedBlock).toEqual({ block: 19, firstDraw: 76, draws: 2, tries: 3 });
    expect(error.message).toBe(
      "block 19 (draws 76 to 77) could not be computed after 3 tries (Error: worker exited with code: 3)",
    );
  });
});

describe("errors", () => {
  test.each([0, 2])("a block that throws ends the run, with %i workers", async (workers) => {
    const plan = planOf({ block: 4, kind: "throw", times: 99 });
    const delivered: number[] = [];
    const error = await failureOf(run(plan, workers, { onBlock: (block) => void delivered.push(block.block) }));
    expect(error.message).toBe("block 4 (draws 16 to 19) could not be computed (RangeError: made-up fault in block 4)");
    expect(delivered).toEqual([0, 1, 2, 3].slice(0, delivered.length));
    expect(begunBlocks(plan)[4]).toBe(1);
  });

  test.each([0, 2])("what the receiver throws ends the run, with %i workers", async (workers) => {
    const full = new Error("no space left on device");
    const onBlock = (block: BlockResult) => {
      if (block.block === 3) throw full;
    };
    await expect(run(planOf(), workers, { onBlock })).rejects.toBe(full);
  });

  test("a runner module that cannot be loaded is named", async () => {
    const missing = new URL("./testing/no-such-runner.ts", import.meta.url);
    const error = await failureOf(run(planOf(), 2, { runnerModule: missing }));
    expect(error.code).toBe("worker-crashed");
    expect(error.message).toContain("no-such-runner");
  });
});

describe("a signal", () => {
  test.each([0, 2])("ends the run after the blocks handed over so far, with %i workers", async (workers) => {
    const controller = new AbortController();
    const delivered: number[] = [];
    const onBlock = (block: BlockResult) => {
      delivered.push(block.block);
      if (block.block === 6) controller.abort();
    };
    const { report } = await run(planOf(), workers, { onBlock, signal: controller.signal });
    expect(report.outcome).toBe("interrupted");
    expect(delivered).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test("ends threads in the middle of a block and threads that wait for their turn", async () => {
    const plan = planOf({ block: 1, kind: "endless", times: 99 });
    const controller = new AbortController();
    const running = run(plan, 3, { window: 3, signal: controller.signal });
    while (begunBlocks(plan)[1] === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    controller.abort();
    const { report, blocks } = await running;
    expect(report.outcome).toBe("interrupted");
    expect(blocks.length).toBeLessThan(2);
  });

  test("that came before the start: nothing is computed", async () => {
    const plan = planOf();
    const { report } = await run(plan, 2, { signal: AbortSignal.abort() });
    expect(report).toMatchObject({ outcome: "interrupted", progress: { blocksDone: 0 } });
    expect(begunBlocks(plan).every((count) => count === 0)).toBe(true);
  });
});
