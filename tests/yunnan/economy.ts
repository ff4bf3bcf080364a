/** Employment, urban income, research intensity and services at the start, by prefecture. */
import { judged } from "./judgement.ts";
import { populationByCell } from "./population.ts";
import { ageSchedules } from "./schedules.ts";
import type { Derived } from "./tables.ts";
import { at, byPrefecture, need, numberOf, PREFECTURES, readTable, starting, sumOf, tableText } from "./tables.ts";

export type ByCode = ReadonlyMap<string, number>;

/** Rural people of an age work more often than urban ones (J). Same number as the parameter rural_participation of the model. */
export const RURAL_PARTICIPATION = 1.2;
const FARM_SHARE_LIMIT = 0.95;

export const mapOf = (f: (code: string) => number): ByCode => new Map(PREFECTURES.map((code) => [code, f(code)]));

export interface Labour {
  readonly employed: ByCode;
  readonly primary: ByCode;
  readonly secondary: ByCode;
  readonly tertiary: ByCode;
  readonly factor: ByCode;
  readonly farmShare: ByCode;
}

/** Employment of the census, and the factors that bring the participation schedule to it. */
export function labour(): Labour {
  const population = starting("population");
  const rate = byPrefecture("census.csv", "employed_sampled_rate", "2020");
  const shares = ["primary", "secondary", "tertiary"].map((name) =>
    byPrefecture("census.csv", `emp_share_${name}`, "2020"),
  );
  const total = (code: string): number => sumOf(shares.map((share) => need(share, code)));
  const employed = mapOf((code) => (need(population, code) * need(rate, code)) / 100);
  const part = (index: number): ByCode =>
    mapOf((code) => (need(employed, code) * need(at(shares, index), code)) / total(code));
  const participation = ageSchedules()
    .filter((r) => r.variable === "participation")
    .map((r) => r.value);
  const cells = populationByCell();
  const willing = (code: string, side: 0 | 1): number =>
    sumOf(need(cells, code).map((pair, cell) => pair[side] * at(participation, cell))) *
    (side === 0 ? 1 : RURAL_PARTICIPATION);
  const factor = mapOf((code) => need(employed, code) / (willing(code, 0) + willing(code, 1)));
  const primary = part(0);
  const farmShare = mapOf((code) =>
    Math.min(FARM_SHARE_LIMIT, need(primary, code) / (need(factor, code) * willing(code, 1))),
  );
  return { employed, primary, secondary: part(1), tertiary: part(2), factor, farmShare };
}

const provincial = (variable: string): number =>
  numberOf(
    readTable("province_economy.csv").find(
      (r) => r.adcode === "530000" && r.variable === variable && r.year === "2020",
    ) ?? {},
    "value",
  );

/** Disposable income per urban resident (yuan a year). */
export function urbanIncome(): ByCode {
  const { primary, employed } = labour();
  const value = starting("gdp_rec");
  const farm = starting("va_primary_rec");
  const rent = judged("enclave_rent_share");
  const wage = byPrefecture("income_science.csv", "avg_wage_urban_nonprivate", "2020");
  const town = byPrefecture("census.csv", "urban_pop_census", "2020");
  const people = sumOf(town.values());
  const mean = (map: ByCode): number => sumOf(PREFECTURES.map((code) => need(map, code) * need(town, code))) / people;
  const product = mapOf(
    (code) =>
      ((1 - need(rent, code)) * (need(value, code) - need(farm, code))) / (need(employed, code) - need(primary, code)),
  );
  const raw = mapOf((code) => Math.sqrt((need(product, code) / mean(product)) * (need(wage, code) / mean(wage))));
  return mapOf((code) => (provincial("income_urban") * need(raw, code)) / mean(raw));
}

/** Research spending as a share of GDP. */
export function researchIntensity(): ByCode {
  const schooling = byPrefecture("census.csv", "schooling_years_15plus", "2020");
  const value = starting("gdp_rec");
  const raw = mapOf((code) => (need(schooling, code) / 8.51) ** 4);
  const mean = sumOf(PREFECTURES.map((code) => need(raw, code) * need(value, code))) / sumOf(value.values());
  return mapOf((code) => (need(raw, code) / mean) * (provincial("rd_gdp") / 100));
}

