import { expect, it } from "vitest";
import { simulate } from "../ensemble/simulate.ts";
import { goodModel } from "../testing/compile-text.ts";
import { singleMachine } from "./single-machine.ts";

/** Something of all that a run could leave behind: stocks, noise, earlier values, a ramp, an event, integrals, an identity. */
const MODEL = `model: {name: t, time: {start: 0, stop: 6, step: 1/2, save: 1, unit: year}}
dimensions: {age: {elements: 0..3}}
parameters: {rate: {value: 0.1, unit: 1/year}}
levers: {push: {default: 0, range: [0, 1], ramp: {from: 2, to: 4}, unit: 1/year}}
noise: {shock: {process: ar1, persistence: 0.5, sd: 0.02, unit: "1"}}
stocks:
  x[age]: {initial: "age + 1", inflows: [growth], unit: "1", indicator: end}
flows:
  growth[age]: {equation: "(rate + push) * history(x, 1) * (1 + shock)", unit: 1/year, indicator: total}
events: {birthday: {every: 1, set: {"x[age]": {equations: {age: "x[age - 1]", "3": "x[2] + x[3]"}}}}}
identities: {grows: {left: "sum(growth, age)", right: "sum(growth, age)", tolerance: 1e-9}}
scenarios: {base: {}, pushed: {levers: {push: {set: 0.5}}}}
`;

it("a program has one machine", () => {
  const [a, b] = [goodModel(MODEL).program, goodModel(MODEL).program];
  expect(singleMachine(a)).toBe(singleMachine(a));
  expect(singleMachine(a)).not.toBe(singleMachine(b));
});

it("runs on the same machine leave nothing behind", () => {
  const { model, program } = goodModel(MODEL);
  const alone = simulate(goodModel(MODEL).model, goodModel(MODEL).program, { scenario: "base" });
  const first = simulate(model, program, { scenario: "base" });
  const pushed = simulate(model, program, { scenario: "pushed", settings: [{ name: "rate", value: 0.4 }] });
  expect(pushed.columns).not.toEqual(first.columns);
  expect(simulate(model, program, { scenario: "base" })).toEqual(first);
  expect(first).toEqual(alone);
});
