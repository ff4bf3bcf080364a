/** What commands load: packages for rare texts and wrong use only where they are needed, since loading them is most of a short command. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT, temporaryFolder } from "./tools/terrace.ts";

const folder = temporaryFolder();

/** The packages that a call loads. */
function packagesOf(args: readonly string[]): string[] {
  const hook = join(ROOT, "tests", "tools", "loaded-libraries.ts");
  const ended = spawnSync(process.execPath, ["--import", hook, join(ROOT, "cli", "bin.cjs"), ...args], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return ended.stderr
    .trim()
    .split("\n")
    .at(-1)!
    .split(" ")
    .filter((name) => name !== "");
}

it.each([
  ["check", "scenarios/teacup"],
  ["check", "scenarios/yunnan", "--json"],
  ["simulate", "scenarios/yunnan", "--scenario", "plan_full", "--out", join(folder, "plan.csv")],
])("terrace %s … loads no package", (...args) => {
  expect(packagesOf(args)).toEqual([]);
});

it("YAML that only the library reads loads it, and nothing else", () => {
  const model = join(folder, "model.yaml");
  writeFileSync(model, "model: {name: a,\n  title: {en: A, zh: 甲}, time: {start: 0, stop: 1, step: 1, unit: year}}\n");
  expect(packagesOf(["check", model])).toEqual(["yaml"]);
});

it.each([["--help"], ["check", "scenarios/teacup", "--no-json"], ["check"]])("terrace %s … loads yargs", (...args) => {
  expect(packagesOf(args)).toContain("yargs");
});
