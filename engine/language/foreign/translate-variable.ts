/** Variables of a foreign file as variables of our language. */
import type { Span } from "../../diagnostics/source.ts";
import type {
  ComputedDocument,
  Declaration,
  EquationByElement,
  LookupDocument,
  LookupPoint,
  ParameterDocument,
  StockDocument,
  VariableDocument,
  Word,
} from "../document.ts";
import type { Equation, Expression } from "../equation.ts";
import { ExpressionBuilder } from "./build-expression.ts";
import { conveyorDocuments } from "./conveyor.ts";
import type { ForeignBody, ForeignDefinition, ForeignExpression, ForeignTable } from "./foreign-model.ts";
import { forEachCell, type Product, productsWhere, wholeProduct } from "./regions.ts";
import { type Bound, fixedAt, NotCompact, type Scope } from "./scope.ts";
import type { ExpressionTranslator } from "./translate-expression.ts";
import { leftPositions, type VariableInfo } from "./variable-info.ts";
import { NOT_AVAILABLE } from "./vector-rules.ts";

/** Most cells that one variable may have. */
const MAX_CELLS = 2_000_000;

/** What the translation of variables shares. */
export interface VariableContext {
  readonly t: ExpressionTranslator;
  /** The text of the file. */
  readonly text: string;
  readonly takeName: (text: string) => string;
  /** Whether an identifier is taken by something else than an element. */
  readonly isName: (name: string) => boolean;
  /** Variables that change stocks. */
  readonly flows: ReadonlySet<string>;
  readonly add: (variable: VariableDocument) => void;
  /** Notes cells of a variable that the file does not define. */
  readonly absent: (name: string, keys: readonly string[]) => void;
  readonly isClock: (key: string) => boolean;
  /** The lookups of data definitions that have been made. */
  readonly tables: Map<ForeignBody, { readonly data?: string; readonly times?: string }>;
  /** Adds a flow whose value a conveyor gives. */
  readonly drive: (info: VariableInfo, equation: Equation) => void;
  /** Lookups of the graphs beside equations, by key of the variable. */
  readonly graphs: Map<string, string>;
  /** A dimension of ours that is none of the file. */
  readonly addDimension: (name: string, title: string, size: number, span: Span) => void;
}

/** A definition with the cells that it holds for. */
interface Part {
  readonly definition: ForeignDefinition;
  readonly scope: Scope;
  readonly owns: (cell: number) => boolean;
}

/** What a definition says at some of its cells. */
interface Leaf<T> {
  readonly product: Product;
  readonly value: T;
}

export class VariableTranslator {
  readonly context: VariableContext;
  readonly info: VariableInfo;
  readonly lengths: readonly number[];
  readonly #span: Span;

  constructor(context: VariableContext, info: VariableInfo) {
    this.context = context;
    this.info = info;
    this.lengths = info.axes.map((a) => a.family.elements.length);
    this.#span = info.foreign.name.span;
  }

