/**
 * Conveyors (XMILE 1.0, section 4.2.1; isee's manual, "Conveyors"): what enters leaves a transit time later. The content lies in slats, one a
 * step: slat 1 leaves in this step, all others move up, and what enters lies down in the last one.
 */
import type { DiagnosticData } from "../../diagnostics/diagnostic.ts";
import type { Expression } from "../equation.ts";
import { ExpressionBuilder } from "./build-expression.ts";
import type { ForeignBody, ForeignConveyor, ForeignExpression } from "./foreign-model.ts";
import type { Scope } from "./scope.ts";
import type { VariableInfo } from "./variable-info.ts";
import type { VariableLayout } from "./variable-layout.ts";

/** Most slats of a conveyor. */
const MAX_SLATS = 100_000;

type StockBody = Extract<ForeignBody, { kind: "stock" }>;

/** Keys of the flows that a conveyor drives: its first outflow that is no leak, and its leaks. */
export function drivenFlows(body: ForeignBody): string[] {
  if (body.kind !== "stock" || !body.conveyor) return [];
  const leaks = body.conveyor.leaks.map((l) => l.flow.key);
  const exit = body.outflows.find((o) => !leaks.includes(o.key));
  return [...leaks, ...(exit ? [exit.key] : [])];
}

export function conveyorDocuments(own: VariableLayout, body: StockBody, conveyor: ForeignConveyor): void {
  const { info, context } = own;
  const { t } = context;
  const { foreign } = info;
  const { span } = conveyor;
  const b = new ExpressionBuilder(span);
  const refuse = (what: DiagnosticData["foreign-conveyor"]["what"], at: ForeignExpression | null) =>
    t.fail("foreign-conveyor", at?.span ?? span, { name: foreign.name.text, what });
  for (const what of ["capacity", "inflowLimit", "sample", "arrest"] as const)
    if (conveyor[what]) refuse(what, conveyor[what]);
  if (conveyor.discrete) refuse("discrete", null);
  if (foreign.definitions.length > 1 || info.axes.length > 0) refuse("array", null);
  const scope: Scope = [];
  const known = (e: ForeignExpression, what: "transit" | "zone"): number => {
    const value = t.context.constantValue(e, scope);
    if (value === null) refuse(what, e);
    return value ?? 1;
  };
  const transit = known(conveyor.transit, "transit");
  const count = Math.max(1, Math.round(transit / t.context.timeStep));
  if (count > MAX_SLATS) {
    t.context.diagnostics.add("model-too-large", span, { what: foreign.name.text, size: count, limit: MAX_SLATS });
    return;
  }
  const name = context.takeName(`${info.name} slats`);
  const axis = context.takeName(`${info.name} slat`);
  context.addDimension(axis, `${foreign.name.text} slat`, count, span);
  const title = `${foreign.name.text} slats`;
  const shape = [{ text: axis, span }];
  const equation = (e: Expression) => own.equation(e, span);
  const slat = b.subscripted(name, [b.name(axis)]);
  const dt = b.name("time_step");

  // What each slat loses in this step, leak by leak.
  const entered = conveyor.leaks.some((l) => !l.exponential) ? context.takeName(`${info.name} entered`) : null;
  const leaks = conveyor.leaks.map((leak) => {
    const [from, to] = [
      leak.zone.from ? known(leak.zone.from, "zone") : 0,
      leak.zone.to ? known(leak.zone.to, "zone") : 1,
    ];
    if (leak.integers) refuse("integers", leak.fraction);
    const fraction = t.translate(leak.fraction, scope);
    const place = (k: number) =>
      b.divide(b.subtract(b.number(count + k), b.call("position", b.name(axis))), b.number(count));
    const inZone = b.binary(
      "and",
      b.binary(">=", place(1e-9), b.number(from)),
      b.binary("<=", place(1 - 1e-9), b.number(to)),
    );
    const inside = Array.from({ length: count }, (_, i) => i).filter(
      (i) => i / count >= from - 1e-9 && (i + 1) / count <= to + 1e-9,
    );
    const lost = leak.exponential
      ? b.multiply(b.multiply(slat, fraction), dt)
      : b.divide(b.multiply(fraction, b.subscripted(entered!, [b.name(axis)])), b.number(Math.max(inside.length, 1)));
    return { flow: leak.flow, lost: b.if(inZone, b.call("min", lost, slat), b.number(0)) };
  });
  const base = { labels: own.declaration(name, title, false).labels, indicator: null, observed: null };
  const lossNames = leaks.map(({ flow, lost }) => {
    const loss = context.takeName(`${info.name} lost by ${flow.text}`);
    context.add({
      kind: "auxiliary",
      ...base,
      name: { text: loss, span },
      shape,
      equations: [{ region: null, regionSpan: span, equation: equation(lost) }],
      initial: null,
      nonNegative: false,
    });
    return loss;
  });
  const lostAt = (subscript: Expression) => lossNames.map((loss) => b.subscripted(loss, [subscript]));
  const left = (subscript: Expression) =>
    lostAt(subscript).reduce<Expression>((rest, loss) => b.subtract(rest, loss), b.subscripted(name, [subscript]));
  const next = b.add(b.name(axis), b.number(1));

  const initial = t.translate(body.initial, scope);
  const inflows = body.inflows.map(({ text, key, span: at }) => {
    const variable: VariableInfo | undefined = t.context.variables.get(key);
    return variable
      ? new ExpressionBuilder(at).name(variable.name)
      : t.fail("foreign-flow", at, { name: text, stock: foreign.name.text });
  });
  const entering = b.if(
    b.binary("==", b.call("position", b.name(axis)), b.number(count)),
    b.joined("+", inflows, 0),
    b.number(0),
  );
  const moved = (after: Expression, before: Expression) => b.add(b.divide(b.subtract(after, before), dt), entering);
  const stock = (as: string, text: string, net: Expression) =>
    context.add({
      kind: "stock",
      ...base,
      labels: { ...base.labels, title: { en: text, zh: text } },
      name: { text: as, span },
      shape,
      initial: [{ region: null, regionSpan: span, equation: equation(b.divide(initial, b.number(count))) }],
      inflows: [equation(net)],
      outflows: [],
      nonNegative: false,
    });
  stock(name, title, moved(left(next), slat));
  if (entered !== null) {
    const own = (subscript: Expression) => b.subscripted(entered, [subscript]);
    stock(entered, `${foreign.name.text} entered`, moved(own(next), own(b.name(axis))));
  }
  context.add({
    kind: "auxiliary",
    ...own.declaration(info.name, foreign.name.text, true),
    equations: [{ region: null, regionSpan: span, equation: equation(b.call("sum", slat, b.name(axis))) }],
    initial: null,
    nonNegative: false,
  });

  const flow = (key: string, value: Expression) => {
    const variable = t.context.variables.get(key);
    if (variable) context.drive(variable, equation(value));
  };
  const leakKeys = leaks.map((l) => l.flow.key);
  const exit = body.outflows.find((o) => !leakKeys.includes(o.key));
  if (exit) flow(exit.key, b.divide(left(b.element("1")), dt));
  for (const [i, { flow: leak }] of leaks.entries()) {
    flow(leak.key, b.divide(b.call("sum", b.subscripted(lossNames[i]!, [b.name(axis)]), b.name(axis)), dt));
  }
}
