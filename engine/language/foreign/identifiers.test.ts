import { describe, expect, test } from "vitest";
import { elementNames, Identifiers } from "./identifiers.ts";

const identifiers = () => new Identifiers((name) => name === "time" || name === "step");

describe("Identifiers", () => {
  test.each([
    ["Birth Rate", "birth_rate"],
    ["birth_rate", "birth_rate"],
    ['say "when"', "say_when"],
    ["2nd stage", "n_2nd_stage"],
    ["人口 总数", "人口_总数"],
    ["Größe", "größe"],
    ["!?", "unnamed"],
    ["Time", "time_2"],
    ["a.b", "a_b"],
  ])("%j → %s", (text, name) => expect(identifiers().take(text)).toBe(name));

  test("texts that come out the same get numbers", () => {
    const names = identifiers();
    expect(["a b", "a-b", "A.B", "a b 2"].map((t) => names.take(t))).toEqual(["a_b", "a_b_2", "a_b_3", "a_b_2_2"]);
  });
});

describe("elementNames", () => {
  test("elements may be numbers, and are unique", () => {
    expect(elementNames(["1", "0-4", "0+4", "North"])).toEqual(["1", "0_4", "0_4_2", "north"]);
  });
});
