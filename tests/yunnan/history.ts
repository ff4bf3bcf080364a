/**
 * The start in 2010 (scenarios/yunnan/history): people of the census of 2010, incomes of 2010–2020 by prefecture, out-migrants of 2010, and the
 * observations that the calibration uses. Nothing in it is later than 2020.
 */
import { type ByCode, urbanIncome } from "./economy.ts";
import { outMigrants } from "./migration.ts";
import {
  at,
  byPrefecture,
  type Derived,
  need,
  numberOf,
  once,
  PREFECTURES,
  type Row,
  readTable,
  starting,
  sumOf,
  tableText,
} from "./tables.ts";

const YEARS: readonly number[] = Array.from({ length: 11 }, (_, i) => 2010 + i);
const LAST = 2020;
/** Quarters of a year, and the years over which incomes are perceived: those of the model. */
const STEP = 0.25;
const PERCEPTION = 2;
/** Registered people of Yunnan in other provinces in 2010, as far back as the model needs them. */
const OUT_MIGRANTS_2010 = 1.2e6;

/** A variable of a table of the province (or nation) by year. */
function series(file: string, variable: string, adcode = "530000"): ReadonlyMap<number, number> {
  const rows = readTable(file).filter((row) => row.variable === variable && row.adcode === adcode);
  return new Map(rows.map((row) => [Number(row.year), numberOf(row, "value")]));
}

/** Index of real output, 2020 = 1, chained back by growth rates: no levels of different vintage meet. */
function chainedBack(growth: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  const index = new Map([[LAST, 1]]);
  for (let year = LAST; year > 2010; year -= 1) index.set(year - 1, need(index, year) / (1 + need(growth, year) / 100));
  return index;
}

function growthOf(code: string): ReadonlyMap<number, number> {
  const rows = readTable("gdp.csv").filter((row) => row.variable === "gdp_growth_real" && row.adcode === code);
  return new Map(rows.map((row) => [Number(row.year), numberOf(row, "value")]));
}

const census = (year: string): ByCode => byPrefecture("population.csv", "pop_census", year);

/** Real output against that of the province, 2020 = 1, by prefecture and year. */
const relativeOutput = once((): ReadonlyMap<string, readonly number[]> => {
  const province = chainedBack(series("province_economy.csv", "gdp_growth_real"));
  return new Map(
    PREFECTURES.map((code) => {
      const own = chainedBack(growthOf(code));
      return [code, YEARS.map((year) => need(own, year) / need(province, year))];
    }),
  );
});

/** A series at prices of 2020 against its value of 2020. */
function realIndex(variable: string, adcode: string): readonly number[] {
  const [nominal, prices] = [
    series("province_economy.csv", variable, adcode),
    series("province_economy.csv", "cpi_2010"),
  ];
  const real = (year: number): number => need(nominal, year) / need(prices, year);
  return YEARS.map((year) => real(year) / real(LAST));
}

interface Incomes {
  readonly urban: ReadonlyMap<string, readonly number[]>;
  readonly rural: ReadonlyMap<string, readonly number[]>;
}

/** Incomes per head by prefecture and year at prices of 2020: the province's series, moved as the prefecture's real output. */
export const incomes = once((): Incomes => {
  const [urban2020, residents] = [urbanIncome(), starting("population")];
  const mean =
    sumOf(PREFECTURES.map((code) => need(urban2020, code) * need(residents, code))) / sumOf(residents.values());
  const rural2020 = need(series("province_economy.csv", "income_rural"), LAST);
  const by = (level: (code: string) => number, index: readonly number[]) =>
    new Map(
      PREFECTURES.map((code) => [
        code,
        YEARS.map((_, i) => level(code) * at(index, i) * at(need(relativeOutput(), code), i)),
      ]),
    );
  return {
    urban: by((code) => need(urban2020, code), realIndex("income_urban", "530000")),
    rural: by((code) => (rural2020 * need(urban2020, code)) / mean, realIndex("income_rural", "530000")),
  };
});

/** Incomes outside the province, 2020 = 1: those of towns in China, where those who leave go, at the prices of Yunnan. */
const outsideIncome = (): readonly number[] => realIndex("income_urban", "100000");

