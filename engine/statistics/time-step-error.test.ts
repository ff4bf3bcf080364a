import { describe, expect, test } from "vitest";
import { buildCatalog } from "../ensemble/build-catalog.ts";
import { withFinerStep } from "../ensemble/finer-step.ts";
import { planEnsemble } from "../ensemble/plan.ts";
import { createBlockRunner } from "../ensemble/run-block.ts";
import { compileText } from "../testing/compile-text.ts";
import { type TimeStepError, timeStepErrors } from "./time-step-error.ts";

const modelOf = (
  method: string,
) => `model: {name: t, time: {start: 0, stop: 4, step: 1/4, save: 1, unit: year}, method: ${method}}
parameters:
  rate: {value: 0.5, unit: 1/year, distribution: "uniform(0.4, 0.6)"}
noise:
  shock: {process: normal, sd: 0.1, unit: "1", every: 1}
stocks:
  x: {initial: 100, outflows: [decay], unit: kg, indicator: end}
flows:
  decay: {equation: rate * x * (1 + shock), unit: kg/year, indicator: total}
auxiliaries:
  constant: {equation: "2 * initial(x)", unit: kg, indicator: end}
scenarios: {base: {}}
`;

/** The errors of all indicators, by name. */
function errorsOf(yaml: string): Record<string, TimeStepError> {
  const { document, model } = compileText(yaml);
  const sources = new Map([["model.yaml", yaml]]);
  const runs = [1, 2, 4].map((divisor) => {
    const finer = withFinerStep(document!, sources, divisor);
    const plan = planEnsemble(finer.model, finer.program, buildCatalog(finer.model, "h"), {
      seed: 1,
      draws: 24,
      blockDraws: 16,
    });
    const run = createBlockRunner(plan);
    return [run(0), run(1)];
  });
  const errors = timeStepErrors(buildCatalog(model!, "h"), [runs[0]!, runs[1]!, runs[2]!]);
  return Object.fromEntries(errors.map((error) => [error.indicator, error]));
}

describe.each([
  ["euler", 1],
  ["rk2", 2],
  ["rk4", 4],
])("exponential decay by the method %s", (method, order) => {
  const errors = errorsOf(modelOf(method));

  test(`converges with order ${order}; the shocks stay where they are`, () => {
    expect(errors.x!.order).toBeCloseTo(order, 0);
    expect(Math.abs(errors.x!.order! - order)).toBeLessThan(0.25);
  });

  test("a value that the step does not touch has no difference and no order", () => {
    expect(errors.constant).toMatchObject({ difference: 0, band: 0, share: null, order: null, error: null });
  });
});

test("the estimated error is the true one, where the solution is known", () => {
  const errors = errorsOf(
    modelOf("euler").replace("sd: 0.1", "sd: 0").replace("uniform(0.4, 0.6)", "uniform(0.5, 0.5000001)"),
  );
  const { time, error } = errors.x!;
  const exact = 100 * Math.exp(-0.5 * time);
  const euler = 100 * (1 - 0.5 / 4) ** (4 * time);
  expect(Math.abs(error! - Math.abs(euler - exact)) / Math.abs(euler - exact)).toBeLessThan(0.15);
});
