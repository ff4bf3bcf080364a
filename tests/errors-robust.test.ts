/**
 * Whatever stands in a file, the check answers with diagnostics: it never throws, every place lies within its file, and
 * what it prints has no control character of the user's. Good models, damaged at random, stand for what people write.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import { compileModel } from "../engine/compile.ts";
import { diagnosticToJson, renderDiagnostics } from "../engine/diagnostics/render.ts";
import type { SourceFile } from "../engine/diagnostics/source.ts";
import { printExpression } from "../engine/language/print/print-expression.ts";
import { anyExpression } from "./language/arbitrary-document.ts";

const MODEL = `model:
  name: example
  time: {start: 2020, stop: 2030, step: 1/4, save: 1, unit: year}
dimensions:
  州市: {elements: [昆明, 曲靖], aliases: [origin], groups: {border: {昆明: 1, 曲靖: 0.5}}}
  age: {elements: 0..3}
stocks:
  population[州市, age]: {initial: "start[州市] / 4", inflows: ["births[州市] / 4"], unit: person, indicator: end}
auxiliaries:
  total_population: {equation: "sum(population, 州市, age)", unit: person, indicator: end}
flows:
  births[州市]:
    equation: birth_rate * sum(population, age) * (1 + shock) * table(time) * (1 - road)
    unit: person/year
parameters:
  start[州市]: {data: {file: data/start.csv, column: value, key: {name: 州市}}, unit: person}
  birth_rate: {value: 0.02, unit: 1/year, distribution: "triangular(0.01, 0.02, 0.03)"}
levers:
  road: {default: 0, range: [0, 1], unit: "1"}
lookups:
  table: {points: [[2020, 1], [2030, 2]], unit: "1"}
noise:
  shock: {process: ar1, persistence: 0.4, sd: 0.01, unit: "1"}
events:
  birthday: {every: 1, set: {"population[州市, age]": "if(age == 3, 0, population[州市, age - 1])"}}
identities:
  total: {left: "sum(population, 州市, age)", right: "sum(population, 州市, age)"}
targets:
  large: {indicator: "population[昆明, \\"0\\"]", at_least: 100, due: 2030}
scenarios:
  baseline: {title: {en: Baseline, zh: 基准}}
  roads: {like: baseline, levers: {road: {set: 1, from: 2022, to: 2025}}}
charts:
  people: {kind: fan, indicator: total_population, scenario: baseline}
`;
const DATA = "name,value\n昆明,846\n曲靖,577\n";

const fileOf = (path: string, text: string): SourceFile => ({ path, text });

/** Compiles and prints in every form; returns the number of diagnostics. */
function checkAndPrint(files: readonly SourceFile[]): number {
  const { diagnostics, program } = compileModel(files);
  const sources = new Map(files.map((f) => [f.path, f.text]));
  for (const d of diagnostics) {
    for (const span of [d.span, ...d.related.map((r) => r.span)]) {
      if (!span) continue;
      const length = sources.get(span.path)?.length ?? -1;
      expect(
        [span.start >= 0, span.start <= span.end, span.end <= length],
        `${d.code} ${JSON.stringify(span)}`,
      ).toEqual([true, true, true]);
    }
    expect(JSON.parse(JSON.stringify(diagnosticToJson(d, sources))).code).toBe(d.code);
  }
  for (const language of ["en", "zh"] as const) {
    const printed = renderDiagnostics(diagnostics, sources, { language });
    expect(printed.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]|undefined|\[object/u);
  }
  if (!diagnostics.some((d) => d.severity === "error")) expect(program).not.toBeNull();
  return diagnostics.length;
}

test("the model that is damaged below is well", () => {
  expect(compileModel([fileOf("model.yaml", MODEL), fileOf("data/start.csv", DATA)]).diagnostics).toEqual([]);
});

