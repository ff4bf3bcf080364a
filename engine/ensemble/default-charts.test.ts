import { expect, test } from "vitest";
import { goodModel } from "../testing/compile-text.ts";
import { changingVariables } from "./changing-variables.ts";
import { defaultCharts } from "./default-charts.ts";

/** Names of the fans of a model, in order. */
const fans = (yaml: string): string[] =>
  defaultCharts(goodModel(yaml).model, ["base"], "base").flatMap((c) => (c.kind === "fan" ? [c.indicator] : []));

const everything = `
parameters:
  first: {value: 10, unit: "1", indicator: end}
  rate: {value: 0.1, unit: 1/year, indicator: end}
auxiliaries:
  ratio: {equation: x / first, unit: "1", indicator: end}
  twice: {equation: 2 * first, unit: "1", indicator: end}
flows:
  decay: {equation: rate * x, unit: 1/year, indicator: end}
stocks:
  x: {initial: first, outflows: [decay], unit: "1", indicator: end}
`;

test("where constants are indicators too: stocks, flows, the rest, and no constants", () => {
  expect(fans(everything)).toEqual(["x", "decay", "ratio"]);
});

test("an author's own choice keeps its order, without what is computed from constants alone", () => {
  const ownChoice = everything.replaceAll(/(value: .*), indicator: end/gu, "$1");
  const sections = ownChoice.trim().split(/\n(?=\w)/u);
  expect(fans(ownChoice)).toEqual(["ratio", "decay", "x"]);
  expect(fans(`${sections.toReversed().join("\n")}\n`)).toEqual(["x", "decay", "ratio"]);
});

test("a model of constants shows them", () => {
  expect(fans(`parameters: {a: {value: 1, unit: "1", indicator: end}}\n`)).toEqual(["a"]);
});

test.each([
  ["time - start_time", true],
  ["delay_fixed(a, span, 0)", true],
  ["pulse(2, span)", true],
  ["2 * a", false],
  ["min(a, b)", false],
])("%s changes: %s", (equation, changes) => {
  const yaml = `parameters: {a: {value: 1, unit: "1"}, span: {value: 2, unit: year}}\nauxiliaries:\n  b: {equation: a + 1, unit: "1"}\n  c: {equation: "${equation}", unit: "UNIT"}\n`;
  const { model } = goodModel(yaml.replace("UNIT", equation.startsWith("time") ? "year" : "1"));
  expect([...changingVariables(model)].some((v) => v.name === "c")).toBe(changes);
});
