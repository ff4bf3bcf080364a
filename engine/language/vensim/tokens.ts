/**
 * Text of a definition to tokens. Vensim names hold blanks, so a name goes on over blanks and line ends as long as more of it
 * follows; a backslash at a line's end continues the line as if neither stood there (Vensim reference manual, "Text formatted
 * models" and "Rules for variable names").
 */
import type { Span } from "../../diagnostics/source.ts";
import { syntaxFault } from "./vensim-fault.ts";

export type TokenKind = "name" | "number" | "text" | "keyword" | "sign" | "end";

export interface Token {
  readonly kind: TokenKind;
  /** Name without quotes, number as written, text without quotes, keyword in capitals without colons, or the sign. */
  readonly text: string;
  /** A name in double quotes: it is never a keyword or a function of the language by its looks. */
  readonly quoted: boolean;
  readonly value: number;
  readonly span: Span;
}

/** Letters of all scripts, and the signs above ASCII that Vensim takes for letters (°, €, ²) but for those of multiplication and division. */
const NAME_START = /(?![×÷])[\p{L}\p{M}\p{So}\u20a0-\u20cf\u00a1-\u00ff_$]/u;
/** Signs that mean nothing else in an equation are taken as part of a name, as Vensim's own files have them. */
const NAME_PART = /(?![×÷])[\p{L}\p{M}\p{N}\p{So}\u20a0-\u20cf\u00a1-\u00ff_'’&%#?$]/u;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/y;
const LONG_SIGNS = ["<->", ":=", "==", "<>", "<=", ">=", "->"] as const;
const SIGNS = new Set("+-*/^()[],;=<>!:");
const KEYWORDS = [
  "AND",
  "OR",
  "NOT",
  "NA",
  "EXCEPT",
  "INTERPOLATE",
  "RAW",
  "HOLD BACKWARD",
  "LOOK FORWARD",
  "THE CONDITION",
  "TEST INPUT",
  "IMPLIES",
  "IS",
  "IGNORE",
  "MACRO",
  "END OF MACRO",
] as const;
const KEYWORD = new RegExp(`:\\s*(${KEYWORDS.map((k) => k.replaceAll(" ", "[\\s_]+")).join("|")})\\s*:`, "iy");

/** Reads tokens one after another; stops before `~`, `|` and the end of what it was given. */
export class Lexer {
  readonly #path: string;
  readonly #text: string;
  readonly #end: number;
  at: number;

  constructor(path: string, text: string, from: number, end: number) {
    this.#path = path;
    this.#text = text;
    this.at = from;
    this.#end = end;
  }

  next(): Token {
    this.skip();
    const from = this.at;
    const c = this.#character(from);
    if (c === "" || c === "~" || c === "|") return this.#token("end", "", from);
    if (c === '"') return this.#quotedName(from);
    if (c === "'") return this.#quotedText(from);
    if (/\d/.test(c) || (c === "." && /\d/.test(this.#character(from + 1)))) return this.#number(from);
    if (NAME_START.test(c)) return this.#name(from);
    if (c === ":") {
      KEYWORD.lastIndex = from;
      const keyword = KEYWORD.exec(this.#text);
      if (keyword && KEYWORD.lastIndex <= this.#end) {
        this.at = KEYWORD.lastIndex;
        return this.#token("keyword", keyword[1]!.toUpperCase().replace(/[\s_]+/g, " "), from);
      }
    }
    const sign = LONG_SIGNS.find((long) => this.#text.startsWith(long, from)) ?? (SIGNS.has(c) ? c : null);
    if (sign === null) throw syntaxFault("character", this.#span(from, from + c.length), c);
    this.at = from + sign.length;
    return this.#token("sign", sign, from);
  }

  #token(kind: TokenKind, text: string, from: number, value = 0, quoted = false): Token {
    return { kind, text, value, quoted, span: this.#span(from, Math.max(this.at, from)) };
  }

  #span(start: number, end: number): Span {
    return { path: this.#path, start, end };
  }

  /** The character at a place, a whole code point; empty behind the end. */
  #character(at: number): string {
    const code = at < this.#end ? this.#text.codePointAt(at) : undefined;
    return code === undefined ? "" : String.fromCodePoint(code);
  }

  /** Passes blanks, comments in braces and continued line ends. */
  skip(): void {
    for (;;) {
      const c = this.#text[this.at];
      if (this.at >= this.#end || c === undefined) return;
      if (c === "{") this.#skipComment();
      else if (c === "\\") {
        const after = continuation(this.#text, this.at);
        if (after === this.at) return;
        this.at = after;
      } else if (/\s/.test(c) || c === "\ufeff" || c === "\u0000") this.at++;
      else return;
    }
  }

  /** Comments nest: an equation that holds some can be made one. */
  #skipComment(): void {
    const from = this.at;
    let depth = 0;
    do {
      const c = this.#text[this.at];
      if (c === undefined || this.at >= this.#end) {
        this.at = from;
        throw syntaxFault("open-comment", this.#span(from, from + 1), "{");
      }
      if (c === "{") depth++;
      if (c === "}") depth--;
      this.at++;
    } while (depth > 0);
  }

  #name(from: number): Token {
    let text = "";
    let end = from;
    let at = from;
    while (at < this.#end) {
      const c = this.#character(at);
      if (NAME_PART.test(c)) {
        text += this.#text.slice(end, at).replace(/\\[ \t]*\n\t*/g, "") + c;
        at += c.length;
        end = at;
      } else if (c === "." && text !== "" && NAME_PART.test(this.#character(at + 1)) && end === at) {
        text += c;
        end = ++at;
      } else if (/\s/.test(c)) at++;
      else if (c === "\\" && continuation(this.#text, at) !== at) at = continuation(this.#text, at);
      else break;
    }
    this.at = end;
    return this.#token("name", text, from);
  }

  #quotedName(from: number): Token {
    let text = "";
    let at = from + 1;
    for (;;) {
      const c = this.#text[at];
      if (c === undefined || at >= this.#end || c === "\n") {
        throw syntaxFault("open-quote", this.#span(from, from + 1), '"');
      }
      const after = c === "\\" ? continuation(this.#text, at) : at;
      if (after !== at) at = after;
      else if (c === "\\" && /["\\]/.test(this.#text[at + 1] ?? "")) {
        text += this.#text.slice(at, at + 2);
        at += 2;
      } else if (c === '"') break;
      else {
        text += c;
        at++;
      }
    }
    this.at = at + 1;
    return this.#token("name", text, from, 0, true);
  }

  #quotedText(from: number): Token {
    const close = this.#text.indexOf("'", from + 1);
    const line = this.#text.indexOf("\n", from);
    if (close < 0 || close >= this.#end || (line >= 0 && line < close)) {
      throw syntaxFault("open-quote", this.#span(from, from + 1), "'");
    }
    this.at = close + 1;
    return this.#token("text", this.#text.slice(from + 1, close), from);
  }

  #number(from: number): Token {
    NUMBER.lastIndex = from;
    const digits = NUMBER.exec(this.#text)![0];
    this.at = from + digits.length;
    const after = this.#character(this.at);
    if (after !== "" && NAME_START.test(after)) {
      const word = this.#name(this.at);
      throw syntaxFault("name-starts-with-digit", this.#span(from, word.span.end), digits + word.text);
    }
    const value = Number(digits);
    if (!Number.isFinite(value)) throw syntaxFault("number-too-large", this.#span(from, this.at), digits);
    return this.#token("number", digits, from, value);
  }
}

/** The place behind a continued line end that begins at `at`, with the tabs Vensim indents the next line by; `at` if there is none. */
function continuation(text: string, at: number): number {
  let i = at + 1;
  while (text[i] === " " || text[i] === "\t") i++;
  if (text[i] !== "\n") return at;
  i++;
  while (text[i] === "\t") i++;
  return i;
}