  translate(): void {
    const { info, context } = this;
    const size = this.lengths.reduce((n, l) => n * l, 1);
    if (size > MAX_CELLS) {
      const data = { what: info.foreign.name.text, size, limit: MAX_CELLS };
      context.t.context.diagnostics.add("model-too-large", this.#span, data);
      return;
    }
    const conveyor = info.foreign.definitions[0]?.body;
    if (conveyor?.kind === "stock" && conveyor.conveyor) return conveyorDocuments(this, conveyor, conveyor.conveyor);
    const parts = this.#parts(size);
    if (!parts) return;
    if (info.kind === "lookup") return context.add(this.#lookup(info.name, parts));
    if (info.kind === "stock" || info.kind === "mixed") return this.#stock(parts);
    const constant = this.#constant(parts);
    context.add(constant ?? this.#computed(parts));
  }

  /** The definitions with the cells that are theirs: of two that name a cell, the one that names fewer. */
  #parts(size: number): Part[] | null {
    const { definitions } = this.info.foreign;
    const owner = new Int32Array(size).fill(-1);
    const scopes = definitions.map((d) => this.#scopeOf(d));
    if (scopes.some((s) => s === null)) return null;
    const cells = (scope: Scope) => scope.reduce((n, b) => n * b.positions.length, 1);
    const order = definitions.map((_, i) => i).sort((a, b) => cells(scopes[b]!) - cells(scopes[a]!) || a - b);
    for (const i of order) {
      const product = scopes[i]!.map((b) => b.positions);
      const excepted = this.#excepted(definitions[i]!);
      forEachCell(product, this.lengths, (cell) => {
        if (!excepted.has(cell)) owner[cell] = i;
      });
    }
    this.#noteAbsent(owner);
    return definitions.map((definition, i) => ({
      definition,
      scope: scopes[i]!,
      owns: (cell) => owner[cell] === i,
    }));
  }

  #excepted(definition: ForeignDefinition): Set<number> {
    const excepted = new Set<number>();
    for (const list of definition.except) {
      const product = list.map((_, i) => this.#left({ ...definition, subscripts: list }, i)?.positions ?? []);
      if (product.length === this.lengths.length) forEachCell(product, this.lengths, (cell) => excepted.add(cell));
    }
    return excepted;
  }

  #noteAbsent(owner: Int32Array): void {
    const missing = productsWhere(wholeProduct(this.lengths), this.lengths, (cell) => owner[cell]! < 0);
    const names = (product: Product) =>
      product.reduce<string[]>(
        (keys, positions, i) =>
          keys.flatMap((k) =>
            positions.map((p) => `${k}${i === 0 ? "" : "|"}${this.info.axes[i]!.family.elements[p]!.name}`),
          ),
        [""],
      );
    if (missing.length > 0 && this.lengths.length > 0) this.context.absent(this.info.name, missing.flatMap(names));
  }

  #left(definition: ForeignDefinition, axis: number) {
    return leftPositions(definition, axis, this.info, this.context.t.context.families);
  }

  #scopeOf(definition: ForeignDefinition): Scope | null {
    const bounds = this.info.axes.map(({ family, axis, range: own }, i): Bound | null => {
      const left = this.#left(definition, i);
      if (!left) {
        const name = definition.subscripts[i]!;
        const data = { name: this.info.foreign.name.text, subscript: name.text, problem: "unknown" } as const;
        this.context.t.fail("foreign-subscript", name.span, data);
        return null;
      }
      const isElement = left.range === null;
      // In XMILE the equation of an element may still name the dimension.
      const key = left.range?.key ?? (this.info.foreign.dimensions ? (own?.key ?? "") : "");
      return { key, range: left.range ?? own, family, axis, positions: left.positions, at: isElement ? 0 : null };
    });
    return bounds.some((b) => b === null) ? null : (bounds as Bound[]);
  }

  /** What something gives along a scope: as a whole, or laid out along the axes where it must be. */
  layOut<T>(part: Part, build: (scope: Scope) => T): Leaf<T>[] {
    const { t } = this.context;
    const product = (scope: Scope) => scope.map((b) => (b.at === null ? b.positions : [b.positions[b.at]!]));
    const go = (scope: Scope): Leaf<T>[] => {
      const own = productsWhere(product(scope), this.lengths, part.owns);
      if (own.length === 0) return [];
      try {
        t.owner = this.#ownerAt(scope, part.definition.span);
        t.ownerKey = this.info.foreign.name.key;
        t.ownerText = this.info.foreign.name.text;
        const value = build(scope);
        return own.map((p) => ({ product: p, value }));
      } catch (error) {
        if (!(error instanceof NotCompact) || t.overflown) throw error;
        const bound = scope.find((b) => b.axis === error.bound.axis);
        if (!bound || bound.at !== null) throw error;
        return bound.positions.flatMap((_, at) => go(fixedAt(scope, bound, at)));
      }
    };
    return go(part.scope);
  }

