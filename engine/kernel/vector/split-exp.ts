/** Split exponentials in vectors: the operations of numerics/split-exp.ts in the same order. */
import { ROUND_TO_INTEGER } from "../../numerics/binary64.ts";
import { LARGEST_POWER_OF_4, LARGEST_SPLIT, LN2_BOTTOM, LN2_MIDDLE, LN2_TOP } from "../../numerics/split-exp.ts";
import { vectorExpRest } from "./exp.ts";
import type { NodeId, VectorGraph } from "./graph.ts";

const SIGNIFICAND_BITS = 52;
const BIAS = 1023;

export function vectorExpSignificand(g: VectorGraph, x: NodeId): NodeId {
  const c = (value: number) => g.constant(value);
  const n = wholePowersOf2(g, x);
  const half = halfRoundedDown(g, n);
  const high = g.subtract(g.subtract(x, g.multiply(n, c(LN2_TOP))), g.multiply(n, c(LN2_MIDDLE)));
  const low = g.multiply(n, c(LN2_BOTTOM));
  const p = vectorExpRest(g, g.subtract(high, low));
  const y = g.add(c(1), g.add(high, g.subtract(p, low)));
  const significand = g.multiply(y, g.add(c(1), g.subtract(n, g.add(half, half))));
  const above = g.operation("f64x2.gt", x, c(LARGEST_SPLIT));
  const bounded = g.choose(above, c(Number.POSITIVE_INFINITY), significand);
  return g.choose(g.operation("f64x2.lt", x, c(-LARGEST_SPLIT)), c(0), bounded);
}

export function vectorExpExponent(g: VectorGraph, x: NodeId): NodeId {
  return halfRoundedDown(g, wholePowersOf2(g, x));
}

/** The bits of k + 1023 are the low ones of `k + (ROUND_TO_INTEGER + 1023)`, and shifted into the exponent field they are 2^k. */
export function vectorScaleByPowerOf4(g: VectorGraph, y: NodeId, k: NodeId): NodeId {
  // pmin and pmax with the bound second, as elsewhere; where k is a NaN y is one.
  const below = g.operation("f64x2.pmin", k, g.constant(LARGEST_POWER_OF_4));
  const bounded = g.operation("f64x2.pmax", below, g.constant(-LARGEST_POWER_OF_4));
  const power = g.shift("i64x2.shl", g.add(bounded, g.constant(ROUND_TO_INTEGER + BIAS)), SIGNIFICAND_BITS);
  return g.multiply(g.multiply(y, power), power);
}

function wholePowersOf2(g: VectorGraph, x: NodeId): NodeId {
  return rounded(g, g.multiply(x, g.constant(Math.LOG2E)));
}

function halfRoundedDown(g: VectorGraph, n: NodeId): NodeId {
  return rounded(g, g.subtract(g.multiply(n, g.constant(0.5)), g.constant(0.25)));
}

function rounded(g: VectorGraph, x: NodeId): NodeId {
  return g.subtract(g.add(x, g.constant(ROUND_TO_INTEGER)), g.constant(ROUND_TO_INTEGER));
}
