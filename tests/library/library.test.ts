/** The program of docs/library.md: it is type-checked with the tree, and prints what the page says. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as library from "../../engine/index.ts";
import { ROOT, temporaryFolder, terrace } from "../tools/terrace.ts";

const folder = temporaryFolder();
const page = readFileSync(join(ROOT, "docs", "library.md"), "utf8");
const [, program, printed] = /```ts\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/.exec(page)!;
const PROGRAM = join(import.meta.dirname, "tea.ts");

/** The model of the README. */
const [, tea] = /```yaml\n# tea\.yaml\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, "README.md"), "utf8"))!;
writeFileSync(join(folder, "tea.yaml"), tea!);

describe("docs/library.md", () => {
  it("shows the program that stands beside this test", () => {
    expect(program).toBe(readFileSync(PROGRAM, "utf8").replace("../../engine/index.ts", "terrace"));
  });

  it("says what it prints", () => {
    expect(execFileSync(process.execPath, [PROGRAM], { cwd: folder, encoding: "utf8" })).toBe(printed);
  });

  it("has the numbers of terrace run", async () => {
    const out = join(folder, "results");
    expect(await terrace(["run", "tea.yaml", "--draws", "1000", "--out", out], { cwd: folder })).toMatchObject({
      code: 0,
    });
    const exported = join(folder, "exported");
    expect(await terrace(["export", out, "--to", "csv", "--out", exported])).toMatchObject({ code: 0 });
    const [header, ...rows] = readFileSync(join(exported, "summary.csv"), "utf8").trim().split("\n");
    const column = header!.split(",").indexOf("q50");
    const last = rows.map((row) => row.split(",")).find((cells) => cells.includes("30"))!;
    expect(printed).toContain(` ${last[column]} `);
  });

  it("is what the package exports", () => {
    const { exports } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const source = (built: string) => built.replace("./dist/", "").replace(/\.(d\.ts|js)$/, ".ts");
    expect(Object.values<string>(exports["."]).map(source)).toEqual(["engine/index.ts", "engine/index.ts"]);
  });

  it("names every function of the library", () => {
    const functions = Object.keys(library).filter((name) => /^[a-z]/.test(name));
    expect(functions.filter((name) => !page.includes(name))).toEqual([]);
    expect(Object.keys(library).toSorted()).toEqual([
      "InternalError",
      "ModelError",
      "UsageError",
      "compileForeignModel",
      "compileModel",
      "diagnosticToJson",
      "renderDiagnostics",
      "runEnsemble",
      "simulate",
    ]);
  });
});