/** Value added of strategic emerging industries relative to GDP, as a multiple of the provincial share. */
export function emergingIntensity(): ByCode {
  const schooling = byPrefecture("census.csv", "schooling_years_15plus", "2020");
  const value = starting("gdp_rec");
  const industry = starting("va_secondary_rec");
  const raw = mapOf((code) => (need(industry, code) / need(value, code)) * (need(schooling, code) / 8.51) ** 2);
  const mean = sumOf(PREFECTURES.map((code) => need(raw, code) * need(value, code))) / sumOf(value.values());
  return mapOf((code) => need(raw, code) / mean);
}

/** Services per beneficiary relative to the mean of the province. */
export function serviceIndex(kind: "education" | "health"): {
  readonly index: ByCode;
  readonly seen: ReadonlySet<string>;
} {
  const population = starting("population");
  const children = starting("share_0_14");
  const users = kind === "health" ? population : mapOf((code) => (need(population, code) * need(children, code)) / 100);
  const found =
    kind === "health"
      ? byPrefecture("income_science.csv", "hospital_beds", "2020")
      : byPrefecture("fiscal.csv", "education_expenditure", "2020");
  const pool = [...found.keys()].filter((code) => code !== "530100");
  const pooled = sumOf(pool.map((code) => need(found, code))) / sumOf(pool.map((code) => need(users, code)));
  const perHead = mapOf((code) => {
    const total = found.get(code);
    return total === undefined ? pooled : total / need(users, code);
  });
  const mean = sumOf(PREFECTURES.map((code) => need(perHead, code) * need(users, code))) / sumOf(users.values());
  return { index: mapOf((code) => need(perHead, code) / mean), seen: new Set(found.keys()) };
}

function rowsOf(
  map: ByCode,
  variable: string,
  unit: string,
  note: string,
  grade = "D",
  source = "DERIVED",
): readonly Derived[] {
  return PREFECTURES.map((code) => ({
    key: { adcode: code },
    variable,
    value: need(map, code),
    unit,
    grade,
    source,
    note,
  }));
}

export function labourText(): string {
  const { employed, primary, secondary, tertiary, factor, farmShare } = labour();
  const census = (name: string): string =>
    `census population x employed_sampled_rate x emp_share_${name} (shares scaled to sum to 1); +-3 %`;
  return tableText(
    ["adcode"],
    [
      ...rowsOf(employed, "employed", "person", "census population x employed_sampled_rate; +-3 %", "D", "C7_YB_LEIII"),
      ...rowsOf(primary, "employed_primary", "person", census("primary"), "D", "C7_YB_LEIII"),
      ...rowsOf(secondary, "employed_secondary", "person", census("secondary"), "D", "C7_YB_LEIII"),
      ...rowsOf(tertiary, "employed_tertiary", "person", census("tertiary"), "D", "C7_YB_LEIII"),
      ...rowsOf(factor, "employment_factor", "1", "employed / (participation schedule x population; rural weight 1.2)"),
      ...rowsOf(farmShare, "farm_share", "1", "employed in the primary sector / rural labour; at most .95"),
    ],
  );
}

export function economyText(): string {
  const education = serviceIndex("education");
  const health = serviceIndex("health");
  const service = (
    kind: { index: ByCode; seen: ReadonlySet<string> },
    variable: string,
    what: string,
  ): readonly Derived[] =>
    PREFECTURES.map((code) => ({
      key: { adcode: code },
      variable,
      value: need(kind.index, code),
      unit: "1",
      grade: "D",
      source: kind.seen.has(code) ? "CYB" : "DERIVED",
      note: kind.seen.has(code)
        ? `${what} relative to the mean of the province`
        : `${what}: pooled mean of the seven cities without 昆明, relative to the mean of the province`,
    }));
  return tableText(
    ["adcode"],
    [
      ...rowsOf(
        urbanIncome(),
        "income_urban",
        "元/person/year",
        "geometric mean of relative formal wage and relative non-farm value added per worker net of enclave rent; scaled to the 37499.5 yuan of the province; check: 昆明 48018 (C)",
      ),
      ...rowsOf(
        researchIntensity(),
        "research_intensity",
        "1",
        "R&D / GDP of the province (1.0 %) spread by the fourth power of mean schooling; no data by prefecture",
        "J",
      ),
      ...rowsOf(
        emergingIntensity(),
        "emerging_intensity",
        "1",
        "secondary share x square of relative schooling; mean 1 by GDP; no data by prefecture",
        "J",
      ),
      ...service(education, "education_index", "education spending per child under 15"),
      ...service(health, "health_index", "hospital beds per head"),
    ],
  );
}
