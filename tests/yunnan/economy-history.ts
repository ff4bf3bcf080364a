/**
 * The economy of 2010 to 2020 (scenarios/yunnan/history-economy): value added, employment, public spending and capital of 2010 by prefecture, what is given
 * from outside on the way. Nothing in it is later than 2020.
 */
import { labour, RURAL_PARTICIPATION } from "./economy.ts";
import { population2010ByCell, populationByCell } from "./population.ts";
import { ageSchedules } from "./schedules.ts";
import {
  at,
  byPrefecture,
  type Derived,
  need,
  numberOf,
  once,
  PREFECTURES,
  readTable,
  starting,
  sumOf,
  tableText,
} from "./tables.ts";

export const FIRST: number = 2010;
export const LAST: number = 2020;
export const YEARS: readonly number[] = Array.from({ length: LAST - FIRST + 1 }, (_, i) => FIRST + i);
export const SECTORS = ["primary", "secondary", "tertiary"] as const;
/** Of the model: part of the budget that is invested, depreciation of public capital, release of farm labour and the gap at which it stops. */
const [INVESTED, PUBLIC_DEPRECIATION, FARM_RELEASE, FARM_GAP] = [0.17, 0.05, 0.06, 0.9] as const;
const FARM_SHARE_LIMIT = 0.95;

type Path = ReadonlyMap<number, number>;

/** A variable of a table by year; years between two known ones by straight line. */
export function series(file: string, variable: string, adcode = "530000"): Path {
  const rows = readTable(file).filter((row) => row.variable === variable && row.adcode === adcode);
  return filled(new Map(rows.map((row) => [Number(row.year), numberOf(row, "value")])));
}

/** Missing years between known ones by straight line; none is made outside them. */
function filled(known: Path): Path {
  const years = [...known.keys()].sort((a, b) => a - b);
  const all = new Map(known);
  years.slice(1).forEach((next, i) => {
    const last = at(years, i);
    for (let year = last + 1; year < next; year += 1)
      all.set(year, need(known, last) + ((need(known, next) - need(known, last)) * (year - last)) / (next - last));
  });
  return all;
}

/** Value added of 2010 by prefecture and sector, in the vintage of that decade, scaled so that the 16 sum to the province. */
export const valueAdded2010 = once(() => {
  const part = (sector: string): ReadonlyMap<string, number> => {
    const own = byPrefecture("gdp.csv", "gdp", String(FIRST));
    const share = byPrefecture("sector_shares_2010_2020.csv", `share_va_${sector}`, String(FIRST));
    const raw = new Map(PREFECTURES.map((code) => [code, (need(own, code) * need(share, code)) / 100]));
    const scale = need(series("province.csv", `va_${sector}`), FIRST) / sumOf(raw.values());
    return new Map([...raw].map(([code, value]) => [code, value * scale]));
  };
  return new Map(SECTORS.map((sector) => [sector, part(sector)]));
});

/** Budget spending by prefecture and year: own figures of the eight cities, of the others that of 2020 moved as the province's. */
export const spending = once((): ReadonlyMap<string, Path> => {
  const province = series("province_economy.csv", "budget_expenditure");
  const last = byPrefecture("opening_books_2020.csv", "expenditure");
  return new Map(
    PREFECTURES.map((code) => {
      const own = series("fiscal.csv", "budget_expenditure", code);
      const moved = (year: number): number => (need(last, code) * need(province, year)) / need(province, LAST);
      const scale = own.has(FIRST) ? need(last, code) / need(own, LAST) : 1;
      return [code, new Map(YEARS.map((y) => [y, own.has(FIRST) ? need(own, y) * scale : moved(y)]))];
    }),
  );
});

/** Spending of the provincial level: what the 16 do not spend. */
const provincialSpending = once((): Path => {
  const total = series("province_economy.csv", "budget_expenditure");
  return new Map(YEARS.map((y) => [y, need(total, y) - sumOf([...spending().values()].map((path) => need(path, y)))]));
});

/** Public capital by perpetual inventory from the growth path of 2010 (MODEL Y13), at prices of 2010: invested part of spending, the provincial level's by people. */
function publicCapital(code: string): Path {
  const prices = series("province_economy.csv", "investment_price_2010");
  const people = starting("population");
  const part = need(people, code) / sumOf(people.values());
  const invested = (year: number): number =>
    (INVESTED * (need(need(spending(), code), year) + part * need(provincialSpending(), year)) * 100) /
    need(prices, year);
  const growth = Math.log(invested(2012) / invested(FIRST)) / 2;
  const path = new Map([[FIRST, invested(FIRST) / (PUBLIC_DEPRECIATION + growth)]]);
  for (const year of YEARS.slice(1))
    path.set(year, need(path, year - 1) * (1 - PUBLIC_DEPRECIATION) + (invested(year) + invested(year - 1)) / 2);
  return path;
}

/** Working people by residence in 2010 and 2020, as the schedule of participation and the factor of 2020 give them. */
function workers(code: string, side: 0 | 1): Path {
  const schedule = ageSchedules()
    .filter((r) => r.variable === "participation")
    .map((r) => r.value);
  const count = (cells: readonly (readonly [number, number])[]): number =>
    need(labour().factor, code) *
    (side === 0 ? 1 : RURAL_PARTICIPATION) *
    sumOf(cells.map((pair, cell) => pair[side] * at(schedule, cell)));
  return new Map([
    [FIRST, count(need(population2010ByCell(), code))],
    [LAST, count(need(populationByCell(), code))],
  ]);
}

