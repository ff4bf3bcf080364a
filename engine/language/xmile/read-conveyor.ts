/** `<conveyor>` and `<queue>` of a stock, and the flows that they drive (XMILE 1.0, sections 3.7.2, 3.7.3, 4.2.1 and 4.3). */
import type { ForeignConveyor, ForeignExpression, ForeignName } from "../foreign/foreign-model.ts";
import type { VariableTemplate } from "./variable-template.ts";
import {
  checkChildren,
  expressionIn,
  flagOf,
  isBlank,
  onlyChild,
  structure,
  type XmileContext,
} from "./xmile-context.ts";
import { childOf, type XmlElement } from "./xml-tree.ts";

const KNOWN: ReadonlySet<string> = new Set(["len", "capacity", "in_limit", "sample", "arrest"]);

/** The belt, without its leaks, which stand with the flows; null where it has an error. */
export function readConveyor(context: XmileContext, conveyor: XmlElement): ForeignConveyor | null {
  checkChildren(context, conveyor, KNOWN);
  const length = onlyChild(context, conveyor, "len");
  if (isBlank(context, length)) {
    structure(context, (length ?? conveyor).head, { reason: "missing", element: "len", inside: "conveyor" });
    return null;
  }
  const transit = expressionIn(context, length);
  if (!transit) return null;
  const part = (name: string) => expressionIn(context, onlyChild(context, conveyor, name));
  return {
    transit,
    capacity: part("capacity"),
    inflowLimit: part("in_limit"),
    sample: part("sample"),
    arrest: part("arrest"),
    leaks: [],
    discrete: flagOf(context, conveyor, "discrete", false),
    span: conveyor.head,
  };
}

/**
 * Completes the conveyors of a model: an outflow with `<leak>` leaks a fraction (in `<leak>` or, as Stella writes it, in its equation);
 * of the others only the first can leave at the end of the belt. The flows that a conveyor drives lose their equations.
 */
export function attachLeaks(context: XmileContext, variables: readonly VariableTemplate[]): VariableTemplate[] {
  const flows = new Map(variables.filter((v) => v.kind === "flow").map((v) => [v.name.key, v]));
  const driven = new Set<string>();
  const complete = variables.map((variable) => {
    if (childOf(variable.element, "queue")) return attachOverflows(variable, flows, driven);
    const element = childOf(variable.element, "conveyor");
    if (!element) return variable;
    const exponential = flagOf(context, element, "exponential_leak", false);
    const definitions = variable.definitions.map((definition) => {
      const { body } = definition;
      if (body.kind !== "stock" || !body.conveyor) return definition;
      for (const flow of body.outflows) driven.add(flow.key);
      const leaks = body.outflows.flatMap((flow) => readLeak(context, flow, flows.get(flow.key), exponential) ?? []);
      return { ...definition, body: { ...body, conveyor: { ...body.conveyor, leaks } } };
    });
    refuseSecondExit(context, variable, flows);
    return { ...variable, definitions };
  });
  for (const flow of flows.values()) refuseLoneOverflow(context, flow, complete);
  return complete.map((variable) =>
    variable.kind === "flow" && driven.has(variable.name.key)
      ? { ...variable, definitions: [], driven: true }
      : variable,
  );
}

/** Completes a queue: all its outflows follow from what waits in it. */
function attachOverflows(
  variable: VariableTemplate,
  flows: ReadonlyMap<string, VariableTemplate>,
  driven: Set<string>,
): VariableTemplate {
  const definitions = variable.definitions.map((definition) => {
    const { body } = definition;
    if (body.kind !== "stock" || !body.queue) return definition;
    for (const flow of body.outflows) driven.add(flow.key);
    const overflows = body.outflows.filter((name) => isOverflow(flows.get(name.key)));
    return { ...definition, body: { ...body, queue: { overflows } } };
  });
  return { ...variable, definitions };
}

const isOverflow = (flow: VariableTemplate | undefined): boolean =>
  flow !== undefined && childOf(flow.element, "overflow") !== undefined;

/** An overflow of anything else than a queue would be an ordinary flow under another name. */
function refuseLoneOverflow(context: XmileContext, flow: VariableTemplate, all: readonly VariableTemplate[]): void {
  const overflow = childOf(flow.element, "overflow");
  if (!overflow) return;
  const leavesQueue = all.some((v) =>
    v.definitions.some(
      ({ body }) => body.kind === "stock" && body.queue?.overflows.some((o) => o.key === flow.name.key),
    ),
  );
  const data = { what: "overflow", name: flow.name.text } as const;
  if (!leavesQueue) context.diagnostics.add("xmile-unsupported", overflow.head, data);
}

type Leak = ForeignConveyor["leaks"][number];

function readLeak(
  context: XmileContext,
  name: ForeignName,
  flow: VariableTemplate | undefined,
  exponential: boolean,
): Leak | null {
  const leak = flow && childOf(flow.element, "leak");
  if (!flow || !leak) return null;
  const fraction = expressionIn(context, leak) ?? equationOf(flow);
  if (!fraction) {
    structure(context, leak.head, { reason: "missing", element: "eqn", inside: flow.name.text });
    return null;
  }
  const zone = { from: zoneEnd(context, flow, "leak_start"), to: zoneEnd(context, flow, "leak_end") };
  return { flow: name, fraction, exponential, zone, integers: childOf(flow.element, "leak_integers") !== undefined };
}

function equationOf(flow: VariableTemplate): ForeignExpression | null {
  const body = flow.definitions.length === 1 ? flow.definitions[0]!.body : null;
  return body?.kind === "equation" ? body.expression : null;
}

/** An end of the part of the belt that leaks, between 0 at its start and 1 at its end. */
function zoneEnd(context: XmileContext, flow: VariableTemplate, name: string): ForeignExpression | null {
  const attribute = flow.element.attributes.get(name);
  if (!attribute) return null;
  const value = Number(attribute.value);
  if (attribute.value.trim() !== "" && value >= 0 && value <= 1) return { kind: "number", value, span: attribute.span };
  const data = { where: name, text: attribute.value, expected: "number from 0 to 1" } as const;
  context.diagnostics.add("xmile-value", attribute.span, data);
  return null;
}

/** By the standard one outflow leaves at the end of the belt and all others leak; a second one that is not marked as a leak is refused. */
function refuseSecondExit(
  context: XmileContext,
  stock: VariableTemplate,
  flows: ReadonlyMap<string, VariableTemplate>,
): void {
  const body = stock.definitions[0]?.body;
  if (body?.kind !== "stock") return;
  const exits = body.outflows.filter((name) => {
    const flow = flows.get(name.key);
    return flow && !childOf(flow.element, "leak");
  });
  const second = exits[1];
  if (second) context.diagnostics.add("xmile-unsupported", second.span, { what: "second-exit", name: second.text });
}
