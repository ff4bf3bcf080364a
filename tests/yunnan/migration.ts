/** Migration at the start: people registered here who live outside the province, and where people from outside arrive. */
import type { ByCode } from "./economy.ts";
import { mapOf } from "./economy.ts";
import type { Derived } from "./tables.ts";
import { byPrefecture, need, PREFECTURES, starting, sumOf, tableText } from "./tables.ts";

/** People registered in Yunnan who live in other provinces (MODEL 0.8). */
const OUT_MIGRANTS = 2.4e6;

export function outMigrants(): ByCode {
  const registered = starting("hukou_population");
  const resident = starting("population");
  const excess = mapOf((code) => Math.max(0, need(registered, code) - need(resident, code)));
  return mapOf(
    (code) =>
      OUT_MIGRANTS *
      ((0.8 * need(excess, code)) / sumOf(excess.values()) + (0.2 * need(resident, code)) / sumOf(resident.values())),
  );
}

const rowsOf = (map: ByCode, variable: string, unit: string, note: string, grade = "D"): readonly Derived[] =>
  PREFECTURES.map((code) => ({
    key: { adcode: code },
    variable,
    value: need(map, code),
    unit,
    grade,
    source: "DERIVED",
    note,
  }));

export function migrationText(): string {
  const elsewhere = byPrefecture("census.csv", "reg_other_province", "2020");
  return tableText(
    ["adcode"],
    [
      ...rowsOf(
        outMigrants(),
        "out_migrants",
        "person",
        "2.4 million (MODEL 0.8) x (.8 x share of max(0, registered - resident) + .2 x share of residents)",
      ),
      ...rowsOf(
        mapOf((code) => need(elsewhere, code) / sumOf(elsewhere.values())),
        "arrival_share",
        "1",
        "share of residents registered in other provinces (census 2020)",
      ),
    ],
  );
}
