/** Ends a batch in every way that a week of computing may meet, and looks whether it ends in the same bytes. */
import { spawn } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { fakeUniform } from "../../engine/statistics/testing/fake-blocks.ts";
import { hashResults } from "../../output/results/hash-results.ts";
import { openResults } from "../../output/results/open-results.ts";
import { ROOT, temporaryFolder, terrace } from "../tools/terrace.ts";
import { SMALL_MODEL } from "./small-model.ts";

const folder = temporaryFolder();
const model = join(folder, "small.yaml");
writeFileSync(model, SMALL_MODEL);

/** 40 blocks of 32 draws. */
const DRAWS = 1280;
const runArgs = (out: string, ...more: string[]) => [
  "run",
  model,
  "--draws",
  String(DRAWS),
  "--out",
  out,
  "--json",
  ...more,
];

/** Starts a run that gets a signal in the middle of a certain write to a file. */
function killed(out: string, signal: "SIGKILL" | "SIGINT", write: number): Promise<number | null> {
  const hook = pathToFileURL(join(import.meta.dirname, "signal-at-write.ts")).href;
  const args = ["--import", hook, join(ROOT, "cli", "main.ts"), ...runArgs(out, "--resume", "--workers", "2")];
  const env = { ...process.env, TERRACE_TEST_SIGNAL: signal, TERRACE_TEST_WRITE: String(write) };
  const child = spawn(process.execPath, args, { stdio: "ignore", env });
  return new Promise((resolve) => child.on("close", resolve));
}

// Each test starts the command several times, which takes its time on a busy machine.
describe("a batch of 1,280 draws in two scenarios", { timeout: 300_000 }, async () => {
  const whole = join(folder, "whole");
  const first = await terrace(runArgs(whole));
  const expected = hashResults(whole);

  test("has failed runs in its ledger, counts them, and ends well", () => {
    expect(first.code).toBe(3);
    const { summary, failures } = ledger(whole);
    expect(failures.length).toBeGreaterThan(10);
    expect(summary.runs.reduce((sum, scenario) => sum + scenario.failed, 0)).toBe(failures.length);
  });

  test("killed ten times in the middle of a write, then gone on with: the same bytes", async () => {
    const out = join(folder, "killed");
    // A block is some twenty writes: the early ones hit the first files, the late ones rows and what is secured with them.
    const writes = Array.from({ length: 10 }, (_, i) => 1 + Math.floor(120 * fakeUniform(11, i)));
    for (const write of writes) {
      expect(await killed(out, "SIGKILL", write)).toBe(null);
      expect(existsSync(out)).toBe(false);
    }
    const last = await terrace(runArgs(out, "--resume"));
    expect(last.stderr).toMatch(/going on: \d+ blocks? done before/);
    expect(hashResults(out)).toBe(expected);
    expect(readdirSync(folder).filter((name) => name.startsWith("killed"))).toEqual(["killed"]);
  });

  test("interrupted with Ctrl-C: exit 130, and --resume goes on to the same bytes", async () => {
    const out = join(folder, "interrupted");
    expect(await killed(out, "SIGINT", 100)).toBe(130);
    expect(existsSync(out)).toBe(false);
    const other = await terrace(["run", model, "--draws", "64", "--out", out, "--resume"]);
    expect(other).toMatchObject({ code: 1, stdout: "" });
    expect(other.stderr).toContain("draws was 1280 and is 64");
    await terrace(runArgs(out, "--resume"));
    expect(hashResults(out)).toBe(expected);
  });

  test("on a disk that takes no more: a clear message, and --resume goes on once there is room", async () => {
    const out = join(folder, "full");
    // A limit of 250 KiB a file stands for a full disk: the system refuses the write in the same way.
    const limited = await shell(`ulimit -f 250; exec "$0" "$@"`, [join(ROOT, "cli", "main.ts"), ...runArgs(out)]);
    expect(limited.code).toBe(1);
    expect(limited.stderr).toMatch(/error: ".*full\.partial\/.*" could not be written \(EFBIG: file too large/);
    expect(limited.stderr).not.toMatch(/\bat .*\.ts:/);
    expect(existsSync(out)).toBe(false);
    const resumed = await terrace(runArgs(out, "--resume"));
    expect(resumed.stderr).toMatch(/going on: [1-9]/);
    expect(hashResults(out)).toBe(expected);
  });

  test("in four shards, merged: the same bytes; a run of it is shown again as it was recorded", async () => {
    const shards = [1, 2, 3, 4].map((k) => join(folder, `shard-${k}`));
    for (const [i, shard] of shards.entries()) {
      const ended = await terrace(runArgs(shard, "--shard", `${i + 1}/4`, "--workers", String(i % 2)));
      expect(ended.code).toBe(0);
    }
    const merged = join(folder, "merged");
    const ended = await terrace(["merge", ...shards.slice(1), shards[0]!, "--out", merged, "--json"]);
    expect(JSON.parse(ended.stdout)).toMatchObject({ results: merged, shards: 4, hash: expected });

    const { failures } = ledger(merged);
    const { scenario, draw, variable, time } = failures[0]!;
    const args = ["replay", merged, "--scenario", scenario, "--draw", String(draw), "--trace", "total,room", "--steps"];
    // Shards and merges do not say where the model was: it is named.
    const replayed = await terrace([...args, "--model", model, "--json"]);
    expect(JSON.parse(replayed.stdout).failure).toMatchObject({ variable, time });
  });

  test("verified; a change of the model is named", async () => {
    expect((await terrace(["verify", whole])).code).toBe(0);
    writeFileSync(model, SMALL_MODEL.replace("sd: 0.02", "sd: 0.03"));
    const ended = await terrace(["verify", whole]);
    writeFileSync(model, SMALL_MODEL);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain("model file small.yaml has changed");
  });
});

function ledger(results: string) {
  const opened = openResults(results);
  return { summary: opened.summary, failures: opened.failures() };
}

function shell(script: string, args: readonly string[]): Promise<{ code: number | null; stderr: string }> {
  const child = spawn("bash", ["-c", script, process.execPath, ...args], { stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, stderr })));
}
