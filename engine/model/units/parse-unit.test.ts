import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { KNOWN_UNITS } from "./known-units.ts";
import { divideUnits, equalUnits, multiplyUnits, powerOfUnit, type Unit, unitText } from "./unit.ts";
import { UnitTable } from "./unit-table.ts";

const table = new UnitTable();
const unit = (text: string): Unit => {
  const parsed = table.parse(text);
  if (!parsed.unit) throw new Error(`${text}: ${JSON.stringify(parsed.problem)}`);
  return parsed.unit;
};
const problem = (text: string) => table.parse(text).problem;

describe("units that are the same", () => {
  it.each([
    ["person/year", "人/年"],
    ["元/person/year", "yuan/(person*year)"],
    ["km2", "km^2"],
    ["km²", "平方公里"],
    ["%", "percent"],
    ["1", "person/人"],
    ["1/year", "year^-1"],
    ["person per year", "person / year"],
    ["元/(人·年)", "元/人/年"],
    ["亿元@2020/年", "亿元@2020/year"],
    ["kWh", "kW*h"],
    ["ha", "万平方米"],
    ["1/(1/year)", "year"],
    ["(m/s)^2", "m^2/s²"],
  ])("%s and %s", (a, b) => expect(equalUnits(unit(a), unit(b))).toBe(true));
});

describe("units that are not the same", () => {
  it.each([
    ["亿元", "元"],
    ["percent", "1"],
    ["万人", "person"],
    ["亿元", "亿元@2020"],
    ["亿元@2015", "亿元@2020"],
    ["month", "year"],
    ["degC", "degF"],
    ["child", "person"],
    ["km", "km2"],
  ])("%s and %s", (a, b) => expect(equalUnits(unit(a), unit(b))).toBe(false));
});

describe("units that cannot be read", () => {
  it.each([
    ["", "empty"],
    ["元/人·年", "product-after-stroke"],
    ["person year", "two-names"],
    ["1000 person", "number"],
    ["person/", "unfinished"],
    ["/year", "unfinished"],
    ["(person", "bracket"],
    ["person)", "bracket"],
    ["km^0.5", "power"],
    ["km^13", "power"],
    ["((km^12)^12)^12", "power"],
    ["person@2020", "price-basis"],
    ["元@", "price-basis"],
    ["元&年", "two-names"],
    ["&", "character"],
    ["x".repeat(201), "too-long"],
  ])("%s: %s", (text, reason) => expect(problem(text)).toMatchObject({ kind: "syntax", reason }));

  it("names the part that is no unit, with its place", () => {
    expect(problem("person/yaer")).toEqual({ kind: "unknown", name: "yaer", start: 7, end: 11 });
    expect(table.near("yaer")[0]).toBe("year");
  });
});

test("no spelling stands for two units", () => {
  const names = KNOWN_UNITS.flatMap((u) => u.names);
  expect(names.filter((n, i) => names.indexOf(n) !== i)).toEqual([]);
});

const atom = fc.constantFrom(...KNOWN_UNITS.flatMap((u) => u.names), "亿元@2020", "1").map(unit);
const anyUnit = fc
  .array(fc.tuple(atom, fc.integer({ min: -3, max: 3 })), { maxLength: 4 })
  .map((parts) => parts.reduce((u, [a, power]) => multiplyUnits(u, powerOfUnit(a, power)), unit("1")));

test("property: the text of a unit is read as the same unit", () => {
  fc.assert(fc.property(anyUnit, (u) => equalUnits(unit(unitText(u)), u)));
});

test("property: units are a commutative group under multiplication", () => {
  fc.assert(
    fc.property(anyUnit, anyUnit, anyUnit, (a, b, c) => {
      expect(equalUnits(multiplyUnits(a, b), multiplyUnits(b, a))).toBe(true);
      expect(equalUnits(multiplyUnits(multiplyUnits(a, b), c), multiplyUnits(a, multiplyUnits(b, c)))).toBe(true);
      expect(equalUnits(divideUnits(multiplyUnits(a, b), b), a)).toBe(true);
      expect(equalUnits(powerOfUnit(powerOfUnit(a, 2), 0.5), a)).toBe(true);
    }),
  );
});

test("property: any text at all is answered", () => {
  const piece = fc.constantFrom(
    "person",
    "年",
    "*",
    "/",
    "^",
    "(",
    ")",
    "2",
    "@",
    " ",
    "%",
    "1",
    "per",
    "²",
    "-",
    "😀",
  );
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 30 }),
    fc.array(piece, { maxLength: 12 }).map((p) => p.join("")),
  );
  fc.assert(
    fc.property(text, (t) => {
      const { unit: read, problem: fault } = table.parse(t);
      expect((read === null) !== (fault === null)).toBe(true);
      if (fault) expect(fault.start >= 0 && fault.start <= fault.end && fault.end <= t.length).toBe(true);
    }),
    { numRuns: 500 },
  );
});
