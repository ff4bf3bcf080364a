/** sin, cos and tan in vectors: the operations of numerics/quadrant.ts, sin.ts, cos.ts and tan.ts in the same order. */
import { ROUND_TO_INTEGER } from "../../numerics/binary64.ts";
import {
  C1,
  C2,
  C3,
  C4,
  C5,
  C6,
  HALF_PI_1,
  HALF_PI_2,
  HALF_PI_3,
  HALF_PI_4,
  LARGEST_ANGLE,
  S1,
  S2,
  S3,
  S4,
  S5,
  S6,
  TWO_OVER_PI,
} from "../../numerics/quadrant.ts";
import type { NodeId, VectorGraph } from "./graph.ts";
import { linear } from "./odd.ts";

interface Reduced {
  readonly sine: NodeId;
  readonly cosine: NodeId;
  /** Whether the quadrant is 1 or 3. */
  readonly odd: NodeId;
  readonly is: (quadrant: number) => NodeId;
  /** A value, or NaN where |x| is too large. */
  readonly limited: (value: NodeId) => NodeId;
}

function reduce(g: VectorGraph, x: NodeId): Reduced {
  const c = (value: number) => g.constant(value);
  const n = g.subtract(g.add(g.multiply(x, c(TWO_OVER_PI)), c(ROUND_TO_INTEGER)), c(ROUND_TO_INTEGER));
  const first = g.subtract(x, g.multiply(n, c(HALF_PI_1)));
  const { difference: second, error: secondError } = exactDifference(g, first, g.multiply(n, c(HALF_PI_2)));
  const { difference: third, error: thirdError } = exactDifference(g, second, g.multiply(n, c(HALF_PI_3)));
  const low = g.add(secondError, g.subtract(thirdError, g.multiply(n, c(HALF_PI_4))));
  const high = g.add(third, low);
  const tail = g.subtract(low, g.subtract(high, third));
  const quadrant = g.subtract(n, g.multiply(c(4), g.operation("f64x2.floor", g.multiply(c(0.25), n))));
  const is = (number: number) => g.operation("f64x2.eq", quadrant, c(number));
  const small = g.operation("f64x2.le", g.operation("f64x2.abs", x), c(LARGEST_ANGLE));
  return {
    sine: sinNearZero(g, high, tail),
    cosine: cosNearZero(g, high, tail),
    odd: g.operation("v128.or", is(1), is(3)),
    is,
    limited: (value) => g.choose(small, value, c(Number.NaN)),
  };
}

/** a - b and its rounding error (Knuth's TwoSum). */
function exactDifference(g: VectorGraph, a: NodeId, b: NodeId): { difference: NodeId; error: NodeId } {
  const difference = g.subtract(a, b);
  const part = g.subtract(difference, a);
  const error = g.subtract(g.subtract(a, g.subtract(difference, part)), g.add(b, part));
  return { difference, error };
}

/** Σ of six coefficients in z, from the lowest, as both polynomials sum them. */
function polynomial(g: VectorGraph, z: NodeId, w: NodeId, [a, b, d, e, f, h]: readonly number[]): NodeId {
  const start = g.add(linear(g, a!, b!, z), g.multiply(w, linear(g, d!, e!, z)));
  return g.add(start, g.multiply(g.multiply(w, w), linear(g, f!, h!, z)));
}

function sinNearZero(g: VectorGraph, r: NodeId, tail: NodeId): NodeId {
  const c = (value: number) => g.constant(value);
  const z = g.multiply(r, r);
  const sum = polynomial(g, z, g.multiply(z, z), [S1, S2, S3, S4, S5, S6]);
  const ofTail = g.multiply(tail, g.subtract(c(1), g.multiply(c(0.5), z)));
  return g.add(r, g.add(g.multiply(g.multiply(z, r), sum), ofTail));
}

function cosNearZero(g: VectorGraph, r: NodeId, tail: NodeId): NodeId {
  const c = (value: number) => g.constant(value);
  const z = g.multiply(r, r);
  const w = g.multiply(z, z);
  const sum = polynomial(g, z, w, [C1, C2, C3, C4, C5, C6]);
  const half = g.multiply(c(0.5), z);
  const head = g.subtract(c(1), half);
  const rest = g.subtract(g.multiply(w, sum), g.multiply(r, tail));
  return g.add(head, g.add(g.subtract(g.subtract(c(1), head), half), rest));
}

export function vectorSin(g: VectorGraph, x: NodeId): NodeId {
  const { sine, cosine, odd, is, limited } = reduce(g, x);
  const value = g.choose(odd, cosine, sine);
  const signed = g.choose(g.operation("v128.or", is(2), is(3)), g.operation("f64x2.neg", value), value);
  return limited(g.choose(g.operation("f64x2.eq", x, g.constant(0)), x, signed));
}

export function vectorCos(g: VectorGraph, x: NodeId): NodeId {
  const { sine, cosine, odd, is, limited } = reduce(g, x);
  const value = g.choose(odd, sine, cosine);
  return limited(g.choose(g.operation("v128.or", is(1), is(2)), g.operation("f64x2.neg", value), value));
}

export function vectorTan(g: VectorGraph, x: NodeId): NodeId {
  const { sine, cosine, odd, limited } = reduce(g, x);
  const above = g.choose(odd, g.operation("f64x2.neg", cosine), sine);
  const quotient = g.divide(above, g.choose(odd, sine, cosine));
  return limited(g.choose(g.operation("f64x2.eq", x, g.constant(0)), x, quotient));
}
