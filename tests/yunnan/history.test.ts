/** The start in 2010: its data, what the calibration finds on it, and whether it reaches the census of 2020. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadModel, withoutErrors } from "../../cli/load-model.ts";
import { readCalibratedParameters, readFitObservations } from "../../engine/calibration/calibration-tables.ts";
import { findMode } from "../../engine/calibration/find-mode.ts";
import { fitModel } from "../../engine/calibration/fit-model.ts";
import { readObservationMap } from "../../engine/calibration/observation-map.ts";
import { samplePosterior } from "../../engine/calibration/sample-posterior.ts";
import { buildCatalog } from "../../engine/ensemble/build-catalog.ts";
import { planEnsemble } from "../../engine/ensemble/plan.ts";
import { withKernel } from "../../engine/ensemble/plan-kernel.ts";
import { createBlockRunner } from "../../engine/ensemble/run-block.ts";
import { simulate } from "../../engine/ensemble/simulate.ts";
import { convergence, incomes, perceivedIn2020 } from "./history.ts";
import { at, byPrefecture, need, numberOf, once, PREFECTURES, readTable, sumOf } from "./tables.ts";

const FOLDER = fileURLToPath(new URL("../../scenarios/yunnan/history/", import.meta.url));
const PATIENCE = 120_000;
const table = (path: string) => ({ path, text: readFileSync(`${FOLDER}${path}`, "utf8") });

const history = once(() => {
  const usable = withoutErrors(loadModel(FOLDER));
  if (!usable) throw new Error("the model has errors");
  const catalog = buildCatalog(usable.model, "");
  const parameters = readCalibratedParameters(table("../calibration.csv"), usable.model);
  const observations = readFitObservations(
    table("observed.csv"),
    readObservationMap(table("observations.csv"), catalog).items,
    catalog.saveTimes,
  );
  expect([...parameters.problems, ...observations.problems]).toEqual([]);
  const names = parameters.items.filter((p) => p.fitted).map((p) => p.name);
  const plan = withKernel(planEnsemble(usable.model, usable.program, catalog, { seed: usable.model.seed, draws: 1 }));
  const fit = fitModel(plan, names, observations.items);
  return { ...usable, catalog, plan, fit, observations: observations.items };
});
const mode = once(() => {
  const found = findMode(history().fit);
  if (!found) throw new Error("the run at the centre of the prior fails");
  return found;
});

describe("the data of the start in 2010", () => {
  it(
    "are the census of 2010: people in town and country of each prefecture",
    () => {
      const { model, program } = history();
      const { columns } = simulate(model, program, { variables: ["urban_population", "rural_population"] });
      for (const [name, variable] of [
        ["urban_population", "urban_pop_census"],
        ["rural_population", "rural_pop_census"],
      ] as const) {
        const found = columns.filter((c) => c.variable === name).map((c) => at([...c.values], 0));
        const census = byPrefecture("census.csv", variable, "2010");
        for (const [i, code] of PREFECTURES.entries())
          expect(at(found, i) / need(census, code), `${name} ${code}`).toBeCloseTo(1, 9);
      }
    },
    PATIENCE,
  );

  it("are nowhere later than 2020", () => {
    for (const file of ["../history/observed.csv", "../history/data/paths.csv"])
      for (const row of readTable(file)) expect(Number(row.year), file).toBeLessThanOrEqual(2020);
    expect(history().model.time.stop).toBe(2020);
  });

  it("have incomes that grew as the province's did, with the prefecture's output", () => {
    const { urban } = incomes();
    const grown = PREFECTURES.map((code) => at(need(urban, code), 10) / at(need(urban, code), 0));
    expect(Math.min(...grown)).toBeGreaterThan(1.5);
    expect(Math.max(...grown)).toBeLessThan(3);
    // What is perceived lags behind what rises, by about two years of growth.
    const path = need(urban, "530100");
    expect(perceivedIn2020(path)).toBeLessThan(at(path, 10));
    expect(perceivedIn2020(path)).toBeGreaterThan(at(path, 7));
  });
});

it("GDP per head of prefectures came together by about 2 % a year, with a standard error of .7", () => {
  const { slope, error } = convergence();
  expect(slope).toBeCloseTo(-0.0213, 4);
  expect(error).toBeCloseTo(0.007, 4);
});

describe("the fit", () => {
  it(
    "is the one that the model keeps: data/calibrated.csv is the mode",
    () => {
      const { fit } = history();
      const values = fit.valuesAt(mode().point);
      // The economy's numbers follow those of people, and have their own test.
      const kept = readTable("calibrated.csv").slice(0, fit.labels.length - 3);
      const own = fit.labels.filter((label) => !/^(out_migrants_then|fertility_swing)/.test(label));
      expect(kept).toHaveLength(own.length);
      own.forEach((label, i) => {
        const value = at([...values], fit.labels.indexOf(label));
        const scale = Math.max(Math.abs(value), 0.01);
        expect(Math.abs(numberOf(at(kept, i), "value") - value) / scale, label).toBeLessThan(1e-4);
      });
      expect(mode().converged).toBe(true);
    },
    PATIENCE,
  );

  it(
    "reaches the people of every prefecture in 2020 within 1 %, their urban share within 2.5 points, the province's people of 2015 to 2019 within .1 %",
    () => {
      const { observations } = history();
      observations.forEach(({ output, value }, i) => {
        const predicted = at([...mode().prediction], i);
        if (output.variable === "pop_census") expect(Math.abs(predicted / value - 1), output.area).toBeLessThan(0.01);
        if (output.variable === "pop_resident")
          expect(Math.abs(predicted / value - 1), output.area).toBeLessThan(0.001);
        if (output.variable === "urbanization_census")
          expect(Math.abs(predicted - value), output.area).toBeLessThan(2.5);
      });
    },
    PATIENCE,
  );

  it("keeps draws of the posterior about the mode", () => {
    const rows = readTable("posterior.csv");
    expect(rows.length).toBeGreaterThanOrEqual(200);
    const draws = rows.map((row) => numberOf(row, "urbanization_pace"));
    const centre = numberOf(readTable("calibrated.csv").find((r) => r.variable === "urbanization_pace") ?? {}, "value");
    expect(Math.min(...draws)).toBeLessThan(centre);
    expect(Math.max(...draws)).toBeGreaterThan(centre);
    expect(sumOf(draws) / draws.length / centre).toBeCloseTo(1, 0);
  });
});

describe("an ensemble from 2010, with shocks", () => {
  it(
    "holds the census of 2020 in its 95 % bands: people and urban share of at least 15 of 16 prefectures",
    () => {
      const { model, program, catalog, fit, observations } = history();
      const options = { seed: 11, chains: 4, warmup: 15, steps: 24 };
      const states = samplePosterior(fit, mode(), options).chains.flat();
      const columns = fit.labels.map((label) => catalog.drawColumns.indexOf(label));
      const values = Float64Array.from(states.flatMap(({ point }) => [...fit.valuesAt(point)]));
      const given = { columns, rows: states.length, values };
      const draws = states.length;
      const plan = planEnsemble(model, program, catalog, { seed: 5, draws, given, blockDraws: draws });
      const { tables, failures } = createBlockRunner(withKernel(plan))(0);
      expect(failures).toEqual([]);
      for (const variable of ["pop_census", "urbanization_census"]) {
        const held = observations
          .filter((o) => o.output.variable === variable)
          .filter(({ output, value }) => {
            const t = catalog.tables.findIndex((x) => x.indicators.includes(output.indicator));
            const { indicators, keys } = at(catalog.tables, t);
            const times = catalog.saveTimes.length;
            const cell = (draw: number): number =>
              ((indicators.indexOf(output.indicator) * draws + draw) * times + times - 1) * keys.length +
              keys.indexOf(output.key);
            const sorted = Array.from({ length: draws }, (_, d) => at(tables, t)[cell(d)]! * output.factor).sort(
              (a, b) => a - b,
            );
            return at(sorted, Math.floor(0.025 * draws)) <= value && value <= at(sorted, Math.ceil(0.975 * draws) - 1);
          });
        expect(held.length, variable).toBeGreaterThanOrEqual(15);
      }
    },
    PATIENCE,
  );
});
