import { describe, expect, it } from "vitest";
import { goodModel, problems, trajectory } from "../testing/compile-text.ts";

const PLACES =
  "dimensions: {place: {elements: [north, south, west], aliases: [origin], groups: {coast: [north, west], mixed: {north: 1, south: 0.5}}}}\n";

describe("equations by element", () => {
  it("the most specific key wins: element before range before group before dimension", () => {
    const yaml = `${PLACES}auxiliaries:\n  x[place]: {equations: {place: "1", coast: "2", west: "3"}, unit: "1"}\n`;
    expect(["north", "south", "west"].map((p) => trajectory(yaml, `x[${p}]`)[0])).toEqual([2, 1, 3]);
  });

  it("an element without an equation, and one with two, are errors", () => {
    expect(problems(`${PLACES}auxiliaries:\n  x[place]: {equations: {north: "1"}, unit: "1"}\n`)).toEqual([
      "equation-not-covered 3:3",
    ]);
    expect(problems(`${PLACES}auxiliaries:\n  x[place]: {equations: {place: "1", origin: "2"}, unit: "1"}\n`)).toEqual([
      "unknown-element 3:38",
    ]);
    expect(problems(`${PLACES}auxiliaries:\n  x[place]: {equations: {coast: "1", mixed: "2"}, unit: "1"}\n`)).toContain(
      "equation-covered-twice 3:38",
    );
  });
});

describe("subscripts", () => {
  const MODEL = `${PLACES}parameters:
  size[place]: {value: {north: 1, south: 10, west: 100}, unit: "1"}
auxiliaries:
`;
  it.each([
    ["by name, whatever the order of dimensions", "y[origin]: {equation: 'size[origin]', unit: '1'}", "y[south]", 10],
    ["an element", "y: {equation: 'size[west]', unit: '1'}", "y", 100],
    ["an offset; outside the dimension is 0", "y[place]: {equation: 'size[place - 1]', unit: '1'}", "y[south]", 1],
    ["an offset before the first", "y[place]: {equation: 'size[place - 1]', unit: '1'}", "y[north]", 0],
    ["a sum over an alias", "y: {equation: 'sum(size[origin], origin)', unit: '1'}", "y", 111],
    ["a sum over a group", "y: {equation: 'sum(size, coast)', unit: '1'}", "y", 101],
    ["a weighted group", "y: {equation: 'sum(size, mixed)', unit: '1'}", "y", 6],
    ["a weighted mean", "y: {equation: 'mean(size, mixed)', unit: '1'}", "y", 4],
    ["the largest of a group", "y: {equation: 'maximum(size, coast)', unit: '1'}", "y", 100],
    ["a share within the dimension", "y[place]: {equation: 'share(size, place)', unit: '1'}", "y[south]", 10 / 111],
    [
      "all but oneself",
      "y[place]: {equation: 'sum(if(origin != place, size[origin], 0), origin)', unit: '1'}",
      "y[south]",
      101,
    ],
    ["a comparison with an element", "y[place]: {equation: 'if(place == south, 1, 0)', unit: '1'}", "y[south]", 1],
    [
      "an inner dimension hides an outer one",
      "y[place]: {equation: 'size / sum(size, place)', unit: '1'}",
      "y[south]",
      10 / 111,
    ],
    ["position", "y[place]: {equation: 'position(place)', unit: '1'}", "y[west]", 3],
    ["group weight", "y[place]: {equation: 'group_weight(mixed)', unit: '1'}", "y[south]", 0.5],
  ])("%s", (_, line, column, value) => {
    expect(trajectory(`${MODEL}  ${line}\n`, column)[0]).toBe(value);
  });

  it.each([
    ["a dimension that is not in scope", "y: {equation: size, unit: '1'}", "subscript-not-in-scope"],
    ["too many subscripts", "y[place]: {equation: 'size[place, place]', unit: '1'}", "wrong-subscript-count"],
    ["an element that does not exist", "y: {equation: 'size[nroth]', unit: '1'}", "unknown-element"],
    ["a dimension as a number", "y[place]: {equation: 'place + 1', unit: '1'}", "dimension-as-number"],
    ["a name that does not exist", "y: {equation: 'sizes[north]', unit: '1'}", "unknown-name"],
    ["a function that does not exist", "y: {equation: 'summ(size, place)', unit: '1'}", "unknown-function"],
    ["a number of arguments", "y: {equation: 'max(1)', unit: '1'}", "argument-count"],
  ])("%s is an error", (_, line, code) => {
    expect(problems(`${MODEL}  ${line}\n`).map((p) => p.split(" ")[0])).toContain(code);
  });
});

describe("ages", () => {
  const AGES = `dimensions: {age: {elements: 0..4, groups: {old: 3..4}}}
parameters:
  people[age]: {value: {"0": 5, "1..3": 7, default: 1}, unit: person}
auxiliaries:
`;
  it.each([
    ["numbers of elements are compared as numbers", "sum(if(age >= 3, people, 0), age)", 8],
    ["a range as a group", "sum(people, old)", 8],
    ["a quoted element", 'people["0"]', 5],
    ["a number as an element", "people[4]", 1],
  ])("%s", (_, equation, value) => {
    expect(trajectory(`${AGES}  y: {equation: '${equation}', unit: person}\n`, "y")[0]).toBe(value);
  });
});

