/** Memory does not grow with the number of draws; `large.ts` shows it for more of them. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

async function peakMegabytes(draws: number): Promise<number> {
  const script = join(import.meta.dirname, "peak-memory.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [script, String(draws)]);
  return JSON.parse(stdout).megabytes;
}

test("twenty times as many draws need no more memory, within the play of the garbage collector", async () => {
  const few = await peakMegabytes(600);
  const many = await peakMegabytes(12_000);
  // The runs on disk are 14 MB against 0.7 MB; all values of the larger batch in memory would be as much again.
  expect(many - few).toBeLessThan(60);
});
