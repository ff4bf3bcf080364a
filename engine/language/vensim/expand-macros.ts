/**
 * Calls of macros to equations (Vensim reference manual, "Macros"). Each call gets variables of its own for what the macro
 * computes, so that its stocks are its own too; they carry the ranges of the left side on which the call stands, and those that a
 * reduction around the call runs over, so that each array element has its own as well.
 *
 * ```
 *   :MACRO: HALF(x)          y[Region] = 1 + HALF(z[Region] * 2)
 *   HALF = x / 2       ──►   #HALF 1>x[Region] = z[Region] * 2
 *   :END OF MACRO:           #HALF 1[Region] = #HALF 1>x[Region] / 2
 *                            y[Region] = 1 + #HALF 1[Region]
 * ```
 *
 * In a macro `name$` is the model's variable `name`; every other name that the macro defines is the call's own.
 */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import { foreignKey } from "../foreign/foreign-key.ts";
import type { ForeignExpression, ForeignName, ForeignSubscript } from "../foreign/foreign-model.ts";
import type { Ranges } from "./ranges.ts";
import type { VensimCall, VensimEquation, VensimMacro } from "./syntax.ts";
import { fault, recover } from "./vensim-fault.ts";
import { MAX_ERRORS, MAX_MACRO_CALLS, MAX_MACRO_DEPTH, MAX_MACRO_EQUATIONS } from "./vensim-limits.ts";

/** The equations with every macro call written out; those that the calls add stand at the end. */
export function expandMacros(
  equations: readonly VensimEquation[],
  macros: readonly VensimMacro[],
  ranges: Ranges,
  diagnostics: DiagnosticList,
): readonly VensimEquation[] {
  if (macros.length === 0) return equations;
  const expansion = new Expansion(macros, ranges, new Set(equations.map((e) => e.name.key)), diagnostics);
  const errors = diagnostics.errorCount;
  const own: VensimEquation[] = [];
  for (const equation of equations) {
    if (diagnostics.errorCount - errors >= MAX_ERRORS) break;
    const rewritten = recover(diagnostics, () => expansion.rewrite(equation, []));
    if (rewritten) own.push(rewritten);
  }
  return [...own, ...expansion.added];
}

/** The functions that bind a subscript with `!` in their arguments. */
const REDUCTIONS: ReadonlySet<string> = new Set(["sum", "prod", "vmin", "vmax", "vector_select", "elmcount"]);

/** Names of the model that a macro may use as they are. */
const CLOCK: ReadonlySet<string> = new Set(["time", "time_step", "initial_time", "final_time", "saveper"]);

/** What a name means inside the equations of one call. */
type Meaning =
  | { readonly kind: "expression"; readonly expression: ForeignExpression }
  /** A variable of the call: its new name, and the subscripts that come before those written. */
  | { readonly kind: "local"; readonly name: ForeignName; readonly shape: readonly ForeignName[] };

interface Call {
  readonly macro: VensimMacro;
  readonly label: string;
  /** Ranges over which the call's variables are arrays. */
  readonly shape: readonly ForeignName[];
  /** Which of them are bound by a reduction around the call. */
  readonly bound: ReadonlySet<string>;
  readonly except: VensimEquation["except"];
  readonly meanings: Map<string, Meaning>;
}

class Expansion {
  readonly added: VensimEquation[] = [];
  readonly #macros: ReadonlyMap<string, VensimMacro>;
  readonly #ranges: Ranges;
  readonly #names: Set<string>;
  #calls = 0;

  constructor(macros: readonly VensimMacro[], ranges: Ranges, names: Set<string>, diagnostics: DiagnosticList) {
    this.#ranges = ranges;
    this.#names = names;
    const byKey = new Map<string, VensimMacro>();
    for (const macro of macros) {
      if (byKey.has(macro.name.key)) {
        diagnostics.add("mdl-macro", macro.name.span, { problem: "defined-twice", macro: macro.name.text, detail: "" });
      } else byKey.set(macro.name.key, macro);
    }
    this.#macros = byKey;
  }

