/** `<model>` and `<macro>` as the file declares them (XMILE 1.0, sections 2.8, 2.9, 4.7 and 4.8), before they are laid out. */
import type { Span } from "../../diagnostics/source.ts";
import { foreignKey } from "../foreign/foreign-key.ts";
import type { ForeignExpression, ForeignName } from "../foreign/foreign-model.ts";
import { bareName } from "./expression-tokens.ts";
import { LIMITS } from "./limits.ts";
import { attachLeaks } from "./read-conveyor.ts";
import { readVariable } from "./read-variable.ts";
import type { VariableTemplate } from "./variable-template.ts";
import { expressionIn, nameOf, onlyChild, structure, switchIn, word, type XmileContext } from "./xmile-context.ts";
import { childOf, childrenOf, type XmlElement } from "./xml-tree.ts";

/** `<module>`: a place where a model is used, and what it gets from outside. */
export interface ModuleUse {
  readonly name: ForeignName;
  /** Key of the model; that of the module where none is named. */
  readonly model: string;
  readonly connections: readonly { readonly to: string; readonly from: string; readonly span: Span }[];
  readonly span: Span;
}

/** `<behavior>`: what holds for all stocks or flows that do not say it themselves. */
export interface Behavior {
  readonly stock: boolean | null;
  readonly flow: boolean | null;
}

export interface ModelTemplate {
  readonly name: ForeignName | null;
  readonly variables: ReadonlyMap<string, VariableTemplate>;
  readonly modules: ReadonlyMap<string, ModuleUse>;
  readonly behavior: Behavior;
  readonly span: Span;
}

export interface MacroTemplate {
  readonly name: ForeignName;
  readonly parameters: readonly { readonly name: ForeignName; readonly otherwise: ForeignExpression | null }[];
  readonly result: ForeignExpression;
  readonly model: ModelTemplate;
  /** The kind of variable whose option of the macro's name it replaces; null for a macro that is called. */
  readonly filter: string | null;
}

const VARIABLES: ReadonlySet<string> = new Set(["stock", "flow", "aux", "gf"]);
/** Elements of a model that do not bear on its results. */
const SILENT: ReadonlySet<string> = new Set([
  "group",
  "views",
  "view",
  "display",
  "interface",
  "style",
  "doc",
  "format",
]);

/** The variables and modules of a model. */
export function readModel(context: XmileContext, model: XmlElement): ModelTemplate {
  const name = model.attributes.get("name")?.value.trim() ? nameOf(context, model) : null;
  const variables: VariableTemplate[] = [];
  const modules = new Map<string, ModuleUse>();
  const first = new Map<string, Span>();
  const isNew = (found: ForeignName): boolean => {
    const before = first.get(found.key);
    if (before) {
      const related = [{ span: before, label: "first-defined-here" }] as const;
      context.diagnostics.add("duplicate-name", found.span, { name: found.text }, related);
    } else first.set(found.key, found.span);
    return !before;
  };
  const errors = context.diagnostics.errorCount;
  for (const child of members(context, model)) {
    if (context.diagnostics.errorCount - errors >= LIMITS.errors) break;
    if (child.name === "module") {
      const use = readModule(context, child);
      if (use && isNew(use.name)) modules.set(use.name.key, use);
    } else {
      const variable = readVariable(context, child);
      if (variable && isNew(variable.name)) variables.push(variable);
    }
  }
  const complete = attachLeaks(context, variables);
  return {
    name,
    variables: new Map(complete.map((v) => [v.name.key, v])),
    modules,
    behavior: readBehavior(context, childOf(model, "behavior")),
    span: model.head,
  };
}

/** Variables and modules, which stand in `<variables>`, or straight in the model as Stella 10 writes them. */
function members(context: XmileContext, model: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  for (const child of model.children) {
    if (child.name === "variables") {
      for (const inner of child.children) {
        if (VARIABLES.has(inner.name) || inner.name === "module") found.push(inner);
        else if (SILENT.has(inner.name) || inner.name.includes(":")) context.ignored.push(ignoredPart(inner));
        else structure(context, inner.head, { reason: "unknown", element: inner.name, inside: child.name });
      }
    } else if (VARIABLES.has(child.name) || child.name === "module") found.push(child);
    else if (SILENT.has(child.name)) context.ignored.push(ignoredPart(child));
  }
  return found;
}

const ignoredPart = (element: XmlElement) => ({ what: `<${element.name}>`, span: element.head });

/** The name of the model may stand in an attribute with or without a prefix; by the standard it is that of the module. */
function readModule(context: XmileContext, module: XmlElement): ModuleUse | null {
  const name = nameOf(context, module);
  if (!name) return null;
  const resource = module.attributes.get("resource");
  if (resource) context.diagnostics.add("xmile-unsupported", resource.span, { what: "resource", name: name.text });
  const named = [...module.attributes].find(([key]) => /^(?:\w+:)?model(?:_name)?$/.test(key))?.[1];
  const connections = module.children
    .filter((child) => child.name === "connect" || child.name === "connect2")
    .flatMap((child) => {
      const [to, from] = [child.attributes.get("to")?.value.trim(), child.attributes.get("from")?.value.trim()];
      if (to && from) return [{ to, from, span: child.head }];
      structure(context, child.head, { reason: "missing", element: to ? "from" : "to", inside: child.name });
      return [];
    });
  return { name, model: named ? foreignKey(named.value) : name.key, connections, span: module.head };
}

/** `<non_negative/>` for all, or within `<stock>` and `<flow>`, which count more. */
export function readBehavior(context: XmileContext, behavior: XmlElement | undefined): Behavior {
  if (!behavior) return { stock: null, flow: null };
  const all = switchIn(context, childOf(behavior, "non_negative"));
  const of = (kind: string) => {
    const element = childOf(behavior, kind);
    return (element ? switchIn(context, childOf(element, "non_negative")) : null) ?? all;
  };
  return { stock: of("stock"), flow: of("flow") };
}

/** A macro; null where it has no name or result. */
export function readMacro(context: XmileContext, macro: XmlElement): MacroTemplate | null {
  const name = nameOf(context, macro);
  if (!name) return null;
  const specs = childOf(macro, "sim_specs");
  if (specs) context.diagnostics.add("xmile-unsupported", specs.head, { what: "macro-clock", name: name.text });
  const model = readModel(context, macro);
  const eqn = onlyChild(context, macro, "eqn");
  const result = expressionIn(context, eqn);
  if (!eqn) structure(context, macro.head, { reason: "missing", element: "eqn", inside: `macro ${name.text}` });
  const parameters = childrenOf(macro, "parm").flatMap((parm) => {
    const { text, span } = word(context, parm);
    if (text === "") {
      structure(context, parm.head, { reason: "no-name", element: "parm", inside: "" });
      return [];
    }
    const parameter: ForeignName = { text: bareName(text), key: foreignKey(text), span };
    return [{ name: parameter, otherwise: defaultOf(context, parm) }];
  });
  const filter = macro.attributes.get("filter")?.value.trim().toLowerCase() || null;
  return result && { name, parameters, result, model, filter };
}

/** `default` of a parameter: a number. */
function defaultOf(context: XmileContext, parm: XmlElement): ForeignExpression | null {
  const attribute = parm.attributes.get("default");
  if (!attribute) return null;
  const value = Number(attribute.value);
  if (attribute.value.trim() !== "" && Number.isFinite(value)) return { kind: "number", value, span: attribute.span };
  const data = { where: "default", text: attribute.value, expected: "number" } as const;
  context.diagnostics.add("xmile-value", attribute.span, data);
  return null;
}
