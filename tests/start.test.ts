/** What commands load: yargs, and packages for rare texts only where one is met, since loading them is most of a short command. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT, temporaryFolder } from "./tools/terrace.ts";

const folder = temporaryFolder();
const { dependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { dependencies: object };

/** Of the packages that a call loads, those that `package.json` names. */
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
    .filter((name) => name in dependencies);
}

it.each([
  ["check", "scenarios/teacup"],
  ["check", "scenarios/yunnan", "--json"],
  ["simulate", "scenarios/yunnan", "--scenario", "plan_full", "--out", join(folder, "plan.csv")],
])("terrace %s … loads yargs alone", (...args) => {
  expect(packagesOf(args)).toEqual(["yargs"]);
});

it("YAML that only the library reads loads it, and nothing else", () => {
  const model = join(folder, "model.yaml");
  writeFileSync(model, "model: {name: a,\n  title: {en: A, zh: 甲}, time: {start: 0, stop: 1, step: 1, unit: year}}\n");
  expect(packagesOf(["check", model])).toEqual(["yaml", "yargs"]);
});

it("equations are written as TeX by mathjs, which nothing else loads", () => {
  expect(packagesOf(["explain", "scenarios/teacup", "heat_loss", "--tex"])).toEqual(["mathjs", "yargs"]);
});
