/**
 * A resolved expression: names have become variables, subscripts positions, and every axis is bound. One term is the
 * value for one element of the shape in which it stands.
 */
import type { Computed, Dimension, Group, Lever, Lookup, Noise, Parameter, Series, Stock } from "./model.ts";

/** An axis that is run through: by the equation's own shape or by a reduction. Compared by identity. */
export interface AxisVariable {
  readonly name: string;
  readonly dimension: Dimension;
  /** Positions run through, `to` exclusive. */
  readonly from: number;
  readonly to: number;
}

/** A subscript: a fixed position, or an axis with an offset. */
export type IndexTerm =
  | { readonly kind: "element"; readonly position: number }
  | { readonly kind: "axis"; readonly axis: AxisVariable; readonly offset: number };

export type Readable = Stock | Computed | Parameter | Lever | Series | Noise;

export type UnaryOp =
  | "negate"
  | "not"
  | "abs"
  | "sign"
  | "sqrt"
  | "exp"
  | "ln"
  | "log10"
  | "sin"
  | "cos"
  | "tan"
  | "asin"
  | "acos"
  | "atan"
  | "sinh"
  | "cosh"
  | "tanh"
  | "floor"
  | "ceil"
  | "round"
  | "trunc";
export type BinaryOp =
  | "add"
  | "subtract"
  | "multiply"
  | "divide"
  | "power"
  | "modulo"
  | "min"
  | "max"
  | "equal"
  | "unequal"
  | "less"
  | "less-equal"
  | "greater"
  | "greater-equal"
  | "and"
  | "or";
export type ReduceOp = "sum" | "product" | "minimum" | "maximum";
/** How the points of a table are read: between them and outside them. */
export type TableMode = "linear" | "extrapolate" | "previous" | "next";
/**
 * How a lookup is read: its points as they are, or what follows from them. `inverse` gives the x of a y; `x-before` and `x-after` the x of
 * the point at or below and at or above; `area` the area under the lines from the first point to the one at or below; `slope-before` and
 * `slope-after` the slope of the line that ends or begins there.
 */
export type LookupMode = TableMode | "inverse" | "x-before" | "x-after" | "area" | "slope-before" | "slope-after";

export type Term =
  | { readonly kind: "constant"; readonly value: number }
  | { readonly kind: "read"; readonly variable: Readable; readonly index: readonly IndexTerm[] }
  /** The element's number (`value: "number"`) or its position from 1. */
  | { readonly kind: "axis"; readonly axis: AxisVariable; readonly value: "number" | "position" }
  | { readonly kind: "time" }
  | { readonly kind: "unary"; readonly op: UnaryOp; readonly operand: Term }
  | { readonly kind: "power-integer"; readonly base: Term; readonly exponent: number }
  | { readonly kind: "binary"; readonly op: BinaryOp; readonly left: Term; readonly right: Term }
  | { readonly kind: "select"; readonly condition: Term; readonly ifTrue: Term; readonly ifFalse: Term }
  | {
      readonly kind: "lookup";
      readonly lookup: Lookup;
      readonly index: readonly IndexTerm[];
      readonly mode: LookupMode;
      readonly x: Term;
    }
  | { readonly kind: "reduce"; readonly op: ReduceOp; readonly axis: AxisVariable; readonly body: Term }
  | { readonly kind: "group-weight"; readonly group: Group; readonly axis: AxisVariable }
  /** `body` for every element of `inner`, to be read at the position of `outer`. */
  | {
      readonly kind: "softmax" | "share";
      readonly inner: AxisVariable;
      readonly outer: AxisVariable;
      readonly body: Term;
    }
  | {
      readonly kind: "allocate";
      readonly inner: AxisVariable;
      readonly outer: AxisVariable;
      readonly amount: Term;
      readonly weight: Term;
      readonly cap: Term;
    }
  /** A call as it is written, and the term that it stands for. */
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Term[]; readonly value: Term }
  /** The value of `body` at the start of the run. */
  | { readonly kind: "initial"; readonly body: Term }
  /** The same as `body`, computed once for each element and then kept. */
  | { readonly kind: "stored"; readonly body: Term }
  /** The same, computed for every element of `inner`, to be read at the position of `outer`. */
  | { readonly kind: "along"; readonly inner: AxisVariable; readonly outer: AxisVariable; readonly body: Term }
  /** The value of `body` some steps ago, before the start `initial`. */
  | {
      readonly kind: "past";
      readonly body: Term;
      readonly initial: Term;
      /** Steps, rounded, at least one; taken at the start. */
      readonly lag: Term;
      /** Largest lag that is told apart. */
      readonly most: number;
    }
  /** A hidden stock: `initial` at the start, then changed by `net` a time unit, in which `self` is its level. */
  | { readonly kind: "integral"; readonly initial: Term; readonly net: Term }
  /** A value carried from step to step: `next`, in which `self` is what it gave a step ago, at the start `initial`. */
  | { readonly kind: "carried"; readonly initial: Term; readonly next: Term }
  /**
   * The middle of the interval from `low` to `high` after `times` halvings. `isBelow` tells of the middle, which `unknown` stands for in it,
   * whether the lower half is left out.
   */
  | {
      readonly kind: "halved";
      readonly unknown: Unknown;
      readonly low: Term;
      readonly high: Term;
      readonly isBelow: Term;
      readonly times: number;
    }
  | Unknown
  /** Stands for the value of the `integral` or `carried` term around it; never inside a hidden part of that term. */
  | { readonly kind: "self" };

