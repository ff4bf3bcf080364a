import { describe, expect, test } from "vitest";
import { compileForeignModel } from "../../compile-foreign.ts";
import { messageOf } from "../../diagnostics/messages.ts";
import type { ModelDocument, ValueBlock } from "../document.ts";

const MODEL = `Kind: k1, k2, k3 ~~|
Part: k2, k3 ~~|
Place: north, south ~~|
rate = 0.5 ~~|
many[Kind] = 1, 2, 3 ~~|
grid[Kind, Place] = 1,2; 3,4; 5,6; ~~|
table((0,0),(1,1)) ~~|
order = 2 ~~|
Stock = INTEG(rate * DELAY N(many[k1], 40, 1, order), table(1)) ~~|
INITIAL TIME = 0 ~~|
FINAL TIME = 2 ~~|
TIME STEP = 1 ~~|
`;
const bytes = (text: string) => new TextEncoder().encode(text);

/** The document of the model with a file beside it, and what is wrong with the file. */
function read(path: string, text: string): { document: ModelDocument | null; errors: string[] } {
  const source = { path: "m.mdl", bytes: bytes(MODEL), external: () => null, tags: new Map(), data: [] };
  const { document, diagnostics } = compileForeignModel({ ...source, scenarioFiles: [{ path, bytes: bytes(text) }] });
  return { document, errors: diagnostics.map((d) => `${d.code}: ${messageOf(d, "en").fact}`) };
}

const show = (value: ValueBlock | null): string =>
  value?.kind === "number"
    ? String(value.value)
    : value?.kind === "by-element"
      ? value.entries.map((e) => `${e.element.text}=${e.value}`).join(" ")
      : "none";

describe("a file of changes is a scenario beside the base run", () => {
  test.each([
    ["rate = 2", ["rate: 2"]],
    ["many[Kind] = 4,5,6", ["many: k1=4 k2=5 k3=6"]],
    ["many[Part] = 9", ["many: k1=1 k2=9 k3=9"]],
    ["many[k2] = 9\nmany[Kind] = 7\nrate = 1", ["many: k1=7 k2=7 k3=7", "rate: 1"]],
    ["grid[Part, south] = 8, 9", ["grid: k1, north=1 k1, south=2 k2, north=3 k2, south=8 k3, north=5 k3, south=9"]],
  ])("%j", (text, expected) => {
    const { document, errors } = read("runs/High growth.cin", text);
    expect(errors).toEqual([]);
    expect(document?.scenarios.map((scenario) => scenario.name.text)).toEqual(["base", "High_growth"]);
    const overrides = document?.scenarios[1]?.parameters ?? [];
    expect(overrides.map(({ parameter, value }) => `${parameter.text}: ${show(value)}`)).toEqual(expected);
  });
});

test("a distribution holds for a constant, or for all elements of one", () => {
  const text = "9,M,1\nrate=RANDOM UNIFORM(0,1)\nmany[Kind]=RANDOM NORMAL(0,9,2,1)\n";
  const { document, errors } = read("m.vsc", text);
  expect(errors).toEqual([]);
  const given = document?.variables.flatMap((variable) =>
    variable.kind === "parameter" && variable.distribution && "source" in variable.distribution
      ? [`${variable.name.text}: ${variable.distribution.source.text}`]
      : [],
  );
  expect(given).toEqual(["rate: uniform(0, 1)", "many: normal(2, 1, 0, 9)"]);
});

describe("what does not fit the model", () => {
  test.each([
    ["a.cin", "rats = 1", 'mdl-change: there is no "rats" in the model to change'],
    ["a.cin", "stock = 1", 'mdl-change: "stock" is no constant or lookup, so it cannot be changed from outside'],
    ["a.cin", "table((0,1))", 'mdl-change: a scenario cannot change the table "table"'],
    [
      "a.cin",
      "order = 3",
      'mdl-change: the model is built with the value of "order", so it cannot differ between runs',
    ],
    [
      "a.cin",
      "FINAL TIME = 9",
      'mdl-change: the model is built with the value of "FINAL TIME", so it cannot differ between runs',
    ],
    ["a.cin", "many = 1", 'mdl-change: "many" has another number of subscripts in the model'],
    ["a.cin", "many[Kind] = 1,2", 'foreign-number-count: "many" needs 3 numbers, and 2 are given'],
    ["a.vsc", "9,M,1\nmany[k1]=RANDOM UNIFORM(0,1)", 'mdl-change: a distribution must hold for all elements of "many"'],
  ])("%s %j", (path, text, error) => expect(read(path, text).errors).toEqual([error]));

  test("an element that is none of the variable's", () => {
    expect(read("a.cin", "many[north] = 1").errors).toEqual([expect.stringMatching(/^foreign-subscript: /)]);
  });
});
