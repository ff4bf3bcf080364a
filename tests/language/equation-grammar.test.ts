/** The grammar of equations is the one of mathjs, of which a few things are left out: each equation has the tree that mathjs gives it. */
import fc from "fast-check";
import type { MathNode, OperatorNode } from "mathjs";
import mathjs from "mathjs/lib/browser/math.js";
import { expect, test } from "vitest";
import { DiagnosticList } from "../../engine/diagnostics/diagnostic.ts";
import type { Expression } from "../../engine/language/equation.ts";
import { parseEquation } from "../../engine/language/equation-parser.ts";
import { printExpression } from "../../engine/language/print/print-expression.ts";
import { anyExpression } from "./arbitrary-document.ts";

const { parse } = mathjs.create({});

function expressionOf(text: string): Expression | null {
  const span = { path: "a.yaml", start: 0, end: text.length };
  return parseEquation({ text, span, textStart: 0 }, new DiagnosticList())?.expression ?? null;
}

/** With a bracket round each operation. */
function ours(e: Expression): string {
  const list = (parts: readonly Expression[]) => parts.map(ours).join(", ");
  switch (e.kind) {
    case "number":
      return String(e.value);
    case "text":
      return `"${e.value}"`;
    case "name":
      return e.name;
    case "subscripted":
      return `${e.name}[${list(e.subscripts)}]`;
    case "call":
      return `${e.name}${e.subscripts ? `[${list(e.subscripts)}]` : ""}(${list(e.arguments)})`;
    case "unary":
      return `(${e.operator} ${ours(e.operand)})`;
    case "binary":
      return `(${ours(e.left)} ${e.operator} ${ours(e.right)})`;
  }
}

/** The same of a tree of mathjs; a sign `+` before a value is the value. */
function theirs(node: MathNode): string {
  const list = (parts: readonly MathNode[]) => parts.map(theirs).join(", ");
  // Nodes are told apart by their names, which their types do not show to the compiler.
  const parts = node as unknown as Record<string, never>;
  switch (node.type) {
    case "ConstantNode":
      return typeof parts.value === "string" ? `"${parts.value}"` : String(parts.value);
    case "SymbolNode":
      return parts.name!;
    case "ParenthesisNode":
      return theirs(parts.content!);
    case "AccessorNode":
      return `${theirs(parts.object!)}[${list((parts.index as unknown as { dimensions: MathNode[] }).dimensions)}]`;
    case "FunctionNode":
      return `${theirs(parts.fn!)}(${list(parts.args!)})`;
    default: {
      const { op, args } = node as OperatorNode;
      if (args.length === 2) return `(${theirs(args[0]!)} ${op} ${theirs(args[1]!)})`;
      return op === "+" ? theirs(args[0]!) : `(${op} ${theirs(args[0]!)})`;
    }
  }
}

/** All texts of so many words. */
function sentences(words: readonly string[], length: number): string[] {
  if (length === 0) return [""];
  return sentences(words, length - 1).flatMap((sentence) => words.map((word) => `${sentence} ${word}`));
}

test.each([
  ["a 2 + * ^ - not", 6, 4280],
  ["a == < and or not", 6, 74],
  ["a + ( ) [ ] ,", 6, 105],
])("every equation of the words %s, %i of them or fewer", (words, most, count) => {
  let read = 0;
  for (let length = 1; length <= most; length++)
    for (const sentence of sentences(words.split(" "), length)) {
      const expression = expressionOf(sentence);
      if (!expression) continue;
      read++;
      expect(ours(expression), sentence).toBe(theirs(parse(sentence)));
    }
  expect(read).toBe(count);
});

test("property: any equation", () => {
  fc.assert(
    fc.property(anyExpression, (expression) => {
      // mathjs knows few letters beyond ASCII.
      const text = printExpression(expression).replace(/[^\x20-\x7e]/gu, "z");
      expect(ours(expressionOf(text)!), text).toBe(theirs(parse(text)));
    }),
    { numRuns: 500 },
  );
});
