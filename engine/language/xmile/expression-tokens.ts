/** The words of an XMILE expression, with their places (XMILE 1.0, sections 3.2 and 3.3). */
import { foreignKey } from "../foreign/foreign-key.ts";

export type TokenKind = "number" | "name" | "keyword" | "sign" | "end" | "bad";

export interface Token {
  readonly kind: TokenKind;
  /** The sign or keyword in lower case, the digits of a number, a name as written. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** A name's parts: `a."b.c"` has two. An empty first part stands for the model itself: `.x`. */
  readonly parts: readonly string[];
}

/** Words that are no names unless they stand in quotes. */
const KEYWORDS: ReadonlySet<string> = new Set(["if", "then", "else", "and", "or", "not", "mod"]);

const SPACE = /[\s\u00a0\u200b\ufeff]+/uy;
const COMMENT = /\{[^{}]*\}/uy;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/uy;
/** A part of a name: letters of any script, digits, underscores, `$`; or anything between double quotes; or a place among dimensions, `@2`. */
const PART = /@\d+|[\p{L}_$][\p{L}\p{M}\p{N}_$]*|"(?:[^"\\]|\\.)*"/uy;
const SIGN = /\/\/|<>|<=|>=|[-+*/^()[\],:;'=<>]/uy;
/** Signs of other languages, taken whole so that a message can name them. */
const FOREIGN = /==|!=|&&|\|\||\*\*|:=|./suy;

/** Cuts a text into tokens; the last one is `end`. A sign that XMILE does not have is `bad`. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0] ?? null;
  };
  const put = (kind: TokenKind, word: string, length: number, parts: readonly string[] = []) => {
    tokens.push({ kind, text: word, start: at, end: at + length, parts });
    at += length;
  };
  while (at < text.length) {
    const blank = match(SPACE) ?? match(COMMENT);
    if (blank !== null) {
      at += blank.length;
      continue;
    }
    const number = match(NUMBER);
    if (number !== null && !isForeignPair(text, at)) {
      put("number", number, number.length);
      continue;
    }
    const path = readPath(text, at);
    if (path) {
      const word = text.slice(at, path.end);
      const key = word.toLowerCase();
      if (KEYWORDS.has(key)) put("keyword", key, word.length);
      else put("name", word, word.length, path.parts);
      continue;
    }
    const foreign = isForeignPair(text, at) ? null : match(SIGN);
    if (foreign !== null) put("sign", foreign, foreign.length);
    else put("bad", match(FOREIGN)!, match(FOREIGN)!.length);
  }
  tokens.push({ kind: "end", text: "", start: at, end: at, parts: [] });
  return tokens;
}

/** `==`, `**` and `:=` begin like signs of XMILE and are none. */
const isForeignPair = (text: string, at: number) => /^(?:==|\*\*|:=)/.test(text.slice(at, at + 2));

/** A name with the modules before it: `hares.area`, `.area`, `"a.b".c`. */
function readPath(text: string, start: number): { parts: string[]; end: number } | null {
  const parts: string[] = [];
  let at = start;
  if (text[at] === ".") {
    parts.push("");
    at++;
  }
  for (;;) {
    PART.lastIndex = at;
    const part = PART.exec(text)?.[0];
    if (part === undefined) return null;
    parts.push(part);
    at += part.length;
    PART.lastIndex = at + 1;
    if (text[at] !== "." || !PART.test(text)) return { parts, end: at };
    at++;
  }
}

/** Separates the parts of a name with modules inside a key, until the name is resolved; no key can contain it. */
export const PATH = "\u001f";

/** The key of a name with modules: the keys of its parts, joined. */
export const pathKey = (parts: readonly string[]): string => parts.map(foreignKey).join(PATH);

/** A part as the author wrote it, without quotes. */
export function bareName(part: string): string {
  if (part.length < 2 || !part.startsWith('"') || !part.endsWith('"')) return part;
  return part.slice(1, -1).replace(/\\(["\\])/g, "$1");
}
