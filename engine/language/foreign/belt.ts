/** The belt of a conveyor while its documents are made: its slats, their places, and what stands beside them. */
import type { DiagnosticData } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/source.ts";
import type { EquationByElement, VariableDocument, Word } from "../document.ts";
import type { Equation, Expression } from "../equation.ts";
import { ExpressionBuilder } from "./build-expression.ts";
import type { ForeignConveyor, ForeignExpression } from "./foreign-model.ts";
import type { StockBody } from "./held-flows.ts";
import { NotCompact } from "./scope.ts";
import type { Part, SpannedLeaf, VariableLayout } from "./variable-layout.ts";

/** Most slats of a conveyor whose transit time stays. */
const MAX_SLATS = 100_000;
/** Most steps of a run for which a belt with a changing transit time is kept; the work of a run is their square. */
const MAX_STEPS = 10_000;

export class Belt {
  readonly layout: VariableLayout;
  readonly body: StockBody;
  readonly conveyor: ForeignConveyor;
  readonly b: ExpressionBuilder;
  /** The stock of the slats. */
  readonly slats: string;
  /** The axis of the places on the belt; 1 leaves next. */
  readonly place: string;
  /** Steps of the transit time, where it stays. */
  readonly steps: number | null;
  /** Slats of the belt: where the transit time changes as many as the run has steps, since what lies beyond is not seen to leave. */
  readonly size: number;
  readonly #whole: Part;

  constructor(layout: VariableLayout, body: StockBody, conveyor: ForeignConveyor, whole: Part) {
    this.layout = layout;
    this.body = body;
    this.conveyor = conveyor;
    this.#whole = whole;
    const { info, context } = layout;
    this.b = new ExpressionBuilder(conveyor.span);
    const { timeStep, steps } = context.t.context;
    const transit = this.constant(conveyor.transit);
    this.steps = transit === null ? null : Math.max(1, Math.round(transit / timeStep));
    this.size = this.steps ?? steps + 2;
    this.slats = context.takeName(`${info.name} slats`);
    this.place = context.takeName(`${info.name} slat`);
    context.addDimension(this.place, `${this.title} slat`, this.isTooLong ? 1 : this.size, conveyor.span);
  }

  get limit(): number {
    return this.steps === null ? MAX_STEPS : MAX_SLATS;
  }

  get isTooLong(): boolean {
    return this.size > this.limit;
  }

  get title(): string {
    return this.layout.info.foreign.name.text;
  }

  refuse(what: DiagnosticData["foreign-conveyor"]["what"], at: Span): void {
    this.layout.context.t.fail("foreign-conveyor", at, { name: this.title, what });
  }

  /** A number that never changes and is the same for all elements; else null. */
  constant(e: ForeignExpression): number | null {
    try {
      return this.layout.context.t.context.constantValue(e, this.#whole.scope);
    } catch (error) {
      if (error instanceof NotCompact) return null;
      throw error;
    }
  }

  /** An expression that the file gives once for the whole stock. */
  value(e: ForeignExpression, title: string): Expression {
    return this.#along(title, () => this.layout.translated(this.#whole, e), e);
  }

  /** What lies on the belt at the start, which each element may say for itself. */
  initial(): Expression {
    const leaves = () =>
      (this.layout.parts() ?? []).flatMap((part) => {
        const { body } = part.definition;
        return body.kind === "stock" ? this.layout.translated(part, body.initial) : [];
      });
    return this.#along("at the start", leaves, this.body.initial);
  }

  /** Of a stock with axes an auxiliary, since what it says may differ by element. */
  #along(title: string, leaves: () => SpannedLeaf[], e: ForeignExpression): Expression {
    const { layout } = this;
    if (layout.info.axes.length === 0) return layout.context.t.translate(e, []);
    return this.#auxiliary(title, layout.equations(leaves()));
  }

  /** A value with the axes of the stock that is computed once and read often. */
  shared(title: string, value: Expression): Expression {
    return this.#auxiliary(title, [this.everywhere(value)]);
  }

  /** The same under a name that has been given out already. */
  define(name: string, title: string, value: Expression): void {
    this.#add({ kind: "auxiliary", equations: [this.everywhere(value)], initial: null }, name, title, false);
  }

  #auxiliary(title: string, equations: EquationByElement[]): Expression {
    const name = this.layout.context.takeName(`${this.layout.info.name} ${title}`);
    this.#add({ kind: "auxiliary", equations, initial: null }, name, title, false);
    return this.read(name);
  }

  /** An auxiliary with a value for each slat. */
  auxiliaryOnBelt(title: string, value: Expression): string {
    const name = this.layout.context.takeName(`${this.layout.info.name} ${title}`);
    this.#add({ kind: "auxiliary", equations: [this.everywhere(value)], initial: null }, name, title, true);
    return name;
  }

  /** A stock with a value for each slat. */
  stockOnBelt(name: string, title: string, initial: Expression, net: Expression): void {
    const flows = { inflows: [this.equation(net)], outflows: [] };
    this.#add({ kind: "stock", initial: [this.everywhere(initial)], ...flows }, name, title, true);
  }

  #add(
    part:
      | { kind: "auxiliary"; equations: EquationByElement[]; initial: null }
      | { kind: "stock"; initial: EquationByElement[]; inflows: Equation[]; outflows: Equation[] },
    name: string,
    title: string,
    isOnBelt: boolean,
  ): void {
    const declared = this.layout.declaration(name, `${this.title} ${title}`, false);
    const shape: Word[] = isOnBelt
      ? [...declared.shape, { text: this.place, span: this.conveyor.span }]
      : [...declared.shape];
    const variable: VariableDocument = { ...declared, ...part, shape, nonNegative: false };
    this.layout.context.add(variable);
  }

  /** An equation that holds for all elements. */
  everywhere(value: Expression): EquationByElement {
    return { region: null, regionSpan: this.conveyor.span, equation: this.equation(value) };
  }

  equation(value: Expression): Equation {
    return this.layout.equation(value, this.conveyor.span);
  }

  /** The axes of the stock. */
  get axes(): Expression[] {
    return this.layout.info.axes.map((a) => this.b.name(a.axis));
  }

  /** A variable with the axes of the stock. */
  read(name: string): Expression {
    return this.b.subscripted(name, this.axes);
  }

  /** A variable of the slats, at the place of the equation or another. */
  at(name: string, place: Expression = this.b.name(this.place)): Expression {
    return this.b.subscripted(name, [...this.axes, place]);
  }

  /** The sum of a variable of the slats over them all. */
  sum(name: string): Expression {
    return this.b.call("sum", this.at(name), this.b.name(this.place));
  }
}
