/** A small model for whole-system tests of batches: two places, noise, an identity, a target, and a run now and then that fails. */
export const SMALL_MODEL = `model: {name: small, time: {start: 2020, stop: 2030, step: 1/20, save: 1, unit: year}, seed: 3}
dimensions: {place: {elements: [north, south]}}
parameters:
  rate: {value: 0.1, unit: 1/year, distribution: "uniform(0, 0.2)"}
  start[place]: {value: 5, unit: "1", distribution: "normal(value, 1)"}
levers:
  push: {default: 0, range: [0, 1], unit: 1/year}
noise:
  shock: {process: ar1, persistence: 0.5, sd: 0.02, unit: "1", every: 1/2}
stocks:
  x[place]: {initial: start, inflows: [growth], unit: "1", indicator: end}
flows:
  growth[place]: {equation: (rate + push) * x * (1 + shock), unit: 1/year, indicator: total}
auxiliaries:
  total: {equation: "sum(x, place)", unit: "1", indicator: end}
  room: {equation: ln(90 - total), unit: "1", indicator: end}
targets:
  large: {indicator: total, at_least: 25, due: 2030}
scenarios:
  base: {}
  pushed: {levers: {push: {set: 0.1, from: 2021}}}
`;
