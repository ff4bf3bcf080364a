import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editDistance, nearestNames } from "./nearest.ts";

const distance = (a: string, b: string, limit = 100) => editDistance([...a], [...b], limit);

describe("edit distance", () => {
  test.each([
    ["population", "population", 0],
    ["populaton", "population", 1],
    ["popluation", "population", 1],
    ["births", "deaths", 3],
    ["", "abc", 3],
    ["ca", "abc", 3],
    ["人囗", "人口", 1],
    ["𠮷田", "吉田", 1],
  ])("%j to %j is %d", (a, b, expected) => expect(distance(a, b)).toBe(expected));

  test("property: zero only for equal texts, symmetric, at most the longer length", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(distance(a, b) === 0).toBe(a === b);
        expect(distance(a, b)).toBe(distance(b, a));
        expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });

  test("property: within a limit it is exact, beyond it larger than the limit", () => {
    const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 8 });
    fc.assert(
      fc.property(word, word, fc.nat(5), (a, b, limit) => {
        expect(distance(a, b, limit)).toBe(Math.min(distance(a, b), limit + 1));
      }),
    );
  });
});

describe("nearest names", () => {
  test("best first", () => {
    expect(nearestNames("birht", ["birthday", "births", "deaths", "birth"])).toEqual(["birth"]);
    expect(nearestNames("populatoin", ["population_2", "population", "pollution"])).toEqual([
      "population",
      "population_2",
    ]);
  });

  test("a difference of case or of underscores alone is nearest of all", () => {
    expect(nearestNames("gdp", ["gdb", "GDP"])[0]).toBe("GDP");
    expect(nearestNames("birthrate", ["birthrite", "birth_rate"])[0]).toBe("birth_rate");
  });

  test("the name itself is never offered", () => {
    expect(nearestNames("births", ["births"])).toEqual([]);
  });

  test("a beginning of a name, and the name with more after it, are near", () => {
    expect(nearestNames("base", ["baseline", "fast"])).toEqual(["baseline"]);
    expect(nearestNames("maximum_of", ["max"])).toEqual(["max"]);
    expect(nearestNames("城镇", ["城镇化率", "乡村"])).toEqual(["城镇化率"]);
  });

  test("Chinese names of two characters that share one", () => {
    expect(nearestNames("人囗", ["人口", "资本", "人"])).toEqual(["人", "人口"]);
    expect(nearestNames("出生", ["死亡"])).toEqual([]);
  });

  test("nothing that is too far, and nothing for names of one or two letters", () => {
    expect(nearestNames("fertility", ["carbon_price"])).toEqual([]);
    expect(nearestNames("ab", ["ac", "a"])).toEqual([]);
  });

  test("at most four, the same for any order of the candidates", () => {
    const candidates = ["name1", "name2", "name3", "name4", "name5", "name6"];
    expect(nearestNames("name", candidates)).toEqual(["name1", "name2", "name3", "name4"]);
    expect(nearestNames("name", candidates.toReversed())).toEqual(["name1", "name2", "name3", "name4"]);
  });
});
