import { describe, expect, it } from "vitest";
import { planParameters } from "../../ensemble/plan-parameters.ts";
import { goodModel } from "../../testing/compile-text.ts";
import { differences, passDifferences } from "../../testing/same-bits.ts";
import type { Program } from "../program.ts";
import { optimizeProgram, PASSES } from "./optimize-program.ts";
import { verifyProgram } from "./verify-program.ts";

const HEAD = (method = "euler") =>
  `model: {name: t, time: {start: 0, stop: 4, step: 1/2, save: 1, unit: "1"}, method: ${method}}
dimensions: {place: {elements: [a, b, c]}, age: {elements: 0..4}}
`;
const AGING = `stocks:
  people[place, age]: {initial: age + position(place), inflows: [grown], outflows: [died], unit: "1"}
flows:
  grown[place, age]: {equation: "if(age == 0, 3, people[place, age - 1] / 4)", unit: "1"}
  died[place, age]: {equation: "people / (10 + position(place))", unit: "1"}
auxiliaries:
  all[place]: {equation: "sum(people, age)", unit: "1", indicator: end}
  older[place]: {equation: "sum(people * age, age) / all", unit: "1", indicator: end}
`;

const moved = (yaml: string): string[] =>
  optimizeProgram(goodModel(yaml).program, ["integrate-in-step"], verifyProgram)
    .stocks.filter((s) => s.inStep)
    .map((s) => s.name);

describe("which stocks the step integrates", () => {
  it.each([
    ["one that only equations read", HEAD() + AGING, ["people"]],
    ["none where the method has stages", HEAD("rk4") + AGING, []],
    ["none that an output reads", HEAD() + AGING.replace("[grown]", "[grown], indicator: end"), []],
    ["none of which the mean is an output", HEAD() + AGING.replace("[grown]", "[grown], indicator: mean"), []],
    [
      "one that an identity reads, of which both sides are values of the step",
      `${HEAD()}${AGING}identities: {"same[place, age]": {left: people, right: people}}\n`,
      ["people"],
    ],
    [
      "one whose past is kept, which is a value of the step",
      `${HEAD()}${AGING}  before[place, age]: {equation: "previous(people, 0)", unit: "1", indicator: end}\n`,
      ["people"],
    ],
    [
      "one that an event sets",
      `${HEAD()}${AGING}events: {e: {every: 1, set: {"people[place, age]": people / 2}}}\n`,
      ["people"],
    ],
  ])("%s", (_, yaml, expected) => {
    expect(moved(yaml)).toEqual(expected);
  });
});

it("is fused with the net flow, which is not stored", () => {
  const { program } = goodModel(`${HEAD()}stocks:
  people[place, age]: {initial: age, outflows: [died], unit: "1"}
flows:
  died[place, age]: {equation: "people / (10 + position(place))", unit: "1"}
auxiliaries:
  deaths[place]: {equation: "sum(died, age)", unit: "1", indicator: end}
`);
  const { net, size } = program.stocks.find((s) => s.name === "people")!;
  const places = (p: Program) =>
    JSON.stringify(p.step)
      .matchAll(/"target":\{"base":(\d+)/g)
      .map((m) => Number(m[1]));
  const stored = (p: Program) => [...places(p)].some((base) => base >= net && base < net + size);
  expect(stored(program)).toBe(true);
  expect(stored(optimizeProgram(program))).toBe(false);
});

/** A stock that grows, and an event that sets it; x makes it fail, or not, in its lane. */
const FAILING = (grows: string, event = "") => `model: {name: t, time: {start: 0, stop: 4, step: 2, save: 2, unit: "1"}}
dimensions: {place: {elements: [a, b, c]}, age: {elements: 0..4}}
parameters: {x: {value: 1, unit: "1"}}
stocks:
  s[place, age]: {initial: age, inflows: [f], unit: "1"}
flows:
  f[place, age]: {equation: "${grows}", unit: "1"}
auxiliaries:
  fine: {equation: time, unit: "1", indicator: end}
${event}`;
const SPECIAL = [1, 1e308, 1.7e308, 8e307, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0];

describe("values that are not finite fail in the same step, and other lanes do not", () => {
  it.each([
    ["a net flow", FAILING("if(position(place) == 2, x + 0 * time, 0)")],
    ["a net flow in the last step", FAILING("if(time == 4 and age == 3, x * x, 0)")],
    ["a stock that becomes too large", FAILING("x + 0 * time")],
    [
      "a stock that an event sets",
      FAILING("1 + 0 * time", 'events: {e: {at: 2, set: {"s[place, age]": s + x * x}}}\n'),
    ],
    [
      "a stock that an event mends",
      FAILING("x + 0 * time", 'events: {e: {every: 2, set: {"s[place, age]": "if(s < 1e300, s, 1)"}}}\n'),
    ],
  ])("%s", (_, yaml) => {
    const { model, program } = goodModel(yaml);
    const { base } = planParameters(model, program)[0]!;
    const optimized = optimizeProgram(
      program,
      PASSES.map((p) => p.name),
      verifyProgram,
    );
    expect(optimized.finite).toBeGreaterThan(0);
    for (const first of [0, 4]) {
      const load = (memory: Float64Array, lanes: number): void =>
        SPECIAL.slice(first, first + lanes).forEach((value, lane) => {
          memory[base * lanes + lane] = value;
        });
      expect(passDifferences(program, optimized, 4, { load })).toEqual([]);
      for (const lanes of [2, 4] as const)
        for (const form of ["plain", "for-revectorizer"] as const)
          expect(differences(program, lanes, { load }, optimized, { form })).toEqual([]);
    }
  });
});

it.each([[["integrate-in-step"]], [PASSES.map((p) => p.name)]] as const)("changes no bit with %j", (passes) => {
  const { program } = goodModel(HEAD() + AGING);
  const optimized = optimizeProgram(program, passes, verifyProgram);
  expect(passDifferences(program, optimized, 4, { load: () => {} })).toEqual([]);
  expect(differences(program, 4, { load: () => {} }, optimized)).toEqual([]);
});
