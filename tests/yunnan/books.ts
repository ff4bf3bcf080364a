/** Opening books of 2020 (亿元): budgets, transfers and other finance that close, bond shares, and the factors of standard expenditure. */

import type { ByCode } from "./economy.ts";
import { mapOf } from "./economy.ts";
import { judged } from "./judgement.ts";
import type { Derived } from "./tables.ts";
import { at, byPrefecture, need, numberOf, PREFECTURES, readTable, starting, sumOf, tableText } from "./tables.ts";

/** Share of central transfers that the province passes on, and pairing from 上海 in 2020 (MODEL 67, 74 and 0.8). */
export const PASSED_ON = 0.93;
export const PAIRING = 35;

const provincial = (variable: string): number =>
  numberOf(
    readTable("province.csv").find((r) => r.adcode === "530000" && r.variable === variable && r.year === "2020") ?? {},
    "value",
  );

export interface Books {
  readonly central: number;
  readonly pool: number;
  readonly provincialRevenue: number;
  readonly provincialSpending: number;
  readonly provincialOther: number;
  readonly own: ByCode;
  readonly spending: ByCode;
  readonly pairing: ByCode;
  readonly transfer: ByCode;
  readonly other: ByCode;
}

function pairingShares(): ByCode {
  const rural = byPrefecture("census.csv", "rural_pop_census", "2020");
  const raw = mapOf((code) => {
    if (code === "530100" || code === "530400") return 0;
    return need(rural, code) * (code === "533300" || code === "533400" ? 3 : 1);
  });
  return mapOf((code) => need(raw, code) / sumOf(raw.values()));
}

export function openingBooks(): Books {
  const own = starting("budget_revenue");
  const spending = starting("budget_expenditure");
  const central = provincial("central_transfers");
  const provincialRevenue = provincial("budget_revenue") - sumOf(own.values());
  const provincialSpending = provincial("budget_expenditure") - sumOf(spending.values());
  const pool = PASSED_ON * central;
  const shares = pairingShares();
  const pairing = mapOf((code) => PAIRING * need(shares, code));
  const gap = mapOf((code) => need(spending, code) - need(own, code) - need(pairing, code));
  const transfer = mapOf((code) => (pool * need(gap, code)) / sumOf(gap.values()));
  const other = mapOf((code) => need(gap, code) - need(transfer, code));
  return {
    central,
    pool,
    provincialRevenue,
    provincialSpending,
    provincialOther: pool + provincialSpending - central - provincialRevenue,
    own,
    spending,
    pairing,
    transfer,
    other,
  };
}

/** Each prefecture's part in the growth of government debt from 2018 to 2020. */
export function bondShares(): ByCode {
  const before = byPrefecture("fiscal.csv", "gov_debt_balance", "2018");
  const now = byPrefecture("fiscal.csv", "gov_debt_balance", "2020");
  const growth = mapOf((code) => Math.max(0, need(now, code) - need(before, code)));
  return mapOf((code) => need(growth, code) / sumOf(growth.values()));
}

export function altitude(): ByCode {
  const seat = byPrefecture("prefecture_misc.csv", "altitude_seat");
  const gap = judged("altitude_gap");
  return mapOf((code) => seat.get(code) ?? need(gap, code));
}

export interface StandardFactors {
  readonly persons: ByCode;
  readonly terrain: ByCode;
  readonly counties: ByCode;
  readonly costs: readonly number[];
}

export const AGE_COST = 0.5;
export const MINORITY_COST = 0.1;

/** Costs of a person, of 1000 km² x km altitude and of a county: non-negative least squares of relative errors on the spending of 2020. */
export function standardExpenditure(): StandardFactors {
  const population = starting("population");
  const children = starting("share_0_14");
  const old = starting("share_60plus");
  const minority = byPrefecture("census.csv", "minority_share", "2020");
  const area = byPrefecture("land_border.csv", "area", "2020");
  const height = altitude();
  const counties = byPrefecture("census.csv", "county_divisions", "2020");
  const spending = starting("budget_expenditure");
  const dependent = mapOf((code) => (need(children, code) + need(old, code)) / 100);
  const mean =
    sumOf(PREFECTURES.map((code) => need(dependent, code) * need(population, code))) / sumOf(population.values());
  const persons = mapOf((code) => (need(population, code) / 1e4) * (1 + AGE_COST * (need(dependent, code) / mean - 1)));
  const terrain = mapOf((code) => (need(area, code) / 1e3) * (need(height, code) / 1e3));
  const design = PREFECTURES.map((code) => {
    const scale = (1 + (MINORITY_COST * need(minority, code)) / 100) / need(spending, code);
    return [need(persons, code) * scale, need(terrain, code) * scale, need(counties, code) * scale];
  });
  // The eight cities are seen (B); the eight autonomous prefectures are estimates (D) and count a quarter.
  const grades = new Map(
    readTable("starting_values_2020.csv").map((r) => [r.adcode ?? "", r.budget_expenditure_grade]),
  );
  const weights = PREFECTURES.map((code) => (grades.get(code) === "B" ? 1 : 0.25));
  return { persons, terrain, counties, costs: nonNegativeFit(design, weights) };
}

