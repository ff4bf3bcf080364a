/**
 * The operations of expressions on tiles. Each is a loop over numbers at equal distances, and a function that has it run through a tile.
 *
 * The loops are called with the array of all numbers, the length n of the run, then for the result and each operand where its first number
 * is and the way from one to the next.
 */
import type { ReduceOp } from "../model/term.ts";
import { exp, ln, powerInteger } from "../numerics/index.ts";
import { binary, maximum, minimum, unary } from "./arithmetic.ts";
import type { Evaluation, Operand } from "./operand.ts";
import type { IrBinaryOp, IrUnaryOp } from "./program.ts";
import type { Course, Tile } from "./tile.ts";

/** Where results go. */
export interface Target {
  readonly values: Float64Array;
  readonly tile: Tile;
  readonly place: Operand;
}

type Loop1 = (v: Float64Array, n: number, o: number, p: number, a: number, x: number) => void;
type Loop2 = (v: Float64Array, n: number, o: number, p: number, a: number, x: number, b: number, y: number) => void;

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

const combining =
  (op: IrBinaryOp): Loop2 =>
  (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = binary(op, v[a]!, v[b]!);
  };

/** The same for `binary`. */
const BINARY: { readonly [op in IrBinaryOp]?: Loop2 } = {
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
  min: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = minimum(v[a]!, v[b]!);
  },
  max: (v, n, o, p, a, x, b, y) => {
    for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = maximum(v[a]!, v[b]!);
  },
};

const copy: Loop1 = (v, n, o, p, a, x) => {
  for (let i = 0; i < n; i++, o += p, a += x) v[o] = v[a]!;
};

/** Takes values into totals, the first ones first; p is 0 where all go into one. */
const FOLD: { readonly [op in ReduceOp | "larger"]: Loop1 } = {
  sum: (v, n, o, p, a, x) => {
    for (let i = 0; i < n; i++, o += p, a += x) v[o] = v[o]! + v[a]!;
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

const addProducts: Loop2 = (v, n, o, p, a, x, b, y) => {
  for (let i = 0; i < n; i++, o += p, a += x, b += y) v[o] = v[o]! + v[a]! * v[b]!;
};

function run1(loop: Loop1, operand: Operand, { values, place }: Target, course: Course): Evaluation {
  const { length, runs } = course;
  const [p, x] = [course.along(place), course.along(operand)];
  const [nextOut, nextA] = [place.outer, operand.outer];
  return () => {
    const a = operand.at();
    const out = place.at();
    const n = length.count;
    const m = runs.count;
    for (let j = 0; j < m; j++) loop(values, n, out + j * nextOut, p, a + j * nextA, x);
    return out;
  };
}

function run2(loop: Loop2, left: Operand, right: Operand, { values, place }: Target, course: Course): Evaluation {
  const { length, runs } = course;
  const [p, x, y] = [course.along(place), course.along(left), course.along(right)];
  const [nextOut, nextA, nextB] = [place.outer, left.outer, right.outer];
  return () => {
    const a = left.at();
    const b = right.at();
    const out = place.at();
    const n = length.count;
    const m = runs.count;
    for (let j = 0; j < m; j++) loop(values, n, out + j * nextOut, p, a + j * nextA, x, b + j * nextB, y);
    return out;
  };
}

export function unaryOn(op: IrUnaryOp, operand: Operand, target: Target): Evaluation {
  const loop = UNARY[op] ?? mapping((x) => unary(op, x));
  return run1(loop, operand, target, target.tile.course(target.place, operand));
}

export function powerIntegerOn(base: Operand, exponent: number, target: Target): Evaluation {
  const loop = mapping((x) => powerInteger(x, exponent));
  return run1(loop, base, target, target.tile.course(target.place, base));
}

export function binaryOn(op: IrBinaryOp, left: Operand, right: Operand, target: Target): Evaluation {
  const loop = BINARY[op] ?? combining(op);
  return run2(loop, left, right, target, target.tile.course(target.place, left, right));
}

export function selectOn(condition: Operand, ifTrue: Operand, ifFalse: Operand, target: Target): Evaluation {
  const { values, tile, place } = target;
  const course = tile.course(place, condition, ifTrue, ifFalse);
  const { length, runs } = course;
  const [p, w] = [course.along(place), course.along(condition)];
  const [x, y] = [course.along(ifTrue), course.along(ifFalse)];
  return () => {
    const c = condition.at();
    const a = ifTrue.at();
    const b = ifFalse.at();
    const out = place.at();
    const n = length.count;
    const m = runs.count;
    for (let j = 0; j < m; j++) {
      const [o, k] = [out + j * place.outer, c + j * condition.outer];
      const [t, f] = [a + j * ifTrue.outer, b + j * ifFalse.outer];
      for (let i = 0; i < n; i++) values[o + i * p] = values[k + i * w] !== 0 ? values[t + i * x]! : values[f + i * y]!;
    }
    return out;
  };
}

/** Stores a copy. */
export function storeOn(value: Operand, target: Target): Evaluation {
  return run1(copy, value, target, target.tile.course(target.place, value));
}

/** Takes the values of a tile into totals, those of the first positions first. */
export function foldOn(op: ReduceOp | "larger", value: Operand, totals: Target): Evaluation {
  return run1(FOLD[op], value, totals, totals.tile.everywhere(totals.place, value));
}

/** The same for the sum of products, which are not kept. */
export function foldProductsOn(left: Operand, right: Operand, totals: Target): Evaluation {
  return run2(addProducts, left, right, totals, totals.tile.everywhere(totals.place, left, right));
}
