/** The tables beside the model of Yunnan fit it: names of data, and tests of behaviour. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readObservationMap, readObservations } from "../../engine/calibration/observation-map.ts";
import { readValidationTests } from "../../engine/calibration/validation-tests.ts";
import { buildCatalog } from "../../engine/ensemble/build-catalog.ts";
import { saveTimes } from "../../engine/model/time-grid.ts";
import { ROOT } from "../../tests/tools/terrace.ts";
import { loadModel } from "../load-model.ts";

const FOLDER = join(ROOT, "scenarios", "yunnan");
const file = (path: string) => ({ path, text: readFileSync(join(FOLDER, path), "utf8") });
const model = loadModel(FOLDER).model!;
const catalog = buildCatalog(model, "");

describe("the tables of Yunnan", () => {
  it("observations.csv: every output is there, with a row for each of the 16 prefectures", () => {
    const { items, problems } = readObservationMap(file("observations.csv"), catalog);
    expect(problems).toEqual([]);
    expect(items.find((o) => o.variable === "gdp" && o.area === "533300")).toMatchObject({ key: "nujiang", factor: 1 });
    for (const unit of ["万人", "10k person", "person"])
      expect(items.filter((o) => o.variable === "pop_resident" && o.unit === unit)).toHaveLength(17);
    for (const variable of ["gdp", "va_primary", "va_secondary", "va_tertiary", "budget_revenue"])
      for (const unit of ["亿元", "100M CNY"])
        expect(items.filter((o) => o.variable === variable && o.unit === unit)).toHaveLength(17);
    expect(items.find((o) => o.variable === "va_primary")).toMatchObject({
      indicator: "primary_share",
      weight: "gdp_total",
    });
  });

  it("reads measurements, and tells what is wrong with them", () => {
    const { items: map } = readObservationMap(file("observations.csv"), catalog);
    const text =
      "adcode,year,variable,value,unit,grade\n530100,2025,pop_resident,8500000,person,A\n530100,2025,pop_resident,1,万人,A\n";
    const { items, problems } = readObservations({ path: "o.csv", text }, map, saveTimes(model.time));
    expect(items).toMatchObject([{ time: 2025, value: 8_500_000, output: { key: "kunming", factor: 10_000 } }, {}]);
    expect(problems).toMatchObject([{ line: 3, en: "a second value of pop_resident in 530100, 2025" }]);
  });

  it("validation/tests.csv: every test can be run", () => {
    const { items, problems } = readValidationTests(file("validation/tests.csv"), model, saveTimes(model.time));
    expect(problems).toEqual([]);
    expect(items.length).toBeGreaterThanOrEqual(27);
  });
});
