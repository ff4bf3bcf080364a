/**
 * Queues (XMILE 1.0, sections 3.7.3 and 4.2.2): what enters waits until it can leave. The first outflow takes all that there is, unless it
 * enters a conveyor that holds it back; an outflow that is marked as an overflow takes what those before it could not.
 */
import type { Expression } from "../equation.ts";
import { ExpressionBuilder } from "./build-expression.ts";
import type { StockBody } from "./held-flows.ts";
import { VariableLayout } from "./variable-layout.ts";

/** Gives the outflows of a queue their values; the queue itself is a stock. */
export function driveQueue(layout: VariableLayout, body: StockBody): void {
  const { context, info, span } = layout;
  const { t } = context;
  const b = new ExpressionBuilder(span);
  const at = (name: string) =>
    b.subscripted(
      name,
      info.axes.map((a) => b.name(a.axis)),
    );
  let left: Expression = b.divide(at(info.name), b.name("time_step"));
  for (const [i, flow] of body.outflows.entries()) {
    const variable = t.context.variables.get(flow.key);
    if (!variable) continue;
    const isOverflow = body.queue!.overflows.some((o) => o.key === flow.key);
    if (i > 0 && !isOverflow)
      t.fail("foreign-conveyor", flow.span, { name: info.foreign.name.text, what: "queue-exits" });
    const own = new VariableLayout(context, variable);
    const axes = variable.axes.map(
      ({ family, axis, range }) =>
        ({
          key: range?.key ?? "",
          range,
          family,
          axis,
          positions: family.elements.map((_, k) => k),
          at: null,
        }) as const,
    );
    context.drive(variable, layout.equation(own.heldBack(left, axes), span));
    left = b.subtract(left, at(variable.name));
  }
}
