/** Puts what another tool has changed in an XMILE file into the model that Terrace had written there. */

import type { DimensionDocument, EquationByElement, ModelDocument, VariableDocument, Word } from "../document.ts";
import type { Equation, Expression } from "../equation.ts";

/** The part of `changed` that is no variable. */
export const CLOCK = "<sim_specs>";
export const DIMENSIONS = "<dimensions>";

/**
 * @param own what Terrace wrote
 * @param foreign the whole file, read as XMILE alone
 * @param changed names of changed, new and removed variables
 * @returns own, with the changed variables as XMILE says them (and those that they need and only XMILE has); titles, sources and the like stay
 */
export function mergeChanged(own: ModelDocument, foreign: ModelDocument, changed: readonly string[]): ModelDocument {
  const known = new Map(own.variables.map((v) => [v.name.text, v]));
  const theirs = new Map(foreign.variables.map((v) => [v.name.text, v]));
  const taken = closure(changed, known, theirs);
  const rename = elementNames(own.dimensions);
  const take = (name: string): VariableDocument[] => {
    const variable = theirs.get(name);
    return variable ? [withLabels(withOwnKind(inOwnNames(variable, rename), known.get(name)), known.get(name))] : [];
  };
  const kept = own.variables.flatMap((v) => (taken.has(v.name.text) ? take(v.name.text) : [v]));
  const added = [...taken].filter((name) => !known.has(name)).flatMap(take);
  const header = changed.includes(CLOCK) ? withClock(own.header, foreign.header) : own.header;
  const dimensions = own.dimensions.map((d) => withFurtherNames(d, own.dimensions, foreign.dimensions, rename));
  return { ...own, header, dimensions, variables: [...kept, ...added] };
}

/** Further names and groups of a dimension that only the reading of XMILE has, for sums of one axis inside another. */
function withFurtherNames(
  dimension: DimensionDocument,
  own: readonly DimensionDocument[],
  foreign: readonly DimensionDocument[],
  rename: ReadonlyMap<string, string>,
): DimensionDocument {
  const elements = (d: DimensionDocument) => d.elements.map((e) => rename.get(e.name.text) ?? e.name.text).join("\n");
  const known = new Set(own.flatMap((d) => [d.name, ...d.aliases, ...d.groups.map((g) => g.name)]).map((w) => w.text));
  const isNew = (word: Word) => !known.has(word.text);
  const same = foreign.filter((d) => elements(d) === elements(dimension));
  const members = (g: DimensionDocument["groups"][number]) =>
    g.members.map((m) => ({ ...m, element: { ...m.element, text: rename.get(m.element.text) ?? m.element.text } }));
  return {
    ...dimension,
    aliases: [...dimension.aliases, ...same.flatMap((d) => [d.name, ...d.aliases]).filter(isNew)],
    groups: [
      ...dimension.groups,
      ...same.flatMap((d) => d.groups.filter((g) => isNew(g.name)).map((g) => ({ ...g, members: members(g) }))),
    ],
  };
}

/** The changed variables, stocks whose flows have changed, and what these read that only XMILE has. */
function closure(
  changed: readonly string[],
  known: ReadonlyMap<string, VariableDocument>,
  theirs: ReadonlyMap<string, VariableDocument>,
): Set<string> {
  const taken = new Set(changed.filter((name) => known.has(name) || theirs.has(name)));
  for (const variable of theirs.values()) {
    if (variable.kind !== "stock") continue;
    const flows = [...variable.inflows, ...variable.outflows].flatMap((flow) => namesIn(flow.expression));
    if (flows.some((name) => taken.has(name) && !known.has(name))) taken.add(variable.name.text);
  }
  // A set that grows while it is walked is walked to its end.
  for (const name of taken) {
    const variable = theirs.get(name);
    for (const read of variable ? equationsOf(variable).flatMap((e) => namesIn(e.expression)) : []) {
      if (theirs.has(read) && !known.has(read)) taken.add(read);
    }
  }
  return taken;
}

function equationsOf(variable: VariableDocument): Equation[] {
  const of = (pieces: readonly EquationByElement[] | null) => (pieces ?? []).map((piece) => piece.equation);
  switch (variable.kind) {
    case "stock":
      return [...of(variable.initial), ...variable.inflows, ...variable.outflows];
    case "flow":
    case "auxiliary":
      return [...of(variable.equations), ...of(variable.initial)];
    default:
      return [];
  }
}

