/**
 * Equations as TeX, for papers and notes: a line for each piece of a variable's equations, aligned at its sign of equality.
 *
 * mathjs writes them: fractions, powers, and no more brackets than the order of operators needs. What it does not know is added here: names of
 * several letters, subscripts by elements, sums over dimensions, and choices by cases.
 */
import type { FunctionNode, MathNode } from "mathjs";
import mathjs from "mathjs/lib/browser/math.js";
import { assertNever } from "../diagnostics/diagnostic.ts";
import type { BinaryOperator, Expression } from "../language/equation.ts";
import type { Piece, Variable } from "../model/model.ts";
import { boxName } from "./explain-variable.ts";

const math = mathjs.create({});

/** Names that mathjs has for operators. */
const OPERATIONS: Readonly<Record<BinaryOperator, string>> = {
  "+": "add",
  "-": "subtract",
  "*": "multiply",
  "/": "divide",
  "^": "pow",
  mod: "mod",
  "==": "equal",
  "!=": "unequal",
  "<": "smaller",
  "<=": "smallerEq",
  ">": "larger",
  ">=": "largerEq",
  and: "and",
  or: "or",
};

/** Signs of functions over dimensions, which stand under them. */
const OVER_DIMENSIONS: Readonly<Record<string, string>> = {
  sum: "\\sum",
  product: "\\prod",
  minimum: "\\min",
  maximum: "\\max",
  mean: "\\operatorname{mean}",
};
/** Functions that mean in mathjs what they mean here, so that it knows their signs. */
const COMMON: ReadonlySet<string> = new Set(
  "abs sign min max sqrt exp floor ceil round sin cos tan asin acos atan sinh cosh tanh".split(" "),
);
/** A sum that is an operand of something that binds more tightly than it does. */
const ENCLOSED = "enclosed ";

/**
 * The equations of a variable: of a stock its value at the start and its net flow, of an auxiliary or flow one for each piece, of a noise those of its
 * parameters. None for a variable that has no equation.
 *
 * @returns rows of an environment such as `align*`, without what ends a row
 */
export function equationsTex(v: Variable): string[] {
  const rows = (left: string, pieces: readonly Piece[]) =>
    pieces.map((p) => `${left} &= ${expressionTex(p.equation.expression)}${condition(p, v)}`);
  const name = subscriptedTex(
    v.name,
    v.shape.map((axis) => nameTex(axis.name)),
  );
  switch (v.kind) {
    case "stock":
      return [...rows(`${name}(t_0)`, v.initial), `\\frac{\\mathrm{d}\\,${name}}{\\mathrm{d}t} &= ${netFlowTex(v)}`];
    case "flow":
    case "auxiliary":
      return rows(name, v.pieces);
    case "noise":
      return Object.entries(v.terms).flatMap(([role, piece]) =>
        rows(`\\operatorname{${escaped(role)}}\\left(${name}\\right)`, [piece]),
      );
    case "parameter":
    case "lever":
    case "lookup":
    case "series":
      return [];
    default:
      return assertNever(v);
  }
}

/** An expression of the language as TeX for mathematics. */
export function expressionTex(e: Expression): string {
  return nodeOf(e).toTex({ parenthesis: "auto", handler: wordingOf }).trim();
}

function netFlowTex({ inflows, outflows, ...v }: Extract<Variable, { kind: "stock" }>): string {
  const signed = (sign: "+" | "-") => (p: Piece) => {
    const { expression } = p.equation;
    const isSum = expression.kind === "binary" && (expression.operator === "+" || expression.operator === "-");
    const tex = expressionTex(expression);
    const only = condition(p, v);
    return { sign, tex: only !== "" ? `\\left[${tex}${only}\\right]` : isSum ? `\\left(${tex}\\right)` : tex };
  };
  const terms = [...inflows.map(signed("+")), ...outflows.map(signed("-"))];
  if (terms.length === 0) return "0";
  const sum = terms.map(({ sign, tex }) => `${sign} ${tex}`).join(" ");
  return sum.startsWith("+ ") ? sum.slice(2) : sum;
}

/** For which elements a piece holds, if not for all. */
function condition(piece: Piece, { shape }: Pick<Variable, "shape">): string {
  const name = boxName(piece, shape);
  return name === "" ? "" : `\\quad \\text{[${escaped(name)}]}`;
}

