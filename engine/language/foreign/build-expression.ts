/** Short ways to write expressions of our language, all at the place of the foreign expression that they come from. */
import type { Span } from "../../diagnostics/source.ts";
import type { BinaryOperator, Expression } from "../equation.ts";

export class ExpressionBuilder {
  readonly #span: Span;

  constructor(span: Span) {
    this.#span = span;
  }

  number(value: number): Expression {
    return { kind: "number", value, span: this.#span };
  }
  name(name: string): Expression {
    return { kind: "name", name, span: this.#span };
  }
  /** An element, as a subscript. */
  element(name: string): Expression {
    return { kind: "text", value: name, span: this.#span };
  }
  subscripted(name: string, subscripts: readonly Expression[]): Expression {
    if (subscripts.length === 0) return this.name(name);
    return { kind: "subscripted", name, nameSpan: this.#span, subscripts, span: this.#span };
  }
  call(name: string, ...args: readonly Expression[]): Expression {
    return { kind: "call", name, nameSpan: this.#span, subscripts: null, arguments: args, span: this.#span };
  }
  /** `table[…](x)` */
  lookup(name: string, subscripts: readonly Expression[], x: Expression): Expression {
    const own = subscripts.length === 0 ? null : subscripts;
    return { kind: "call", name, nameSpan: this.#span, subscripts: own, arguments: [x], span: this.#span };
  }
  binary(operator: BinaryOperator, left: Expression, right: Expression): Expression {
    return { kind: "binary", operator, left, right, span: this.#span };
  }
  negate(operand: Expression): Expression {
    if (operand.kind === "number") return this.number(-operand.value);
    return { kind: "unary", operator: "-", operand, span: this.#span };
  }
  not(operand: Expression): Expression {
    return { kind: "unary", operator: "not", operand, span: this.#span };
  }
  if(condition: Expression, a: Expression, b: Expression): Expression {
    return this.call("if", condition, a, b);
  }
  add(left: Expression, right: Expression): Expression {
    return this.binary("+", left, right);
  }
  subtract(left: Expression, right: Expression): Expression {
    return this.binary("-", left, right);
  }
  multiply(left: Expression, right: Expression): Expression {
    return this.binary("*", left, right);
  }
  divide(left: Expression, right: Expression): Expression {
    return this.binary("/", left, right);
  }
  /** The number of expressions joined by an operator, from the left; `empty` where there are none. */
  joined(operator: BinaryOperator, parts: readonly Expression[], empty: number): Expression {
    if (parts.length === 0) return this.number(empty);
    return parts.reduce((left, right) => this.binary(operator, left, right));
  }
}