  /** An equation without macro calls; `inside` are the macros whose equations it comes from. */
  rewrite(equation: VensimEquation, inside: readonly VensimMacro[]): VensimEquation {
    if (equation.body.kind !== "expression") return equation;
    const expression = this.#expression(equation.body.expression, equation, inside);
    return { ...equation, body: { kind: "expression", expression } };
  }

  #expression(node: ForeignExpression, equation: VensimEquation, inside: readonly VensimMacro[]): ForeignExpression {
    const inner = mapChildren(node, (child) => this.#expression(child, equation, inside));
    const macro = inner.kind === "call" ? this.#macros.get(inner.name.key) : undefined;
    return macro ? this.#expand(macro, inner as VensimCall, equation, inside) : inner;
  }

  #expand(
    macro: VensimMacro,
    call: VensimCall,
    equation: VensimEquation,
    inside: readonly VensimMacro[],
  ): ForeignExpression {
    this.#check(macro, call, inside);
    const bound = boundRanges(call.arguments);
    const ranged = equation.subscripts.map((name) => this.#ranges.has(name.key));
    const shape = [...equation.subscripts.filter((_, i) => ranged[i]), ...bound];
    const except = equation.except.map((list) => [...list.filter((_, i) => ranged[i]), ...bound]);
    const label = this.#label(macro.name.text);
    const instance: Call = {
      macro,
      label,
      shape,
      bound: new Set(bound.map((n) => n.key)),
      except,
      meanings: new Map(),
    };
    this.#nameLocals(instance);
    for (const [i, argument] of call.arguments.entries()) this.#bindInput(instance, macro.inputs[i]!, argument);
    for (const inner of macro.equations) this.#addLocal(instance, inner, [...inside, macro]);
    for (const [i, receiver] of (call.outputs ?? []).entries()) this.#addOutput(instance, receiver, macro.outputs[i]!);
    return this.#reference(instance, macro.name, call.span);
  }

  #check(macro: VensimMacro, call: VensimCall, inside: readonly VensimMacro[]): void {
    const wrong = (problem: "arguments" | "outputs" | "recursive" | "no-result", detail: string, span = call.span) =>
      fault("mdl-macro", span, { problem, macro: macro.name.text, detail });
    if (call.arguments.length !== macro.inputs.length) throw wrong("arguments", String(macro.inputs.length));
    const outputs = call.outputs?.length ?? 0;
    if (outputs > macro.outputs.length) throw wrong("outputs", String(macro.outputs.length));
    if (inside.includes(macro)) throw wrong("recursive", "");
    const missing = [macro.name, ...macro.outputs].find(
      (name) => !macro.equations.some((equation) => equation.name.key === name.key),
    );
    if (missing) throw wrong("no-result", missing.text, missing.span);
    this.#calls++;
    if (this.#calls > MAX_MACRO_CALLS)
      throw fault("foreign-limit", call.span, { what: "macro-calls", limit: MAX_MACRO_CALLS });
    if (inside.length >= MAX_MACRO_DEPTH)
      throw fault("foreign-limit", call.span, { what: "macro-depth", limit: MAX_MACRO_DEPTH });
    if (this.added.length + macro.equations.length > MAX_MACRO_EQUATIONS) {
      throw fault("foreign-limit", call.span, { what: "macro-equations", limit: MAX_MACRO_EQUATIONS });
    }
  }

  /** A prefix for the call's variables that no name of the model begins with by chance. */
  #label(macro: string): string {
    for (let n = this.#calls; ; n++) {
      const label = `#${macro} ${n}`;
      if (this.#names.has(foreignKey(label))) continue;
      this.#names.add(foreignKey(label));
      return label;
    }
  }

  #nameLocals(call: Call): void {
    for (const { name, body } of call.macro.equations) {
      // A table is the same for every element, so it needs no shape.
      const shape = body.kind === "expression" ? call.shape : [];
      const text = name.key === call.macro.name.key ? call.label : `${call.label}>${name.text}`;
      call.meanings.set(name.key, { kind: "local", name: { text, key: foreignKey(text), span: name.span }, shape });
    }
  }

  /** A name, number or text stands for the input itself; any other expression becomes a variable of the call. */
  #bindInput(call: Call, input: ForeignName, argument: ForeignExpression): void {
    const expression = withoutBang(argument, call.bound);
    if (expression.kind === "name" || expression.kind === "number" || expression.kind === "text") {
      call.meanings.set(input.key, { kind: "expression", expression });
      return;
    }
    const text = `${call.label}>${input.text}`;
    const name: ForeignName = { text, key: foreignKey(text), span: argument.span };
    call.meanings.set(input.key, { kind: "local", name, shape: call.shape });
    this.added.push({
      name,
      subscripts: call.shape,
      except: call.except,
      body: { kind: "expression", expression },
      mode: null,
      unit: null,
      range: null,
      comment: null,
      hidden: true,
      span: argument.span,
    });
  }

  #addLocal(call: Call, equation: VensimEquation, inside: readonly VensimMacro[]): void {
    const meaning = call.meanings.get(equation.name.key)!;
    if (meaning.kind !== "local") {
      throw fault("mdl-macro", equation.name.span, {
        problem: "input-defined",
        macro: call.macro.name.text,
        detail: equation.name.text,
      });
    }
    const { body } = equation;
    const except = [
      ...(meaning.shape.length > 0 ? call.except.map((list) => [...list, ...equation.subscripts]) : []),
      ...equation.except.map((list) => [...meaning.shape, ...list]),
    ];
    const local: VensimEquation = {
      ...equation,
      name: meaning.name,
      subscripts: [...meaning.shape, ...equation.subscripts],
      except,
      body: body.kind === "expression" ? { ...body, expression: this.#substitute(body.expression, call) } : body,
      hidden: true,
    };
    this.added.push(this.rewrite(local, inside));
  }

  /** `M(a : out[D])`: the variable that receives an output gets its equation here. */
  #addOutput(call: Call, receiver: ForeignExpression, output: ForeignName): void {
    if (receiver.kind !== "name") {
      throw fault("mdl-macro", receiver.span, { problem: "output-not-name", macro: call.macro.name.text, detail: "" });
    }
    this.added.push({
      name: receiver.name,
      subscripts: (receiver.subscripts ?? []).flatMap((s) => (s.kind === "name" ? [s.name] : [])),
      except: [],
      body: { kind: "expression", expression: this.#reference(call, output, receiver.span) },
      mode: null,
      unit: null,
      range: null,
      comment: null,
      hidden: false,
      span: receiver.span,
    });
  }

  /** A variable of the call as the call's place reads it. */
  #reference(call: Call, local: ForeignName, span: ForeignExpression["span"]): ForeignExpression {
    const meaning = call.meanings.get(local.key)!;
    if (meaning.kind === "expression") return meaning.expression;
    const subscripts = meaning.shape.map(
      (name): ForeignSubscript => ({ kind: "name", name, bang: call.bound.has(name.key), span: name.span }),
    );
    return { kind: "name", name: meaning.name, subscripts: orNull(subscripts), transposed: false, span };
  }

  /** An expression of the macro with the call's names in it. */
  #substitute(node: ForeignExpression, call: Call): ForeignExpression {
    const inner = mapChildren(node, (child) => this.#substitute(child, call));
    if (inner.kind !== "name" && inner.kind !== "call") return inner;
    const callsMacro = inner.kind === "call" && this.#macros.has(inner.name.key);
    const meaning = callsMacro ? undefined : call.meanings.get(inner.name.key);
    if (!meaning) return this.#modelName(inner, call);
    if (meaning.kind === "local") {
      const shape = meaning.shape.map((n): ForeignSubscript => ({ kind: "name", name: n, bang: false, span: n.span }));
      return { ...inner, name: meaning.name, subscripts: orNull([...shape, ...(inner.subscripts ?? [])]) };
    }
    const { expression } = meaning;
    if (expression.kind === "name") {
      const subscripts = orNull([...(expression.subscripts ?? []), ...(inner.subscripts ?? [])]);
      // A call of an input is a call of the lookup that was handed in; a macro's own name is no input.
      return { ...inner, name: expression.name, subscripts };
    }
    if (inner.kind === "name" && inner.subscripts === null) return expression;
    throw fault("mdl-macro", inner.span, {
      problem: "input-not-name",
      macro: call.macro.name.text,
      detail: inner.name.text,
    });
  }

  /** `Time$` in a macro is the model's `Time`; a plain name of the model means nothing there, but for the clock and subscripts. */
  #modelName(node: Extract<ForeignExpression, { kind: "name" | "call" }>, call: Call): ForeignExpression {
    const { name } = node;
    if (name.text.length > 1 && name.text.endsWith("$")) {
      const text = name.text.slice(0, -1).trimEnd();
      return { ...node, name: { text, key: foreignKey(text), span: name.span } };
    }
    if (node.kind === "call" || CLOCK.has(name.key) || this.#ranges.names(name.key)) return node;
    const { text } = call.macro.name;
    throw fault("mdl-macro", node.span, { problem: "unknown-name", macro: text, detail: name.text });
  }
}

