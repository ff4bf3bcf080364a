/**
 * Migration at the start: people registered here who live outside the province, destination effects, and the rates that
 * reproduce net migration of 2010–2020 and the pace of urbanization of 2017–2020. The equations are those of
 * scenarios/yunnan/migration.yaml and demography.yaml at the start, where incomes and services are those of 2020.
 */
import { solve } from "./books.ts";
import { centralValue } from "./central-values.ts";
import type { ByCode } from "./economy.ts";
import { mapOf, serviceIndex, urbanIncome } from "./economy.ts";
import { populationByCell } from "./population.ts";
import { ageSchedules } from "./schedules.ts";
import type { Derived } from "./tables.ts";
import {
  at,
  byPrefecture,
  need,
  numberOf,
  once,
  PREFECTURES,
  readTable,
  starting,
  sumOf,
  tableText,
} from "./tables.ts";
import { travelTimes } from "./travel-time.ts";

/** People registered in Yunnan who live in other provinces (MODEL 0.8). */
const OUT_MIGRANTS = 2.4e6;

/** Percentage points a year: mean rise of the urbanization rate of the province from 2017 to 2020. */
function observedPace(): number {
  const rate = (year: string): number =>
    numberOf(
      readTable("province.csv").find(
        (r) => r.variable === "urbanization_rate" && r.year === year && r.adcode === "530000",
      ) ?? {},
      "value",
    );
  return (rate("2020") - rate("2017")) / 3;
}

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

interface Start {
  readonly people: ByCode;
  readonly urban: ByCode;
  readonly movable: ReadonlyMap<string, readonly [number, number]>;
  readonly outside: ByCode;
  readonly arrivalShare: ByCode;
  readonly utility: ReadonlyMap<string, number>;
  readonly moveRate: number;
  readonly arrivals: number;
}

function schedule(variable: string): readonly number[] {
  return ageSchedules()
    .filter((r) => r.variable === variable)
    .map((r) => r.value);
}

function startState(): Start {
  const cells = populationByCell();
  const mobility = schedule("mobility");
  const side = (code: string, index: 0 | 1, weights: readonly number[]): number =>
    sumOf(need(cells, code).map((pair, cell) => pair[index] * at(weights, cell)));
  const ones = mobility.map(() => 1);
  const people = mapOf((code) => side(code, 0, ones) + side(code, 1, ones));
  const urban = mapOf((code) => side(code, 0, ones));
  const raw = mapOf((code) => side(code, 0, mobility) + centralValue("rural_mobility") * side(code, 1, mobility));
  const norm = sumOf(people.values()) / sumOf(raw.values());
  const movable = new Map(
    PREFECTURES.map((code): [string, readonly [number, number]] => [
      code,
      [side(code, 0, mobility) * norm, centralValue("rural_mobility") * side(code, 1, mobility) * norm],
    ]),
  );
  const elsewhere = byPrefecture("census.csv", "reg_other_province", "2020");
  return {
    people,
    urban,
    movable,
    outside: outMigrants(),
    arrivalShare: mapOf((code) => need(elsewhere, code) / sumOf(elsewhere.values())),
    utility: utilities(urban),
    moveRate: centralValue("move_rate"),
    arrivals: centralValue("arrival_rate") * sumOf(people.values()),
  };
}

/** Utility of each pair without the destination effect (MODEL M8). */
function utilities(urban: ByCode): ReadonlyMap<string, number> {
  const income = urbanIncome();
  const education = serviceIndex("education").index;
  const health = serviceIndex("health").index;
  const area = byPrefecture("land_border.csv", "area", "2020");
  const hours = travelTimes();
  const meanDensity = sumOf(urban.values()) / sumOf(area.values());
  const pull = mapOf((code) => {
    const congestion = Math.min(
      0.5,
      (centralValue("congestion_elasticity") * (need(urban, code) / need(area, code))) / meanDensity,
    );
    const service = Math.log(Math.sqrt(need(education, code) * need(health, code)));
    return (
      centralValue("income_attraction") * Math.log(need(income, code) / 1e4) +
      centralValue("size_attraction") * Math.log(need(urban, code) / 1e6) +
      centralValue("service_attraction") * service -
      centralValue("congestion_aversion") * congestion
    );
  });
  const utility = new Map<string, number>();
  for (const from of PREFECTURES)
    for (const to of PREFECTURES)
      if (from !== to)
        utility.set(
          `${from} ${to}`,
          need(pull, to) - centralValue("time_deterrence") * Math.log(need(hours, `${from} ${to}`)),
        );
  return utility;
}

interface Flows {
  readonly net: readonly number[];
  readonly urbanNet: readonly number[];
}

/** Net migration of each prefecture, and of its towns, for given effects and departure rate. */
function flows(start: Start, effects: readonly number[], departureRate: number): Flows {
  const effect = new Map(PREFECTURES.map((code, index) => [code, at(effects, index)]));
  const leaving = mapOf(
    (code) => start.moveRate * Math.exp(-0.5 * need(effect, code)) * sumOf(need(start.movable, code)),
  );
  const arriving = new Map(PREFECTURES.map((code) => [code, 0]));
  for (const from of PREFECTURES) {
    const weights = PREFECTURES.map((to) =>
      to === from ? 0 : Math.exp(need(start.utility, `${from} ${to}`) + need(effect, to)),
    );
    const total = sumOf(weights);
    PREFECTURES.forEach((to, index) => {
      arriving.set(to, need(arriving, to) + (need(leaving, from) * at(weights, index)) / total);
    });
  }
  const chain = sumOf(start.people.values()) / sumOf(start.outside.values());
  const net: number[] = [];
  const urbanNet: number[] = [];
  for (const code of PREFECTURES) {
    const intensity =
      departureRate *
      Math.sqrt((need(start.outside, code) / need(start.people, code)) * chain) *
      Math.exp(-need(effect, code));
    const moving = start.moveRate * Math.exp(-0.5 * need(effect, code));
    const returning = centralValue("return_rate") * need(start.outside, code);
    const external = start.arrivals * need(start.arrivalShare, code);
    const [townMovable, countryMovable] = need(start.movable, code);
    net.push(need(arriving, code) + returning + external - (moving + intensity) * (townMovable + countryMovable));
    urbanNet.push(
      centralValue("urban_arrival_share") * need(arriving, code) +
        centralValue("urban_return_share") * returning +
        centralValue("urban_external_share") * external -
        (moving + intensity) * townMovable,
    );
  }
  return { net, urbanNet };
}

