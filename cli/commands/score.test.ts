/** `terrace score` as a user meets it, on an ensemble whose draws are given. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder, terrace } from "../../tests/tools/terrace.ts";

const folder = temporaryFolder();
const path = (name: string): string => join(folder, name);

/** Income is `level + growth · t` in each of two places; the draws are levels of 8, 10 and 12. */
const MODEL = `model:
  name: towns
  title: {en: Towns, zh: 镇}
  time: {start: 2020, stop: 2024, step: 1, save: 1, unit: year}
dimensions:
  town:
    title: {en: Town, zh: 镇}
    elements: {a: {title: {en: A, zh: 甲}, code: "1"}, b: {title: {en: B, zh: 乙}, code: "2"}}
stocks:
  income: {initial: level, inflows: [growth], unit: "1", indicator: end, title: {en: Income, zh: 收入}}
  "part[town]": {initial: 100 * level, inflows: [part_growth], unit: "1", indicator: end, title: {en: Part, zh: 部分}}
flows:
  growth: {equation: rate, unit: 1/year}
  "part_growth[town]": {equation: 0 * rate, unit: 1/year}
parameters:
  level: {value: 10, unit: "1", distribution: "uniform(0, 20)"}
  rate: {value: 1, unit: 1/year}
`;
const MAP = `variable,unit,area,key,indicator,weight,factor,ceiling,metric,good,acceptable
income,CNY,0,,income,,100,,mape,5,10
part,CNY,town,,part,,1,,,,
`;

beforeAll(async () => {
  writeFileSync(path("towns.yaml"), MODEL);
  writeFileSync(path("observations.csv"), MAP);
  writeFileSync(path("draws.csv"), "level\n8\n10\n12\n");
  const ended = await terrace(["run", path("towns.yaml"), "--draws-file", path("draws.csv"), "--out", path("results")]);
  expect(ended).toMatchObject({ code: 0 });
}, 60_000);

function score(observed: string, more: readonly string[] = []) {
  writeFileSync(path("observed.csv"), observed);
  return terrace(["score", path("results"), "--observed", path("observed.csv"), ...more]);
}

describe("score of results that keep the summary alone", () => {
  const observed = "adcode,year,variable,value,unit\n0,2021,income,1150,CNY\n0,2022,income,1000,CNY\n";

  it("is near that of the runs", async () => {
    const results = path("summary");
    const args = ["--draws", "2000", "--out"];
    await terrace(["run", path("towns.yaml"), ...args, results, "--keep", "summary"]);
    await terrace(["run", path("towns.yaml"), ...args, path("all")]);
    writeFileSync(path("observed.csv"), observed);
    const scoreOf = async (folder: string) =>
      JSON.parse((await terrace(["score", folder, "--observed", path("observed.csv"), "--json"])).stdout).points;
    const [few, whole] = [await scoreOf(results), await scoreOf(path("all"))];
    for (const [i, point] of few.entries()) {
      const { crps, median, rank, n, inside } = whole[i];
      expect({ n: point.n, inside: point.inside }).toEqual({ n, inside });
      expect(Math.abs(point.median / median - 1)).toBeLessThan(0.001);
      expect(Math.abs(point.rank - rank)).toBeLessThan(0.02);
      expect(Math.abs(point.crps / crps - 1)).toBeLessThan(0.01);
    }
  }, 60_000);
});

describe("score", () => {
  it("error, CRPS and bands by hand, in the unit of the observed values", async () => {
    const ended = await score("adcode,year,variable,value,unit\n0,2021,income,1100,CNY\n0,2022,income,1000,CNY\n", [
      "--json",
    ]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const { points, variables } = JSON.parse(ended.stdout);
    // Draws of 2022: 1000, 1200, 1400, so that the 2.5 % quantile is 1010. Those of 2021: 900, 1100, 1300; E|X - y| = 400 / 3 and E|X - X'| = 1600 / 9.
    expect(points[0]).toMatchObject({ median: 1100, error: 0, inside: [true, true, true], rank: 0.5 });
    expect(points[0].crps).toBeCloseTo(400 / 3 - 800 / 9, 9);
    expect(points[1]).toMatchObject({ median: 1200, error: 200, percentError: 20, inside: [false, false, false] });
    expect(variables).toMatchObject([
      { variable: "income", level: "0", n: 2, bias: 100, mape: 10, verdict: "acceptable" },
    ]);
  });

  it("with a history compares with naive forecasts; places have their titles", async () => {
    writeFileSync(path("history.csv"), "adcode,year,variable,value,unit\n2,2018,part,400,CNY\n2,2019,part,500,CNY\n");
    const ended = await score("adcode,year,variable,value,unit\n2,2021,part,1000,CNY\n", [
      "--history",
      path("history.csv"),
      "--lang",
      "zh",
    ]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    // 1000 against the last value of 500 and the line's 700.
    expect(ended.stdout).toMatch(/^part +镇 +CNY +0 +0 +44\.4 +500 +300 +–/m);
    expect(ended.stdout).toMatch(/^乙 +1 +0 +1\/1 +100 +100 +100$/m);
  });

  it("wrong rows are errors, all at once, with their lines", async () => {
    const ended = await score(
      "adcode,year,variable,value,unit\n0,2021,incme,1,CNY\n0,2021,income,1,EUR\n9,2021,part,1,CNY\n0,2021,income,x,CNY\n",
    );
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr.replaceAll(path("observed.csv"), "FILE").split("\n")).toEqual([
      "error: FILE:2: unknown variable: incme (income)",
      "error: FILE:3: unknown unit of income: EUR (known: CNY)",
      "error: FILE:4: unknown adcode of part: 9 (1, 2)",
      'error: FILE:5: "x" in value is not a number',
      "",
    ]);
  });

  it("rows with nothing in the model to compare with are left out, and told", async () => {
    const ended = await score(
      "adcode,year,variable,value,unit\n0,2021,income,1,CNY\n0,2021,rainfall,1,mm\n1,2021,rainfall,1,mm\n1,2021,income_old,1,CNY\n1,2021,income,1,CNY\n0,1999,income,9,CNY\n",
    );
    expect(ended.code).toBe(0);
    expect(ended.stderr.split("\n")).toEqual([
      "not compared: 2 rows, rainfall: not in the map",
      "not compared: 1 row, income_old: not in the map",
      "not compared: 1 row, income: no output for these places",
      "not compared: 1 row, years outside the run (2020 to 2024)",
      "",
    ]);
    expect(ended.stdout).toContain("1 observed value");
  });

  it("a file that lacks a column is an error", async () => {
    const ended = await score("adcode,year,variable,value\n0,2021,income,1\n");
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain("observed.csv:1: no column unit");
  });
});
