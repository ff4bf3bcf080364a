/** The model of Yunnan as a whole: its base year is the data, its accounts close, and extreme conditions do what they must. */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadModel, withoutErrors } from "../../cli/load-model.ts";
import { type Setting, type Simulation, simulate } from "../../engine/ensemble/simulate.ts";
import { at, byPrefecture, need, once, PREFECTURES, readTable, starting, sumOf } from "./tables.ts";

const FOLDER = fileURLToPath(new URL("../../scenarios/yunnan", import.meta.url));
const PATIENCE = 120_000;

const model = once(() => {
  const usable = withoutErrors(loadModel(FOLDER));
  if (usable === null) throw new Error("the model has errors");
  return usable;
});

const NAMES = [
  ..."population_prefecture urban_population output public_output gdp nominal_gdp own_revenue expenditure transfers_received".split(
    " ",
  ),
  ..."population_total urbanization_rate births_total gdp_real_total primary_share old_share theil income_ratio coverage_variation".split(
    " ",
  ),
  ..."spending_theil net_external_migration service_spending villages_total lever_cost capital urbanization_by_prefecture".split(
    " ",
  ),
];

function run(scenario: string, settings: Readonly<Record<string, number>> = {}): Simulation {
  const { model: checked, program } = model();
  const list: Setting[] = Object.entries(settings).map(([name, value]) => ({ name, value }));
  const result = simulate(checked, program, { scenario, settings: list, variables: NAMES });
  expect(result.failure).toBeNull();
  for (const identity of result.identities) expect(identity.residual, identity.name).toBeLessThanOrEqual(1e-9);
  return result;
}

/** Values of all elements of a variable in a year. */
function values(result: Simulation, variable: string, year: number): readonly number[] {
  const row = result.times.indexOf(year);
  const columns = result.columns.filter((column) => column.variable === variable);
  if (row < 0 || columns.length === 0) throw new Error(`no ${variable} in ${year}`);
  return columns.map((column) => column.values[row] ?? Number.NaN);
}

const one = (result: Simulation, variable: string, year: number): number => at(values(result, variable, year), 0);
const baseline = once(() => run("baseline"));
const withoutTransfers = once(() => run("no_transfer"));

function expectEqual(found: readonly number[], data: ReadonlyMap<string, number>): void {
  PREFECTURES.forEach((code, index) => {
    expect(at(found, index) / need(data, code), code).toBeCloseTo(1, 7);
  });
}

describe("the base year", () => {
  it(
    "is the census: people, and people in towns, of each prefecture",
    () => {
      expectEqual(values(baseline(), "population_prefecture", 2020), starting("population"));
      expectEqual(values(baseline(), "urban_population", 2020), byPrefecture("census.csv", "urban_pop_census", "2020"));
    },
    PATIENCE,
  );

  it(
    "has the GDP of each prefecture and its three sectors",
    () => {
      expect(sumOf(values(baseline(), "gdp", 2020))).toBeCloseTo(24521.9, 0);
      expectEqual(
        values(baseline(), "gdp", 2020),
        new Map(
          PREFECTURES.map((code) => [
            code,
            sumOf(["va_primary_rec", "va_secondary_rec", "va_tertiary_rec"].map((name) => need(starting(name), code))),
          ]),
        ),
      );
      const sectors = values(baseline(), "output", 2020);
      expectEqual(
        PREFECTURES.map((_, i) => at(sectors, 4 * i)),
        starting("va_primary_rec"),
      );
      expectEqual(
        PREFECTURES.map((_, i) => at(sectors, 4 * i + 1) + 0.8 * at(sectors, 4 * i + 2)),
        starting("va_secondary_rec"),
      );
    },
    PATIENCE,
  );

  it(
    "has the budgets of each prefecture",
    () => {
      expectEqual(values(baseline(), "own_revenue", 2020), starting("budget_revenue"));
      expectEqual(values(baseline(), "expenditure", 2020), starting("budget_expenditure"));
    },
    PATIENCE,
  );

  it(
    "has the Theil index of MODEL 0.8 (.064) and the official income ratio (2.92)",
    () => {
      expect(one(baseline(), "theil", 2020)).toBeCloseTo(0.064, 3);
      expect(one(baseline(), "income_ratio", 2020)).toBeCloseTo(2.92, 2);
    },
    PATIENCE,
  );
});

