/** The JSON Schema (draft 07, which editors' YAML extensions read) of a model file, from the description of its keys. */
import type { Block, BlockName, Key, ValueKind } from "./key.ts";
import { BLOCKS, SECTIONS } from "./model-keys.ts";

export type Schema = { readonly [key: string]: unknown };

const scalar: Schema = { type: ["string", "number", "boolean"] };
const number: Schema = { type: "number" };
const equation: Schema = { type: ["string", "number"] };
const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const mapOf = (entry: Schema): Schema => ({ type: "object", additionalProperties: entry });
const listOf = (items: Schema, least = 0): Schema => ({ type: "array", items, ...(least > 0 && { minItems: least }) });
const oneOf = (...forms: Schema[]): Schema => ({ anyOf: forms });
const closed = (properties: Readonly<Record<string, Schema>>, required: readonly string[] = []): Schema => ({
  type: "object",
  properties,
  additionalProperties: false,
  ...(required.length > 0 && { required }),
});
const pair: Schema = { ...listOf(number, 2), maxItems: 2 };
const title = oneOf(scalar, { ...closed({ en: scalar, zh: scalar }), minProperties: 1 });
const cells = oneOf(number, mapOf(number));
const words = listOf(scalar);
/** A low or high curve: points of a lookup (by element too), or a column of a series. */
const side = oneOf({ type: "string" }, listOf(pair, 2), mapOf(listOf(pair, 2)));
const setting = oneOf(
  number,
  closed({ set: oneOf(number, listOf(number, 1)), from: number, to: number, lag: number }, ["set"]),
);
const sample = closed({ empirical: ref("data"), joint: ref("data") });
const equations = mapOf(equation);

const VALUES: Readonly<Record<Exclude<ValueKind, BlockName>, Schema>> = {
  text: scalar,
  title,
  number,
  whole: { type: "integer" },
  fraction: oneOf(
    { type: "number", exclusiveMinimum: 0 },
    { type: "string", pattern: "^\\s*([0-9]+\\s*/\\s*[0-9]+|[0-9]*\\.?[0-9]+)\\s*$" },
  ),
  equation,
  boolean: { type: "boolean" },
  equations,
  initial: oneOf(equation, equations),
  flows: oneOf(equation, listOf(equation)),
  words,
  numbers: listOf(number),
  pair,
  points: listOf(pair, 2),
  cells,
  distribution: oneOf({ type: "string" }, sample),
  elements: oneOf(
    { type: "string", pattern: "^\\s*-?[0-9]+\\s*\\.\\.\\s*-?[0-9]+\\s*$" },
    listOf(scalar, 1),
    mapOf(oneOf({ type: "null" }, scalar, closed({ title, code: scalar }))),
  ),
  groups: mapOf(oneOf(ref("members"), closed({ title, members: ref("members") }, ["members"]))),
  layout: listOf(listOf(scalar)),
  members: oneOf(scalar, words, mapOf(scalar)),
  columns: mapOf(scalar),
  headings: mapOf(title),
  filters: mapOf(oneOf(scalar, words)),
  sets: mapOf(oneOf(equation, closed({ equation: oneOf(equation, equations), equations }))),
  curve: oneOf(
    closed({ factor: { type: "string" } }, ["factor"]),
    closed({ position: { type: "string" }, low: side, high: side }, ["position", "low", "high"]),
  ),
  settings: mapOf(oneOf(setting, listOf(setting, 1))),
  overrides: mapOf(oneOf(cells, closed({ distribution: oneOf({ type: "string" }, sample) }, ["distribution"]))),
};

const describe = ({ en, zh }: Pick<Key, "en" | "zh">): string => `${en}\n${zh}`;

function keySchema(key: Key): Schema {
  const description = describe(key);
  if (key.choices) return { enum: key.choices, description };
  return Object.hasOwn(VALUES, key.value) && key.value !== "members"
    ? { ...VALUES[key.value as Exclude<ValueKind, BlockName>], description }
    : { allOf: [ref(key.value)], description };
}

function blockSchema({ keys, oneOf: choices = [] }: Block): Schema {
  const required = Object.keys(keys).filter((name) => keys[name]!.required);
  const properties = Object.fromEntries(Object.entries(keys).map(([name, key]) => [name, keySchema(key)]));
  const needs = choices.map((names) => ({ anyOf: names.map((name) => ({ required: [name] })) }));
  return { ...closed(properties, required), ...(needs.length > 0 && { allOf: needs }) };
}

function sectionSchema(entries: string): Schema {
  if (entries === "model") return ref("model");
  if (entries === "include") return { type: ["array", "null"], items: { type: "string" } };
  if (entries === "correlations") {
    return {
      type: ["array", "null"],
      items: { type: "array", items: [scalar, scalar, number], minItems: 3, maxItems: 3 },
    };
  }
  // A flow or an auxiliary may be its equation alone.
  const entry = entries === "computed" ? oneOf(equation, ref(entries)) : ref(entries);
  return { type: ["object", "null"], additionalProperties: entry };
}

/** The schema of one YAML file of a model; a model may be split, so no section is required. */
export function modelSchema(): Schema {
  const sections = Object.entries(SECTIONS).map(([name, section]) => {
    const { $ref, ...schema } = sectionSchema(section.entries);
    const whole = $ref === undefined ? schema : { allOf: [{ $ref }] };
    return [name, { ...whole, description: describe(section) }];
  });
  const blocks = Object.entries(BLOCKS).map(([name, block]) => [name, blockSchema(block)]);
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Terrace model file",
    type: ["object", "null"],
    properties: Object.fromEntries(sections),
    additionalProperties: false,
    definitions: { ...Object.fromEntries(blocks), members: VALUES.members },
  };
}
