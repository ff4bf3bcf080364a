/**
 * YAML text to a tree of plain nodes with places. Aliases and anchors are refused: a model needs none, and they are the
 * way a small file can become a huge one.
 */
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { SourceFile, Span } from "../diagnostics/source.ts";

export interface YamlScalar {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
  /** The value as the author wrote it, without quotes. */
  readonly text: string;
  readonly span: Span;
  /** Where `text[0]` stands in the file, if `text` is a verbatim piece of it (line ends count as spaces). */
  readonly textStart: number | null;
}
export interface YamlEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: YamlNode;
}
export interface YamlMap {
  readonly kind: "map";
  readonly entries: readonly YamlEntry[];
  readonly span: Span;
}
export interface YamlList {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
  readonly span: Span;
}
export type YamlNode = YamlScalar | YamlMap | YamlList;

/** Parses one file; problems are added to `diagnostics`. Returns null where nothing usable was found. */
export function readYaml(file: SourceFile, diagnostics: DiagnosticList): YamlNode | null {
  const span = (start: number, end: number): Span => ({ path: file.path, start, end });
  const tab = /^ *\t[ \t]*\S/m.exec(file.text);
  if (tab) {
    const at = tab.index + tab[0].indexOf("\t");
    diagnostics.add("yaml-tab", span(at, at + 1), {});
    return null;
  }
  const document = parseDocument(file.text, { lineCounter: new LineCounter(), uniqueKeys: false, merge: false });
  for (const problem of document.errors) {
    const [start, end] = problem.pos;
    const detail = problem.message.split(" at line ")[0]!.split("\n")[0]!.replace(/:$/, "");
    diagnostics.add("yaml-syntax", span(start, Math.max(end, start + 1)), { detail });
  }
  if (document.errors.length > 0 || document.contents === null) return null;
  return convert(document.contents as Node, file, diagnostics);
}

function convert(node: Node | null, file: SourceFile, diagnostics: DiagnosticList): YamlNode {
  const [start, end] = node?.range ?? [0, 0];
  const span: Span = { path: file.path, start, end };
  if (isAlias(node) || (node !== null && "anchor" in node && node.anchor !== undefined)) {
    diagnostics.add("yaml-alias", span, {});
    return { kind: "scalar", value: null, text: "", span, textStart: null };
  }
  if (isMap(node)) return convertMap(node.items as MapItem[], span, file, diagnostics);
  if (isSeq(node)) {
    return { kind: "list", items: node.items.map((i) => convert(i as Node | null, file, diagnostics)), span };
  }
  if (isScalar(node)) {
    const value = node.value;
    const plain = typeof value === "number" || typeof value === "boolean" || typeof value === "string" ? value : null;
    return { kind: "scalar", value: plain, span, ...scalarText(plain, span, file.text, node.type ?? "PLAIN") };
  }
  return { kind: "scalar", value: null, text: "", span, textStart: null };
}

interface MapItem {
  readonly key: Node | null;
  readonly value: Node | null;
}

function convertMap(items: MapItem[], span: Span, file: SourceFile, diagnostics: DiagnosticList): YamlMap {
  const entries: YamlEntry[] = [];
  const seen = new Map<string, Span>();
  for (const item of items) {
    const keyNode = convert(item.key, file, diagnostics);
    const key = (
      keyNode.kind === "scalar" ? keyNode.text : file.text.slice(keyNode.span.start, keyNode.span.end)
    ).trim();
    const first = seen.get(key);
    if (first) {
      diagnostics.add("duplicate-name", keyNode.span, { name: key }, [{ span: first, label: "first-defined-here" }]);
      continue;
    }
    seen.set(key, keyNode.span);
    const value: YamlNode = item.value
      ? convert(item.value, file, diagnostics)
      : { kind: "scalar", value: null, text: "", span: keyNode.span, textStart: null };
    entries.push({ key, keySpan: keyNode.span, value });
  }
  return { kind: "map", entries, span };
}

/**
 * The text of a scalar and where it begins. The raw text is taken where it stands for itself, so that a place in an
 * equation is a place in the file; quoted texts with escapes lose that and are pointed at as a whole.
 */
function scalarText(
  value: string | number | boolean | null,
  span: Span,
  source: string,
  type: string,
): { text: string; textStart: number | null } {
  let start = span.start;
  let end = span.end;
  if (type === "QUOTE_SINGLE" || type === "QUOTE_DOUBLE") {
    start++;
    end--;
  } else if (type === "BLOCK_LITERAL" || type === "BLOCK_FOLDED") {
    start = source.indexOf("\n", start) + 1;
  }
  const raw = source.slice(start, end).replace(/[\r\n\t]/g, " ");
  const escaped = (type === "QUOTE_DOUBLE" && raw.includes("\\")) || (type === "QUOTE_SINGLE" && raw.includes("''"));
  if (typeof value === "string" && (escaped || squeeze(raw) !== squeeze(value)))
    return { text: value, textStart: null };
  return { text: raw, textStart: start };
}

const squeeze = (text: string) => text.replace(/\s+/g, " ").trim();
