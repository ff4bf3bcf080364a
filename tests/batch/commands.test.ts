/** The commands that work on a batch, as a user meets them. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { hashResults } from "../../output/results/hash-results.ts";
import { openResults } from "../../output/results/open-results.ts";
import { temporaryFolder, terrace } from "../tools/terrace.ts";
import { SMALL_MODEL } from "./small-model.ts";

const folder = temporaryFolder();
const model = join(folder, "small.yaml");
writeFileSync(model, SMALL_MODEL);
const results = join(folder, "results");

// Each test starts the command several times, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

beforeAll(async () => {
  await terrace(["run", model, "--draws", "200", "--out", results]);
});

test("query: SQL over the tables, with what it cannot do said", async () => {
  const medians = `select scenario, q50, n from summary where indicator = 'total' and time = 2030 and reference = '' order by q50`;
  const ended = await terrace(["query", results, medians, "--json"]);
  const opened = openResults(results);
  expect(JSON.parse(ended.stdout)).toEqual(
    ["base", "pushed"].map((scenario) => {
      const { q50, n } = opened.series({ scenario, indicator: "total" });
      return { scenario, q50: q50[10], n: n[10] };
    }),
  );
  const counted = await terrace(["query", results, "select count(*) as rows, max(x) > 0 as grows from runs_place"]);
  expect(counted.stdout).toBe(`rows,grows\n${2 * 200 * 11 * 2},true\n`);
  const refusal = async (sql: string) => (await terrace(["query", results, sql])).stderr.split("\n")[0];
  expect(await refusal("select 1")).toBe(
    "wrong use: no table in the query: select 1 (there are: draws, failures, runs_place, runs_scalar, summary, targets)",
  );
  expect(await refusal("select nothing from summary")).toContain("DuckDB refuses the query: Binder Error");
});

test("run --reference: differences are from the scenario that is named", async () => {
  const out = join(folder, "from-pushed");
  await terrace(["run", model, "--draws", "32", "--out", out, "--reference", "pushed", "--quantiles", "vensim"]);
  const { catalog, series } = openResults(out);
  expect([catalog.reference, catalog.scenarios.map(({ name }) => name)]).toEqual(["pushed", ["base", "pushed"]]);
  const [base, pushed] = ["base", "pushed"].map((scenario) => series({ scenario, indicator: "total" }));
  const difference = series({ scenario: "base", reference: "pushed", indicator: "total" });
  expect(difference.q50[10]).toBeLessThan(0);
  expect(difference.quantile(100)![10]).toBeLessThanOrEqual(base!.quantile(100)![10]! - pushed!.quantile(0)![10]!);
  const refused = await terrace(["run", model, "--reference", "pushd", "--out", out]);
  expect(refused.stderr).toContain("unknown scenario: pushd (near: pushed)");
});

test("run --exact-memory: how summaries are made, for shards as for the whole", async () => {
  const run = (out: string, ...args: string[]) =>
    terrace(["run", model, "--draws", "96", "--exact-memory", "0", "--out", join(folder, out), ...args]);
  await Promise.all([run("counted"), run("counted-1", "--shard", "1/2"), run("counted-2", "--shard", "2/2")]);
  expect(openResults(join(folder, "counted")).summary.method).toBe("histogram");
  expect(openResults(results).summary.method).toBe("exact");
  const parts = [join(folder, "counted-2"), join(folder, "counted-1")];
  const merged = await terrace(["merge", ...parts, "--out", join(folder, "counted-all"), "--json"]);
  expect(JSON.parse(merged.stdout).hash).toBe(hashResults(join(folder, "counted")));
});

test("audit: differences beside the band, and the order of the method", async () => {
  const ended = await terrace(["audit", model, "--draws", "16", "--json"]);
  expect(ended.code).toBe(0);
  const { step, errors } = JSON.parse(ended.stdout);
  expect(step).toBe(1 / 20);
  expect(errors.map((e: { indicator: string }) => e.indicator)).toEqual(["x", "growth", "total", "room"]);
  for (const { share, order } of errors) {
    expect(share).toBeLessThan(0.05);
    expect(Math.abs(order - 1)).toBeLessThan(0.2);
  }
});

test("sensitivity: the growth rate matters most, for each place and year that is asked for", async () => {
  const ended = await terrace(["sensitivity", results, "--indicators", "x", "--times", "2020,2030", "--json"]);
  const { outputs } = JSON.parse(ended.stdout);
  const first = outputs.map((o: { key: string; time: number; sensitivity: { effects: { input: string }[] } }) => [
    o.key,
    o.time,
    o.sensitivity.effects[0]!.input,
  ]);
  expect(first).toEqual([
    ["north", 2020, "start[north]"],
    ["north", 2030, "rate"],
    ["south", 2020, "start[south]"],
    ["south", 2030, "rate"],
  ]);
  const failed = openResults(results).summary.runs[0]!.failed;
  expect(outputs[0].sensitivity.n).toBe(200 - failed);
  expect((await terrace(["sensitivity", results, "--times", "2019"])).stderr).toContain("unknown time: 2019");
});

test("sensitivity by design: total indices are not below first-order ones, beyond their error", async () => {
  const args = ["sensitivity", model, "--rows", "64", "--indicators", "total", "--json"];
  const ended = await terrace(args);
  expect(ended.code).toBe(0);
  const [{ effects, rows }] = JSON.parse(ended.stdout).outputs;
  expect(rows).toBe(64);
  expect(effects.map((e: { factor: string }) => e.factor)).toEqual(["rate", "start"]);
  for (const { first, total } of effects) expect(total.high).toBeGreaterThan(first.low);
});

test("sensitivity by trajectories: the growth rate matters more than where places start, and both raise the total", async () => {
  const args = ["sensitivity", model, "--rows", "12", "--method", "morris", "--indicators", "total"];
  const ended = await terrace([...args, "--json"]);
  const { method, outputs } = JSON.parse(ended.stdout);
  const [{ effects, rows }] = outputs;
  expect([ended.code, method, rows]).toEqual([0, "morris", 12]);
  expect(effects.map((e: { factor: string }) => e.factor)).toEqual(["rate", "start"]);
  for (const { mu, muStar } of effects) expect(muStar.value).toBeCloseTo(mu.value, 12);
  expect((await terrace(args)).stdout).toMatch(/ {2}rate +μ\* \d/);
  expect((await terrace(["sensitivity", model, "--rows", "4", "--indicators", "total"])).stderr).toContain(
    "invalid --rows: 4 (at least 16 for sobol)",
  );
});

test("export: IAMC finds that the total is the sum of the places", async () => {
  const ended = await terrace([
    "export",
    results,
    "--to",
    "iamc",
    "--out",
    join(folder, "iamc"),
    "--whole",
    "all",
    "--json",
  ]);
  expect(JSON.parse(ended.stdout).sums).toEqual([{ indicator: "x", sum: "total" }]);
  expect(readFileSync(join(folder, "iamc", "data.csv"), "utf8")).toContain("small,base,all,x|Median,1,2030,");
  const tables = await terrace(["export", results, "--to", "csv", "--out", join(folder, "csv")]);
  expect(tables.code).toBe(0);
  expect(readdirSync(join(folder, "csv", "runs"))).toEqual(["place.csv", "scalar.csv"]);
});

test("until: stops as soon as the error is below the limit; a wrong rule, a shard or a designed sample is refused", async () => {
  const out = join(folder, "until");
  const rule = "total@2025 p50 se < 0.6";
  await terrace(["run", model, "--draws", "5000", "--until", rule, "--keep", "summary", "--out", out]);
  const opened = openResults(out);
  const { runs } = opened.summary.runs[0]!;
  expect(runs).toBeLessThan(2000);
  for (const { name } of opened.catalog.scenarios) {
    expect(opened.series({ scenario: name, indicator: "total" }).quantileSe.q50[5]).toBeLessThan(0.6);
  }
  expect(existsSync(join(out, "runs"))).toBe(false);
  for (const [more, message] of [
    [["--until", "totals@2025 p50 se < 1"], "indicators: x, growth, total, room"],
    [["--until", rule, "--shard", "1/2"], "a shard cannot tell"],
    [["--until", rule, "--design", "latin-hypercube"], "needs independent draws"],
    [["--keep", "totl"], "unknown indicator: totl (near: total)"],
  ] as const) {
    const ended = await terrace(["run", model, "--draws", "256", "--out", join(folder, "wrong"), ...more]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(message);
  }
});

test("replay: refused for another model, and for what is not there", async () => {
  const other = join(folder, "other.yaml");
  writeFileSync(other, SMALL_MODEL.replace("0.02", "0.03"));
  const ended = await terrace(["replay", results, "--draw", "3", "--model", other]);
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain("was computed from something else");
  expect((await terrace(["replay", results, "--draw", "200"])).stderr).toContain("invalid --draw: 200 (0 to 199)");
  expect((await terrace(["replay", results, "--draw", "3", "--trace", "totl"])).stderr).toContain("near: total");
  const well = await terrace(["replay", results, "--draw", "3", "--trace", "total"]);
  expect(well.code).toBe(0);
  expect(well.stdout.split("\n")).toHaveLength(13);
});
