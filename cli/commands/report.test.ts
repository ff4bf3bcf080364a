/** Bands of institutions, sensitivities and comparisons from the command line, on a small model. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder, terrace } from "../../tests/tools/terrace.ts";

const folder = temporaryFolder();
const model = join(folder, "tea.yaml");
const out = join(folder, "results");

beforeAll(async () => {
  writeFileSync(
    model,
    `model:
  name: tea
  time: {start: 0, stop: 4, step: 1, save: 1, unit: minute}
stocks:
  temperature: {initial: 90, outflows: [cooling], unit: degC, indicator: end}
flows:
  cooling: {equation: (temperature - room) / cooling_time, unit: degC/minute}
parameters:
  room: {value: 20, unit: degC, distribution: "uniform(15, 25)", title: {en: Room, zh: 室温}, grade: C}
  cooling_time: {value: 10, unit: minute, distribution: "triangular(8, 10, 13)", grade: J}
scenarios:
  base: {}
  window: {parameters: {room: 10}}
  stove: {parameters: {room: 30}}
charts:
  course: {kind: fan, indicator: temperature, scenario: base}
  drivers: {kind: tornado, indicator: temperature, scenario: base}
`,
  );
  const ended = await terrace(["run", model, "--draws", "60", "--workers", "0", "--out", out, "--report"]);
  expect(ended.code).toBe(0);
});

describe("run --report", () => {
  it("computes what tornado charts show, and keeps it beside the results", () => {
    const { cells } = JSON.parse(readFileSync(join(out, "sensitivity.json"), "utf8"));
    expect(cells).toHaveLength(1);
    expect(cells[0]).toMatchObject({ scenario: "base", indicator: "temperature", time: 4, n: 60 });
    expect(cells[0].inputs.map(({ name }: { name: string }) => name).sort()).toEqual(["cooling_time", "room"]);
    expect(readdirSync(join(out, "charts"))).toContain("drivers.zh.svg");
    expect(readdirSync(join(out, "charts"))).toContain("course.data.json");
  });
});

describe("a folder with a report, sensitivities and papers of the desk", () => {
  it("is replaced by --force, since all of it is our own", async () => {
    const again = join(folder, "again");
    const run = ["run", model, "--draws", "40", "--workers", "0", "--out", again];
    expect((await terrace([...run, "--report"])).code).toBe(0);
    expect((await terrace(["report", again, "--desk"])).code).toBe(0);
    expect(readdirSync(again)).toEqual(expect.arrayContaining(["brief.en.docx", "sensitivity.json", "tables.en.xlsx"]));
    const ended = await terrace([...run, "--force"]);
    expect(ended.stderr).not.toContain("error");
    expect(ended.code).toBe(0);
    expect(readdirSync(again)).not.toContain("sensitivity.json");
  });
});

describe("report --bands", () => {
  it("draws the bands that the summary has, with their caption", async () => {
    expect((await terrace(["report", out, "--bands", "un"])).code).toBe(0);
    const spec = readFileSync(join(out, "charts", "course.en.vl.json"), "utf8");
    expect(spec).toContain("World Population Prospects");
    expect(spec).toContain("--bands un");
  });

  it("says how to get those that it has not", async () => {
    const ended = await terrace(["report", out, "--bands", "ipcc"]);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("no 17 % quantile: run again with --quantiles ipcc");
  });

  it("refuses a name that it does not know", async () => {
    expect((await terrace(["report", out, "--bands", "none"])).code).toBe(2);
  });
});

describe("compare --report", () => {
  it("writes a page; two scenarios beside the reference are paired", async () => {
    const page = join(folder, "comparison.html");
    const ended = await terrace([
      "compare",
      "window",
      "stove",
      "--results",
      out,
      "--report",
      page,
      "--tolerance",
      "0.01",
    ]);
    expect(ended.code).toBe(1);
    expect(ended.stdout).toContain("read from the runs");
    expect(existsSync(page)).toBe(true);
    expect(readFileSync(page, "utf8")).toContain("未通过：");
  });
});
