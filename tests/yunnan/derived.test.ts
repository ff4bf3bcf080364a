import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bondShares, nonNegativeFit, openingBooks, solve } from "./books.ts";
import { DERIVED_FILES } from "./derive.ts";
import { labour, serviceIndex, urbanIncome } from "./economy.ts";
import { fitTwoColumns, populationByCell, singleAges } from "./population.ts";
import { mortalityByCell, yunnanSurvivors } from "./schedules.ts";
import { at, byPrefecture, DATA, need, numberOf, PREFECTURES, readTable, starting, sumOf } from "./tables.ts";

describe("derived data files", () => {
  it.each([...DERIVED_FILES])("%s is what its script derives", (name, text) => {
    expect(readFileSync(`${DATA}${name}`, "utf8")).toBe(text());
  });

  it("give every row a unit, a grade, a source and a note", () => {
    for (const name of DERIVED_FILES.keys()) {
      for (const row of readTable(name)) {
        for (const column of ["variable", "value", "unit", "grade", "source_id", "note"])
          expect(row[column], `${name} ${JSON.stringify(row)}`).toBeTruthy();
      }
    }
  });

  it("name sources that sources.csv or a registered derivation holds", () => {
    const known = new Set(readTable("sources.csv").map((row) => row.source_id));
    for (const name of DERIVED_FILES.keys())
      for (const row of readTable(name)) expect(known.has(row.source_id), `${name}: ${row.source_id}`).toBe(true);
  });
});

describe("people at the start", () => {
  const cells = populationByCell();

  it.each(PREFECTURES)("%s: residence and age groups sum to the census", (code) => {
    const list = need(cells, code);
    const town = sumOf(list.map((pair) => pair[0]));
    const country = sumOf(list.map((pair) => pair[1]));
    expect(town / need(byPrefecture("census.csv", "urban_pop_census", "2020"), code)).toBeCloseTo(1, 9);
    expect(country / need(byPrefecture("census.csv", "rural_pop_census", "2020"), code)).toBeCloseTo(1, 9);
    const group = readTable("age_structure_2020.csv").find((row) => row.adcode === code && row.age === "55-59") ?? {};
    expect(sumOf(list.slice(56, 61).flat())).toBeCloseTo(numberOf(group, "both"), 3);
  });

  it("show the trough of 1959 to 1961 and the peak of 1963", () => {
    const ages = singleAges("530100");
    expect(at(ages, 2020 - 1961)).toBeLessThan(0.6 * at(ages, 2020 - 1963));
    expect(at(ages, 2020 - 1960)).toBeLessThan(at(ages, 2020 - 1963));
  });

  it("keep row and column sums in proportional fitting", () => {
    const fitted = fitTwoColumns([10, 20, 30], [24, 36], [0.5, 0.4, 0.6]);
    expect(fitted.map(([a, b]) => a + b).map((x) => Number(x.toFixed(9)))).toEqual([10, 20, 30]);
    expect(sumOf(fitted.map((pair) => pair[0]))).toBeCloseTo(24, 6);
  });
});

describe("schedules", () => {
  it("reach the life expectancy of Yunnan by a positive shift, with more deaths at young than at old ages in relation", () => {
    expect(yunnanSurvivors().alpha).toBeGreaterThan(0);
    const rates = mortalityByCell();
    expect(rates.every((rate) => rate > 0)).toBe(true);
    expect(at(rates, 80)).toBeGreaterThan(at(rates, 60));
  });
});

describe("opening books", () => {
  const books = openingBooks();

  it("close for the province and for each prefecture", () => {
    expect(
      books.central + books.provincialRevenue + books.provincialOther - books.pool - books.provincialSpending,
    ).toBeCloseTo(0, 8);
    for (const code of PREFECTURES) {
      const sources =
        need(books.own, code) + need(books.transfer, code) + need(books.pairing, code) + need(books.other, code);
      expect(sources - need(books.spending, code)).toBeCloseTo(0, 8);
    }
    expect(sumOf(books.transfer.values())).toBeCloseTo(books.pool, 6);
  });

  it("need other finance of about 777 亿元, as MODEL 0.8 says (716 + 61, of it 35 pairing)", () => {
    expect(books.provincialOther).toBeCloseTo(716.45, 1);
    expect(sumOf(books.other.values()) + sumOf(books.pairing.values())).toBeCloseTo(60.7, 0);
  });

  it("share new bonds out whole", () => {
    expect(sumOf(bondShares().values())).toBeCloseTo(1, 12);
  });
});

describe("economy", () => {
  it("employs the people of the census with at most 97 % of rural labour on farms", () => {
    const { employed, primary, secondary, tertiary, farmShare } = labour();
    for (const code of PREFECTURES) {
      expect(need(primary, code) + need(secondary, code) + need(tertiary, code)).toBeCloseTo(need(employed, code), 3);
      expect(need(farmShare, code)).toBeLessThanOrEqual(0.95);
      expect(need(farmShare, code)).toBeGreaterThan(0.25);
    }
  });

  it("puts urban income of Kunming within 5 % of the recalled 48018 yuan", () => {
    expect(Math.abs(need(urbanIncome(), "530100") / 48018 - 1)).toBeLessThan(0.05);
  });

  it("gives services a mean of one", () => {
    const { index } = serviceIndex("health");
    const people = starting("population");
    expect(
      sumOf(PREFECTURES.map((code) => need(index, code) * need(people, code))) / sumOf(people.values()),
    ).toBeCloseTo(1, 9);
  });
});

describe("solvers", () => {
  it("solves a linear system", () => {
    const [x, y] = solve(
      [
        [2, 1],
        [1, 3],
      ],
      [5, 10],
    );
    expect(x).toBeCloseTo(1, 12);
    expect(y).toBeCloseTo(3, 12);
  });

  it("fits without negative coefficients", () => {
    const costs = nonNegativeFit(
      [
        [1, 1],
        [1, -1],
        [1, 0],
      ],
      [1, 1, 1],
    );
    expect(costs.every((cost) => cost >= 0)).toBe(true);
    expect(at(costs, 0)).toBeCloseTo(1, 9);
  });
});
