/** Tables that follow from the points of a lookup: its inverse, and what is needed for its area and slope. */
import type { Lookup } from "../model/model.ts";
import type { LookupMode } from "../model/term.ts";
import type { Table } from "./program.ts";

type Points = Lookup["tables"][number];

/** The table of a lookup's points for a way to read it. */
export function tableFor(points: Points, mode: LookupMode): Table {
  const { x, y } = points;
  switch (mode) {
    case "linear":
    case "extrapolate":
    case "previous":
    case "next":
      return { x, y, mode };
    case "inverse":
      return inverse(points);
    case "x-before":
      return { x, y: x, mode: "previous" };
    case "x-after":
      return { x, y: x, mode: "next" };
    case "area":
      return { x, y: areas(points), mode: "previous" };
    case "slope-before":
      return { x, y: slopes(points, -1), mode: "next" };
    case "slope-after":
      return { x, y: slopes(points, 0), mode: "previous" };
  }
}

/** The table that gives the x of a y: both change places, and the points run the way that y rises. */
function inverse({ x, y }: Points): Table {
  const rises = y[y.length - 1]! >= y[0]!;
  return rises ? { x: y, y: x, mode: "linear" } : { x: y.toReversed(), y: x.toReversed(), mode: "linear" };
}

/** The area under the lines from the first point to each point: trapezoids, added up in order. */
function areas({ x, y }: Points): Float64Array {
  const areas = new Float64Array(x.length);
  for (let i = 1; i < x.length; i++) {
    areas[i] = areas[i - 1]! + (x[i]! - x[i - 1]!) * 0.5 * (y[i]! + y[i - 1]!);
  }
  return areas;
}

/** The slope of the line that ends (`shift` -1) or begins (0) at each point; at the ends that of the line that is there. */
function slopes({ x, y }: Points, shift: -1 | 0): Float64Array {
  return x.map((_, i) => {
    const from = Math.min(Math.max(i + shift, 0), x.length - 2);
    return x.length < 2 ? 0 : (y[from + 1]! - y[from]!) / (x[from + 1]! - x[from]!);
  });
}
