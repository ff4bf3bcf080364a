/** The observations that the economy of 2010 to 2020 is fitted to (scenarios/yunnan/history-economy/observed.csv), with their errors. */
import { FIRST, LAST, SECTORS, series, YEARS } from "./economy-history.ts";
import { byPrefecture, need, PREFECTURES, sumOf } from "./tables.ts";

/** 怒江 and 迪庆. */
const SMALL: ReadonlySet<string> = new Set(["533300", "533400"]);

type Observed = readonly [
  adcode: string,
  year: number,
  variable: string,
  value: number,
  unit: string,
  error: number,
  grade: string,
  source: string,
  note: string,
];

/** Mean logarithmic growth of real output over years, per cent a year. */
function meanGrowth(file: string, variable: string, adcode: string, from: number): number {
  const own = series(file, variable, adcode);
  const years = YEARS.filter((year) => year > from);
  return (100 * sumOf(years.map((year) => Math.log(1 + need(own, year) / 100)))) / years.length;
}

/** Share of a sector in the value added of the 16, per cent, in the vintage of the year. */
function provincialShare(sector: string, year: number): number {
  const gdp = byPrefecture("gdp.csv", "gdp", String(year));
  const value = (name: string): number =>
    sumOf(
      PREFECTURES.map(
        (code) =>
          (need(gdp, code) *
            need(byPrefecture("sector_shares_2010_2020.csv", `share_va_${name}`, String(year)), code)) /
          100,
      ),
    );
  return (100 * value(sector)) / sumOf(SECTORS.map(value));
}

function observed(): readonly Observed[] {
  const real = series("province_economy.csv", "gdp_real_2010");
  const revenue = series("province.csv", "budget_revenue");
  const old = [2012, 2015, 2018];
  return [
    ...PREFECTURES.map(
      (code): Observed => [
        code,
        LAST,
        "gdp_growth_decade",
        meanGrowth("gdp.csv", "gdp_growth_real", code, FIRST),
        "%",
        SMALL.has(code) ? 2 : 0.7,
        "B",
        "CSMAR_GDP",
        SMALL.has(code)
          ? "2 points: too small for shares and elasticities of the province; towns drawn anew"
          : ".7 point: permanent shocks .32, transitory ones .2, reporting .3, employment of 2010 by sector .5",
      ],
    ),
    ...[2012, 2014, 2016, 2018, 2020].map(
      (year): Observed => [
        "530000",
        year,
        "gdp_real_index",
        need(real, year),
        "2010 = 100",
        (year === LAST ? 0.03 : 0.02) * need(real, year),
        "D",
        "DERIVED",
        "2 %: yearly shocks; 3 % in the year of the epidemic",
      ],
    ),
    ...SECTORS.map(
      (sector): Observed => [
        "530000",
        LAST,
        `growth_${sector}_2016_2020`,
        meanGrowth("province_economy.csv", `va_growth_real_${sector}`, "530000", 2015),
        "%",
        1,
        "C",
        "DERIVED",
        "mean growth of 2016-2020; 1 point: shocks of a sector, which the model has not",
      ],
    ),
    ...(["primary", "secondary"] as const).flatMap((sector) => [
      ...old.map(
        (year): Observed => [
          "530000",
          year,
          `share_${sector}_old`,
          provincialShare(sector, year),
          "%",
          sector === "primary" ? 1 : 1.5,
          "D",
          "CSMAR_GDP",
          "vintage before the Fourth Economic Census",
        ],
      ),
      ...[2019, 2020].map(
        (year): Observed => [
          "530000",
          year,
          `share_${sector}_new`,
          provincialShare(sector, year),
          "%",
          sector === "primary" ? 1 : 1.5,
          "D",
          "CSMAR_GDP",
          "vintage after the Fourth Economic Census: the break is fitted",
        ],
      ),
    ]),
    [
      "530000",
      LAST,
      "gdp_deflator",
      need(series("province_economy.csv", "gdp_deflator_2010"), LAST),
      "2010 = 100",
      6,
      "D",
      "DERIVED",
      "5 %: shocks of ten years",
    ],
    [
      "530000",
      LAST,
      "capital_gap",
      0,
      "year",
      0.2,
      "D",
      "DERIVED",
      "the ratio reached in 2020 is the one from which the model of 2020 starts",
    ],
    [
      "530000",
      LAST,
      "emerging_share",
      10,
      "%",
      2.5,
      "J",
      "DERIVED",
      "no statistic: the share from which the model of 2020 starts (MODEL 0.8: .06 to .16)",
    ],
    ...[2014, 2015, 2016, 2017, 2018, 2019, 2020].map(
      (year): Observed => [
        "530000",
        year,
        "budget_revenue",
        need(revenue, year),
        "100M CNY",
        0.03 * need(revenue, year),
        year < 2018 ? "B" : "C",
        "LP_CITY",
        "3 %: shocks of the revenue ratio",
      ],
    ),
  ];
}

/** The text of history-economy/observed.csv. */
export function economyObservedText(): string {
  const digits = (number: number): string => String(Number(number.toPrecision(7)));
  const lines = observed().map(([adcode, year, variable, value, unit, error, grade, source, note]) =>
    [
      adcode,
      year,
      variable,
      digits(value),
      unit,
      digits(error),
      grade,
      source,
      /[",]/.test(note) ? `"${note}"` : note,
    ].join(","),
  );
  return `${["adcode,year,variable,value,unit,error,grade,source_id,note", ...lines].join("\n")}\n`;
}
