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
/** Blanks of other kinds, by which lines may end or words not. */
const STRANGE_BLANK = /[^\S ]/;
/** What stands behind the colon of a key. */
const AFTER_KEY = /[\s,[\]{}]/;
/** A text that is neither a number nor a word of YAML, as is seen from its first letter. */
const MERE_TEXT = /^[a-eg-mo-su-zA-EG-MO-SU-Z\u00a0-\uffff]/;
const INTEGER = /^[-+]?\d{1,15}$/;
const FLOAT = /^[-+]?(?:\.\d+|\d+\.\d*|(?:\.\d+|\d+(?:\.\d*)?)[eE][-+]?\d+)$/;
/** Numbers in other notations, and longer ones. */
const STRANGE_NUMBER = /^(?:0[ox]|[-+]?\.(?:inf|nan)|[-+]?\d{16,}$)/i;

/* Characters by their codes, which cost less to compare than texts of one character. */
const BLANK = 32;
const DOUBLE_QUOTE = 34;
const HASH = 35;
const SINGLE_QUOTE = 39;
const OPEN_ROUND = 40;
const CLOSE_ROUND = 41;
const COMMA = 44;
const ZERO = 48;
const NINE = 57;
const COLON = 58;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const LOWER_A = 97;
const LOWER_Z = 122;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const LAST_ASCII = 126;

export function readFlowLines({ text, path }: SourceFile): FlowLines {
  const nodes = new Map<number, YamlNode>();
  if (text.includes("\t")) return { text, nodes };
  const reader = new FlowReader(path, text);
  const replaced = text.replace(LINE, (line: string, before: string, flow: string, at: number) => {
    const start = at + before.length;
    const node = reader.read(start, start + flow.length);
    if (node === null) return line;
    nodes.set(start, node);
    return `${before}"${"x".repeat(flow.length - 2)}"`;
  });
  return { text: replaced, nodes };
}

/** Reads what stands in brackets between two positions of a text, all of it or nothing. */
export class FlowReader {
  readonly #path: string;
  readonly #text: string;
  #at = 0;
  #end = 0;

  constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
  }

  /** The node between two positions; null if it is to be read by the library. */
  read(start: number, end: number): YamlNode | null {
    this.#at = start;
    this.#end = end;
    const node = this.#node();
    return this.#at === end ? node : null;
  }

  #node(): YamlNode | null {
    switch (this.#text.charCodeAt(this.#at)) {
      case OPEN_BRACE:
        return this.#map();
      case OPEN_BRACKET:
        return this.#list();
      case DOUBLE_QUOTE:
      case SINGLE_QUOTE:
        return this.#quoted();
      default:
        return this.#plain();
    }
  }

  #map(): YamlNode | null {
    const start = this.#at++;
    const entries: YamlEntry[] = [];
    while (!this.#closes(CLOSE_BRACE, entries.length > 0)) {
      const entry = this.#entry();
      if (entry === null) return null;
      entries.push(entry);
    }
    if (hasRepeatedKey(entries)) return null;
    return this.#closed({ kind: "map", entries, span: { path: this.#path, start, end: this.#at } });
  }

  #list(): YamlNode | null {
    const start = this.#at++;
    const items: YamlNode[] = [];
    while (!this.#closes(CLOSE_BRACKET, items.length > 0)) {
      const item = this.#node();
      if (item === null) return null;
      items.push(item);
    }
    return this.#closed({ kind: "list", items, span: { path: this.#path, start, end: this.#at } });
  }

  /** Whether a bracket closes here, which is passed then; else the comma before the next member is passed. */
  #closes(bracket: number, hasMembers: boolean): boolean {
    this.#blanks();
    const sign = this.#text.charCodeAt(this.#at);
    if (sign === bracket) {
      this.#at++;
      return true;
    }
    if (!hasMembers) return false;
    // Without a comma no member can follow: its reading fails at a position beyond the end.
    if (sign === COMMA) this.#at++;
    else this.#at = this.#end + 1;
    this.#blanks();
    return false;
  }

  #closed(node: YamlNode): YamlNode | null {
    return this.#at <= this.#end ? node : null;
  }

  #entry(): YamlEntry | null {
    const start = this.#at;
    const key = this.#written();
    if (key === null || plainValue(key) === undefined) return null;
    const keySpan = { path: this.#path, start, end: start + key.length };
    if (this.#text.charCodeAt(this.#at) !== COLON) {
      const value: YamlScalar = { kind: "scalar", value: null, text: "", span: keySpan, textStart: null };
      return { key, keySpan, value, bare: true };
    }
    this.#at++;
    if (this.#text.charCodeAt(this.#at) !== BLANK) return null;
    this.#blanks();
    const value = this.#node();
    return value && { key, keySpan, value, bare: false };
  }

  #quoted(): YamlScalar | null {
    if (this.#at >= this.#end) return null;
    const scalar = quotedScalar(this.#path, this.#text, this.#at);
    if (scalar === null || scalar.span.end > this.#end) return null;
    this.#at = scalar.span.end;
    return this.#endsHere() ? scalar : null;
  }

  #plain(): YamlScalar | null {
    const start = this.#at;
    const text = this.#written();
    const value = text === null ? undefined : plainValue(text);
    if (text === null || value === undefined) return null;
    return {
      kind: "scalar",
      value,
      span: { path: this.#path, start, end: start + text.length },
      text,
      textStart: start,
    };
  }

  /** A text without quotes, and the blanks behind it; null where it is to be read by the library. */
  #written(): string | null {
    const text = this.#text;
    const start = this.#at;
    if (start >= this.#end || !startsPlain(text, start)) return null;
    const at = this.#plainEnd(start);
    if (at === null) return null;
    let end = at;
    while (text.charCodeAt(end - 1) === BLANK) end--;
    const isKey = text.charCodeAt(at) === COLON;
    if (isKey && at !== end) return null;
    this.#at = end;
    return this.#endsHere() ? text.slice(start, end) : null;
  }

  /** Where a text without quotes ends, with the blanks behind it; null where it is to be read by the library. */
  #plainEnd(start: number): number | null {
    const text = this.#text;
    /** Round brackets that are open. */
    let open = 0;
    let at = start;
    scan: for (; at < this.#end; at++) {
      const sign = text.charCodeAt(at);
      switch (sign) {
        case COMMA:
        case CLOSE_BRACE:
        case CLOSE_BRACKET:
          break scan;
        case OPEN_BRACE:
        case OPEN_BRACKET:
          return null;
        case OPEN_ROUND:
          open++;
          break;
        case CLOSE_ROUND:
          open--;
          break;
        case HASH:
          if (text.charCodeAt(at - 1) === BLANK) return null;
          break;
        case COLON:
          if (AFTER_KEY.test(text[at + 1] ?? " ")) break scan;
          break;
        default:
          if ((sign < BLANK || sign > LAST_ASCII) && STRANGE_BLANK.test(text[at]!)) return null;
      }
    }
    // Of `{equation: max(a, b)}` YAML cuts the text off at the comma, which is reported elsewhere.
    return open > 0 ? null : at;
  }

  /** Whether what follows ends a scalar; blanks before it are passed. */
  #endsHere(): boolean {
    this.#blanks();
    const sign = this.#text.charCodeAt(this.#at);
    return sign === COMMA || sign === COLON || sign === CLOSE_BRACE || sign === CLOSE_BRACKET;
  }

  #blanks(): void {
    while (this.#text.charCodeAt(this.#at) === BLANK) this.#at++;
  }
}

/** Whether a text without quotes may begin at a position; those that begin otherwise are left to the library. */
function startsPlain(text: string, start: number): boolean {
  const sign = text.charCodeAt(start);
  if ((sign >= LOWER_A && sign <= LOWER_Z) || (sign >= ZERO && sign <= NINE)) return true;
  PLAIN_START.lastIndex = start;
  return PLAIN_START.test(text);
}

/** Entries of a map up to which their keys are compared one by one. */
const FEW = 12;

/** Whether two entries have the same key. */
export function hasRepeatedKey(entries: readonly YamlEntry[]): boolean {
  if (entries.length > FEW) return new Set(entries.map((entry) => entry.key)).size < entries.length;
  for (let i = 1; i < entries.length; i++)
    for (let j = 0; j < i; j++) if (entries[i]!.key === entries[j]!.key) return true;
  return false;
}

/** The text in quotes that begins at a position; null where it goes on in the next line, or has escapes other than of quotes and backslashes. */
export function quotedScalar(path: string, text: string, start: number): YamlScalar | null {
  const pattern = text[start] === '"' ? DOUBLE : SINGLE;
  pattern.lastIndex = start;
  const match = pattern.exec(text);
  if (!match) return null;
  const span = { path, start, end: pattern.lastIndex };
  const inside = match[1]!;
  const value = pattern === SINGLE ? unescaped(inside, "'", /''/g) : unescaped(inside, "\\", /\\./g);
  // As with all texts that the file does not hold as they are, no place inside can be pointed at.
  return { kind: "scalar", value, span, text: value, textStart: value === inside ? start + 1 : null };
}

/** A text with the last character of each escape in its place. */
const unescaped = (text: string, sign: string, escapes: RegExp): string =>
  text.includes(sign) ? text.replace(escapes, (written) => written[1]!) : text;

/** The value of a text without quotes by YAML's core schema; nothing for numbers in rare notations. */
export function plainValue(text: string): string | number | boolean | null | undefined {
  if (MERE_TEXT.test(text)) return text;
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
