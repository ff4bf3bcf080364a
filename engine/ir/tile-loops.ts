/**
 * The loops of the interpreter's operations, over numbers at equal distances.
 *
 * They are called with the array of all numbers, the length n of the run, then for the result and each operand where its first number is and
 * the way from one to the next.
 */
import type { ReduceOp } from "../model/term.ts";
import { exp, ln, power, powerInteger, scaleByPowerOf4 } from "../numerics/index.ts";
import { maximum, minimum, modulo, unary } from "./arithmetic.ts";
import type { IrBinaryOp, IrUnaryOp } from "./program.ts";

export type Loop1 = (v: Float64Array, n: number, o: number, p: number, a: number, x: number) => void;
export type Loop2 = (...all: [...of: Parameters<Loop1>, b: number, y: number]) => void;
export type Loop3 = (...all: [...of: Parameters<Loop2>, c: number, z: number]) => void;

const mapping =
  (f: (x: number) => number): Loop1 =>
  (v, n, o, p, a, x) => {
    for (let i = 0; i < n; i++, o += p, a += x) v[o] = f(v[a]!);
  };

/** Frequent operations have loops of their own; they are `unary` of arithmetic.ts written in place. */
const UNARY: { readonly [op in IrUnaryOp]?: Loop1 } = {
  negate: (v, n, o, p, a, x) => {
    for (let i = 0; i < n; i++, o += p, a += x) v[o] = -v[a]!;
  },
  exp: (v, n, o, p, a, x) => {
    for (let i = 0; i < n; i++, o += p, a += x) v[o] = exp(v[a]!);
  },
  ln: (v, n, o, p, a, x) => {
    for (let i = 0; i < n; i++, o += p, a += x) v[o] = ln(v[a]!);
  },
};

/** `binary` of arithmetic.ts written in place. */
export const BINARY: { readonly [op in IrBinaryOp]: Loop2 } = {
  add: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = v[a]! + v[b]!;
  },
  subtract: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = v[a]! - v[b]!;
  },
  multiply: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = v[a]! * v[b]!;
  },
  divide: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = v[a]! / v[b]!;
  },
  power: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = power(v[a]!, v[b]!);
  },
  scale: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = scaleByPowerOf4(v[a]!, v[b]!);
  },
  modulo: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = modulo(v[a]!, v[b]!);
  },
  min: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = minimum(v[a]!, v[b]!);
  },
  max: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = maximum(v[a]!, v[b]!);
  },
  equal: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = v[a]! === v[b]! ? 1 : 0;
  },
  unequal: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = v[a]! !== v[b]! ? 1 : 0;
  },
  less: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = v[a]! < v[b]! ? 1 : 0;
  },
  "less-equal": (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = v[a]! <= v[b]! ? 1 : 0;
  },
  greater: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = v[a]! > v[b]! ? 1 : 0;
  },
  "greater-equal": (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = v[a]! >= v[b]! ? 1 : 0;
  },
  and: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = v[a] !== 0 && v[b] !== 0 ? 1 : 0;
  },
  or: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = v[a] !== 0 || v[b] !== 0 ? 1 : 0;
  },
};

export const copy: Loop1 = (v, n, o, p, a, x) => {
  for (let i = 0; i < n; i++, o += p, a += x) v[o] = v[a]!;
};

/** Takes values into totals, the first ones first; p is 0 where all go into one. */
export const FOLD: { readonly [op in ReduceOp | "larger"]: Loop1 } = {
  sum: (v, n, o, p, a, x) => {
    if (p === 0) {
      let total = v[o]!;
      for (let i = 0; i < n; i++, a += x) total += v[a]!;
      v[o] = total;
    } else for (let i = 0; i < n; i++, o += p, a += x) v[o] = v[o]! + v[a]!;
  },
  product: (v, n, o, p, a, x) => {
    for (let i = 0; i < n; i++, o += p, a += x) v[o] = v[o]! * v[a]!;
  },
  minimum: (v, n, o, p, a, x) => {
    for (let i = 0; i < n; i++, o += p, a += x) v[o] = minimum(v[o]!, v[a]!);
  },
  maximum: (v, n, o, p, a, x) => {
    for (let i = 0; i < n; i++, o += p, a += x) v[o] = maximum(v[o]!, v[a]!);
  },
  // Not `maximum`: what is NaN is passed over.
  larger: (v, n, o, p, a, x) => {
    for (let i = 0; i < n; i++, o += p, a += x) if (v[a]! > v[o]!) v[o] = v[a]!;
  },
};

export const addProducts: Loop2 = (v, n, o, p, a, x, b, y) => {
  if (p === 0) {
    let total = v[o]!;
    for (let i = 0; i < n; i++, a += x, b += y) total += v[a]! * v[b]!;
    v[o] = total;
  } else for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = v[o]! + v[a]! * v[b]!;
};

/** The second number where the first one is not 0, else the third one. */
export const select: Loop3 = (v, n, o, p, a, x, b, y, c, z) => {
  for (let i = 0; i < n; i++, o += p, a += x, b += y, c += z) v[o] = v[a] !== 0 ? v[b]! : v[c]!;
};

/** Loops that were made for an operation or an exponent, and for no more. */
const made = new Map<string, Loop1>();

export function unaryLoop(op: IrUnaryOp): Loop1 {
  return UNARY[op] ?? once(op, () => mapping((x) => unary(op, x)));
}

export function powerIntegerLoop(exponent: number): Loop1 {
  return once(`power ${exponent}`, () => mapping((x) => powerInteger(x, exponent)));
}

function once(key: string, make: () => Loop1): Loop1 {
  const known = made.get(key);
  if (known) return known;
  const loop = make();
  made.set(key, loop);
  return loop;
}
