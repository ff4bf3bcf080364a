/**
 * People by prefecture, residence and age cell at the start (census of 1 November, of 2020 or 2010, taken as the year's end).
 *
 * Five-year groups of each prefecture are split to single years by births of the cohort times survival; single years are
 * split between town and country by iterative proportional fitting (Deming and Stephan 1940) from the urban share by age of
 * China to the prefecture's urban and rural population of the census.
 */
import { yunnanSurvivors } from "./schedules.ts";
import type { Derived } from "./tables.ts";
import { at, byPrefecture, need, numberOf, once, PREFECTURES, readTable, tableText } from "./tables.ts";

const LAST = 91;

function groupStart(label: string): number {
  return Number(label.split(/[-+]/)[0]);
}

export type CensusYear = 2010 | 2020;

/** Relative size of single ages 0…90 (90 and over) from births and survival. */
function cohortWeights(year: CensusYear): readonly number[] {
  const births = new Map(readTable("national_births.csv").map((row) => [Number(row.year), numberOf(row, "value")]));
  const { living } = yunnanSurvivors();
  const weight = (age: number): number => (births.get(year - age) ?? need(births, 1930)) * at(living, age);
  return Array.from({ length: 91 }, (_, age) => {
    if (age < 90) return weight(age);
    let total = 0;
    for (let old = 90; old < 110; old += 1) total += weight(old);
    return total;
  });
}

/** People of single ages 0…90+ of one prefecture. */
export function singleAges(adcode: string, year: CensusYear = 2020): readonly number[] {
  const rows = readTable(`age_structure_${year}.csv`).filter((row) => row.adcode === adcode);
  const weights = cohortWeights(year);
  const result = new Array<number>(91).fill(0);
  rows.forEach((row, index) => {
    const from = groupStart(row.age ?? "");
    const next = rows[index + 1];
    const to = next === undefined ? 91 : groupStart(next.age ?? "");
    const total = weights.slice(from, to).reduce((a, b) => a + b, 0);
    for (let age = from; age < to; age += 1) result[age] = (numberOf(row, "both") * at(weights, age)) / total;
  });
  return result;
}

function nationalUrbanShare(): readonly number[] {
  const rows = readTable("national_urban_share_by_age.csv");
  return Array.from({ length: 91 }, (_, age) => {
    const row = [...rows].reverse().find((r) => groupStart(r.age ?? "") <= age);
    return numberOf(row ?? {}, "value") / 100;
  });
}

/** Iterative proportional fitting of a table of two columns to row sums and column sums. */
export function fitTwoColumns(
  rows: readonly number[],
  columns: readonly [number, number],
  seed: readonly number[],
): readonly [number, number][] {
  const total = rows.reduce((a, b) => a + b, 0);
  const goal: readonly [number, number] = [
    (columns[0] * total) / (columns[0] + columns[1]),
    (columns[1] * total) / (columns[0] + columns[1]),
  ];
  let cells = rows.map((_, index): [number, number] => [at(seed, index), 1 - at(seed, index)]);
  for (let turn = 0; turn < 500; turn += 1) {
    cells = cells.map(([a, b], index): [number, number] => [
      (at(rows, index) * a) / (a + b),
      (at(rows, index) * b) / (a + b),
    ]);
    const first = cells.reduce((sum, cell) => sum + cell[0], 0);
    const second = cells.reduce((sum, cell) => sum + cell[1], 0);
    cells = cells.map(([a, b]): [number, number] => [(a * goal[0]) / first, (b * goal[1]) / second]);
  }
  return cells.map(([a, b], index): [number, number] => [
    (at(rows, index) * a) / (a + b),
    (at(rows, index) * b) / (a + b),
  ]);
}

/** People by prefecture code: town and country of each age cell 0…91. */
export const populationByCell = once(() => cellsOf(2020));
export const population2010ByCell = once(() => cellsOf(2010));

function cellsOf(year: CensusYear): ReadonlyMap<string, readonly [number, number][]> {
  const town = byPrefecture("census.csv", "urban_pop_census", String(year));
  const country = byPrefecture("census.csv", "rural_pop_census", String(year));
  const seed = nationalUrbanShare();
  return new Map(
    PREFECTURES.map((code) => {
      const fitted = fitTwoColumns(singleAges(code, year), [need(town, code), need(country, code)], seed);
      return [code, [[0, 0] as [number, number], ...fitted]];
    }),
  );
}

/** The rows of data/population_2020_single_year.csv. */
export const populationText = (): string => textOf(populationByCell(), "C7_YB_LEIII");

/** The rows of history/data/population_2010_single_year.csv. */
export const population2010Text = (): string => textOf(population2010ByCell(), "C6_YB_LEIII");

function textOf(population: ReadonlyMap<string, readonly [number, number][]>, source: string): string {
  const rows: Derived[] = [];
  for (const [code, cells] of population) {
    for (let cell = 0; cell <= LAST; cell += 1) {
      at(cells, cell).forEach((value, side) => {
        rows.push({
          key: { adcode: code, residence: side === 0 ? "urban" : "rural", age_cell: String(cell) },
          variable: "population",
          value,
          unit: "person",
          grade: "D",
          source,
          note: "five-year census group x cohort births x survival; town and country by iterative proportional fitting",
        });
      });
    }
  }
  return tableText(["adcode", "residence", "age_cell"], rows);
}