function namesIn(expression: Expression): string[] {
  switch (expression.kind) {
    case "name":
      return [expression.name];
    case "subscripted":
      return [expression.name, ...expression.subscripts.flatMap(namesIn)];
    case "call":
      return [
        expression.name,
        ...(expression.subscripts ?? []).flatMap(namesIn),
        ...expression.arguments.flatMap(namesIn),
      ];
    case "unary":
      return namesIn(expression.operand);
    case "binary":
      return [...namesIn(expression.left), ...namesIn(expression.right)];
    default:
      return [];
  }
}

/** Elements that are whole numbers have their dimension's name before them in XMILE. */
function elementNames(dimensions: readonly DimensionDocument[]): ReadonlyMap<string, string> {
  const whole = dimensions.filter((d) => d.elements.every((e) => /^-?\d+$/.test(e.name.text)));
  return new Map(
    whole.flatMap((d) =>
      d.elements.map((e) => [`${d.name.text}_${e.name.text.replace("-", "minus_")}`, e.name.text] as const),
    ),
  );
}

function inOwnNames(variable: VariableDocument, rename: ReadonlyMap<string, string>): VariableDocument {
  const word = (w: Word): Word => ({ ...w, text: rename.get(w.text) ?? w.text });
  const equation = (e: Equation): Equation => ({ ...e, expression: renamed(e.expression, rename) });
  const pieces = (list: readonly EquationByElement[]) =>
    list.map((piece) => ({ ...piece, region: piece.region?.map(word) ?? null, equation: equation(piece.equation) }));
  switch (variable.kind) {
    case "stock":
      return {
        ...variable,
        initial: pieces(variable.initial),
        inflows: variable.inflows.map(equation),
        outflows: variable.outflows.map(equation),
      };
    case "flow":
    case "auxiliary":
      return {
        ...variable,
        equations: pieces(variable.equations),
        initial: variable.initial && pieces(variable.initial),
      };
    case "parameter": {
      if (variable.value?.kind !== "by-element") return variable;
      const entries = variable.value.entries.map((entry) => ({ ...entry, element: elementKey(entry.element, rename) }));
      return { ...variable, value: { ...variable.value, entries } };
    }
    default:
      return variable;
  }
}

/** `north, age_3`: a key with an element for each dimension. */
const elementKey = (key: Word, rename: ReadonlyMap<string, string>): Word => ({
  ...key,
  text: key.text
    .split(",")
    .map((part) => rename.get(part.trim()) ?? part.trim())
    .join(", "),
});

function renamed(expression: Expression, rename: ReadonlyMap<string, string>): Expression {
  const inner = (e: Expression) => renamed(e, rename);
  switch (expression.kind) {
    case "name": {
      const element = rename.get(expression.name);
      return element === undefined ? expression : { kind: "text", value: element, span: expression.span };
    }
    case "subscripted":
      return { ...expression, subscripts: expression.subscripts.map(inner) };
    case "call":
      return {
        ...expression,
        subscripts: expression.subscripts?.map(inner) ?? null,
        arguments: expression.arguments.map(inner),
      };
    case "unary":
      return { ...expression, operand: inner(expression.operand) };
    case "binary":
      return { ...expression, left: inner(expression.left), right: inner(expression.right) };
    default:
      return expression;
  }
}

/**
 * A changed number is the new default of a lever, and the new value of a parameter whose distribution is written round its value; of another
 * distribution it is not known whether it still holds.
 */
function withOwnKind(variable: VariableDocument, before: VariableDocument | undefined): VariableDocument {
  if (variable.kind !== "parameter" || variable.value?.kind !== "number") return variable;
  if (before?.kind === "lever") return { ...before, initial: variable.value.value };
  const distribution = before?.kind === "parameter" ? before.distribution : null;
  const isRound = distribution && "expression" in distribution && namesIn(distribution.expression).includes("value");
  return isRound ? { ...variable, distribution } : variable;
}

/** Titles, sources, the mark of an indicator: what no other tool can have changed. The unit is XMILE's where it has one. */
function withLabels(variable: VariableDocument, before: VariableDocument | undefined): VariableDocument {
  if (!before) return variable;
  const labels = { ...before.labels, unit: variable.labels.unit ?? before.labels.unit };
  return { ...variable, labels, indicator: before.indicator, observed: before.observed };
}

const withClock = (own: ModelDocument["header"], theirs: ModelDocument["header"]): ModelDocument["header"] => {
  const { start, stop, step, save, timeUnit, timeSpan, method } = theirs;
  return { ...own, start, stop, step, save, timeUnit, timeSpan, method };
};
