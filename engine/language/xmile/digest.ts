/** A digest of what an element says about results, so that a later change of it is seen. */
import { textOf } from "./xml-text.ts";
import type { XmlElement } from "./xml-tree.ts";

/** An element as far as it bears on results. */
export interface PlainNode {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly children: readonly PlainNode[];
}

/** Elements that say nothing about results, and those of other namespaces, which have a prefix. */
const SILENT: ReadonlySet<string> = new Set(["doc", "format", "range", "scale", "display", "event_poster", "label"]);

export function plainNode(element: XmlElement, source: string): PlainNode {
  return {
    name: element.name,
    attributes: [...element.attributes].map(([name, { value }]) => [name, value] as const),
    text: textOf(element, source).text,
    children: element.children.map((child) => plainNode(child, source)),
  };
}

/** The one attribute of another namespace that bears on results. */
const SAVE_INTERVAL = "isee:save_interval";

/** Sixteen hexadecimal digits: FNV-1a (Fowler, Noll, Vo) twice, with 32 bits each, over a canonical text. */
export function digestOf(node: PlainNode): string {
  const text = canonical(node);
  return [0x811c9dc5, 0x01234567].map((basis) => fnv(text, basis).toString(16).padStart(8, "0")).join("");
}

/** Attributes by name, blanks as one, silent parts left out. */
function canonical({ name, attributes, text, children }: PlainNode): string {
  const own = attributes
    .filter(([key]) => key === SAVE_INTERVAL || (!key.includes(":") && key !== "xmlns"))
    .map(([key, value]) => `${key}=${JSON.stringify(value.trim())}`)
    .sort();
  const inner = children.filter((child) => !SILENT.has(child.name) && !child.name.includes(":")).map(canonical);
  return `${name}(${own.join(",")})${JSON.stringify(text.replace(/\s+/g, " ").trim())}[${inner.join("")}]`;
}

function fnv(text: string, basis: number): number {
  let hash = basis;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
