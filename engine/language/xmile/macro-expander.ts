/**
 * Macros (XMILE 1.0, sections 3.6.1 and 4.8): every call has variables of its own, with the dimensions of the equation in which it
 * stands, and arguments take the places of the parameters. Calls are told apart by the number of arguments.
 */
import type { Span } from "../../diagnostics/source.ts";
import { foreignKey } from "../foreign/foreign-key.ts";
import type { ForeignExpression, ForeignName, ForeignSubscript, ForeignVariable } from "../foreign/foreign-model.ts";
import { ExpressionSizes } from "./expression-sizes.ts";
import { PATH } from "./expression-tokens.ts";
import { type DimensionKeys, nonNegative, plain } from "./laid-out-variable.ts";
import { LIMITS } from "./limits.ts";
import { type CallNode, mapDefinition, mapExpression, type NameMap, type NameNode } from "./map-names.ts";
import type { Behavior, MacroTemplate } from "./read-model.ts";
import type { VariableTemplate } from "./variable-template.ts";
import type { XmileContext } from "./xmile-context.ts";

/** Macros by name; those of one name differ in their number of parameters. */
export type MacroTable = ReadonlyMap<string, readonly MacroTemplate[]>;

/** The key of the macro that stands for `<non_negative/>` of flows, where a file has one; no name gives it. */
export const OPTION_FILTER = "<non_negative>";

/** How names are seen from a model or a macro. */
export interface Scope {
  /** The variable; null where the name is none of the model's own (a built-in, a dimension); or why it cannot be reached. */
  resolve(name: ForeignName): ForeignName | "outside" | "unknown" | null;
}

/** Stops laying out: a limit is reached, and has been reported. */
export class LayoutStop extends Error {}

export class MacroExpander {
  readonly #context: XmileContext;
  readonly #macros: MacroTable;
  readonly #keys: DimensionKeys;
  readonly #behavior: Behavior;
  readonly #variables: ForeignVariable[];
  readonly #reported = new Set<number>();
  readonly #calls = new Map<string, number>();
  readonly #sizes = new ExpressionSizes();
  #depth = 0;
  #nodes = 0;

  constructor(
    context: XmileContext,
    macros: MacroTable,
    keys: DimensionKeys,
    behavior: Behavior,
    variables: ForeignVariable[],
  ) {
    this.#context = context;
    this.#macros = macros;
    this.#keys = keys;
    this.#behavior = behavior;
    this.#variables = variables;
  }

