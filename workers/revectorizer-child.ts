/** The child process of a trial: runs a block by both modules and says whether all bits are the same, and which is faster. */
import { readFileSync, writeSync } from "node:fs";
import { deserialize } from "node:v8";
import type { BlockResult } from "../engine/ensemble/block-result.ts";
import { createBlockRunner } from "../engine/ensemble/run-block.ts";
import { withOptimizingTier } from "./optimizing-tier.ts";
import type { Trial, TrialResult } from "./revectorizer-trial.ts";

const STDIN = 0;
const STDOUT = 1;
const ROUNDS = 4;

const { plan, plain, wide } = deserialize(readFileSync(STDIN)) as Trial;

const runner = ({ bytes, layout }: Trial["plain"], revectorize: boolean): (() => BlockResult) => {
  const module = withOptimizingTier(() => new WebAssembly.Module(bytes), { revectorize });
  const run = createBlockRunner({ ...plan, kernel: { layout, module } });
  return () => run(0);
};
const runPlain = runner(plain, false);
const runWide = runner(wide, true);
const sameBits = isSame(runPlain(), runWide());
const result: TrialResult = { sameBits, ...compare(runPlain, runWide) };
writeSync(STDOUT, JSON.stringify(result));

/** Processor time of the fastest of a few runs, which other programs disturb least, in turns. */
function compare(first: () => unknown, second: () => unknown): Pick<TrialResult, "speedup"> {
  const times = Array.from({ length: ROUNDS }, () => [processorTime(first), processorTime(second)] as const);
  const fastest = (which: 0 | 1) => Math.max(1, Math.min(...times.map((pair) => pair[which])));
  return { speedup: fastest(0) / fastest(1) };
}

/** In microseconds. */
function processorTime(run: () => unknown): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function isSame(a: BlockResult, b: BlockResult): boolean {
  const numbers = (r: BlockResult) => [...r.tables, r.failed, r.identityResiduals];
  const other = numbers(b);
  return (
    numbers(a).every((table, i) => Buffer.from(bytesOf(table)).equals(bytesOf(other[i]!))) &&
    JSON.stringify(a.failures) === JSON.stringify(b.failures)
  );
}

function bytesOf(array: Float64Array | Uint8Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
