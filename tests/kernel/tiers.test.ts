/** Each compiler of V8 alone gives the interpreter's bits: options of V8 hold for a whole process, hence a child for each. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";

const SCRIPT = join(import.meta.dirname, "tier-check.ts");

test.each([
  ["the quick compiler", ["--liftoff", "--no-wasm-tier-up"]],
  ["the optimizing compiler", ["--no-liftoff", "--no-wasm-inlining"]],
])("%s", (_, options) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, [...options, SCRIPT], { encoding: "utf8" });
  expect(stderr).toBe("");
  expect({ status, found: JSON.parse(stdout) }).toEqual({ status: 0, found: [] });
});
