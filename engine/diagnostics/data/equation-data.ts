/** What can be wrong with an equation: its text, its names, its subscripts, its place in the causal order. */
import type { Span } from "../source.ts";

export interface EquationDiagnosticData {
  "equation-syntax": { problem: EquationFault; text: string };
  "implicit-product": { left: string; right: string; joined: string | null; declared: NearName | null };
  "construct-refused": { construct: string; instead: Remedy };
  "number-too-large": { text: string };
  "equation-too-long": { length: number; limit: number };
  "equation-too-deep": { limit: number };
  "unknown-name": { name: string; near: readonly NearName[] };
  "unknown-function": { name: string; near: readonly string[]; instead: string | null };
  "not-a-function": { name: string; kind: string };
  "function-without-arguments": { name: string };
  "argument-count": { name: string; given: number; atLeast: number; atMost: number; signature: string };
  "argument-not-dimension": { name: string; found: string };
  "argument-not-constant": { name: string; argument: string };
  "argument-out-of-range": { name: string; argument: string; value: number; rule: "order" | "direction" };
  "local-name": { name: string; call: string };
  "argument-not-lookup": { name: string; found: string; near: readonly string[] };
  "history-not-whole": { years: number; step: number };
  "unknown-dimension": { name: string; near: readonly string[] };
  "unknown-element": { element: string; dimension: string; near: readonly string[] };
  "unknown-group": { name: string; near: readonly string[] };
  "wrong-subscript-count": { name: string; given: number; shape: readonly string[] };
  "wrong-subscript": { name: string; subscript: string; dimension: string; shape: readonly string[] };
  "subscript-not-in-scope": { name: string; dimension: string; scope: readonly string[]; shape: readonly string[] };
  "dimension-not-in-scope": { name: string; scope: readonly string[] };
  "dimension-as-number": { dimension: string };
  "element-compared": { element: string; dimension: string };
  "text-in-equation": { text: string };
  "not-a-value": { name: string; kind: string };
  "equation-not-covered": { name: string; elements: readonly string[]; count: number };
  "equation-covered-twice": { name: string; element: string };
  "circular-equations": { loop: readonly LoopStep[]; others: number };
  "circular-initial-values": { loop: readonly LoopStep[]; others: number };
}

/** Why an equation cannot be read. */
export type EquationFault =
  | "empty"
  | "missing-close"
  | "extra-close"
  | "missing-value"
  | "unfinished"
  | "comma-outside"
  | "open-quote"
  | "if-without-then"
  | "if-without-else";

/** What to write instead of a construct that the language does not have. */
export type Remedy =
  | "use-equals" // = for ==
  | "use-power" // ** for ^
  | "use-and"
  | "use-or"
  | "use-not"
  | "use-not-equal"
  | "use-times" // × · for *
  | "use-divide"
  | "use-if" // a ? b : c
  | "use-comparison-pair" // a < b < c
  | "use-share" // 5 %
  | "use-half-width" // full-width punctuation
  | "one-equation" // two statements
  | "no-range"
  | "no-matrix"
  | "no-property"
  | "no-text"
  | "no-comment"
  | "parenthesise-not"
  | "none";

/** A declared name near to a misspelt one, and where it is declared; a name of the language has path "" and line 0. */
export interface NearName {
  readonly name: string;
  readonly kind: string;
  readonly path: string;
  readonly line: number;
}

/** One step of a circle: a variable, its equation's text, and the next variable it needs. */
export interface LoopStep {
  readonly name: string;
  readonly span: Span;
  readonly equation: string;
  readonly uses: string;
}
