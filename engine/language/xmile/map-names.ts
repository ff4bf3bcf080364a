/** Rewrites the names of an expression, and only these: how modules and macros are laid out. */
import type { Span } from "../../diagnostics/source.ts";
import type {
  ForeignBody,
  ForeignConveyor,
  ForeignDefinition,
  ForeignExpression,
  ForeignName,
  ForeignSubscript,
} from "../foreign/foreign-model.ts";

export type NameNode = Extract<ForeignExpression, { kind: "name" }>;
export type CallNode = Extract<ForeignExpression, { kind: "call" }>;

export interface NameMap {
  /** What stands for a name; its subscripts are already mapped. */
  name(node: NameNode): ForeignExpression;
  /** What stands for a call; its arguments and subscripts are already mapped. */
  call(node: CallNode): ForeignExpression;
  /** A bare name among subscripts. */
  subscript(name: ForeignName): ForeignSubscript;
  /** A name that stands alone: a flow of a stock. */
  flow(name: ForeignName): ForeignName;
  /** Called once for each node. */
  count(): void;
  /** Called for a subscript that is computed, and so may lie outside the array. */
  computed(span: Span): void;
}

export function mapExpression(node: ForeignExpression, map: NameMap): ForeignExpression {
  map.count();
  switch (node.kind) {
    case "number":
    case "text":
    case "table":
      return node;
    case "name":
      return map.name({ ...node, subscripts: mapSubscripts(node.subscripts, map) });
    case "call": {
      const values = node.arguments.map((value) => mapExpression(value, map));
      return map.call({ ...node, subscripts: mapSubscripts(node.subscripts, map), arguments: values });
    }
    case "unary":
      return { ...node, operand: mapExpression(node.operand, map) };
    case "binary":
      return { ...node, left: mapExpression(node.left, map), right: mapExpression(node.right, map) };
  }
}

function mapSubscripts(list: readonly ForeignSubscript[] | null, map: NameMap): readonly ForeignSubscript[] | null {
  return list?.map((subscript) => mapSubscript(subscript, map)) ?? null;
}

function mapSubscript(subscript: ForeignSubscript, map: NameMap): ForeignSubscript {
  map.count();
  switch (subscript.kind) {
    case "name":
      return map.subscript(subscript.name);
    case "wildcard":
      return subscript;
    case "range":
      return { ...subscript, from: mapExpression(subscript.from, map), to: mapExpression(subscript.to, map) };
    case "expression":
      if (subscript.expression.kind !== "number") map.computed(subscript.span);
      return { ...subscript, expression: mapExpression(subscript.expression, map) };
  }
}

export function mapBody(body: ForeignBody, map: NameMap): ForeignBody {
  const inner = (expression: ForeignExpression) => mapExpression(expression, map);
  const optional = (expression: ForeignExpression | null) => expression && inner(expression);
  switch (body.kind) {
    case "equation":
      return { ...body, expression: inner(body.expression), initial: optional(body.initial) };
    case "graphical":
      return { ...body, expression: inner(body.expression) };
    case "integral":
      return { ...body, net: inner(body.net), initial: inner(body.initial) };
    case "stock":
      return {
        ...body,
        initial: inner(body.initial),
        inflows: body.inflows.map((name) => map.flow(name)),
        outflows: body.outflows.map((name) => map.flow(name)),
        conveyor: body.conveyor && mapConveyor(body.conveyor, map, optional),
        queue: body.queue && { overflows: body.queue.overflows.map((name) => map.flow(name)) },
      };
    default:
      return body;
  }
}

function mapConveyor(
  conveyor: ForeignConveyor,
  map: NameMap,
  optional: (expression: ForeignExpression | null) => ForeignExpression | null,
): ForeignConveyor {
  return {
    ...conveyor,
    transit: mapExpression(conveyor.transit, map),
    capacity: optional(conveyor.capacity),
    inflowLimit: optional(conveyor.inflowLimit),
    sample: optional(conveyor.sample),
    arrest: optional(conveyor.arrest),
    leaks: conveyor.leaks.map((leak) => ({
      ...leak,
      flow: map.flow(leak.flow),
      fraction: mapExpression(leak.fraction, map),
      zone: { from: optional(leak.zone.from), to: optional(leak.zone.to) },
    })),
  };
}

export const mapDefinition = (definition: ForeignDefinition, map: NameMap): ForeignDefinition => ({
  ...definition,
  body: mapBody(definition.body, map),
});
