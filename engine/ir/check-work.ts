/** A bound on what one step costs, so that a few lines with wide sums cannot hold a computer for hours. */
import type { DiagnosticList } from "../diagnostics/diagnostic.ts";
import type { Node } from "./graph.ts";
import type { Order } from "./order.ts";
import type { Statement } from "./program.ts";

/** Most values that the statements of one variable compute in a step; more take seconds for each step of a single run. */
const MAX_WORK = 100_000_000;

/** How many values a statement computes: the combinations of its loops, those that it adds up included. */
function workOf(s: Statement): number {
  if (s.kind === "repeat") return (s.loop.to - s.loop.from) * s.body.reduce((n, inner) => n + workOf(inner), 0);
  let work = "over" in s ? s.over.to - s.over.from : 1;
  if ("loops" in s) for (const { from, to } of s.loops) work *= to - from;
  return work;
}

/** Whether every variable is computed within bounds; those that are not are reported. */
export function checkWork(order: Order, diagnostics: DiagnosticList): boolean {
  const work = new Map<string, { size: number; node: Node }>();
  for (const node of new Set([...order.constants, ...order.initial, ...order.step])) {
    const size = node.statements.reduce((n, s) => n + workOf(s), 0);
    const known = work.get(node.name);
    // Hidden values have the name of their variable and no place.
    work.set(node.name, { size: size + (known?.size ?? 0), node: known?.node.span ? known.node : node });
  }
  const large = [...work].filter(([, { size }]) => size > MAX_WORK);
  for (const [name, { size, node }] of large) {
    diagnostics.add("too-much-work", node.span, { name, size, limit: MAX_WORK });
  }
  return large.length === 0;
}
