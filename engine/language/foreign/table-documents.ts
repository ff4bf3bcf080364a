/** Lookups of our language from tables, graphs and data of a foreign file. */
import type { Span } from "../../diagnostics/source.ts";
import type { LookupDocument, LookupPoint, Word } from "../document.ts";
import type { ForeignBody, ForeignDefinition, ForeignTable } from "./foreign-model.ts";
import type { Scope } from "./scope.ts";
import { cellCount, type Part, type VariableLayout } from "./variable-layout.ts";
import { NOT_AVAILABLE } from "./vector-rules.ts";

/** The lookup that has the tables of a variable's definitions: those that it is made of, or those beside its equations. */
export function lookupOf(layout: VariableLayout, name: string, parts: readonly Part[]): LookupDocument {
  const { foreign } = layout.info;
  const entries: { element: Word; points: readonly LookupPoint[] }[] = [];
  let type: ForeignTable["type"] | null = null;
  for (const { definition, scope, owns } of parts) {
    const { body } = definition;
    if (body.kind !== "lookup" && body.kind !== "lookups" && body.kind !== "graphical") continue;
    for (let i = 0; i < cellCount(scope); i++) {
      const table = body.kind === "lookups" ? body.tables[i] : body.table;
      const cell = layout.cellOf(scope, i);
      if (!table || !owns(cell)) continue;
      if (type !== null && table.type !== type) {
        layout.context.t.fail("foreign-mixed-definitions", definition.span, {
          name: foreign.name.text,
          what: "tables",
        });
      }
      type = table.type;
      entries.push({ element: layout.cellWord(cell), points: tablePoints(table, 0) });
    }
  }
  return lookupDocument(layout, name, foreign.name.text, layout.span, pointsOf(layout, entries), type ?? "continuous");
}

/** The lookup of the graphs beside a variable's equations; made when it is first asked for. */
export function graphTable(layout: VariableLayout): string {
  const { context, info } = layout;
  const known = context.graphs.get(info.foreign.name.key);
  if (known !== undefined) return known;
  const name = context.takeName(`${info.name} graph`);
  context.graphs.set(info.foreign.name.key, name);
  const parts = layout.parts();
  if (parts) context.add(lookupOf(layout, name, parts));
  return name;
}

/** The lookup that holds the points of a data definition, or their times over themselves. */
export function dataTable(
  layout: VariableLayout,
  definition: ForeignDefinition,
  body: Extract<ForeignBody, { kind: "data" }>,
  what: "data" | "times",
): string {
  const { info, context } = layout;
  const known = context.tables.get(body)?.[what];
  if (known !== undefined) return known;
  const name = context.takeName(`${info.name} ${what}`);
  context.tables.set(body, { ...context.tables.get(body), [what]: name });
  const scope: Scope | null = layout.scopeOf(definition);
  if (!scope) return name;
  const { span } = definition;
  const entries = body.series.map(({ times, values }, i) => {
    const points = times.map((x, k) => ({ x, y: what === "data" ? values[k]! : x }));
    const element = layout.cellWord(layout.cellOf(scope, i));
    return { element, points: tablePoints({ points, type: "continuous", span }, NOT_AVAILABLE) };
  });
  const title = `${info.foreign.name.text} ${what}`;
  context.add(lookupDocument(layout, name, title, span, pointsOf(layout, entries), "continuous"));
  return name;
}

function pointsOf(
  { lengths, span }: VariableLayout,
  entries: readonly { readonly element: Word; readonly points: readonly LookupPoint[] }[],
): LookupDocument["points"] {
  if (lengths.length === 0) return { kind: "points", points: entries[0]?.points ?? nothing(span) };
  return { kind: "by-element", entries, otherwise: nothing(span) };
}

function lookupDocument(
  layout: VariableLayout,
  name: string,
  title: string,
  span: Span,
  points: LookupDocument["points"],
  type: ForeignTable["type"],
): LookupDocument {
  const base = layout.declaration(name, title, false);
  return { ...base, ...lookupReading(type), kind: "lookup", points, xUnit: null, uncertain: null, span };
}

export function lookupReading(type: ForeignTable["type"]): Pick<LookupDocument, "interpolate" | "outside"> {
  if (type === "discrete") return { interpolate: "previous", outside: "hold" };
  return { interpolate: "linear", outside: type === "extrapolate" ? "extrapolate" : "hold" };
}

/**
 * The points of a table as our lookups take them: at least two, with x rising. Of two points with one x the later counts there, so
 * the earlier moves to the nearest number below; one point holds everywhere.
 */
export function tablePoints({ points, span }: ForeignTable, otherwise: number): LookupPoint[] {
  const isAt = (i: number, x: number) => points[i]?.x === x;
  // Of more than two points with one x the first and the last make the step.
  const ends = points.filter((p, i) => !(isAt(i - 1, p.x) && isAt(i + 1, p.x)));
  const made = ends.map((p, i): LookupPoint => ({ x: ends[i + 1]?.x === p.x ? nextBelow(p.x) : p.x, y: p.y, span }));
  const [only] = made;
  if (!only) return nothing(span, otherwise);
  return made.length > 1 ? made : [only, { ...only, x: only.x + 1 }];
}

const nothing = (span: Span, y = 0): LookupPoint[] => [
  { x: 0, y, span },
  { x: 1, y, span },
];

/** The largest number below x. */
function nextBelow(x: number): number {
  if (x === 0) return -Number.MIN_VALUE;
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, x);
  bits.setBigInt64(0, bits.getBigInt64(0) + (x > 0 ? -1n : 1n));
  return bits.getFloat64(0);
}
