/** The horizon on request: scenarios/yunnan/to-2050 is the model with another end, and what holds to 2035 holds to 2050. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadModel, withoutErrors } from "../../cli/load-model.ts";
import type { Setting } from "../../engine/ensemble/simulate.ts";
import { simulate } from "../../engine/ensemble/simulate.ts";
import { includedPaths } from "../../engine/language/read-includes.ts";
import { layOutSummary } from "../../engine/statistics/summary-layout.ts";
import { TargetCounts } from "../../engine/statistics/target-counts.ts";
import { Ensemble, FOLDER } from "./ensemble.ts";
import { at, once } from "./tables.ts";

const PATIENCE = 120_000;
const DRAWS = 8;
const VARIANT = `${FOLDER}/to-2050`;

const short = once(() => new Ensemble(DRAWS));
const long = once(() => new Ensemble(DRAWS, [], VARIANT));
const usable = (folder: string) => {
  const found = withoutErrors(loadModel(folder));
  if (found === null) throw new Error("the model has errors");
  return found;
};
const variant = once(() => usable(VARIANT));

describe("the variant to 2050", () => {
  it("is made of every file of the model but model.yaml, and checks without a word", () => {
    const own = { path: "model.yaml", text: readFileSync(`${VARIANT}/model.yaml`, "utf8") };
    const shared = readdirSync(FOLDER).filter((name) => name.endsWith(".yaml") && name !== "model.yaml");
    expect([...includedPaths([own])].sort()).toEqual(shared.map((name) => `../${name}`).sort());
    expect(loadModel(VARIANT).diagnostics).toEqual([]);
  });

  it("differs from the model in the end of time alone", () => {
    const own = usable(FOLDER);
    expect([own.model.time.stop, variant().model.time.stop]).toEqual([2035, 2050]);
    const { steps, ...clock } = variant().program.clock;
    const { steps: stepsOfModel, ...clockOfModel } = own.program.clock;
    expect([stepsOfModel, steps]).toEqual([60, 120]);
    expect(clock).toEqual(clockOfModel);
    const settings = ({ model: { method, numerics, seed, reference } }: typeof own) => [
      method,
      numerics,
      seed,
      reference,
    ];
    expect(settings(variant())).toEqual(settings(own));
  });

  it(
    "shows up to 2035 what the model shows, bit for bit: every indicator, scenario, draw and element, with shocks",
    () => {
      const [a, b] = [short(), long()];
      expect(b.scenarios).toEqual(a.scenarios);
      expect(b.catalog.tables).toEqual(a.catalog.tables);
      const [years, longer] = [a.catalog.saveTimes.length, b.catalog.saveTimes.length];
      expect([years, longer]).toEqual([16, 31]);
      for (const [t, table] of a.catalog.tables.entries()) {
        const cells = table.keys.length;
        const [values, others] = [at(a.result.tables, t), at(b.result.tables, t)];
        for (let run = 0; run < values.length / (years * cells); run++) {
          const mine = values.subarray(run * years * cells, (run + 1) * years * cells);
          const theirs = others.subarray(run * longer * cells, run * longer * cells + years * cells);
          expect(Buffer.compare(bytes(mine), bytes(theirs)), `${table.indicators} run ${run}`).toBe(0);
        }
      }
    },
    PATIENCE,
  );

  it(
    "runs without failures, and every account closes in every run and step",
    () => {
      expect(long().result.failures).toEqual([]);
      for (const [i, { name, tolerance }] of long().catalog.identities.entries())
        expect(at([...long().result.identityResiduals], i), name).toBeLessThan(tolerance);
    },
    PATIENCE,
  );

  it(
    "judges the target of mid-century (G50) in 2050, beside those of the model",
    () => {
      const { catalog, result, scenarios } = long();
      const names = catalog.targets.map(({ name }) => name);
      expect([...names].sort()).toEqual(
        [...short().catalog.targets.map(({ name }) => name), "coordination_2050"].sort(),
      );
      const target = names.indexOf("coordination_2050");
      expect(at(catalog.targets, target)).toMatchObject({ threshold: 0.85, comparison: "at_least", due: 2050 });
      const counts = new TargetCounts(catalog, layOutSummary(catalog));
      counts.addBlock(result);
      const last = catalog.saveTimes.indexOf(2050);
      for (const [s, scenario] of scenarios.entries()) {
        const reached = long().values(scenario, "coordination_index", 2050);
        expect(reached.every(Number.isFinite)).toBe(true);
        expect(counts.runs[s]).toBe(DRAWS);
        expect(counts.met[counts.position(s, target, last)]).toBe(reached.filter((value) => value >= 0.85).length);
      }
    },
    PATIENCE,
  );
});

describe("public employment under central transfers that grow by 12 % a year to 2050", () => {
  const run = (...settings: Setting[]) => {
    const { model, program } = variant();
    return simulate(model, program, {
      settings: [{ name: "central_growth", value: 0.12 }, ...settings],
      variables: ["market_labour"],
    });
  };
  const least = ({ columns }: ReturnType<typeof run>) => Math.min(...columns.flatMap(({ values }) => [...values]));

  it(
    "leaves workers to the market in every prefecture",
    () => {
      const limited = run();
      expect(limited.failure).toBeNull();
      expect(least(limited)).toBeGreaterThan(0);
    },
    PATIENCE,
  );

  it(
    "would leave none without the limit",
    () => {
      expect(run({ name: "public_labour_limit", value: 10 }).failure).not.toBeNull();
    },
    PATIENCE,
  );
});

const bytes = (values: Float64Array): Uint8Array => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
