import { describe, expect, it } from "vitest";
import { goodModel } from "../testing/compile-text.ts";
import { Explainer } from "./explain-variable.ts";
import { explanationMermaid, loopLine, renderExplanation } from "./render-explanation.ts";

const MODEL = `dimensions: {place: {elements: [north, south]}}
stocks:
  people[place]: {initial: 100, inflows: [births], outflows: [deaths], unit: person, title: {en: People, zh: 人口}, source: census, grade: A}
flows:
  births[place]: {equation: birth_rate * people, unit: person/year}
  deaths[place]: {equation: people * crowding / life, unit: person/year}
auxiliaries:
  crowding: {equation: "sum(people, place) / room", unit: "1"}
parameters:
  birth_rate: {value: 0.03, unit: 1/year}
  life: {value: 70, unit: year}
  room: {value: 150, unit: person}
`;
const explainer = () => {
  const { model, program } = goodModel(MODEL);
  return new Explainer(model, program);
};

describe("an explanation", () => {
  it("gives meaning, source and equations, as written and as read", () => {
    const e = explainer().variable("people");
    expect(e).toMatchObject({
      kind: "stock",
      title: { en: "People", zh: "人口" },
      unit: "person",
      source: "census",
      grade: "A",
    });
    expect(e.equations).toEqual([
      { role: "initial", elements: "", written: "100", read: "100" },
      { role: "inflow", elements: "", written: "births", read: "births[place]" },
      { role: "outflow", elements: "", written: "deaths", read: "deaths[place]" },
    ]);
    expect(explainer().variable("crowding").equations[0]!.read).toBe("(sum(people[place], place) / room)");
  });

  it("gives causes and uses as trees that end where they repeat", () => {
    const { causes, uses } = explainer().variable("deaths", 3);
    expect(causes.branches.map((b) => b.name)).toEqual(["people", "crowding", "life"]);
    expect(uses).toMatchObject({ name: "deaths", branches: [{ name: "people", kind: "flow" }] });
  });

  it("names the parameter by which a series or a lookup is uncertain", () => {
    const yaml = `parameters: {p: {value: 1, unit: "1"}, q: {value: 1, unit: "1"}}
series: {s: {data: {file: s.csv, time: t, column: v}, unit: "1", uncertain: {factor: p}}}
lookups: {f: {points: [[0, 1], [1, 2]], unit: "1", uncertain: {factor: q}}}
auxiliaries: {y: {equation: s + f(time / stop_time), unit: "1"}}
`;
    const { model, program } = goodModel(yaml, { "s.csv": "t,v\n0,1\n10,2\n" });
    const { causes } = new Explainer(model, program).variable("y", 3);
    expect(causes.branches.map((b) => b.name)).toEqual(["s", "q", "f"]);
    expect(causes.branches[0]!.branches.map((b) => b.name)).toEqual(["p"]);
  });

  it("is a text in both languages, and a Mermaid diagram", () => {
    const e = explainer().variable("crowding");
    expect(renderExplanation(e, "en")).toContain("depends on:\n  ├─ people\n");
    expect(renderExplanation(e, "zh")).toContain("取决于:");
    expect(explanationMermaid(e)).toContain("people --> crowding");
  });

  it("an unknown name suggests a near one", () => {
    expect(() => explainer().variable("peple")).toThrow(/unknown variable: peple \(near: people\)/);
  });
});

describe("links through delays have the sign of what comes out of them", () => {
  it.each([
    ["smooth(stock, 3)", "+"],
    ["20 - delay3(stock, 3)", "-"],
    ["delay_fixed(stock, 4)", "+"],
    ["1 - previous(stock, 10)", "-"],
    ["history(smooth(stock, 2), 2) - 3 * stock", "-"],
    ["2 * smooth(delay1(10 - stock, 2), 4)", "-"],
    ["initial(stock)", "0"],
  ])("%s: %s", (equation, sign) => {
    const { model, program } = goodModel(`
stocks: {stock: {initial: 10, inflows: [orders], unit: "1"}}
flows: {orders: {equation: seen / lag, unit: 1/year}}
parameters: {lag: {value: 5, unit: year}}
auxiliaries: {seen: {equation: "${equation}", unit: "1"}}
`);
    const lines = new Explainer(model, program).loops().map((l) => loopLine(l, "en"));
    const kind = { "+": "reinforcing", "-": "balancing", "0": "" }[sign];
    expect(lines).toEqual(sign === "0" ? lines : [`${kind}  orders →+ stock →${sign} seen →+ orders`]);
    if (sign === "0") expect(lines.join("")).toContain("stock →0 seen");
  });
});

describe("feedback loops have signs", () => {
  it("births reinforce, deaths balance, crowding balances", () => {
    expect(
      explainer()
        .loops()
        .map((l) => loopLine(l, "en")),
    ).toEqual([
      "reinforcing  births →+ people →+ births",
      "balancing  deaths →- people →+ deaths",
      "balancing  crowding →+ deaths →- people →+ crowding",
    ]);
  });
});
