/**
 * The scorer that comes with the shared set, on the command line as a user has it: `terrace simulate` on each file. What is read and computed is
 * tested file by file in conformance.test.ts; here it is the written CSV, its names and times. Skipped where the set does not lie beside
 * the repository, or where there is no Python.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT, temporaryFolder } from "../tools/terrace.ts";

const SHARED = join(ROOT, "..", "shared", "conformance");
const MINUTE = 60_000;

/** Whether each file of the set passes. */
interface Scored {
  readonly case: string;
  readonly model: string;
  readonly pass: boolean;
}

function hasPython(): boolean {
  return spawnSync("python3", ["--version"]).status === 0;
}

function score(): Promise<readonly Scored[]> {
  const json = join(temporaryFolder(), "score.json");
  const command = `"${process.execPath}" "${join(ROOT, "cli", "bin.cjs")}" simulate {model} --out {out} {data} {tags}`;
  const child = spawn("python3", [join(SHARED, "score.py"), SHARED, "--cmd", command, "--jobs", "2", "--json", json]);
  // What it prints says the same as the file.
  child.stdout.resume();
  child.stderr.resume();
  return new Promise((resolve, reject) =>
    child.on("error", reject).on("close", () => resolve(JSON.parse(readFileSync(json, "utf8")) as readonly Scored[])),
  );
}

test.skipIf(!existsSync(SHARED) || !hasPython())(
  "the scorer passes and fails the files that docs/conformance.md lists so",
  { timeout: 10 * MINUTE },
  async () => {
    const scored = await score();
    const names = (pass: boolean) => scored.filter((s) => s.pass === pass).map((s) => `\`${s.case}/${s.model}\``);
    const sections = readFileSync(join(ROOT, "docs", "conformance.md"), "utf8").split(/^## /m);
    const listed = (heading: string) =>
      [...(sections.find((s) => s.startsWith(heading)) ?? "").matchAll(/^[*-] (`[^`]+`)/gm)].map((m) => m[1]!);
    expect(names(false).sort()).toEqual(listed("Files that do not").sort());
    expect(names(true).sort()).toEqual(listed("Files that pass").sort());
  },
);
