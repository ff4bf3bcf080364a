/** Variables of a foreign file as variables of our language. */
import type { ComputedDocument, EquationByElement, ParameterDocument, Word } from "../document.ts";
import type { Expression } from "../equation.ts";
import { ExpressionBuilder } from "./build-expression.ts";
import { conveyorDocuments } from "./conveyor.ts";
import type { ForeignBody, ForeignDefinition, ForeignExpression } from "./foreign-model.ts";
import { driveQueue } from "./queue.ts";
import { forEachCell, productsWhere } from "./regions.ts";
import type { Scope } from "./scope.ts";
import { addStock } from "./stock-documents.ts";
import { dataTable, lookupOf } from "./table-documents.ts";
import type { VariableInfo } from "./variable-info.ts";
import { cellCount, type Part, type SpannedLeaf, type VariableContext, VariableLayout } from "./variable-layout.ts";
import { NOT_AVAILABLE } from "./vector-rules.ts";

/** Most cells that one variable may have. */
const MAX_CELLS = 2_000_000;

/** Adds the documents of a variable: its own, and those that it needs beside it. */
export function translateVariable(context: VariableContext, info: VariableInfo): void {
  const layout = new VariableLayout(context, info);
  const { size, span } = layout;
  if (size > MAX_CELLS) {
    context.t.context.diagnostics.add("model-too-large", span, {
      what: info.foreign.name.text,
      size,
      limit: MAX_CELLS,
    });
    return;
  }
  const first = info.foreign.definitions[0]?.body;
  if (first?.kind === "stock" && first.conveyor) return conveyorDocuments(layout, first, first.conveyor);
  const parts = layout.parts();
  if (!parts) return;
  if (info.kind === "lookup") return context.add(lookupOf(layout, info.name, parts));
  if (first?.kind === "stock" && first.queue) driveQueue(layout, first);
  if (info.kind !== "computed") return addStock(layout, parts, (part) => valuesOf(layout, part));
  context.add(parameterOf(layout, parts) ?? computedOf(layout, parts));
}

/** A parameter, where every definition is a number written out, or a table of numbers. */
function parameterOf(layout: VariableLayout, parts: readonly Part[]): ParameterDocument | null {
  const { context, info, lengths, span } = layout;
  const { kind, name } = info.foreign;
  if (parts.length === 0 || kind === "flow" || context.isClock(name.key) || context.held.has(name.key)) return null;
  const values = parts.map(({ definition: { body } }) => writtenValues(body));
  if (values.some((v) => v === null)) return null;
  const base = { kind: "parameter", ...layout.declaration(info.name, name.text, true), distribution: null } as const;
  const single = values[0];
  const only = typeof single === "number" ? single : single?.[0];
  if (lengths.length === 0 && typeof single === "object") eachNumber(layout, parts[0]!, single!, () => {});
  if (lengths.length === 0 && only !== undefined) return { ...base, value: { kind: "number", value: only, span } };
  const entries: { element: Word; value: number }[] = [];
  const add = (cell: number, value: number) => void entries.push({ element: layout.cellWord(cell), value });
  for (const [i, part] of parts.entries()) {
    const own = values[i]!;
    if (typeof own !== "number") eachNumber(layout, part, own, add);
    else {
      const product = part.scope.map((b) => b.positions);
      for (const p of productsWhere(product, lengths, part.owns)) forEachCell(p, lengths, (cell) => add(cell, own));
    }
  }
  return { ...base, value: { kind: "by-element", entries, otherwise: 0, span } };
}

function writtenValues(body: ForeignBody): number | readonly number[] | null {
  if (body.kind === "numbers") return body.values;
  return body.kind === "equation" && body.initial === null ? writtenNumber(body.expression) : null;
}

/** The numbers of a table with the cells that they are for; the last subscript of the left side fastest. */
function eachNumber(
  layout: VariableLayout,
  { definition, scope, owns }: Part,
  values: readonly number[],
  visit: (cell: number, value: number) => void,
): void {
  const needed = cellCount(scope);
  if (values.length !== needed) {
    const data = { name: layout.info.foreign.name.text, given: values.length, needed };
    layout.context.t.fail("foreign-number-count", definition.span, data);
    return;
  }
  for (const [i, value] of values.entries()) {
    const cell = layout.cellOf(scope, i);
    if (owns(cell)) visit(cell, value);
  }
}

