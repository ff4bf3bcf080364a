/** `<stock>`, `<flow>`, `<aux>` and `<gf>`: one variable of a model (XMILE 1.0, sections 4.1 to 4.5). */
import { foreignKey } from "../foreign/foreign-key.ts";
import type {
  ForeignBody,
  ForeignDefinition,
  ForeignExpression,
  ForeignName,
  ForeignTable,
  ForeignVariable,
} from "../foreign/foreign-model.ts";
import { parseTable } from "./expression-parser.ts";
import { bareName } from "./expression-tokens.ts";
import { readConveyor } from "./read-conveyor.ts";
import { readTable } from "./read-table.ts";
import type { VariableTemplate } from "./variable-template.ts";
import {
  checkChildren,
  expressionIn,
  isBlank,
  nameOf,
  onlyChild,
  pathIn,
  structure,
  switchIn,
  word,
  type XmileContext,
} from "./xmile-context.ts";
import { textOf } from "./xml-text.ts";
import { childOf, childrenOf, type XmlElement } from "./xml-tree.ts";

/** Elements without effect on numbers: documentation and display. */
const SILENT = ["doc", "units", "range", "scale", "format", "display", "event_poster", "label"] as const;
const COMMON = ["eqn", "dimensions", "element", "gf", "non_negative", ...SILENT] as const;
const KNOWN: Readonly<Record<string, ReadonlySet<string>>> = {
  stock: new Set([...COMMON, "inflow", "outflow", "conveyor", "queue", "oven"]),
  flow: new Set([...COMMON, "init_eqn", "leak", "leak_integers", "multiplier", "overflow"]),
  aux: new Set([...COMMON, "init_eqn"]),
  gf: new Set([...SILENT, "xscale", "yscale", "xpts", "ypts"]),
  element: new Set(["eqn", "init_eqn", "gf", "non_negative", ...SILENT]),
};
const KINDS: Readonly<Record<string, ForeignVariable["kind"]>> = {
  stock: "stock",
  flow: "flow",
  aux: "auxiliary",
  gf: "lookup",
};

/** Parts of a variable that change its numbers in a way that is not supported. */
const UNSUPPORTED = ["oven", "multiplier"] as const;

/** Reads a variable; null where it has no name. An error in an equation leaves that definition out. */
export function readVariable(context: XmileContext, element: XmlElement): VariableTemplate | null {
  const name = nameOf(context, element);
  if (!name) return null;
  checkChildren(context, element, KNOWN[element.name]!);
  for (const what of UNSUPPORTED) {
    const child = childOf(element, what);
    if (child) context.diagnostics.add("xmile-unsupported", child.head, { what, name: name.text });
  }
  refuseSpreading(context, element, name);
  onlyChild(context, element, "dimensions");
  const ownNonNegative = element.name === "gf" ? false : switchIn(context, onlyChild(context, element, "non_negative"));
  const unit = onlyChild(context, element, "units");
  const unitWord = unit && word(context, unit);
  const doc = childOf(element, "doc");
  return {
    name,
    kind: KINDS[element.name]!,
    dimensions: dimensionsOf(context, element),
    definitions: readDefinitions(context, element, name),
    nonNegative: ownNonNegative ?? false,
    ownNonNegative,
    unit: unitWord && unitWord.text !== "" ? unitWord : null,
    comment: doc ? word(context, doc).text || null : null,
    range: readRange(element),
    hidden: false,
    span: element.head,
    element,
    blank: isUnwritten(context, element),
    driven: false,
    isInput: element.attributes.get("access")?.value.trim().toLowerCase() === "input",
  };
}

/** No equation, graph or element: an input to be connected, a flow that a conveyor drives, or a mistake. */
function isUnwritten(context: XmileContext, element: XmlElement): boolean {
  if (element.name === "gf" || childOf(element, "gf") || childOf(element, "element")) return false;
  return isBlank(context, childOf(element, "eqn"));
}