const censusPath = (code: string, variable: string): Path =>
  new Map([FIRST, LAST].map((year) => [year, need(byPrefecture("census.csv", variable, String(year)), code)]));

/** A path against its value of 2010. */
const index = (path: Path): Path => new Map([...path].map(([year, value]) => [year, value / need(path, FIRST)]));

function deflated(variable: string, adcode: string): Path {
  const [nominal, prices] = [
    series("province_economy.csv", variable, adcode),
    series("province_economy.csv", "cpi_2010"),
  ];
  return new Map(YEARS.map((year) => [year, need(nominal, year) / need(prices, year)]));
}

/** Gross capital formation in GDP against 2020: how investment moved; its productive part is fitted. */
function investmentIndex(): Path {
  const [formation, gdp] = [series("province_economy.csv", "gfcf"), series("province_economy.csv", "gdp_revised")];
  const ratio = (year: number): number => need(formation, year) / need(gdp, year);
  return new Map(YEARS.map((year) => [year, ratio(year) / ratio(LAST)]));
}

/** The rows of history-economy/data/start_2010.csv. */
export function startText(): string {
  const rows = PREFECTURES.flatMap((code): Derived[] => {
    const row = (variable: string, value: number, unit: string, grade: string, note: string): Derived => ({
      key: { adcode: code },
      variable,
      value,
      unit,
      grade,
      source: "DERIVED",
      note,
    });
    const farm = need(labour().farmShare, code) * Math.exp(-10 * FARM_RELEASE * Math.log(FARM_GAP));
    const split = need(labour().secondary, code) / (need(labour().secondary, code) + need(labour().tertiary, code));
    const share = Math.min(FARM_SHARE_LIMIT, farm);
    const off = need(workers(code, 0), FIRST) + (1 - share) * need(workers(code, 1), FIRST);
    return [
      ...SECTORS.map((sector) =>
        row(
          `va_${sector}`,
          need(need(valueAdded2010(), sector), code),
          "亿元/year",
          "D",
          "GDP x share of the sector of 2010, the 16 scaled to the province",
        ),
      ),
      row(
        "farm_share",
        share,
        "1",
        "J",
        "that of 2020 before ten years of release (MODEL Y8) at the gap of 2020; at most .95",
      ),
      row(
        "employed_secondary",
        off * split,
        "person",
        "J",
        "workers off the farm of 2010, split as in the census of 2020",
      ),
      row(
        "employed_tertiary",
        off * (1 - split),
        "person",
        "J",
        "workers off the farm of 2010, split as in the census of 2020",
      ),
      row(
        "expenditure",
        need(need(spending(), code), FIRST),
        "亿元/year",
        "D",
        "eight cities: own figures; others: 2020 moved as the province's",
      ),
    ];
  });
  const province: Derived = {
    key: { adcode: "530000" },
    variable: "provincial_expenditure",
    value: need(provincialSpending(), FIRST),
    unit: "亿元/year",
    grade: "D",
    source: "DERIVED",
    note: "province less the 16",
  };
  return tableText(["adcode"], [...rows, province]);
}

/** The rows of history-economy/data/paths.csv. */
export function economyPathsText(): string {
  const rows = (adcode: string, variable: string, path: Path, unit: string, note: string): Derived[] =>
    [...path]
      .filter(([year]) => year >= FIRST)
      .sort((a, b) => a[0] - b[0])
      .map(([year, value]) => ({
        key: { adcode, year: String(year) },
        variable,
        value,
        unit,
        grade: "D",
        source: "DERIVED",
        note,
      }));
  const census = "censuses of 2010 and 2020";
  return tableText(
    ["adcode", "year"],
    [
      ...PREFECTURES.flatMap((code) => [
        ...rows(code, "urban_labour", workers(code, 0), "person", `${census} x participation x factor of 2020`),
        ...rows(code, "rural_labour", workers(code, 1), "person", `${census} x participation x factor of 2020`),
        ...rows(code, "urban_people", censusPath(code, "urban_pop_census"), "person", census),
        ...rows(
          code,
          "people",
          new Map([FIRST, LAST].map((y) => [y, need(byPrefecture("population.csv", "pop_census", String(y)), code)])),
          "person",
          census,
        ),
        ...rows(code, "schooling", censusPath(code, "schooling_years_15plus"), "year", census),
        ...rows(
          code,
          "public_capital",
          publicCapital(code),
          "亿元",
          "perpetual inventory of the invested part of spending at prices of 2010, from a growth path",
        ),
        ...rows(code, "spending_index", index(need(spending(), code)), "1", "budget spending, 2010 = 1"),
      ]),
      ...rows(
        "530000",
        "provincial_spending_index",
        index(provincialSpending()),
        "1",
        "spending of the provincial level, 2010 = 1",
      ),
      ...rows(
        "530000",
        "wage_index",
        index(deflated("income_urban", "530000")),
        "1",
        "real urban income of the province, 2010 = 1",
      ),
      ...rows(
        "530000",
        "investment_index",
        investmentIndex(),
        "1",
        "gross capital formation in GDP (revised vintage), 2020 = 1",
      ),
      ...rows(
        "100000",
        "outside_income",
        index(deflated("income_urban", "100000")),
        "1",
        "real urban income of China, 2010 = 1",
      ),
    ],
  );
}
