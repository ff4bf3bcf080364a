/**
 * The promises of a batch at size, by hand: `node tests/batch/large.ts [MODEL] [DRAWS] [SEED]`.
 *
 * Prints the peak memory of 1,000, 10,000 and 100,000 draws of a small model side by side; then runs a model (default: Yunnan,
 * 512 draws) undisturbed, with ten kills and resumes, and in four shards, and compares the hashes. The moments of the kills follow
 * from a seed, which is printed, and from the speed of the machine.
 */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { streamOf, uniform } from "../../engine/numerics/index.ts";
import { hashResults } from "../../output/results/hash-results.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const [model = join(ROOT, "scenarios", "yunnan"), draws = "512", seed = String(Date.now())] = process.argv.slice(2);
const MAIN = join(ROOT, "cli", "main.ts");

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

say("peak memory");
for (const count of [1000, 10_000, 100_000]) {
  const script = join(import.meta.dirname, "peak-memory.ts");
  const args = ["--max-semi-space-size=4", script, String(count)];
  const text = execFileSync(process.execPath, args, { encoding: "utf8" });
  const { megabytes, seconds } = JSON.parse(text) as { megabytes: number; seconds: number };
  say(
    `  ${String(count).padStart(7)} draws  ${megabytes.toFixed(0).padStart(5)} MiB  ${seconds.toFixed(0).padStart(4)} s`,
  );
}

/** Runs the command; with a number of milliseconds it is killed after that time. Returns the exit code, or null if it was killed. */
function terrace(args: readonly string[], killAfter?: number): Promise<number | null> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let words = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (words += text));
  const timer = killAfter === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter);
  return new Promise((resolve) =>
    child.on("close", (code) => {
      clearTimeout(timer);
      // 3: more runs failed than allowed, which is no matter here.
      if (code !== null && code !== 0 && code !== 3) throw new Error(words);
      resolve(code);
    }),
  );
}

const base = mkdtempSync(join(tmpdir(), "terrace-"));
const run = (out: string, ...more: string[]) => [
  "run",
  model,
  "--draws",
  draws,
  "--out",
  join(base, out),
  "--json",
  ...more,
];
const started = performance.now();
await terrace(run("whole"));
const duration = performance.now() - started;
const whole = hashResults(join(base, "whole"));
say(`undisturbed   ${whole}  (${(duration / 1000).toFixed(0)} s)`);

say(`seed of kills ${seed}`);
const moments = streamOf("kills");
let kills = 0;
let tries = 0;
while (kills < 10 && !existsSync(join(base, "killed"))) {
  // At a random moment within the first third of what a run takes.
  if ((await terrace(run("killed", "--resume"), (uniform(Number(seed), moments, tries++, 0) * duration) / 3)) === null)
    kills++;
}
await terrace(run("killed", "--resume"));
say(`${kills} kills      ${hashResults(join(base, "killed"))}`);

const shards = [1, 2, 3, 4].map((index) => `shard-${index}`);
for (const [i, shard] of shards.entries()) await terrace(run(shard, "--shard", `${i + 1}/4`));
await terrace(["merge", ...shards.map((shard) => join(base, shard)), "--out", join(base, "merged")]);
say(`four shards   ${hashResults(join(base, "merged"))}`);

const same = [join(base, "killed"), join(base, "merged")].every((folder) => hashResults(folder) === whole);
rmSync(base, { recursive: true });
say(same ? "all the same" : "NOT THE SAME");
process.exitCode = same ? 0 : 1;
