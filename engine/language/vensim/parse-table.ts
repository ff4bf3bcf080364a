/**
 * Points of lookups. Vensim writes them `([(xmin,ymin)-(xmax,ymax),(rx,ry)…],(x1,y1),(x2,y2)…)`, where the part in square brackets
 * only serves the graph editor; older files have `(x1,…,xn,y1,…,yn)` (Vensim reference manual, "Lookups").
 */
import { joinSpans, type Span } from "../../diagnostics/source.ts";
import type { ForeignExpression, ForeignTable } from "../foreign/foreign-model.ts";
import type { TokenStream } from "./token-stream.ts";
import { fault, syntaxFault } from "./vensim-fault.ts";
import { MAX_POINTS } from "./vensim-limits.ts";

/** Value of `:NA:`: -2^109 (Vensim reference manual, ":NA:"). */
export const NOT_AVAILABLE = -(2 ** 109);

/** A number with signs before it, blanks between allowed: `- 1`, `+ 0.5`, `:NA:`. */
export function signedNumber(tokens: TokenStream): number {
  let sign = 1;
  while (tokens.isSign("-") || tokens.isSign("+")) {
    if (tokens.take().text === "-") sign = -sign;
  }
  if (tokens.isKeyword("NA")) {
    tokens.take();
    return sign * NOT_AVAILABLE;
  }
  const token = tokens.peek();
  if (token.kind !== "number") {
    if (token.kind === "end") throw tokens.unexpected();
    throw syntaxFault("number-expected", token.span, token.text);
  }
  tokens.take();
  return sign * token.value;
}

/** The value of an expression that is a number with or without signs; null for any other. */
export function constantValue(expression: ForeignExpression): number | null {
  if (expression.kind === "number") return expression.value;
  if (expression.kind !== "unary" || expression.operator === "not") return null;
  const value = constantValue(expression.operand);
  return value === null || expression.operator === "+" ? value : -value;
}

/** Whether the bracket that stands here opens a table and not an expression. */
export function startsTable(tokens: TokenStream): boolean {
  if (!tokens.isSign("(")) return false;
  if (tokens.isSign("[", 1)) return true;
  if (!tokens.isSign("(", 1)) return false;
  let ahead = 2;
  while (tokens.isSign("-", ahead) || tokens.isSign("+", ahead)) ahead++;
  return tokens.peek(ahead).kind === "number" && tokens.isSign(",", ahead + 1);
}

/** A table with its brackets; empty ones are a place-holder without points. */
export function parseTable(tokens: TokenStream): ForeignTable {
  const open = tokens.expect("(");
  if (tokens.isSign("[")) {
    skipGraphRange(tokens);
    tokens.accept(",");
  }
  const points = tokens.isSign("(") ? pairs(tokens, open.span) : plainList(tokens, open.span);
  const close = tokens.expect(")", open.span);
  return { points, type: "continuous", span: joinSpans(open.span, close.span) };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function pairs(tokens: TokenStream, opened: Span): Point[] {
  const points: Point[] = [];
  do {
    if (tokens.isSign(")")) break;
    const open = tokens.expect("(", opened);
    const x = signedNumber(tokens);
    tokens.expect(",", open.span);
    const y = signedNumber(tokens);
    tokens.expect(")", open.span);
    points.push({ x, y });
    if (points.length > MAX_POINTS) throw fault("foreign-limit", open.span, { what: "points", limit: MAX_POINTS });
  } while (tokens.accept(","));
  return points;
}

/** The older form: all x, then all y. */
function plainList(tokens: TokenStream, opened: Span): Point[] {
  const numbers: number[] = [];
  while (!tokens.isSign(")")) {
    numbers.push(signedNumber(tokens));
    if (!tokens.accept(",")) break;
  }
  if (numbers.length % 2 !== 0) throw syntaxFault("odd-table", joinSpans(opened, tokens.lastSpan));
  const half = numbers.length / 2;
  return numbers.slice(0, half).map((x, i) => ({ x, y: numbers[half + i]! }));
}

/** `[(0,0)-(10,10),(1,2)…]`: limits of the drawing and reference points. */
function skipGraphRange(tokens: TokenStream): void {
  const open = tokens.expect("[");
  while (!tokens.isSign("]")) {
    if (tokens.atEnd) throw syntaxFault("missing-close", open.span, "]");
    const token = tokens.take();
    if (token.kind !== "number" && !(token.kind === "sign" && /^[-+(),]$/.test(token.text))) {
      throw syntaxFault("number-expected", token.span, token.text);
    }
  }
  tokens.take();
}
