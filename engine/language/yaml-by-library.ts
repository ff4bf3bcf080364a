/** YAML text read by the yaml library: files of which the reader of blocks reads nothing. */
import type { Node } from "yaml";
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { SourceFile, Span } from "../diagnostics/source.ts";
import { readFlowLines } from "./flow-line.ts";
import { YAML } from "./library.ts";
import { reportFault, textEnd } from "./yaml-faults.ts";
import type { YamlBad, YamlEntry, YamlFile, YamlList, YamlMap, YamlNode } from "./yaml-node.ts";

/** Parses one file, lines of brackets without the library; problems are added to `diagnostics`, of those of its syntax the first. */
export function readByLibrary(file: SourceFile, diagnostics: DiagnosticList): YamlFile {
  const lines = readFlowLines(file);
  const document = parse(lines.text);
  // Whatever is strange with the lines put aside is read again as it stands.
  if (document.errors.length === 0 && countPlaced(document.contents as Node | null, lines.nodes) === lines.nodes.size)
    return converted(document, lines.nodes, file, diagnostics);
  return readWhole(file, diagnostics);
}

/** The same by the library alone. */
export function readWhole(file: SourceFile, diagnostics: DiagnosticList): YamlFile {
  const document = parse(file.text);
  if (document.errors.length === 0) return converted(document, new Map(), file, diagnostics);
  reportFault(document.errors, file, diagnostics);
  return { good: false };
}

function converted(document: YamlDocument, placed: Placed, file: SourceFile, diagnostics: DiagnosticList): YamlFile {
  const contents = document.contents as Node | null;
  return { good: true, node: contents && new Converter(file, diagnostics, placed).convert(contents) };
}

type YamlDocument = ReturnType<typeof parse>;
function parse(text: string) {
  const { LineCounter, parseDocument } = YAML.get();
  return parseDocument(text, { lineCounter: new LineCounter(), uniqueKeys: false, merge: false });
}

/** Nodes that have been read apart, by the position where a text in quotes stands for them. */
type Placed = ReadonlyMap<number, YamlNode>;

function placedAt(node: Node | null, placed: Placed): YamlNode | undefined {
  return YAML.get().isScalar(node) && node.type === "QUOTE_DOUBLE" && !node.anchor && !node.tag
    ? placed.get(node.range?.[0] ?? -1)
    : undefined;
}

/** How many of the nodes stand in a tree. */
function countPlaced(node: Node | null, placed: Placed): number {
  if (placedAt(node, placed)) return 1;
  const { isMap, isSeq } = YAML.get();
  if (isSeq(node)) return (node.items as (Node | null)[]).reduce((sum, item) => sum + countPlaced(item, placed), 0);
  if (!isMap(node)) return 0;
  return (node.items as MapItem[]).reduce((sum, { value }) => sum + countPlaced(value, placed), 0);
}

interface MapItem {
  readonly key: Node | null;
  readonly value: Node | null;
}

class Converter {
  readonly #file: SourceFile;
  readonly #diagnostics: DiagnosticList;
  /** One alias a file is told: the others are the same habit. */
  #aliasReported = false;

  readonly #placed: Placed;

  constructor(file: SourceFile, diagnostics: DiagnosticList, placed: Placed) {
    this.#file = file;
    this.#diagnostics = diagnostics;
    this.#placed = placed;
  }

  #span(start: number, end: number): Span {
    return { path: this.#file.path, start, end };
  }

