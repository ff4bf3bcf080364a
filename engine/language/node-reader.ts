/**
 * Turns loosely typed YAML nodes into typed values at the border; everything behind it may assume the strict form.
 * Each reader adds a diagnostic where a value does not fit, and returns null (or the given default) there.
 */
import type { DiagnosticList, Expected, Found } from "../diagnostics/diagnostic.ts";
import { nearestNames } from "../diagnostics/nearest.ts";
import type { Span } from "../diagnostics/source.ts";
import type { Title } from "../ensemble/catalog.ts";
import type { Fraction, Labels, Word } from "./document.ts";
import type { Equation } from "./equation.ts";
import { parseEquation } from "./equation-parser.ts";
import { FULL_WIDTH_KEY } from "./yaml-faults.ts";
import type { YamlEntry, YamlMap, YamlNode } from "./yaml-node.ts";

const NAME = /^[\p{L}_][\p{L}\p{Nd}_]*$/u;
/** Most names, which the classes of Unicode need not be asked about. */
const ASCII_NAME = /^[A-Za-z_][A-Za-z\d_]*$/;

/** The kind of value that stands in a node, in the words of the diagnostics. */
function foundIn(node: YamlNode): Found {
  if (node.kind === "map") return "mapping";
  if (node.kind === "list") return "list";
  if (node.kind === "bad" || node.value === null) return "nothing";
  return typeof node.value === "number" ? "number" : typeof node.value === "boolean" ? "true or false" : "text";
}

/** A mapping whose keys have been checked against those allowed. */
export class Fields {
  readonly where: string;
  readonly span: Span;
  readonly #entries: readonly YamlEntry[];
  /** False where a key was refused: what is missing may be what it meant. */
  readonly complete: boolean;
  readonly #read: NodeReader;

  constructor(where: string, span: Span, entries: readonly YamlEntry[], complete: boolean, read: NodeReader) {
    this.where = where;
    this.span = span;
    this.#entries = entries;
    this.complete = complete;
    this.#read = read;
  }

