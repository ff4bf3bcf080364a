/** An expression as text, with no more brackets than the language's order of operators needs. */
import type { Expression } from "../equation.ts";
import { COMPARISON, STRENGTH } from "../equation-parser.ts";

/** How tightly a sign before its operand binds. */
const UNARY = 6;

export function printExpression(e: Expression): string {
  switch (e.kind) {
    case "number":
      return String(e.value);
    case "text":
      return `"${e.value}"`;
    case "name":
      return e.name;
    case "subscripted":
      return `${e.name}[${e.subscripts.map(printExpression).join(", ")}]`;
    case "call": {
      const at = e.subscripts ? `[${e.subscripts.map(printExpression).join(", ")}]` : "";
      return `${e.name}${at}(${e.arguments.map(printExpression).join(", ")})`;
    }
    case "unary":
      return e.operator === "-" ? `-${within(e.operand, UNARY)}` : `not ${within(e.operand, UNARY)}`;
    case "binary": {
      const strength = STRENGTH[e.operator];
      const isPower = e.operator === "^";
      // Two comparisons in a row are refused, so one inside another has brackets on either side.
      const left = within(e.left, isPower || strength === COMPARISON ? strength + 1 : strength);
      const right = within(e.right, isPower ? UNARY : strength + 1);
      return `${left} ${e.operator} ${right}`;
    }
  }
}

/** The text of an operand, in brackets where it binds less tightly than is needed; `not` always has them. */
function within(e: Expression, needed: number): string {
  const strength = e.kind === "binary" ? STRENGTH[e.operator] : e.kind === "unary" ? UNARY : 9;
  const text = printExpression(e);
  return strength < needed || (e.kind === "unary" && e.operator === "not") ? `(${text})` : text;
}
