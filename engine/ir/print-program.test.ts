import { expect, test } from "vitest";
import { goodModel } from "../testing/compile-text.ts";
import { optimizeProgram } from "./passes/optimize-program.ts";
import { printProgram } from "./print-program.ts";

const YAML = `model: {name: t, time: {start: 0, stop: 5, step: 1, unit: "1"}}
dimensions: {place: {elements: [a, b, c]}, age: {elements: 0..4}}
parameters: {p: {value: 2, unit: "1"}}
stocks:
  x[place, age]: {initial: age, outflows: [died], unit: "1"}
flows:
  died[place, age]: {equation: x / 10 * p, unit: "1"}
auxiliaries:
  deaths[place]: {equation: "sum(died, age)", unit: "1", indicator: end}
`;

test("a program before and after the passes", () => {
  const { program } = goodModel(YAML);
  expect(printProgram(program)).toBe(`initial
  x
    for place = 0..2
      for age = 0..4
        x[5*place + age] = (age + 0)
step
  died
    for place = 0..2
      for age = 0..4
        died[5*place + age] = ((x[5*place + age] / 10) * p[0])
  deaths
    for place = 0..2
      deaths'1[place] = sum for age = 0..4 of died[5*place + age]
  deaths
    for place = 0..2
      deaths[place] = deaths'1[place]
  x
    for place = 0..2
      for age = 0..4
        x'1[5*place + age] = negate(died[5*place + age])`);
  expect(printProgram(optimizeProgram(program))).toBe(`initial
  x
    for place = 0..2
      for age = 0..4
        x[5*place + age] = (age + 0)
step
  died
    for place = 0..2
      for age = 0..4
        #3 = ((x[5*place + age] / 10) * p[0])
        #1 sum #3
        #4 = negate(#3)
        #2 sum ((x[5*place + age] * 0) + (#4 * 0))
        x[5*place + age] = (x[5*place + age] + (1 * #4))
      deaths[place] = #1
      #0 sum #2
    x'3[0] = #0
  x
    finite[0] = x'3[0]`);
});
