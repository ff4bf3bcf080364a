/**
 * An XMILE file to a {@link ForeignModel}, in these steps:
 *
 * ```
 *   text ── readXml ──► XmlElement ── readModel, readMacro ──► templates ── instantiate, layOut ──► variables
 * ```
 *
 * Follows OASIS XMILE 1.0, and what Stella and the converters of others write beside it.
 */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { SourceFile } from "../../diagnostics/source.ts";
import type { ForeignDimension, ForeignModel, ForeignVariable } from "../foreign/foreign-model.ts";
import { type Instance, instantiate } from "./instances.ts";
import { dimensionKeys } from "./laid-out-variable.ts";
import { layOut } from "./lay-out.ts";
import { LayoutStop, type MacroTable, OPTION_FILTER } from "./macro-expander.ts";
import { readDimensions } from "./read-dimensions.ts";
import { type MacroTemplate, type ModelTemplate, readBehavior, readMacro, readModel } from "./read-model.ts";
import { readTime } from "./read-time.ts";
import { structure, word, type XmileContext } from "./xmile-context.ts";
import { readXml } from "./xml-reader.ts";
import { childOf, childrenOf, type XmlElement } from "./xml-tree.ts";

/** How a file is read of which a part is known from elsewhere. */
export interface ReadOptions {
  /** `???` in an equation is an error, or 0 except in the variables that are named. */
  readonly unfinished: "refuse" | "zero";
  readonly mustBeFinished: ReadonlySet<string>;
}

const ALONE: ReadOptions = { unfinished: "refuse", mustBeFinished: new Set() };

/**
 * Reads a file. Everything wrong is in `diagnostics`; null where it has no model that could be judged further.
 *
 * @param file text as `decodeXml` gives it; places refer to it
 */
export function readXmile(
  file: SourceFile,
  diagnostics: DiagnosticList,
  { unfinished, mustBeFinished }: ReadOptions = ALONE,
): ForeignModel | null {
  const root = readXml(file, diagnostics);
  if (!root) return null;
  const judged = { file, diagnostics, ignored: [] };
  if (root.name !== "xmile") {
    structure(judged, root.head, { reason: "missing", element: "xmile", inside: "" });
    return null;
  }
  const models = childrenOf(root, "model");
  const dimensions = [root, ...models].flatMap((owner) => readDimensions(judged, owner));
  const isUnfinishedAllowed = (name: string) => unfinished === "zero" && !mustBeFinished.has(name);
  const context = {
    ...judged,
    isUnfinishedAllowed,
    isNanOutside: wantsNanOutside(childOf(root, "header")),
    dimensions: new Map(dimensions.map((d) => [d.name.key, d.members])),
  };
  return readRoot(context, root, models, dimensions);
}

function readRoot(
  context: XmileContext,
  root: XmlElement,
  models: readonly XmlElement[],
  dimensions: readonly ForeignDimension[],
): ForeignModel | null {
  noteIgnored(context, root);
  const main = models.find((model) => !model.attributes.get("name")?.value.trim()) ?? models[0];
  if (!main) {
    structure(context, root.head, { reason: "missing", element: "model", inside: "xmile" });
    return null;
  }
  const specs = childOf(root, "sim_specs") ?? childOf(main, "sim_specs");
  if (!specs) structure(context, root.head, { reason: "missing", element: "sim_specs", inside: "xmile" });
  const time = specs ? readTime(context, specs) : null;
  const templates = readTemplates(context, models, main);
  const macros = readMacros(context, root);
  const top = instantiate(context, templates.main, templates.others);
  const variables = laidOut(context, top, macros, root, dimensionKeys(dimensions));
  if (!time) return null;
  if (time.method !== "euler") refuseBelts(context, variables);
  const header = childOf(root, "header");
  return {
    dialect: "xmile",
    vendor: vendorOf(context, header),
    name: nameOfModel(context, header, templates.main),
    time,
    dimensions,
    variables,
    units: readUnits(context, childOf(root, "model_units")),
    ignored: context.ignored,
  };
}

/** By the standard conveyors and queues are for Euler's method alone: they move by whole steps. */
function refuseBelts(context: XmileContext, variables: readonly ForeignVariable[]): void {
  for (const { name, definitions } of variables) {
    const isBelt = definitions.some(({ body }) => body.kind === "stock" && (body.conveyor || body.queue));
    if (isBelt) context.diagnostics.add("xmile-unsupported", name.span, { what: "belt-method", name: name.text });
  }
}

function laidOut(
  context: XmileContext,
  top: Instance,
  macros: MacroTable,
  root: XmlElement,
  keys: ReturnType<typeof dimensionKeys>,
): ForeignVariable[] {
  try {
    return layOut(context, top, macros, keys, readBehavior(context, childOf(root, "behavior")));
  } catch (error) {
    if (error instanceof LayoutStop) return [];
    throw error;
  }
}

