/** Commands on a model of Vensim with a data set beside it: each takes the file, and the names that the model gives its variables. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { temporaryFolder, terrace } from "../../tests/tools/terrace.ts";

const folder = temporaryFolder();
const [model, data, uncertain, results] = ["capital.mdl", "wages.csv", "trials.vsc", "results"].map((name) =>
  join(folder, name),
) as [string, string, string, string];
writeFileSync(
  model,
  `{UTF-8}
Capital Stock= INTEG (saving, Start) ~ Dollars ~ |
saving= Wages*rate ~ Dollars/Year ~ |
Wages ~ Dollars/Year ~ |
rate= 0.05 ~ Dmnl ~ |
Start= 100 ~ Dollars ~ |
FINAL TIME = 10 ~ Year ~ |
INITIAL TIME = 0 ~ Year ~ |
SAVEPER = 1 ~ Year ~ |
TIME STEP = 1 ~ Year ~ |
`,
);
writeFileSync(data, "Time,Wages\n0,100\n10,300\n");
writeFileSync(uncertain, "64,L,1234\nrate=RANDOM_UNIFORM(0.01,0.1)\nStart=RANDOM_UNIFORM(99,101)\n");
const beside = ["--data", data];

beforeAll(async () => {
  const args = ["--scenario-file", uncertain, "--keep", "Capital Stock", "--workers", "0", "--out", results];
  const ended = await terrace(["run", model, ...beside, ...args]);
  expect(ended).toMatchObject({ code: 0 });
});

test("audit and validate find the data", async () => {
  const audited = await terrace(["audit", model, ...beside, "--workers", "0", "--json"]);
  const { errors } = JSON.parse(audited.stdout);
  expect(errors.map((e: { indicator: string }) => e.indicator)).toContain("capital_stock");
  expect(await terrace(["validate", model, ...beside])).toMatchObject({ code: 0 });
  for (const command of ["audit", "validate"]) expect((await terrace([command, model])).stderr).toContain("Wages");
});

test("sensitivity, from results and by design, takes a name as the file has it", async () => {
  const name = ["--indicators", "Capital Stock", "--json"];
  const found = await terrace(["sensitivity", results, ...name]);
  const designed = await terrace([
    ...["sensitivity", model, ...beside, "--scenario-file", uncertain],
    ...["--rows", "16", "--workers", "0", ...name],
  ]);
  for (const { stdout } of [found, designed]) {
    const { outputs } = JSON.parse(stdout);
    expect(outputs.map((o: { indicator: string }) => o.indicator)).toEqual(["capital_stock"]);
  }
});

test("so does --keep, which the manifest says in Terrace's name", () => {
  expect(JSON.parse(readFileSync(join(results, "manifest.json"), "utf8")).keep).toBe("capital_stock");
});
