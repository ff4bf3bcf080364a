/** A model as a fit problem: coordinates, predictions, and the machine that runs it. */
import { describe, expect, it } from "vitest";
import { buildCatalog } from "../ensemble/build-catalog.ts";
import { planEnsemble } from "../ensemble/plan.ts";
import { withKernel } from "../ensemble/plan-kernel.ts";
import { simulate } from "../ensemble/simulate.ts";
import { goodModel } from "../testing/compile-text.ts";
import { type FitObservation, fitModel } from "./fit-model.ts";

const MODEL = `dimensions: {town: {elements: [a, b]}}
stocks:
  people[town]: {initial: start, inflows: [growth * people], unit: person, indicator: end}
flows:
  births: {equation: "sum(growth * people, town)", unit: person/year, indicator: total}
auxiliaries:
  part[town]: {equation: "people / sum(people, town)", unit: "1", indicator: end}
  everybody[town]: {equation: "sum(people, town) + 0 * people", unit: person, indicator: end}
parameters:
  start[town]: {value: {a: 100, b: 200}, unit: person, distribution: "normal(value, 10)"}
  growth: {value: 0.02, unit: 1/year, distribution: "triangular(0, 0.02, 0.1)"}
  luck: {value: 1, unit: "1", distribution: "uniform(0, 1)"}
noise:
  weather: {process: ar1, persistence: 0.5, sd: 1, unit: "1"}
correlations:
  - [growth, luck, 0.5]
`;

function problem(withMachineCode: boolean) {
  const { model, program } = goodModel(MODEL);
  const catalog = buildCatalog(model, "");
  const plan = planEnsemble(model, program, catalog, { seed: 1, draws: 1 });
  const time = catalog.saveTimes.at(-1)!;
  const output = { variable: "v", unit: "u", area: "", level: "", ceiling: null, judgement: null };
  const observations: FitObservation[] = [
    { output: { ...output, indicator: "people", key: "b", weight: null, factor: 0.1 }, time, value: 30, error: 1 },
    { output: { ...output, indicator: "births", key: "", weight: null, factor: 1 }, time, value: 5, error: 1 },
    { output: { ...output, indicator: "part", key: "a", weight: "everybody", factor: 1 }, time, value: 99, error: 1 },
  ];
  const fit = fitModel(withMachineCode ? withKernel(plan) : plan, ["start", "growth"], observations);
  return { model, program, fit, time };
}

const point = (...z: number[]): Float64Array => Float64Array.from(z);

describe("coordinates", () => {
  const { fit } = problem(false);

  it("are the elements of the fitted parameters, in the model's order", () => {
    expect(fit.labels).toEqual(["start[a]", "start[b]", "growth"]);
    expect(fit.dimension).toBe(3);
  });

  it("at zero are the medians, and a standard deviation moves a normal parameter by its own", () => {
    const median = fit.valuesAt(point(0, 0, 0));
    expect(median[0]).toBeCloseTo(100, 9);
    // Median of triangular(0, .02, .1): b − √((b − a)(b − m) / 2).
    expect(median[2]).toBeCloseTo(0.1 - Math.sqrt((0.1 * 0.08) / 2), 9);
    expect(fit.valuesAt(point(1, -2, 0))[0]).toBeCloseTo(110, 6);
    expect(fit.valuesAt(point(1, -2, 0))[1]).toBeCloseTo(180, 6);
  });

  it("have normal scores that are standard normal under the prior, also where parameters are correlated", () => {
    const { model, program } = goodModel(MODEL);
    const catalog = buildCatalog(model, "");
    const plan = planEnsemble(model, program, catalog, { seed: 1, draws: 1 });
    const both = fitModel(plan, ["growth", "luck"], []);
    // A rank correlation of .5 is one of 2 sin(π / 12) between normal numbers.
    const r = 2 * Math.sin(Math.PI / 12);
    const scores = both.scoresAt(point(1.2, -0.4));
    expect(scores[0]).toBeCloseTo(1.2, 9);
    expect(scores[1]).toBeCloseTo(r * 1.2 - Math.sqrt(1 - r * r) * 0.4, 9);
    const quantiles = both.priorQuantiles(0.975);
    expect(quantiles[1]).toBeCloseTo(0.975, 12);
    expect(quantiles[0]).toBeCloseTo(0.1 - Math.sqrt(0.025 * 0.1 * 0.08), 9);
  });

  it("never leave the support of a distribution", () => {
    expect(fit.valuesAt(point(0, 0, 40))[2]).toBeLessThanOrEqual(0.1);
    expect(fit.valuesAt(point(0, 0, -40))[2]).toBeGreaterThanOrEqual(0);
  });
});

describe("predictions", () => {
  it("are those of a run with the same values and no shocks, in the unit of the observations", () => {
    const { model, program, fit } = problem(false);
    const z = point(0.5, -1, 0.3);
    const values = fit.valuesAt(z);
    const settings = fit.labels.map((name, i) => ({ name, value: values[i]! }));
    const { columns } = simulate(model, program, { settings });
    const last = (variable: string, key: string): number =>
      columns.find((c) => c.variable === variable && c.key === key)!.values.at(-1)!;
    const [people, , product] = fit.predict([z])[0]!;
    expect(people).toBe(last("people", "b") * 0.1);
    expect(product).toBe(last("part", "a") * last("everybody", "a"));
  });

  it("are the same bits from the interpreter and the kernel, whatever the number of points", () => {
    const points = [point(0, 0, 0), point(1, 2, -1), point(-0.3, 0.1, 2), point(2, -2, 1), point(0.7, 0.7, 0.7)];
    const interpreted = problem(false).fit.predict(points);
    expect(problem(true).fit.predict(points)).toEqual(interpreted);
    expect(points.map((z) => problem(true).fit.predict([z])[0])).toEqual(interpreted);
  });
});
