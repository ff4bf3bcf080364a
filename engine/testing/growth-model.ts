/** For tests of ensembles: two places that grow under a shock, with every reading of an indicator and every kind of scenario. */
export const GROWTH_MODEL = `model: {name: t, time: {start: 2000, stop: 2005, step: 1/4, save: 1, unit: year}}
dimensions: {place: {elements: [north, south]}}
parameters:
  rate: {value: 0.1, unit: 1/year, distribution: "uniform(0, 0.2)"}
  start[place]: {value: 5, unit: "1", distribution: "normal(value, 1)"}
levers:
  push: {default: 0, range: [0, 1], unit: 1/year}
noise:
  shock: {process: ar1, persistence: 0.5, sd: 0.02, unit: "1"}
stocks:
  x[place]: {initial: start, inflows: [growth], unit: "1", indicator: end}
flows:
  growth[place]: {equation: (rate + push) * x * (1 + shock), unit: 1/year, indicator: total}
auxiliaries:
  mean_growth: {equation: "sum(growth, place)", unit: 1/year, indicator: mean}
scenarios:
  base: {}
  pushed: {levers: {push: {set: 0.1, from: 2001}}}
  fixed: {parameters: {rate: 0.05}}
  wide: {parameters: {rate: {distribution: "uniform(0, 0.4)"}}}
`;
