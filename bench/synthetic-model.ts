/**
 * The synthetic model of the benchmarks: prefectures with stocks of people by age, a gravity softmax between all pairs,
 * Cobb–Douglas output of four sectors, and transfers with minimum and maximum. It grows with the number of prefectures, the matrix
 * with its square.
 */
export function syntheticModel(prefectures: number): string {
  const names = Array.from({ length: prefectures }, (_, i) => `p${i}`).join(", ");
  return `model: {name: synthetic, time: {start: 2020, stop: 2035, step: 1/8, save: 1, unit: "1"}}
dimensions:
  place: {elements: [${names}], aliases: [origin]}
  sector: {elements: [farm, factory, shop, office]}
  age: {elements: 0..19}
parameters:
  decay: {value: 0.4, unit: "1", distribution: "uniform(0.2, 0.6)"}
  capital_share: {value: 0.35, unit: "1", distribution: "triangular(0.3, 0.35, 0.4)"}
  growth: {value: 0.02, unit: "1", distribution: "normal(0.02, 0.005)"}
  mobility: {value: 0.03, unit: "1", distribution: "uniform(0.01, 0.05)"}
  mortality: {value: 0.01, unit: "1", distribution: "uniform(0.008, 0.012)"}
  fertility: {value: 0.03, unit: "1", distribution: "uniform(0.02, 0.04)"}
  saving: {value: 0.3, unit: "1", distribution: "uniform(0.25, 0.35)"}
stocks:
  people[place, age]:
    initial: 100 + position(place) + 2 * age
    inflows: [newborn, settled]
    outflows: [deaths, departures]
    unit: "1"
  capital[place, sector]: {initial: 50 + position(sector) * position(place), inflows: [investment], outflows: [wear], unit: "1"}
  productivity[place, sector]: {initial: 1 + 0.1 * position(sector), inflows: [progress], unit: "1"}
flows:
  newborn[place, age]: {equation: "if(age == 0, births, 0)", unit: "1"}
  settled[place, age]: {equation: "arrivals * share_by_age", unit: "1"}
  births[place]: {equation: "fertility * sum(people, age)", unit: "1"}
  deaths[place, age]: {equation: "mortality * (1 + age / 10) * people", unit: "1"}
  departures[place, age]: {equation: "mobility * people", unit: "1"}
  progress[place, sector]: {equation: growth * productivity, unit: "1"}
  wear[place, sector]: {equation: 0.05 * capital, unit: "1"}
  investment[place, sector]: {equation: saving * output, unit: "1"}
auxiliaries:
  labour[place]: {equation: "sum(people, age)", unit: "1", indicator: end}
  share_by_age[place, age]: {equation: "share(people, age)", unit: "1"}
  output[place, sector]: {equation: "productivity * capital^capital_share * (labour / 4)^(1 - capital_share)", unit: "1"}
  gdp[place]: {equation: "sum(output, sector)", unit: "1", indicator: total}
  income[place]: {equation: gdp / labour, unit: "1", indicator: end}
  distance[origin, place]: {equation: "abs(position(origin) - position(place)) + 1", unit: "1"}
  pull[origin, place]: {equation: "ln(income[place]) - decay * ln(distance)", unit: "1"}
  destination[origin, place]: {equation: "softmax(pull, place)", unit: "1"}
  arrivals[place]: {equation: "sum(sum(departures[origin, age], age) * destination[origin, place], origin)", unit: "1"}
  mean_income: {equation: "sum(gdp, place) / sum(labour, place)", unit: "1", indicator: end}
  need[place]: {equation: "max(0, min(0.9 * mean_income - income, 0.5 * mean_income)) * labour", unit: "1"}
  transfers[place]: {equation: "allocate(0.1 * sum(gdp, place), need, need, place)", unit: "1", indicator: total}
`;
}