/** What is perceived at the end of 2020, as the model's stock follows incomes from 2010 on. */
export function perceivedIn2020(path: readonly number[]): number {
  let perceived = at(path, 0);
  for (let step = 0; step < 10 / STEP; step += 1) {
    const [year, part] = [Math.floor(step * STEP), (step * STEP) % 1];
    const income = at(path, year) + part * (at(path, year + 1) - at(path, year));
    perceived += (STEP * (income - perceived)) / PERCEPTION;
  }
  return perceived;
}

/** The rows of history/data/paths.csv. */
export function pathsText(): string {
  const { urban, rural } = incomes();
  const row = (adcode: string, year: number, variable: string, value: number, unit: string, note: string): Derived => ({
    key: { adcode, year: String(year) },
    variable,
    value,
    unit,
    grade: "D",
    source: "DERIVED",
    note,
  });
  const incomeNote =
    "income of the province at prices of 2020 x real output of the prefecture against the province (2020 = 1)";
  const nation = series("province_economy.csv", "tfr_wpp", "100000");
  const split = outMigrants();
  return tableText(
    ["adcode", "year"],
    [
      ...PREFECTURES.flatMap((code) =>
        YEARS.flatMap((year, i) => [
          row(code, year, "urban_income", at(need(urban, code), i), "元/person/year", incomeNote),
          row(code, year, "rural_income", at(need(rural, code), i), "元/person/year", incomeNote),
        ]),
      ),
      ...PREFECTURES.flatMap((code) => [
        row(
          code,
          LAST,
          "perceived_urban_income",
          perceivedIn2020(need(urban, code)),
          "元/person/year",
          "urban_income smoothed over two years from 2010 on",
        ),
        row(
          code,
          LAST,
          "perceived_rural_income",
          perceivedIn2020(need(rural, code)),
          "元/person/year",
          "rural_income smoothed over two years from 2010 on",
        ),
        row(
          code,
          2010,
          "out_migrants",
          (OUT_MIGRANTS_2010 * need(split, code)) / sumOf(split.values()),
          "person",
          "1.2 million by judgement, distributed as in 2020",
        ),
      ]),
      ...outsideIncome().map((value, i) =>
        row(
          "100000",
          at(YEARS, i),
          "outside_income",
          value,
          "1",
          "urban income per head of China at prices of Yunnan, 2020 = 1",
        ),
      ),
      ...YEARS.map((year) =>
        row(
          "100000",
          year,
          "national_fertility",
          need(nation, year) / need(nation, LAST),
          "1",
          "total fertility of China against 2020 (WPP22)",
        ),
      ),
    ],
  );
}

/**
 * Convergence of GDP per head from 2010 to 2020: the slope of mean yearly growth on the logarithm of the start, by ordinary least squares, with its standard error
 * (Barro and Sala-i-Martin 1992). Levels of 2010 are chained back from 2020, so that no vintages meet.
 */
export function convergence(): { readonly slope: number; readonly error: number } {
  const [then, now, gdp] = [census("2010"), census("2020"), byPrefecture("gdp.csv", "gdp", "2020")];
  const points = PREFECTURES.map((code) => {
    const first = (need(gdp, code) * need(chainedBack(growthOf(code)), 2010)) / need(then, code);
    return [Math.log(first), Math.log(need(gdp, code) / need(now, code) / first) / 10] as const;
  });
  const mean = (of: (point: readonly [number, number]) => number): number => sumOf(points.map(of)) / points.length;
  const [x, y] = [mean((p) => p[0]), mean((p) => p[1])];
  const spread = sumOf(points.map((p) => (p[0] - x) ** 2));
  const slope = sumOf(points.map((p) => (p[0] - x) * (p[1] - y))) / spread;
  const rest = sumOf(points.map((p) => (p[1] - y - slope * (p[0] - x)) ** 2)) / (points.length - 2);
  return { slope, error: Math.sqrt(rest / spread) };
}

