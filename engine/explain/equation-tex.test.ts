import { describe, expect, it } from "vitest";
import { goodModel } from "../testing/compile-text.ts";
import { equationsTex } from "./equation-tex.ts";

const MODEL = `dimensions: {place: {elements: [north, south]}}
stocks:
  people[place]: {initial: 100, inflows: [births, "arrivals - 1 * births"], outflows: [deaths], unit: person}
flows:
  births[place]: {equation: birth_rate * people, unit: person/year}
  arrivals[place]: {equation: "birth_rate * people", unit: person/year}
  deaths[place]: {equation: people * crowding / life, unit: person/year}
auxiliaries:
  crowding: {equation: "sum(people, place) / room", unit: "1"}
  人口: {equation: "sum(people[place] - room / 2, place)", unit: person}
  x: {equation: "(crowding + 1) * (crowding - 1) ^ 2", unit: "1"}
  y: {equation: "2 * x * (3 - max(x, x mod x))", unit: "1"}
  chosen[place]: {equation: "if(place == north and not (x < 0.5), exp(-x), max(x, 0))", unit: "1"}
  part[place]: {equation: "2 * sum(people, place) * 3 / people[north]", unit: "1"}
  named[place]:
    unit: "1"
    equation: {north: ln(x), south: "clip(x mod 2, 0, 1)"}
  read: {equation: "table(x) - 1e-7", unit: "1"}
parameters:
  birth_rate: {value: 0.03, unit: 1/year}
  life: {value: 70, unit: year}
  room: {value: 150, unit: person}
lookups:
  table: {points: [[0, 0], [1, 2]], x_unit: "1", unit: "1"}
`;
const { model } = goodModel(MODEL);
const tex = (name: string) => equationsTex(model.variables.find((v) => v.name === name)!);

describe("equations as TeX", () => {
  it("gives a stock its value at the start and its net flow", () => {
    expect(tex("people")).toEqual([
      String.raw`\mathrm{people}_{\mathrm{place}}(t_0) &= 100`,
      String.raw`\frac{\mathrm{d}\,\mathrm{people}_{\mathrm{place}}}{\mathrm{d}t} &= \mathrm{births} + \left(\mathrm{arrivals}-1\cdot\mathrm{births}\right) - \mathrm{deaths}`,
    ]);
  });
  it.each([
    ["crowding", String.raw`\mathrm{crowding} &= \frac{\sum_{\mathrm{place}} \mathrm{people}}{\mathrm{room}}`],
    [
      "人口",
      String.raw`\text{人口} &= \sum_{\mathrm{place}} \left(\mathrm{people}_{\mathrm{place}}-\frac{\mathrm{room}}{2}\right)`,
    ],
    ["x", String.raw`x &= \left(\mathrm{crowding}+1\right)\cdot{\left(\mathrm{crowding}-1\right)}^{2}`],
    [
      "chosen",
      String.raw`\mathrm{chosen}_{\mathrm{place}} &= \begin{cases}\exp\left(- x\right) & \text{if } \mathrm{place}=\mathrm{north}\wedge\neg\left( x<0.5\right)\\\max\left( x,0\right) & \text{otherwise}\end{cases}`,
    ],
    [
      "part",
      String.raw`\mathrm{part}_{\mathrm{place}} &= \frac{2\cdot\left(\sum_{\mathrm{place}} \mathrm{people}\right)\cdot3}{\mathrm{people}_{\mathrm{north}}}`,
    ],
    ["y", String.raw`y &= 2\cdot x\cdot\left(3-\max\left( x, x\mod x\right)\right)`],
    ["read", String.raw`\mathrm{read} &= \operatorname{table}\left( x\right)-1\cdot10^{-7}`],
  ])("%s → %s", (name, row) => expect(tex(name)).toEqual([row]));
  it("gives a row to each piece, with the elements that it holds for", () => {
    expect(tex("named")).toEqual([
      String.raw`\mathrm{named}_{\mathrm{place}} &= \ln\left( x\right)\quad \text{[north]}`,
      String.raw`\mathrm{named}_{\mathrm{place}} &= \operatorname{clip}\left( x\mod2,\,0,\,1\right)\quad \text{[south]}`,
    ]);
  });
  it("has none for a parameter", () => expect(tex("room")).toEqual([]));
});
