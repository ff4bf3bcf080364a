/** An expression in brackets, for tests: `2 + 3 * x` is `(+ 2 (* 3 x))`. */
import type { ForeignExpression, ForeignSubscript } from "../../foreign/foreign-model.ts";
import { PATH } from "../expression-tokens.ts";

export function printForeign(node: ForeignExpression): string {
  switch (node.kind) {
    case "number":
      return String(node.value);
    case "text":
      return JSON.stringify(node.value);
    case "table":
      return `<${node.table.points.map((p) => `${p.x}:${p.y}`).join(" ")}>`;
    case "name":
      return key(node.name.key) + subscripts(node.subscripts) + (node.transposed ? "'" : "");
    case "call":
      return `${key(node.name.key)}${subscripts(node.subscripts)}(${node.arguments.map(printForeign).join(", ")})`;
    case "unary":
      return `(${node.operator} ${printForeign(node.operand)})`;
    case "binary":
      return `(${node.operator} ${printForeign(node.left)} ${printForeign(node.right)})`;
  }
}

const key = (text: string) => text.replaceAll(PATH, "·");

function subscripts(list: readonly ForeignSubscript[] | null): string {
  return list ? `[${list.map(subscript).join(", ")}]` : "";
}

function subscript(node: ForeignSubscript): string {
  switch (node.kind) {
    case "name":
      return key(node.name.key) + (node.bang ? "!" : "");
    case "wildcard":
      return node.of ? `*:${node.of.key}` : "*";
    case "range":
      return `${printForeign(node.from)}:${printForeign(node.to)}`;
    case "expression":
      return `=${printForeign(node.expression)}`;
  }
}
