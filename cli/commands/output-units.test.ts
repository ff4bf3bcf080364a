import { describe, expect, it } from "vitest";
import { simulate } from "../../engine/ensemble/simulate.ts";
import { compileText } from "../../engine/testing/compile-text.ts";
import { inOutputUnits, readUnitRequest } from "./output-units.ts";

const { document, model, program } = compileText(`
units: {household: {of: person, times: 4}}
parameters:
  people: {value: 20000, unit: person}
  output: {value: 3, unit: 亿元@2020/year}
`);

const convert = (...requests: string[]) =>
  inOutputUnits(simulate(model!, program!), requests.map(readUnitRequest), document!).columns.map((c) => [
    c.variable,
    c.values[0],
    c.unit,
  ]);

describe("output in other units", () => {
  it("converts the named variables and leaves the others", () =>
    expect(convert("people=万人")).toEqual([
      ["people", 2, "万人"],
      ["output", 3, "亿元@2020/year"],
    ]));
  it("knows the model's own units", () =>
    expect(convert("people=household")[0]).toEqual(["people", 5000, "household"]));
  it("keeps the prices", () => expect(convert("output=元@2020/year")[1]![1]).toBe(3e8));
  it.each([
    ["people=元", "incompatible units: person and 元"],
    ["output=元/year", "incompatible units: 亿元@2020/year and 元/year"],
    ["people=persn", "unknown unit: persn (near: person)"],
    ["poeple=人", "unknown variable: poeple (near: people)"],
    ["people", "invalid --units: people (write name=unit)"],
  ])("refuses %s", (request, message) => expect(() => convert(request)).toThrow(message));
});
