/**
 * The scalar truth of every operation of the IR. Whatever executes a program does the same operations in the same order
 * and gives the same bits.
 */
import { assertNever } from "../diagnostics/diagnostic.ts";
import type { ReduceOp } from "../model/term.ts";
import {
  acos,
  asin,
  atan,
  cos,
  cosh,
  exp,
  expExponent,
  expSignificand,
  ln,
  log10,
  power,
  scaleByPowerOf4,
  sin,
  sinh,
  tan,
  tanh,
} from "../numerics/index.ts";
import type { IrBinaryOp, IrUnaryOp, Table } from "./program.ts";

/** What reductions begin with. */
export const NEUTRAL: { readonly [op in ReduceOp]: number } = {
  sum: 0,
  product: 1,
  minimum: Number.POSITIVE_INFINITY,
  maximum: Number.NEGATIVE_INFINITY,
};

/** The smaller number; NaN if either is. Where both are equal (or zeros of either sign) the first. */
export const minimum = (a: number, b: number): number => (b < a || Number.isNaN(b) ? b : a);
/** The larger number; NaN if either is. Where both are equal (or zeros of either sign) the first. */
export const maximum = (a: number, b: number): number => (a < b || Number.isNaN(b) ? b : a);

/** To the nearest whole number, halves away from zero. */
export function round(x: number): number {
  const whole = Math.trunc(x);
  if (Math.abs(x - whole) < 0.5) return whole;
  return Number.isNaN(x) || whole === x ? x : whole + (x < 0 ? -1 : 1);
}

/** `a - b · floor(a / b)`: the sign of the divisor. */
export const modulo = (a: number, b: number): number => a - b * Math.floor(a / b);

export function unary(op: IrUnaryOp, x: number): number {
  switch (op) {
    case "negate":
      return -x;
    case "not":
      return x === 0 ? 1 : 0;
    case "abs":
      return Math.abs(x);
    case "sqrt":
      return Math.sqrt(x);
    case "exp":
      return exp(x);
    case "exp-significand":
      return expSignificand(x);
    case "exp-exponent":
      return expExponent(x);
    case "ln":
      return ln(x);
    case "log10":
      return log10(x);
    case "sin":
      return sin(x);
    case "cos":
      return cos(x);
    case "tan":
      return tan(x);
    case "asin":
      return asin(x);
    case "acos":
      return acos(x);
    case "atan":
      return atan(x);
    case "sinh":
      return sinh(x);
    case "cosh":
      return cosh(x);
    case "tanh":
      return tanh(x);
    case "floor":
      return Math.floor(x);
    case "ceil":
      return Math.ceil(x);
    case "round":
      return round(x);
    case "trunc":
      return Math.trunc(x);
    case "sign":
      return x > 0 ? 1 : x < 0 ? -1 : x;
    default:
      return assertNever(op);
  }
}

export function binary(op: IrBinaryOp, a: number, b: number): number {
  switch (op) {
    case "add":
      return a + b;
    case "subtract":
      return a - b;
    case "multiply":
      return a * b;
    case "divide":
      return a / b;
    case "power":
      return power(a, b);
    case "scale":
      return scaleByPowerOf4(a, b);
    case "modulo":
      return modulo(a, b);
    case "min":
      return minimum(a, b);
    case "max":
      return maximum(a, b);
    case "equal":
      return a === b ? 1 : 0;
    case "unequal":
      return a !== b ? 1 : 0;
    case "less":
      return a < b ? 1 : 0;
    case "less-equal":
      return a <= b ? 1 : 0;
    case "greater":
      return a > b ? 1 : 0;
    case "greater-equal":
      return a >= b ? 1 : 0;
    case "and":
      return a !== 0 && b !== 0 ? 1 : 0;
    case "or":
      return a !== 0 || b !== 0 ? 1 : 0;
    default:
      return assertNever(op);
  }
}

/**
 * A table at x. Between two points `y0 + (y1 - y0) · ((x - x0) / (x1 - x0))`; outside, the end value is held, or the line
 * through the last two points goes on (`extrapolate`). `previous` gives the last point at or below x, `next` the first
 * at or above it; both hold the end values outside. x never falls from one point to the next; where two points share
 * their x, the later one counts there.
 */
export function lookup(table: Table, x: number): number {
  const { x: xs, y: ys, mode } = table;
  const last = xs.length - 1;
  if (Number.isNaN(x)) return x;
  let i = 0;
  while (i < last && xs[i + 1]! <= x) i++;
  if (mode === "previous") return ys[i]!;
  if (mode === "next") return ys[x > xs[i]! && i < last ? i + 1 : i]!;
  if (mode === "linear" && (x < xs[0]! || i === last)) return ys[i]!;
  const from = mode === "extrapolate" && i === last ? i - 1 : i;
  const [x0, x1, y0, y1] = [xs[from]!, xs[from + 1]!, ys[from]!, ys[from + 1]!];
  return y0 + (y1 - y0) * ((x - x0) / (x1 - x0));
}
