/** Whole shapes: their axes, the loops over them and the places that the loops run through. */
import type { Piece, Variable } from "../model/model.ts";
import type { AxisVariable, IndexTerm } from "../model/term.ts";
import type { Graph, Node } from "./graph.ts";
import { LoopScope, placeOf } from "./loop-scope.ts";
import type { TermLowering } from "./lower-term.ts";
import type { Place, Statement } from "./program.ts";

/** What has a shape: a variable, or a part of the model that is written over axes. */
export type Shaped = Pick<Variable, "shape">;

const AXES = new WeakMap<object, AxisVariable[]>();

/** One axis variable for each axis of a shape, over its whole length; the same ones at every call. */
export function openedAxes({ shape }: Shaped): AxisVariable[] {
  let axes = AXES.get(shape);
  if (!axes) {
    axes = freshAxes({ shape });
    AXES.set(shape, axes);
  }
  return axes;
}

/** Axis variables over a whole shape that no other statement shares. */
export const freshAxes = ({ shape }: Shaped): AxisVariable[] =>
  shape.map(({ name, dimension }) => ({ name, dimension, from: 0, to: dimension.elements.length }));

/** Loops over a whole shape and the place that they run through. */
export function openShape(base: number, variable: Shaped): { scope: LoopScope; target: Place } {
  const scope = new LoopScope();
  const axes = openedAxes(variable);
  for (const axis of axes) scope.open(axis);
  return { scope, target: wholePlace(base, axes, lengths(variable), scope) };
}

/** The place at `base` that runs over `axes` in an array of the given lengths. */
export function wholePlace(
  base: number,
  axes: readonly AxisVariable[],
  lengths: readonly number[],
  scope: LoopScope,
): Place {
  const index = axes.map((axis): IndexTerm => ({ kind: "axis", axis, offset: 0 }));
  return placeOf(base, index, lengths, scope)!;
}

/** The same place in another array of that shape. */
export const movedTo = (place: Place, from: number, to: number): Place => ({ ...place, base: place.base - from + to });

/** `target[shape] = piece`, over the piece's box. */
export function assignPiece(
  piece: Piece,
  base: number,
  variable: Shaped,
  node: Node,
  graph: Graph,
  terms: TermLowering,
): Statement {
  const scope = new LoopScope();
  for (const axis of piece.axes) scope.open(axis);
  const target = wholePlace(base, piece.axes, lengths(variable), scope);
  const value = terms.lower(piece.term, scope, node);
  const statement: Statement = { kind: "assign", loops: scope.loops, target, value };
  graph.equations.set(statement, piece.equation.source);
  return statement;
}

const lengths = ({ shape }: Shaped): number[] => shape.map((a) => a.dimension.elements.length);
