/**
 * Equation text to {@link Expression}, by precedence climbing: each operator takes what binds more tightly than itself. The tokens are
 * checked first (brackets, alternation of operands and operators, foreign signs), so that here is left what only the structure shows.
 *
 * The grammar is the one of mathjs without its implicit products, assignments, ranges, matrices and properties; a test holds this parser to
 * mathjs on every equation of a few tokens.
 */
import type { DiagnosticList, Remedy } from "../diagnostics/diagnostic.ts";
import { joinSpans, type Span } from "../diagnostics/source.ts";
import { checkTokens, MAX_DEPTH } from "./check-tokens.ts";
import type { BinaryOperator, Equation, EquationText, Expression } from "./equation.ts";
import { type Token, tokenize } from "./equation-tokens.ts";
import { joinWords } from "./worded-functions.ts";

const MAX_LENGTH = 50_000;

export const COMPARISON = 3;
/** How tightly an operator binds; a power binds to the right, all others to the left. A sign before its operand comes between `/` and `^`. */
export const STRENGTH: Readonly<Record<BinaryOperator, number>> = {
  or: 1,
  and: 2,
  "==": COMPARISON,
  "!=": COMPARISON,
  "<": COMPARISON,
  "<=": COMPARISON,
  ">": COMPARISON,
  ">=": COMPARISON,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  mod: 5,
  "^": 7,
};
/** The operators between two operands that take their left operand as it comes; a power is read with its base. */
const STRENGTHS: ReadonlyMap<string, number> = new Map(Object.entries(STRENGTH).filter(([sign]) => sign !== "^"));

/** Parses an equation; null where it has an error, which has then been added to `diagnostics`. */
export function parseEquation(source: EquationText, diagnostics: DiagnosticList): Equation | null {
  const { text } = source;
  if (text.length > MAX_LENGTH) {
    diagnostics.add("equation-too-long", source.span, { length: text.length, limit: MAX_LENGTH });
    return null;
  }
  let tokens = tokenize(text);
  if (tokens.some((token, i) => token.kind === "name" && tokens[i + 1]?.kind === "name"))
    tokens = tokenize(joinWords(text));
  if (tokens.length === 0) {
    diagnostics.add("equation-syntax", source.span, { problem: "empty", text: "" });
    return null;
  }
  const { span: whole, textStart } = source;
  const place = (start: number, end: number): Span =>
    textStart === null ? whole : { path: whole.path, start: textStart + start, end: textStart + end };
  if (!checkTokens(tokens, place, diagnostics)) return null;
  const expression = new Parser(tokens, source, diagnostics).parse();
  return expression && { source, expression };
}

/** Reads tokens that have been checked. What is refused is reported and read on past, so that every part is an expression. */
class Parser {
  readonly #tokens: readonly Token[];
  readonly #source: EquationText;
  readonly #diagnostics: DiagnosticList;
  /** The token that is read next. */
  #at = 0;
  /** How many parts the token stands inside. */
  #depth = 0;
  /** Only the first error is told. */
  #failed = false;

  constructor(tokens: readonly Token[], source: EquationText, diagnostics: DiagnosticList) {
    this.#tokens = tokens;
    this.#source = source;
    this.#diagnostics = diagnostics;
  }

  parse(): Expression | null {
    const expression = this.#operation(1);
    // A chain of operators nests to its left, which shows only now.
    if (this.#tokens.length > MAX_DEPTH && depthOf(expression) > MAX_DEPTH) this.#tooDeep();
    return this.#failed ? null : expression;
  }

  /** Operands and the operators between them, of a strength or more. */
  #operation(weakest: number): Expression {
    if (this.#depth > MAX_DEPTH) return this.#tooDeep();
    this.#depth++;
    const start = this.#at;
    let left = this.#prefixed();
    let isChain = false;
    for (let strength = this.#strength(); strength >= weakest; strength = this.#strength()) {
      const operator = this.#tokens[this.#at++]!.text as BinaryOperator;
      const right = this.#operation(strength + 1);
      const span = joinSpans(left.span, right.span);
      if (strength === COMPARISON) {
        if (this.#strength() === COMPARISON) isChain = true;
        else if (isChain) this.#refuse("a < b < c", "use-comparison-pair", span);
        else if (left.kind === "unary" && left.operator === "not" && this.#tokens[start]!.text !== "(")
          this.#refuse("not", "parenthesise-not", span);
      }
      left = { kind: "binary", operator, left, right, span };
    }
    this.#depth--;
    return left;
  }

  /** The strength of the operator that comes next; 0 if none does. */
  #strength(): number {
    return STRENGTHS.get(this.#sign()) ?? 0;
  }

  #sign(): string {
    return this.#tokens[this.#at]?.text ?? "";
  }

  /** A value, perhaps with signs before it and a power behind it, which binds more tightly than they do. */
  #prefixed(): Expression {
    const at = this.#at;
    const sign = this.#sign();
    if (sign !== "-" && sign !== "+" && sign !== "not") return this.#power();
    const operand = this.#prefixedBehind();
    if (sign === "+") return operand;
    return { kind: "unary", operator: sign, operand, span: this.#from(operand.span, at, sign) };
  }

  /** What stands behind a sign or `^`. */
  #prefixedBehind(): Expression {
    this.#at++;
    if (this.#depth > MAX_DEPTH) return this.#tooDeep();
    this.#depth++;
    const operand = this.#prefixed();
    this.#depth--;
    return operand;
  }

  #power(): Expression {
    const base = this.#value();
    if (this.#sign() !== "^") return base;
    const exponent = this.#prefixedBehind();
    const span = joinSpans(base.span, exponent.span);
    return { kind: "binary", operator: "^", left: base, right: exponent, span };
  }

  /** A number, text, name or bracket, with the subscripts and arguments behind it. */
  #value(): Expression {
    const token = this.#tokens[this.#at]!;
    let value = token.text === "(" ? this.#bracketed() : this.#single(token);
    for (;;) {
      const sign = this.#sign();
      if (sign === "[") value = this.#subscripted(value);
      else if (sign === "(") value = this.#call(value);
      else return value;
    }
  }

  #single({ kind, text, start, end }: Token): Expression {
    this.#at++;
    const span = this.#place(start, end);
    if (kind === "number") return { kind: "number", value: Number(text), span };
    if (kind === "name") return { kind: "name", name: text.normalize("NFC"), span };
    return { kind: "text", value: text.slice(1, -1).replace(/\s/g, " "), span };
  }

