import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { simulate } from "../ensemble/simulate.ts";
import { goodModel } from "../testing/compile-text.ts";
import { EXAMPLE_MODEL } from "../testing/example-model.ts";
import { functionReference } from "./function-reference.ts";
import type { FunctionExample } from "./functions/function-entry.ts";
import { FUNCTIONS, functionByForeignName } from "./functions.ts";

const entries = Object.values(FUNCTIONS);

/** What an example gives: by time, by element, or once. */
function valuesOf({ equation, at }: FunctionExample): number[] {
  const perPlace = at === "place" || equation.includes("coast)");
  const yaml = `${EXAMPLE_MODEL}auxiliaries:\n  y${perPlace ? "[place]" : ""}: {equation: ${JSON.stringify(equation)}, unit: "1"}\n`;
  const { model, program } = goodModel(yaml);
  const { columns } = simulate(model, program, { variables: ["y"] });
  if (at === "place") return columns.map((c) => c.values[0]!);
  const { values } = columns[0]!;
  return at === null ? [values[0]!] : at.map((time) => values[time]!);
}

describe("the examples of the table of functions", () => {
  it.each(entries.flatMap((e) => e.examples.map((x) => [x.equation, x] as const)))("%s", (_, example) => {
    expect(valuesOf(example).map((v) => Number(v.toPrecision(12)))).toEqual(
      example.gives.map((v) => Number(v.toPrecision(12))),
    );
  });

  it("every function has one", () => {
    expect(entries.filter((e) => e.examples.length === 0).map((e) => e.name)).toEqual([]);
  });
});

describe("names of other tools", () => {
  it.each([
    ["SMOOTH3I", "smooth3"],
    ["ZIDZ", "safe_divide"],
    ["XIDZ", "safe_divide"],
    ["if then else", "if"],
    ["SAFEDIV", "safe_divide"],
    ["smth1", "smooth"],
    ["DELAY N", "delay_n"],
    ["SAMPLE IF TRUE", "sample_if_true"],
    ["PULSE TRAIN", "pulse_train"],
    ["VMAX", "maximum"],
    ["INTEGER", "trunc"],
    ["LOOKUP INVERT", "lookup_inverse"],
  ])("%s is %s", (foreign, ours) => {
    expect(functionByForeignName(foreign)?.name).toBe(ours);
  });

  it("no name stands for two functions, and none is one of ours", () => {
    const foreign = entries.flatMap((e) => e.foreign);
    expect(new Set(foreign).size).toBe(foreign.length);
    expect(foreign.filter((name) => Object.hasOwn(FUNCTIONS, name))).toEqual([]);
  });
});

describe("docs/functions.md", () => {
  // UPDATE_FUNCTIONS=1 writes it anew.
  const path = join(import.meta.dirname, "..", "..", "docs", "functions.md");
  it("is what the table says", () => {
    const reference = functionReference(entries, EXAMPLE_MODEL);
    if (process.env.UPDATE_FUNCTIONS === "1") writeFileSync(path, reference);
    expect(readFileSync(path, "utf8")).toBe(reference);
  });
});

describe("calls within calls", () => {
  // Functions that use an argument several times must not make equations grow with every level.
  it.each([
    "safe_divide(1, @)",
    "forecast(@, 20, 2)",
    "smooth3(@, 20)",
    "delay_n(@, 900, 90)",
    "rank(@, place)",
    "stddev(@ * size, place)",
  ])("%s forty times", (call) => {
    const equation = Array.from({ length: 40 }).reduce<string>((inner) => call.replace("@", inner), "time + size");
    const yaml = `${EXAMPLE_MODEL}auxiliaries:\n  y[place]: {equation: ${JSON.stringify(equation)}, unit: "1"}\n`;
    const { program } = goodModel(yaml);
    expect(JSON.stringify(program).length).toBeLessThan(15e6);
  });
});
