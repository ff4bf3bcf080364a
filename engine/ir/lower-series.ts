/** The value of a series: its tables read at the time, with the uncertainty of the curve. */

import { InternalError } from "../diagnostics/diagnostic.ts";
import type { Model, Series, SeriesCell } from "../model/model.ts";
import { constant } from "./constant.ts";
import type { Graph, Node } from "./graph.ts";
import type { IrExpression } from "./program.ts";
import { movedTo, openShape } from "./whole-shape.ts";

/** Defines a series at `base`; its points become tables of the program. */
export function lowerSeries(series: Series, base: number, node: Node, graph: Graph, model: Model): void {
  node.readsTime = true;
  const { scope, target } = openShape(base, series);
  const read = (cells: readonly SeriesCell[]): IrExpression => {
    const first = graph.tables.length;
    for (const { time, value } of cells) graph.tables.push({ x: time, y: value, mode: series.interpolate });
    return { kind: "lookup", table: movedTo(target, base, first), x: { kind: "time" } };
  };
  const value = curve(series, read, graph, model);
  node.statements.push({ kind: "assign", loops: scope.loops, target, value });
}

/** The value of a series, with its uncertainty as `lookupTerm` has it for lookups. */
function curve(
  { name, cells, uncertain }: Series,
  read: (cells: readonly SeriesCell[]) => IrExpression,
  graph: Graph,
  model: Model,
): IrExpression {
  const central = read(cells);
  if (!uncertain) return central;
  const parameter = model.variables.find((v) => v.name === uncertain.parameter);
  if (parameter?.kind !== "parameter") throw new InternalError(`no parameter for the series ${name}`);
  const p: IrExpression = { kind: "load", place: { base: graph.baseOf(parameter), terms: [], guards: [] } };
  const binary = (op: "add" | "subtract" | "multiply" | "greater", left: IrExpression, right: IrExpression) =>
    ({ kind: "binary", op, left, right }) as const;
  if (uncertain.kind === "factor") return binary("multiply", p, central);
  const [low, high] = [read(uncertain.low), read(uncertain.high)];
  return {
    kind: "select",
    condition: binary("greater", p, constant(0)),
    ifTrue: binary("add", central, binary("multiply", p, binary("subtract", high, central))),
    ifFalse: binary("add", central, binary("multiply", p, binary("subtract", central, low))),
  };
}
