/** A document without its places and without the wording of its equations, so that two can be compared. */
import type { ModelDocument } from "../../engine/language/document.ts";

const PLACES = /^(span|.*Span|textStart)$/;

/** Variables come in the order of the sections, which is that of the file; here they come by name. */
export function withoutPlaces(document: ModelDocument): unknown {
  const variables = [...document.variables].sort((a, b) => (a.name.text < b.name.text ? -1 : 1));
  return strip({ ...document, variables });
}

export function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== "object" || value === null) return value;
  if ("expression" in value && "source" in value) return strip(value.expression);
  const entries = Object.entries(value).filter(([key]) => !PLACES.test(key));
  return Object.fromEntries(entries.map(([key, inner]) => [key, strip(inner)]));
}
