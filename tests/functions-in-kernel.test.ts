/** Every function of the table gives the same bits in the kernel and in the interpreter, and so do variables ordered by element. */
import { describe, expect, it } from "vitest";
import { planParameters } from "../engine/ensemble/plan-parameters.ts";
import { FUNCTIONS } from "../engine/model/functions.ts";
import { goodModel } from "../engine/testing/compile-text.ts";
import { EXAMPLE_MODEL } from "../engine/testing/example-model.ts";
import { differences } from "../engine/testing/same-bits.ts";

const HEADER = (method: string, step = "1") =>
  `model: {name: t, method: ${method}, time: {start: 0, stop: 10, step: ${step}, save: 1, unit: "1"}}\n`;

/** Differences where the parameters of lane l are those of the model times a factor. */
function compare(yaml: string, factors = [1, 0.7, 2, 0.1]): string[] {
  const { model, program } = goodModel(yaml);
  const parameters = planParameters(model, program);
  return differences(program, 4, {
    load: (memory, lanes) => {
      for (const p of parameters) {
        for (let e = 0; e < p.size; e++) {
          for (let l = 0; l < lanes; l++) memory[(p.base + e) * lanes + l] = p.central[e]! * factors[l]!;
        }
      }
    },
  });
}

const equations = Object.values(FUNCTIONS).flatMap((f) => f.examples.map((e) => e.equation));

describe.each(["euler", "rk4"])("under %s", (method) => {
  const model = EXAMPLE_MODEL.replace(/^model:.*\n/, HEADER(method, "1/2"));

  it.each(equations)("%s", (equation) => {
    const yaml = `${model}auxiliaries:\n  y[place]: {equation: ${JSON.stringify(`${equation} + 0 * size`)}, unit: "1", indicator: mean}\n`;
    expect(compare(yaml)).toEqual([]);
  });

  it.each([
    "delay1(size * time, size / 10)",
    "delay3(size, 3 + size / 100, time)",
    "smooth_n(sin(size + time), size, 4)",
    "delay_fixed(size * time, size / 10)",
    "delay_fixed(size * time, size / 10, -1)",
    "previous(size * time, size) + previous(time)",
    "sample_if_true(sin(size + time) > 0.5, time * size, 3)",
    "smooth(sample_if_true(sin(size + 9 * time) > 0.5, time * size, 3), 4)",
    "trend(size + time, size, 0.02) + forecast(size + time, size, 5)",
    "npv(size, size / 1000, size, 2)",
    "rank(sin(size * time), place) * sort_order(sin(size * time), place)",
    "stddev(sin(size * time), place) + stddev(size, coast)",
    "lookup_inverse(table, size) + table(size / 10) + lookup_forward(table, time * size / 30)",
    "smooth(delay1(previous(smooth(size * time, 3), 4), 5), 2)",
  ])("%s, with times and values that differ from run to run", (equation) => {
    const yaml = `${model}auxiliaries:\n  y[place]: {equation: ${JSON.stringify(equation)}, unit: "1", indicator: end}\n`;
    expect(compare(yaml)).toEqual([]);
  });

  it.each([
    ["up", "if(age == 0, p * time, x[age - 1] * 0.5 + p)"],
    ["down", "if(age == 5, p * time, x[age + 1] * 0.5 + p)"],
    ["a sum of those below", "p * time + sum(if(other < age, x[other], 0), other)"],
  ])("an equation ordered by element: %s", (_, equation) => {
    const yaml = `${HEADER(method)}dimensions: {age: {elements: 0..5, aliases: [other]}}
parameters: {p: {value: 3, unit: "1"}}
flows:
  x[age]: {equation: ${JSON.stringify(equation)}, unit: "1", indicator: end}
stocks:
  s[age]: {initial: "if(age == 0, p, s[age - 1] + x[age])", inflows: [x], unit: "1", indicator: end}
`;
    expect(compare(yaml)).toEqual([]);
  });
});
