/**
 * Maps and lists in brackets that begin and end on one line, `name: {unit: person, value: 3}`: most of what a large model consists of. They
 * are read here, and the yaml library sees a text in quotes of the same length in their place; so it gives the structure round them, with
 * the places they have, in a fraction of the time. What is not plainly right, or has a meaning beyond names, numbers and
 * texts, is left to the library, whose reading this one equals (a property test holds it to that).
 */
import type { SourceFile } from "../diagnostics/source.ts";
import type { YamlEntry, YamlNode, YamlScalar } from "./yaml-node.ts";

export interface FlowLines {
  /** The text of the file with a text in quotes in the place of each node. */
  readonly text: string;
  /** Nodes by the position of their first bracket. */
  readonly nodes: ReadonlyMap<number, YamlNode>;
}

/** A key or the hyphen of a list, then brackets up to the end of the line. */
const LINE = /^( *(?:- )?(?:[^\s"'#&*!|>%@`?{}[\],:\n-][^"'#{}:\n]*: )?)([{[].*[}\]])$/gm;
/** Texts without quotes that begin otherwise are left to the library. */
const PLAIN_START = /[\p{L}\p{N}_.(<=/~]|[-+][\d.]/uy;
const DOUBLE = /"((?:[^"\\\n]|\\["\\])*)"/y;
const SINGLE = /'((?:[^'\n]|'')*)'/y;
const INTEGER = /^[-+]?\d{1,15}$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+\.\d*|(?:\.\d+|\d+(?:\.\d*)?)[eE][-+]?\d+)$/;
/** Numbers in other notations, and longer ones. */
const STRANGE_NUMBER = /^(?:0[ox]|[-+]?\.(?:inf|nan)|[-+]?\d{16,}$)/i;

export function readFlowLines({ text, path }: SourceFile): FlowLines {
  const nodes = new Map<number, YamlNode>();
  if (text.includes("\t")) return { text, nodes };
  const replaced = text.replace(LINE, (line: string, before: string, flow: string, at: number) => {
    const start = at + before.length;
    const node = readFlow(path, text, start, start + flow.length);
    if (node === null) return line;
    nodes.set(start, node);
    return `${before}"${"x".repeat(flow.length - 2)}"`;
  });
  return { text: replaced, nodes };
}

/** The node that brackets between two positions of a text hold; null if it is to be read by the library. */
export function readFlow(path: string, text: string, start: number, end: number): YamlNode | null {
  return new FlowReader(path, text, start, end).read();
}

/** Reads what stands between two positions of a text, all of it or nothing. */
class FlowReader {
  readonly #path: string;
  readonly #text: string;
  readonly #end: number;
  #at: number;

  constructor(path: string, text: string, start: number, end: number) {
    this.#path = path;
    this.#text = text;
    this.#at = start;
    this.#end = end;
  }

  read(): YamlNode | null {
    const node = this.#node();
    return this.#at === this.#end ? node : null;
  }