describe("circles", () => {
  it("a circle of equations shows the shortest loop", () => {
    const yaml = `auxiliaries:
  price: {equation: 1 + shortage, unit: "1"}
  shortage: {equation: demand - 1, unit: "1"}
  demand: {equation: 2 - price, unit: "1"}
  else_where: {equation: demand, unit: "1"}
`;
    expect(problems(yaml)).toEqual(["circular-equations 2:3"]);
  });

  it("a circle of initial values is another error; a stock breaks the first kind only", () => {
    const stocks = `stocks:
  a: {initial: b, unit: "1"}
  b: {initial: 2 * a, unit: "1"}
`;
    expect(problems(stocks)).toEqual(["circular-initial-values 2:3"]);
    expect(
      problems(
        "stocks:\n  a: {initial: 1, inflows: [f], unit: '1'}\nflows:\n  f: {equation: a / t, unit: 1/year}\nparameters:\n  t: {value: 10, unit: year}\n",
      ),
    ).toEqual([]);
  });
});

describe("data", () => {
  const DATA = `${PLACES}parameters:
  area[place]:
    data: {file: data/area.csv, column: value, where: {variable: area}, key: {code: place}}
    unit: km2
auxiliaries:
  total: {equation: "sum(area, place)", unit: km2}
`;
  it("cells are matched by key, whatever the order of rows", () => {
    const csv = {
      "data/area.csv": "\ufeffcode,variable,value\r\nwest,area,3\r\nnorth,area,1\r\nnorth,people,9\r\nsouth,area,2\r\n",
    };
    expect(trajectory(DATA, "total", { csv })[0]).toBe(6);
  });

  it.each([
    ["a missing cell", "code,variable,value\nnorth,area,1\nsouth,area,2\n", "csv-cell-missing 4:11"],
    ["a surplus row", "code,variable,value\nnorth,area,1\nsouth,area,2\nwest,area,1\neast,area,1\n", "csv-surplus-row"],
    ["text for a number", "code,variable,value\nnorth,area,1\nsouth,area,two\nwest,area,1\n", "csv-not-a-number"],
    [
      "a cell twice",
      "code,variable,value\nnorth,area,1\nsouth,area,2\nwest,area,1\nwest,area,1\n",
      "csv-duplicate-cell",
    ],
    ["a column that is not there", "code,variable,values\nnorth,area,1\n", "csv-column-missing"],
    ["no such rows", "code,variable,value\nnorth,size,1\n", "csv-no-rows"],
  ])("%s is an error", (_, text, code) => {
    expect(problems(DATA, { "data/area.csv": text })[0]).toMatch(new RegExp(`^${code}`));
  });

  it("columns named after a variable and its elements are those of a file of draws", () => {
    const wide = DATA.replace(/column: value.*place}}/, "column: area, columns: place}");
    const csv = (header: string) => ({ "data/area.csv": `${header}\n3,1,2,9\n` });
    expect(trajectory(wide, "total", { csv: csv("area[west],area[north],area[south],people") })[0]).toBe(6);
    expect(problems(wide, csv("area[west],area[north],area[south],area"))).toEqual([]);
    expect(problems(wide, csv("area[west],area[north],south,area"))[0]).toMatch(/^csv-column-missing/);
  });

  it("a file outside the model's folder is refused, and one that is not there is named", () => {
    expect(problems(DATA.replace("data/area.csv", "../secret.csv"))[0]).toMatch(/^file-outside/);
    expect(problems(DATA)[0]).toMatch(/^file-missing/);
  });
});

describe("scenarios", () => {
  const LEVER = `levers:
  road: {default: 0, range: [0, 1], ramp: {from: 2, to: 6}, unit: "1"}
auxiliaries:
  y: {equation: road, unit: "1", indicator: end}
scenarios:
`;
  it.each([
    ["an unknown lever", "  a: {levers: {rood: 1}}", "unknown-lever"],
    ["a value outside the range", "  a: {levers: {road: 2}}", "lever-out-of-range"],
    ["a date before the start", "  a: {levers: {road: {set: 1, from: -1}}}", "lever-before-start"],
    ["an unknown parent", "  a: {like: base}", "unknown-scenario"],
    ["a circle of parents", "  a: {like: b}\n  b: {like: a}", "circular-scenarios"],
    ["a lever among the parameters", "  a: {parameters: {road: 1}}", "unknown-parameter"],
  ])("%s is an error", (_, line, code) => {
    expect(problems(`${LEVER}${line}\n`)[0]).toMatch(new RegExp(`^${code}`));
  });

  it("a scenario inherits from the one that it is like, and its own settings win", () => {
    const { model } = goodModel(
      `${LEVER}  a: {levers: {road: 1}}\n  b: {like: a}\n  c: {like: a, levers: {road: 0.5}}\n`,
    );
    expect(model.scenarios.map((s) => s.levers[0]!.set)).toEqual([1, 1, 0.5]);
  });
});
