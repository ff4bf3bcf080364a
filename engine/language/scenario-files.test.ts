import { describe, expect, it } from "vitest";
import { compileModel } from "../compile.ts";
import type { DiagnosticCode } from "../diagnostics/diagnostic.ts";

const MODEL = `model: {name: t, time: {start: 2020, stop: 2030, step: 1, save: 1, unit: year}}
levers:
  road: {default: 0, range: [0, 1], unit: "1"}
  tax: {default: 0.1, range: [0, 0.5], unit: "1"}
parameters:
  rate: {value: 0.1, unit: 1/year, distribution: "uniform(0, 0.2)"}
stocks: {x: {initial: "1", inflows: [growth], unit: "1", indicator: end}}
flows: {growth: {equation: "rate * x * (1 + road - tax)", unit: 1/year}}
`;
const compile = (added: string, model = MODEL) =>
  compileModel([{ path: "model.yaml", text: model }], added === "" ? [] : [{ path: "more.yaml", text: added }]);
const scenarios = (added: string, model = MODEL) => {
  const { model: built, diagnostics } = compile(added, model);
  if (!built) throw new Error(diagnostics.map((d) => d.code).join());
  return built.scenarios;
};
const codes = (added: string, model = MODEL): DiagnosticCode[] =>
  compile(added, model)
    .diagnostics.filter((d) => d.severity === "error")
    .map((d) => d.code);
/** `name: lever = value, …` of each scenario. */
const settings = (added: string, model = MODEL): string[] =>
  scenarios(added, model).map((s) => `${s.name}: ${s.levers.map((l) => `${l.lever.name} = ${l.set}`).join(", ")}`);

describe("a file of scenarios", () => {
  it("adds scenarios after those of the model, which they may start from", () => {
    const model = `${MODEL}scenarios: {plan: {levers: {road: 1}}}\n`;
    expect(settings("scenarios: {plan_tax: {like: plan, levers: {tax: 0.2}}}\n", model)).toEqual([
      "plan: road = 1",
      "plan_tax: road = 1, tax = 0.2",
    ]);
    expect(compile("scenarios: {other: {}}\n", model).model?.reference).toBe("plan");
  });

  it("leaves a model without scenarios its base run, as the reference", () => {
    expect(settings("scenarios: {roads: {levers: {road: 1}}}\n")).toEqual(["base: ", "roads: road = 1"]);
  });

  it("may say itself what the base run is", () => {
    expect(settings("scenarios: {base: {levers: {road: 0.5}}}\n")).toEqual(["base: road = 0.5"]);
  });

  it.each([
    ["parameters: {rate: {value: 2}}\nscenarios: {}\n", ["scenario-file-section"]],
    ["scenarios: {a: {levers: {roads: 1}}}\n", ["unknown-lever"]],
    ["scenarios: {a: {}}\nscenarios: {b: {}}\n", ["duplicate-key"]],
    ["", []],
    ["# nothing\n", ["missing-section"]],
  ] as const)("%j has the errors %j", (added, expected) => {
    expect(codes(added)).toEqual(expected);
  });

  it("cannot have the name of a scenario of the model", () => {
    expect(codes("scenarios: {plan: {}}\n", `${MODEL}scenarios: {plan: {}}\n`)).toEqual(["duplicate-name"]);
  });
});

describe("generated scenarios", () => {
  it("one lever at a time: one for each value, the other levers as they are", () => {
    expect(
      settings("scenarios: {base: {}, s: {generate: one_at_a_time, levers: {road: [0.5, 1], tax: [0, 0.3]}}}\n"),
    ).toEqual(["base: ", "s_road_1: road = 0.5", "s_road_2: road = 1", "s_tax_1: tax = 0", "s_tax_2: tax = 0.3"]);
  });

  it("full factorial: every combination, the last lever changing fastest", () => {
    expect(
      settings(
        "scenarios: {g: {generate: full_factorial, levers: {road: [0, 1], tax: {set: [0, 0.3], from: 2025}}}}\n",
      ).slice(1),
    ).toEqual([
      "g_1_1: road = 0, tax = 0",
      "g_1_2: road = 0, tax = 0.3",
      "g_2_1: road = 1, tax = 0",
      "g_2_2: road = 1, tax = 0.3",
    ]);
  });

  it("keeps dates, fixed levers, parameters and what it starts from", () => {
    const model = `${MODEL}scenarios: {plan: {parameters: {rate: 0.15}}}\n`;
    const [, first] = scenarios(
      "scenarios: {g: {generate: full_factorial, like: plan, title: {en: Grid, zh: 网格}, levers: {road: 1, tax: {set: [0.2], from: 2025, to: 2027}}}}\n",
      model,
    );
    expect(first).toMatchObject({
      name: "g_1",
      title: { en: "Grid: tax = 0.2", zh: "网格：tax = 0.2" },
      levers: [{ set: 1 }, { set: 0.2, from: 2025, to: 2027 }],
    });
    expect(first!.parameters[0]!.values).toEqual(Float64Array.of(0.15));
  });

  it.each([
    ["{generate: one_at_time, levers: {road: [1]}}", ["bad-choice"]],
    ["{generate: one_at_a_time}", ["missing-key"]],
    ["{generate: full_factorial, levers: {roads: [0, 1], tax: [0, 0.1, 0.2]}}", ["unknown-lever"]],
    ["{generate: full_factorial, levers: {road: [0, 2], tax: [0, 0.1, 0.2]}}", ["lever-out-of-range"]],
    ["{generate: full_factorial, like: plans, levers: {road: [0, 1]}}", ["unknown-scenario"]],
    [
      "{generate: full_factorial, levers: {road: [0, 1]}, parameters: {rate: {distribution: 'normal(1, 0)'}}}",
      ["distribution-parameters"],
    ],
    ["{generate: full_factorial, levers: {road: [0, one]}}", ["wrong-type"]],
  ] as const)("%s: the one mistake %j is told once", (text, expected) => {
    expect(codes(`scenarios: {s: ${text}}\n`)).toEqual(expected);
  });

  it("has a limit", () => {
    const list = `[${Array.from({ length: 101 }, (_, i) => i / 1000).join(", ")}]`;
    expect(codes(`scenarios: {s: {generate: full_factorial, levers: {road: ${list}, tax: ${list}}}}\n`)).toEqual([
      "model-too-large",
    ]);
  });
});
