/**
 * Expressions of Vensim, by operator precedence: `^`, sign, `* /`, `+ -`, comparisons, `:NOT:`, `:AND:`, `:OR:` from tight to loose
 * (Vensim reference manual, "Operators"). `-2^2` is -4; `a^b^c` is `a^(b^c)`, which the manual leaves open and Vensim's own results
 * of SDXorg/test-models, "arithmetics", show.
 */
import { joinSpans } from "../../diagnostics/source.ts";
import type { ForeignBinary, ForeignExpression, ForeignSubscript } from "../foreign/foreign-model.ts";
import { NOT_AVAILABLE, parseTable, startsTable } from "./parse-table.ts";
import type { VensimCall } from "./syntax.ts";
import { nameOf, type TokenStream } from "./token-stream.ts";
import type { Token } from "./tokens.ts";
import { fault } from "./vensim-fault.ts";
import { MAX_NESTING, MAX_TREE_HEIGHT } from "./vensim-limits.ts";

/** How tightly an operator holds its left and right side; right above left: it groups to the left. */
const BINARY: ReadonlyMap<string, { readonly operator: ForeignBinary; readonly left: number; readonly right: number }> =
  new Map([
    [":OR:", { operator: "or", left: 1, right: 2 }],
    [":AND:", { operator: "and", left: 3, right: 4 }],
    ["=", { operator: "=", left: 7, right: 8 }],
    ["<>", { operator: "<>", left: 7, right: 8 }],
    ["<", { operator: "<", left: 7, right: 8 }],
    ["<=", { operator: "<=", left: 7, right: 8 }],
    [">", { operator: ">", left: 7, right: 8 }],
    [">=", { operator: ">=", left: 7, right: 8 }],
    ["+", { operator: "+", left: 9, right: 10 }],
    ["-", { operator: "-", left: 9, right: 10 }],
    ["*", { operator: "*", left: 11, right: 12 }],
    ["/", { operator: "/", left: 11, right: 12 }],
    ["^", { operator: "^", left: 16, right: 15 }],
  ]);
const NOT_HOLDS = 5;
const SIGN_HOLDS = 13;

/** One expression; what follows it is left to the caller. */
export function parseExpression(tokens: TokenStream): ForeignExpression {
  const expression = binary(tokens, 0, 0);
  refuseHighTree(expression);
  return expression;
}

function binary(tokens: TokenStream, holds: number, depth: number): ForeignExpression {
  if (depth > MAX_NESTING) throw fault("equation-too-deep", tokens.peek().span, { limit: MAX_NESTING });
  let left = prefix(tokens, depth);
  for (;;) {
    const entry = BINARY.get(operatorText(tokens.peek()));
    if (!entry || entry.left < holds) return left;
    tokens.take();
    const right = binary(tokens, entry.right, depth + 1);
    left = { kind: "binary", operator: entry.operator, left, right, span: joinSpans(left.span, right.span) };
  }
}

const operatorText = (token: Token): string =>
  token.kind === "sign" ? token.text : token.kind === "keyword" ? `:${token.text}:` : "";

function prefix(tokens: TokenStream, depth: number): ForeignExpression {
  const token = tokens.peek();
  if (token.kind === "sign" && (token.text === "-" || token.text === "+")) {
    tokens.take();
    const operand = binary(tokens, SIGN_HOLDS, depth + 1);
    return { kind: "unary", operator: token.text, operand, span: joinSpans(token.span, operand.span) };
  }
  if (tokens.isKeyword("NOT")) {
    tokens.take();
    const operand = binary(tokens, NOT_HOLDS, depth + 1);
    return { kind: "unary", operator: "not", operand, span: joinSpans(token.span, operand.span) };
  }
  return primary(tokens, depth);
}

function primary(tokens: TokenStream, depth: number): ForeignExpression {
  const token = tokens.peek();
  if (token.kind === "number") return { kind: "number", value: tokens.take().value, span: token.span };
  if (token.kind === "text") return { kind: "text", value: tokens.take().text, span: token.span };
  if (token.kind === "name") return nameOrCall(tokens, depth);
  if (tokens.isKeyword("NA")) {
    tokens.take();
    return { kind: "number", value: NOT_AVAILABLE, span: token.span };
  }
  if (!tokens.accept("(")) throw tokens.unexpected();
  const inner = binary(tokens, 0, depth + 1);
  const close = tokens.expect(")", token.span);
  return { ...inner, span: joinSpans(token.span, close.span) };
}

function nameOrCall(tokens: TokenStream, depth: number): ForeignExpression {
  const name = nameOf(tokens.take());
  const subscripts = tokens.isSign("[") ? parseSubscripts(tokens) : null;
  if (!tokens.isSign("(")) {
    const bang = subscripts === null && tokens.accept("!");
    if (bang)
      return { kind: "name", name, subscripts, transposed: false, bang, span: joinSpans(name.span, tokens.lastSpan) };
    return { kind: "name", name, subscripts, transposed: false, span: joinSpans(name.span, tokens.lastSpan) };
  }
  const open = tokens.take();
  const given: ForeignExpression[] = [];
  const outputs: ForeignExpression[] = [];
  if (!tokens.isSign(")")) {
    do given.push(argument(tokens, depth));
    while (tokens.accept(","));
    if (tokens.accept(":")) {
      do outputs.push(binary(tokens, 0, depth + 1));
      while (tokens.accept(","));
    }
  }
  const close = tokens.expect(")", open.span);
  const call: VensimCall = {
    kind: "call",
    name,
    subscripts,
    arguments: given,
    span: joinSpans(name.span, close.span),
    ...(outputs.length > 0 && { outputs }),
  };
  return call;
}

function argument(tokens: TokenStream, depth: number): ForeignExpression {
  if (!startsTable(tokens)) return binary(tokens, 0, depth + 1);
  const table = parseTable(tokens);
  return { kind: "table", table, span: table.span };
}

/** `[A, DimB!, 3]`. */
export function parseSubscripts(tokens: TokenStream): ForeignSubscript[] {
  const open = tokens.expect("[");
  const subscripts: ForeignSubscript[] = [];
  do {
    const name = tokens.element();
    const bang = tokens.accept("!");
    subscripts.push({ kind: "name", name, bang, span: joinSpans(name.span, tokens.lastSpan) });
  } while (tokens.accept(","));
  tokens.expect("]", open.span);
  return subscripts;
}

/** A sum of thousands of terms nests as deep as it is long; what comes after walks trees by recursion. */
function refuseHighTree(root: ForeignExpression): void {
  const stack: [ForeignExpression, number][] = [[root, 1]];
  for (let entry = stack.pop(); entry; entry = stack.pop()) {
    const [node, height] = entry;
    if (height > MAX_TREE_HEIGHT) throw fault("equation-too-deep", root.span, { limit: MAX_TREE_HEIGHT });
    for (const child of childrenOf(node)) stack.push([child, height + 1]);
  }
}

/** The expressions directly inside one, subscripts left out (Vensim's are names). */
export function childrenOf(node: ForeignExpression): readonly ForeignExpression[] {
  if (node.kind === "unary") return [node.operand];
  if (node.kind === "binary") return [node.left, node.right];
  if (node.kind === "call") return [...node.arguments, ...((node as VensimCall).outputs ?? [])];
  return [];
}