test("one misspelt key is one error, whatever uses what it stands under", () => {
  const sections =
    /^(model|dimensions|stocks|auxiliaries|flows|parameters|levers|lookups|noise|events|identities|targets|scenarios|charts):/gm;
  const keys =
    /\b(name|time|start|stop|step|save|elements|aliases|groups|initial|inflows|indicator|equation|data|file|column|key|value|distribution|default|range|points|process|persistence|sd|every|set|left|right|at_least|due|like|levers|kind|scenario)(?=: )/g;
  const hits = [...MODEL.matchAll(sections), ...MODEL.matchAll(keys)];
  expect(hits.length).toBeGreaterThan(50);
  for (const hit of hits) {
    const end = hit.index + hit[0].replace(":", "").length;
    const files = [fileOf("model.yaml", `${MODEL.slice(0, end)}x${MODEL.slice(end)}`), fileOf("data/start.csv", DATA)];
    const line = MODEL.slice(0, end).split("\n").at(-1);
    const errors = compileModel(files).diagnostics.filter((d) => d.severity === "error");
    expect([line, errors.map((d) => d.code).join()]).toEqual([line, expect.stringMatching(/^[a-z-]+$/)]);
  }
});

const PIECES = [
  "",
  " ",
  "\t",
  "\n",
  ":",
  ": ",
  ",",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  '"',
  "'",
  "#",
  "*",
  "&a",
  "^",
  "=",
  "1e999",
  "-1",
  "：",
  "（",
  "age",
  "x",
];
const damage = (length: number) =>
  fc.record({ at: fc.nat(length), remove: fc.nat(12), insert: fc.constantFrom(...PIECES) });

function damaged(text: string, hits: readonly { at: number; remove: number; insert: string }[]): string {
  return hits.reduce((t, { at, remove, insert }) => t.slice(0, at) + insert + t.slice(at + remove), text);
}

test("property: a damaged model never makes the check throw", () => {
  fc.assert(
    fc.property(fc.array(damage(MODEL.length), { minLength: 1, maxLength: 3 }), (hits) => {
      checkAndPrint([fileOf("model.yaml", damaged(MODEL, hits)), fileOf("data/start.csv", DATA)]);
    }),
    { numRuns: 400 },
  );
});

test("property: a damaged data file never makes the check throw", () => {
  fc.assert(
    fc.property(fc.array(damage(DATA.length), { minLength: 1, maxLength: 3 }), (hits) => {
      checkAndPrint([fileOf("model.yaml", MODEL), fileOf("data/start.csv", damaged(DATA, hits))]);
    }),
    { numRuns: 200 },
  );
});

test("property: any text at all is answered", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", maxLength: 60 }),
      fc.string({ unit: "binary", maxLength: 30 }),
      (text, data) => {
        expect(checkAndPrint([fileOf("model.yaml", text), fileOf("data/start.csv", data)])).toBeGreaterThan(0);
      },
    ),
    { numRuns: 300 },
  );
});

/** The model with an equation in the place of one of its own. */
const filesWith = (equation: string): SourceFile[] => {
  const own = "birth_rate * sum(population, age) * (1 + shock) * table(time) * (1 - road)";
  return [
    fileOf(
      "model.yaml",
      MODEL.replace(own, () => JSON.stringify(equation)),
    ),
    fileOf("data/start.csv", DATA),
  ];
};

test("property: any equation is answered", () => {
  const token = fc.constantFrom(
    ...PIECES,
    "+",
    "if(",
    "sum(",
    "population",
    "birth_rate",
    "1.5",
    " and ",
    "not ",
    "==",
    "<",
    "昆明",
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 12 }), (tokens) => {
      checkAndPrint(filesWith(tokens.join("")));
    }),
    { numRuns: 400 },
  );
});

test("property: any equation of names of the model is answered, damaged or whole", () => {
  const names = ["population", "birth_rate", "age", "shock", "table", "sum", "if", "max"];
  const equation = anyExpression.map((expression) =>
    printExpression(expression).replace(/[\p{L}_][\p{L}\p{Nd}_]*/gu, (word) =>
      /^(?:and|or|not|mod)$/.test(word) ? word : names[word.length % names.length]!,
    ),
  );
  fc.assert(
    fc.property(equation, fc.array(damage(60), { maxLength: 2 }), (text, hits) => {
      checkAndPrint(filesWith(damaged(text, hits)));
    }),
    { numRuns: 400 },
  );
});
