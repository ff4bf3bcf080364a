/** A runner for tests: made-up blocks, and faults at chosen blocks. */

import type { BlockResult } from "../../engine/ensemble/block-result.ts";
import type { Catalog } from "../../engine/ensemble/catalog.ts";
import { fakeBlock } from "../../engine/statistics/testing/fake-blocks.ts";
import { type BlockPlan, blockCount, blockDraws } from "../block-plan.ts";

/** What goes wrong when a block is computed: the thread exits, runs out of memory or never ends, or the runner throws. */
export interface Fault {
  readonly block: number;
  readonly kind: "exit" | "out-of-memory" | "endless" | "throw";
  /** How often, from the first try on. */
  readonly times: number;
}

export interface FakePlan extends BlockPlan {
  readonly catalog: Catalog;
  readonly seed: number;
  readonly faults: readonly Fault[];
  /** How often each block was begun, in memory shared by all threads. */
  readonly begun: SharedArrayBuffer;
}

export function fakePlan(catalog: Catalog, draws: number, blockDraws: number, faults: readonly Fault[] = []): FakePlan {
  const plan = { catalog, draws, blockDraws, seed: 1, faults };
  return { ...plan, begun: new SharedArrayBuffer(blockCount(plan) * Int32Array.BYTES_PER_ELEMENT) };
}

/** How often each block was begun so far. */
export function begunBlocks(plan: FakePlan): Int32Array {
  return new Int32Array(plan.begun);
}

export function createBlockRunner(plan: FakePlan): (block: number) => BlockResult {
  return (block) => {
    const before = Atomics.add(begunBlocks(plan), block, 1);
    const fault = plan.faults.find((candidate) => candidate.block === block && before < candidate.times);
    if (fault !== undefined) fail(fault);
    const { firstDraw, draws } = blockDraws(plan, block);
    return fakeBlock(plan.catalog, plan.seed, block, firstDraw, draws);
  };
}

function fail(fault: Fault): void {
  switch (fault.kind) {
    case "exit":
      process.exit(3);
      break;
    case "out-of-memory": {
      const kept: number[][] = [];
      for (;;) kept.push(Array.from({ length: 1000 }, (_, i) => i + kept.length));
    }
    case "endless":
      for (;;) Math.sqrt(2);
    case "throw":
      throw new RangeError(`made-up fault in block ${fault.block}`);
  }
}
