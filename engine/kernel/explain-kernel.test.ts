import { expect, test } from "vitest";
import { optimizeProgram } from "../ir/passes/optimize-program.ts";
import { goodModel } from "../testing/compile-text.ts";
import { compileKernel } from "./compile-kernel.ts";
import { explainKernel } from "./explain-kernel.ts";

const YAML = `model: {name: t, time: {start: 0, stop: 5, step: 1, unit: "1"}}
dimensions: {place: {elements: [a, b, c]}, age: {elements: 0..4}}
stocks:
  x[place, age]: {initial: age, outflows: [died], unit: "1"}
flows:
  died[place, age]: {equation: x / 10, unit: "1"}
auxiliaries:
  deaths[place]: {equation: "sum(died, age)", unit: "1", indicator: end}
  whole: {equation: "sum(deaths, place) * exp(-time)", unit: "1", indicator: end}
  given[place]: {equation: "allocate(whole, deaths, deaths, place)", unit: "1", indicator: end}
`;

test("says what a step does: loops, what is handed on and stored, calls, and what is done lane by lane", () => {
  const program = optimizeProgram(goodModel(YAML).program);
  const text = explainKernel(compileKernel(program), program);
  expect(text).toContain("done lane by lane, for want of vectors: nothing\n");
  const pieces = text
    .slice(text.indexOf("loops of a step"))
    .split("\n\n")[0]!
    .match(/^ {2}\S/gm)!;
  expect(pieces.length).toBeGreaterThan(1);
  expect(text).toContain(`loops of a step, in their order, with ${pieces.length - 1} barriers between them\n`);
  expect(text).toMatch(/ {2}place 0\.\.2: \d+ statements.*died/);
  expect(text).toMatch(/ {4}age 0\.\.4: 5 statements, 2 totals, 2 values handed on, 1 stored: died, deaths, x/);
  expect(text).toMatch(
    /one step, for one vector: \d+ loops, \d+ arithmetic instructions, \d+ loads, \d+ stores, 1 functions/,
  );
});

test("says what each file of a model costs, all of a step together", () => {
  const { model, program } = goodModel(YAML);
  const optimized = optimizeProgram(program);
  const files = new Map(model.variables.map((v) => [v.name, v.name === "died" ? "people.yaml" : "rest.yaml"]));
  const text = explainKernel(compileKernel(optimized), optimized, files);
  const shares = [...text.matchAll(/^ +([\d.]+) % {2}(people|rest)\.yaml$/gm)];
  expect(shares.map((m) => m[2]).sort()).toEqual(["people", "rest"]);
  expect(shares.reduce((total, m) => total + Number(m[1]), 0)).toBeCloseTo(100, 0);
  const single = new Map(model.variables.map((v) => [v.name, "model.yaml"]));
  expect(explainKernel(compileKernel(optimized), optimized, single)).not.toContain("files of the model");
});
