import { describe, expect, it } from "vitest";
import { powerInteger } from "../numerics/index.ts";
import { binary, unary } from "./arithmetic.ts";
import type { IrBinaryOp, IrUnaryOp } from "./program.ts";
import { BINARY, copy, powerIntegerLoop, select, unaryLoop } from "./tile-loops.ts";

const NUMBERS = [
  0,
  -0,
  1,
  -1,
  0.5,
  -2.5,
  3,
  700,
  1e-310,
  1e300,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];
const UNARY_OPS = [
  ...([
    "negate",
    "not",
    "abs",
    "sqrt",
    "exp",
    "exp-significand",
    "exp-exponent",
    "ln",
    "log10",
    "sin",
    "cos",
    "tan",
  ] as const),
  ...(["asin", "acos", "atan", "sinh", "cosh", "tanh", "floor", "ceil", "round", "trunc", "sign"] as const),
] satisfies readonly IrUnaryOp[];

/** The numbers, and as many places behind them. */
const room = (n: number): Float64Array => Float64Array.from({ length: 2 * n }, (_, i) => NUMBERS[i] ?? 7);
const n = NUMBERS.length;

describe("loops do what arithmetic.ts says", () => {
  it.each(UNARY_OPS)("%s", (op) => {
    const v = room(n);
    unaryLoop(op)(v, n, n, 1, 0, 1);
    expect([...v.subarray(n)]).toEqual(NUMBERS.map((x) => unary(op, x)));
  });

  it.each(Object.keys(BINARY) as IrBinaryOp[])("%s", (op) => {
    for (let first = 0; first < n; first++) {
      const v = room(n);
      BINARY[op](v, n, n, 1, first, 0, 0, 1);
      expect([...v.subarray(n)]).toEqual(NUMBERS.map((x) => binary(op, NUMBERS[first]!, x)));
    }
  });

  it("a whole power", () => {
    const v = room(n);
    powerIntegerLoop(-3)(v, n, n, 1, 0, 1);
    expect([...v.subarray(n)]).toEqual(NUMBERS.map((x) => powerInteger(x, -3)));
  });
});

it("numbers at equal distances: every third one, backwards", () => {
  const v = Float64Array.of(0, 1, 2, 3, 4, 5, 6, -1, -1, -1);
  copy(v, 3, 9, -1, 0, 3);
  expect([...v.subarray(7)]).toEqual([6, 3, 0]);
});

it("what is chosen, by conditions that are zeros of either sign, NaN and others", () => {
  const v = Float64Array.of(0, -0, Number.NaN, 2, 10, 20, -1, -1, -1, -1);
  select(v, 4, 6, 1, 0, 1, 4, 0, 5, 0);
  expect([...v.subarray(6)]).toEqual([20, 20, 10, 10]);
});