/** The main model, and those that modules use. */
function readTemplates(
  context: XmileContext,
  models: readonly XmlElement[],
  main: XmlElement,
): { main: ModelTemplate; others: Map<string, ModelTemplate> } {
  const others = new Map<string, ModelTemplate>();
  const template = readModel(context, main);
  for (const element of models) {
    if (element === main) continue;
    const resource = element.attributes.get("resource");
    const name = element.attributes.get("name")?.value.trim() ?? "";
    if (resource) context.diagnostics.add("xmile-unsupported", resource.span, { what: "resource", name });
    const specs = childOf(element, "sim_specs");
    if (specs) context.diagnostics.add("xmile-unsupported", specs.head, { what: "module-clock", name });
    const other = readModel(context, element);
    if (!other.name || others.has(other.name.key)) {
      if (other.name) context.diagnostics.add("duplicate-name", other.name.span, { name: other.name.text });
      else structure(context, element.head, { reason: "repeated", element: "model", inside: "xmile" });
    } else others.set(other.name.key, other);
  }
  return { main: template, others };
}

function readMacros(context: XmileContext, root: XmlElement): MacroTable {
  const table = new Map<string, MacroTemplate[]>();
  for (const element of childrenOf(root, "macro")) {
    const macro = readMacro(context, element);
    if (!macro) continue;
    if (macro.filter !== null) {
      const isKnown = macro.filter === "flow" && macro.name.key === "non_negative" && macro.parameters.length === 2;
      if (isKnown) table.set(OPTION_FILTER, [macro]);
      else context.diagnostics.add("xmile-unsupported", element.head, { what: "option-filter", name: macro.name.text });
      continue;
    }
    const same = table.get(macro.name.key) ?? [];
    if (same.some((other) => other.parameters.length === macro.parameters.length)) {
      context.diagnostics.add("duplicate-name", macro.name.span, { name: macro.name.text });
    }
    table.set(macro.name.key, [...same, macro]);
  }
  return table;
}

/** Sections that are read; an `<import>` of data would change results and is refused. */
const READ: ReadonlySet<string> = new Set([
  "header",
  "sim_specs",
  "dimensions",
  "model",
  "macro",
  "model_units",
  "behavior",
  "data",
]);

function noteIgnored(context: XmileContext, root: XmlElement): void {
  refuseIncludes(context, childOf(root, "header"));
  for (const child of root.children) {
    if (!READ.has(child.name)) context.ignored.push({ what: `<${child.name}>`, span: child.head });
  }
  for (const data of childrenOf(root, "data")) {
    for (const child of data.children) {
      const isOff = child.attributes.get("enabled")?.value.trim() === "false";
      const isOnDemand = /demand/i.test(child.attributes.get("type")?.value ?? "");
      if (child.name === "import" && !isOff && !isOnDemand) {
        const name = child.attributes.get("resource")?.value ?? "";
        context.diagnostics.add("xmile-unsupported", child.head, { what: "import", name });
      } else context.ignored.push({ what: `<${child.name}>`, span: child.head });
    }
  }
}

/** `<uses_arrays invalid_index_value="NaN">` (XMILE 1.0, section 2.2.1). */
function wantsNanOutside(header: XmlElement | undefined): boolean {
  const options = header && childOf(header, "options");
  const arrays = options && childOf(options, "uses_arrays");
  return arrays?.attributes.get("invalid_index_value")?.value.trim().toLowerCase() === "nan";
}

/** `<includes>` brings macros and models of other files. */
function refuseIncludes(context: XmileContext, header: XmlElement | undefined): void {
  const includes = header && childOf(header, "includes");
  for (const include of includes ? childrenOf(includes, "include") : []) {
    const name = include.attributes.get("resource")?.value ?? "";
    context.diagnostics.add("xmile-unsupported", include.head, { what: "resource", name });
  }
}

/** `vendor` and `product`, as one text. */
function vendorOf(context: XmileContext, header: XmlElement | undefined): string | null {
  const parts = ["vendor", "product"].flatMap((name) => {
    const element = header && childOf(header, name);
    return element ? word(context, element).text : [];
  });
  const text = parts.filter((part) => part !== "").join(", ");
  return text === "" ? null : text;
}

function nameOfModel(context: XmileContext, header: XmlElement | undefined, main: ModelTemplate): string {
  const element = header && childOf(header, "name");
  const text = element ? word(context, element).text : "";
  return text || main.name?.text || context.file.path.replace(/^.*\//, "").replace(/\.\w+$/, "");
}

function readUnits(context: XmileContext, block: XmlElement | undefined): ForeignModel["units"] {
  // Stella 10 calls the elements `units`, and puts several synonyms into one.
  const units = (block?.children ?? []).filter((child) => child.name === "unit" || child.name === "units");
  return units.flatMap((unit) => {
    const name = unit.attributes.get("name")?.value.trim() ?? "";
    if (name === "") return [];
    const aliases = childrenOf(unit, "alias").flatMap((alias) =>
      word(context, alias)
        .text.split(",")
        .map((a) => a.trim()),
    );
    const eqn = childOf(unit, "eqn");
    return [{ names: [name, ...aliases.filter((a) => a !== "")], equation: (eqn && word(context, eqn).text) || null }];
  });
}
