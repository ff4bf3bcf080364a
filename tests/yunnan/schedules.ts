/**
 * Schedules by age cell: mortality, fertility, mobility, participation and the share of women.
 *
 * A cell c holds people who were c - 1 years old at the last year's end (cell 0: born this year; cell 91: 90 and over),
 * so that during the year they are on average c years old. Mortality follows the relational model of Brass (1971): the
 * logit of survival of China is shifted until the life expectancy is Yunnan's. Mobility is the standard model schedule
 * of Rogers and Castro (1981).
 */

import type { Derived, Row } from "./tables.ts";
import { at, numberOf, once, readTable, tableText } from "./tables.ts";

export const CELLS: readonly number[] = Array.from({ length: 92 }, (_, cell) => cell);
const OLDEST = 110;

function chinaDeathRates(): readonly number[] {
  const rows = readTable("life_table.csv").filter((row) => row.area === "China");
  const points: [number, number][] = [];
  for (const row of rows) {
    const [from, to] = (row.age ?? "").split("-").map(Number);
    if (from === undefined || row.age === "85+" || to === undefined || from === 1) continue;
    points.push([from + 2.5, numberOf(row, "mx_both")]);
  }
  const infant = numberOf(at(rows, 0), "mx_both");
  const child = numberOf(at(rows, 1), "mx_both");
  return Array.from({ length: OLDEST }, (_, age) => {
    if (age === 0) return infant;
    if (age < 5) return child;
    return Math.exp(interpolateLog(points, age + 0.5));
  });
}

/** Log-linear between the middles of five-year groups, and beyond the last two as the Gompertz line through them. */
function interpolateLog(points: readonly [number, number][], age: number): number {
  let upper = 1;
  while (upper < points.length - 1 && at(points, upper)[0] < age) upper += 1;
  const [x0, m0] = at(points, upper - 1);
  const [x1, m1] = at(points, upper);
  const slope = (Math.log(m1) - Math.log(m0)) / (x1 - x0);
  return Math.log(m0) + slope * (Math.max(age, at(points, 0)[0]) - x0);
}

function survivors(rates: readonly number[]): readonly number[] {
  const list = [1];
  for (const rate of rates) list.push(at(list, list.length - 1) * Math.exp(-rate));
  return list;
}

function lifeExpectancy(living: readonly number[]): number {
  let years = 0;
  for (let age = 0; age + 1 < living.length; age += 1) years += (at(living, age) + at(living, age + 1)) / 2;
  return years;
}

function shifted(living: readonly number[], alpha: number): readonly number[] {
  return living.map((share, age) => {
    if (age === 0) return 1;
    const logit = Math.log((1 - share) / share) / 2 + alpha;
    return 1 / (1 + Math.exp(2 * logit));
  });
}

/** Survivors by exact age in Yunnan, the shift found by bisection on the life expectancy. */
export const yunnanSurvivors = once((): { readonly living: readonly number[]; readonly alpha: number } => {
  const china = survivors(chinaDeathRates());
  const row = readTable("province_economy.csv").find(
    (r) => r.adcode === "530000" && r.variable === "life_expectancy" && r.year === "2020",
  );
  const goal = numberOf(row ?? {}, "value");
  let low = -1;
  let high = 1;
  for (let turn = 0; turn < 80; turn += 1) {
    const middle = (low + high) / 2;
    if (lifeExpectancy(shifted(china, middle)) > goal) low = middle;
    else high = middle;
  }
  return { living: shifted(china, (low + high) / 2), alpha: (low + high) / 2 };
});

/** Death rate a year of each cell: between the mean ages at which its people are counted at two years' ends. */
export function mortalityByCell(): readonly number[] {
  const { living } = yunnanSurvivors();
  const rate = (age: number): number => Math.log(at(living, age) / at(living, age + 1));
  return CELLS.map((cell) => {
    if (cell === 0) return 1.6 * rate(0);
    if (cell === 1) return 0.2 * rate(0) + 0.8 * rate(1);
    if (cell < 91) return (rate(cell - 1) + rate(cell)) / 2;
    let deaths = 0;
    let years = 0;
    for (let age = 90; age < OLDEST; age += 1) {
      const lived = (at(living, age) + at(living, age + 1)) / 2;
      deaths += at(living, age) - at(living, age + 1);
      years += lived;
    }
    return deaths / years;
  });
}

