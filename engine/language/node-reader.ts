/**
 * Turns loosely typed YAML nodes into typed values at the border; everything behind it may assume the strict form.
 * Each reader adds a diagnostic where a value does not fit, and returns null (or the given default) there.
 */
import type { DiagnosticList, Expected } from "../diagnostics/diagnostic.ts";
import { nearestNames } from "../diagnostics/nearest.ts";
import type { Span } from "../diagnostics/source.ts";
import type { Title } from "../ensemble/catalog.ts";
import type { Fraction, Labels, Word } from "./document.ts";
import type { Equation } from "./equation.ts";
import { parseEquation } from "./equation-parser.ts";
import type { YamlEntry, YamlMap, YamlNode } from "./yaml-reader.ts";

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;

/** A mapping whose keys have been checked against those allowed. */
export class Fields {
  readonly where: string;
  readonly span: Span;
  readonly #entries: ReadonlyMap<string, YamlEntry>;
  readonly #read: NodeReader;

  constructor(where: string, span: Span, entries: ReadonlyMap<string, YamlEntry>, read: NodeReader) {
    this.where = where;
    this.span = span;
    this.#entries = entries;
    this.#read = read;
  }

  node(key: string): YamlNode | null {
    return this.#entries.get(key)?.value ?? null;
  }
  keySpan(key: string): Span {
    return this.#entries.get(key)?.keySpan ?? this.span;
  }
  /** Applies a reader to a field, or returns null where the field is not there. */
  #with<T>(key: string, reader: (node: YamlNode, where: string) => T | null): T | null {
    const node = this.node(key);
    return node === null ? null : reader(node, `${this.where}: ${key}`);
  }
  required<T>(key: string, value: T | null): T | null {
    if (value === null && !this.#entries.has(key)) this.#read.missing(key, this.where, this.span);
    return value;
  }
  text = (key: string): string | null => this.#with(key, (n, w) => this.#read.text(n, w));
  word = (key: string): Word | null => this.#with(key, (n, w) => this.#read.word(n, w));
  number = (key: string): number | null => this.#with(key, (n, w) => this.#read.number(n, w));
  fraction = (key: string): Fraction | null => this.#with(key, (n, w) => this.#read.fraction(n, w));
  title = (key: string): Title | null => this.#with(key, (n, w) => this.#read.title(n, w));
  equation = (key: string): Equation | null => this.#with(key, (n, w) => this.#read.equation(n, w));
  words = (key: string): Word[] => this.#with(key, (n, w) => this.#read.words(n, w)) ?? [];
  choice<T extends string>(key: string, allowed: readonly T[]): T | null {
    return this.#with(key, (n, w) => this.#read.choice(n, w, allowed));
  }
  labels(): Labels {
    return {
      title: this.title("title"),
      description: this.title("description"),
      unit: this.word("unit"),
      source: this.text("source"),
      grade: this.text("grade"),
      note: this.text("note"),
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

  wrong(node: YamlNode, where: string, expected: Expected): null {
    const found = node.kind === "scalar" ? (node.value === null ? "nothing" : `"${node.text.trim()}"`) : node.kind;
    this.diagnostics.add("wrong-type", node.span, { where, expected, found });
    return null;
  }

  map(node: YamlNode, where: string): YamlMap | null {
    if (node.kind === "map") return node;
    return this.wrong(node, where, "mapping");
  }

  /** A mapping with known keys; unknown ones are reported. */
  fields(node: YamlNode, where: string, allowed: readonly string[], keySpan?: Span): Fields | null {
    const map = this.map(node, where);
    if (!map) return null;
    const entries = new Map<string, YamlEntry>();
    for (const entry of map.entries) {
      if (allowed.includes(entry.key)) entries.set(entry.key, entry);
      else {
        const near = nearestNames(entry.key, allowed);
        this.diagnostics.add("unknown-key", entry.keySpan, { key: entry.key, where, near, allowed });
      }
    }
    return new Fields(where, keySpan ?? map.span, entries, this);
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
    const normal = text.normalize("NFC");
    if (NAME.test(normal)) return { text: normal, span };
    this.diagnostics.add("bad-name", span, { name: text });
    return null;
  }

  /** `name` or `name[dimension, …]` in a key, with the place of each part. */
  declaration(entry: YamlEntry): { name: Word; shape: Word[] } | null {
    const match = /^\s*([^[\]]+?)\s*(?:\[([^[\]]*)\])?\s*$/u.exec(entry.key);
    if (!match) {
      this.diagnostics.add("bad-name", entry.keySpan, { name: entry.key });
      return null;
    }
    const at = entry.keySpan.end - entry.keySpan.start === entry.key.length ? entry.keySpan.start : null;
    const place = (offset: number, length: number): Span =>
      at === null ? entry.keySpan : { path: entry.keySpan.path, start: at + offset, end: at + offset + length };
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