/** Stands for the middle of an interval inside the `halved` term around it. */
export interface Unknown {
  readonly kind: "unknown";
  /** How many `halved` terms are around that one. */
  readonly depth: number;
  /** What the interval and the condition differ along. */
  readonly axes: readonly AxisVariable[];
}

/** Calls `visit` for every direct part of a term. */
export function forEachPart(term: Term, visit: (part: Term) => void): void {
  switch (term.kind) {
    case "unary":
      visit(term.operand);
      break;
    case "power-integer":
      visit(term.base);
      break;
    case "binary":
      visit(term.left);
      visit(term.right);
      break;
    case "select":
      visit(term.condition);
      visit(term.ifTrue);
      visit(term.ifFalse);
      break;
    case "lookup":
      visit(term.x);
      break;
    case "reduce":
    case "softmax":
    case "share":
    case "initial":
    case "stored":
    case "along":
      visit(term.body);
      break;
    case "call":
      visit(term.value);
      break;
    case "past":
      visit(term.body);
      if (term.initial !== term.body) visit(term.initial);
      visit(term.lag);
      break;
    case "integral":
      visit(term.initial);
      visit(term.net);
      break;
    case "carried":
      visit(term.initial);
      visit(term.next);
      break;
    case "halved":
      visit(term.low);
      visit(term.high);
      visit(term.isBelow);
      break;
    case "allocate":
      visit(term.amount);
      visit(term.weight);
      visit(term.cap);
      break;
    case "constant":
    case "read":
    case "axis":
    case "time":
    case "self":
    case "unknown":
    case "group-weight":
      break;
  }
}

const NO_AXES: readonly AxisVariable[] = [];
const FREE_AXES = new WeakMap<Term, readonly AxisVariable[]>();

/**
 * The axes that a term depends on and does not bind itself, in order of first use. Found once for each term object: a term
 * may stand in several places of another, and in several of those again.
 */
export function freeAxes(term: Term): readonly AxisVariable[] {
  if (term.kind === "constant" || term.kind === "time") return NO_AXES;
  const known = FREE_AXES.get(term);
  if (known) return known;
  const axes: AxisVariable[] = [];
  const add = (axis: AxisVariable): void => {
    if (!axes.includes(axis)) axes.push(axis);
  };
  if (term.kind === "read" || term.kind === "lookup") for (const i of term.index) if (i.kind === "axis") add(i.axis);
  if (term.kind === "axis" || term.kind === "group-weight") add(term.axis);
  if ("outer" in term) add(term.outer);
  if (term.kind === "unknown") for (const axis of term.axes) add(axis);
  const bound = boundAxis(term);
  forEachPart(term, (part) => {
    for (const axis of freeAxes(part)) if (axis !== bound) add(axis);
  });
  FREE_AXES.set(term, axes);
  return axes;
}

/** The axis that a term runs through itself. */
export function boundAxis(term: Term): AxisVariable | null {
  return term.kind === "reduce" ? term.axis : "inner" in term ? term.inner : null;
}

/** Calls `visit` for every variable that a term reads, lookups and group weights included, for each term object once. */
export function forEachRead(root: Term, visit: (variable: Readable | Lookup) => void): void {
  const seen = new Set<Term>();
  const look = (term: Term): void => {
    if (term.kind === "constant" || seen.has(term)) return;
    seen.add(term);
    if (term.kind === "read") visit(term.variable);
    if (term.kind === "lookup") visit(term.lookup);
    if (term.kind === "group-weight")
      for (const m of term.group.members) if (typeof m.weight !== "number") visit(m.weight);
    forEachPart(term, look);
  };
  look(root);
}

const SIZES = new WeakMap<Term, number>();

/** How many operations a term has where it is written out, a stored part counting as one. */
export function termSize(term: Term): number {
  if (term.kind === "constant" || term.kind === "read") return 1;
  const known = SIZES.get(term);
  if (known !== undefined) return known;
  let size = 1;
  if (term.kind !== "stored" && term.kind !== "along") forEachPart(term, (part) => (size += termSize(part)));
  SIZES.set(term, size);
  return size;
}
