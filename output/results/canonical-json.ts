/**
 * JSON in one form only, so that equal data is equal bytes: keys sorted by code unit (after those that are whole numbers, which
 * ECMAScript puts first), numbers in ECMAScript's shortest form.
 */

/** A value that JSON can hold; fields that are undefined are left out. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined };

/** The canonical text on one line. @throws TypeError for a value that JSON cannot hold, naming where it stands. */
export function canonicalLine(value: unknown): string {
  return JSON.stringify(canonical(value, "$"));
}

/** The canonical text of a file: indented by two spaces, with a line end at the end. */
export function canonicalFile(value: unknown): string {
  return `${JSON.stringify(canonical(value, "$"), null, 2)}\n`;
}

function canonical(value: unknown, place: string): JsonValue {
  if (value === null || typeof value === "boolean" || typeof value === "string") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((item, i) => canonical(item, `${place}[${i}]`));
  if (typeof value === "object" && isPlain(value)) {
    const entries = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([key, item]) => [key, canonical(item, `${place}.${key}`)]));
  }
  throw new TypeError(`${place} cannot be written as JSON: ${String(value)}`);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
