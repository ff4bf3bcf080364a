import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { DiagnosticData } from "../../diagnostics/diagnostic.ts";
import { simulate } from "../../ensemble/simulate.ts";
import { compileText, problems } from "../../testing/compile-text.ts";
import { FUNCTIONS } from "../functions.ts";
import { dimensionOf } from "./unit.ts";
import { unitRule } from "./unit-rule.ts";
import { UnitTable } from "./unit-table.ts";

const VARIABLES = `
dimensions: {place: {elements: [north, south], groups: {coast: {north: 1, south: 0.5}}}}
parameters:
  p: {value: 2, unit: person}
  q: {value: 3, unit: person}
  wan: {value: 3, unit: 万人}
  y: {value: 5, unit: 亿元}
  real: {value: 5, unit: 亿元@2020}
  per_wan: {value: 10000, unit: person/万人}
  rate: {value: 0.1, unit: 1/year}
  pct: {value: 20, unit: percent}
  share_: {value: 0.2, unit: "1"}
  deflator: {value: 1.1, unit: 元/元@2020}
  tau: {value: 4, unit: year}
  base: {value: 2, unit: year}
  days: {value: 30, unit: day}
  v[place]: {value: {north: 1, south: 2}, unit: person}
lookups:
  table: {points: [[0, 1], [10, 2]], unit: yuan, x_unit: person}
  curve: {points: [[0, 1], [10, 2]], unit: "1"}
`;

/** The unit that the check infers for an equation, or its unit errors. */
function unitOf(equation: string): string {
  const yaml = `${VARIABLES}auxiliaries: {x: {equation: ${JSON.stringify(equation)}}}\n`;
  const { diagnostics } = compileText(yaml);
  const errors = diagnostics.filter((d) => d.severity === "error");
  if (errors.length > 0) return errors.map((d) => d.code).join(" ");
  const missing = diagnostics.find((d) => d.code === "unit-missing");
  if (!missing) throw new Error(`no unit is inferred for ${equation}`);
  return (missing.data as DiagnosticData["unit-missing"]).found[0]?.unit ?? "any";
}

describe("the unit of an equation", () => {
  it.each([
    ["p + q", "person"],
    ["p + 0", "person"],
    ["max(0, p)", "person"],
    ["p * rate", "person/year"],
    ["p / q", "1"],
    ["p^2 / q", "person"],
    ["p^(-1)", "1/person"],
    ["sqrt(p * q)", "person"],
    ["wan * per_wan", "person"],
    ["exp(rate * (time - base))", "1"],
    ["ln(p / q)", "1"],
    ["(p / q)^0.7", "1"],
    ["p > q", "1"],
    ["if(p > q, p, q)", "person"],
    ["if(p, 1, 2)", "any"],
    ["safe_divide(y, p)", "亿元/person"],
    ["clip(p, 0, q)", "person"],
    ["sum(v, place)", "person"],
    ["mean(v, coast)", "person"],
    ["history(p, 5)", "person"],
    ["initial(p)", "person"],
    ["step_at(3) * p", "person"],
    ["smooth(p, tau)", "person"],
    ["smooth(p, 3)", "person"],
    ["trend(p, tau)", "1/year"],
    ["forecast(p, 3, 2)", "person"],
    ["ramp(rate, base)", "1"],
    ["npv(y * rate, rate)", "亿元"],
    ["table(p)", "yuan"],
    ["lookup_inverse(table, table(p))", "person"],
    ["curve(p) * curve(q)", "1"],
    ["real * deflator", "亿元"],
    ["100 - pct", "percent"],
    ["-p", "person"],
    ["2 * 3", "any"],
    ["power(p, 2)", "person^2"],
    ["time_step * rate", "1"],
  ])("%s: %s", (equation, unit) => {
    // Units are compared by meaning: 亿元@2020 * 元/元@2020 is 亿元.
    const table = new UnitTable();
    const found = unitOf(equation);
    const [a, b] = [table.parse(found).unit, table.parse(unit).unit];
    expect(a && b ? [...dimensionOf(a)] : found).toEqual(a && b ? [...dimensionOf(b)] : unit);
  });

  it.each([
    ["p + y", "unit-mismatch"],
    ["p + wan", "unit-mismatch"],
    ["p + 1", "unit-mismatch"],
    ["1 - pct", "unit-mismatch"],
    ["y + real", "unit-mismatch"],
    ["tau + days", "unit-mismatch"],
    ["p > 5", "unit-mismatch"],
    ["if(1, p, y)", "unit-mismatch"],
    ["min(p, q, y)", "unit-mismatch"],
    ["safe_divide(y, p, y)", "unit-mismatch"],
    ["smooth(p, q)", "unit-mismatch"],
    ["table(y)", "unit-mismatch"],
    ["curve(p) + curve(y)", "unit-mismatch"],
    ["exp(p)", "unit-transcendental"],
    ["exp(pct)", "unit-transcendental"],
    ["product(v, place)", "unit-transcendental"],
    ["p^0.5", "unit-exponent"],
    ["2^p", "unit-exponent"],
    ["(p + y) * (p + y)", "unit-mismatch unit-mismatch"],
    ["exp(p + y) + 1", "unit-mismatch"],
  ])("%s: %s", (equation, codes) => expect(unitOf(equation)).toBe(codes));
});