function fertilityByAge(): readonly number[] {
  const rows = readTable("fertility_schedule.csv").filter((row) => (row.period ?? "").startsWith("2020 census"));
  const points = rows.map((row): [number, number] => [
    Number((row.age ?? "").slice(0, 2)) + 2.5,
    numberOf(row, "value"),
  ]);
  points.unshift([15, 0]);
  points.push([50, 0]);
  return Array.from({ length: 92 }, (_, age) => {
    const middle = age + 0.5;
    if (middle <= 15 || middle >= 50) return 0;
    let upper = 1;
    while (at(points, upper)[0] < middle) upper += 1;
    const [x0, y0] = at(points, upper - 1);
    const [x1, y1] = at(points, upper);
    return y0 + ((y1 - y0) * (middle - x0)) / (x1 - x0);
  });
}

function fertilityByCell(): readonly number[] {
  const byAge = fertilityByAge();
  const raw = CELLS.map((cell) => (cell === 0 || cell === 91 ? 0 : (at(byAge, cell - 1) + at(byAge, cell)) / 2));
  const total = raw.reduce((a, b) => a + b, 0);
  return raw.map((value) => value / total);
}

function mobilityByCell(): readonly number[] {
  const raw = CELLS.map((cell) => {
    const labour = 0.06 * Math.exp(-0.1 * (cell - 20) - Math.exp(-0.4 * (cell - 20)));
    return 0.02 * Math.exp(-0.1 * cell) + labour + 0.003;
  });
  const mean = raw.reduce((a, b) => a + b, 0) / raw.length;
  return raw.map((value) => value / mean);
}

const PARTICIPATION: readonly (readonly [number, number])[] = [
  [0, 0],
  [15, 0],
  [18, 0.3],
  [22, 0.68],
  [27, 0.83],
  [32, 0.85],
  [42, 0.87],
  [47, 0.85],
  [52, 0.79],
  [57, 0.68],
  [62, 0.52],
  [67, 0.4],
  [72, 0.24],
  [77, 0.12],
  [85, 0.03],
  [91, 0.01],
];

function participationByCell(): readonly number[] {
  return CELLS.map((cell) => {
    if (cell < 16) return 0;
    let upper = 1;
    while (upper < PARTICIPATION.length - 1 && at(PARTICIPATION, upper)[0] < cell) upper += 1;
    const [x0, y0] = at(PARTICIPATION, upper - 1);
    const [x1, y1] = at(PARTICIPATION, upper);
    return y0 + ((y1 - y0) * (cell - x0)) / (x1 - x0);
  });
}

function femaleShareByCell(): readonly number[] {
  const rows = readTable("age_structure_2020.csv").filter((row) => row.adcode === "530000");
  return CELLS.map((cell) => {
    const age = Math.max(cell - 1, 0);
    const row = at(rows, age === 0 ? 0 : age < 5 ? 1 : Math.min(1 + Math.floor(age / 5), rows.length - 1)) as Row;
    return numberOf(row, "female") / numberOf(row, "both");
  });
}

/** The rows of data/age_schedules.csv. */
export const ageSchedules = once((): readonly Derived[] => {
  const { alpha } = yunnanSurvivors();
  const kinds: readonly [string, readonly number[], string, string, string, string][] = [
    [
      "mortality",
      mortalityByCell(),
      "1/year",
      "D",
      "DERIVED",
      `Brass logit shift ${alpha.toFixed(4)} of the survival of China (life_table.csv) to the life expectancy of Yunnan 2020 (C 74.02); cell c = mean age c`,
    ],
    [
      "fertility",
      fertilityByCell(),
      "1/year",
      "D",
      "DERIVED",
      "shape of the fertility of China in the 2020 census (fertility_schedule.csv) interpolated linearly between five-year middles; sums to 1 over a woman’s life",
    ],
    [
      "mobility",
      mobilityByCell(),
      "1",
      "L",
      "DERIVED",
      "model schedule of Rogers and Castro 1981, standard parameters (a1 .02, alpha1 .1, a2 .06, alpha2 .1, mu2 20, lambda2 .4, c .003); mean 1 over the cells",
    ],
    [
      "participation",
      participationByCell(),
      "1",
      "J",
      "DERIVED",
      "employment by age, shape by judgement (early work and late retirement of a farming province); the level is scaled to the employment of the census in each prefecture",
    ],
    [
      "female_share",
      femaleShareByCell(),
      "1",
      "B",
      "C7_YB_LEIII",
      "women / both sexes of the five-year group, Yunnan, census of 2020",
    ],
  ];
  return kinds.flatMap(([variable, values, unit, grade, source, note]) =>
    values.map((value, cell) => ({
      key: { adcode: "530000", age_cell: String(cell) },
      variable,
      value,
      unit,
      grade,
      source,
      note,
    })),
  );
});

export const schedulesText = (): string => tableText(["adcode", "age_cell"], ageSchedules());
