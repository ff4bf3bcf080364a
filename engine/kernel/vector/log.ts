/** The natural logarithm in vectors: the operations of numerics/log.ts in the same order. */
import { LN2_HIGH, LN2_LOW } from "../../numerics/exp.ts";
import { EXPONENT_SHIFT, L1, L2, L3, L4, L5, L6, L7, SMALLEST_NORMAL, TWO_54 } from "../../numerics/log.ts";
import { bitsOf } from "../constant-pool.ts";
import type { NodeId, VectorGraph } from "./graph.ts";
import type { Guess } from "./guess.ts";

const SIGNIFICAND_BITS = 52;
const BIAS = 1023;
/** 2^52: a whole number below 2^52 in the low bits of its representation makes the number 2^52 + that. */
const TWO_52 = 2 ** 52;

/** So much is taken from the exponent's field, so that 2^-512 to 2^511 have no doubt. */
const BELOW = BIAS - 512;

/** The doubt whether x is an ordinary number, positive and far from both ends: the exponent of x, moved. */
export function doubtOfLog(g: VectorGraph, x: NodeId): NodeId {
  return g.operation("i64x2.sub", biasedExponent(g, x), g.bits(BigInt(BELOW)));
}

/** e + 1023 for x = 2^e m with m in [√½, √2): from the exponent field after a shift that makes it change at √½ · 2^e. */
function biasedExponent(g: VectorGraph, x: NodeId): NodeId {
  const shifted = g.operation("i64x2.add", x, g.bits(BigInt(EXPONENT_SHIFT) << 32n));
  return g.shift("i64x2.shr_u", shifted, SIGNIFICAND_BITS);
}

/**
 * x = 2^k m with m in [√½, √2), for x > 0 and finite; anything for other x.
 *
 * @param ordinary x is known not to be subnormal
 */
export function splitExponent(g: VectorGraph, x: NodeId, ordinary: boolean): { k: NodeId; m: NodeId } {
  const subnormal = ordinary ? null : g.operation("f64x2.lt", x, g.constant(SMALLEST_NORMAL));
  const normal = subnormal === null ? x : g.choose(subnormal, g.multiply(x, g.constant(TWO_54)), x);
  const biased = biasedExponent(g, normal);
  const e = g.operation("i64x2.sub", biased, g.bits(BigInt(BIAS)));
  // m = 2^-e x is exact, hence the bits of x with e taken from the exponent.
  const m = g.operation("i64x2.sub", normal, g.shift("i64x2.shl", e, SIGNIFICAND_BITS));
  const whole = g.operation("v128.or", biased, g.bits(bitsOf(TWO_52)));
  const offset = g.constant(TWO_52 + BIAS);
  const k = g.subtract(
    whole,
    subnormal === null ? offset : g.choose(subnormal, g.constant(TWO_52 + BIAS + 54), offset),
  );
  return { k, m };
}

/** ln x for every x. */
export function vectorLog(g: VectorGraph, x: NodeId): NodeId {
  return logOfSpecial(g, x, logOfPositive(g, x, false));
}

/** ln x for an ordinary x. */
export function guessedLog(g: VectorGraph, x: NodeId): Guess {
  return { value: logOfPositive(g, x, true), doubt: doubtOfLog(g, x) };
}

/** @param ordinary x is known not to be subnormal */
function logOfPositive(g: VectorGraph, x: NodeId, ordinary: boolean): NodeId {
  const c = (value: number) => g.constant(value);
  const { k, m } = splitExponent(g, x, ordinary);
  const f = g.subtract(m, c(1));
  const s = g.divide(f, g.add(c(2), f));
  const z = g.multiply(s, s);
  const w = g.multiply(z, z);
  const half = g.multiply(g.multiply(c(0.5), f), f);
  const pair = (a: number, b: number) => g.add(c(a), g.multiply(c(b), z));
  const top = g.add(pair(L5, L6), g.multiply(w, c(L7)));
  const middle = g.add(pair(L3, L4), g.multiply(w, top));
  const R = g.multiply(z, g.add(pair(L1, L2), g.multiply(w, middle)));
  const small = g.add(g.multiply(s, g.add(half, R)), g.multiply(k, c(LN2_LOW)));
  const rest = g.subtract(g.subtract(half, small), f);
  return g.subtract(g.multiply(k, c(LN2_HIGH)), rest);
}

/** A logarithm of x, or what it is where x is special. */
export function logOfSpecial(g: VectorGraph, x: NodeId, result: NodeId): NodeId {
  const c = (value: number) => g.constant(value);
  // Special cases: +Infinity and NaN are their own logarithm, 0 has -Infinity, a negative number none.
  const infinity = c(Number.POSITIVE_INFINITY);
  const finite = g.operation("f64x2.lt", x, infinity);
  const positive = g.operation("f64x2.gt", x, c(0));
  const isZero = g.operation("f64x2.eq", x, c(0));
  const other = g.choose(isZero, c(Number.NEGATIVE_INFINITY), c(Number.NaN));
  return g.choose(positive, g.choose(finite, result, x), other);
}
