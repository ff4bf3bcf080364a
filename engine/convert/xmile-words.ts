/** The signs and functions of XMILE for those of ours, and how an expression is put together of them (XMILE 1.0, sections 3.3 and 3.5). */
import type { BinaryOp, ReduceOp, UnaryOp } from "../model/term.ts";

/** An expression and how tightly it binds. */
export interface Text {
  readonly text: string;
  readonly level: number;
}

export const LEVEL = { or: 1, and: 2, equal: 3, less: 4, add: 5, multiply: 6, unary: 7, power: 8, atom: 9 } as const;

export const BINARY: Partial<Record<BinaryOp, readonly [sign: string, level: number]>> = {
  or: ["OR", LEVEL.or],
  and: ["AND", LEVEL.and],
  equal: ["=", LEVEL.equal],
  unequal: ["<>", LEVEL.equal],
  less: ["<", LEVEL.less],
  "less-equal": ["<=", LEVEL.less],
  greater: [">", LEVEL.less],
  "greater-equal": [">=", LEVEL.less],
  add: ["+", LEVEL.add],
  subtract: ["-", LEVEL.add],
  multiply: ["*", LEVEL.multiply],
  divide: ["/", LEVEL.multiply],
  // Both have the sign of the divisor (XMILE 1.0, section 3.3.1).
  modulo: ["MOD", LEVEL.multiply],
};

export const UNARY: Partial<Record<UnaryOp, string>> = {
  abs: "ABS",
  sqrt: "SQRT",
  exp: "EXP",
  ln: "LN",
  log10: "LOG10",
  sin: "SIN",
  cos: "COS",
  tan: "TAN",
  asin: "ARCSIN",
  acos: "ARCCOS",
  atan: "ARCTAN",
  sinh: "SINH",
  cosh: "COSH",
  tanh: "TANH",
  floor: "INT",
  round: "ROUND",
};

export const REDUCE: Readonly<Record<ReduceOp, string>> = {
  sum: "SUM",
  product: "PROD",
  minimum: "MIN",
  maximum: "MAX",
};

/** Functions of ours that XMILE has under another name, with the same arguments. */
export const CALLS: Readonly<Record<string, string>> = {
  safe_divide: "SAFEDIV",
  step: "STEP",
  ramp: "RAMP",
  delay1: "DELAY1",
  delay3: "DELAY3",
  delay_n: "DELAYN",
  smooth: "SMTH1",
  smooth3: "SMTH3",
  smooth_n: "SMTHN",
  trend: "TREND",
  forecast: "FORCST",
  initial: "INIT",
  previous: "PREVIOUS",
  delay_fixed: "DELAY",
  history: "DELAY",
  npv: "NPV",
};

export const atom = (text: string): Text => ({ text, level: LEVEL.atom });
export const call = (name: string, ...values: readonly Text[]): Text =>
  atom(`${name}(${values.map((v) => v.text).join(", ")})`);
export const within = (inner: Text, needed: number): string => (inner.level < needed ? `(${inner.text})` : inner.text);
export const choice = (condition: string, yes: string, no: string): Text =>
  atom(`(IF ${condition} THEN ${yes} ELSE ${no})`);
