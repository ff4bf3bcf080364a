import { describe, expect, test } from "vitest";
import { compileText } from "../testing/compile-text.ts";
import { writeXmile } from "./write-xmile.ts";

const MODEL = `
dimensions:
  place: {elements: [north, south], aliases: [other], groups: {coast: {north: 0.5}}}
  age: {elements: 0..2}
parameters:
  a: {value: 2, unit: "1"}
  r: {value: 0.1, unit: 1/year}
  b[place]: {value: {north: 1, south: 2}, unit: "1"}
  c[place, age]: {value: 3, unit: "1"}
lookups: {curve: {points: [[0, 1], [1, 3]], unit: "1"}}
`;

/** What stands in the XMILE file for an equation of `x`, by element where it does. */
function written(equation: string, shape = "", model = MODEL): { eqn: string[]; unseen: string[] } {
  const {
    document,
    model: checked,
    diagnostics,
  } = compileText(`${model}
auxiliaries:
  x${shape}: {equation: ${JSON.stringify(equation)}, unit: "1"}
`);
  expect(diagnostics.filter((d) => d.severity === "error")).toEqual([]);
  const { text, unseen } = writeXmile(document!, checked!, [], { name: "t", version: "1" });
  const own = /<aux name="x">([\s\S]*?)<\/aux>/.exec(text)![1]!;
  const eqn = [...own.matchAll(/<eqn>([\s\S]*?)<\/eqn>/g)].map((m) =>
    m[1]!.replaceAll("&lt;", "<").replaceAll("&gt;", ">"),
  );
  return { eqn, unseen: unseen.filter((u) => u.name === "x").map((u) => u.what) };
}

describe("what XMILE can say", () => {
  test.each([
    ["a + a * (a - a) / a", "", "a + a * (a - a) / a"],
    ["a - (a - a)", "", "a - (a - a)"],
    ["-(a + a)^2", "", "-(a + a) ^ 2"],
    ["(a^a)^a", "", "(a ^ a) ^ a"],
    ["a mod 3", "", "a MOD 3"],
    ["if(a >= 2 and not (a == 3), a, -1)", "", "(IF a >= 2 AND NOT (a = 3) THEN a ELSE -1)"],
    ["min(a, 2, 3)", "", "MIN(MIN(a, 2), 3)"],
    ["clip(a, 0, 1)", "", "MIN(MAX(a, 0), 1)"],
    ["exp(a) + ln(a) + asin(a)", "", "EXP(a) + LN(a) + ARCSIN(a)"],
    ["ceil(a)", "", "-INT(-(a))"],
    ["step(a, 3) + time", "", "STEP(a, 3) + TIME"],
    ["smooth_n(a, 3, 4, 1)", "", "SMTHN(a, 3, 4, 1)"],
    ["delay_fixed(a, 2) + history(a, 2)", "", "DELAY(a, 2) + DELAY(a, 2)"],
    ["previous(a) + previous(a, 0)", "", "PREVIOUS(a, INIT(a)) + PREVIOUS(a, 0)"],
    ["npv(a, r, 0, 2) * r", "", "NPV(a, r, 0) * 2 * r"],
    ["curve(a)", "", "LOOKUP(curve, a)"],
    ["b * 2", "[place]", "b[place] * 2"],
    ["sum(b, place)", "", "SUM(b[*])"],
    ["sum(c, place, age)", "", "SUM(c[*, *])"],
    ["sum(c, age)", "[place]", "SUM(c[place, *])"],
    ["sum(c, age, place)", "", "SUM(c[*, age_0]) + SUM(c[*, age_1]) + SUM(c[*, age_2])"],
    ["maximum(exp(b), place)", "", "MAX(EXP(b[north]), EXP(b[south]))"],
    ["sum(b, coast)", "", "(IF 0.5 <> 0 THEN 0.5 * b[north] ELSE 0) + (IF 0 <> 0 THEN 0 * b[south] ELSE 0)"],
    ["c[place, age - 1] + age", "[place, age]", "c[place, age - 1] + (age - 1)"],
    ["if(place == south, 1, 2)", "[place]", "(IF place = 2 THEN 1 ELSE 2)"],
    ["share(b, place)", "[place]", "b[place] / SUM(b[*])"],
  ])("%s %s", (equation, shape, expected) => {
    expect(written(equation, shape)).toEqual({ eqn: [expected], unseen: [] });
  });
});

test("names that XMILE takes for one are refused", () => {
  const write = (yaml: string) => {
    const { document, model } = compileText(yaml);
    return () => writeXmile(document!, model!, [], { name: "t", version: "1" });
  };
  const parameters = (...names: string[]) =>
    `parameters: {${names.map((n) => `"${n}": {value: 1, unit: "1"}`).join(", ")}}\n`;
  expect(write(parameters("a_b", "a_c"))).not.toThrow();
  expect(write(parameters("a_b", "a__b"))).toThrow('XMILE cannot tell "a_b" and "a__b" apart');
  expect(write(`dimensions: {d: {elements: [a, a_]}}\n${parameters("p[d]")}`)).toThrow('"a" and "a_"');
});

describe("what it cannot say stands there as unfinished, and is told", () => {
  test.each([
    ["allocate(a, b, b, place)", "[place]", "allocate(…)"],
    ["softmax(b, place)", "[place]", "softmax(…)"],
    ["sample_if_true(a > 1, a, 0)", "", "sample_if_true(…)"],
    ["lookup_area(curve, 0, a)", "", "lookup_area(…)"],
    ["lookup_slope(curve, a)", "", "lookup_slope(…)"],
    ["solve(root, root ^ 3 - a, 0, 5)", "", "solve(…)"],
  ])("%s", (equation, shape, what) => {
    const { eqn, unseen } = written(equation, shape);
    expect([...new Set(eqn)]).toEqual([`??? {${what}}`]);
    expect(unseen).toEqual([what]);
  });
});
