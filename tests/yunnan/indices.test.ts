/** Indices of the Yunnan model: the contribution of science by every convention, and the probability rule of warnings. */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadModel, withoutErrors } from "../../cli/load-model.ts";
import { type Setting, type Simulation, simulate } from "../../engine/ensemble/simulate.ts";
import { at, once, sumOf } from "./tables.ts";

const FOLDER = fileURLToPath(new URL("../../scenarios/yunnan", import.meta.url));
const PATIENCE = 120_000;
const SHARES = ["35", "40", "45", "model"];
const NAMES = [
  ...SHARES.flatMap((share) => [`science_contribution_${share}`, `province_science_${share}`]),
  "model_capital_share",
  "warning_overall",
  "warned_within_three_years",
];

const usable = once(() => {
  const loaded = withoutErrors(loadModel(FOLDER));
  if (!loaded) throw new Error("the model has errors");
  return loaded;
});

function run(scenario: string, settings: readonly Setting[] = []): Simulation {
  const { model, program } = usable();
  const result = simulate(model, program, { scenario, settings, variables: NAMES });
  expect(result.failure).toBeNull();
  return result;
}
const baseline = once(() => run("baseline"));

const series = (result: Simulation, variable: string, key = ""): Float64Array => {
  const found = result.columns.find((c) => c.variable === variable && c.key === key);
  if (!found) throw new Error(`no ${variable} ${key}`);
  return found.values;
};
const in2030 = (result: Simulation, variable: string): number =>
  at([...series(result, variable)], result.times.indexOf(2030));

describe("contribution of science and technology", () => {
  it.each(["science_contribution", "province_science"])(
    "%s falls with the capital share that is assumed, since capital grows faster than labour",
    (name) => {
      const values = SHARES.map((share) => in2030(baseline(), `${name}_${share}`));
      for (const [i, value] of values.slice(1).entries()) expect(value).toBeLessThan(at(values, i));
      expect(in2030(baseline(), "model_capital_share")).toBeGreaterThan(0.45);
    },
    PATIENCE,
  );

  it(
    "is the Solow residual: linear in the capital share",
    () => {
      const [low, middle, high] = ["35", "40", "45"].map((share) => in2030(baseline(), `province_science_${share}`));
      expect(middle).toBeCloseTo(((low ?? 0) + (high ?? 0)) / 2, 9);
    },
    PATIENCE,
  );

  it(
    "rises when investment falls: a good value can come from weak capital formation",
    () => {
      const weak = run("baseline", [{ name: "investment_rate_2035", value: 0.2 }]);
      expect(in2030(weak, "province_science_40")).toBeGreaterThan(in2030(baseline(), "province_science_40"));
    },
    PATIENCE,
  );
});

describe("the probability rule of warnings", () => {
  it(
    "counts a prefecture that was at yellow or above at one of the last three year-ends",
    () => {
      const result = run("adverse");
      const keys = result.columns.filter((c) => c.variable === "warning_overall").map((c) => c.key);
      const counted = keys.map((key) => {
        const level = series(result, "warning_overall", key);
        const warned = series(result, "warned_within_three_years", key);
        for (let year = 2; year < level.length; year += 1) {
          const expected = [0, 1, 2].some((back) => (level[year - back] ?? 0) >= 2) ? 1 : 0;
          expect(warned[year], `${key} ${2020 + year}`).toBe(expected);
        }
        return sumOf(warned);
      });
      expect(Math.max(...counted)).toBeGreaterThan(0);
    },
    PATIENCE,
  );
});