describe("the baseline", () => {
  it(
    "starts near the pace of urbanization of 2017 to 2020 (1.25 points a year) and slows down",
    () => {
      const rise = (year: number): number =>
        one(baseline(), "urbanization_rate", year) - one(baseline(), "urbanization_rate", year - 1);
      expect(Math.abs(rise(2021) - 1.25)).toBeLessThan(0.15);
      expect(rise(2035)).toBeLessThan(rise(2021));
    },
    PATIENCE,
  );

  it(
    "starts with net departures that have faded against the mean of 2010 to 2020, and with a falling primary share",
    () => {
      const net = readTable("demography_derived.csv").find(
        (row) => row.adcode === "530000" && row.variable === "net_migration_adj",
      );
      const share = one(baseline(), "net_external_migration", 2020) / (Number(net?.value) / 1e5);
      expect(share).toBeGreaterThan(0.4);
      expect(share).toBeLessThan(1);
      expect(one(baseline(), "primary_share", 2035)).toBeLessThan(one(baseline(), "primary_share", 2020));
    },
    PATIENCE,
  );

  it(
    "ages: the share of people over 60 rises by more than ten points to 2035",
    () => {
      expect(one(baseline(), "old_share", 2035) - one(baseline(), "old_share", 2020)).toBeGreaterThan(10);
    },
    PATIENCE,
  );
});

describe("extreme conditions", () => {
  it(
    "no fertility: births die out",
    () => {
      const result = run("baseline", { long_run_fertility: 0, fertility_approach_time: 2 });
      expect(one(result, "births_total", 2035)).toBeLessThan(0.01 * one(result, "births_total", 2020));
    },
    PATIENCE,
  );

  it(
    "no migration at all: nobody crosses the province, and the capital loses its pull",
    () => {
      const result = run("baseline", { move_rate: 0, departure_rate: 0, return_rate: 0, arrival_rate: 0 });
      expect(one(result, "net_external_migration", 2030)).toBe(0);
      expect(one(result, "population_prefecture", 2035)).toBeLessThan(
        0.9 * one(baseline(), "population_prefecture", 2035),
      );
    },
    PATIENCE,
  );

  it(
    "no in-place urbanization: the urban share still rises, by migration",
    () => {
      const result = run("baseline", { urbanization_pace: 0 });
      expect(one(result, "urbanization_rate", 2035)).toBeGreaterThan(one(result, "urbanization_rate", 2020));
      expect(one(result, "urbanization_rate", 2035)).toBeLessThan(one(baseline(), "urbanization_rate", 2035));
    },
    PATIENCE,
  );

  it(
    "headlong urbanization stops at saturation",
    () => {
      const shares = values(run("baseline", { urbanization_pace: 0.2 }), "urbanization_by_prefecture", 2035);
      shares.forEach((share, index) => {
        expect(share).toBeLessThan(index === 0 ? 95 : 85);
      });
    },
    PATIENCE,
  );

  it(
    "no investment: GDP falls, capital stays positive",
    () => {
      const result = run("baseline", { investment_rate_2020: 0, investment_rate_2035: 0 });
      expect(one(result, "gdp_real_total", 2035)).toBeLessThan(one(result, "gdp_real_total", 2021));
      expect(Math.min(...values(result, "capital", 2035))).toBeGreaterThan(0);
    },
    PATIENCE,
  );

  it(
    "incomes outside grow by a tenth a year: more people leave",
    () => {
      const result = run("baseline", { outside_growth: 0.1 });
      expect(one(result, "population_total", 2035)).toBeLessThan(one(baseline(), "population_total", 2035));
    },
    PATIENCE,
  );
});

describe("signs that an economist expects", () => {
  it(
    "without outside transfers spending of poor prefectures collapses, disparity widens and GDP falls",
    () => {
      const result = withoutTransfers();
      const nujiang = PREFECTURES.indexOf("533300");
      const [before, after] = [2020, 2025].map((year) => at(values(result, "service_spending", year), nujiang));
      expect(after).toBeGreaterThan(0);
      expect(after).toBeLessThan(0.3 * (before ?? 0));
      expect(one(result, "spending_theil", 2025)).toBeGreaterThan(3 * one(baseline(), "spending_theil", 2025));
      expect(one(result, "gdp_real_total", 2035)).toBeLessThan(one(baseline(), "gdp_real_total", 2035));
    },
    PATIENCE,
  );

  it(
    "equalization brings coverage together sooner",
    () => {
      const result = run("fisc_equal");
      expect(one(result, "coverage_variation", 2025)).toBeLessThan(0.7 * one(baseline(), "coverage_variation", 2025));
    },
    PATIENCE,
  );

  it(
    "the plan raises growth at a cost, and builds the border villages in time",
    () => {
      const result = run("plan_full");
      expect(one(result, "gdp_real_total", 2035)).toBeGreaterThan(one(baseline(), "gdp_real_total", 2035));
      expect(one(result, "lever_cost", 2030)).toBeGreaterThan(100);
      expect(one(result, "villages_total", 2025)).toBeGreaterThanOrEqual(373);
    },
    PATIENCE,
  );
});
