/** sinh, cosh and tanh in vectors: the operations of numerics/sinh.ts, cosh.ts and tanh.ts in the same order. */
import { S0, S1, S2, S3, S4, S5, S6 } from "../../numerics/sinh.ts";
import { NEAR, T0, T1, T2, T3, T4, T5, T6, T7, T8, T9, T10 } from "../../numerics/tanh.ts";
import { vectorExp, vectorScaledExp } from "./exp.ts";
import type { NodeId, VectorGraph } from "./graph.ts";
import { linear, withSign } from "./odd.ts";

export function vectorSinh(g: VectorGraph, x: NodeId): NodeId {
  const c = (value: number) => g.constant(value);
  const size = g.operation("f64x2.abs", x);
  const z = g.multiply(x, x);
  const w = g.multiply(z, z);
  const start = g.add(linear(g, S0, S1, z), g.multiply(w, linear(g, S2, S3, z)));
  const end = g.add(linear(g, S4, S5, z), g.multiply(w, c(S6)));
  const polynomial = g.add(start, g.multiply(g.multiply(w, w), end));
  const near = g.add(size, g.multiply(g.multiply(size, z), polynomial));
  const half = vectorScaledExp(g, size, null, 0.5);
  const far = g.subtract(half, g.divide(c(0.25), half));
  return withSign(g, x, g.choose(g.operation("f64x2.le", size, c(1)), near, far));
}

export function vectorCosh(g: VectorGraph, x: NodeId): NodeId {
  const half = vectorScaledExp(g, g.operation("f64x2.abs", x), null, 0.5);
  return g.add(half, g.divide(g.constant(0.25), half));
}

export function vectorTanh(g: VectorGraph, x: NodeId): NodeId {
  const c = (value: number) => g.constant(value);
  const size = g.operation("f64x2.abs", x);
  const z = g.multiply(x, x);
  const w = g.multiply(z, z);
  const w2 = g.multiply(w, w);
  const p0 = g.add(linear(g, T0, T1, z), g.multiply(w, linear(g, T2, T3, z)));
  const p1 = g.add(linear(g, T4, T5, z), g.multiply(w, linear(g, T6, T7, z)));
  const p2 = g.add(linear(g, T8, T9, z), g.multiply(w, c(T10)));
  const polynomial = g.add(p0, g.multiply(w2, g.add(p1, g.multiply(w2, p2))));
  const near = g.add(size, g.multiply(g.multiply(size, z), polynomial));
  const far = g.subtract(c(1), g.divide(c(2), g.add(vectorExp(g, g.multiply(c(2), size)), c(1))));
  return withSign(g, x, g.choose(g.operation("f64x2.le", size, c(NEAR)), near, far));
}
