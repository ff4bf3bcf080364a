/** x to the power y in vectors: the operations of numerics/power.ts and numerics/log-parts.ts in the same order. */
import { LN2_HIGH, LN2_LOW } from "../../numerics/exp.ts";
import {
  CELL_HIGH,
  CELL_LOW,
  LN_4_3_HIGH,
  LN_4_3_LOW,
  LN_4_5_HIGH,
  LN_4_5_LOW,
  P0,
  P1,
  P2,
  P3,
  P4,
  P5,
  P6,
  P7,
  P8,
  P9,
  P10,
  P11,
  P12,
  P13,
  ROUND_TO_2_27,
  SPLIT,
} from "../../numerics/log-parts.ts";
import { PER_LN10_HIGH, PER_LN10_LOW } from "../../numerics/log10.ts";
import { LARGEST_ARGUMENT, LARGEST_EXPONENT } from "../../numerics/power.ts";
import { doubtOfExp, vectorOrdinaryExp, vectorScaledExp } from "./exp.ts";
import type { NodeId, VectorGraph } from "./graph.ts";
import type { Guess } from "./guess.ts";
import { doubtOfLog, logOfSpecial, splitExponent } from "./log.ts";

/** log10 x: the operations of numerics/log10.ts in the same order. */
export function vectorLog10(g: VectorGraph, x: NodeId): NodeId {
  const c = (value: number) => g.constant(value);
  const { high, low } = logInParts(g, x, false);
  const small = g.add(g.multiply(high, c(PER_LN10_LOW)), g.multiply(low, c(PER_LN10_HIGH + PER_LN10_LOW)));
  return logOfSpecial(g, x, g.add(g.multiply(high, c(PER_LN10_HIGH)), small));
}

/** ln x in two parts, the first of 26 bits, for x > 0 and finite. */
function logInParts(g: VectorGraph, x: NodeId, ordinary: boolean): { high: NodeId; low: NodeId } {
  const c = (value: number) => g.constant(value);
  const { k, m } = splitExponent(g, x, ordinary);
  const below = g.operation("f64x2.lt", m, c(CELL_LOW));
  const above = g.operation("f64x2.ge", m, c(CELL_HIGH));
  const cell = (low: number, high: number) => g.choose(below, c(low), g.choose(above, c(high), c(0)));
  const cellHigh = cell(LN_4_5_HIGH, LN_4_3_HIGH);
  const cellLow = cell(LN_4_5_LOW, LN_4_3_LOW);
  const f = g.add(g.subtract(m, c(1)), g.multiply(cell(0.25, -0.25), m));
  const fHigh = g.subtract(g.add(f, c(ROUND_TO_2_27)), c(ROUND_TO_2_27));
  const square = g.multiply(g.multiply(c(0.5), fHigh), fHigh);
  const squareLow = g.multiply(g.multiply(c(0.5), g.add(f, fHigh)), g.subtract(f, fHigh));
  const f2 = g.multiply(f, f);
  const f4 = g.multiply(f2, f2);
  const f8 = g.multiply(f4, f4);
  const pair = (a: number, b: number) => g.add(c(a), g.multiply(c(b), f));
  const four = (a: NodeId, b: NodeId) => g.add(a, g.multiply(f2, b));
  const p0 = g.add(four(pair(P0, P1), pair(P2, P3)), g.multiply(f4, four(pair(P4, P5), pair(P6, P7))));
  const p8 = g.add(four(pair(P8, P9), pair(P10, P11)), g.multiply(f4, pair(P12, P13)));
  const rest = g.multiply(g.multiply(f2, f), g.add(p0, g.multiply(f8, p8)));
  const base = g.add(g.multiply(k, c(LN2_HIGH)), cellHigh);
  const sum1 = g.add(base, f);
  const error1 = g.subtract(f, g.subtract(sum1, base));
  const sum2 = g.subtract(sum1, square);
  const error2 = g.subtract(g.subtract(sum1, sum2), square);
  const tail = g.add(g.multiply(k, c(LN2_LOW)), cellLow);
  const low = g.add(g.add(g.add(error1, error2), g.subtract(rest, squareLow)), tail);
  const high = g.add(sum2, low);
  const scaled = g.multiply(high, c(SPLIT));
  const high26 = g.subtract(scaled, g.subtract(scaled, high));
  return { high: high26, low: g.add(g.subtract(high, high26), g.subtract(low, g.subtract(high, sum2))) };
}

