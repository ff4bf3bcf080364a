/** `terrace calibrate` as a user meets it, on a small model whose true parameters are known. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder, terrace } from "../../tests/tools/terrace.ts";

const folder = temporaryFolder();
const path = (...names: string[]): string => join(folder, ...names);

/** The urban share of two towns follows a logistic curve; `colour` does nothing that is seen. */
const model = (start: number): string => `model:
  name: towns
  title: {en: Towns, zh: 镇}
  time: {start: ${start}, stop: 2030, step: 1/4, save: 1, unit: year}
dimensions:
  town:
    title: {en: Town, zh: 镇}
    elements: {a: {title: {en: Ay, zh: 甲}, code: "1"}, b: {title: {en: Bee, zh: 乙}, code: "2"}}
stocks:
  townsfolk[town]: {initial: first, inflows: [pace * townsfolk * (1 - townsfolk / saturation) * one_of], unit: "1", indicator: end}
  shade: {initial: colour, inflows: [0 * pace * colour], unit: "1", indicator: end}
parameters:
  first[town]: {value: {a: 0.3, b: 0.5}, unit: "1"}
  one_of[town]: {value: {a: 1, b: 0.8}, unit: "1"}
  pace: {value: 0.05, unit: 1/year, distribution: "normal(0.05, 0.02)"}
  saturation: {value: 0.8, unit: "1", distribution: "normal(0.8, 0.05, 0.55, 0.99)"}
  colour: {value: 0.5, unit: "1", distribution: "uniform(0, 1)"}
correlations:
  - [pace, saturation, -0.3]
`;
const TRUTH = { pace: 0.07, saturation: 0.74 };
/** Errors of measurement, in percentage points, drawn once. */
const ERRORS = [0.31, -0.42, 0.12, -0.05, 0.55, -0.2, -0.61, 0.08, 0.27, -0.33];
const MAP = "variable,unit,area,key,indicator,weight,factor\nurban,%,town,,townsfolk,,100\n";
const TABLE =
  "parameter,fitted,note_en,note_zh\npace,yes,,\nsaturation,yes,,\ncolour,yes,,\nfirst,no,the census gives it,由普查给出\n";

/** Text of a table of measurements of both towns, five years apart and closer at the end. */
async function measure(): Promise<string> {
  const set = Object.entries(TRUTH).flatMap(([name, value]) => ["--set", `${name}=${value}`]);
  const { stdout } = await terrace(["simulate", path("towns"), ...set, "--json"]);
  const { times, columns } = JSON.parse(stdout);
  const rows = ["a", "b"].flatMap((key, town) => {
    const { values } = columns.find(
      (c: { variable: string; key: string }) => c.variable === "townsfolk" && c.key === key,
    );
    return [2012, 2015, 2018, 2019, 2020].map((year, i) => {
      const value = 100 * values[times.indexOf(year)] + ERRORS[town * 5 + i]!;
      return `${town + 1},${year},urban,${value.toFixed(3)},%,0.4`;
    });
  });
  return `adcode,year,variable,value,unit,error\n${rows.join("\n")}\n`;
}

beforeAll(async () => {
  mkdirSync(path("towns", "history"), { recursive: true });
  writeFileSync(path("towns", "model.yaml"), model(2010));
  writeFileSync(path("towns", "history", "model.yaml"), model(2010));
  writeFileSync(path("towns", "history", "observations.csv"), MAP);
  writeFileSync(path("towns", "calibration.csv"), TABLE);
  writeFileSync(path("towns", "history", "observed.csv"), await measure());
}, 60_000);

const calibrate = (...more: string[]) => terrace(["calibrate", path("towns"), ...more]);