  #ownerAt(scope: Scope, span: Span): Expression {
    const b = new ExpressionBuilder(span);
    const subscripts = scope.map((s) =>
      s.at === null ? b.name(s.axis) : b.element(s.family.elements[s.positions[s.at]!]!.name),
    );
    return b.subscripted(this.info.name, subscripts);
  }

  /** The words of a region of our language. */
  region(product: Product, span: Span): Word[] | null {
    const isWhole = product.every((p, i) => p.length === this.lengths[i]);
    if (isWhole) return null;
    return product.map((positions, i) => {
      const { family } = this.info.axes[i]!;
      const single = positions.length === 1 ? family.elements[positions[0]!]!.name : null;
      const text = single !== null && !this.context.isName(single) ? single : family.groupName(positions);
      return { text, span };
    });
  }

  equation(expression: Expression, span: Span): Equation {
    const source = { text: this.context.text.slice(span.start, span.end), span, textStart: null };
    return { source, expression };
  }

  /** Equations by element, with 0 where the file defines nothing. */
  equations(leaves: readonly (Leaf<Expression> & { readonly span: Span })[]): EquationByElement[] {
    const made = leaves.map(
      ({ product, value, span }): EquationByElement => ({
        region: this.region(product, span),
        regionSpan: span,
        equation: this.equation(value, span),
      }),
    );
    const covered = new Set<number>();
    for (const { product } of leaves) forEachCell(product, this.lengths, (cell) => covered.add(cell));
    const nothing = new ExpressionBuilder(this.#span).number(0);
    const rest = productsWhere(wholeProduct(this.lengths), this.lengths, (cell) => !covered.has(cell));
    for (const product of rest) {
      const region = this.region(product, this.#span);
      made.push({ region, regionSpan: this.#span, equation: this.equation(nothing, this.#span) });
    }
    return made;
  }

  declaration(name: string, title: string, isOutput: boolean): Declaration {
    const { foreign, axes } = this.info;
    const titled = { en: title, zh: title };
    return {
      name: { text: name, span: this.#span },
      shape: axes.map((a) => ({ text: a.axis, span: this.#span })),
      labels: {
        title: titled,
        description: foreign.comment === null ? null : { en: foreign.comment, zh: foreign.comment },
        unit: foreign.unit,
        source: null,
        grade: null,
        note: null,
      },
      indicator: isOutput && !foreign.hidden ? { reading: "end", span: this.#span } : null,
      observed: null,
    };
  }

  /** A parameter, where every definition is a number written out. */
  #constant(parts: readonly Part[]): ParameterDocument | null {
    const { info } = this;
    const { kind, name } = info.foreign;
    if (parts.length === 0 || kind === "flow" || this.context.isClock(name.key)) return null;
    const values = parts.map(({ definition: { body } }) =>
      body.kind === "numbers"
        ? this.lengths.length === 0
          ? body.values[0]!
          : body.values
        : body.kind === "equation" && !body.initial
          ? writtenNumber(body.expression)
          : null,
    );
    if (values.some((v) => v === null)) return null;
    const base = this.declaration(info.name, info.foreign.name.text, true);
    const [only] = values;
    if (this.lengths.length === 0 && typeof only === "number") {
      return {
        kind: "parameter",
        ...base,
        value: { kind: "number", value: only, span: this.#span },
        distribution: null,
      };
    }
    const entries: { element: Word; value: number }[] = [];
    for (const [i, part] of parts.entries()) {
      const own = values[i]!;
      if (typeof own === "number") {
        const product = part.scope.map((b) => b.positions);
        for (const p of productsWhere(product, this.lengths, part.owns))
          forEachCell(p, this.lengths, (cell) => entries.push({ element: this.cellWord(cell), value: own }));
      } else this.#numbers(part, own, (product, value) => entries.push({ element: this.cellWord(product), value }));
    }
    const value = { kind: "by-element", entries, otherwise: 0, span: this.#span } as const;
    return { kind: "parameter", ...base, value, distribution: null };
  }

  /** The names of a cell's elements, as keys of values and points have them. */
  cellWord(cell: number): Word {
    const names = unravel(cell, this.lengths).map((p, i) => this.info.axes[i]!.family.elements[p]!.name);
    return { text: names.join(", "), span: this.#span };
  }

  /** The lookup of the graphs beside a variable's equations. */
  graphTable(): string {
    const known = this.context.graphs.get(this.info.foreign.name.key);
    if (known !== undefined) return known;
    const name = this.context.takeName(`${this.info.name} graph`);
    this.context.graphs.set(this.info.foreign.name.key, name);
    const size = this.lengths.reduce((n, l) => n * l, 1);
    const parts = this.#parts(size);
    if (parts) this.context.add(this.#lookup(name, parts));
    return name;
  }

  /** The numbers of a table with the cells that they are for; the last subscript of the left side fastest. */
  #numbers(part: Part, values: readonly number[], visit: (cell: number, value: number) => void): void {
    const { definition, scope } = part;
    const count = scope.reduce((n, b) => n * b.positions.length, 1);
    if (values.length !== count) {
      const data = { name: this.info.foreign.name.text, given: values.length, needed: count };
      this.context.t.fail("foreign-number-count", definition.span, data);
      return;
    }
    const lengths = scope.map((b) => b.positions.length);
    forEachCell(wholeProduct(lengths), lengths, (i) => {
      const cell = unravel(i, lengths).map((at, axis) => scope[axis]!.positions[at]!);
      const number = cell.reduce((n, p, axis) => n * this.lengths[axis]! + p, 0);
      if (part.owns(number)) visit(number, values[i]!);
    });
  }

  #computed(parts: readonly Part[]): ComputedDocument {
    const { info, context } = this;
    const { foreign } = info;
    const { key } = foreign.name;
    const isFlow = foreign.kind === "flow" || context.flows.has(key);
    return {
      kind: isFlow ? "flow" : "auxiliary",
      ...this.declaration(info.name, foreign.name.text, true),
      equations: this.equations(parts.flatMap((part) => this.#values(part))),
      initial: this.#starts(parts),
      nonNegative: foreign.nonNegative,
    };
  }

  /** The values while the model starts, where a definition has its own (ACTIVE INITIAL, `init_eqn`); else null. */
  #starts(parts: readonly Part[]): EquationByElement[] | null {
    const start = ({ body }: ForeignDefinition) => (body.kind === "equation" ? body.initial : null);
    if (parts.every(({ definition }) => start(definition) === null)) return null;
    return this.equations(
      parts.flatMap((part) => {
        const own = start(part.definition);
        return own ? this.translated(part, own) : this.#values(part);
      }),
    );
  }

  /** An expression at the cells of a definition. */
  translated(part: Part, e: ForeignExpression): (Leaf<Expression> & { span: Span })[] {
    return this.layOut(part, (scope) => this.context.t.translate(e, scope)).map((leaf) => ({ ...leaf, span: e.span }));
  }

  /** The values of a definition that is no stock, at its cells. */
  #values(part: Part): (Leaf<Expression> & { span: Span })[] {
    const { definition } = part;
    const { body, span } = definition;
    const { t } = this.context;
    const b = new ExpressionBuilder(span);
    switch (body.kind) {
      case "equation":
        return this.translated(part, body.expression);
      case "numbers": {
        const leaves: (Leaf<Expression> & { span: Span })[] = [];
        this.#numbers(part, body.values, (cell, value) =>
          leaves.push({ product: unravel(cell, this.lengths).map((p) => [p]), value: b.number(value), span }),
        );
        return leaves;
      }
      case "graphical": {
        const table = t.context.table(body.table);
        return this.layOut(part, (scope) => b.lookup(table, [], t.translate(body.expression, scope))).map((leaf) => ({
          ...leaf,
          span,
        }));
      }
      case "data":
        return this.#data(part, body);
      case "integral":
      case "stock":
      case "lookup":
      case "lookups":
        t.fail("foreign-mixed-definitions", span, { name: this.info.foreign.name.text });
        return [];
    }
  }

  /** Data over time: a lookup that is read at the time of the step. */
  #data(part: Part, body: Extract<ForeignBody, { kind: "data" }>): (Leaf<Expression> & { span: Span })[] {
    const { span } = part.definition;
    const b = new ExpressionBuilder(span);
    const table = this.dataTable(part.definition, body, "data");
    const times = body.mode === "raw" ? this.dataTable(part.definition, body, "times") : table;
    const at = (scope: Scope, name: string) =>
      b.subscripted(
        name,
        scope.map((s) => (s.at === null ? b.name(s.axis) : b.element(s.family.elements[s.positions[s.at]!]!.name))),
      );
    const value = (scope: Scope): Expression => {
      const read = (mode: string, name = table) => b.call(mode, at(scope, name), b.name("time"));
      if (body.mode === "look-forward") return read("lookup_forward");
      if (body.mode === "hold-backward") return read("lookup_backward");
      if (body.mode === "interpolate") return read("lookup_linear");
      // Raw data are there at their own times only, to the nearest step.
      const half = b.divide(b.name("time_step"), b.number(2));
      const isNear = (mode: string) =>
        b.binary("<", b.call("abs", b.subtract(read(mode, times), b.name("time"))), half);
      const missing = b.number(NOT_AVAILABLE);
      const after = b.if(isNear("lookup_forward"), read("lookup_forward"), missing);
      return b.if(isNear("lookup_backward"), read("lookup_backward"), after);
    };
    return this.layOut(part, value).map((leaf) => ({ ...leaf, span }));
  }

  /** The lookup that holds the points of a data definition, or their times over themselves. */
  dataTable(
    definition: ForeignDefinition,
    body: Extract<ForeignBody, { kind: "data" }>,
    what: "data" | "times",
  ): string {
    const { info, context } = this;
    const known = context.tables.get(body)?.[what];
    if (known !== undefined) return known;
    const name = context.takeName(`${info.name} ${what}`);
    context.tables.set(body, { ...context.tables.get(body), [what]: name });
    const scope = this.#scopeOf(definition);
    if (!scope) return name;
    const { span } = definition;
    const points = body.series.map(({ times, values }) => {
      const own = times.map((x, i) => ({ x, y: what === "data" ? values[i]! : x }));
      return tablePoints({ points: own, type: "continuous", span }, NOT_AVAILABLE);
    });
    const entries = this.#entries(scope, points);
    context.add(this.#lookupDocument(name, `${info.foreign.name.text} ${what}`, span, entries, "continuous"));
    return name;
  }

  #entries(scope: Scope, points: readonly (readonly LookupPoint[])[]): LookupDocument["points"] {
    const lengths = scope.map((b) => b.positions.length);
    if (lengths.length === 0) return { kind: "points", points: points[0]! };
    const entries = points.map((own, i) => {
      const at = unravel(i, lengths).map((k, axis) => scope[axis]!.positions[k]!);
      return { element: this.cellWord(at.reduce((n, p, axis) => n * this.lengths[axis]! + p, 0)), points: own };
    });
    return { kind: "by-element", entries, otherwise: nothing(this.#span) };
  }

  #lookup(name: string, parts: readonly Part[]): LookupDocument {
    const { info } = this;
    const entries: { element: Word; points: readonly LookupPoint[] }[] = [];
    let type: ForeignTable["type"] = "continuous";
    let single: readonly LookupPoint[] | null = null;
    for (const part of parts) {
      const { body } = part.definition;
      if (body.kind !== "lookup" && body.kind !== "lookups" && body.kind !== "graphical") continue;
      const lengths = part.scope.map((b) => b.positions.length);
      const count = lengths.reduce((n, l) => n * l, 1);
      for (let i = 0; i < count; i++) {
        const table = body.kind === "lookups" ? body.tables[i] : body.table;
        if (!table) continue;
        type = table.type;
        const points = tablePoints(table, 0);
        if (lengths.length === 0) single = points;
        const cell = unravel(i, lengths).map((at, axis) => part.scope[axis]!.positions[at]!);
        const number = cell.reduce((n, p, axis) => n * this.lengths[axis]! + p, 0);
        if (part.owns(number)) entries.push({ element: this.cellWord(number), points });
      }
    }
    const points: LookupDocument["points"] = single
      ? { kind: "points", points: single }
      : { kind: "by-element", entries, otherwise: nothing(this.#span) };
    return this.#lookupDocument(name, info.foreign.name.text, this.#span, points, type);
  }

  #lookupDocument(
    name: string,
    title: string,
    span: Span,
    points: LookupDocument["points"],
    type: ForeignTable["type"],
  ): LookupDocument {
    const base = this.declaration(name, title, false);
    return { ...base, ...lookupReading(type), kind: "lookup", points, xUnit: null, uncertain: null, span };
  }

  #stock(parts: readonly Part[]): void {
    const { info, context } = this;
    const isMixed = info.kind === "mixed";
    const own = parts.filter(({ definition: { body } }) => body.kind === "integral" || body.kind === "stock");
    const name = isMixed ? context.takeName(`${info.name} stock`) : info.name;
    const initials = own.flatMap((part) => {
      const { body } = part.definition;
      return body.kind === "integral" || body.kind === "stock" ? this.translated(part, body.initial) : [];
    });
    const stock: StockDocument = {
      kind: "stock",
      ...this.declaration(name, info.foreign.name.text, !isMixed),
      initial: this.equations(initials),
      ...this.#flowsOf(own, name),
      nonNegative: info.foreign.nonNegative,
    };
    context.add(stock);
    if (!isMixed) return;
    const b = new ExpressionBuilder(this.#span);
    const read = b.subscripted(
      name,
      info.axes.map((a) => b.name(a.axis)),
    );
    const equations = parts.flatMap((part): (Leaf<Expression> & { span: Span })[] =>
      own.includes(part)
        ? this.layOut(part, () => read).map((leaf) => ({ ...leaf, span: part.definition.span }))
        : this.#values(part),
    );
    context.add({
      kind: "auxiliary",
      ...this.declaration(info.name, info.foreign.name.text, true),
      equations: this.equations(equations),
      initial: null,
      nonNegative: false,
    });
  }

  #flowsOf(parts: readonly Part[], name: string): Pick<StockDocument, "inflows" | "outflows"> {
    const { t } = this.context;
    const first = parts[0]?.definition.body;
    if (first?.kind === "stock") {
      const flow = ({ text, key, span }: (typeof first.inflows)[number]): Equation[] => {
        const variable = t.context.variables.get(key);
        if (variable?.kind === "computed" && variable.axes.length === this.info.axes.length) {
          return [this.equation(new ExpressionBuilder(span).name(variable.name), span)];
        }
        t.fail("foreign-flow", span, { name: text, stock: this.info.foreign.name.text });
        return [];
      };
      return { inflows: first.inflows.flatMap(flow), outflows: first.outflows.flatMap(flow) };
    }
    const direct = parts.length === 1 ? this.#directFlows(parts[0]!) : null;
    if (direct) return direct;
    const leaves = parts.flatMap((part) => {
      const { body } = part.definition;
      return body.kind === "integral" ? this.translated(part, body.net) : [];
    });
    const only = leaves[0];
    if (leaves.length === 1 && only && this.region(only.product, only.span) === null) {
      return { inflows: [this.equation(asFlow(only.value), only.span)], outflows: [] };
    }
    const net = this.context.takeName(`${name} net flow`);
    this.context.add({
      kind: "flow",
      ...this.declaration(net, `${this.info.foreign.name.text} net flow`, false),
      equations: this.equations(leaves),
      initial: null,
      nonNegative: false,
    });
    return { inflows: [this.equation(new ExpressionBuilder(this.#span).name(net), this.#span)], outflows: [] };
  }

  /** A net flow that adds and subtracts flows alone. */
  #directFlows(part: Part): Pick<StockDocument, "inflows" | "outflows"> | null {
    const { body } = part.definition;
    const flows = body.kind === "integral" ? flowsIn(body.net) : null;
    if (!flows?.every(({ e }) => this.context.flows.has(e.name.key))) return null;
    const leaves = this.layOut(part, (scope) => flows.map(({ e }) => this.context.t.translate(e, scope)));
    const [leaf] = leaves;
    if (leaves.length !== 1 || !leaf || this.region(leaf.product, this.#span) !== null) return null;
    const equations = leaf.value.map((value, i) => ({
      sign: flows[i]!.sign,
      equation: this.equation(value, flows[i]!.e.span),
    }));
    return {
      inflows: equations.filter((e) => e.sign > 0).map((e) => e.equation),
      outflows: equations.filter((e) => e.sign < 0).map((e) => e.equation),
    };
  }
}

/** A name alone would have to be a flow. */
function asFlow(e: Expression): Expression {
  if (e.kind !== "name") return e;
  const b = new ExpressionBuilder(e.span);
  return b.multiply(b.number(1), e);
}

/** The names that a net flow adds and subtracts; null where it has anything else. */
export function flowsIn(
  net: ForeignExpression,
): { readonly sign: 1 | -1; readonly e: Extract<ForeignExpression, { kind: "name" }> }[] | null {
  if (net.kind === "name") return [{ sign: 1, e: net }];
  if (net.kind === "unary" && net.operator !== "not") {
    const flows = flowsIn(net.operand);
    return net.operator === "+" ? flows : (flows?.map((f) => ({ ...f, sign: f.sign > 0 ? -1 : 1 })) ?? null);
  }
  if (net.kind !== "binary" || (net.operator !== "+" && net.operator !== "-")) return null;
  const [left, right] = [flowsIn(net.left), flowsIn(net.right)];
  if (!left || !right) return null;
  return [...left, ...right.map((f) => (net.operator === "-" ? ({ ...f, sign: f.sign > 0 ? -1 : 1 } as const) : f))];
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
  const made = points.map((p, i): LookupPoint => {
    const next = points[i + 1];
    return { x: next && next.x === p.x ? nextBelow(p.x) : p.x, y: p.y, span };
  });
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

/** A number written out, with or without a sign. */
export function writtenNumber(e: ForeignExpression): number | null {
  if (e.kind === "number") return e.value;
  if (e.kind !== "unary" || e.operator === "not") return null;
  const value = writtenNumber(e.operand);
  return value === null ? null : e.operator === "-" ? -value : value;
}

function unravel(index: number, lengths: readonly number[]): number[] {
  const at: number[] = [];
  let rest = index;
  for (let axis = lengths.length - 1; axis >= 0; axis--) {
    at.unshift(rest % lengths[axis]!);
    rest = Math.floor(rest / lengths[axis]!);
  }
  return at;
}
