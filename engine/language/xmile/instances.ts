/**
 * Modules laid out (XMILE 1.0, section 4.7): every `<module>` is an instance of a model, its variables have the module's name before
 * theirs, and an input that is connected takes the value of its source.
 */
import type { Span } from "../../diagnostics/source.ts";
import { foreignKey } from "../foreign/foreign-key.ts";
import type { ForeignName } from "../foreign/foreign-model.ts";
import { LIMITS } from "./limits.ts";
import type { ModelTemplate, ModuleUse } from "./read-model.ts";
import type { VariableTemplate } from "./variable-template.ts";
import { splitPath, type XmileContext } from "./xmile-context.ts";

/** A model at the place where it is used. */
export interface Instance {
  readonly template: ModelTemplate;
  readonly parent: Instance | null;
  /** Names of the modules from the outermost in, each with a dot behind it; empty for the model itself. */
  readonly text: string;
  readonly key: string;
  readonly children: Map<string, Instance>;
}

/** A variable of an instance. */
export interface Located {
  readonly instance: Instance;
  readonly variable: VariableTemplate;
}

export const nameIn = ({ instance, variable }: Located, span: Span): ForeignName => ({
  text: instance.text + variable.name.text,
  key: instance.key + variable.name.key,
  span,
});

/** The tree of instances; modules whose model is missing, or that contain themselves, are reported and left out. */
export function instantiate(
  context: XmileContext,
  root: ModelTemplate,
  models: ReadonlyMap<string, ModelTemplate>,
): Instance {
  const top: Instance = { template: root, parent: null, text: "", key: "", children: new Map() };
  let variables = root.variables.size;
  const grow = (instance: Instance, depth: number): boolean => {
    for (const use of instance.template.modules.values()) {
      const model = modelOf(use, instance, models);
      if (!model) {
        refuse(context, use.span, "no-model", use.name.text, "");
        continue;
      }
      variables += model.variables.size;
      if (depth > LIMITS.instances || variables > LIMITS.variables) {
        const isDeep = depth > LIMITS.instances;
        const data = isDeep
          ? { what: "modules" as const, limit: LIMITS.instances }
          : { what: "variables" as const, limit: LIMITS.variables };
        context.diagnostics.add("foreign-limit", use.span, data);
        return false;
      }
      const child: Instance = {
        template: model,
        parent: instance,
        text: `${instance.text}${use.name.text}.`,
        key: `${instance.key}${use.name.key}.`,
        children: new Map(),
      };
      instance.children.set(use.name.key, child);
      if (!grow(child, depth + 1)) return false;
    }
    return true;
  };
  grow(top, 1);
  return top;
}

/** A model inside another may be declared with the outer one's name before its own. */
function modelOf(
  use: ModuleUse,
  instance: Instance,
  models: ReadonlyMap<string, ModelTemplate>,
): ModelTemplate | undefined {
  const outer = instance.template.name?.key;
  return (outer === undefined ? undefined : models.get(`${outer}.${use.model}`)) ?? models.get(use.model);
}

export function* allInstances(top: Instance): Generator<Instance> {
  yield top;
  for (const child of top.children.values()) yield* allInstances(child);
}

/** The variable that a path means, seen from an instance; an empty first part means the outermost model. */
export function locate(from: Instance, parts: readonly string[]): Located | null {
  let instance = from;
  let rest = parts;
  if (parts[0] === "") {
    while (instance.parent) instance = instance.parent;
    rest = parts.slice(1);
  }
  for (const part of rest.slice(0, -1)) {
    const child = instance.children.get(part);
    if (!child) return null;
    instance = child;
  }
  const variable = instance.template.variables.get(rest.at(-1)!);
  return variable ? { instance, variable } : null;
}

/** Sources of connected inputs, by the key of the input. */
export function connect(context: XmileContext, top: Instance): Map<string, Located & { readonly span: Span }> {
  const sources = new Map<string, Located & { readonly span: Span }>();
  for (const instance of allInstances(top)) {
    for (const use of instance.template.modules.values()) {
      const child = instance.children.get(use.name.key);
      if (!child) continue;
      for (const { to, from, span } of use.connections) {
        const target = inputOf(instance, child, keysOf(to));
        const source = locate(instance, keysOf(from));
        if (!target) refuse(context, span, "no-input", to, use.name.text);
        else if (!source) refuse(context, span, "no-source", from, use.name.text);
        else if (!target.variable.isInput) refuse(context, span, "not-an-input", to, use.name.text);
        else join(context, sources, target, { ...source, span });
      }
    }
  }
  return sources;
}

const keysOf = (path: string) => splitPath(path).map(foreignKey);

/** By the standard `to` begins with the module; a bare name is an input of the module itself. */
function inputOf(instance: Instance, module: Instance, parts: readonly string[]): Located | null {
  return parts.length === 1 ? locate(module, parts) : locate(instance, parts);
}

/** Stella repeats a connection at both modules; two different sources for one input are a mistake. */
function join(
  context: XmileContext,
  sources: Map<string, Located & { readonly span: Span }>,
  target: Located,
  source: Located & { readonly span: Span },
): void {
  const key = nameIn(target, source.span).key;
  const before = sources.get(key);
  if (!before) sources.set(key, source);
  else if (nameIn(before, before.span).key !== nameIn(source, source.span).key) {
    refuse(context, source.span, "two-sources", nameIn(target, source.span).text, "");
  }
}

function refuse(
  context: XmileContext,
  span: Span,
  reason: "no-model" | "no-input" | "no-source" | "not-an-input" | "two-sources",
  name: string,
  where: string,
): void {
  context.diagnostics.add("xmile-reference", span, { reason, name, where });
}