  convert(node: Node | null): YamlNode {
    const apart = placedAt(node, this.#placed);
    if (apart) return apart;
    const { isAlias, isMap, isScalar, isSeq } = YAML.get();
    const [start, end] = node?.range ?? [0, 0];
    const span = this.#span(start, end);
    if (isAlias(node) || (node !== null && "anchor" in node && node.anchor !== undefined)) return this.#alias(span);
    if (node !== null && "tag" in node && typeof node.tag === "string") {
      const at = this.#file.text.lastIndexOf("!", start);
      this.#diagnostics.add("yaml-tag", this.#span(at < 0 ? start : at, end), { tag: node.tag });
      return { kind: "bad", span };
    }
    if (isMap(node)) return this.#map(node.items as MapItem[], span, node.flow === true);
    if (isSeq(node)) return this.#list(node.items as (Node | null)[], span, node.flow === true);
    if (isScalar(node)) {
      const value = node.value;
      const plain = typeof value === "number" || typeof value === "boolean" || typeof value === "string" ? value : null;
      return { kind: "scalar", value: plain, span, ...scalarText(plain, span, this.#file.text, node.type ?? "PLAIN") };
    }
    return { kind: "scalar", value: null, text: "", span, textStart: null };
  }

  #alias(span: Span): YamlBad {
    if (!this.#aliasReported) {
      const at = Math.max(this.#file.text.lastIndexOf("&", span.start), this.#file.text.lastIndexOf("*", span.start));
      this.#diagnostics.add("yaml-alias", at < 0 ? span : { ...span, start: at }, {});
    }
    this.#aliasReported = true;
    return { kind: "bad", span };
  }

  #list(nodes: readonly (Node | null)[], span: Span, flow: boolean): YamlList {
    const items: YamlNode[] = [];
    let skipTo = 0;
    for (const [i, node] of nodes.entries()) {
      if ((node?.range?.[0] ?? 0) < skipTo) continue;
      const cut = flow ? this.#cutOff(node, nodes[i + 1] ?? null, span.end - 1, "") : null;
      if (cut !== null) skipTo = cut.end;
      items.push(cut === null ? this.convert(node) : { kind: "bad", span: cut });
    }
    return { kind: "list", items, span };
  }

  #map(items: readonly MapItem[], span: Span, flow: boolean): YamlMap {
    const entries: YamlEntry[] = [];
    const seen = new Map<string, Span>();
    let skipTo = 0;
    for (const [i, item] of items.entries()) {
      if ((item.key?.range?.[0] ?? 0) < skipTo) continue;
      const keyNode = this.convert(item.key);
      const { path, start, end } = keyNode.span;
      const key = (keyNode.kind === "scalar" ? keyNode.text : this.#file.text.slice(start, end)).trim();
      const next = items[i + 1];
      const cut = flow && next?.value === null ? this.#cutOff(item.value, next.key, span.end - 1, key) : null;
      if (cut !== null) skipTo = cut.end;
      const first = seen.get(key);
      if (first) {
        const related = [{ span: first, label: "first-defined-here" as const }];
        this.#diagnostics.add("duplicate-key", keyNode.span, { key }, related);
        continue;
      }
      seen.set(key, keyNode.span);
      const nothing: YamlNode = { kind: "scalar", value: null, text: "", span: keyNode.span, textStart: null };
      const value = cut ? { kind: "bad" as const, span: cut } : item.value ? this.convert(item.value) : nothing;
      entries.push({ key, keySpan: { path, start, end }, value, bare: flow && item.value === null });
    }
    return { kind: "map", entries, span };
  }

  /**
   * The place of a text without quotes that YAML cut off at a comma inside its brackets, as in `{equation: max(a, b)}`;
   * it is reported. Null where nothing is cut off.
   */
  #cutOff(node: Node | null, next: Node | null, limit: number, key: string): Span | null {
    if (!YAML.get().isScalar(node) || node.type !== "PLAIN" || typeof node.value !== "string" || !node.range)
      return null;
    if (openBrackets(node.value) <= 0 || !next?.range) return null;
    const start = node.range[0];
    const closed = textEnd(this.#file.text, start, limit);
    const isClosed = closed > node.range[1] && openBrackets(this.#file.text.slice(start, closed)) === 0;
    // In a list only a call is an equation for sure: `[Kunming (old, new]` may be meant as it is.
    if (key === "" && !(isClosed && /[\p{L}\p{Nd}_]\(/u.test(node.value))) return null;
    const end = isClosed ? closed : next.range[1];
    const span = this.#span(start, end);
    const text = this.#file.text.slice(start, end);
    this.#diagnostics.add("missing-quotes", span, { key, text, sign: "," });
    return span;
  }
}

/** How many brackets a text opens and does not close. */
const openBrackets = (text: string): number => text.split("(").length - text.split(")").length;

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
