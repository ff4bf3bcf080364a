/**
 * The synthetic model of the benchmarks, of the kind that regional planners write: in each place 34 years of age and four sectors
 * (42 stocks), participation in work by a logistic curve, Cobb–Douglas output, migration between all pairs of places by gravity, and
 * transfers with a minimum and a maximum; 15 years of 8 Euler steps. It grows with the number of places, the matrix of migration
 * with its square. `native/synthetic.c` is the same model in C.
 */

/** Years of age of a place's people. */
export const AGES = 34;

/** The model as text; it has 24 uncertain numbers, and one more for each place. */
export function syntheticModel(places: number): string {
  const names = Array.from({ length: places }, (_, i) => `p${i}`).join(", ");
  return `model: {name: synthetic, time: {start: 2020, stop: 2035, step: 1/8, save: 1, unit: "1"}}
dimensions:
  place: {elements: [${names}], aliases: [origin]}
  sector: {elements: [farm, factory, shop, office]}
  age: {elements: 0..${AGES - 1}}
parameters:
  decay: {value: 0.4, unit: "1", distribution: "uniform(0.2, 0.6)"}
  mobility: {value: 0.03, unit: "1", distribution: "uniform(0.01, 0.05)"}
  mortality: {value: 0.01, unit: "1", distribution: "uniform(0.008, 0.012)"}
  slope: {value: 0.25, unit: "1", distribution: "uniform(0.2, 0.3)"}
  retirement: {value: 26, unit: "1", distribution: "uniform(24, 28)"}
  lowest: {value: 0.9, unit: "1", distribution: "uniform(0.8, 1)"}
  largest: {value: 0.5, unit: "1", distribution: "uniform(0.4, 0.6)"}
  pool_share: {value: 0.1, unit: "1", distribution: "uniform(0.05, 0.15)"}
  capital_share[sector]: {value: 0.35, unit: "1", distribution: "triangular(0.3, 0.35, 0.4)"}
  growth[sector]: {value: 0.02, unit: "1", distribution: "normal(0.02, 0.005)"}
  wear_rate[sector]: {value: 0.05, unit: "1", distribution: "uniform(0.04, 0.06)"}
  saving[sector]: {value: 0.3, unit: "1", distribution: "uniform(0.25, 0.35)"}
  fertility[place]: {value: 0.03, unit: "1", distribution: "uniform(0.02, 0.04)"}
stocks:
  people[place, age]:
    initial: 100 + position(place) + 2 * age
    inflows: [newborn, settled]
    outflows: [deaths, departures]
    unit: "1"
  capital[place, sector]: {initial: 50 + position(sector) * position(place), inflows: [investment], outflows: [wear], unit: "1"}
  productivity[place, sector]: {initial: 1 + 0.1 * position(sector), inflows: [progress], unit: "1"}
flows:
  newborn[place, age]: {equation: "if(age == 0, fertility * population, 0)", unit: "1"}
  settled[place, age]: {equation: "arrivals * people / population", unit: "1"}
  deaths[place, age]: {equation: "mortality * (1 + age / 10) * people", unit: "1"}
  departures[place, age]: {equation: "mobility * people", unit: "1"}
  progress[place, sector]: {equation: growth * productivity, unit: "1"}
  wear[place, sector]: {equation: wear_rate * capital, unit: "1"}
  investment[place, sector]: {equation: saving * output + transfers / 4, unit: "1"}
auxiliaries:
  wealth[place]: {equation: "sum(capital, sector) / population", unit: "1"}
  work[place, age]: {equation: "1 / (1 + exp(slope * (age - retirement) + 0.1 * ln(wealth)))", unit: "1"}
  labour[place]: {equation: "sum(people * work, age)", unit: "1", indicator: end}
  population[place]: {equation: "sum(people, age)", unit: "1"}
  output[place, sector]: {equation: "productivity * capital^capital_share * (labour / 4)^(1 - capital_share)", unit: "1"}
  gdp[place]: {equation: "sum(output, sector)", unit: "1", indicator: total}
  income[place]: {equation: gdp / population, unit: "1", indicator: end}
  distance[origin, place]: {equation: "abs(position(origin) - position(place)) + 1", unit: "1"}
  pull[origin, place]: {equation: "ln(income[place]) - decay * ln(distance)", unit: "1"}
  destination[origin, place]: {equation: "softmax(pull, place)", unit: "1"}
  leavers[place]: {equation: "sum(departures, age)", unit: "1"}
  arrivals[place]: {equation: "sum(leavers[origin] * destination[origin, place], origin)", unit: "1"}
  mean_income: {equation: "sum(gdp, place) / sum(population, place)", unit: "1", indicator: end}
  need[place]: {equation: "max(0, min(lowest * mean_income - income, largest * mean_income)) * population", unit: "1"}
  total_need: {equation: "sum(need, place)", unit: "1"}
  pool: {equation: "pool_share * sum(gdp, place)", unit: "1"}
  transfers[place]: {equation: "need * min(1, pool / max(total_need, 1e-9))", unit: "1", indicator: total}
`;
}
