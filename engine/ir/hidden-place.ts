/** Where the value of a hidden term lies, how its statement writes it, and how terms read it. */

import { InternalError } from "../diagnostics/diagnostic.ts";
import type { AxisVariable, IndexTerm } from "../model/term.ts";
import { constant } from "./constant.ts";
import type { Node } from "./graph.ts";
import { type LoopScope, placeOf } from "./loop-scope.ts";
import type { IrExpression, Place } from "./program.ts";

/** Where the value of a hidden term lies: over its free axes, each from its own first position. */
export interface HiddenPlace {
  readonly base: number;
  /** Axes as stored, outermost first. */
  readonly axes: readonly AxisVariable[];
  /** For each stored axis, which of the term's free axes gives its position. */
  readonly readOrder: readonly number[];
  readonly node: Node;
  /** Where the value lies in copies of the past: how many, and the lag, or the first slot of the lags. */
  readonly past: { readonly copies: number; readonly size: number; readonly lag: Lag } | null;
}

/** How many steps ago, or the first slot of as many lags as the value has elements. */
export type Lag = { readonly steps: number } | { readonly base: number };

export const sizeOf = (axes: readonly AxisVariable[]): number => axes.reduce((n, a) => n * (a.to - a.from), 1);
export const inOrder = (axes: readonly AxisVariable[]): number[] => axes.map((_, i) => i);
export const atAxis = (axis: AxisVariable): IndexTerm => ({ kind: "axis", axis, offset: 0 });

export function hiddenTarget(base: number, axes: readonly AxisVariable[], scope: LoopScope): Place {
  const index = axes.map((axis): IndexTerm => ({ kind: "axis", axis, offset: -axis.from }));
  const place = placeOf(
    base,
    index,
    axes.map((a) => a.to - a.from),
    scope,
  );
  if (!place) throw new InternalError("a hidden value lies outside its own range");
  return place;
}

/** The load of a hidden value at the given subscripts, one for each stored axis. */
export function loadStored(place: HiddenPlace, index: readonly IndexTerm[], scope: LoopScope): IrExpression {
  const shifted = index.map((i, k): IndexTerm => {
    const from = place.axes[k]!.from;
    return i.kind === "element" ? { ...i, position: i.position - from } : { ...i, offset: i.offset - from };
  });
  const where = placeOf(
    place.base,
    shifted,
    place.axes.map((a) => a.to - a.from),
    scope,
  );
  if (!where) return constant(0);
  if (!place.past) return { kind: "load", place: where };
  const { copies, size, lag } = place.past;
  const steps: IrExpression =
    "steps" in lag
      ? constant(lag.steps)
      : { kind: "load", place: { ...where, base: where.base - place.base + lag.base } };
  return { kind: "load-past", place: where, copies, stride: size, lag: steps };
}

/** A normalised value is stored over its inner axis, as the last one, and read at the outer one. */
export function readAtOuter(place: HiddenPlace, axes: readonly AxisVariable[], outer: AxisVariable): HiddenPlace {
  const rest = axes.filter((a) => a !== outer);
  return { ...place, readOrder: [...rest, outer].map((a) => axes.indexOf(a)) };
}
