/** The part of JSON Schema (draft 07) that the schema of model files uses, as a validator for the tests. */
import type { Schema } from "./json-schema.ts";

/** Paths of the values that do not fit, innermost first; none where all fit. */
export function misfits(schema: Schema, value: unknown, root: Schema = schema, path = ""): string[] {
  const check = (part: unknown, inner: unknown, at: string) => misfits(part as Schema, inner, root, at);
  const found: string[] = [];
  for (const [keyword, rule] of Object.entries(schema)) {
    switch (keyword) {
      case "$ref": {
        const name = String(rule).replace("#/definitions/", "");
        found.push(...check((root.definitions as Record<string, Schema>)[name], value, path));
        break;
      }
      case "type":
        if (![rule].flat().some((type) => hasType(value, String(type)))) found.push(`${path}: type`);
        break;
      case "enum":
        if (!(rule as unknown[]).includes(value)) found.push(`${path}: enum`);
        break;
      case "pattern":
        if (typeof value === "string" && !new RegExp(String(rule)).test(value)) found.push(`${path}: pattern`);
        break;
      case "exclusiveMinimum":
        if (typeof value === "number" && !(value > Number(rule))) found.push(`${path}: minimum`);
        break;
      case "anyOf": {
        const tries = (rule as Schema[]).map((form) => check(form, value, path));
        // The form that comes nearest says best what is wrong.
        if (tries.every((t) => t.length > 0)) found.push(...tries.sort((a, b) => a.length - b.length)[0]!);
        break;
      }
      case "allOf":
        for (const form of rule as Schema[]) found.push(...check(form, value, path));
        break;
      case "required":
        if (isMap(value))
          found.push(...(rule as string[]).filter((k) => !(k in value)).map((k) => `${path}/${k}: missing`));
        break;
      case "minProperties":
        if (isMap(value) && Object.keys(value).length < Number(rule)) found.push(`${path}: empty`);
        break;
      case "additionalProperties": {
        if (!isMap(value)) break;
        const known = Object.keys((schema.properties ?? {}) as object);
        for (const [key, inner] of Object.entries(value)) {
          if (known.includes(key)) continue;
          if (rule === false) found.push(`${path}/${key}: unknown`);
          else found.push(...check(rule, inner, `${path}/${key}`));
        }
        break;
      }
      case "properties":
        if (!isMap(value)) break;
        for (const [key, inner] of Object.entries(rule as object)) {
          if (key in value) found.push(...check(inner, value[key], `${path}/${key}`));
        }
        break;
      case "items":
        if (!Array.isArray(value)) break;
        for (const [i, item] of value.entries()) {
          found.push(...check(Array.isArray(rule) ? rule[i] : rule, item, `${path}/${i}`));
        }
        break;
      case "minItems":
        if (Array.isArray(value) && value.length < Number(rule)) found.push(`${path}: too short`);
        break;
      case "maxItems":
        if (Array.isArray(value) && value.length > Number(rule)) found.push(`${path}: too long`);
        break;
      case "$schema":
      case "title":
      case "description":
      case "definitions":
        break;
      default:
        throw new Error(`the validator does not know ${keyword}`);
    }
  }
  return found;
}

const isMap = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function hasType(value: unknown, type: string): boolean {
  if (type === "null") return value === null;
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isMap(value);
  if (type === "integer") return Number.isInteger(value);
  return typeof value === type;
}