/** Net migration a year that the start reproduces: the cohort balance of 2010–2020. */
export function netMigrationGoal(): readonly number[] {
  const net = byPrefecture("demography_derived.csv", "net_migration_adj");
  return PREFECTURES.map((code) => need(net, code) / 10);
}

interface MigrationFit {
  readonly effects: readonly number[];
  readonly departureRate: number;
  readonly net: readonly number[];
  readonly pace: number;
}

/** Newton's method with numerical derivatives for fifteen free effects (they sum to zero) and the departure rate; then the pace, in which urbanization is linear. */
export const fitMigration = once((): MigrationFit => {
  const start = startState();
  const goal = netMigrationGoal();
  let unknown: readonly number[] = [...PREFECTURES.slice(1).map(() => 0), Math.log(0.008)];
  const unpack = (x: readonly number[]): readonly [readonly number[], number] => {
    const rest = x.slice(0, 15);
    return [[-sumOf(rest), ...rest], Math.exp(at(x, 15))];
  };
  const miss = (x: readonly number[]): readonly number[] =>
    flows(start, ...unpack(x)).net.map((value, index) => value - at(goal, index));
  for (let turn = 0; turn < 60; turn += 1) {
    const now = miss(unknown);
    const columns = unknown.map((_, j) =>
      miss(unknown.map((value, k) => (k === j ? value + 1e-6 : value))).map((value, i) => (value - at(now, i)) / 1e-6),
    );
    const step = solve(
      now.map((_, i) => columns.map((column) => at(column, i))),
      now.map((value) => -value),
    );
    const largest = Math.max(...step.map(Math.abs));
    const damping = largest > 0.3 ? 0.3 / largest : 1;
    unknown = unknown.map((value, j) => value + damping * at(step, j));
  }
  const [effects, departureRate] = unpack(unknown);
  const result = flows(start, effects, departureRate);
  return { effects, departureRate, net: result.net, pace: urbanizationPace(start, result) };
});

/** Rate k of in-place urbanization at which the urban share of the province rises at the observed pace, all other flows given. */
function urbanizationPace(start: Start, result: Flows): number {
  const cells = populationByCell();
  const mortality = schedule("mortality");
  const women = schedule("female_share");
  const fertile = schedule("fertility").map((value, cell) => value * at(women, cell));
  const tfr = byPrefecture("demography_derived.csv", "tfr_implied", "2020");
  const side = (code: string, index: 0 | 1, weights: readonly number[]): number =>
    sumOf(need(cells, code).map((pair, cell) => pair[index] * at(weights, cell)));
  let people = 0;
  let town = 0;
  let growth = 0;
  let townGrowth = 0;
  let perRate = 0;
  PREFECTURES.forEach((code, index) => {
    const mothers = [side(code, 0, fertile), side(code, 1, fertile)] as const;
    const weighted = centralValue("urban_fertility") * mothers[0] + centralValue("rural_fertility") * mothers[1];
    const births = need(tfr, code) * (mothers[0] + mothers[1]);
    const townBirths = (births * centralValue("urban_fertility") * mothers[0]) / weighted;
    const townDeaths = centralValue("urban_mortality") * side(code, 0, mortality);
    const deaths = townDeaths + centralValue("rural_mortality") * side(code, 1, mortality);
    const share = need(start.urban, code) / need(start.people, code);
    const saturation = code === "530100" ? 0.93 : 0.82;
    people += need(start.people, code);
    town += need(start.urban, code);
    growth += births - deaths + at(result.net, index);
    townGrowth += townBirths - townDeaths + at(result.urbanNet, index);
    perRate += need(start.people, code) * share * Math.max(0, 1 - share / saturation);
  });
  const wanted = (observedPace() / 100) * people + (town / people) * growth;
  return (wanted - townGrowth) / perRate;
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
  const fit = fitMigration();
  const single = (variable: string, value: number, note: string): Derived => ({
    key: { adcode: "530000" },
    variable,
    value,
    unit: "1/year",
    grade: "D",
    source: "DERIVED",
    note,
  });
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
      ...rowsOf(
        new Map(PREFECTURES.map((code, index) => [code, at(fit.effects, index)])),
        "destination_effect",
        "1",
        "solved with departure_rate so that net migration of the start equals net_migration_adj / 10 of demography_derived.csv in each prefecture; sums to zero",
      ),
      single(
        "departure_rate",
        fit.departureRate,
        "solved with the destination effects on the net migration of 2010-2020",
      ),
      single(
        "urbanization_pace",
        fit.pace,
        "k of MODEL M4 net of natural growth and all migration, so that the urban share rises at the mean pace of 2017-2020 (province.csv)",
      ),
    ],
  );
}