  /** An operation in brackets has its brackets in its place; anything else keeps its own. */
  #bracketed(): Expression {
    const open = this.#at++;
    const inner = this.#operation(1);
    this.#at++;
    if (inner.kind !== "binary" && inner.kind !== "unary") return inner;
    return { ...inner, span: this.#from(this.#to(inner.span, ")"), open, "(") };
  }

  #subscripted(head: Expression): Expression {
    const subscripts = this.#list("]");
    const span = this.#to(joinedWith(head.span, subscripts), "]");
    if (head.kind === "name") return { kind: "subscripted", name: head.name, nameSpan: head.span, subscripts, span };
    this.#refuse(`${this.#headOf(head)}[ ]`, "none", span);
    return head;
  }

  /** What stands before subscripts that is no name: as it is written, in short. */
  #headOf(head: Expression): string {
    if (head.kind === "number") return String(head.value);
    if (head.kind === "subscripted") return "[ ]";
    return head.kind === "call" ? `${head.name}( )` : "( )";
  }

  #call(head: Expression): Expression {
    const values = this.#list(")");
    const inside = values.length > 0 ? joinedWith(head.span, values) : this.#to(head.span, "(");
    const span = this.#to(inside, ")");
    if (head.kind === "name")
      return { kind: "call", name: head.name, nameSpan: head.span, subscripts: null, arguments: values, span };
    if (head.kind !== "subscripted") return head;
    const { name, nameSpan, subscripts } = head;
    return { kind: "call", name, nameSpan, subscripts, arguments: values, span };
  }

  /** What stands between commas up to a bracket. */
  #list(closer: string): Expression[] {
    const items: Expression[] = [];
    this.#at++;
    while (this.#sign() !== closer && this.#at < this.#tokens.length) {
      items.push(this.#operation(1));
      if (this.#sign() === ",") this.#at++;
    }
    this.#at++;
    return items;
  }

  #place(start: number, end: number): Span {
    const { span, textStart } = this.#source;
    return textStart === null ? span : { path: span.path, start: textStart + start, end: textStart + end };
  }

  /** A span begun one token earlier, if that token is the one given; it is sought from a token on that stands before the span. */
  #from(span: Span, before: number, text: string): Span {
    const { textStart } = this.#source;
    if (textStart === null) return span;
    let at = before;
    while (textStart + this.#tokens[at + 1]!.end <= span.start) at++;
    const { text: found, start } = this.#tokens[at]!;
    return found === text ? { path: span.path, start: textStart + start, end: span.end } : span;
  }

  /** A span ended one token later, if that token is the one given; it stands before those that are still to be read, or is the next. */
  #to(span: Span, text: string): Span {
    const { textStart } = this.#source;
    if (textStart === null) return span;
    let at = this.#at;
    while (textStart + (this.#tokens[at - 1]?.start ?? -1) >= span.end) at--;
    const token = this.#tokens[at];
    return token?.text === text ? { path: span.path, start: span.start, end: textStart + token.end } : span;
  }

  #refuse(construct: string, instead: Remedy, span: Span): void {
    if (!this.#failed) this.#diagnostics.add("construct-refused", span, { construct, instead });
    this.#failed = true;
  }

  /** Reported, and the rest is not read. */
  #tooDeep(): Expression {
    const { span } = this.#source;
    if (!this.#failed) this.#diagnostics.add("equation-too-deep", span, { limit: MAX_DEPTH });
    this.#failed = true;
    this.#at = this.#tokens.length;
    return { kind: "number", value: 0, span };
  }
}

const joinedWith = (first: Span, others: readonly Expression[]): Span => {
  const last = others.at(-1);
  return last ? joinSpans(first, last.span) : first;
};

/** How many operations lie one inside another. Those to the left may be thousands. */
function depthOf(expression: Expression): number {
  let deepest = 0;
  let level = 0;
  let e = expression;
  for (; e.kind === "binary"; e = e.left) deepest = Math.max(deepest, ++level + depthOf(e.right));
  const inner =
    e.kind === "unary"
      ? [e.operand]
      : e.kind === "call"
        ? [...(e.subscripts ?? []), ...e.arguments]
        : e.kind === "subscripted"
          ? e.subscripts
          : [];
  return inner.reduce((most, part) => Math.max(most, level + 1 + depthOf(part)), Math.max(deepest, level));
}
