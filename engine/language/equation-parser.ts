/**
 * Equation text to {@link Expression}. mathjs parses, and nothing else of it is used: its tree passes a whitelist of node
 * kinds, and nothing is ever evaluated.
 *
 * mathjs nodes have no places, but names and numbers come out of its tree in the order of the text, so the n-th name
 * token is the n-th symbol.
 */
import type {
  ConstantNode,
  FunctionNode,
  IndexNode,
  MathNode,
  OperatorNode,
  ParenthesisNode,
  SymbolNode,
} from "mathjs";
import { create, parseDependencies } from "mathjs/number";
import type { DiagnosticList, Remedy } from "../diagnostics/diagnostic.ts";
import { joinSpans, type Span } from "../diagnostics/source.ts";
import type { BinaryOperator, Equation, EquationText, Expression } from "./equation.ts";
import { type Token, tokenize } from "./equation-tokens.ts";

const MAX_LENGTH = 20_000;
const MAX_DEPTH = 200;

const math = create(parseDependencies!);
const parse = math.parse as typeof math.parse & { isAlpha: (c: string, before: string, after: string) => boolean };
// mathjs knows Latin letters only; a name may have letters of any script.
parse.isAlpha = (c) => /^[\p{L}_]$/u.test(c) || /^[\uD800-\uDFFF]$/.test(c);

const BINARY: Readonly<Record<string, BinaryOperator>> = {
  add: "+",
  subtract: "-",
  multiply: "*",
  divide: "/",
  pow: "^",
  mod: "mod",
  equal: "==",
  unequal: "!=",
  smaller: "<",
  smallerEq: "<=",
  larger: ">",
  largerEq: ">=",
  and: "and",
  or: "or",
};

/** Tokens from other languages, and what to write instead. */
const FOREIGN: Readonly<Record<string, Remedy>> = {
  "=": "use-equals",
  "**": "use-power",
  "&&": "use-and",
  "&": "use-and",
  "||": "use-or",
  "|": "use-or",
  "!": "use-not",
  "<>": "use-not-equal",
  "?": "use-if",
  ":": "no-range",
  ";": "one-equation",
  "{": "no-matrix",
  "}": "no-matrix",
  ".": "no-property",
  "%": "use-share",
  "#": "no-comment",
  "×": "use-times",
  "·": "use-times",
  "÷": "use-divide",
  to: "none",
  in: "none",
  xor: "none",
};
const FULL_WIDTH = /[，（）＋－＊／＝＜＞【】［］：；。、]/u;

/** Parses an equation; null where it has an error, which has then been added to `diagnostics`. */
export function parseEquation(source: EquationText, diagnostics: DiagnosticList): Equation | null {
  const { text } = source;
  if (text.length > MAX_LENGTH) {
    diagnostics.add("equation-too-long", source.span, { length: text.length, limit: MAX_LENGTH });
    return null;
  }
  const tokens = tokenize(text);
  const place = (start: number, end: number): Span =>
    source.textStart === null
      ? source.span
      : { path: source.span.path, start: source.textStart + start, end: source.textStart + end };
  if (!checkTokens(tokens, place, diagnostics)) return null;
  if (tokens.length === 0) {
    diagnostics.add("equation-syntax", source.span, { detail: "empty" });
    return null;
  }
  let tree: MathNode;
  try {
    tree = parse(text) as MathNode;
  } catch (error) {
    reportSyntax(error, text, tokens, place, diagnostics);
    return null;
  }
  const converter = new Converter(tokens, place, source.span, diagnostics);
  const expression = converter.convert(tree, 0);
  return expression && !converter.failed ? { source, expression } : null;
}

type Place = (start: number, end: number) => Span;