/** Least squares of the rows to 1 under non-negative coefficients: the best of all subsets whose free solution is non-negative. */
export function nonNegativeFit(design: readonly (readonly number[])[], weights: readonly number[]): readonly number[] {
  const width = at(design, 0).length;
  let best: { error: number; costs: readonly number[] } | undefined;
  for (let mask = 1; mask < 2 ** width; mask += 1) {
    const chosen = Array.from({ length: width }, (_, i) => i).filter((i) => Math.floor(mask / 2 ** i) % 2 === 1);
    const solved = solve(
      chosen.map((i) => chosen.map((j) => sumOf(design.map((row, k) => at(weights, k) * at(row, i) * at(row, j))))),
      chosen.map((i) => sumOf(design.map((row, k) => at(weights, k) * at(row, i)))),
    );
    if (solved.some((value) => value < 0)) continue;
    const costs = Array.from({ length: width }, (_, i) => (chosen.includes(i) ? at(solved, chosen.indexOf(i)) : 0));
    const error = sumOf(design.map((row, k) => at(weights, k) * (sumOf(row.map((x, i) => x * at(costs, i))) - 1) ** 2));
    if (best === undefined || error < best.error) best = { error, costs };
  }
  if (best === undefined) throw new Error("no non-negative solution");
  return best.costs;
}

/** Gaussian elimination with partial pivoting. */
export function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const n = right.length;
  const rows = matrix.map((row, i) => [...row, at(right, i)]);
  for (let column = 0; column < n; column += 1) {
    let pivot = column;
    for (let r = column + 1; r < n; r += 1)
      if (Math.abs(at(at(rows, r), column)) > Math.abs(at(at(rows, pivot), column))) pivot = r;
    const top = at(rows, pivot);
    rows[pivot] = at(rows, column);
    rows[column] = top;
    for (let r = 0; r < n; r += 1) {
      if (r === column) continue;
      const factor = at(at(rows, r), column) / at(top, column);
      rows[r] = at(rows, r).map((value, k) => value - factor * at(top, k));
    }
  }
  return rows.map((row, i) => at(row, n) / at(row, i));
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

export function booksText(): string {
  const b = openingBooks();
  const single = (variable: string, value: number, note: string, source = "DERIVED", grade = "D"): Derived => ({
    key: { adcode: "530000" },
    variable,
    value,
    unit: "亿元/year",
    grade,
    source,
    note,
  });
  return tableText(
    ["adcode"],
    [
      single("central_transfers", b.central, "gap of 2020 x 0.840 (ratio of 2016); -5 %/+7 %"),
      single("transfer_pool", b.pool, "passed on to prefectures: .93 x central transfers"),
      single("provincial_revenue", b.provincialRevenue, "revenue of the province (C) - sum of 16 (8 B + 8 D)"),
      single("provincial_expenditure", b.provincialSpending, "expenditure of the province (C) - sum of 16 (8 B + 8 D)"),
      single(
        "provincial_other_finance",
        b.provincialOther,
        "general bonds, carry-over: pool + provincial expenditure - central transfers - provincial revenue, so that the books close (MODEL 0.8)",
      ),
      ...rowsOf(
        b.own,
        "own_revenue",
        "亿元/year",
        "budget revenue of starting_values_2020.csv: B for the eight cities, D for the autonomous prefectures",
      ),
      ...rowsOf(
        b.spending,
        "expenditure",
        "亿元/year",
        "budget expenditure of starting_values_2020.csv: B for the eight cities, D for the autonomous prefectures; 怒江 and 迪庆 probably far too low",
      ),
      ...rowsOf(
        b.pairing,
        "pairing",
        "亿元/year",
        "35 of MODEL 0.8 spread over prefectures other than 昆明 and 玉溪 by rural population, 怒江 and 迪庆 three times",
        "J",
      ),
      ...rowsOf(b.transfer, "transfer", "亿元/year", "pool x (expenditure - own revenue - pairing) / sum of it"),
      ...rowsOf(
        b.other,
        "other_finance",
        "亿元/year",
        "expenditure - own revenue - pairing - transfer: carry-over and other, so that the books close (MODEL 0.8)",
      ),
      ...rowsOf(bondShares(), "bond_share", "1", "share of the growth of government debt 2018-2020 (fiscal.csv)"),
    ],
  );
}

export function standardText(): string {
  const { persons, terrain, counties, costs } = standardExpenditure();
  const note =
    "non-negative least squares of relative errors on the spending of 2020 (eight cities weight 1, eight D estimates weight .25), factors x (1 + .1 x minority share)";
  const cost = (variable: string, value: number, unit: string): Derived => ({
    key: { adcode: "530000" },
    variable,
    value,
    unit,
    grade: "D",
    source: "DERIVED",
    note,
  });
  return tableText(
    ["adcode"],
    [
      cost("cost_per_person", at(costs, 0), "亿元/10k person/year"),
      cost("cost_of_terrain", at(costs, 1), "亿元/(1000 km2 x km)/year"),
      cost("cost_per_county", at(costs, 2), "亿元/county/year"),
      ...rowsOf(terrain, "terrain", "1000 km2 x km", "area x altitude of the seat (怒江: judgement 1.7 km)"),
      ...rowsOf(counties, "counties", "county", "county-level divisions of the census table", "B"),
      ...rowsOf(
        persons,
        "need_persons",
        "10k person",
        "population x (1 + .5 x (share of under 15 and 60+ / provincial share - 1)): only for the fit",
      ),
    ],
  );
}
