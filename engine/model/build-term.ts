/** Short ways to write terms, for functions that are made of simpler operations. */
import { type BinaryOp, type Term, termSize, type UnaryOp } from "./term.ts";

export const constant = (value: number): Term => ({ kind: "constant", value });
export const TIME: Term = { kind: "time" };
/** The level of the hidden stock, or the value a step ago, inside the term that is built around it. */
export const SELF: Term = { kind: "self" };

export const unary = (op: UnaryOp, operand: Term): Term => ({ kind: "unary", op, operand });
export const binary = (op: BinaryOp, left: Term, right: Term): Term => ({ kind: "binary", op, left, right });
export const add = (left: Term, right: Term): Term => binary("add", left, right);
export const subtract = (left: Term, right: Term): Term => binary("subtract", left, right);
export const multiply = (left: Term, right: Term): Term => binary("multiply", left, right);
export const divide = (left: Term, right: Term): Term => binary("divide", left, right);
export const smaller = (left: Term, right: Term): Term => binary("min", left, right);
export const larger = (left: Term, right: Term): Term => binary("max", left, right);
export const select = (condition: Term, ifTrue: Term, ifFalse: Term): Term => ({
  kind: "select",
  condition,
  ifTrue,
  ifFalse,
});

/** `a / b`, or `otherwise` where b is exactly 0. */
export const safeDivide = (a: Term, b: Term, otherwise: Term = constant(0)): Term =>
  select(binary("equal", b, constant(0)), otherwise, divide(a, b));

/** Size from which an argument is computed once and kept, where a function uses it several times. */
const LARGE = 40;

/** A term, or its stored value where it is large: written out several times, nested calls would grow without bounds. */
export const storedIfLarge = (term: Term): Term => (termSize(term) > LARGE ? { kind: "stored", body: term } : term);

/** Largest whole exponent that is computed as a product. */
const MAX_INTEGER_POWER = 16;

/** `base ^ exponent`: a product where the exponent is a whole constant up to 16, else the power function. */
export function power(base: Term, exponent: Term): Term {
  const whole = foldConstant(exponent);
  if (whole !== null && Number.isInteger(whole) && Math.abs(whole) <= MAX_INTEGER_POWER) {
    return { kind: "power-integer", base, exponent: whole };
  }
  return binary("power", base, exponent);
}

/** The value of a term made of constants alone, or null. */
export function foldConstant(term: Term): number | null {
  if (term.kind === "constant") return term.value;
  if (term.kind === "call") return foldConstant(term.value);
  if (term.kind === "unary" && term.op === "negate") {
    const value = foldConstant(term.operand);
    return value === null ? null : -value;
  }
  if (term.kind !== "binary") return null;
  const [a, b] = [foldConstant(term.left), foldConstant(term.right)];
  if (a === null || b === null) return null;
  if (term.op === "add") return a + b;
  if (term.op === "subtract") return a - b;
  if (term.op === "multiply") return a * b;
  if (term.op === "divide") return a / b;
  return null;
}
