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
import mathjs from "mathjs/lib/browser/math.js";
import { type DiagnosticList, InternalError, type Remedy } from "../diagnostics/diagnostic.ts";
import { joinSpans, type Span } from "../diagnostics/source.ts";
import { checkTokens, MAX_DEPTH, type Place } from "./check-tokens.ts";
import type { BinaryOperator, Equation, EquationText, Expression } from "./equation.ts";
import { type Token, tokenize } from "./equation-tokens.ts";
import { joinWords } from "./worded-functions.ts";

const MAX_LENGTH = 50_000;

// The file for browsers is all of mathjs in one, and loads several times as fast as its modules.
const math = mathjs.create({});
// Its parser would make all that its nodes are evaluated with: units, matrices, other kinds of numbers. They are asked for by name.
Object.assign(math, {
  Unit: undefined,
  bignumber: undefined,
  fraction: undefined,
  subset: neverEvaluated,
  size: neverEvaluated,
});
function neverEvaluated(): never {
  throw new InternalError("an equation is evaluated by mathjs");
}
const parse = math.parse as typeof math.parse & { isAlpha: (c: string, before: string, after: string) => boolean };
// mathjs knows Latin letters only; a name may have letters and digits of any script. Where it may have them, the tokens
// have been checked to be names already.
parse.isAlpha = (c) => /^[\p{L}_]$/u.test(c) || /^[\uD800-\uDFFF]$/.test(c) || (/^\p{Nd}$/u.test(c) && !/\d/.test(c));

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

/** Parses an equation; null where it has an error, which has then been added to `diagnostics`. */
export function parseEquation(source: EquationText, diagnostics: DiagnosticList): Equation | null {
  const text = joinWords(source.text);
  if (text.length > MAX_LENGTH) {
    diagnostics.add("equation-too-long", source.span, { length: text.length, limit: MAX_LENGTH });
    return null;
  }
  const tokens = tokenize(text);
  const place = (start: number, end: number): Span =>
    source.textStart === null
      ? source.span
      : { path: source.span.path, start: source.textStart + start, end: source.textStart + end };
  if (tokens.length === 0) {
    diagnostics.add("equation-syntax", source.span, { problem: "empty", text: "", detail: "" });
    return null;
  }
  if (!checkTokens(tokens, place, diagnostics)) return null;
  let tree: MathNode;
  try {
    // Full-width and no-break blanks are blanks, one for one, so that places stay.
    tree = parse(text.replace(/\s/g, " ")) as MathNode;
  } catch (error) {
    const detail = error instanceof Error ? error.message.replace(/ \(char \d+\)$/, "") : String(error);
    diagnostics.add("equation-syntax", source.span, { problem: "other", text: "", detail });
    return null;
  }
  const converter = new Converter(tokens, place, source.span, diagnostics);
  const expression = converter.convert(tree, 0);
  return expression && !converter.failed ? { source, expression } : null;
}

/** Walks the mathjs tree in text order, handing each name and number its token. */
class Converter {
  failed = false;
  readonly #tokens: readonly Token[];
  readonly #names: Token[];
  readonly #numbers: Token[];
  readonly #texts: Token[];
  readonly #place: Place;
  readonly #whole: Span;
  readonly #diagnostics: DiagnosticList;

  constructor(tokens: readonly Token[], place: Place, whole: Span, diagnostics: DiagnosticList) {
    this.#tokens = tokens;
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
        return this.#parenthesis(node as ParenthesisNode, depth);
      case "OperatorNode":
        return this.#operator(node as OperatorNode, depth);
      case "FunctionNode":
        return this.#call(node as unknown as FunctionNode<MathNode>, depth);
      case "AccessorNode":
        return this.#subscripted(node as unknown as { object: MathNode; index: IndexNode }, depth);
      case "RelationalNode":
        return this.#chain((node as unknown as { params: MathNode[] }).params, depth);
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

  #refuse(construct: string, instead: Remedy, span = this.#whole): null {
    if (!this.failed) this.#diagnostics.add("construct-refused", span, { construct, instead });
    this.failed = true;
    return null;
  }

