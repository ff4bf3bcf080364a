import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { buildCatalog } from "../engine/ensemble/build-catalog.ts";
import { planEnsemble } from "../engine/ensemble/plan.ts";
import { goodModel } from "../engine/testing/compile-text.ts";
import { manifestText } from "../output/results/manifest.ts";
import { temporaryFolder } from "../output/results/testing/write-fake-results.ts";
import { batchOf, isComplete } from "./batch-options.ts";

const MODEL = `parameters:
  rate: {value: 1, unit: "1", distribution: "uniform(0, 2)"}
auxiliaries:
  x: {equation: rate, unit: "1", indicator: end}
  y: {equation: 2 * rate, unit: "1", indicator: end}
scenarios: {base: {}}
`;

function batch(options: Partial<Parameters<typeof batchOf>[2]>) {
  const { model, program } = goodModel(MODEL);
  const plan = planEnsemble(model, program, buildCatalog(model, "h"), { seed: 1, draws: 100 });
  const loaded = { path: "m", scenarioFiles: [], foreign: null, hash: "h", inputs: [], numerics: "exact" } as const;
  const given = { out: undefined, shard: undefined, keep: "all", until: undefined, ...options };
  return batchOf(plan, { loaded, file: null, start: null }, given);
}

test.each([
  [{ keep: "every:0" }, "invalid --keep: every:0"],
  [{ keep: "some:thing" }, "invalid --keep: some:thing"],
  [{ keep: "x," }, "invalid --keep: x,"],
  [{ keep: "x,z" }, "unknown indicator: z"],
  [{ shard: "3/2" }, "invalid --shard: 3/2"],
  [{ shard: "0/2" }, "invalid --shard: 0/2"],
  [{ shard: "1" }, "invalid --shard: 1"],
  [{ shard: "1/5" }, "invalid --shard: 1/5 (there are 4 blocks of 32 draws)"],
  [{ until: "x p50" }, "invalid --until: x p50"],
  [{ until: "x@11 p50 se < 1" }, "times: 0 to 10"],
])("%o is wrong use: %s", (options, message) => {
  expect(() => batch(options)).toThrow(message);
});

test("the folder is named after model and shard; what is kept stands in the manifest in the order of the catalog", () => {
  expect(batch({}).folder).toBe("results/test");
  expect(batch({ shard: "2/4" })).toMatchObject({ folder: "results/test.shard-2-of-4", shard: { index: 2, of: 4 } });
  expect(batch({ out: "mine", keep: "y, x" })).toMatchObject({ folder: "mine", manifest: { keep: "x,y" } });
});

test("results that are there are those that are wanted, or the difference is named", () => {
  const folder = join(temporaryFolder(), "results");
  const wanted = batch({ out: folder, shard: "2/4" });
  expect(isComplete(wanted)).toBe(false);
  mkdirSync(folder);
  const shard = { index: 2, of: 4, firstBlock: 1, blocks: 1 };
  writeFileSync(join(folder, "manifest.json"), manifestText(wanted.manifest, shard));
  expect(isComplete(wanted)).toBe(true);
  expect(() => isComplete(batch({ out: folder, shard: "1/4" }))).toThrow("shard was 2/4 and is 1/4");
  expect(() => isComplete(batch({ out: folder }))).toThrow("shard was 2/4 and is none");
  expect(() => isComplete(batch({ out: folder, shard: "2/4", keep: "x" }))).toThrow('keep was "all" and is "x"');
});