/** ln x in two parts where x is an ordinary number, and the doubt whether it is. */
export interface OrdinaryLog {
  readonly high: NodeId;
  readonly low: NodeId;
  readonly doubt: NodeId;
}

export function ordinaryLog(g: VectorGraph, x: NodeId): OrdinaryLog {
  return { ...logInParts(g, x, true), doubt: doubtOfLog(g, x) };
}

/** x^y for an ordinary x, of which the logarithm is known, and an ordinary y ln x. */
export function guessedPower(g: VectorGraph, ln: OrdinaryLog, y: NodeId): Guess {
  const { argument, tail } = product(g, y, ln);
  return {
    value: vectorOrdinaryExp(g, argument, tail),
    doubt: g.operation("v128.or", ln.doubt, doubtOfExp(g, argument)),
  };
}

/** x^y for every x and y. */
export function vectorPower(g: VectorGraph, x: NodeId, y: NodeId): NodeId {
  const c = (value: number) => g.constant(value);
  const base = g.operation("f64x2.abs", x);
  const exponent = g.operation("f64x2.pmax", g.operation("f64x2.pmin", y, c(LARGEST_EXPONENT)), c(-LARGEST_EXPONENT));
  const { argument, tail } = product(g, exponent, logInParts(g, base, false));
  const inRange = g.operation(
    "v128.and",
    g.operation("f64x2.lt", argument, c(LARGEST_ARGUMENT)),
    g.operation("f64x2.gt", argument, c(-LARGEST_ARGUMENT)),
  );
  const magnitude = vectorScaledExp(g, argument, g.choose(inRange, tail, c(0)));
  return specialPower(g, x, y, base, magnitude);
}

/** y ln x as a number and a small rest. */
function product(
  g: VectorGraph,
  y: NodeId,
  { high, low }: { readonly high: NodeId; readonly low: NodeId },
): { readonly argument: NodeId; readonly tail: NodeId } {
  const scaled = g.multiply(y, g.constant(SPLIT));
  const yHigh = g.subtract(scaled, g.subtract(scaled, y));
  const yLow = g.subtract(y, yHigh);
  return { argument: g.multiply(yHigh, high), tail: g.add(g.multiply(yLow, high), g.multiply(y, low)) };
}

/** 2^52: from here on all numbers are whole, and adding it to a smaller one rounds to a whole number. */
const TWO_52 = 2 ** 52;

/** Whether a number that is not negative is whole (`eq`) or not (`ne`); V8's revectorizer knows no rounding instruction. */
function isWhole(g: VectorGraph, x: NodeId, comparison: "f64x2.eq" | "f64x2.ne"): NodeId {
  const limit = g.constant(TWO_52);
  const small = g.operation("f64x2.pmin", x, limit);
  return g.operation(comparison, g.subtract(g.add(small, limit), limit), small);
}

/** `magnitude`, or what IEEE 754 says where x or y is special. */
function specialPower(g: VectorGraph, x: NodeId, y: NodeId, base: NodeId, magnitude: NodeId): NodeId {
  const c = (value: number) => g.constant(value);
  const op = g.operation.bind(g);
  const [zero, infinity] = [c(0), c(Number.POSITIVE_INFINITY)];
  const zeroBase = op("f64x2.eq", base, zero);
  const infiniteBase = op("f64x2.eq", base, infinity);
  const extreme = op("v128.bitselect", op("f64x2.lt", y, zero), op("f64x2.gt", y, zero), zeroBase);
  const ofExtreme = op("v128.and", extreme, infinity);
  const positive = g.choose(op("v128.or", zeroBase, infiniteBase), ofExtreme, magnitude);
  const size = op("f64x2.abs", y);
  const whole = isWhole(g, size, "f64x2.eq");
  const odd = op("v128.and", whole, isWhole(g, g.multiply(c(0.5), size), "f64x2.ne"));
  // The sign of x where y is odd: -0 has it too. Of a NaN it does not matter.
  const sign = op("v128.and", op("v128.and", x, c(-0)), odd);
  const signed = op("v128.xor", positive, sign);
  const fractional = op("v128.andnot", op("f64x2.lt", x, zero), whole);
  const noRoot = op("v128.andnot", fractional, infiniteBase);
  const hasNaN = op("v128.or", op("f64x2.ne", x, x), op("f64x2.ne", y, y));
  const result = g.choose(op("v128.or", noRoot, hasNaN), c(Number.NaN), signed);
  const one = op("v128.or", op("f64x2.eq", y, zero), op("f64x2.eq", x, c(1)));
  return g.choose(one, c(1), result);
}
