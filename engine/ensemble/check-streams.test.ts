import { expect, test } from "vitest";
import { DiagnosticList } from "../diagnostics/diagnostic.ts";
import { goodModel } from "../testing/compile-text.ts";
import { checkStreams } from "./check-streams.ts";

const { model } = goodModel(`dimensions: {place: {elements: [a, b]}}
parameters:
  "p[place]": {distribution: "uniform(0, 1)"}
  q: {value: 1}
  r: {value: 1}
noise: {shock: {process: normal, sd: 1, unit: "1"}}
stocks: {x: {initial: "q + r + sum(p, place) + shock", unit: "1", indicator: end}}
scenarios: {base: {}, other: {parameters: {r: {distribution: "uniform(0, 1)"}}}}
`);
/** Clashes where every name's stream is its length. */
const clashes = (length: (name: string) => number): unknown[] => {
  const diagnostics = new DiagnosticList();
  checkStreams(model, diagnostics, (name) => ({ lo: length(name), hi: 0 }));
  return diagnostics.sorted([]).map((d) => d.data);
};

test("names with different hashes do not clash", () => {
  const order = ["p[a]", "p[b]", "r", "shock"];
  expect(clashes((name) => order.indexOf(name))).toEqual([]);
});

test("elements, parameters that a scenario makes uncertain, and noises are all looked at; a constant has no stream", () => {
  const seen: string[] = [];
  clashes((name) => seen.push(name));
  expect(seen).toEqual(["p[a]", "p[b]", "r", "shock"]);
});

test("names with equal hashes are told, each with the first of them", () => {
  expect(clashes((name) => (name === "r" ? 1 : 0))).toEqual([
    { a: "p[a]", b: "p[b]" },
    { a: "p[a]", b: "shock" },
  ]);
});