/** The equation of all elements, one for each `<element>`, or several `<eqn>`. */
function readDefinitions(context: XmileContext, element: XmlElement, name: ForeignName): ForeignDefinition[] {
  const parts = childrenOf(element, "element");
  const equations = childrenOf(element, "eqn");
  if (equations.length > 1) return readOnePerElement(context, element, equations, name);
  const common = partsOf(context, element);
  if (parts.length === 0) {
    const whole = readBody(context, element, common, name);
    return whole ? [{ subscripts: [], except: [], body: whole, span: element.head }] : [];
  }
  return parts.flatMap((part) => {
    checkChildren(context, part, KNOWN.element!);
    const own = partsOf(context, part);
    refuseTwice(context, common, own, name);
    // What stands once for all elements holds for those that do not say it: `<eqn>TIME</eqn>` beside a graph for each.
    const all = { eqn: own.eqn ?? common.eqn, gf: own.gf ?? common.gf, initial: own.initial ?? common.initial };
    const body = readBody(context, element, all, name);
    if (isBlank(context, all.eqn) && !all.gf) reportEmpty(context, part);
    const subscripts = readSubscripts(context, part);
    return body && subscripts ? [{ subscripts, except: [], body, span: part.head }] : [];
  });
}

/** An equation for all elements and another for one of them: which of the two counts is not said. */
function refuseTwice(context: XmileContext, common: Parts, own: Parts, { text }: ForeignName): void {
  if (!isBlank(context, common.eqn) && !isBlank(context, own.eqn)) {
    structure(context, own.eqn!.head, { reason: "both", element: "eqn", inside: text });
  }
  if (common.gf && own.gf) structure(context, own.gf.head, { reason: "both", element: "gf", inside: text });
}

/** Vensim writes the equations of an array one after the other, the last dimension fastest. */
function readOnePerElement(
  context: XmileContext,
  element: XmlElement,
  equations: readonly XmlElement[],
  name: ForeignName,
): ForeignDefinition[] {
  const axes = dimensionsOf(context, element).map((dimension) => context.dimensions.get(dimension.key) ?? []);
  const count = axes.reduce((product, axis) => product * axis.length, 1);
  if (axes.length === 0 || count !== equations.length) {
    structure(context, equations[1]!.head, { reason: "repeated", element: "eqn", inside: element.name });
    return [];
  }
  return equations.flatMap((eqn, index) => {
    if (isBlank(context, eqn)) reportEmpty(context, eqn);
    const body = readBody(context, element, { eqn, gf: undefined, initial: undefined }, name);
    return body ? [{ subscripts: elementsAt(axes, index), except: [], body, span: eqn.head }] : [];
  });
}

/** The elements of the cell with a number, counted with the last axis fastest. */
function elementsAt(axes: readonly (readonly ForeignName[])[], index: number): ForeignName[] {
  let rest = index;
  return axes
    .toReversed()
    .map((axis) => {
      const element = axis[rest % axis.length]!;
      rest = Math.floor(rest / axis.length);
      return element;
    })
    .reverse();
}

function dimensionsOf(context: XmileContext, element: XmlElement): ForeignName[] {
  const block = childOf(element, "dimensions");
  return block ? childrenOf(block, "dim").flatMap((dim) => nameOf(context, dim) ?? []) : [];
}

function reportEmpty(context: XmileContext, element: XmlElement): void {
  context.diagnostics.add("equation-syntax", element.head, { problem: "empty", text: "" });
}

/** `A1, B2`: names, or numbers for the elements of a dimension that has only a size. */
function readSubscripts(context: XmileContext, part: XmlElement): ForeignName[] | null {
  const attribute = part.attributes.get("subscript");
  if (!attribute || attribute.value.trim() === "") {
    structure(context, part.head, { reason: "missing", element: "subscript", inside: "element" });
    return null;
  }
  let at = attribute.span.start;
  return attribute.value.split(",").map((text) => {
    const start = at + text.length - text.trimStart().length;
    const span = { path: attribute.span.path, start, end: start + text.trim().length };
    at += text.length + 1;
    return { text: bareName(text.trim()), key: foreignKey(text.trim()), span };
  });
}

/** The elements that say a value. */
interface Parts {
  readonly eqn: XmlElement | undefined;
  readonly gf: XmlElement | undefined;
  readonly initial: XmlElement | undefined;
}

const partsOf = (context: XmileContext, owner: XmlElement): Parts => ({
  eqn: onlyChild(context, owner, "eqn"),
  gf: onlyChild(context, owner, "gf"),
  initial: onlyChild(context, owner, "init_eqn"),
});

