import { expect, test } from "vitest";
import { ChartError, type ChartProblem, chartProblemText } from "./chart-problem.ts";
import { PROBLEMS } from "./wording/problems.ts";

/** Facts that serve every kind of problem. */
const FACTS = {
  chart: "GRAPH",
  indicator: "INDICATOR",
  scenario: "SCENARIO",
  dimension: "DIMENSION",
  needs: "one",
  first: "FIRST",
  with: "unit",
  folder: "FOLDER",
  file: "FILE",
  name: "NAME",
  of: "OF",
  where: "WHERE",
  under: "UNDER",
  cell: "CELL",
  cause: "CAUSE",
  place: "PLACE",
  preset: "ipcc",
  percent: 17,
  number: 3,
  columns: 40,
  parts: 12,
  low: 1,
  high: 7,
  most: 4,
};

test.each(Object.keys(PROBLEMS))("%s names the same facts in both languages", (code) => {
  const problem = { code, ...FACTS } as unknown as ChartProblem;
  const [en, zh] = (["en", "zh"] as const).map((language) => chartProblemText(problem, language)) as [string, string];
  const facts = (text: string) => [...new Set(text.match(/[A-Z]{2,}|--[a-z]+|\d+/g))].sort();
  expect(facts(zh)).toEqual(facts(en));
  expect(zh).toMatch(/[\u4e00-\u9fff]/);
  expect(en).not.toMatch(/[\u4e00-\u9fff]|undefined/);
  expect(zh).not.toContain("undefined");
});

test("the error speaks English and holds the facts", () => {
  const error = new ChartError({ code: "unknown-indicator", indicator: "gdp" });
  expect(error.message).toBe('there is no indicator named "gdp" in the results');
  expect(chartProblemText(error.problem, "zh")).toBe('结果中没有名为 "gdp" 的指标');
});
