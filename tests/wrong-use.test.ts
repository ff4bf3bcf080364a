/** What a stranger meets who calls a command wrongly: one line that says what and why, in both languages, and exit code 2. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder, terrace } from "./tools/terrace.ts";

const folder = temporaryFolder();
const VENSIM = `{UTF-8}
Birth Rate = 0.03 ~ 1/Year ~ |
Net Births = Birth Rate * Total Population ~ person/Year ~ |
Total Population = INTEG(Net Births, 1000) ~ person ~ |
INITIAL TIME = 0 ~ Year ~ |
FINAL TIME = 2 ~ Year ~ |
TIME STEP = 1 ~ Year ~ |
SAVEPER = 1 ~ Year ~ |
`;

beforeAll(async () => {
  expect(await terrace(["init", "towns"], { cwd: folder })).toMatchObject({ code: 0 });
  writeFileSync(join(folder, "births.mdl"), VENSIM);
  writeFileSync(join(folder, "note.txt"), "text\n");
  mkdirSync(join(folder, "empty"));
});

const CASES: readonly (readonly [call: string, en: string, zh: string])[] = [
  ["", "missing command (terrace --help lists them)", "缺少命令（terrace --help 列出全部命令）"],
  ["chek towns", "unknown command: chek (near: check)", "没有这个命令：chek（相近的有：check）"],
  [
    "check",
    "too few arguments: 0 given, at least 1 needed (see --help)",
    "参数太少：给了 0 个，至少需要 1 个（见 --help）",
  ],
  ["check nowhere", "no such model: nowhere", "找不到模型：nowhere"],
  ["check empty", "no YAML file in empty", "文件夹中没有 YAML 文件：empty"],
  [
    "check .",
    "no YAML file in . (models in it: births.mdl, towns)",
    "文件夹中没有 YAML 文件：.（其中的模型：births.mdl, towns）",
  ],
  [
    "run towns --desing sobol",
    "unknown argument: desing (near: --design)",
    "没有这个选项或参数：desing（相近的有：--design）",
  ],
  [
    "run towns --design sobl",
    'invalid --design: "sobl" ("monte-carlo", "latin-hypercube", "sobol")',
    '--design 无效："sobl"（可选："monte-carlo", "latin-hypercube", "sobol"）',
  ],
  [
    "run towns --allow-failed 3",
    "invalid --allow-failed: it takes a share from 0 to 1",
    "--allow-failed 无效：应为 0 到 1 的占比",
  ],
  [
    "run towns --scenario east,west,jobs",
    "unknown scenarios: east, west (there are: baseline, jobs)",
    "没有这个情景：east, west（现有：baseline, jobs）",
  ],
  ["run towns --draws-file empty", "no such draws file: empty (it is a folder)", "找不到抽样文件：empty（这是文件夹）"],
  ["simulate towns --out", "missing value: --out", "选项缺少数值：--out"],
  ["simulate towns --out empty", "cannot write empty: it is a folder", "无法写入 empty：这是文件夹"],
  [
    "simulate towns --out no/where.csv",
    "cannot write no/where.csv: there is no folder no",
    "无法写入 no/where.csv：没有文件夹 no",
  ],
  ["simulate births.mdl --set Birth_Rat=1", "unknown parameter or lever: Birth_Rat (near: Birth Rate)", ""],
  [
    "simulate births.mdl --variables Total_Populatio",
    "unknown variable: Total_Populatio (near: Total Population)",
    "没有这个变量：Total_Populatio（相近的有：Total Population）",
  ],
  ["explain births.mdl Net_Birth", "unknown variable: Net_Birth (near: Net Births)", ""],
  ["init note.txt", "cannot make the folder note.txt: ", "无法建立文件夹 note.txt："],
  ["init /proc/towns", "cannot make the folder /proc/towns: ", "无法建立文件夹 /proc/towns："],
  ["export towns", "missing options: to, out", "缺少选项：to, out"],
  [
    "convert towns towns.mdl",
    "cannot write .mdl files: towns.mdl (.xmile, .stmx, .yaml, or a folder)",
    "不能写 .mdl 文件：towns.mdl（可写 .xmile、.stmx、.yaml，或文件夹）",
  ],
  ["sensitivity towns --rows 8", "invalid --rows: 8 (at least 16 for sobol)", "--rows 无效：8（sobol 至少需要 16）"],
  ["calibrate towns", "no such table: towns/calibration.csv", "找不到表格：towns/calibration.csv"],
];

describe("wrong use", () => {
  it.each(CASES)("terrace %s", async (call, en, zh) => {
    const args = call.split(" ").filter((word) => word !== "");
    const english = await terrace(args, { cwd: folder });
    expect(english.stderr).toContain(`wrong use: ${en}`);
    expect(english).toMatchObject({ code: 2, stdout: "" });
    if (zh === "") return;
    const told = await terrace(["--lang", "zh", ...args], { cwd: folder });
    expect(told.stderr).toContain(`用法错误：${zh}`);
    expect(told).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("a model of Vensim", () => {
  it("keeps its own names in what audit, validate and replay say", async () => {
    const audit = await terrace(["audit", "births.mdl", "--draws", "2", "--workers", "0"], { cwd: folder });
    expect(audit.stdout).toMatch(/^Total Population /m);
    const validate = await terrace(["validate", "births.mdl"], { cwd: folder });
    expect(validate.stdout).toContain("(Net Births 2)");
    expect(await terrace(["run", "births.mdl", "--draws", "1", "--out", "results"], { cwd: folder })).toMatchObject({
      code: 0,
    });
    const replay = ["replay", "results", "--draw", "0", "--trace"];
    const traced = await terrace([...replay, "Net Births"], { cwd: folder });
    expect(traced.stdout).toMatch(/^time,Net Births\n0,30\n/);
    const misspelt = await terrace([...replay, "Net Birth"], { cwd: folder });
    expect(misspelt.stderr).toContain("unknown variable: Net Birth (near: Net Births)");
  });
});

describe("a refusal of the system", () => {
  it("is told in words, with the path", async () => {
    const english = await terrace(["run", "towns", "--draws", "2", "--out", "note.txt/results"], { cwd: folder });
    expect(english.code).not.toBe(0);
    expect(english.stderr).not.toMatch(/\bat .*\.[jt]s:|internal error/);
    expect(english.stderr).toContain("note.txt/results");
  });
});
