/**
 * docs/schema/model.schema.json, for editors: it is what the description of the keys gives, the description is what the
 * reader accepts, and the models of the repository fit. With UPDATE_SCHEMA=1 the file is written anew.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { type Diagnostic, DiagnosticList } from "../../engine/diagnostics/diagnostic.ts";
import { SECTIONS as READ_SECTIONS, readDocument } from "../../engine/language/read-document.ts";
import { modelSchema } from "./json-schema.ts";
import type { Block, BlockName, Key, ValueKind } from "./key.ts";
import { BLOCKS, SECTIONS } from "./model-keys.ts";
import { misfits } from "./validate.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const FILE = join(ROOT, "docs", "schema", "model.schema.json");
const text = `${formatJson(modelSchema())}\n`;
const ADVICE = "describe the keys in tests/schema/*-keys.ts, then run UPDATE_SCHEMA=1 npx vitest run tests/schema";

test("the schema file is the one that the description gives", () => {
  if (process.env.UPDATE_SCHEMA === "1") writeFileSync(FILE, text);
  expect(existsSync(FILE) && readFileSync(FILE, "utf8"), ADVICE).toBe(text);
});

/** JSON as the formatter of the repository writes it: lists of words in one line where they fit. */
function formatJson(value: unknown, indent = "", before = 0): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const line = `[${value.map((item) => JSON.stringify(item)).join(", ")}]`;
    const fits = indent.length + before + line.length < 120 && value.every((item) => typeof item !== "object");
    return fits ? line : `[\n${value.map((item) => inner + formatJson(item, inner)).join(",\n")}\n${indent}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, item]) => {
    const name = `${JSON.stringify(key)}: `;
    return inner + name + formatJson(item, inner, name.length);
  });
  return entries.length === 0 ? "{}" : `{\n${entries.join(",\n")}\n${indent}}`;
}

/** What the reader says about a file. */
function read(yaml: string): readonly Diagnostic[] {
  const diagnostics = new DiagnosticList();
  readDocument([{ path: "a.yaml", text: yaml }], diagnostics);
  return diagnostics.sorted(["a.yaml"]);
}

/** One value of each kind, as it is written. */
const EXAMPLES: Readonly<Record<Exclude<ValueKind, BlockName>, string>> = {
  text: "word",
  title: "{en: Title, zh: 名称}",
  number: "1",
  whole: "1",
  boolean: "true",
  fraction: "1/2",
  equation: "a + 1",
  equations: "{b: a + 1}",
  initial: "a + 1",
  flows: "[a]",
  words: "[a, b]",
  numbers: "[1, 2]",
  pair: "[0, 1]",
  points: "[[0, 1], [1, 2]]",
  cells: "{a: 1, default: 2}",
  distribution: '"normal(0, 1)"',
  elements: "[a, b]",
  groups: "{g: {a: 0.5}}",
  layout: "[[a, b]]",
  members: "[a]",
  columns: "{code: place}",
  headings: "{code: Code}",
  filters: "{code: [a]}",
  sets: "{a: b + 1}",
  settings: "{a: {set: 1, from: 2}}",
  curve: "{factor: a}",
  overrides: "{a: 1}",
};

const isBlock = (value: ValueKind): value is BlockName => Object.hasOwn(BLOCKS, value);
const example = (key: Key): string =>
  key.choices
    ? key.choices[0]!
    : isBlock(key.value)
      ? mapping(BLOCKS[key.value], needed(BLOCKS[key.value]))
      : EXAMPLES[key.value];
const mapping = (block: Block, names: readonly string[]): string =>
  `{${names.map((name) => `${name}: ${example(block.keys[name]!)}`).join(", ")}}`;
/** The keys without which a block is not complete; of each choice the first, of noise those of the first process. */
function needed(block: Block): string[] {
  const required = Object.keys(block.keys).filter((name) => block.keys[name]!.required);
  const chosen = (block.oneOf ?? []).map((names) => names[0]!);
  const more = block === BLOCKS.noise ? ["persistence", "sd"] : block === BLOCKS.chart ? ["indicator"] : [];
  return [...required, ...chosen, ...more];
}

describe.each(Object.entries(BLOCKS))("the keys of %s are those that the reader accepts", (_, block) => {
  const fill = (map: string) => block.within.replace("_", () => map);

  test("no more and no less", () => {
    const refused = read(fill("{zzzz: 1}")).filter((d) => d.code === "unknown-key");
    expect(refused).toHaveLength(1);
    expect(refused[0]?.data).toMatchObject({ key: "zzzz" });
    const { allowed } = refused[0]!.data as { allowed: readonly string[] };
    expect([...allowed].sort(), ADVICE).toEqual(Object.keys(block.keys).sort());
  });

  test("what is required is missed, one at a time", () => {
    const names = needed(block);
    const whole = read(fill(mapping(block, names))).filter((d) => d.code !== "missing-section");
    expect(whole).toEqual([]);
    for (const name of names) {
      const found = read(
        fill(
          mapping(
            block,
            names.filter((n) => n !== name),
          ),
        ),
      );
      expect(found.filter((d) => d.code === "missing-key").length, name).toBeGreaterThan(0);
    }
  });

  test("choices are the same", () => {
    for (const [name, { choices }] of Object.entries(block.keys)) {
      if (!choices) continue;
      const others = needed(block).filter((n) => n !== name);
      const map = mapping(block, others).replace(/}$/, `${others.length > 0 ? ", " : ""}${name}: zzzz}`);
      const refused = read(fill(map)).find((d) => d.code === "bad-choice");
      expect([...((refused?.data as { allowed?: readonly string[] })?.allowed ?? [])].sort(), name).toEqual(
        [...choices].sort(),
      );
    }
  });
});

test("the sections are those of the reader", () => {
  expect(Object.keys(SECTIONS).sort(), ADVICE).toEqual([...READ_SECTIONS].sort());
});

describe("models against the schema", () => {
  const schema = modelSchema();
  const folder = join(ROOT, "scenarios");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((f) => /\.ya?ml$/.test(f));

  test.each(files)("%s fits", (file) => {
    expect(misfits(schema, parse(readFileSync(join(folder, file), "utf8")))).toEqual([]);
  });

  test.each([
    ["a misspelt section", "stock: {x: {initial: 1}}", "/stock: unknown"],
    ["a misspelt key", "stocks: {x: {inital: 1}}", "/stocks/x/inital: unknown"],
    ["a missing key", "stocks: {x: {unit: person}}", "/stocks/x/initial: missing"],
    ["a text for a number", "levers: {x: {default: none, range: [0, 1]}}", "/levers/x/default: type"],
    ["a wrong choice", "stocks: {x: {initial: 1, indicator: last}}", "/stocks/x/indicator: enum"],
    ["a range of three", "levers: {x: {default: 0, range: [0, 1, 2]}}", "/levers/x/range: too long"],
    ["a step of zero", "model: {name: a, time: {start: 0, stop: 1, step: 0}}", "/model/time/step: minimum"],
    ["a parameter without a value", "parameters: {x: {unit: year}}", "/parameters/x/value: missing"],
  ])("%s does not", (_, yaml, misfit) => {
    expect(misfits(schema, parse(yaml))).toContain(misfit);
  });
});
