/** The economy from 2010: its data, what the calibration finds on it, and whether it reaches 2020. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadModel, withoutErrors } from "../../cli/load-model.ts";
import { readCalibratedParameters, readFitObservations } from "../../engine/calibration/calibration-tables.ts";
import { findMode } from "../../engine/calibration/find-mode.ts";
import { fitModel } from "../../engine/calibration/fit-model.ts";
import { readObservationMap } from "../../engine/calibration/observation-map.ts";
import { buildCatalog } from "../../engine/ensemble/build-catalog.ts";
import { planEnsemble } from "../../engine/ensemble/plan.ts";
import { withKernel } from "../../engine/ensemble/plan-kernel.ts";
import { spending, valueAdded2010 } from "./economy-history.ts";
import { at, need, numberOf, once, PREFECTURES, readTable, sumOf } from "./tables.ts";

const FOLDER = fileURLToPath(new URL("../../scenarios/yunnan/history-economy/", import.meta.url));
const PATIENCE = 120_000;
const table = (path: string) => ({ path, text: readFileSync(`${FOLDER}${path}`, "utf8") });
/** Fitted, but of the start in 2010 alone. */
const OWN = /^(capital_ratio_then|revenue_level|census_break)/;

const history = once(() => {
  const usable = withoutErrors(loadModel(FOLDER));
  if (!usable) throw new Error("the model has errors");
  const catalog = buildCatalog(usable.model, "");
  const parameters = readCalibratedParameters(table("calibration.csv"), usable.model);
  const map = readObservationMap(table("observations.csv"), catalog);
  const observations = readFitObservations(table("observed.csv"), map.items, catalog.saveTimes);
  expect([...parameters.problems, ...map.problems, ...observations.problems]).toEqual([]);
  const names = parameters.items.filter((p) => p.fitted).map((p) => p.name);
  const plan = withKernel(planEnsemble(usable.model, usable.program, catalog, { seed: usable.model.seed, draws: 1 }));
  const fit = fitModel(plan, names, observations.items);
  const mode = findMode(fit);
  if (!mode) throw new Error("the run at the centre of the prior fails");
  return { ...usable, fit, mode, observations: observations.items };
});

describe("the data of the economy of 2010", () => {
  it("sum to the province: three sectors, and spending below the province's", () => {
    const total = [...valueAdded2010().values()].map((part) => sumOf(part.values()));
    expect(total.map((value) => Number(value.toFixed(2)))).toEqual([1105.81, 3223.93, 2890.4]);
    expect(sumOf(PREFECTURES.map((code) => need(need(spending(), code), 2010)))).toBeLessThan(2285.72);
  });

  it("are nowhere later than 2020", () => {
    for (const file of ["../history-economy/observed.csv", "../history-economy/data/paths.csv"])
      for (const row of readTable(file)) expect(Number(row.year), file).toBeLessThanOrEqual(2020);
    expect(history().model.time.stop).toBe(2020);
  });
});

describe("the fit of the economy", () => {
  it(
    "is the one that the model keeps: data/calibrated.csv is the mode",
    () => {
      const { fit, mode } = history();
      const values = fit.valuesAt(mode.point);
      const own = fit.labels.filter((label) => !OWN.test(label));
      const kept = readTable("calibrated.csv").slice(-own.length);
      own.forEach((label, i) => {
        const row = at(kept, i);
        expect(row.sector ? `${row.variable}[${row.sector}]` : row.variable).toBe(label);
        const value = at([...values], fit.labels.indexOf(label));
        expect(Math.abs(numberOf(row, "value") - value) / Math.max(Math.abs(value), 0.01), label).toBeLessThan(1e-4);
      });
      expect(mode.converged).toBe(true);
    },
    PATIENCE,
  );

  it(
    "grows as the province did: real GDP within 3 % in each year observed, sectors of 2016 to 2020 within 2 points, revenue within 4 %",
    () => {
      const { mode, observations } = history();
      observations.forEach(({ output, value }, i) => {
        const off = at([...mode.prediction], i) - value;
        if (output.variable === "gdp_real_index") expect(Math.abs(off / value), "real GDP").toBeLessThan(0.03);
        if (output.variable.startsWith("growth_")) expect(Math.abs(off), output.variable).toBeLessThan(2);
        if (output.variable === "budget_revenue") expect(Math.abs(off / value), "revenue").toBeLessThan(0.04);
      });
    },
    PATIENCE,
  );

  it(
    "grows by prefecture within 1.3 points a year; not in Nujiang and Diqing, which the README names",
    () => {
      const { mode, observations } = history();
      observations.forEach(({ output, value, error }, i) => {
        if (output.variable !== "gdp_growth_decade" || error > 1) return;
        expect(Math.abs(at([...mode.prediction], i) - value), output.area).toBeLessThan(1.3);
      });
    },
    PATIENCE,
  );

  it("has draws beside those of people, about the mode", () => {
    const rows = readTable("posterior.csv");
    const draws = rows.map((row) => numberOf(row, "investment_rate_2020"));
    const mode = readTable("calibrated.csv").find((row) => row.variable === "investment_rate_2020");
    expect(sumOf(draws) / draws.length / numberOf(mode ?? {}, "value")).toBeCloseTo(1, 0);
    expect(Math.min(...draws)).toBeLessThan(numberOf(mode ?? {}, "value"));
  });
});
