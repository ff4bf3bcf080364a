/** The syntax of an equation: a closed set of nodes, each with its place in the file. */
import type { Span } from "../diagnostics/source.ts";

/** The text of an equation and where it stands. */
export interface EquationText {
  readonly text: string;
  readonly span: Span;
  /** Offset of `text[0]` in the file, or null where the text is not verbatim. */
  readonly textStart: number | null;
}

export type UnaryOperator = "-" | "not";
export type BinaryOperator = "+" | "-" | "*" | "/" | "^" | "mod" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "and" | "or";

export type Expression =
  | { readonly kind: "number"; readonly value: number; readonly span: Span }
  | { readonly kind: "text"; readonly value: string; readonly span: Span }
  | { readonly kind: "name"; readonly name: string; readonly span: Span }
  | {
      readonly kind: "subscripted";
      readonly name: string;
      readonly nameSpan: Span;
      readonly subscripts: readonly Expression[];
      readonly span: Span;
    }
  | {
      readonly kind: "call";
      readonly name: string;
      readonly nameSpan: Span;
      /** Subscripts of a lookup that is called: `table[prefecture](x)`. */
      readonly subscripts: readonly Expression[] | null;
      readonly arguments: readonly Expression[];
      readonly span: Span;
    }
  | { readonly kind: "unary"; readonly operator: UnaryOperator; readonly operand: Expression; readonly span: Span }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly span: Span;
    };

/** An equation that was read: its text, where it stands, and its syntax. */
export interface Equation {
  readonly source: EquationText;
  readonly expression: Expression;
}