  #node(): YamlNode | null {
    const sign = this.#text[this.#at];
    if (sign === "{") return this.#map();
    return sign === "[" ? this.#list() : this.#scalar();
  }

  #map(): YamlNode | null {
    const start = this.#at++;
    const entries: YamlEntry[] = [];
    const keys = new Set<string>();
    while (!this.#closes("}", entries.length > 0)) {
      const entry = this.#entry();
      if (entry === null || keys.has(entry.key)) return null;
      keys.add(entry.key);
      entries.push(entry);
    }
    return this.#closed({ kind: "map", entries, span: { path: this.#path, start, end: this.#at } });
  }

  #list(): YamlNode | null {
    const start = this.#at++;
    const items: YamlNode[] = [];
    while (!this.#closes("]", items.length > 0)) {
      const item = this.#node();
      if (item === null) return null;
      items.push(item);
    }
    return this.#closed({ kind: "list", items, span: { path: this.#path, start, end: this.#at } });
  }

  /** Whether a bracket closes here, which is passed then; else the comma before the next member is passed. */
  #closes(bracket: "}" | "]", hasMembers: boolean): boolean {
    this.#blanks();
    if (this.#text[this.#at] === bracket) {
      this.#at++;
      return true;
    }
    if (!hasMembers) return false;
    // Without a comma no member can follow: its reading fails at a position beyond the end.
    if (this.#text[this.#at] === ",") this.#at++;
    else this.#at = this.#end + 1;
    this.#blanks();
    return false;
  }

  #closed(node: YamlNode): YamlNode | null {
    return this.#at <= this.#end ? node : null;
  }

  #entry(): YamlEntry | null {
    const key = this.#text[this.#at] === '"' || this.#text[this.#at] === "'" ? null : this.#scalar();
    if (key === null) return null;
    const name = key.text.trim();
    if (this.#text[this.#at] !== ":") {
      const value: YamlScalar = { kind: "scalar", value: null, text: "", span: key.span, textStart: null };
      return { key: name, keySpan: key.span, value, bare: true };
    }
    this.#at++;
    if (this.#text[this.#at] !== " ") return null;
    this.#blanks();
    const value = this.#node();
    return value && { key: name, keySpan: key.span, value, bare: false };
  }

  #scalar(): YamlScalar | null {
    if (this.#at >= this.#end) return null;
    const quote = this.#text[this.#at]!;
    return quote === '"' || quote === "'" ? this.#quoted() : this.#plain();
  }

  #quoted(): YamlScalar | null {
    const scalar = quotedScalar(this.#path, this.#text, this.#at);
    if (scalar === null || scalar.span.end > this.#end) return null;
    this.#at = scalar.span.end;
    return this.#endsHere() ? scalar : null;
  }

  #plain(): YamlScalar | null {
    const start = this.#at;
    PLAIN_START.lastIndex = start;
    if (!PLAIN_START.test(this.#text)) return null;
    let at = start;
    for (; at < this.#end; at++) {
      const sign = this.#text[at]!;
      if (sign === "," || sign === "}" || sign === "]") break;
      if (sign === "{" || sign === "[") return null;
      if (sign === "#" && this.#text[at - 1] === " ") return null;
      if (sign === ":" && /[\s,[\]{}]/.test(this.#text[at + 1] ?? " ")) break;
    }
    const text = this.#text.slice(start, at).trimEnd();
    // Of `{equation: max(a, b)}` YAML cuts the text off at the comma, which is reported elsewhere.
    if (/[^\S ]/.test(text) || text.split("(").length > text.split(")").length) return null;
    this.#at = this.#text[at] === ":" ? at : start + text.length;
    if (this.#text[at] === ":" && at !== start + text.length) return null;
    const value = plainValue(text);
    if (value === undefined || !this.#endsHere()) return null;
    const span = { path: this.#path, start, end: start + text.length };
    return { kind: "scalar", value, span, text, textStart: start };
  }

  /** Whether what follows ends a scalar; blanks before it are passed. */
  #endsHere(): boolean {
    this.#blanks();
    return /[,:}\]]/.test(this.#text[this.#at] ?? "");
  }

  #blanks(): void {
    while (this.#text[this.#at] === " ") this.#at++;
  }
}

/** The text in quotes that begins at a position; null where it goes on in the next line, or has escapes other than of quotes and backslashes. */
export function quotedScalar(path: string, text: string, start: number): YamlScalar | null {
  const pattern = text[start] === '"' ? DOUBLE : SINGLE;
  pattern.lastIndex = start;
  const match = pattern.exec(text);
  if (!match) return null;
  const span = { path, start, end: pattern.lastIndex };
  const inside = match[1]!;
  const value = pattern === SINGLE ? inside.replaceAll("''", "'") : inside.replace(/\\(.)/g, "$1");
  // As with all texts that the file does not hold as they are, no place inside can be pointed at.
  return { kind: "scalar", value, span, text: value, textStart: value === inside ? start + 1 : null };
}

/** The value of a text without quotes by YAML's core schema; nothing for numbers in rare notations. */
export function plainValue(text: string): string | number | boolean | null | undefined {
  if (STRANGE_NUMBER.test(text)) return undefined;
  if (INTEGER.test(text) || FLOAT.test(text)) return Number(text);
  switch (text) {
    case "~":
    case "null":
    case "Null":
    case "NULL":
      return null;
    case "true":
    case "True":
    case "TRUE":
      return true;
    case "false":
    case "False":
    case "FALSE":
      return false;
    default:
      return text;
  }
}