  count(span: Span, nodes = 1): void {
    this.#nodes += nodes;
    if (this.#nodes > LIMITS.nodes) this.#stop(span, "nodes", LIMITS.nodes);
  }

  /** A subscript that is computed: the standard lets a file choose between 0 and NaN for what lies outside, and here it is 0. */
  computed(span: Span): void {
    if (!this.#context.isNanOutside) return;
    const data = { what: "invalid-index", name: "" } as const;
    this.#once(span, () => this.#context.diagnostics.add("xmile-unsupported", span, data));
  }

  /** A name in an equation. */
  name(node: NameNode, scope: Scope): ForeignExpression {
    return { ...node, name: this.#resolved(node.name, scope) };
  }

  /** The name of a flow in a stock. */
  flow(name: ForeignName, scope: Scope): ForeignName {
    return this.#resolved(name, scope);
  }

  /** A bare subscript: an element or dimension, else a variable that is an index. */
  subscript(name: ForeignName, scope: Scope): ForeignSubscript {
    const isDimensional = this.#keys.dimensions.has(name.key) || this.#keys.elements.has(name.key);
    const resolved = isDimensional ? name : this.#resolved(name, scope);
    return { kind: "name", name: resolved, bang: false, span: name.span };
  }

  /** A call: of a lookup among the variables, of a macro, else of a built-in function, which stays. */
  call(node: CallNode, scope: Scope, around: readonly ForeignName[]): ForeignExpression {
    const own = node.name.key.includes(PATH) ? this.#resolved(node.name, scope) : scope.resolve(node.name);
    const overloads = this.#macros.get(node.name.key);
    if (own && typeof own !== "string" && !overloads) return { ...node, name: own };
    if (!overloads) return node;
    const macro = overloads.find((m) => fits(m, node.arguments.length));
    if (!macro) {
      this.#refuseCount(node, overloads);
      return node;
    }
    return this.#expand(node, macro, around);
  }

  /**
   * The value of a flow that may not be negative, where the file says by a macro what that means (XMILE 1.0, section 3.6.2): the macro of
   * the equation and of 1, since the option is on. Null where it does not.
   */
  filtered(expression: ForeignExpression, around: readonly ForeignName[]): ForeignExpression | null {
    const macro = this.#macros.get(OPTION_FILTER)?.[0];
    if (!macro) return null;
    const { span } = expression;
    const values: ForeignExpression[] = [expression, { kind: "number", value: 1, span }];
    return this.#expand({ kind: "call", name: macro.name, subscripts: null, arguments: values, span }, macro, around);
  }

  #expand(node: CallNode, macro: MacroTemplate, around: readonly ForeignName[]): ForeignExpression {
    if (++this.#depth > LIMITS.instances) this.#stop(node.name.span, "macros", LIMITS.instances);
    const number = (this.#calls.get(macro.name.key) ?? 0) + 1;
    this.#calls.set(macro.name.key, number);
    const scope = new MacroScope(macro, node.arguments, `#${macro.name.text} ${number}>`, around);
    for (const variable of macro.model.variables.values()) {
      if (!scope.parameters.has(variable.name.key)) this.#variables.push(this.#local(variable, macro, scope));
      if (this.#variables.length > LIMITS.variables) this.#stop(node.name.span, "variables", LIMITS.variables);
    }
    const result = mapExpression(macro.result, this.#map(scope, around, node.span));
    this.#depth--;
    // Arguments inside arguments: later passes walk the equation, and walk it only so deep.
    if (this.#sizes.of(result).depth > LIMITS.laidOutDepth) {
      this.#context.diagnostics.add("equation-too-deep", node.span, { limit: LIMITS.laidOutDepth });
      throw new LayoutStop();
    }
    return { ...result, span: node.span };
  }

  /** A variable of the macro for one call. */
  #local(variable: VariableTemplate, macro: MacroTemplate, scope: MacroScope): ForeignVariable {
    const { around } = scope;
    const inner = [...around, ...(variable.dimensions ?? [])];
    if (variable.blank && !variable.driven) {
      this.#once(variable.span, () =>
        this.#context.diagnostics.add("equation-syntax", variable.span, { problem: "empty", text: "" }),
      );
    }
    const definitions = variable.definitions.map((definition) => {
      const isWhole = definition.subscripts.length === 0;
      const mapped = mapDefinition(definition, this.#map(scope, isWhole ? inner : around, definition.span));
      return isWhole ? mapped : { ...mapped, subscripts: [...around, ...mapped.subscripts] };
    });
    return plain({
      ...variable,
      name: scope.local(variable.name, variable.name.span),
      dimensions: inner,
      definitions,
      nonNegative: nonNegative(variable, macro.model.behavior, this.#behavior),
      unit: null,
      hidden: true,
    });
  }

  #map(scope: MacroScope, around: readonly ForeignName[], span: Span): NameMap {
    return {
      name: (node) => this.#parameterOrName(node, scope),
      call: (node) => this.#parameterOrCall(node, scope, around),
      subscript: (name) => {
        const value = scope.parameters.get(name.key);
        if (!value) return this.subscript(name, scope);
        if (value.kind === "name" && !value.subscripts && !value.transposed) {
          return { kind: "name", name: value.name, bang: false, span: value.span };
        }
        return { kind: "expression", expression: value, span: value.span };
      },
      flow: (name) => this.#resolved(name, scope),
      count: () => this.count(span),
      computed: (at) => this.computed(at),
    };
  }

  #parameterOrName(node: NameNode, scope: MacroScope): ForeignExpression {
    const value = scope.parameters.get(node.name.key);
    if (!value) {
      const name = this.#resolved(node.name, scope);
      return { ...node, name, subscripts: scope.subscripts(node.name, node.subscripts) };
    }
    if (!node.subscripts && !node.transposed) {
      // An argument that is used many times is one object, and many parts of the equation.
      this.count(node.span, this.#sizes.of(value).nodes);
      return value;
    }
    if (value.kind === "name" && !value.subscripts && !value.transposed) {
      return { ...value, subscripts: node.subscripts, transposed: node.transposed };
    }
    this.#unsupported(node.span, node.name.text);
    return value;
  }

  #parameterOrCall(node: CallNode, scope: MacroScope, around: readonly ForeignName[]): ForeignExpression {
    const value = scope.parameters.get(node.name.key);
    if (value?.kind === "name" && !value.transposed) {
      return { ...node, name: value.name, subscripts: value.subscripts ?? node.subscripts };
    }
    if (value) {
      this.#unsupported(node.span, node.name.text);
      return node;
    }
    return this.call({ ...node, subscripts: scope.subscripts(node.name, node.subscripts) }, scope, around);
  }

  /** A table or array that is given as more than a name cannot be subscripted or called. */
  #unsupported(span: Span, name: string): void {
    this.#once(span, () => this.#context.diagnostics.add("xmile-unsupported", span, { what: "macro-argument", name }));
  }

  #resolved(name: ForeignName, scope: Scope): ForeignName {
    const found = scope.resolve(name);
    if (found === null) return name;
    if (typeof found !== "string") return found;
    this.#once(name.span, () => {
      const reason = found === "outside" ? "outside-module" : "no-such-path";
      this.#context.diagnostics.add("xmile-reference", name.span, { reason, name: name.text, where: "" });
    });
    return name;
  }