/** Refuses what the language does not have, and two operands with no operator between them. */
function checkTokens(tokens: readonly Token[], place: Place, diagnostics: DiagnosticList): boolean {
  let depth = 0;
  let good = true;
  for (const [i, token] of tokens.entries()) {
    const previous = tokens[i - 1];
    const remedy = FOREIGN[token.text] ?? (FULL_WIDTH.test(token.text) ? "use-half-width" : undefined);
    if (remedy !== undefined && token.kind !== "text") {
      diagnostics.add("construct-refused", place(token.start, token.end), { construct: token.text, instead: remedy });
      return false;
    }
    if (
      token.kind === "other" ||
      token.text === "'" ||
      token.text === "@" ||
      token.text === "~" ||
      token.text === "\\"
    ) {
      diagnostics.add("construct-refused", place(token.start, token.end), { construct: token.text, instead: "none" });
      return false;
    }
    if (token.text === "(" || token.text === "[") depth++;
    if (token.text === ")" || token.text === "]") depth--;
    if (depth > MAX_DEPTH) {
      diagnostics.add("equation-too-deep", place(token.start, token.end), { limit: MAX_DEPTH });
      return false;
    }
    if (token.kind === "number" && !Number.isFinite(Number(token.text))) {
      diagnostics.add("number-too-large", place(token.start, token.end), { text: token.text });
      good = false;
    }
    if (previous && endsOperand(previous) && startsOperand(token, previous)) {
      const joined = previous.kind === "name" && token.kind === "name" ? `${previous.text}_${token.text}` : null;
      const data = { left: previous.text, right: token.text, joined };
      diagnostics.add("implicit-product", place(previous.start, token.end), data);
      good = false;
    }
  }
  return good;
}

const isOperand = (t: Token) => t.kind === "name" || t.kind === "number" || t.kind === "text";
const endsOperand = (t: Token) => isOperand(t) || t.text === ")" || t.text === "]";
/** After an operand, another one begins here: `a b`, `2 (`, `) x`; not a call `f(` nor a subscript `x[`. */
const startsOperand = (t: Token, previous: Token) =>
  isOperand(t) || (t.text === "(" && previous.kind !== "name" && previous.text !== "]");

function reportSyntax(
  error: unknown,
  text: string,
  tokens: readonly Token[],
  place: Place,
  list: DiagnosticList,
): void {
  const char = error instanceof SyntaxError && "char" in error ? Number(error.char) : text.length;
  const message = error instanceof Error ? error.message.replace(/ \(char \d+\)$/, "") : String(error);
  const at = Math.min(Math.max(0, char - 1), text.length);
  const token = tokens.find((t) => t.start <= at && at < t.end) ?? tokens.at(-1);
  const span =
    token && at < text.trimEnd().length
      ? place(token.start, token.end)
      : place(text.trimEnd().length - 1, text.trimEnd().length);
  list.add("equation-syntax", span, { detail: message });
}

/** Walks the mathjs tree in text order, handing each name and number its token. */
class Converter {
  failed = false;
  readonly #names: Token[];
  readonly #numbers: Token[];
  readonly #texts: Token[];
  readonly #place: Place;
  readonly #whole: Span;
  readonly #diagnostics: DiagnosticList;

  constructor(tokens: readonly Token[], place: Place, whole: Span, diagnostics: DiagnosticList) {
    this.#names = tokens.filter((t) => t.kind === "name");
    this.#numbers = tokens.filter((t) => t.kind === "number");
    this.#texts = tokens.filter((t) => t.kind === "text");
    this.#place = place;
    this.#whole = whole;
    this.#diagnostics = diagnostics;
  }

