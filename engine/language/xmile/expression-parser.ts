/**
 * An XMILE expression to a {@link ForeignExpression}, by precedence climbing. From the tightest (XMILE 1.0, section 3.3.1): subscripts
 * and brackets; `^` from right to left; unary `+ - NOT`; `* / // MOD`; `+ -`; `< <= > >=`; `= <>`; `AND`; `OR`. `IF` reaches as far
 * to the right as it can. So `-2^2` is −4, `2^-1` is one half, and `NOT a = b` is `(NOT a) = b`.
 */
import type { DiagnosticList, EquationFault } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/source.ts";
import type { ForeignBinary, ForeignExpression, ForeignName, ForeignSubscript } from "../foreign/foreign-model.ts";
import { bareName, pathKey, type Token, tokenize } from "./expression-tokens.ts";
import { LIMITS } from "./limits.ts";
import type { PlacedText } from "./xml-text.ts";

/** The key of `IF … THEN … ELSE …`, which is a call of three arguments. */
export const IF_KEY = "if_then_else";

const LEVEL: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  "=": 3,
  "<>": 3,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "//": 6,
  mod: 6,
};
const UNARY_LEVEL = 7;

/** Signs of other languages and what XMILE has for them. */
const INSTEAD: Readonly<Record<string, string>> = {
  "==": "=",
  "!=": "<>",
  "&&": "AND",
  "||": "OR",
  "&": "AND",
  "|": "OR",
  "!": "NOT",
  "**": "^",
  "%": "/ 100",
  "×": "*",
  "·": "*",
  "÷": "/",
  "−": "-",
  "≤": "<=",
  "≥": ">=",
  "≠": "<>",
};

/** Stops the parser at its first error. */
class ExpressionStop extends Error {}

/** Parses one expression; null where it has an error, which has then been added. */
export function parseExpression(text: PlacedText, diagnostics: DiagnosticList): ForeignExpression | null {
  return parse(text, diagnostics, (parser) => parser.whole());
}

/**
 * Parses an equation that may also be a table of numbers, as converters from Vensim write it: `1, 2; 3, 4`. Returns the expressions in
 * reading order; one where it is no table.
 */
export function parseTable(text: PlacedText, diagnostics: DiagnosticList): readonly ForeignExpression[] | null {
  return parse(text, diagnostics, (parser) => parser.table());
}

/** True where an equation says nothing: blanks and comments. */
export const isEmpty = (text: string): boolean => text.trim() === "" || tokenize(text).length === 1;

function parse<T>(text: PlacedText, diagnostics: DiagnosticList, rule: (parser: Parser) => T): T | null {
  if (text.text.length > LIMITS.equation) {
    diagnostics.add("equation-too-long", text.span(0, 1), { length: text.text.length, limit: LIMITS.equation });
    return null;
  }
  try {
    return rule(new Parser(text, diagnostics));
  } catch (error) {
    if (error instanceof ExpressionStop) return null;
    throw error;
  }
}

