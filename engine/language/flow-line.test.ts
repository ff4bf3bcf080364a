import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DiagnosticList } from "../diagnostics/diagnostic.ts";
import { readFlowLines } from "./flow-line.ts";
import { readWhole } from "./yaml-by-library.ts";
import { readYaml } from "./yaml-reader.ts";

/** What the two ways make of a text, with what they report. */
function bothWays(text: string): [unknown, unknown] {
  const [quick, whole] = [readYaml, readWhole].map((read) => {
    const diagnostics = new DiagnosticList();
    const tree = read({ path: "a.yaml", text }, diagnostics);
    return { tree, reported: diagnostics.sorted(["a.yaml"]) };
  });
  return [quick, whole];
}

const setAside = (text: string): number => readFlowLines({ path: "a.yaml", text }).nodes.size;

const piece = fc.constantFrom(
  ..."{ } [ ] , : # ' \" ( ) - + . ~ a b1 12 -3 0.5 1e3 true null 城 \\ & * ! | > % @ ? = <".split(" "),
  ": ",
  ", ",
  " ",
  "\n",
  "\n  ",
  "\nk: {",
  "\n  - [",
  "}\n",
  "x: y",
);

const word = fc.constantFrom(
  "a",
  "b c",
  "12",
  "-0.5",
  "x(y)",
  "城市",
  '"q, {r}"',
  "'s'",
  "null",
  "sum(a) / 2",
  "1/year",
);
const key = fc.constantFrom("unit", "title", "en", "b[c]", "k 2").filter((k) => !k.includes("["));
const { node } = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    word,
    fc.array(tie("node"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
    fc
      .uniqueArray(key, { maxLength: 3 })
      .chain((keys) => fc.tuple(...keys.map((k) => tie("node").map((value) => `${k}: ${value}`))))
      .map((entries) => `{${entries.join(", ")}}`),
  ),
}));

describe("brackets on one line", () => {
  test.each([
    "a: {b: 1, c: [x, y z, -2.5e3], d: \"q, r\", e: 's', f: {g: null, h}}",
    "- {a: 1}\n- [b, true]\n- c: {d: 12:30, e: http://x}\n",
    "a:\n  b[place]: {}\n\n  # a comment\n  c: [] \n  d: []\n",
    "名称: {zh: 城镇化率, en: Urban rate}",
    "a: {b: \"c \\\"d\\\" \\\\\", e: 'it''s'}",
  ])("%j is read as by the library", (text) => {
    const [quick, whole] = bothWays(text);
    expect(quick).toEqual(whole);
    expect(setAside(text)).toBeGreaterThan(0);
  });

  test.each([
    "a: {b: 1, b: 2}",
    "a: {equation: max(b, c)}",
    "a: {b: *c}",
    "a: {b: !t c}",
    'a: {b: "c\\n"}',
    "a: {b: x[1]}",
    "a: {b: 0x1F, c: .inf}",
    "a: {b: c #}",
    "a: {b: , c: 1}",
    "a: {b: 1,}",
    "a: {b: 1}}",
    "a: [b: 1]",
    "a: {? b: 1}",
    "a: {b: 12345678901234567890}",
  ])("%j is left to the library", (text) => {
    const [quick, whole] = bothWays(text);
    expect(quick).toEqual(whole);
    expect(setAside(text)).toBe(0);
  });

  test("lines that only look like it: in a text of several lines, and where the structure is wrong", () => {
    for (const text of [
      "a: |\n  b: {c: 1}\n",
      "a: x\n  b: {c: 1}\n",
      'a: "x\n  b: [1]\n  "\n',
      "a: {b: 1}\n c: {d: 1}\n",
    ]) {
      expect(setAside(text)).toBeGreaterThan(0);
      const [quick, whole] = bothWays(text);
      expect(quick).toEqual(whole);
    }
  });

  test("property: any text of such pieces is read as by the library", () => {
    const text = fc.array(piece, { maxLength: 16 }).map((pieces) => `k: {${pieces.join("")}`);
    fc.assert(
      fc.property(text, (t) => {
        const [quick, whole] = bothWays(t);
        expect(quick).toEqual(whole);
      }),
      { numRuns: 4000 },
    );
  });

  test("property: well-formed brackets are read here", () => {
    fc.assert(
      fc.property(node, (value) => {
        const text = `a:\n  b: {c: ${value}}\nd: 1\n`;
        const [quick, whole] = bothWays(text);
        expect(quick).toEqual(whole);
        expect(setAside(text)).toBe(1);
      }),
      { numRuns: 500 },
    );
  });

  test("property: well-formed brackets with such pieces put into them are read as by the library", () => {
    let read = 0;
    const hit = fc.record({ at: fc.nat(40), put: piece });
    fc.assert(
      fc.property(node, fc.array(hit, { minLength: 1, maxLength: 2 }), (value, hits) => {
        const flow = hits.reduce((f, { at, put }) => f.slice(0, at) + put + f.slice(at), `{c: ${value}}`);
        const text = `a:\n  b: ${flow}\nd: 1\n`;
        const [quick, whole] = bothWays(text);
        expect(quick).toEqual(whole);
        read += setAside(text);
      }),
      { numRuns: 4000 },
    );
    expect(read).toBeGreaterThan(500);
  });

  test("every file of the models that come with Terrace is read as by the library", () => {
    const root = join(import.meta.dirname, "..", "..", "scenarios");
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".yaml"));
    expect(files.length).toBeGreaterThan(20);
    for (const name of files) {
      const [quick, whole] = bothWays(readFileSync(join(root, name), "utf8"));
      expect(quick).toEqual(whole);
    }
  });
});