/** The errors of an equation whose variable declares a unit. */
const declared = (equation: string, unit: string) =>
  problems(`${VARIABLES}auxiliaries:\n  x: {equation: ${JSON.stringify(equation)}, unit: ${unit}}\n`)
    .map((line) => line.split(" ")[0]!)
    .filter((code) => code.startsWith("unit-"));

describe("a conversion may be written as a number", () => {
  it.each([
    ["100 * p / q", "percent"],
    ["100 * p / q", "'1'"],
    ["p / 10000", "万人"],
    ["wan * 1e4", "person"],
    ["y * 10^8", "元"],
    ["rate * pct / 100", "1/year"],
    ["365 * p / tau / 365", "person/year"],
    ["p / tau / 365", "person/day"],
    ["p / tau / 52", "person/week"],
  ])("%s in %s", (equation, unit) => expect(declared(equation, unit)).toEqual([]));

  it.each([
    ["p / q", "percent"],
    ["p / q / 100", "percent"],
    ["p", "万人"],
    ["p * 10000", "万人"],
    ["1000 * y", "元"],
    ["p / tau / 300", "person/day"],
  ])("but %s is not in %s", (equation, unit) => expect(declared(equation, unit)).toEqual(["unit-mismatch"]));
});

describe("time", () => {
  it.each([
    ["time - 2020", "year"],
    ["1 + 0.02 * (time - 2020)", "'1'"],
    ["exp(-(time - 2020) / 15)", "'1'"],
    ["exp(-(time - base) / tau)", "'1'"],
    ["if(time > 2025, 1, 0)", "'1'"],
    ["min(time, stop_time)", "year"],
    ["p * (time - base) * rate", "person"],
  ])("%s in %s", (equation, unit) => expect(declared(equation, unit)).toEqual([]));
});

describe("one mistake is one error", () => {
  const GOOD = `
stocks: {n: {initial: 1000, inflows: [births], outflows: [deaths], unit: person}}
flows:
  births: {equation: birth * n, unit: person/year}
  deaths: {equation: n / life, unit: person/year}
parameters:
  birth: {value: 0.02, unit: 1/year}
  life: {value: 50, unit: year}
auxiliaries:
  crude: {equation: births / n, unit: 1/year}
  growth: {equation: births - deaths, unit: person/year}
`;
  const change = (from: string, to: string) => problems(GOOD.replace(from, to));

  it("the model is well", () => expect(problems(GOOD)).toEqual([]));
  it("a flow declared wrongly is blamed, not its users", () =>
    expect(
      change("births: {equation: birth * n, unit: person/year}", "births: {equation: birth * n, unit: person}"),
    ).toEqual(["unit-mismatch 4:22"]));
  it("a parameter used twice is blamed, not the two equations", () =>
    expect(
      change("life: {value: 50, unit: year}", "life: {value: 50, unit: month}\n  twice: {value: 1, unit: '1'}").filter(
        (p) => p.startsWith("unit"),
      ),
    ).toEqual(["unit-mismatch 5:22"]));
  it("an unreadable unit is not blamed again", () =>
    expect(change("unit: 1/year}\n  life", "unit: 1/yaer}\n  life")).toEqual(["unit-unknown 7:32"]));
  it("an unknown name is not blamed for its unit", () =>
    expect(change("birth * n", "brith * n")).toEqual(["unknown-name 4:22"]));
  it("a model without any units is only warned", () =>
    expect(problems(GOOD.replaceAll(/, unit: [^,}]+/g, ""))).toEqual(["unit-missing 2:10"]));
});

