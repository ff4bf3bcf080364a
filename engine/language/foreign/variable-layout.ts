/**
 * How a variable of a foreign file lies over the elements of its dimensions: which definition holds where, what each says there as a whole
 * or element by element, and how that is written as regions of our language.
 */
import type { Span } from "../../diagnostics/source.ts";
import type { Declaration, EquationByElement, VariableDocument, Word } from "../document.ts";
import type { Equation, Expression } from "../equation.ts";
import { ExpressionBuilder } from "./build-expression.ts";
import type { ForeignBody, ForeignDefinition, ForeignExpression } from "./foreign-model.ts";
import type { HeldFlows } from "./held-flows.ts";
import { forEachCell, type Product, productsWhere, wholeProduct } from "./regions.ts";
import { type Bound, fixedAt, NotCompact, type Scope } from "./scope.ts";
import type { ExpressionTranslator } from "./translate-expression.ts";
import { leftPositions, type VariableInfo } from "./variable-info.ts";

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
  /** The flows that a conveyor may hold back, with the auxiliaries that say how much may enter. */
  readonly held: HeldFlows;
  /** Adds a flow whose value a conveyor or queue gives. */
  readonly drive: (info: VariableInfo, equation: Equation) => void;
  /** Lookups of the graphs beside equations, by key of the variable. */
  readonly graphs: Map<string, string>;
  /** A dimension of ours that is none of the file. */
  readonly addDimension: (name: string, title: string, size: number, span: Span) => void;
}

/** A definition with the cells that it holds for. */
export interface Part {
  readonly definition: ForeignDefinition;
  readonly scope: Scope;
  readonly owns: (cell: number) => boolean;
}

/** What a definition says at some of its cells. */
export interface Leaf<T> {
  readonly product: Product;
  readonly value: T;
}

/** An expression at some cells, with the place of the text that it comes from. */
export interface SpannedLeaf extends Leaf<Expression> {
  readonly span: Span;
}

export class VariableLayout {
  readonly context: VariableContext;
  readonly info: VariableInfo;
  readonly lengths: readonly number[];
  /** Place of the variable's name. */
  readonly span: Span;
  readonly size: number;

  constructor(context: VariableContext, info: VariableInfo) {
    this.context = context;
    this.info = info;
    this.lengths = info.axes.map((a) => a.family.elements.length);
    this.span = info.foreign.name.span;
    this.size = this.lengths.reduce((n, l) => n * l, 1);
  }

  /** The definitions with the cells that are theirs: of two that name a cell, the one that names fewer. */
  parts(): Part[] | null {
    const { definitions } = this.info.foreign;
    const owner = new Int32Array(this.size).fill(-1);
    const scopes = definitions.map((d) => this.scopeOf(d));
    if (scopes.some((s) => s === null)) return null;
    const order = definitions.map((_, i) => i).sort((a, b) => cellCount(scopes[b]!) - cellCount(scopes[a]!) || a - b);
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

  scopeOf(definition: ForeignDefinition): Scope | null {
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
    return b.subscripted(this.info.name, this.subscripts(scope, b));
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
  equations(leaves: readonly SpannedLeaf[]): EquationByElement[] {
    const made = leaves.map(
      ({ product, value, span }): EquationByElement => ({
        region: this.region(product, span),
        regionSpan: span,
        equation: this.equation(value, span),
      }),
    );
    const covered = new Set<number>();
    for (const { product } of leaves) forEachCell(product, this.lengths, (cell) => covered.add(cell));
    const nothing = new ExpressionBuilder(this.span).number(0);
    const rest = productsWhere(wholeProduct(this.lengths), this.lengths, (cell) => !covered.has(cell));
    for (const product of rest) {
      const region = this.region(product, this.span);
      made.push({ region, regionSpan: this.span, equation: this.equation(nothing, this.span) });
    }
    return made;
  }

  declaration(name: string, title: string, isOutput: boolean): Declaration {
    const { foreign, axes } = this.info;
    const titled = { en: title, zh: title };
    return {
      name: { text: name, span: this.span },
      shape: axes.map((a) => ({ text: a.axis, span: this.span })),
      labels: {
        title: titled,
        description: foreign.comment === null ? null : { en: foreign.comment, zh: foreign.comment },
        unit: foreign.unit,
        source: null,
        grade: null,
        note: null,
      },
      indicator: isOutput && !foreign.hidden ? { reading: "end", span: this.span } : null,
      observed: null,
    };
  }

  /** An expression at the cells of a definition. */
  translated(part: Part, e: ForeignExpression): SpannedLeaf[] {
    return this.layOut(part, (scope) => this.context.t.translate(e, scope)).map((leaf) => ({ ...leaf, span: e.span }));
  }

  /** The value of a flow at the elements of a scope, no more than a conveyor that it enters lets in. */
  heldBack(value: Expression, scope: Scope): Expression {
    const held = this.context.held.get(this.info.foreign.name.key);
    if (!held) return value;
    const b = new ExpressionBuilder(this.span);
    return b.call("min", value, b.subscripted(held.limit, this.subscripts(scope, b)));
  }

  /** The names of a cell's elements, as keys of values and points have them. */
  cellWord(cell: number): Word {
    const names = unravel(cell, this.lengths).map((p, i) => this.info.axes[i]!.family.elements[p]!.name);
    return { text: names.join(", "), span: this.span };
  }

  /** The cell of the i-th number of a table over a scope, whose last subscript is the fastest. */
  cellOf(scope: Scope, i: number): number {
    const lengths = scope.map((b) => b.positions.length);
    const positions = unravel(i, lengths).map((at, axis) => scope[axis]!.positions[at]!);
    return positions.reduce((n, p, axis) => n * this.lengths[axis]! + p, 0);
  }

  /** A cell as a product of one position on each axis. */
  productOf(cell: number): Product {
    return unravel(cell, this.lengths).map((p) => [p]);
  }

  /** The subscripts that read one of the variable's own shape along a scope. */
  subscripts(scope: Scope, b: ExpressionBuilder): Expression[] {
    return scope.map((s) => (s.at === null ? b.name(s.axis) : b.element(s.family.elements[s.positions[s.at]!]!.name)));
  }
}

/** How many elements a scope has. */
export const cellCount = (scope: Scope): number => scope.reduce((n, b) => n * b.positions.length, 1);

function unravel(index: number, lengths: readonly number[]): number[] {
  const at: number[] = [];
  let rest = index;
  for (let axis = lengths.length - 1; axis >= 0; axis--) {
    at.unshift(rest % lengths[axis]!);
    rest = Math.floor(rest / lengths[axis]!);
  }
  return at;
}
