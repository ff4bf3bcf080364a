/** What odd functions of |x| have in common. */
import type { NodeId, VectorGraph } from "./graph.ts";

/** `result`, which was computed from |x|, with the sign of x; x itself where it is a zero. */
export function withSign(g: VectorGraph, x: NodeId, result: NodeId): NodeId {
  const zero = g.constant(0);
  const signed = g.choose(g.operation("f64x2.lt", x, zero), g.operation("f64x2.neg", result), result);
  return g.choose(g.operation("f64x2.eq", x, zero), x, signed);
}

/** a + b x */
export const linear = (g: VectorGraph, a: number, b: number, x: NodeId): NodeId =>
  g.add(g.constant(a), g.multiply(g.constant(b), x));
