/** The equation part of one definition: what stands before the first `~`. */
import { joinSpans } from "../../diagnostics/source.ts";
import type { ForeignDataMode, ForeignName } from "../foreign/foreign-model.ts";
import { parseExpression, parseSubscripts } from "./parse-expression.ts";
import { parseRange } from "./parse-range.ts";
import { parseTable, signedNumber } from "./parse-table.ts";
import type { VensimBody, VensimEquation, VensimRange } from "./syntax.ts";
import { isNamed, type TokenStream } from "./token-stream.ts";
import { fault, syntaxFault } from "./vensim-fault.ts";
import { MAX_CELLS } from "./vensim-limits.ts";

/** The left side and the right side of an equation, without what stands behind `~`. */
export type EquationPart = Pick<VensimEquation, "name" | "subscripts" | "except" | "body" | "mode" | "span">;

export type DefinitionPart =
  | { readonly kind: "range"; readonly range: VensimRange }
  | { readonly kind: "equation"; readonly equation: EquationPart }
  /** A reality check: it tests a model and changes no result. */
  | { readonly kind: "reality-check"; readonly name: ForeignName };

const MODES: ReadonlyMap<string, ForeignDataMode> = new Map([
  ["INTERPOLATE", "interpolate"],
  ["LOOK FORWARD", "look-forward"],
  ["HOLD BACKWARD", "hold-backward"],
  ["RAW", "raw"],
]);

export function parseDefinition(tokens: TokenStream): DefinitionPart {
  const name = tokens.name();
  if (tokens.isSign(":") || tokens.isSign("<->")) return { kind: "range", range: parseRange(name, tokens) };
  const subscripts = tokens.isSign("[") ? leftSubscripts(tokens) : [];
  if (tokens.isKeyword("THE CONDITION") || tokens.isKeyword("TEST INPUT")) return { kind: "reality-check", name };
  const except: ForeignName[][] = [];
  let mode: ForeignDataMode | null = null;
  while (tokens.peek().kind === "keyword" && !tokens.isKeyword("IS")) {
    const interpolation = MODES.get(tokens.peek().text);
    if (interpolation !== undefined) {
      tokens.take();
      mode = interpolation;
    } else if (tokens.isKeyword("EXCEPT")) {
      tokens.take();
      do except.push(leftSubscripts(tokens));
      while (tokens.accept(","));
    } else throw tokens.unexpected();
  }
  const body = parseBody(tokens);
  tokens.expectEnd();
  const span = joinSpans(name.span, tokens.lastSpan);
  return { kind: "equation", equation: { name, subscripts, except, body, mode, span } };
}

function leftSubscripts(tokens: TokenStream): ForeignName[] {
  return parseSubscripts(tokens).map((subscript) => {
    if (subscript.kind === "name" && !subscript.bang) return subscript.name;
    throw syntaxFault("unexpected", subscript.span, "!");
  });
}

function parseBody(tokens: TokenStream): VensimBody {
  if (tokens.atEnd) return { kind: "undefined" };
  if (tokens.isSign("(")) return lookupBody(tokens);
  if (tokens.isKeyword("IS")) return textBody(tokens);
  if (!tokens.accept("=") && !tokens.accept(":=") && !tokens.accept("==")) throw tokens.unexpected("=");
  if (tokens.atEnd) return { kind: "placeholder", span: tokens.lastSpan };
  if (isNamed(tokens.peek(), "tabbed_array") && tokens.isSign("(", 1)) return tabbedArray(tokens);
  if (startsNumbers(tokens)) return { kind: "numbers", values: numbers(tokens) };
  const expression = parseExpression(tokens);
  if (tokens.isKeyword("IGNORE")) return unfinished(tokens);
  const isPlaceholder = expression.kind === "call" && expression.name.key === "a_function_of";
  return isPlaceholder ? { kind: "placeholder", span: expression.span } : { kind: "expression", expression };
}

/** `a * b :IGNORE: c`: the author says that causes are not used yet, and Vensim does not simulate such a model. */
function unfinished(tokens: TokenStream): VensimBody {
  const { span } = tokens.take();
  do parseExpression(tokens);
  while (tokens.accept(","));
  return { kind: "placeholder", span };
}

/** A variable that holds a text, such as the name of a file. */
function textBody(tokens: TokenStream): VensimBody {
  tokens.take();
  const token = tokens.peek();
  if (token.kind !== "text") throw tokens.unexpected();
  return { kind: "text", text: tokens.take().text };
}

/** `f((0,0),(1,2))`, or the table from a file: `f(GET XLS LOOKUPS(…))`. */
function lookupBody(tokens: TokenStream): VensimBody {
  if (tokens.peek(1).kind !== "name") return { kind: "lookup", table: parseTable(tokens) };
  const open = tokens.take();
  const expression = parseExpression(tokens);
  tokens.expect(")", open.span);
  return { kind: "expression", expression };
}

/** Whether a list of numbers stands here: a number, and then a comma or semicolon. */
function startsNumbers(tokens: TokenStream): boolean {
  let ahead = 0;
  while (tokens.isSign("-", ahead) || tokens.isSign("+", ahead)) ahead++;
  const token = tokens.peek(ahead);
  const isNumber = token.kind === "number" || (token.kind === "keyword" && token.text === "NA");
  return isNumber && (tokens.isSign(",", ahead + 1) || tokens.isSign(";", ahead + 1));
}

/** `1,2;3,4;` row by row; a separator at the end is allowed. */
function numbers(tokens: TokenStream): number[] {
  const values: number[] = [];
  let columns = -1;
  let rowStart = 0;
  const endRow = () => {
    const length = values.length - rowStart;
    if (columns >= 0 && length !== columns) {
      throw syntaxFault("ragged-table", tokens.lastSpan, String(length), String(columns));
    }
    columns = length;
    rowStart = values.length;
  };
  for (;;) {
    values.push(signedNumber(tokens));
    limitCells(values, tokens);
    if (tokens.accept(";")) {
      endRow();
      if (tokens.atEnd) return values;
    } else if (!tokens.accept(",") || tokens.atEnd) {
      endRow();
      return values;
    }
  }
}

/** `TABBED ARRAY(1 2 3 …)`: numbers with blanks between, row by row. */
function tabbedArray(tokens: TokenStream): VensimBody {
  tokens.take();
  const open = tokens.expect("(");
  const values: number[] = [];
  while (!tokens.isSign(")")) {
    if (tokens.atEnd) throw syntaxFault("missing-close", open.span, ")");
    values.push(signedNumber(tokens));
    limitCells(values, tokens);
    tokens.accept(",");
  }
  tokens.take();
  return { kind: "numbers", values };
}

function limitCells(values: readonly number[], tokens: TokenStream): void {
  if (values.length > MAX_CELLS) throw fault("foreign-limit", tokens.lastSpan, { what: "cells", limit: MAX_CELLS });
}
