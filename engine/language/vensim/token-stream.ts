/** Tokens of one definition with one token of look-ahead or more, and the questions parsers ask of them. */
import type { Span } from "../../diagnostics/source.ts";
import { foreignKey } from "../foreign/foreign-key.ts";
import type { ForeignName } from "../foreign/foreign-model.ts";
import type { Token } from "./tokens.ts";
import { syntaxFault } from "./vensim-fault.ts";

export class TokenStream {
  readonly #tokens: readonly Token[];
  #at = 0;

  /** The tokens of a definition; the last is the `end`. */
  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(ahead = 0): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
  }

  take(): Token {
    const token = this.peek();
    if (this.#at < this.#tokens.length - 1) this.#at++;
    return token;
  }

  get atEnd(): boolean {
    return this.peek().kind === "end";
  }

  /** Where the last token taken ends. */
  get lastSpan(): Span {
    return this.#tokens[Math.max(0, this.#at - 1)]!.span;
  }

  isSign(sign: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === "sign" && token.text === sign;
  }

  isKeyword(keyword: string): boolean {
    const token = this.peek();
    return token.kind === "keyword" && token.text === keyword;
  }

  /** Takes a sign if it stands here. */
  accept(sign: string): boolean {
    if (!this.isSign(sign)) return false;
    this.take();
    return true;
  }

  /** Takes a sign, or says that it is missing; a closing bracket is missed where its opening one stands. */
  expect(sign: string, opened: Span | null = null): Token {
    if (this.isSign(sign)) return this.take();
    if (opened && (this.atEnd || this.peek().kind === "end")) throw syntaxFault("missing-close", opened, sign);
    throw this.unexpected(sign);
  }

  /** The error for a token that cannot stand here; `wanted` is the sign that could. */
  unexpected(wanted = ""): Error {
    const token = this.peek();
    if (token.kind === "end") return syntaxFault("unfinished", this.lastSpan, "", wanted);
    return syntaxFault("unexpected", token.span, token.text, wanted);
  }

  expectEnd(): void {
    if (!this.atEnd) throw this.unexpected();
  }

  /** A name; blanks inside it count as one. */
  name(): ForeignName {
    if (this.peek().kind !== "name") throw this.unexpected();
    return nameOf(this.take());
  }

  /** An element: a name, or a number that is an element's name (`2010`). */
  element(): ForeignName {
    const token = this.peek();
    if (token.kind !== "name" && token.kind !== "number") throw this.unexpected();
    return nameOf(this.take());
  }
}

export function nameOf(token: Token): ForeignName {
  const text = token.quoted ? token.text : token.text.replace(/[\s\u00a0]+/g, " ").trim();
  return { text, key: foreignKey(text), span: token.span };
}

/** Whether a token is a name that calls this function of the language; a quoted name never does. */
export const isNamed = (token: Token, key: string): boolean =>
  token.kind === "name" && !token.quoted && foreignKey(token.text) === key;
