/** XML to be written. */

export interface XmlNode {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  /** Elements, or one text. */
  readonly content: readonly XmlNode[] | string;
}

type Attributes = Readonly<Record<string, string | null | undefined>>;

/** An element; attributes without a value are left out. */
export function element(name: string, attributes: Attributes, content: readonly XmlNode[] | string = []): XmlNode {
  const given = Object.entries(attributes).flatMap(([key, value]) =>
    typeof value === "string" ? [[key, value] as const] : [],
  );
  return { name, attributes: given, content };
}

/** Characters that XML 1.0 does not allow, of which a text of ours has none that matters; they become the replacement character. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

const escapeText = (text: string): string =>
  text
    .replace(FORBIDDEN, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\r", "&#13;");
const escapeAttribute = (text: string): string =>
  escapeText(text).replaceAll('"', "&quot;").replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");

/** The text of an element, two blanks a level; texts stand as they are. */
export function printXml(node: XmlNode, indent = ""): string {
  const head = [node.name, ...node.attributes.map(([key, value]) => `${key}="${escapeAttribute(value)}"`)].join(" ");
  if (node.content.length === 0) return `${indent}<${head}/>\n`;
  if (typeof node.content === "string") return `${indent}<${head}>${escapeText(node.content)}</${node.name}>\n`;
  const inner = node.content.map((child) => printXml(child, `${indent}  `)).join("");
  return `${indent}<${head}>\n${inner}${indent}</${node.name}>\n`;
}