describe("calibrate", () => {
  it("finds the parameters that made the data, and says what the data do not know", async () => {
    const { code, stdout, stderr } = await calibrate("--json");
    expect(code).toBe(0);
    expect(stderr.split("\n")).toContain("500/500 steps of each chain");
    const found = JSON.parse(stdout);
    const [pace, saturation, colour] = found.parameters;
    for (const [parameter, truth] of [
      [pace, TRUTH.pace],
      [saturation, TRUTH.saturation],
    ]) {
      expect(parameter.posterior.low).toBeLessThan(truth);
      expect(parameter.posterior.high).toBeGreaterThan(truth);
      expect(parameter.spread).toBeLessThan(0.8);
      expect(parameter.rHat).toBeLessThan(1.02);
    }
    expect(colour.spread).toBeGreaterThan(0.95);
    expect(found.observations).toHaveLength(10);
    expect(found.converged).toBe(true);
    expect(found.failed).toBe(0);
    // Two numbers are decided; the errors were drawn with the standard deviation that the table says.
    expect(found.effectiveParameters).toBeGreaterThan(1.5);
    expect(found.effectiveParameters).toBeLessThan(2);
    expect(found.coverage[2].leftOut).toBeGreaterThanOrEqual(0.9);
    expect(found.notFitted).toEqual([
      { name: "first", fitted: false, note: { en: "the census gives it", zh: "由普查给出" } },
    ]);
  });

  it("writes draws that run takes, the same bytes for the same seed", async () => {
    const first = await calibrate("--out", path("first.csv"), "--draws", "40", "--seed", "5");
    expect(first).toMatchObject({ code: 0 });
    await calibrate("--out", path("second.csv"), "--draws", "40", "--seed", "5");
    await calibrate("--out", path("third.csv"), "--draws", "40", "--seed", "6");
    const text = readFileSync(path("first.csv"), "utf8");
    expect(text.split("\n")[0]).toBe("pace,saturation,colour");
    expect(text.trim().split("\n")).toHaveLength(41);
    expect(readFileSync(path("second.csv"), "utf8")).toBe(text);
    expect(readFileSync(path("third.csv"), "utf8")).not.toBe(text);
    const run = await terrace(["run", path("towns"), "--draws-file", path("first.csv"), "--out", path("results")]);
    expect(run).toMatchObject({ code: 0 });
    expect(existsSync(path("results", "summary.arrow"))).toBe(true);
  });

  it("never writes over a file", async () => {
    writeFileSync(path("kept.csv"), "mine\n");
    const { code, stderr } = await calibrate("--out", path("kept.csv"));
    expect(code).toBe(2);
    expect(stderr).toContain("already there");
    expect(readFileSync(path("kept.csv"), "utf8")).toBe("mine\n");
  });

  it("tells the fit in English and in Chinese", async () => {
    const english = await calibrate();
    expect(english.stdout).toMatch(/numbers fitted \/ observations: 3 \/ 10/);
    expect(english.stdout).toMatch(/say nothing: colour$/m);
    expect(english.stdout).toMatch(/not fitted: first: the census gives it/);
    expect(english.stdout).toMatch(/^Ay /m);
    const chinese = await calibrate("--lang", "zh");
    expect(chinese.stdout).toMatch(/拟合数值 \/ 观测值：3 \/ 10/);
    expect(chinese.stdout).toMatch(/数据无信息的参数：colour$/m);
    expect(chinese.stdout).toMatch(/未拟合：first：由普查给出/);
    expect(chinese.stdout).toMatch(/^甲 /m);
  });

  it("fits the model itself where there is no other for the data", async () => {
    mkdirSync(path("alone"), { recursive: true });
    writeFileSync(path("alone", "model.yaml"), model(2010));
    writeFileSync(path("alone", "calibration.csv"), TABLE);
    writeFileSync(path("alone", "observations.csv"), MAP);
    writeFileSync(path("alone", "observed.csv"), readFileSync(path("towns", "history", "observed.csv")));
    const alone = await terrace(["calibrate", path("alone"), "--json"]);
    const other = await calibrate("--json");
    expect(JSON.parse(alone.stdout).parameters).toEqual(JSON.parse(other.stdout).parameters);
  });

  it.each([
    ["pase,yes\n", "unknown parameter: pase (near: pace)"],
    ["first,yes\n", "first has no distribution to serve as its prior"],
    ["pace,perhaps\n", 'fitted takes yes or no, not "perhaps"'],
    ["pace,yes\npace,yes\n", "pace stands twice"],
  ])("refuses the table %j", async (rows, message) => {
    mkdirSync(path("wrong"), { recursive: true });
    for (const name of ["model.yaml", "observations.csv", "observed.csv"])
      writeFileSync(path("wrong", name), readFileSync(path("alone", name)));
    writeFileSync(path("wrong", "calibration.csv"), `parameter,fitted\n${rows}`);
    const { code, stderr } = await terrace(["calibrate", path("wrong")]);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  it("refuses an observation without an error", async () => {
    writeFileSync(path("bare.csv"), "adcode,year,variable,value,unit,error\n1,2015,urban,40,%,0\n");
    const { code, stderr } = await calibrate("--observed", path("bare.csv"));
    expect(code).toBe(1);
    expect(stderr).toContain("bare.csv:2: error is not above 0");
  });
});

describe("a model with two variants for the data", () => {
  const fitting = (variant: string, parameter: string): void =>
    writeFileSync(path("two", variant, "calibration.csv"), `parameter,fitted\n${parameter},yes\n`);
  beforeAll(() => {
    for (const variant of ["history", "history-late"]) {
      mkdirSync(path("two", variant), { recursive: true });
      for (const name of ["model.yaml", "observations.csv", "observed.csv"])
        writeFileSync(path("two", variant, name), readFileSync(path("towns", "history", name)));
    }
    writeFileSync(path("two", "model.yaml"), model(2010));
  });

  it("fits each by its own table, and writes their draws side by side", async () => {
    fitting("history", "pace");
    fitting("history-late", "saturation");
    const { code, stdout } = await terrace([
      "calibrate",
      path("two"),
      "--json",
      "--draws",
      "10",
      "--out",
      path("two.csv"),
    ]);
    expect(code).toBe(0);
    const { parts } = JSON.parse(stdout);
    expect(parts.map((part: { handedOn: string[] }) => part.handedOn)).toEqual([["pace"], ["saturation"]]);
    const lines = readFileSync(path("two.csv"), "utf8").trim().split("\n");
    expect(lines[0]).toBe("pace,saturation");
    expect(lines).toHaveLength(11);
    for (const line of lines.slice(1)) expect(line.split(",").map(Number).filter(Number.isFinite)).toHaveLength(2);
  });

  it("refuses a number that both fit, and observations that belong to none", async () => {
    fitting("history-late", "pace");
    expect(await terrace(["calibrate", path("two")])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("fitted in two variants: pace"),
    });
    expect(await terrace(["calibrate", path("two"), "--observed", path("bare.csv")])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("name it with --history"),
    });
  });
});
