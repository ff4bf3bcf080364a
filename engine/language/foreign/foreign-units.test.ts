import { describe, expect, test } from "vitest";
import { readPowers } from "./foreign-units.ts";

describe("readPowers", () => {
  const read = (text: string) => {
    const powers = readPowers(text, (name) => (name === "dmnl" ? null : name));
    return powers && Object.fromEntries(powers);
  };
  test.each([
    ["person", { person: 1 }],
    ["person/year", { person: 1, year: -1 }],
    ["a/b*c", { a: 1, b: -1, c: 1 }],
    ["a/(b*c)", { a: 1, b: -1, c: -1 }],
    ["km^2/dmnl", { km: 2 }],
    ["degrees Fahrenheit/minute", { "degrees Fahrenheit": 1, minute: -1 }],
    ["a/a", {}],
    ["(a*b)^2", { a: 2, b: 2 }],
    ["a//b", null],
    ["(a", null],
    ["", null],
    ["a^x", null],
  ])("%s", (text, powers) => expect(read(text)).toEqual(powers));
});
