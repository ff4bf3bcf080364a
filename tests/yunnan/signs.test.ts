/** Signs that a development economist expects hold in at least nine of ten draws, with the same draws in all scenarios. */
import { describe, expect, it } from "vitest";
import { Ensemble } from "./ensemble.ts";
import { at, once } from "./tables.ts";

const PATIENCE = 120_000;
const NINE_OF_TEN = 0.9;
const ensemble = once(() => new Ensemble(20));

describe("an ensemble of S0 to S13", () => {
  it(
    "runs without failures, and every account closes in every run and step",
    () => {
      expect(ensemble().result.failures).toEqual([]);
      expect(Math.max(...ensemble().result.identityResiduals)).toBeLessThan(1e-9);
      expect(ensemble().scenarios).toHaveLength(16);
    },
    PATIENCE,
  );

  it(
    "is the same in every scenario at the start, in every draw",
    () => {
      const { catalog, scenarios } = ensemble();
      const table = at(catalog.tables, 0);
      expect(table.shape).toEqual([]);
      for (const indicator of table.indicators) {
        const base = ensemble().values("baseline", indicator, 2020);
        for (const scenario of scenarios)
          expect(ensemble().values(scenario, indicator, 2020), `${scenario} ${indicator}`).toEqual(base);
      }
    },
    PATIENCE,
  );
});

/** [what, scenario with more, scenario with less, indicator, year, element] */
const SIGNS: readonly (readonly [string, string, string, string, number, string])[] = [
  ["no transfers widen the disparity of spending", "no_transfer", "baseline", "spending_theil", 2030, ""],
  ["no transfers lower GDP in Nujiang", "baseline", "no_transfer", "gdp_per_head", 2030, "nujiang"],
  ["no transfers lower GDP in Diqing", "baseline", "no_transfer", "gdp_per_head", 2030, "diqing"],
  ["no transfers lower GDP in Zhaotong", "baseline", "no_transfer", "gdp_per_head", 2030, "zhaotong"],
  ["central Yunnan alone raises growth", "strong_dianzhong", "baseline", "gdp_real_total", 2035, ""],
  ["central Yunnan alone raises disparity", "strong_dianzhong", "baseline", "theil", 2035, ""],
  ["the border pillar lowers disparity", "baseline", "border", "theil", 2035, ""],
  ["lower fertility ages faster", "low_fertility", "baseline", "old_share", 2035, ""],
  ["lower fertility means fewer people", "baseline", "low_fertility", "population_total", 2035, ""],
  ["delay lowers the index of 2030", "plan_full", "delayed", "coordination_index", 2030, ""],
  ["delay lowers GDP of 2030", "plan_full", "delayed", "gdp_real_total", 2030, ""],
  ["a recession lowers GDP", "baseline", "adverse", "gdp_real_total", 2029, ""],
  ["a recession keeps people in the province", "adverse", "baseline", "net_external_migration", 2028, ""],
  ["absolute convergence lowers disparity", "baseline", "high_convergence", "theil", 2035, ""],
  ["no diffusion keeps disparity", "no_convergence", "baseline", "theil", 2035, ""],
  ["the plan raises GDP", "plan_full", "baseline", "gdp_real_total", 2035, ""],
  ["the plan costs money", "plan_full", "baseline", "lever_cost", 2030, ""],
  ["no pairing lowers spending of Zhaotong", "baseline", "no_pairing", "expenditure", 2025, "zhaotong"],
];

describe("signs in at least nine of ten draws", () => {
  it.each(SIGNS)(
    "%s",
    (_, more, less, indicator, year, element) => {
      expect(ensemble().shareAbove(more, less, indicator, year, element)).toBeGreaterThanOrEqual(NINE_OF_TEN);
    },
    PATIENCE,
  );
});

describe("early warning", () => {
  it(
    "stays between green and red, and sees the closed border",
    () => {
      for (const level of ensemble().values("adverse", "warning_overall", 2027, "dehong")) {
        expect(level).toBeGreaterThanOrEqual(0);
        expect(level).toBeLessThanOrEqual(4);
      }
      const warned = ensemble().values("adverse", "warning_prefectures", 2028, "w_trade");
      expect(Math.max(...warned)).toBeGreaterThanOrEqual(7);
    },
    PATIENCE,
  );
});
