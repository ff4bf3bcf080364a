import { describe, expect, it } from "vitest";
import { buildCatalog } from "../ensemble/build-catalog.ts";
import { goodModel, problems } from "../testing/compile-text.ts";

const MODEL = `
dimensions: {place: {elements: [north, south]}}
parameters:
  growth[place]: {value: 1, distribution: "uniform(0, 2)", unit: "1", title: {en: Growth, zh: 增长}, grade: J}
auxiliaries:
  size: {equation: "sum(growth, place)", unit: "1", indicator: end, note: {en: a note, zh: 备注}}
  rate: {equation: "2 * size", unit: "1", indicator: end, note: one text}
scenarios:
  base: {}
  one: {parameters: {growth: 2}}
  other: {parameters: {growth: 3}}
  both: {parameters: {growth: 4}}
charts:
`;
const chart = (text: string) => `${MODEL}  x: ${text}\n`;
const chartOf = (text: string, csv = {}) => goodModel(chart(text), csv).model.charts[0];

describe("kinds of charts", () => {
  it.each([
    [
      "{kind: tornado, indicator: size, scenario: one, years: [5]}",
      { kind: "tornado", indicator: "size", key: "", scenario: "one", years: [5] },
    ],
    [
      "{kind: decomposition, indicators: [size], scenario: both, scenarios: [one, other]}",
      { kind: "decomposition", indicators: ["size"], scenario: "both", scenarios: ["one", "other"] },
    ],
    [
      "{kind: backtest, indicators: [size, rate], scenario: base}",
      { kind: "backtest", indicators: ["size", "rate"], scenario: "base" },
    ],
    ["{kind: lights, indicator: size}", { kind: "lights", indicator: "size", scenario: "base", years: [10] }],
    [
      "{kind: lines, indicators: [size, rate], from: 3}",
      { kind: "lines", indicators: ["size", "rate"], scenario: "base", from: 3 },
    ],
  ])("%s", (text, expected) => {
    expect(chartOf(text)).toEqual({ name: "x", ...expected });
  });

  it("a table of a file: a column of two languages, and one of one", () => {
    const csv = { "data/watched.csv": "item_en,item_zh,owner\nVillages,小康村,Office\nRoads,道路,Bureau\n" };
    const text = "{kind: table, file: data/watched.csv, columns: {item: {en: Item, zh: 事项}, owner: Owner}}";
    expect(chartOf(text, csv)).toEqual({
      name: "x",
      kind: "table",
      columns: [
        { en: "Item", zh: "事项" },
        { en: "Owner", zh: "Owner" },
      ],
      rows: [
        [
          { en: "Villages", zh: "小康村" },
          { en: "Office", zh: "Office" },
        ],
        [
          { en: "Roads", zh: "道路" },
          { en: "Bureau", zh: "Bureau" },
        ],
      ],
    });
  });

  it.each([
    [
      "a part that is no scenario",
      "{kind: decomposition, indicators: [size], scenarios: [one, another]}",
      "unknown-scenario",
    ],
    ["a start that is not saved", "{kind: lines, indicators: [size], from: 3.5}", "target-date"],
    ["a table without a file", "{kind: table, columns: {item: Item}}", "missing-key"],
    ["a file that is not there", "{kind: table, file: none.csv, columns: {item: Item}}", "file-missing"],
    ["a tornado of an unknown indicator", "{kind: tornado, indicator: none}", "unknown-indicator"],
  ])("refuses %s", (_, text, code) => {
    expect(problems(chart(text)).map((problem) => problem.split(" ")[0])).toEqual([expect.stringContaining(code)]);
  });

  it("refuses a column that the file does not have", () => {
    const text = chart("{kind: table, file: a.csv, columns: {owner: Owner}}");
    expect(problems(text, { "a.csv": "item\nx\n" })).toEqual([expect.stringMatching(/^csv-column-missing/)]);
  });
});

describe("the catalog", () => {
  const { model } = goodModel(chart("{kind: lines, indicators: [size]}"));
  const catalog = buildCatalog(model, "hash", ["base"]);

  it("names and grades the drawn numbers, element by element", () => {
    expect(catalog.drawColumns).toEqual(["growth[north]", "growth[south]"]);
    expect(catalog.drawInputs).toEqual([
      { title: { en: "Growth, north", zh: "增长，north" }, grade: "J" },
      { title: { en: "Growth, south", zh: "增长，south" }, grade: "J" },
    ]);
  });

  it("has notes in both languages, the same text where the model has one", () => {
    expect(catalog.indicators.map(({ note }) => note)).toEqual([
      { en: "a note", zh: "备注" },
      { en: "one text", zh: "one text" },
    ]);
  });
});