  /** The same mistake shows in every instance and is told once. */
  #once(span: Span, report: () => void): void {
    if (this.#reported.has(span.start)) return;
    this.#reported.add(span.start);
    report();
  }

  #refuseCount(node: CallNode, overloads: readonly MacroTemplate[]): void {
    const counts = overloads.map((m) => m.parameters.length);
    const first = overloads[0]!;
    this.#once(node.span, () =>
      this.#context.diagnostics.add("argument-count", node.span, {
        name: node.name.text,
        given: node.arguments.length,
        atLeast: Math.min(...overloads.map(leastOf)),
        atMost: Math.max(...counts),
        signature: `${first.name.text}(${first.parameters.map((p) => p.name.text).join(", ")})`,
      }),
    );
  }

  #stop(span: Span, what: "nodes" | "variables" | "macros", limit: number): never {
    this.#context.diagnostics.add("foreign-limit", span, { what, limit });
    throw new LayoutStop();
  }
}

/** How many arguments a macro needs: parameters with a default may be left out at the end. */
const leastOf = (macro: MacroTemplate) =>
  macro.parameters.length - macro.parameters.toReversed().findIndex((p) => p.otherwise === null) || 0;

const fits = (macro: MacroTemplate, given: number) => given <= macro.parameters.length && given >= leastOf(macro);

/** Names inside one call of a macro. */
class MacroScope implements Scope {
  /** Arguments by the key of their parameter. */
  readonly parameters: ReadonlyMap<string, ForeignExpression>;
  /** Dimensions of the equation in which the call stands. */
  readonly around: readonly ForeignName[];
  readonly #macro: MacroTemplate;
  readonly #prefix: string;

  constructor(
    macro: MacroTemplate,
    values: readonly ForeignExpression[],
    prefix: string,
    around: readonly ForeignName[],
  ) {
    this.#macro = macro;
    this.#prefix = prefix;
    this.around = around;
    const pairs = macro.parameters.map((p, i) => [p.name.key, values[i] ?? p.otherwise!] as const);
    this.parameters = new Map(pairs);
  }

  local(name: ForeignName, span: Span): ForeignName {
    return { text: this.#prefix + name.text, key: foreignKey(this.#prefix) + name.key, span };
  }

  resolve(name: ForeignName): ForeignName | "unknown" | null {
    if (this.#macro.model.variables.has(name.key)) return this.local(name, name.span);
    return name.key.includes(PATH) ? "unknown" : null;
  }

  /** A local variable has the dimensions of the call before its own. */
  subscripts(name: ForeignName, written: readonly ForeignSubscript[] | null): readonly ForeignSubscript[] | null {
    const variable = this.#macro.model.variables.get(name.key);
    if (!variable || this.around.length === 0) return written;
    const named = (d: ForeignName): ForeignSubscript => ({ kind: "name", name: d, bang: false, span: name.span });
    return [...this.around.map(named), ...(written ?? (variable.dimensions ?? []).map(named))];
  }
}
