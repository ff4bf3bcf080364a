import { describe, expect, it } from "vitest";
import { runEnsemble } from "./run-ensemble.ts";
import { goodModel } from "./testing/compile-text.ts";

const { model, program } = goodModel(`
dimensions: {town: {elements: [hill, valley]}}
stocks:
  people[town]: {initial: 100, inflows: ["growth[town]"], unit: person, indicator: end}
flows:
  growth[town]: {equation: "(rate + extra) * people[town]", unit: person/year}
auxiliaries:
  all: {equation: "sum(people, town)", unit: person, indicator: end}
parameters:
  rate: {value: 0.02, distribution: "uniform(0.01, 0.03)", unit: 1/year}
levers:
  extra: {default: 0, range: [0, 1], unit: 1/year}
scenarios:
  baseline: {}
  more: {levers: {extra: {set: 0.01, from: 1}}}
`);
const runs = runEnsemble(model, program, { draws: 100, seed: 7 });

describe("an ensemble in one thread", () => {
  it("has a value for every save time, in the order of quantiles", () => {
    const all = runs.series({ indicator: "all" });
    expect(Array.from(all.time)).toEqual([...runs.catalog.saveTimes]);
    expect(all.n.every((n) => n === 100)).toBe(true);
    const [low, middle, high] = [10, 50, 90].map((p) => all.quantile(p).at(-1)!);
    expect(low).toBeLessThan(middle!);
    expect(middle).toBeLessThan(high!);
    expect(all.quantile(50)[0]).toBe(200);
    expect(runs.failures).toEqual([]);
  });

  it("knows scenarios, elements and differences draw by draw", () => {
    const hill = runs.series({ indicator: "people", key: "hill", scenario: "more" });
    const all = runs.series({ indicator: "all", scenario: "more" });
    expect(2 * hill.mean.at(-1)!).toBeCloseTo(all.mean.at(-1)!, 9);
    const gain = runs.series({ indicator: "all", scenario: "more", minus: "baseline" });
    expect(gain.quantile(10).at(-1)).toBeGreaterThan(0);
  });

  it("the same seed gives the same bits, a part of the scenarios too", () => {
    const again = runEnsemble(model, program, { draws: 100, seed: 7, scenarios: ["baseline"] });
    expect(again.series({ indicator: "all" })).toMatchObject({ mean: runs.series({ indicator: "all" }).mean });
  });

  it.each([
    ["an indicator", { indicator: "al" }, "unknown indicator: al"],
    ["a scenario", { indicator: "all", scenario: "base" }, "unknown scenario: base (near: baseline)"],
    ["an element", { indicator: "people", key: "hil" }, "unknown element: hil (near: hill)"],
    ["a reference", { indicator: "all", minus: "more" }, "unknown scenario: more (there are: baseline)"],
  ])("refuses %s that it does not have", (_, request, message) => expect(() => runs.series(request)).toThrow(message));

  it("refuses a quantile that was not asked for", () =>
    expect(() => runs.series({ indicator: "all" }).quantile(51)).toThrow("no quantile of 51 %"));
});