describe("units of the model's own", () => {
  const model = (units: string, unit: string) =>
    problems(
      `units: ${units}\nparameters: {a: {value: 1, unit: ${unit}}}\nauxiliaries: {x: {equation: a, unit: person}}\n`,
    );
  it("of another unit", () => expect(model("{child: {of: person}}", "child")).toEqual([]));
  it("with a factor, which is not applied silently", () =>
    expect(model("{household: {of: person, times: 3}}", "household")).toEqual(["unit-mismatch 3:29"]));
  it("in any order", () => expect(model("{a1: {of: b1}, b1: {of: person}}", "a1")).toEqual([]));
  it("a new thing is like nothing else", () =>
    expect(model("{boat: {title: Boats}}", "boat")).toEqual(["unit-mismatch 3:29"]));
  it("a known unit keeps its meaning", () =>
    expect(model("{year: {of: day, times: 360}}", "person")).toEqual(["unit-definition 1:9"]));
});

test("every function has a unit rule that reads", () => {
  for (const entry of Object.values(FUNCTIONS)) expect(() => unitRule(entry.units), entry.name).not.toThrow();
});

/** Equations at random, most of them with units that fit. */
const equation: fc.Arbitrary<string> = fc.letrec<{ any: string }>((tie) => ({
  any: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("p", "q", "y", "r", "s", "0", "2", "0.5"),
    fc.tuple(tie("any"), fc.constantFrom("*", "/"), tie("any")).map(([a, o, b]) => `(${a} ${o} ${b})`),
    fc.tuple(tie("any"), tie("any")).map(([a, b]) => `(${a} * p / q + ${a} * (${b}) / (${b}))`),
    tie("any").map((a) => `sqrt(abs(${a}))`),
    tie("any").map((a) => `(${a})^2`),
    tie("any").map((a) => `max(${a}, ${a} * s)`),
    tie("any").map((a) => `if(${a} > 0, ${a} / s, 0)`),
    tie("any").map((a) => `exp(s * (${a}) / (1 + abs(${a}) + abs(${a})))`),
    tie("any").map((a) => `smooth(${a}, 3)`),
  ),
})).any;

test("property: in a smaller unit every result is larger by the power that its unit says", () => {
  const run = (text: string, people: number, money: number) => {
    const { model, program, diagnostics } = compileText(
      `
parameters:
  p: {value: ${3 * people}, unit: person}
  q: {value: ${7 * people}, unit: person}
  y: {value: ${11 * money}, unit: yuan}
  r: {value: ${(5 * money) / people}, unit: yuan/person}
  s: {value: 0.3, unit: "1"}
stocks: {n: {initial: p, inflows: [growth], unit: person}}
flows: {growth: {equation: n * s / delay, unit: person/year}}
auxiliaries: {x: {equation: ${JSON.stringify(text.replaceAll("q", "n"))}}}
`.replace("parameters:", "parameters:\n  delay: {value: 4, unit: year}"),
    );
    if (!model || !program) return null;
    const missing = diagnostics.find((d) => d.code === "unit-missing")?.data as DiagnosticData["unit-missing"];
    const { columns, failure } = simulate(model, program, { variables: ["x"] });
    const unit = missing.found[0]?.unit;
    return failure || unit === undefined ? null : { unit, values: [...columns[0]!.values] };
  };
  // Powers of two, so that rounding scales too and the results agree to the last bit.
  const [people, money] = [2 ** 16, 2 ** -16];
  let compared = 0;
  fc.assert(
    fc.property(equation, (text) => {
      const before = run(text, 1, 1);
      if (!before) return;
      const after = run(text, people, money);
      const dimension = dimensionOf(new UnitTable().parse(before.unit).unit!);
      const scale = 2 ** (16 * ((dimension.get("person") ?? 0) - (dimension.get("yuan") ?? 0)));
      // Numbers beyond the range of binary64 do not scale.
      if (!after || before.values.some((v) => v !== 0 && (Math.abs(v * scale) < 1e-290 || Math.abs(v) < 1e-290)))
        return;
      compared++;
      expect(after.values, `${text} in ${before.unit}`).toEqual(before.values.map((v) => v * scale));
    }),
    { numRuns: 400 },
  );
  expect(compared).toBeGreaterThan(100);
});
