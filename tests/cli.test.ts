/** The command line as a user meets it: output, exit codes, folders. */

import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT, temporaryFolder, terrace } from "./tools/terrace.ts";

const folder = temporaryFolder();
const TEA = `model:
  name: tea
  title: {en: Tea, zh: 茶}
  time: {start: 0, stop: 4, step: 1/4, save: 1, unit: minute}
stocks:
  temperature: {initial: 90, outflows: [cooling], unit: degC, indicator: end, title: {en: Temperature, zh: 温度}}
flows:
  cooling: {equation: (temperature - room) / cooling_time, unit: degC/minute}
parameters:
  room: {value: 20, unit: degC}
  cooling_time: {value: 10, unit: minute, distribution: "triangular(8, 10, 13)"}
levers:
  ice: {default: 0, range: [0, 1], unit: "1"}
`;
const tea = write("tea.yaml", TEA);

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("check", () => {
  it("a model without errors: exit 0, counts on standard output, nothing else", async () => {
    const ended = await terrace(["check", tea]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toContain("Tea: no errors\n  1 stock, 1 flow, ");
  });

  it("a model with errors: exit 1, all of them on standard error, no stack trace", async () => {
    const bad = write("bad.yaml", TEA.replace("temperature - room", "temprature - rom"));
    const ended = await terrace(["check", bad]);
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toContain('did you mean "temperature"?');
    expect(ended.stderr.match(/^error/gm)).toHaveLength(2);
    expect(ended.stderr).not.toMatch(/\bat .*\.ts:/);
  });

  it("a file that only the yaml library reads: brackets over several lines", async () => {
    const long = write("long.yaml", TEA.replace("{value: 20, unit: degC}", "{\n    value: 20, unit: degC}"));
    expect(await terrace(["check", long])).toEqual(await terrace(["check", tea]));
  });

  it("--json is data for programs; --lang zh is Chinese", async () => {
    const bad = write("bad2.yaml", TEA.replace("temperature - room", "temprature - room"));
    const ended = await terrace(["check", bad, "--json", "--lang", "zh"]);
    expect(ended.code).toBe(1);
    const data = JSON.parse(ended.stdout);
    expect(data.diagnostics).toMatchObject([{ code: "unknown-name", severity: "error", line: 8, column: 24 }]);
    expect(data.diagnostics[0].message).toMatch(/[\u4e00-\u9fff]/);
  });
});

describe("simulate", () => {
  it("writes CSV: a row a save point, numbers that keep their bits", async () => {
    const ended = await terrace(["simulate", tea]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const lines = ended.stdout.trim().split("\n");
    expect(lines).toHaveLength(6);
    expect(lines[0]).toBe("time,temperature");
    const expected = Array.from({ length: 16 }).reduce<number>((x) => x + 0.25 * -((x - 20) / 10), 90);
    expect(Number(lines[5]!.split(",")[1])).toBe(expected);
  });

  it("--set changes a parameter, --variables chooses, --out writes a file", async () => {
    const out = join(folder, "sim.csv");
    await terrace(["simulate", tea, "--set", "room=90", "--variables", "temperature,room", "--out", out]);
    expect(readFileSync(out, "utf8").trim().split("\n").at(-1)).toBe("4,90,90");
  });

  it.each([
    [["--set", "rom=1"], "unknown parameter or lever: rom (near: room)"],
    [["--set", "room"], "invalid --set: room"],
    [["--set", "ice=2"], "lever out of range: ice = 2 (0 to 1)"],
    [["--scenario", "x"], "unknown scenario: x"],
    [["--variables", "temp"], "unknown variable: temp"],
    [["--colour"], "unknown argument: colour"],
  ])("%j is wrong use: exit 2, one line", async (args, message) => {
    const ended = await terrace(["simulate", tea, ...args]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(message);
    expect(
      ended.stderr
        .trim()
        .split("\n")
        .filter((l) => l.startsWith("wrong use")),
    ).toHaveLength(1);
  });
});

describe("run and report", () => {
  it("writes a results folder, a table, charts and a page; refuses to overwrite; --force replaces only its own", async () => {
    const out = join(folder, "results");
    const first = await terrace(["run", tea, "--draws", "40", "--workers", "2", "--out", out, "--report"]);
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/Temperature/);
    expect(first.stdout).toContain(`results: ${out}`);
    expect(readdirSync(out).sort()).toEqual(
      [
        "SHA256SUMS",
        "catalog.json",
        "charts",
        "draws.arrow",
        "failures.arrow",
        "manifest.json",
        "provenance.json",
        "report.html",
        "runs",
        "summary.arrow",
        "targets.arrow",
      ].sort(),
    );
    expect(readdirSync(join(out, "charts")).filter((f) => f.endsWith(".svg"))).toEqual([
      "fan_temperature.en.svg",
      "fan_temperature.zh.svg",
    ]);
    expect(readFileSync(join(out, "report.html"), "utf8")).toMatch(/default-src 'none'/);

    const again = await terrace(["run", tea, "--draws", "40", "--out", out]);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain("--force");
    expect((await terrace(["run", tea, "--draws", "40", "--out", out, "--force", "--json"])).code).toBe(0);

    mkdirSync(join(folder, "mine"));
    write("mine/thesis.txt", "my work");
    expect((await terrace(["run", tea, "--draws", "4", "--out", join(folder, "mine"), "--force"])).code).toBe(1);
    expect(readFileSync(join(folder, "mine", "thesis.txt"), "utf8")).toBe("my work");
  });

  it("report draws again from results alone, in Chinese too", async () => {
    const out = join(folder, "moved");
    await terrace(["run", tea, "--draws", "8", "--workers", "0", "--out", out]);
    const ended = await terrace(["report", out, "--lang", "zh"]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    expect(ended.stdout).toContain("报告：");
    expect((await terrace(["report", folder])).code).toBe(1);
  });

  it("too many failed runs: exit 3, and the results are kept", async () => {
    const failing = write("failing.yaml", TEA.replace("/ cooling_time, ", "/ (cooling_time - cooling_time), "));
    const out = join(folder, "failing");
    const ended = await terrace(["run", failing, "--draws", "4", "--workers", "0", "--out", out]);
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain("error[run-failed]: 4 of 4 runs failed");
    expect(ended.stderr).toContain('"cooling" became Infinity: 4 runs, first at time 0 (scenario base, draw 0)');
    expect(ended.stderr).toContain(`replay: terrace replay ${out} --scenario base --draw 0 --trace cooling`);
    expect(existsSync(join(out, "failures.arrow"))).toBe(true);
  });

  it("Ctrl-C: exit 130, no results folder under the final name", async () => {
    const slow = write("slow.yaml", TEA.replace("stop: 4, step: 1/4", "stop: 400, step: 1/1000"));
    const out = join(folder, "interrupted");
    const child = spawn(process.execPath, [
      join(ROOT, "cli", "bin.cjs"),
      "run",
      slow,
      "--draws",
      "100000",
      "--workers",
      "2",
      "--out",
      out,
    ]);
    const code = new Promise<number | null>((resolve) => child.on("close", resolve));
    // The first block is done, and thousands are to come.
    let words = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      const before = words;
      words += text;
      if (!before.includes(" runs, ") && words.includes(" runs, ")) child.kill("SIGINT");
    });
    expect(await code).toBe(130);
    expect(existsSync(out)).toBe(false);
  });
});
