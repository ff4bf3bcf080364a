/** The net flow of a stock, which integration adds to it. */

import type { Stock, TimeGrid } from "../model/model.ts";
import { constant } from "./constant.ts";
import type { Graph } from "./graph.ts";
import { LoopScope } from "./loop-scope.ts";
import type { TermLowering } from "./lower-term.ts";
import type { IrExpression, Place } from "./program.ts";
import { freshAxes, movedTo, wholePlace } from "./whole-shape.ts";

/**
 * Defines the net flow of a stock: inflows in the order written, less outflows in the order written.
 *
 * @returns first of its slots, one for each cell of the stock
 */
export function lowerNetFlow(stock: Stock, graph: Graph, terms: TermLowering, time: TimeGrid): number {
  const node = graph.hiddenNode(stock);
  const net = graph.allocate(stock.name, "hidden", stock.size);
  const parts = [...stock.inflows.map((p) => ({ p, sign: 1 })), ...stock.outflows.map((p) => ({ p, sign: -1 }))];
  const axes = freshAxes(stock);
  const scope = new LoopScope();
  for (const [i, axis] of axes.entries()) {
    const loop = scope.bind(axis);
    if (loop) scope.loops.push(loop);
    for (const { p } of parts) scope.share(axis, p.axes[i]!);
  }
  const target = wholePlace(
    net,
    axes,
    axes.map((a) => a.to),
    scope,
  );
  let value: IrExpression | null = null;
  for (const { p, sign } of parts) {
    const flow = terms.lower(p.term, scope, node);
    if (value) value = { kind: "binary", op: sign > 0 ? "add" : "subtract", left: value, right: flow };
    else value = sign > 0 ? flow : { kind: "unary", op: "negate", operand: flow };
  }
  if (value && stock.limit === "level") {
    value = limited(value, movedTo(target, net, graph.baseOf(stock)), time);
    node.reads.add(graph.nodeOf(stock)!);
  }
  node.statements.push({ kind: "assign", loops: scope.loops, target, value: value ?? constant(0) });
  return net;
}

/** A net flow that takes no more than is there: at least -stock / time_step. */
function limited(flow: IrExpression, stock: Place, { step }: TimeGrid): IrExpression {
  const level: IrExpression = { kind: "load", place: stock };
  const length = constant(step.numerator / step.denominator);
  const all: IrExpression = { kind: "binary", op: "divide", left: level, right: length };
  return { kind: "binary", op: "max", left: flow, right: { kind: "unary", op: "negate", operand: all } };
}