class Parser {
  readonly #text: PlacedText;
  readonly #diagnostics: DiagnosticList;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(text: PlacedText, diagnostics: DiagnosticList) {
    this.#text = text;
    this.#diagnostics = diagnostics;
    this.#tokens = tokenize(text.text);
    const bad = this.#tokens.find((token) => token.kind === "bad");
    if (bad) this.#refuse(bad);
  }

  whole(): ForeignExpression {
    const expression = this.#expression(0);
    this.#atEnd();
    return expression;
  }

  table(): ForeignExpression[] {
    const cells = [this.#expression(0)];
    while (this.#take(",") || this.#take(";")) {
      if (this.#peek().kind === "end" && cells.length > 1) break;
      cells.push(this.#expression(0));
    }
    this.#atEnd();
    return cells;
  }

  #peek(): Token {
    return this.#tokens[this.#next]!;
  }

  #take(text: string): Token | null {
    const token = this.#peek();
    if ((token.kind !== "sign" && token.kind !== "keyword") || token.text !== text) return null;
    this.#next++;
    return token;
  }

  #span(from: number, to: number): Span {
    return this.#text.span(from, to);
  }

  #place(token: Token): Span {
    return token.kind === "end"
      ? this.#text.span(Math.max(0, this.#text.text.trimEnd().length - 1), this.#text.text.trimEnd().length)
      : this.#text.span(token.start, token.end);
  }

  /** End of the last token that was taken. */
  #end(): number {
    return this.#tokens[this.#next - 1]!.end;
  }

  #fault(problem: EquationFault, token: Token, text = token.text): never {
    this.#diagnostics.add("equation-syntax", this.#place(token), { problem, text });
    throw new ExpressionStop();
  }

  #refuse(token: Token): never {
    if (token.text === '"') this.#fault("open-quote", token);
    if (token.text === "{") this.#fault("missing-close", token, "}");
    if (token.text === "}") this.#fault("extra-close", token);
    const instead = Object.hasOwn(INSTEAD, token.text) ? INSTEAD[token.text]! : null;
    this.#diagnostics.add("foreign-sign", this.#place(token), { sign: token.text, instead });
    throw new ExpressionStop();
  }

  #atEnd(): void {
    const token = this.#peek();
    if (token.kind === "end") return;
    if (token.text === ")" || token.text === "]") this.#fault("extra-close", token);
    if (token.text === "," || token.text === ";") this.#fault("comma-outside", token);
    this.#noOperator(token);
  }

  /** Two values with nothing between them. */
  #noOperator(token: Token): never {
    const left = this.#tokens[this.#next - 1]!;
    const words = left.kind === "name" && token.kind === "name";
    const joined = words ? `${left.text}_${token.text}` : null;
    const span = this.#span(left.start, token.end);
    this.#diagnostics.add("implicit-product", span, { left: left.text, right: token.text, joined, declared: null });
    throw new ExpressionStop();
  }

  #missing(): never {
    const token = this.#peek();
    if (token.kind !== "end") this.#fault("missing-value", token);
    const last = this.#tokens[this.#next - 1];
    if (last === undefined) this.#fault("empty", token);
    this.#fault("unfinished", last);
  }

  #nested<T>(rule: () => T): T {
    if (++this.#depth > LIMITS.nesting) this.#tooDeep(LIMITS.nesting);
    const result = rule();
    this.#depth--;
    return result;
  }

  #tooDeep(limit: number): never {
    this.#diagnostics.add("equation-too-deep", this.#place(this.#peek()), { limit });
    throw new ExpressionStop();
  }

  #expression(level: number): ForeignExpression {
    return this.#nested(() => {
      const start = this.#peek().start;
      let left = this.#operand();
      for (let length = 1; ; length++) {
        const token = this.#peek();
        const own = token.kind === "sign" || token.kind === "keyword" ? LEVEL[token.text] : undefined;
        if (own === undefined || own <= level) return left;
        if (length > LIMITS.chain) this.#tooDeep(LIMITS.chain);
        this.#next++;
        const right = this.#expression(own);
        const operator = token.text as ForeignBinary;
        left = { kind: "binary", operator, left, right, span: this.#span(start, this.#end()) };
      }
    });
  }

  /** A value with signs before it and powers after it. */
  #operand(): ForeignExpression {
    const token = this.#peek();
    const sign = this.#take("-") ?? this.#take("+") ?? this.#take("not");
    if (sign) {
      const operator = sign.text as "-" | "+" | "not";
      const operand = this.#expression(UNARY_LEVEL);
      return { kind: "unary", operator, operand, span: this.#span(token.start, this.#end()) };
    }
    const base = this.#postfix();
    if (!this.#take("^")) return base;
    const exponent = this.#expression(UNARY_LEVEL);
    return {
      kind: "binary",
      operator: "^",
      left: base,
      right: exponent,
      span: this.#span(token.start, this.#end()),
    };
  }

  #postfix(): ForeignExpression {
    const token = this.#peek();
    if (this.#take("(")) {
      const inner = this.#expression(0);
      if (!this.#take(")")) this.#unclosed(token, ")");
      return { ...inner, span: this.#span(token.start, this.#end()) };
    }
    if (this.#take("if")) return this.#choice(token);
    if (token.kind === "number") return this.#number(token);
    // Where a value must stand, MOD is no operator: files have variables and functions of that name.
    if (token.text === "mod") return this.#named();
    if (token.kind !== "name") this.#missing();
    return this.#named();
  }

  #number(token: Token): ForeignExpression {
    this.#next++;
    const value = Number(token.text);
    if (!Number.isFinite(value)) {
      this.#diagnostics.add("number-too-large", this.#place(token), { text: token.text });
      throw new ExpressionStop();
    }
    return { kind: "number", value, span: this.#place(token) };
  }

  #choice(start: Token): ForeignExpression {
    const condition = this.#expression(0);
    if (!this.#take("then")) this.#brokenChoice("if-without-then", start);
    const yes = this.#expression(0);
    if (!this.#take("else")) this.#brokenChoice("if-without-else", start);
    const no = this.#expression(0);
    const name: ForeignName = { text: "IF THEN ELSE", key: IF_KEY, span: this.#place(start) };
    const span = this.#span(start.start, this.#end());
    return { kind: "call", name, subscripts: null, arguments: [condition, yes, no], span };
  }

  /** The word that should follow is missing, or something stands in its way. */
  #brokenChoice(problem: "if-without-then" | "if-without-else", start: Token): never {
    const token = this.#peek();
    const isValue = token.kind === "name" || token.kind === "number" || token.text === "(" || token.text === "not";
    if (isValue) this.#noOperator(token);
    this.#fault(problem, start);
  }

  /** A name, with subscripts, arguments or a transposition mark. Words before `(` are one name: `VECTOR SORT ORDER(x, 1)`. */
  #named(): ForeignExpression {
    const first = this.#peek();
    let name = this.#nameOf([this.#tokens[this.#next++]!]);
    let words = this.#next;
    while (this.#tokens[words]!.kind === "name") words++;
    if (words > this.#next && this.#tokens[words]!.text === "(") {
      name = this.#nameOf(this.#tokens.slice(this.#next - 1, words));
      this.#next = words;
    }
    const subscripts = this.#peek().text === "[" ? this.#subscripts() : null;
    if (this.#peek().text === "(") {
      const values = this.#arguments();
      return { kind: "call", name, subscripts, arguments: values, span: this.#span(first.start, this.#end()) };
    }
    const transposed = this.#take("'") !== null;
    return { kind: "name", name, subscripts, transposed, span: this.#span(first.start, this.#end()) };
  }

  #nameOf(tokens: readonly Token[]): ForeignName {
    const span = this.#span(tokens[0]!.start, tokens.at(-1)!.end);
    const parts = tokens.length === 1 ? tokens[0]!.parts : [tokens.map((token) => token.text).join(" ")];
    if (parts.length === 0) return { text: tokens[0]!.text, key: tokens[0]!.text, span };
    return { text: parts.map(bareName).join("."), key: pathKey(parts), span };
  }

  #arguments(): ForeignExpression[] {
    const open = this.#tokens[this.#next++]!;
    const values: ForeignExpression[] = [];
    if (this.#take(")")) return values;
    do values.push(this.#expression(0));
    while (this.#take(","));
    if (!this.#take(")")) this.#unclosed(open, ")");
    return values;
  }

  #subscripts(): ForeignSubscript[] {
    const open = this.#tokens[this.#next++]!;
    const subscripts: ForeignSubscript[] = [];
    do subscripts.push(this.#subscript());
    while (this.#take(","));
    if (!this.#take("]")) this.#unclosed(open, "]");
    return subscripts;
  }

  #subscript(): ForeignSubscript {
    const start = this.#peek().start;
    if (this.#take("*")) {
      const token = this.#take(":") ? this.#peek() : null;
      if (token && token.kind !== "name") this.#missing();
      if (token) this.#next++;
      const of = token ? this.#nameOf([token]) : null;
      return { kind: "wildcard", of, span: this.#span(start, this.#end()) };
    }
    const from = this.#expression(0);
    if (this.#take(":")) {
      const to = this.#expression(0);
      return { kind: "range", from, to, span: this.#span(start, this.#end()) };
    }
    const span = this.#span(start, this.#end());
    if (from.kind === "name" && from.subscripts === null && !from.transposed) {
      return { kind: "name", name: from.name, bang: false, span };
    }
    return { kind: "expression", expression: from, span };
  }

  /** A bracket that is not closed where it should be: something else may stand in the way. */
  #unclosed(open: Token, closer: string): never {
    const token = this.#peek();
    if (token.kind === "name" || token.kind === "number" || token.text === "(") this.#noOperator(token);
    this.#fault("missing-close", open, closer);
  }
}
