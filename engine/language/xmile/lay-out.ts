/** Turns instances of models and calls of macros into one flat list of variables. */
import type { Span } from "../../diagnostics/source.ts";
import type {
  ForeignDefinition,
  ForeignExpression,
  ForeignName,
  ForeignSubscript,
  ForeignVariable,
} from "../foreign/foreign-model.ts";
import { PATH } from "./expression-tokens.ts";
import { allInstances, connect, type Instance, locate, nameIn } from "./instances.ts";
import { type DimensionKeys, nonNegative, plain } from "./laid-out-variable.ts";
import { LIMITS } from "./limits.ts";
import { MacroExpander, type MacroTable, type Scope } from "./macro-expander.ts";
import { type CallNode, mapDefinition, type NameMap, type NameNode } from "./map-names.ts";
import type { Behavior } from "./read-model.ts";
import type { VariableTemplate } from "./variable-template.ts";
import type { XmileContext } from "./xmile-context.ts";

/** All variables of the model, those of modules and macros among them, in the order of the file. */
export function layOut(
  context: XmileContext,
  top: Instance,
  macros: MacroTable,
  keys: DimensionKeys,
  behavior: Behavior,
): ForeignVariable[] {
  const sources = connect(context, top);
  const variables: ForeignVariable[] = [];
  const expander = new MacroExpander(context, macros, keys, behavior, variables);
  const taken = new Map<string, Span>();
  for (const instance of allInstances(top)) {
    const scope = new InstanceScope(instance, keys);
    for (const variable of instance.template.variables.values()) {
      const name = nameIn({ instance, variable }, variable.name.span);
      const before = taken.get(name.key);
      if (before) {
        const related = [{ span: before, label: "first-defined-here" }] as const;
        context.diagnostics.add("duplicate-name", name.span, { name: name.text }, related);
        continue;
      }
      taken.set(name.key, name.span);
      const source = sources.get(name.key);
      if (source) variables.push(connected(variable, name, nameIn(source, source.span)));
      else {
        if (variable.blank && !variable.driven) reportBlank(context, variable, instance);
        const definitions = variable.definitions.map((definition) =>
          mapDefinition(definition, definitionMap(expander, scope, variable, definition)),
        );
        const settled = { ...variable, name, definitions };
        const isLimited = nonNegative(variable, instance.template.behavior, behavior);
        variables.push(plain(isLimited ? limited(settled, expander) : { ...settled, nonNegative: false }));
      }
      if (variables.length > LIMITS.variables) {
        context.diagnostics.add("foreign-limit", name.span, { what: "variables", limit: LIMITS.variables });
        return variables;
      }
    }
  }
  return variables;
}

/** A stock or flow that may not be negative: by the rule of the language, or by the file's own for flows. */
function limited(variable: VariableTemplate, expander: MacroExpander): VariableTemplate {
  if (variable.kind !== "flow") return { ...variable, nonNegative: true };
  let isOwn = variable.definitions.length > 0;
  const definitions = variable.definitions.map((definition) => {
    const { body } = definition;
    const around = definition.subscripts.length === 0 ? (variable.dimensions ?? []) : [];
    const expression = body.kind === "equation" ? expander.filtered(body.expression, around) : null;
    isOwn &&= expression !== null;
    return expression && body.kind === "equation" ? { ...definition, body: { ...body, expression } } : definition;
  });
  return isOwn ? { ...variable, definitions, nonNegative: false } : { ...variable, nonNegative: true };
}

/** An input that is connected is its source under another name. */
function connected(variable: VariableTemplate, name: ForeignName, source: ForeignName): ForeignVariable {
  const expression: ForeignExpression = {
    kind: "name",
    name: source,
    subscripts: null,
    transposed: false,
    span: source.span,
  };
  const body = { kind: "equation", expression, initial: null } as const;
  return plain({
    ...variable,
    name,
    kind: variable.kind === "flow" ? "flow" : "auxiliary",
    definitions: [{ subscripts: [], except: [], body, span: source.span }],
    nonNegative: false,
    hidden: true,
  });
}

function reportBlank(context: XmileContext, variable: VariableTemplate, instance: Instance): void {
  if (variable.isInput && instance.parent) {
    const data = { reason: "not-connected", name: variable.name.text, where: instance.text.slice(0, -1) } as const;
    context.diagnostics.add("xmile-reference", variable.span, data);
  } else context.diagnostics.add("equation-syntax", variable.span, { problem: "empty", text: "" });
}

/** Names as an instance of a model sees them. */
class InstanceScope implements Scope {
  readonly #instance: Instance;
  readonly #keys: DimensionKeys;

  constructor(instance: Instance, keys: DimensionKeys) {
    this.#instance = instance;
    this.#keys = keys;
  }

  resolve(name: ForeignName): ForeignName | "outside" | "unknown" | null {
    const parts = name.key.split(PATH);
    const found = locate(this.#instance, parts);
    if (found) return nameIn(found, name.span);
    if (parts.length > 1) {
      const [dimension, element] = parts as [string, string];
      if (parts.length > 2 || !this.#keys.dimensions.get(dimension)?.has(element)) return "unknown";
      return { text: name.text.slice(name.text.indexOf(".") + 1), key: element, span: name.span };
    }
    const isDimensional = this.#keys.dimensions.has(name.key) || this.#keys.elements.has(name.key);
    if (this.#instance.parent && !isDimensional && locate(this.#instance, ["", name.key])) return "outside";
    return null;
  }
}

/** `@2` among subscripts. */
const PLACE = /^@(\d+)$/;

/** The dimension of the left side with a number, or its element there; where the left side has none the element with that number. */
function dimensionAt(
  place: number,
  { text, span }: ForeignName,
  own: readonly ForeignName[],
  fixed: ReadonlyMap<string, ForeignName | undefined>,
): ForeignSubscript {
  const dimension = own[place - 1];
  if (dimension) {
    return { kind: "name", name: { ...(fixed.get(dimension.key) ?? dimension), span }, bang: false, span };
  }
  if (own.length > 0) return { kind: "name", name: { text, key: text, span }, bang: false, span };
  return { kind: "expression", expression: { kind: "number", value: place, span }, span };
}

/** Names, calls and subscripts of one definition. */
function definitionMap(
  expander: MacroExpander,
  scope: Scope,
  variable: VariableTemplate,
  definition: ForeignDefinition,
): NameMap {
  const own = variable.dimensions ?? [];
  const isWhole = definition.subscripts.length === 0;
  const around = isWhole ? own : [];
  // In the equation of one element the names of the variable's dimensions mean that element.
  const fixed = new Map(isWhole ? [] : own.map((dimension, i) => [dimension.key, definition.subscripts[i]] as const));
  return {
    name: (node: NameNode) => expander.name(node, scope),
    call: (node: CallNode) => expander.call(node, scope, around),
    subscript: (name: ForeignName): ForeignSubscript => {
      const place = PLACE.exec(name.key)?.[1];
      if (place !== undefined) return dimensionAt(Number(place), name, own, fixed);
      const element = fixed.get(name.key);
      if (element) return { kind: "name", name: { ...element, span: name.span }, bang: false, span: name.span };
      return expander.subscript(name, scope);
    },
    flow: (name: ForeignName) => expander.flow(name, scope),
    count: () => expander.count(definition.span),
    computed: (span) => expander.computed(span),
  };
}