function computedOf(layout: VariableLayout, parts: readonly Part[]): ComputedDocument {
  const { info, context } = layout;
  const { foreign } = info;
  const isFlow = foreign.kind === "flow" || context.flows.has(foreign.name.key);
  return {
    kind: isFlow ? "flow" : "auxiliary",
    ...layout.declaration(info.name, foreign.name.text, true),
    equations: layout.equations(parts.flatMap((part) => valuesOf(layout, part))),
    initial: startsOf(layout, parts),
    nonNegative: foreign.nonNegative,
  };
}

/** The values while the model starts, where a definition has its own (ACTIVE INITIAL, `init_eqn`); else null. */
function startsOf(layout: VariableLayout, parts: readonly Part[]): EquationByElement[] | null {
  const start = ({ body }: ForeignDefinition) => (body.kind === "equation" ? body.initial : null);
  if (parts.every(({ definition }) => start(definition) === null)) return null;
  return layout.equations(
    parts.flatMap((part) => {
      const own = start(part.definition);
      return own ? layout.translated(part, own) : valuesOf(layout, part);
    }),
  );
}

/** The values of a definition that is no stock, at its cells. */
function valuesOf(layout: VariableLayout, part: Part): SpannedLeaf[] {
  const { t } = layout.context;
  const { body, span } = part.definition;
  const b = new ExpressionBuilder(span);
  switch (body.kind) {
    case "equation":
      return layout
        .layOut(part, (scope) => layout.heldBack(t.translate(body.expression, scope), scope))
        .map((leaf) => ({ ...leaf, span: body.expression.span }));
    case "numbers": {
      const leaves: SpannedLeaf[] = [];
      eachNumber(layout, part, body.values, (cell, value) =>
        leaves.push({ product: layout.productOf(cell), value: b.number(value), span }),
      );
      return leaves;
    }
    case "graphical": {
      const table = t.context.table(body.table);
      const read = (scope: Scope) => layout.heldBack(b.lookup(table, [], t.translate(body.expression, scope)), scope);
      return layout.layOut(part, read).map((leaf) => ({ ...leaf, span }));
    }
    case "data":
      return dataValues(layout, part, body);
    case "integral":
    case "stock":
    case "lookup":
    case "lookups":
      t.fail("foreign-mixed-definitions", span, { name: layout.info.foreign.name.text, what: "values" });
      return [];
  }
}

/** Data over time: a lookup that is read at the time of the step. */
function dataValues(layout: VariableLayout, part: Part, body: Extract<ForeignBody, { kind: "data" }>): SpannedLeaf[] {
  const { definition } = part;
  const { span } = definition;
  const b = new ExpressionBuilder(span);
  const table = dataTable(layout, definition, body, "data");
  const times = body.mode === "raw" ? dataTable(layout, definition, body, "times") : table;
  const value = (scope: Scope): Expression => {
    const read = (mode: string, name = table) =>
      b.call(mode, b.subscripted(name, layout.subscripts(scope, b)), b.name("time"));
    if (body.mode === "look-forward") return read("lookup_forward");
    if (body.mode === "hold-backward") return read("lookup_backward");
    if (body.mode === "interpolate") return read("lookup_linear");
    // Raw data are there at their own times only, to the nearest step.
    const half = b.divide(b.name("time_step"), b.number(2));
    const isNear = (mode: string) => b.binary("<", b.call("abs", b.subtract(read(mode, times), b.name("time"))), half);
    const after = b.if(isNear("lookup_forward"), read("lookup_forward"), b.number(NOT_AVAILABLE));
    return b.if(isNear("lookup_backward"), read("lookup_backward"), after);
  };
  return layout.layOut(part, value).map((leaf) => ({ ...leaf, span }));
}

/** A number written out, with or without a sign. */
export function writtenNumber(e: ForeignExpression): number | null {
  if (e.kind === "number") return e.value;
  if (e.kind !== "unary" || e.operator === "not") return null;
  const value = writtenNumber(e.operand);
  return value === null ? null : e.operator === "-" ? -value : value;
}
