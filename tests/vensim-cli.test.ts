/** A model of Vensim on the command line, with data, changes and distributions beside it, from the file to results and back. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder, terrace } from "./tools/terrace.ts";

const folder = temporaryFolder();
function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const model = write(
  "herd.mdl",
  `{UTF-8}
Kind: cows, calves ~~|
Herd[Kind] = INTEG(births[Kind] - sales, 100)
	~	animal
	~	|
births[Kind] = Herd[Kind] * birth rate[Kind] * effect of rain(rain)
	~	animal/Year
	~	|
birth rate[Kind] = 0.1, 0.2
	~	1/Year
	~	|
effect of rain((0,0),(1,1)) ~~|
rain :HOLD BACKWARD: ~~|
sales = GET DIRECT CONSTANTS('?market', ',', 'B1') ~~|
INITIAL TIME = 0 ~~|
FINAL TIME = 2 ~~|
TIME STEP = 1 ~ Year ~|
SAVEPER = TIME STEP ~~|
`,
);
const market = write("market.csv", "sales,5\n");
const rain = write("rain.dat", "rain\n0\t1\n1\t0.5\n");
const beside = ["--data", rain, "--tag", `market=${market}`];
const dry = write("dry.cin", "birth rate[calves] = 0.1\n");
const whole = write("whole.cin", "effect of rain((0,1),(1,1))\nFINAL TIME = 1\n");
const draws = write("herd.vsc", "16,L,77\nsales = RANDOM UNIFORM(4, 6)\n");
const units = write(
  "units.mdl",
  `{UTF-8}
Level = INTEG(-Loss, 100) ~ Yuan ~|
Loss = Level / Life ~ Apples ~|
Life = 10 ~ Yuan ~|
INITIAL TIME = 0 ~~|
FINAL TIME = 2 ~~|
TIME STEP = 0.25 ~ Year ~|
SAVEPER = TIME STEP ~~|
`,
);
const lines = (text: string) => text.trim().split("\n");

describe("simulate", () => {
  it("reads data sets and tagged files, and writes arrays by element", async () => {
    const { code, stdout } = await terrace(["simulate", model, ...beside, "--variables", "herd,births"]);
    expect(code).toBe(0);
    expect(lines(stdout)).toEqual([
      "time,Herd[cows],Herd[calves],births[cows],births[calves]",
      "0,100,100,10,20",
      "1,105,115,5.25,11.5",
      "2,105.25,121.5,5.2625,12.15",
    ]);
  });

  it("--changes is the model with other constants and tables in it, its clock too", async () => {
    const { stdout } = await terrace(["simulate", model, ...beside, "--changes", whole, "--variables", "herd"]);
    expect(lines(stdout).slice(1)).toEqual(["0,100,100", "1,105,115"]);
  });

  it("a file of changes is a scenario", async () => {
    const given = ["--scenario-file", dry, "--scenario", "dry"];
    const { stdout } = await terrace(["simulate", model, ...beside, ...given, "--variables", "herd"]);
    expect(lines(stdout).slice(1)).toEqual(["0,100,100", "1,105,105", "2,105.25,105.25"]);
  });
});

describe("run", () => {
  const results = join(folder, "results");

  it("draws as the sensitivity file says, under every scenario", async () => {
    const files = ["--scenario-file", dry, "--scenario-file", draws];
    const ended = await terrace(["run", model, ...beside, ...files, "--out", results, "--workers", "0"]);
    expect(ended.code).toBe(0);
    const manifest = JSON.parse(readFileSync(join(results, "manifest.json"), "utf8"));
    expect(manifest).toMatchObject({ draws: 16, design: "latin-hypercube", seed: 77, scenarios: ["base", "dry"] });
  });

  it("and the results find the model and its files again", async () => {
    expect((await terrace(["verify", results])).stdout).toContain(`the model is the same: ${model}`);
    expect((await terrace(["replay", results, "--scenario", "dry", "--draw", "3"])).code).toBe(0);
  });
});

describe("what does not fit is said", () => {
  it.each([
    [["--scenario-file", write("wrong.cin", "birth rat = 1\n")], 1, 'there is no "birth rat" in the model to change'],
    [["--scenario-file", write("wrong.txt", "")], 2, "not a YAML, .cin or .vsc file"],
    [["--tag", "market"], 2, "invalid --tag: market (write NAME=FILE)"],
  ])("%j", async (options, code, words) => {
    const ended = await terrace(["simulate", model, "--data", rain, "--tag", `market=${market}`, ...options]);
    expect(ended.code).toBe(code);
    expect(ended.stderr).toContain(words);
  });
});

describe("a finer step", () => {
  it("audit halves the step of a file whose units do not fit, as it does of any other", async () => {
    const { code, stdout } = await terrace(["audit", units, "--draws", "2", "--workers", "1"]);
    expect(code).toBe(0);
    expect(stdout).toContain("step h = 1/4");
    expect(stdout).toMatch(/^Level +– /mu);
  });

  it("validate too, and a SAVEPER that is the step is no change", async () => {
    const { code, stdout } = await terrace(["validate", units]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/step halving: .*\((Level|Loss) .*pass/u);
  });
});
