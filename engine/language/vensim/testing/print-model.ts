/** Foreign models as short text, for tests that read as input → expected. */
import { DiagnosticList } from "../../../diagnostics/diagnostic.ts";
import { messageOf } from "../../../diagnostics/messages.ts";
import { positionAt } from "../../../diagnostics/source.ts";
import type {
  ForeignBody,
  ForeignDimension,
  ForeignExpression,
  ForeignModel,
  ForeignSubscript,
  ForeignTable,
} from "../../foreign/foreign-model.ts";
import { readVensim, type VensimInput } from "../read-vensim.ts";

/** A clock, so that a test need not write one. */
export const CLOCK = "\nINITIAL TIME = 0 ~~|\nFINAL TIME = 10 ~~|\nTIME STEP = 1 ~~|\n";

/** Reads definitions with a clock behind them. */
export function read(text: string, more: Partial<VensimInput> = {}): { model: ForeignModel | null; errors: string[] } {
  const diagnostics = new DiagnosticList();
  const file = { path: "model.mdl", text: text + CLOCK };
  const model = readVensim({ file, external: () => null, tags: new Map(), data: [], ...more }, diagnostics);
  const errors = diagnostics.sorted([file.path]).map((diagnostic) => {
    const place = positionAt(file.text, diagnostic.span?.start ?? 0);
    return `${place.line}:${place.column} ${diagnostic.code}: ${messageOf(diagnostic, "en").fact}`;
  });
  return { model, errors };
}

/** The definitions of a text, one line each, without the clock. */
export function definitions(text: string, more: Partial<VensimInput> = {}): string[] {
  const { model, errors } = read(text, more);
  if (!model) return errors;
  const clock = ["initial_time", "final_time", "time_step"];
  return model.variables
    .filter(({ name }) => !clock.includes(name.key))
    .flatMap(({ name, definitions: parts }) =>
      parts.map(({ subscripts, except, body }) => {
        const list = (names: readonly { text: string }[]) => `[${names.map((n) => n.text).join(",")}]`;
        const left = `${name.text}${subscripts.length > 0 ? list(subscripts) : ""}`;
        const without = except.length > 0 ? ` except ${except.map(list).join(" ")}` : "";
        return `${left}${without} = ${printBody(body)}`;
      }),
    );
}

/** The subscript ranges of a text, one line each. */
export function ranges(text: string): string[] {
  const { model, errors } = read(text);
  return model ? model.dimensions.map(printRange) : errors;
}

function printRange({ name, members, copyOf, mappings }: ForeignDimension): string {
  const list = (names: readonly { text: string }[]) => names.map((n) => n.text).join(",");
  const to = mappings.map((m) => (m.members ? `${m.to.text}(${list(m.members)})` : m.to.text));
  return `${name.text}: ${copyOf ? `copy of ${copyOf.text}` : list(members)}${to.map((t) => ` -> ${t}`).join("")}`;
}

function printBody(body: ForeignBody): string {
  switch (body.kind) {
    case "equation":
      return `${print(body.expression)}${body.initial ? ` initially ${print(body.initial)}` : ""}`;
    case "integral":
      return `integral of ${print(body.net)} from ${print(body.initial)}`;
    case "numbers":
      return `numbers ${body.values.join(" ")}`;
    case "lookup":
      return `table ${points(body.table)}`;
    case "lookups":
      return `tables ${body.tables.map(points).join("; ")}`;
    case "data":
      return `data ${body.mode} ${body.series.map((s) => s.times.map((t, i) => `${t}:${s.values[i]}`).join(" ") || "none").join("; ")}`;
    case "stock":
    case "graphical":
      throw new Error(`no Vensim equation gives ${body.kind}`);
  }
}

const points = (table: ForeignTable) => table.points.map((p) => `${p.x}:${p.y}`).join(" ");

/** An expression with every operation in brackets. */
export function print(node: ForeignExpression): string {
  switch (node.kind) {
    case "number":
      return String(node.value);
    case "text":
      return `'${node.value}'`;
    case "name":
      return `${node.name.text}${subscripts(node.subscripts)}`;
    case "call":
      return `${node.name.text}${subscripts(node.subscripts)}(${node.arguments.map(print).join(", ")})`;
    case "table":
      return `{${points(node.table)}}`;
    case "unary":
      return `(${node.operator} ${print(node.operand)})`;
    case "binary":
      return `(${print(node.left)} ${node.operator} ${print(node.right)})`;
  }
}

function subscripts(list: readonly ForeignSubscript[] | null): string {
  if (!list) return "";
  return `[${list.map((s) => (s.kind === "name" ? `${s.name.text}${s.bang ? "!" : ""}` : s.kind)).join(",")}]`;
}
