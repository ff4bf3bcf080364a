/** Functions in vectors that take a few operations: those of ir/arithmetic.ts and numerics/power-integer.ts. */
import type { NodeId, VectorGraph } from "./graph.ts";

/** -1, 0 or 1 with the sign of x; zeros and NaN are their own. */
export function vectorSign(g: VectorGraph, x: NodeId): NodeId {
  const zero = g.constant(0);
  const negative = g.choose(g.operation("f64x2.lt", x, zero), g.constant(-1), x);
  return g.choose(g.operation("f64x2.gt", x, zero), g.constant(1), negative);
}

/** The next whole number, halves away from zero. */
export function vectorRound(g: VectorGraph, x: NodeId): NodeId {
  const whole = g.operation("f64x2.trunc", x);
  const rest = g.operation("f64x2.abs", g.subtract(x, whole));
  const step = g.choose(g.operation("f64x2.lt", x, g.constant(0)), g.constant(-1), g.constant(1));
  const half = g.constant(0.5);
  // For an infinity and a NaN the rest is NaN, and both comparisons fail.
  const away = g.choose(g.operation("f64x2.ge", rest, half), g.add(whole, step), x);
  return g.choose(g.operation("f64x2.lt", rest, half), whole, away);
}

/** The products of numerics/power-integer.ts in the same order. */
export function vectorPowerInteger(g: VectorGraph, x: NodeId, n: number): NodeId {
  if (n === 0) return g.constant(1);
  let bits = Math.abs(n);
  let square = x;
  while ((bits & 1) === 0) {
    square = g.multiply(square, square);
    bits >>= 1;
  }
  let result = square;
  for (bits >>= 1; bits > 0; bits >>= 1) {
    square = g.multiply(square, square);
    if ((bits & 1) === 1) result = g.multiply(result, square);
  }
  return n < 0 ? g.divide(g.constant(1), result) : result;
}
