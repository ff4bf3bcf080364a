/** What every reader of a part of an XMILE file needs: the text, and where mistakes go. */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { SourceFile, Span } from "../../diagnostics/source.ts";
import { foreignKey } from "../foreign/foreign-key.ts";
import type { ForeignExpression, ForeignName } from "../foreign/foreign-model.ts";
import { isEmpty, parseExpression } from "./expression-parser.ts";
import { bareName, pathKey } from "./expression-tokens.ts";
import { textOf, wordOf } from "./xml-text.ts";
import type { XmlElement } from "./xml-tree.ts";

export interface XmileContext {
  readonly file: SourceFile;
  readonly diagnostics: DiagnosticList;
  /** Elements of the file's dimensions. */
  readonly dimensions: ReadonlyMap<string, readonly ForeignName[]>;
  /** Whether `???`, which stands for an equation that a converter could not write, may be read as 0, by the name of its variable. */
  isUnfinishedAllowed(name: string): boolean;
  /** Whether the file wants NaN for reads outside an array. */
  readonly isNanOutside: boolean;
  /** Parts that were read over. */
  readonly ignored: { what: string; span: Span }[];
}

/** The part that readers need before the dimensions are known. */
type Judged = Pick<XmileContext, "diagnostics">;

/** The word in an element. */
export const word = (context: XmileContext, element: XmlElement) => wordOf(element, context.file.text);

/** An expression in an element; null where it is empty (not an error here) or has an error (which was added). */
export function expressionIn(context: XmileContext, element: XmlElement | undefined): ForeignExpression | null {
  if (!element) return null;
  const text = textOf(element, context.file.text);
  return isEmpty(text.text) ? null : parseExpression(text, context.diagnostics);
}

/** True where an element is missing or says nothing but blanks and comments. */
export function isBlank(context: XmileContext, element: XmlElement | undefined): boolean {
  return !element || isEmpty(textOf(element, context.file.text).text);
}

/** The name of an element with a `name` attribute; null with an error where it has none. */
export function nameOf(context: Judged, element: XmlElement): ForeignName | null {
  const attribute = element.attributes.get("name");
  const key = attribute ? foreignKey(attribute.value.trim()) : "";
  if (!attribute || key === "") {
    structure(context, element.head, { reason: "no-name", element: element.name, inside: "" });
    return null;
  }
  return { text: bareName(attribute.value.trim()), key, span: attribute.span };
}

/** A name that stands as the text of an element, with modules before it: `lynxes."harvest rate"`. */
export function pathIn(text: string, span: Span): ForeignName {
  const parts = splitPath(text);
  return { text: parts.map(bareName).join("."), key: pathKey(parts), span };
}

/** Cuts a name at the dots outside quotes. */
export function splitPath(text: string): string[] {
  const parts: string[] = [""];
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]!;
    if (letter === "\\" && quoted) {
      parts.push(parts.pop()! + letter + (text[++i] ?? ""));
      continue;
    }
    if (letter === '"') quoted = !quoted;
    if (letter === "." && !quoted) parts.push("");
    else parts.push(parts.pop()! + letter);
  }
  return parts.map((part) => part.trim());
}

/** A finite number in an attribute or element; null with an error where it is none. */
export function numberIn(context: XmileContext, text: string, span: Span, where: string): number | null {
  const value = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  context.diagnostics.add("xmile-value", span, { where, text, expected: "number" });
  return null;
}

/** A switch such as `<non_negative/>` or `<non_negative>false</non_negative>`: present means true. */
export function switchIn(context: XmileContext, element: XmlElement | undefined): boolean | null {
  if (!element) return null;
  const { text, span } = word(context, element);
  const value = text.toLowerCase();
  if (value === "" || value === "true" || value === "1") return true;
  if (value === "false" || value === "0") return false;
  context.diagnostics.add("xmile-value", span, { where: element.name, text, expected: "true or false" });
  return null;
}

/** An attribute that is true or false. */
export function flagOf(context: XmileContext, element: XmlElement, name: string, otherwise: boolean): boolean {
  const attribute = element.attributes.get(name);
  if (!attribute) return otherwise;
  const value = attribute.value.trim().toLowerCase();
  if (value === "true" || value === "1") return true;
  if (value === "false" || value === "0") return false;
  const data = { where: name, text: attribute.value, expected: "true or false" } as const;
  context.diagnostics.add("xmile-value", attribute.span, data);
  return otherwise;
}

/** Adds an error about an element that should not be there, or is missing. */
export function structure(
  context: Judged,
  span: Span,
  data: {
    readonly reason: "unknown" | "repeated" | "missing" | "no-name" | "both";
    readonly element: string;
    readonly inside: string;
  },
): void {
  context.diagnostics.add("xmile-structure", span, data);
}

/** Reports elements that are neither read nor known to be without effect; those of other namespaces are read over. */
export function checkChildren(context: XmileContext, element: XmlElement, known: ReadonlySet<string>): void {
  for (const child of element.children) {
    if (known.has(child.name) || child.name.includes(":")) continue;
    structure(context, child.head, { reason: "unknown", element: child.name, inside: element.name });
  }
}

/** The one child of that name; a second one is an error. */
export function onlyChild(context: XmileContext, element: XmlElement, name: string): XmlElement | undefined {
  const [first, second] = element.children.filter((child) => child.name === name);
  if (second) structure(context, second.head, { reason: "repeated", element: name, inside: element.name });
  return first;
}