/** What is held against the model, with the standard deviation of measurement and model together. */
interface Measured {
  readonly variable: string;
  readonly unit: string;
  readonly rows: readonly (readonly [adcode: string, year: number, value: number])[];
  /** Of a value. */
  readonly error: (value: number) => number;
  readonly grade: string;
  readonly source: string;
  readonly note: string;
}

/** Share of an age group in the people of a prefecture in the census of 2020, in per cent. */
function ageShare(groups: readonly string[]): readonly (readonly [string, number, number])[] {
  return PREFECTURES.map((code) => {
    const rows = readTable("age_structure_2020.csv").filter((row) => row.adcode === code);
    const people = (of: readonly Row[]): number => sumOf(of.map((row) => numberOf(row, "both")));
    return [code, LAST, (100 * people(rows.filter((row) => groups.includes(row.age ?? "")))) / people(rows)];
  });
}

const OLD = ["60-64", "65-69", "70-74", "75-79", "80-84", "85+"];

function measured(): readonly Measured[] {
  const now = census("2020");
  const province = (variable: string) =>
    [2015, 2016, 2017, 2018, 2019].map(
      (year) => ["530000", year, need(series("province.csv", variable), year)] as const,
    );
  const age = { unit: "%", grade: "B", source: "C7_YB_LEIII" };
  return [
    {
      variable: "pop_census",
      unit: "person",
      rows: PREFECTURES.map((code) => [code, LAST, need(now, code)]),
      error: (value) => 0.01 * value,
      grade: "A",
      source: "C7_YB_LEIII",
      note: "1 %: what a model of rates cannot know of ten years",
    },
    {
      variable: "urbanization_census",
      unit: "%",
      rows: PREFECTURES.map((code) => [
        code,
        LAST,
        need(byPrefecture("census.csv", "urbanization_census", "2020"), code),
      ]),
      error: () => 1,
      grade: "D",
      source: "C7_YB_LEIII",
      note: "1 point: towns were drawn anew between the censuses",
    },
    {
      ...age,
      variable: "share_0_4",
      rows: ageShare(["0", "1-4"]),
      error: () => 0.4,
      note: ".4 point: children left behind and drawn after are not told apart",
    },
    {
      ...age,
      variable: "share_5_9",
      rows: ageShare(["5-9"]),
      error: () => 0.4,
      note: ".4 point: children left behind and drawn after are not told apart",
    },
    {
      ...age,
      variable: "share_60plus",
      rows: ageShare(OLD),
      error: () => 0.5,
      note: "half a point: one schedule of migration and of deaths for all prefectures",
    },
    {
      variable: "pop_resident",
      unit: "10k person",
      rows: province("pop_resident"),
      error: () => 10,
      grade: "B",
      source: "RENKOU",
      note: "a fifth of a per cent: the path between the censuses shows whether the outflow fades; revised after the census",
    },
    {
      variable: "out_migrants",
      unit: "10k person",
      rows: [["530000", LAST, sumOf(outMigrants().values()) / 1e4]],
      error: () => 30,
      grade: "C",
      source: "DERIVED",
      note: "2.4 million (MODEL 0.8) give or take 0.3 million",
    },
    {
      variable: "births",
      unit: "person",
      rows: [["530000", LAST, need(series("province.csv", "births"), LAST)]],
      error: (value) => 0.05 * value,
      grade: "B",
      source: "RENKOU",
      note: "5 %: births of the year of the census",
    },
    {
      variable: "urbanization_rate",
      unit: "%",
      rows: province("urbanization_rate"),
      error: () => 0.6,
      grade: "B",
      source: "RENKOU",
      note: ".6 point; revised after the census",
    },
  ];
}

/** The text of history/observed.csv. */
export function observedText(): string {
  const lines = measured().flatMap((m) =>
    m.rows.map(([adcode, year, value]) => {
      const digits = (number: number): string => String(Number(number.toPrecision(7)));
      const note = /[",]/.test(m.note) ? `"${m.note}"` : m.note;
      return [adcode, year, m.variable, digits(value), m.unit, digits(m.error(value)), m.grade, m.source, note].join(
        ",",
      );
    }),
  );
  return `${["adcode,year,variable,value,unit,error,grade,source_id,note", ...lines].join("\n")}\n`;
}
