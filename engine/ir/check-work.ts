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
  const nodes = new Set<Node>();
  for (const part of [order.constants, order.initial, order.step]) for (const node of part) nodes.add(node);
  const work = new Map<string, number>();
  for (const { name, statements } of nodes)
    work.set(
      name,
      statements.reduce((n, s) => n + workOf(s), work.get(name) ?? 0),
    );
  const large = [...work].filter(([, size]) => size > MAX_WORK);
  for (const [name, size] of large) {
    // Hidden values have the name of their variable and no place.
    const span = [...nodes].find((node) => node.name === name && node.span)?.span ?? null;
    diagnostics.add("too-much-work", span, { name, size, limit: MAX_WORK });
  }
  return large.length === 0;
}
