/** Stocks of a foreign file as stocks of our language, with flows where the file has a net flow. */
import type { EquationByElement, StockDocument } from "../document.ts";
import type { Equation, Expression } from "../equation.ts";
import { ExpressionBuilder } from "./build-expression.ts";
import type { ForeignBody, ForeignExpression } from "./foreign-model.ts";
import type { Part, SpannedLeaf, VariableLayout } from "./variable-layout.ts";

type Flows = Pick<StockDocument, "inflows" | "outflows">;

/**
 * Adds the stock of a variable. Where some of its elements are no stocks, those that are stand in a stock of their own, which the variable reads.
 *
 * @param valuesOf what a definition that is no stock gives at its elements
 */
export function addStock(
  layout: VariableLayout,
  parts: readonly Part[],
  valuesOf: (part: Part) => SpannedLeaf[],
): void {
  const { info, context } = layout;
  const isMixed = info.kind === "mixed";
  const own = parts.filter(({ definition: { body } }) => initialOf(body) !== null);
  const name = isMixed ? context.takeName(`${info.name} stock`) : info.name;
  context.add({
    kind: "stock",
    ...layout.declaration(name, info.foreign.name.text, !isMixed),
    initial: layout.equations(own.flatMap((part) => layout.translated(part, initialOf(part.definition.body)!))),
    ...flowsOf(layout, own, name),
    nonNegative: info.foreign.nonNegative,
  });
  if (!isMixed) return;
  const b = new ExpressionBuilder(layout.span);
  const read = b.subscripted(
    name,
    info.axes.map((a) => b.name(a.axis)),
  );
  const leaves = parts.flatMap((part): SpannedLeaf[] =>
    own.includes(part)
      ? layout.layOut(part, () => read).map((leaf) => ({ ...leaf, span: part.definition.span }))
      : valuesOf(part),
  );
  const equations: EquationByElement[] = layout.equations(leaves);
  const declared = layout.declaration(info.name, info.foreign.name.text, true);
  context.add({ kind: "auxiliary", ...declared, equations, initial: null, nonNegative: false });
}

const initialOf = (body: ForeignBody): ForeignExpression | null =>
  body.kind === "integral" || body.kind === "stock" ? body.initial : null;

function flowsOf(layout: VariableLayout, parts: readonly Part[], name: string): Flows {
  const { context, info } = layout;
  const first = parts[0]?.definition.body;
  if (first?.kind === "stock") return namedFlows(layout, first);
  const direct = parts.length === 1 ? directFlows(layout, parts[0]!) : null;
  if (direct) return direct;
  const leaves = parts.flatMap((part) => {
    const { body } = part.definition;
    return body.kind === "integral" ? layout.translated(part, body.net) : [];
  });
  const [only] = leaves;
  if (leaves.length === 1 && only && layout.region(only.product, only.span) === null) {
    return { inflows: [layout.equation(asFlow(only.value), only.span)], outflows: [] };
  }
  const net = context.takeName(`${name} net flow`);
  const declared = layout.declaration(net, `${info.foreign.name.text} net flow`, false);
  context.add({ kind: "flow", ...declared, equations: layout.equations(leaves), initial: null, nonNegative: false });
  return { inflows: [layout.equation(new ExpressionBuilder(layout.span).name(net), layout.span)], outflows: [] };
}

/** XMILE names a stock's flows. */
function namedFlows(layout: VariableLayout, body: Extract<ForeignBody, { kind: "stock" }>): Flows {
  const { context, info } = layout;
  const flow = ({ text, key, span }: (typeof body.inflows)[number]): Equation[] => {
    const variable = context.t.context.variables.get(key);
    if (variable?.kind === "computed" && variable.axes.length === info.axes.length) {
      return [layout.equation(new ExpressionBuilder(span).name(variable.name), span)];
    }
    context.t.fail("foreign-flow", span, { name: text, stock: info.foreign.name.text });
    return [];
  };
  return { inflows: body.inflows.flatMap(flow), outflows: body.outflows.flatMap(flow) };
}

/** A net flow that adds and subtracts flows alone. */
function directFlows(layout: VariableLayout, part: Part): Flows | null {
  const { body } = part.definition;
  const { t, flows: known } = layout.context;
  const flows = body.kind === "integral" ? flowsIn(body.net) : null;
  if (!flows?.every(({ e }) => known.has(e.name.key))) return null;
  const leaves = layout.layOut(part, (scope) => flows.map(({ e }) => t.translate(e, scope)));
  const [leaf] = leaves;
  if (leaves.length !== 1 || !leaf || layout.region(leaf.product, layout.span) !== null) return null;
  const equations = leaf.value.map((value, i) => ({
    sign: flows[i]!.sign,
    equation: layout.equation(value, flows[i]!.e.span),
  }));
  return {
    inflows: equations.filter((e) => e.sign > 0).map((e) => e.equation),
    outflows: equations.filter((e) => e.sign < 0).map((e) => e.equation),
  };
}

/** A name alone would have to be a flow. */
function asFlow(e: Expression): Expression {
  if (e.kind !== "name") return e;
  const b = new ExpressionBuilder(e.span);
  return b.multiply(b.number(1), e);
}

/** The names that a net flow adds and subtracts; null where it has anything else. */
export function flowsIn(
  net: ForeignExpression,
): { readonly sign: 1 | -1; readonly e: Extract<ForeignExpression, { kind: "name" }> }[] | null {
  if (net.kind === "name") return [{ sign: 1, e: net }];
  if (net.kind === "unary" && net.operator !== "not") {
    const flows = flowsIn(net.operand);
    return net.operator === "+" ? flows : (flows?.map((f) => ({ ...f, sign: f.sign > 0 ? -1 : 1 })) ?? null);
  }
  if (net.kind !== "binary" || (net.operator !== "+" && net.operator !== "-")) return null;
  const [left, right] = [flowsIn(net.left), flowsIn(net.right)];
  if (!left || !right) return null;
  return [...left, ...right.map((f) => (net.operator === "-" ? ({ ...f, sign: f.sign > 0 ? -1 : 1 } as const) : f))];
}