  /** `a < b < c`, which mathjs reads as one comparison of three. */
  #chain(operands: readonly MathNode[], depth: number): null {
    const spans = operands.flatMap((node) => this.convert(node, depth + 1)?.span ?? []);
    return this.#refuse("a < b < c", "use-comparison-pair", spans.length > 0 ? spans.reduce(joinSpans) : this.#whole);
  }

  /** An operation in brackets has its brackets in its place; a name keeps its own. */
  #parenthesis(node: ParenthesisNode, depth: number): Expression | null {
    const inner = this.convert(node.content, depth + 1);
    return inner?.kind === "binary" || inner?.kind === "unary"
      ? { ...inner, span: this.#from(this.#to(inner.span, ")"), "(") }
      : inner;
  }

  /** A span begun one token earlier, if that token is the one given. */
  #from(span: Span, text: string): Span {
    const token = this.#tokens.findLast((t) => this.#place(t.start, t.end).end <= span.start);
    return token?.text === text ? joinSpans(this.#place(token.start, token.end), span) : span;
  }

  /** A span ended one token later, if that token is the one given. */
  #to(span: Span, text: string): Span {
    const token = this.#tokens.find((t) => this.#place(t.start, t.end).start >= span.end);
    return token?.text === text ? joinSpans(span, this.#place(token.start, token.end)) : span;
  }

  #operator(node: OperatorNode, depth: number): Expression | null {
    const [first, second] = node.args as MathNode[];
    if (node.args.length === 1) {
      const operand = this.convert(first!, depth + 1);
      const fn = node.fn as string;
      if (!operand || fn === "unaryPlus") return operand;
      if (fn === "unaryMinus") return { kind: "unary", operator: "-", operand, span: this.#from(operand.span, "-") };
      if (fn === "not") return { kind: "unary", operator: "not", operand, span: this.#from(operand.span, "not") };
      return this.#refuse(node.op, "none");
    }
    const left = this.convert(first!, depth + 1);
    const right = this.convert(second!, depth + 1);
    const operator = BINARY[node.fn as string];
    if (operator === undefined) return this.#refuse(node.op, "none");
    if (!left || !right) return null;
    if (isComparison(operator) && left.kind === "unary" && left.operator === "not" && first!.type === "OperatorNode") {
      return this.#refuse("not", "parenthesise-not", joinSpans(left.span, right.span));
    }
    return { kind: "binary", operator, left, right, span: joinSpans(left.span, right.span) };
  }

  #call(node: FunctionNode<MathNode>, depth: number): Expression | null {
    const fn = node.fn as unknown as MathNode;
    const head = this.convert(fn, depth + 1);
    const args = node.args.map((a) => this.convert(a, depth + 1));
    if (!head || args.some((a) => a === null)) return null;
    const values = args as Expression[];
    const inside = values.length > 0 ? head.span : this.#to(head.span, "(");
    const span = this.#to(
      values.reduce((s, a) => joinSpans(s, a.span), inside),
      ")",
    );
    if (head.kind === "name") {
      return { kind: "call", name: head.name, nameSpan: head.span, subscripts: null, arguments: values, span };
    }
    if (head.kind === "subscripted") {
      const { name, nameSpan, subscripts } = head;
      return { kind: "call", name, nameSpan, subscripts, arguments: values, span };
    }
    return this.#refuse("( )", "none", span);
  }

  #subscripted(node: { object: MathNode; index: IndexNode }, depth: number): Expression | null {
    const head = this.convert(node.object, depth + 1);
    const subscripts = (node.index.dimensions as MathNode[]).map((d) => this.convert(d, depth + 1));
    if (!head || subscripts.some((s) => s === null)) return null;
    const inner = subscripts as Expression[];
    const span = this.#to(
      inner.reduce((s, e) => joinSpans(s, e.span), head.span),
      "]",
    );
    if (head.kind !== "name") return this.#refuse("[ ][ ]", "none", span);
    return { kind: "subscripted", name: head.name, nameSpan: head.span, subscripts: inner, span };
  }
}

const isComparison = (operator: BinaryOperator) => ["==", "!=", "<", "<=", ">", ">="].includes(operator);
