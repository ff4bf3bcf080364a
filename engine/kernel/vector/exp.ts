/** e^x in vectors: the operations of numerics/exp.ts in the same order. */

import { ROUND_TO_INTEGER } from "../../numerics/binary64.ts";
import {
  C3,
  C4,
  C5,
  C6,
  C7,
  C8,
  C9,
  C10,
  C11,
  LARGEST_EXP,
  LN2_HIGH,
  LN2_LOW,
  SMALLEST_EXP,
} from "../../numerics/exp.ts";
import { bitsOf } from "../constant-pool.ts";
import type { NodeId, VectorGraph } from "./graph.ts";
import type { Guess } from "./guess.ts";

/** 2046 less the bits of the rounding constant: added to the bits of `n + ROUND_TO_INTEGER` it gives n + 2046. */
const TO_BIASED = 2046n - bitsOf(ROUND_TO_INTEGER);
const SIGNIFICAND_BITS = 52;

/** e^x for every x. */
export function vectorExp(g: VectorGraph, x: NodeId): NodeId {
  return vectorScaledExp(g, x, null);
}

/** e^x for an ordinary x. */
export function guessedExp(g: VectorGraph, x: NodeId): Guess {
  return { value: vectorOrdinaryExp(g, x, null), doubt: doubtOfExp(g, x) };
}

/** `scaledExp(x, tail, scale)`; without a tail it is exact to leave out the subtraction. */
export function vectorScaledExp(g: VectorGraph, x: NodeId, tail: NodeId | null, scale: 0.5 | 1 = 1): NodeId {
  const c = (value: number) => g.constant(value);
  // pmin and pmax with the bound second let a NaN through.
  const z = g.operation("f64x2.pmax", g.operation("f64x2.pmin", x, c(LARGEST_EXP)), c(SMALLEST_EXP));
  const { shifted, unscaled } = reducedExp(g, z, tail);
  const y = scale === 1 ? unscaled : g.multiply(unscaled, c(scale));
  // 2^n in two factors, each a number whose exponent field is half of n + 2046.
  const biased = g.operation("i64x2.add", shifted, g.bits(TO_BIASED));
  const a = g.shift("i64x2.shr_u", biased, 1);
  const b = g.operation("i64x2.sub", biased, a);
  const first = g.multiply(y, g.shift("i64x2.shl", a, SIGNIFICAND_BITS));
  return g.multiply(first, g.shift("i64x2.shl", b, SIGNIFICAND_BITS));
}

/** `scaledExp(x, tail, 1)` where there is no {@link doubtOfExp}: both factors are exact, so the sum of exponents is as good. */
export function vectorOrdinaryExp(g: VectorGraph, x: NodeId, tail: NodeId | null): NodeId {
  const { shifted, unscaled } = reducedExp(g, x, tail);
  // The last bits of `shifted` are n; the shift leaves it where an exponent stands.
  return g.operation("i64x2.add", unscaled, g.shift("i64x2.shl", shifted, SIGNIFICAND_BITS));
}

/** So much is added to n, so that from e^-532 to e^177 there is no doubt. */
const BELOW = 768;

/** The doubt whether {@link vectorOrdinaryExp} is right: n of e^x = 2^n e^r, moved. */
export function doubtOfExp(g: VectorGraph, x: NodeId): NodeId {
  return g.operation("i64x2.add", roundedExponent(g, x), g.bits(BigInt(BELOW) - bitsOf(ROUND_TO_INTEGER)));
}

/** n + ROUND_TO_INTEGER, for n the whole number next to z / ln 2. */
function roundedExponent(g: VectorGraph, z: NodeId): NodeId {
  return g.add(g.multiply(z, g.constant(Math.LOG2E)), g.constant(ROUND_TO_INTEGER));
}

/** e^(z + tail) 2^-n, near 1, and n + ROUND_TO_INTEGER. */
function reducedExp(g: VectorGraph, z: NodeId, tail: NodeId | null): { shifted: NodeId; unscaled: NodeId } {
  const c = (value: number) => g.constant(value);
  const shifted = roundedExponent(g, z);
  const n = g.subtract(shifted, c(ROUND_TO_INTEGER));
  const high = g.subtract(z, g.multiply(n, c(LN2_HIGH)));
  const nLow = g.multiply(n, c(LN2_LOW));
  const low = tail === null ? nLow : g.subtract(nLow, tail);
  const p = vectorExpRest(g, g.subtract(high, low));
  return { shifted, unscaled: g.add(c(1), g.add(high, g.subtract(p, low))) };
}

/** `expRest(r)` of numerics/exp.ts. */
export function vectorExpRest(g: VectorGraph, r: NodeId): NodeId {
  const c = (value: number) => g.constant(value);
  const r2 = g.multiply(r, r);
  const r4 = g.multiply(r2, r2);
  const pair = (a: number, b: number) => g.add(c(a), g.multiply(c(b), r));
  const upper = g.add(g.add(pair(C6, C7), g.multiply(r2, pair(C8, C9))), g.multiply(r4, pair(C10, C11)));
  const inner = g.add(g.add(pair(0.5, C3), g.multiply(r2, pair(C4, C5))), g.multiply(r4, upper));
  return g.multiply(r2, inner);
}