  #next(tokens: Token[]): Span {
    const token = tokens.shift();
    return token ? this.#place(token.start, token.end) : this.#whole;
  }

  convert(node: MathNode, depth: number): Expression | null {
    if (depth > MAX_DEPTH) {
      if (!this.failed) this.#diagnostics.add("equation-too-deep", this.#whole, { limit: MAX_DEPTH });
      this.failed = true;
      return null;
    }
    switch (node.type) {
      case "ConstantNode": {
        const value = (node as ConstantNode<number | string>).value;
        if (typeof value === "string") return { kind: "text", value, span: this.#next(this.#texts) };
        return { kind: "number", value, span: this.#next(this.#numbers) };
      }
      case "SymbolNode":
        return { kind: "name", name: (node as SymbolNode).name.normalize("NFC"), span: this.#next(this.#names) };
      case "ParenthesisNode":
        return this.convert((node as ParenthesisNode).content, depth + 1);
      case "OperatorNode":
        return this.#operator(node as OperatorNode, depth);
      case "FunctionNode":
        return this.#call(node as unknown as FunctionNode<MathNode>, depth);
      case "AccessorNode":
        return this.#subscripted(node as unknown as { object: MathNode; index: IndexNode }, depth);
      case "RelationalNode":
        return this.#refuse("a < b < c", "use-comparison-pair");
      case "BlockNode":
        return this.#refuse(";", "one-equation");
      case "ConditionalNode":
        return this.#refuse("? :", "use-if");
      case "RangeNode":
        return this.#refuse(":", "no-range");
      case "ArrayNode":
      case "ObjectNode":
        return this.#refuse("[ ]", "no-matrix");
      default:
        return this.#refuse(node.type, "none");
    }
  }

  #refuse(construct: string, instead: Remedy): null {
    if (!this.failed) this.#diagnostics.add("construct-refused", this.#whole, { construct, instead });
    this.failed = true;
    return null;
  }

  #operator(node: OperatorNode, depth: number): Expression | null {
    const [first, second] = node.args as MathNode[];
    if (node.args.length === 1) {
      const operand = this.convert(first!, depth + 1);
      const fn = node.fn as string;
      if (!operand || fn === "unaryPlus") return operand;
      if (fn === "unaryMinus") return { kind: "unary", operator: "-", operand, span: operand.span };
      if (fn === "not") return { kind: "unary", operator: "not", operand, span: operand.span };
      return this.#refuse(node.op, "none");
    }
    const left = this.convert(first!, depth + 1);
    const right = this.convert(second!, depth + 1);
    const operator = BINARY[node.fn as string];
    if (operator === undefined) return this.#refuse(node.op, "none");
    if (!left || !right) return null;
    if (isComparison(operator) && left.kind === "unary" && left.operator === "not" && first!.type === "OperatorNode") {
      return this.#refuse("not", "parenthesise-not");
    }
    return { kind: "binary", operator, left, right, span: joinSpans(left.span, right.span) };
  }

  #call(node: FunctionNode<MathNode>, depth: number): Expression | null {
    const fn = node.fn as unknown as MathNode;
    const head = this.convert(fn, depth + 1);
    const args = node.args.map((a) => this.convert(a, depth + 1));
    if (!head || args.some((a) => a === null)) return null;
    const values = args as Expression[];
    const span = values.reduce((s, a) => joinSpans(s, a.span), head.span);
    if (head.kind === "name") {
      return { kind: "call", name: head.name, nameSpan: head.span, subscripts: null, arguments: values, span };
    }
    if (head.kind === "subscripted") {
      const { name, nameSpan, subscripts } = head;
      return { kind: "call", name, nameSpan, subscripts, arguments: values, span };
    }
    return this.#refuse("( )", "none");
  }

  #subscripted(node: { object: MathNode; index: IndexNode }, depth: number): Expression | null {
    const head = this.convert(node.object, depth + 1);
    const subscripts = (node.index.dimensions as MathNode[]).map((d) => this.convert(d, depth + 1));
    if (!head || subscripts.some((s) => s === null)) return null;
    if (head.kind !== "name") return this.#refuse("[ ][ ]", "none");
    const inner = subscripts as Expression[];
    const span = inner.reduce((s, e) => joinSpans(s, e.span), head.span);
    return { kind: "subscripted", name: head.name, nameSpan: head.span, subscripts: inner, span };
  }
}

const isComparison = (operator: BinaryOperator) => ["==", "!=", "<", "<=", ">", ">="].includes(operator);
