/** A small model that has every kind of statement: what tests of whole modules are made with. */
import { planParameters } from "../../engine/ensemble/plan-parameters.ts";
import type { Program } from "../../engine/ir/program.ts";
import { goodModel } from "../../engine/testing/compile-text.ts";
import type { LaneInputs } from "../../engine/testing/same-bits.ts";

const YAML = (
  method: string,
) => `model: {name: t, method: ${method}, time: {start: 2000, stop: 2006, step: 1/4, save: 1/2, unit: "1"}}
dimensions: {place: {elements: [north, south, west]}, age: {elements: 0..4}}
lookups:
  curve: {points: [[-1, 2], [0, 0.5], [2, 3]], unit: "1"}
  go_on: {points: [[0, 1], [2, 3]], outside: extrapolate, unit: "1"}
parameters:
  p: {value: 0.3, unit: "1"}
  q[place]: {value: {north: 0.5, default: 0.1}, unit: "1"}
levers: {push: {default: 0, range: [0, 1], ramp: {from: 2001, to: 2003}, lag: 2, unit: "1"}}
noise:
  shock: {process: ar1, persistence: 0.5, sd: 0.1, unit: "1"}
  walk[place]: {process: random_walk, sd: p, every: 1/2, unit: "1"}
  open: {process: markov, values: [1, 0.3], leave: 0.4, return: 0.5, unit: "1"}
stocks:
  people[place, age]: {initial: 10 + age + p, inflows: [born], outflows: [died, left], unit: "1", indicator: mean}
  capital[place]: {initial: 5, inflows: [output * 0.1], outflows: [capital / 12], unit: "1"}
flows:
  born[place, age]: {equation: "if(age == 0, exp(q) * sum(people, age), 0) * open", unit: "1", indicator: total}
  died[place, age]: {equation: "people * share(q + 2 + walk * 0, place) * (1 + shock) * 0.1 / (1 + age)^p", unit: "1"}
  left[place, age]: {equation: "0.01 * people * curve(shock) + 0 * sin(push)", unit: "1"}
auxiliaries:
  output[place]: {equation: "capital^p * sum(people, age)^(1 - p) / exp(q)", unit: "1", indicator: end}
  total: {equation: "sum(people, place, age) + push", unit: "1", indicator: end}
  deaths: {equation: "sum(died, place, age) + go_on(time - 2001)", unit: "1", indicator: total}
  best[place]: {equation: "softmax(q, place) * maximum(people[place, age], age) - minimum(people[place, age], age)", unit: "1", indicator: mean}
  before: {equation: "history(total, 1.5) + initial(total)", unit: "1", indicator: end}
  given[place]: {equation: "allocate(total * p, q + 0.1, sum(people[place, age], age) * 0.2, place)", unit: "1", indicator: end}
events:
  birthday: {every: 1, set: {"people[place, age]": "if(age == 4, people[place, age] + people[place, age - 1], people[place, age - 1])"}}
  renewal: {every: 1/2, set: {"capital[place]": "capital + 0.01 * output / total"}}
identities:
  fits: {left: "sum(given, place)", right: total * p, tolerance: 0.001}
`;

/** Parameters differ from lane to lane by these factors; the third has powers of negative numbers. */
const FACTORS = [1, 0.5, -1, 0];

export function featureModel(method: "euler" | "rk2" | "rk4"): { program: Program; inputs: LaneInputs } {
  const { model, program } = goodModel(YAML(method));
  const parameters = planParameters(model, program);
  const load = (memory: Float64Array, lanes: number): void => {
    for (let lane = 0; lane < lanes; lane++) {
      for (const p of parameters)
        for (let e = 0; e < p.size; e++) memory[(p.base + e) * lanes + lane] = p.central[e]! * FACTORS[lane]!;
      for (const lever of program.levers) memory[lever.set * lanes + lane] = lane / 4;
    }
  };
  return { program, inputs: { load } };
}