/** What the equation says; null where there is none (a flow that a conveyor drives, an input) or it has an error. */
function readBody(context: XmileContext, variable: XmlElement, parts: Parts, name: ForeignName): ForeignBody | null {
  if (variable.name === "gf") return lookup(readTable(context, variable));
  const { eqn, gf, initial } = parts;
  if (eqn && isUnfinished(context, eqn)) return unfinishedBody(context, variable, eqn, name);
  if (gf) {
    const table = readTable(context, gf);
    if (isBlank(context, eqn)) return lookup(table);
    const expression = expressionIn(context, eqn);
    return table && expression ? { kind: "graphical", table, expression } : null;
  }
  if (isBlank(context, eqn)) return null;
  if (variable.name === "stock") return stockBody(context, variable, expressionIn(context, eqn));
  const values = parseTable(textOf(eqn!, context.file.text), context.diagnostics);
  if (!values) return null;
  if (values.length > 1) return numbers(context, values, name);
  return { kind: "equation", expression: values[0]!, initial: expressionIn(context, initial) };
}

const lookup = (table: ForeignTable | null): ForeignBody | null => table && { kind: "lookup", table };

function stockBody(context: XmileContext, stock: XmlElement, initial: ForeignExpression | null): ForeignBody | null {
  const conveyor = onlyChild(context, stock, "conveyor");
  const belt = conveyor ? readConveyor(context, conveyor) : null;
  if (!initial || (conveyor && !belt)) return null;
  const queue = onlyChild(context, stock, "queue") ? { overflows: [] } : null;
  const flows = (kind: string) =>
    childrenOf(stock, kind).map((child) => {
      const { text, span } = word(context, child);
      return pathIn(text, span);
    });
  return { kind: "stock", initial, inflows: flows("inflow"), outflows: flows("outflow"), conveyor: belt, queue };
}

/** `1, 2; 3, 4`: every cell is a number with an optional sign. */
function numbers(
  context: XmileContext,
  values: readonly ForeignExpression[],
  { text: name }: ForeignName,
): ForeignBody | null {
  const found: number[] = [];
  for (const value of values) {
    const inner = value.kind === "unary" && value.operator !== "not" ? value.operand : value;
    if (inner.kind !== "number") {
      context.diagnostics.add("xmile-value", value.span, { where: name, text: "", expected: "number" });
      return null;
    }
    found.push(value.kind === "unary" && value.operator === "-" ? -inner.value : inner.value);
  }
  return { kind: "numbers", values: found };
}

/** `???` stands where a converter could not write an equation. */
const isUnfinished = (context: XmileContext, eqn: XmlElement): boolean => word(context, eqn).text.includes("???");

function unfinishedBody(
  context: XmileContext,
  variable: XmlElement,
  eqn: XmlElement,
  { text: name }: ForeignName,
): ForeignBody | null {
  const { span } = word(context, eqn);
  if (!context.isUnfinishedAllowed(name)) {
    context.diagnostics.add("xmile-unsupported", span, { what: "placeholder", name });
    return null;
  }
  const zero: ForeignExpression = { kind: "number", value: 0, span };
  if (variable.name === "stock") return stockBody(context, variable, zero);
  return { kind: "equation", expression: zero, initial: null };
}

/** An inflow that Stella lays along a conveyor, and not at its start. */
function refuseSpreading(context: XmileContext, element: XmlElement, name: ForeignName): void {
  const spread = element.attributes.get("isee:spreadflow");
  if (!spread || /^(?:|none|beginning|at_beginning)$/i.test(spread.value.trim())) return;
  context.diagnostics.add("xmile-unsupported", spread.span, { what: "spreadflow", name: name.text });
}

/** `<range min max>`: documentation of an input device. */
function readRange(element: XmlElement): ForeignVariable["range"] {
  const range = childOf(element, "range");
  if (!range) return null;
  const end = (name: string) => {
    const value = Number(range.attributes.get(name)?.value ?? "");
    return range.attributes.has(name) && Number.isFinite(value) ? value : null;
  };
  return { low: end("min"), high: end("max") };
}
