import { describe, expect, test } from "vitest";
import { definitions } from "./testing/print-model.ts";

const MODEL = `D: D1, D2, D3 ~~|
Part: D1, D2 ~~|
rate = 0.5 ~~|
many[D] = 1, 2, 3 ~~|
apart[D1] = 1 ~~|
apart[D2] = 2 ~~|
table((0,0),(1,1)) ~~|
sum = rate + many[D1] ~~|
`;
const changed = (text: string) => {
  const plain = definitions(MODEL);
  const lines = definitions(MODEL, { changes: [{ path: "c.cin", text }] });
  return lines.filter((line) => !plain.includes(line));
};

describe("a change", () => {
  test.each([
    ["rate = 0.75", ["rate = 0.75"]],
    ["RATE=-1e-3 ", ["rate = (- 0.001)"]],
    ["0.0 <= rate = .015 <= .1", ["rate = 0.015"]],
    ["many[D] = 4,5,6", ["many[D] = numbers 4 5 6"]],
    ["many[D] = 4,\n5,\n6", ["many[D] = numbers 4 5 6"]],
    ["many[D2] = 9", ["many[D] except [D2] = numbers 1 2 3", "many[D2] = 9"]],
    ["apart[D] = 7", ["apart[D] = 7"]],
    ["apart[Part] = 7", ["apart[Part] = 7"]],
    ["table(0,1,\n  5,6)", ["table = table 0:5 1:6"]],
    ["rate = 1\n\nrate = 2\n", ["rate = 2"]],
    ["", []],
  ])("%j", (text, lines) => expect(changed(text)).toEqual(lines));

  test("later files count for more than earlier ones", () => {
    const changes = ["rate = 1", "rate = 2"].map((text, i) => ({ path: `${i}.cin`, text }));
    expect(definitions(MODEL, { changes })).toContain("rate = 2");
  });
});

describe("what cannot be changed", () => {
  test.each([
    ["rats = 1", 'mdl-change: there is no "rats" in the model to change'],
    ["sum = 1", 'mdl-change: "sum" is no constant or lookup, so it cannot be changed from outside'],
    ["table = 1", 'mdl-change: "table" is no constant or lookup, so it cannot be changed from outside'],
    ["rate((0,0))", 'mdl-change: "rate" is no constant or lookup, so it cannot be changed from outside'],
    ["many = 1", 'mdl-change: "many" has another number of subscripts in the model'],
    ["rate = rate * 2", 'mdl-syntax: "rate" stands where a number belongs'],
    ["rate", 'mdl-syntax: "rate" stands where a number belongs'],
    ["rate = ", 'mdl-syntax: "rate" stands where a number belongs'],
    ["rate = (1", 'mdl-syntax: a bracket is opened here and never closed: ")" is missing'],
  ])("%j", (text, error) => expect(changed(text).map((line) => line.replace(/^\S+ /, ""))).toEqual([error]));
});