const orNull = <T>(list: readonly T[]): readonly T[] | null => (list.length === 0 ? null : list);

/** Ranges with `!` in a call's arguments that a reduction around the call binds, not one inside them. */
function boundRanges(roots: readonly ForeignExpression[]): ForeignName[] {
  const found = new Map<string, ForeignName>();
  const visit = (node: ForeignExpression): void => {
    if (node.kind === "call" && REDUCTIONS.has(node.name.key)) return;
    if (node.kind === "name" || node.kind === "call") {
      for (const s of node.subscripts ?? []) if (s.kind === "name" && s.bang) found.set(s.name.key, s.name);
    }
    mapChildren(node, (child) => {
      visit(child);
      return child;
    });
  };
  for (const root of roots) visit(root);
  return [...found.values()];
}

/** Inside the call's variables a bound range is an ordinary subscript. */
function withoutBang(node: ForeignExpression, bound: ReadonlySet<string>): ForeignExpression {
  if (bound.size === 0 || (node.kind === "call" && REDUCTIONS.has(node.name.key))) return node;
  const inner = mapChildren(node, (child) => withoutBang(child, bound));
  if ((inner.kind !== "name" && inner.kind !== "call") || inner.subscripts === null) return inner;
  const subscripts = inner.subscripts.map((s) =>
    s.kind === "name" && bound.has(s.name.key) ? { ...s, bang: false } : s,
  );
  return { ...inner, subscripts };
}

/** The node with its children replaced; the same node where none changed. */
export function mapChildren(
  node: ForeignExpression,
  map: (child: ForeignExpression) => ForeignExpression,
): ForeignExpression {
  if (node.kind === "unary") {
    const operand = map(node.operand);
    return operand === node.operand ? node : { ...node, operand };
  }
  if (node.kind === "binary") {
    const [left, right] = [map(node.left), map(node.right)];
    return left === node.left && right === node.right ? node : { ...node, left, right };
  }
  if (node.kind !== "call") return node;
  const { outputs } = node as VensimCall;
  const given = node.arguments.map(map);
  const received = outputs?.map(map);
  const same = given.every((a, i) => a === node.arguments[i]) && (received ?? []).every((o, i) => o === outputs![i]);
  return same ? node : { ...node, arguments: given, ...(received && { outputs: received }) };
}
