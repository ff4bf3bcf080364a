import { expect, test } from "vitest";
import { statementsOf, visitStatement } from "../ir/visit.ts";
import { compileText } from "../testing/compile-text.ts";
import { withFinerStep } from "./finer-step.ts";

const yaml = (
  numerics: string,
) => `model: {name: t, numerics: ${numerics}, time: {start: 0, stop: 4, step: 1, unit: "1"}}
parameters: {a: {value: 0.3, unit: "1"}}
stocks: {x: {initial: 2, inflows: [grows], unit: "1", indicator: end}}
flows: {grows: {equation: x^a * 3^a, unit: "1"}}
`;

/** Names of the functions that a program computes, powers by their operation. */
function operationsOf(text: string, divisor: number): Set<string> {
  const { document } = compileText(text);
  const { program } = withFinerStep(document!, new Map([["model.yaml", text]]), divisor);
  const found = new Set<string>();
  for (const s of statementsOf(program))
    visitStatement(s, (e) => {
      if (e.kind === "unary" || e.kind === "binary") found.add(e.op);
    });
  return found;
}

test.each([1, 2, 4])("the model's numerics edition holds with the step divided by %i", (divisor) => {
  const exact = operationsOf(yaml("exact"), divisor);
  expect([exact.has("power"), exact.has("exp")]).toEqual([true, false]);
  const logarithms = operationsOf(yaml("logarithms"), divisor);
  expect([logarithms.has("power"), logarithms.has("exp")]).toEqual([false, true]);
});

test("an undivided step gives the program of the model itself", () => {
  const text = yaml("logarithms");
  const { document, program } = compileText(text);
  expect(withFinerStep(document!, new Map([["model.yaml", text]]), 1).program).toEqual(program);
});