function nodeOf(e: Expression, enclosing: BinaryOperator | "not" | "-" | null = null): MathNode {
  switch (e.kind) {
    case "number":
      return new math.ConstantNode(e.value);
    case "text":
      return new math.SymbolNode(`"${e.value}"`);
    case "name":
      return new math.SymbolNode(e.name);
    case "subscripted":
      return new math.FunctionNode(
        `${e.name}[]`,
        e.subscripts.map((s) => nodeOf(s)),
      );
    case "call": {
      const name = e.subscripts ? subscriptedTex(e.name, e.subscripts.map(expressionTex)) : e.name;
      const isTight = enclosing !== null && enclosing !== "+" && enclosing !== "/";
      const prefix = isTight && e.name in OVER_DIMENSIONS ? ENCLOSED : "";
      return new math.FunctionNode(
        `${prefix}${name}`,
        e.arguments.map((a) => nodeOf(a)),
      );
    }
    case "unary": {
      const operand = nodeOf(e.operand, e.operator);
      return e.operator === "-"
        ? new math.OperatorNode("-", "unaryMinus", [operand])
        : new math.OperatorNode("not", "not", [operand]);
    }
    case "binary": {
      const parts = [nodeOf(e.left, e.operator), nodeOf(e.right, e.operator)] as [MathNode, MathNode];
      return new math.OperatorNode(e.operator as never, OPERATIONS[e.operator] as never, parts);
    }
    default:
      return assertNever(e);
  }
}

/** TeX of a node that mathjs does not know; nothing for the others. A letter must not go on with the name of a sign before it, as in `\\cdot x`. */
function wordingOf(node: MathNode, options: object): string | undefined {
  return ownTex(node, options)?.replace(/^[A-Za-z]/, " $&");
}

function ownTex(node: MathNode, options: object): string | undefined {
  if (node.type === "SymbolNode") return nameTex((node as unknown as { name: string }).name);
  if (node.type !== "FunctionNode") return undefined;
  const { fn, args } = node as unknown as { readonly fn: { readonly name: string }; readonly args: MathNode[] };
  return callTex(fn.name, args, (part) => part.toTex(options));
}

function callTex(name: string, args: readonly MathNode[], tex: (part: MathNode) => string): string | undefined {
  if (COMMON.has(name)) return undefined;
  const texts = args.map(tex);
  if (name.endsWith("[]")) return subscriptedTex(name.slice(0, -2), texts);
  if (name.startsWith(ENCLOSED)) return `\\left(${callTex(name.slice(ENCLOSED.length), args, tex)}\\right)`;
  const sign = OVER_DIMENSIONS[name];
  if (sign !== undefined) {
    const [body = "", ...dimensions] = texts;
    return `${sign}_{${dimensions.join(",\\,")}} ${isSum(args[0]) ? `\\left(${body}\\right)` : body}`;
  }
  if (name === "if") {
    const [test, yes, no] = texts;
    return `\\begin{cases}${yes} & \\text{if } ${test}\\\\${no} & \\text{otherwise}\\end{cases}`;
  }
  const called = name === "ln" ? "\\ln" : /[\\{]/.test(name) ? name : `\\operatorname{${escaped(name)}}`;
  return `${called}\\left(${texts.join(",\\,")}\\right)`;
}

/** Whether what stands behind a sign of summation has to be in brackets. */
function isSum(node: MathNode | undefined): boolean {
  if (node?.type !== "OperatorNode") return false;
  const { fn } = node as unknown as FunctionNode & { readonly fn: unknown };
  return !["multiply", "divide", "pow"].includes(String(fn));
}

function subscriptedTex(name: string, subscripts: readonly string[]): string {
  return subscripts.length === 0 ? nameTex(name) : `${nameTex(name)}_{${subscripts.join(",\\,")}}`;
}

/** A name of one letter as mathematics has it; others upright, and those that are not Latin as text. */
function nameTex(name: string): string {
  if (/^[A-Za-z]$/.test(name)) return name;
  return `\\${/^[A-Za-z0-9_]+$/.test(name) ? "mathrm" : "text"}{${escaped(name)}}`;
}

/** Text in which nothing has a meaning for TeX. */
function escaped(text: string): string {
  return text.replace(/[\\{}]/g, (c) => (c === "\\" ? "\\backslash{}" : `\\${c}`)).replace(/[#$%&_]/g, "\\$&");
}
