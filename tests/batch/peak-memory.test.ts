/** Memory does not grow with the number of draws; `large.ts` shows it for more of them. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

async function peakMegabytes(draws: number): Promise<number> {
  const script = join(import.meta.dirname, "peak-memory.ts");
  const { stdout } = await promisify(execFile)(process.execPath, ["--max-semi-space-size=4", script, String(draws)]);
  return JSON.parse(stdout).megabytes;
}

test("a hundred times as many draws need no more memory, within the play of the garbage collector", async () => {
  const few = await peakMegabytes(600);
  const many = await peakMegabytes(60_000);
  // The runs on disk are 72 MB against 0.7 MB; all values of the larger batch in memory would be as much again.
  expect(many - few).toBeLessThan(45);
});