  /** By a loop, since this is asked for every key that a field may have. */
  #entry(key: string): YamlEntry | undefined {
    const entries = this.#entries;
    for (let i = 0; i < entries.length; i++) if (entries[i]!.key === key) return entries[i];
    return undefined;
  }
  node(key: string): YamlNode | null {
    return this.#entry(key)?.value ?? null;
  }
  /** Place of a field's value, or of the whole where the field is not there. */
  valueSpan(key: string): Span {
    return this.node(key)?.span ?? this.span;
  }
  keySpan(key: string): Span {
    return this.#entry(key)?.keySpan ?? this.span;
  }
  #whereIs(key: string): string {
    return `${this.where}: ${key}`;
  }
  required<T>(key: string, value: T | null): T | null {
    if (value === null && this.complete && !this.#entry(key)) {
      this.#read.missing(key, this.where, this.span);
    }
    return value;
  }
  /** Reports two keys that say the same thing in two ways: only one of them could count. */
  notBoth(one: string, another: string): void {
    if (!this.#entry(one) || !this.#entry(another)) return;
    const isInOrder = this.keySpan(one).start < this.keySpan(another).start;
    const [other, key] = isInOrder ? [one, another] : [another, one];
    this.#read.diagnostics.add("keys-together", this.keySpan(key), { key, other, where: this.where });
  }
  text(key: string): string | null {
    const node = this.node(key);
    return node && this.#read.text(node, this.#whereIs(key));
  }
  word(key: string): Word | null {
    const node = this.node(key);
    return node && this.#read.word(node, this.#whereIs(key));
  }
  number(key: string): number | null {
    const node = this.node(key);
    return node && this.#read.number(node, this.#whereIs(key));
  }
  fraction(key: string): Fraction | null {
    const node = this.node(key);
    return node && this.#read.fraction(node, this.#whereIs(key));
  }
  title(key: string): Title | null {
    const node = this.node(key);
    return node && this.#read.title(node, this.#whereIs(key));
  }
  equation(key: string): Equation | null {
    const node = this.node(key);
    return node && this.#read.equation(node, this.#whereIs(key));
  }
  words(key: string): Word[] {
    const node = this.node(key);
    return (node && this.#read.words(node, this.#whereIs(key))) ?? [];
  }
  boolean(key: string): boolean | null {
    const node = this.node(key);
    return node && this.#read.boolean(node, this.#whereIs(key));
  }
  choice<T extends string>(key: string, allowed: readonly T[]): T | null {
    const node = this.node(key);
    return node && this.#read.choice(node, this.#whereIs(key), allowed);
  }
  labels(): Labels {
    return {
      title: this.title("title"),
      description: this.title("description"),
      unit: this.word("unit"),
      source: this.text("source"),
      grade: this.text("grade"),
      note: this.title("note"),
    };
  }
}

export class NodeReader {
  readonly diagnostics: DiagnosticList;
  constructor(diagnostics: DiagnosticList) {
    this.diagnostics = diagnostics;
  }

  missing(key: string, where: string, span: Span): void {
    this.diagnostics.add("missing-key", span, { key, where });
  }

  /** Reports a value of the wrong type; a node whose error is known already is passed over. */
  wrong(node: YamlNode, where: string, expected: Expected): null {
    if (node.kind === "bad") return null;
    const text = node.kind === "scalar" ? node.text.trim() : "";
    const colon = expected === "mapping" ? FULL_WIDTH_KEY.exec(text) : null;
    if (colon) this.#fullWidthColon(colon, node.span);
    else this.diagnostics.add("wrong-type", node.span, { where, expected, found: foundIn(node), text });
    return null;
  }

  /** @param span the place of the text that begins with the match */
  #fullWidthColon(match: RegExpExecArray, span: Span): void {
    const at = span.start + match[0].length - 1;
    this.diagnostics.add("full-width-colon", { ...span, start: at, end: at + 1 }, { key: match[2]!.trim() });
  }

  map(node: YamlNode, where: string): YamlMap | null {
    if (node.kind === "map") return node;
    return this.wrong(node, where, "mapping");
  }

  /** A mapping with known keys; unknown ones are reported. */
  fields(node: YamlNode, where: string, allowed: readonly string[], keySpan?: Span): Fields | null {
    const map = this.map(node, where);
    if (!map) return null;
    const span = keySpan ?? map.span;
    if (map.entries.every((entry) => allowed.includes(entry.key)))
      return new Fields(where, span, map.entries, true, this);
    const entries = new Map<string, YamlEntry>();
    for (const [i, entry] of map.entries.entries()) {
      if (allowed.includes(entry.key)) {
        entries.set(entry.key, entry);
        continue;
      }
      const before = map.entries.slice(0, i).findLast((e) => !e.bare);
      if (entry.bare && before && entries.has(before.key)) this.#cutOffText(entries, before, entry);
      else this.#unknownKey(entry, where, allowed, map);
    }
    return new Fields(where, span, [...entries.values()], false, this);
  }

  #unknownKey(entry: YamlEntry, where: string, allowed: readonly string[], map: YamlMap): void {
    const colon = FULL_WIDTH_KEY.exec(entry.key);
    if (colon) return this.#fullWidthColon(colon, entry.keySpan);
    const free = allowed.filter((key) => !map.entries.some((e) => e.key === key));
    const near = nearestNames(entry.key, free);
    this.diagnostics.add("unknown-key", entry.keySpan, { key: entry.key, where, near, allowed });
  }

  /** `{note: from the census, revised}`: YAML ends the note at the comma. The rest is taken out of the mapping. */
  #cutOffText(entries: Map<string, YamlEntry>, before: YamlEntry, rest: YamlEntry): void {
    const { value, key } = before;
    if (value.kind === "bad") return;
    const text = value.kind === "scalar" ? `${value.text.trim()}, ${rest.key}` : rest.key;
    const span = { ...rest.keySpan, start: value.kind === "scalar" ? value.span.start : rest.keySpan.start };
    this.diagnostics.add("missing-quotes", span, { key, text, sign: "," });
    entries.set(key, { ...before, value: { kind: "bad", span } });
  }

  text(node: YamlNode, where: string): string | null {
    if (node.kind === "scalar" && node.value !== null) return node.text.trim();
    return this.wrong(node, where, "text");
  }

  word(node: YamlNode, where: string): Word | null {
    const text = this.text(node, where);
    return text === null ? null : { text: text.normalize("NFC"), span: node.span };
  }

  words(node: YamlNode, where: string): Word[] | null {
    if (node.kind !== "list") return this.wrong(node, where, "list of names");
    return node.items.map((item) => this.word(item, where)).filter((w) => w !== null);
  }

  number(node: YamlNode, where: string): number | null {
    if (node.kind === "scalar" && typeof node.value === "number" && Number.isFinite(node.value)) return node.value;
    return this.wrong(node, where, "number");
  }

  numbers(node: YamlNode, where: string): number[] | null {
    if (node.kind !== "list") return this.wrong(node, where, "list");
    const values = node.items.map((item) => this.number(item, where));
    return values.some((v) => v === null) ? null : (values as number[]);
  }

  /** `1/4`, `0.25` or `2`, kept exact. */
  fraction(node: YamlNode, where: string): Fraction | null {
    if (node.kind !== "scalar") return this.wrong(node, where, "number or fraction");
    const text = node.text.trim();
    const ratio = /^(\d+)\s*\/\s*(\d+)$/.exec(text);
    const decimal = /^(\d*)\.?(\d*)$/.exec(text);
    const [numerator, denominator] = ratio
      ? [Number(ratio[1]), Number(ratio[2])]
      : decimal && text !== "" && text !== "."
        ? [Number(`${decimal[1]}${decimal[2]}`), 10 ** decimal[2]!.length]
        : [0, 0];
    if (!(numerator > 0 && denominator > 0 && Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator))) {
      return this.wrong(node, where, "number or fraction");
    }
    const divisor = greatestCommonDivisor(numerator, denominator);
    return { numerator: numerator / divisor, denominator: denominator / divisor, text, span: node.span };
  }

  title(node: YamlNode, where: string): Title | null {
    if (node.kind === "scalar" && node.value !== null) return { en: node.text.trim(), zh: node.text.trim() };
    if (node.kind !== "map") return this.wrong(node, where, "title");
    const fields = this.fields(node, where, ["en", "zh"]);
    const en = fields?.text("en") ?? null;
    const zh = fields?.text("zh") ?? null;
    if (en === null && zh === null) return null;
    return { en: en ?? zh!, zh: zh ?? en! };
  }

  boolean(node: YamlNode, where: string): boolean | null {
    if (node.kind === "scalar" && typeof node.value === "boolean") return node.value;
    return this.wrong(node, where, "true or false");
  }

  choice<T extends string>(node: YamlNode, where: string, allowed: readonly T[]): T | null {
    const text = this.text(node, where);
    if (text === null) return null;
    const found = allowed.find((a) => a === text);
    if (found !== undefined) return found;
    const near = nearestNames(text, allowed);
    this.diagnostics.add("bad-choice", node.span, { where, found: text, allowed, near });
    return null;
  }

  equation(node: YamlNode, where: string): Equation | null {
    if (node.kind !== "scalar" || node.value === null || typeof node.value === "boolean") {
      return this.wrong(node, where, "equation");
    }
    return parseEquation({ text: node.text, span: node.span, textStart: node.textStart }, this.diagnostics);
  }

  /** A name of the model, checked to be one. */
  name(text: string, span: Span): Word | null {
    if (ASCII_NAME.test(text)) return { text, span };
    const normal = text.normalize("NFC");
    if (NAME.test(normal)) return { text: normal, span };
    this.diagnostics.add("bad-name", span, { name: text });
    return null;
  }

  /** `name` or `name[dimension, …]` in a key, with the place of each part. */
  declaration(entry: YamlEntry): { name: Word; shape: Word[] } | null {
    if (ASCII_NAME.test(entry.key) && entry.keySpan.end - entry.keySpan.start === entry.key.length)
      return { name: { text: entry.key, span: entry.keySpan }, shape: [] };
    const match = /^\s*([^[\]]+?)\s*(?:\[([^[\]]*)\])?\s*$/u.exec(entry.key);
    if (!match) {
      this.diagnostics.add("bad-name", entry.keySpan, { name: entry.key });
      return null;
    }
    const { path, start, end } = entry.keySpan;
    // Quotes round a key are one sign on each side.
    const quotes = (end - start - entry.key.length) / 2;
    const place = (offset: number, length: number): Span =>
      quotes === 0 || quotes === 1
        ? { path, start: start + quotes + offset, end: start + quotes + offset + length }
        : entry.keySpan;
    const name = this.name(match[1]!, place(entry.key.indexOf(match[1]!), match[1]!.length));
    if (!name) return null;
    if (match[2] === undefined) return { name, shape: [] };
    const shape = splitWords(match[2], entry.key.indexOf("[") + 1, place);
    return { name, shape };
  }
}

/** Words between commas, with the place of each. */
export function splitWords(text: string, offset: number, place: (offset: number, length: number) => Span): Word[] {
  const words: Word[] = [];
  let from = 0;
  for (const part of text.split(",")) {
    const lead = part.length - part.trimStart().length;
    const word = part.trim();
    words.push({ text: word.normalize("NFC"), span: place(offset + from + lead, word.length) });
    from += part.length + 1;
  }
  return words;
}

export function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
