import { describe, expect, test } from "vitest";
import { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import { messageOf } from "../../diagnostics/messages.ts";
import { readSensitivity } from "./sensitivity.ts";

function read(text: string): { result: ReturnType<typeof readSensitivity>; errors: string[] } {
  const diagnostics = new DiagnosticList();
  const result = readSensitivity({ path: "model.vsc", text }, diagnostics);
  return { result, errors: diagnostics.sorted(["model.vsc"]).map((d) => messageOf(d, "en").fact) };
}

describe("the first line", () => {
  test.each([
    ["250,M,17,,0", { draws: 250, design: "monte-carlo", seed: 17 }],
    ["100,L,-5", { draws: 100, design: "latin-hypercube", seed: null }],
    [",,", { draws: 200, design: "monte-carlo", seed: 1234 }],
    ["\n50, m , 0", { draws: 50, design: "monte-carlo", seed: null }],
  ])("%j", (text, header) => expect(read(text).result).toEqual({ ...header, uncertain: [] }));
});

describe("a distribution", () => {
  test.each([
    ["A RATE=RANDOM_UNIFORM(.5,1.5)", "A RATE uniform 0.5 1.5"],
    ["x = RANDOM NORMAL(0, 10, 5, 2)", "x normal 5 2 0 10"],
    ["x[A,B]=RANDOM TRIANGULAR(-.5,1.5,-0.5,1,1.5)", "x[A,B] triangular -0.5 1 1.5"],
    ["x = RANDOM BETA(1, 3, 2, 5, 1, 2)", "x beta 2 5 1 3"],
    ["x = RANDOM BETA(0,\n 9, 2, 5, 1, 2)", "x beta 2 5 1 3"],
  ])("%j", (line, expected) => {
    const [only] = read(`9,M,1\n${line}\n`).result?.uncertain ?? [];
    const list = only?.subscripts.map((s) => s.text).join(",");
    expect(`${only?.name.text}${list ? `[${list}]` : ""} ${only?.family} ${only?.parameters.join(" ")}`).toBe(expected);
  });
});

describe("what cannot be followed", () => {
  test.each([
    ["", "the first line of a sensitivity file says how many runs: 200,M,1234"],
    ["x = RANDOM UNIFORM(0,1)", "the first line of a sensitivity file says how many runs: 200,M,1234"],
    ["10,U,1", 'the method "U" does not run here'],
    ["10,F,1,samples.tab", 'the method "F" does not run here'],
    ["10,M,1\nx = 3", "a constant and its distribution are written NAME = RANDOM UNIFORM(low, high)"],
    ["10,M,1\nx = VECTOR(0,1,0.1)", '"VECTOR" is not read'],
    ["10,M,1\nx = RANDOM UNIFORM(1,0)", "the arguments of RANDOM UNIFORM do not fit"],
    ["10,M,1\nx = RANDOM UNIFORM(a,b)", "the arguments of RANDOM UNIFORM do not fit"],
    ["10,M,1\nx = RANDOM TRIANGULAR(0,1,0,1,2)", "the limits cut off a part of this RANDOM TRIANGULAR"],
  ])("%j", (text, fact) => expect(read(text)).toEqual({ result: null, errors: [fact] }));

  test("all of them at once", () => {
    expect(read("10,M,1\nx = 3\ny = RANDOM UNIFORM(0,1)\nz = RANDOM LOOKUP(1)").errors).toHaveLength(2);
  });
});
