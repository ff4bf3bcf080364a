/** What the translation of a whole model shares. */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { Span } from "../../diagnostics/source.ts";
import type { Expression } from "../equation.ts";
import type { Families } from "./families.ts";
import type { Dialect, ForeignExpression, ForeignTable } from "./foreign-model.ts";
import type { Scope } from "./scope.ts";
import type { VariableInfo } from "./variable-info.ts";

export interface TranslationContext {
  readonly dialect: Dialect;
  /** The file was converted from Vensim, and has Vensim's rules where both differ in numbers. */
  readonly fromVensim: boolean;
  readonly families: Families;
  readonly variables: ReadonlyMap<string, VariableInfo>;
  readonly diagnostics: DiagnosticList;
  /** Expressions that stand for names of the clock, by key. */
  readonly clock: ReadonlyMap<string, ClockName>;
  /** Value of an expression at the start, if it follows from the file's constants; throws NotCompact where it differs by element. */
  readonly startValue: (e: ForeignExpression, scope: Scope) => number | null;
  /** The same, only where it never changes. */
  readonly constantValue: (e: ForeignExpression, scope: Scope) => number | null;
  /** Name of a lookup that has these points. */
  readonly table: (table: ForeignTable) => string;
  /** The lookup beside the equation of a variable, or the points of a data variable over time; null where it has none. */
  readonly graphicalTable: (variable: VariableInfo) => VariableInfo | null;
  /** The times of a data variable's points, over themselves; null for others. */
  readonly timesTable: (variable: VariableInfo) => VariableInfo | null;
  /** The points of a data variable at a cell; null where it has none there. */
  readonly dataAt: (
    variable: VariableInfo,
    cell: readonly number[],
  ) => { readonly times: readonly number[]; readonly values: readonly number[] } | null;
  /** A noise of ours that stands for no variable of the file. */
  readonly helper: (helper: Helper) => string;
  /** The same for an auxiliary. */
  readonly auxiliary: (helper: HelperAuxiliary) => string;
  /** An auxiliary of ours with a further axis of places 1 … size; its equation may read it. */
  readonly row: (helper: HelperRow) => string;
  /** Quantile functions of the gamma distribution with scale 1 and of the beta distribution. */
  readonly quantileGamma: (u: number, shape: number) => number;
  readonly quantileBeta: (u: number, a: number, b: number) => number;
  readonly timeStep: number;
  /** Whole steps of a run. */
  readonly steps: number;
}

export type ClockName = "time" | "time_step" | "start_time" | "stop_time" | number;

/** A noise that a random function reads. */
export interface Helper {
  readonly title: string;
  readonly kind: "normal noise" | "uniform noise";
  /** Axes of the equation that reads it. */
  readonly scope: Scope;
  readonly span: Span;
}

/** A part of an equation that is computed once, along what its scope leaves open. */
export interface HelperAuxiliary {
  readonly title: string;
  readonly scope: Scope;
  readonly value: Expression;
  readonly span: Span;
}

/** A row of numbers at each element of a scope. */
export interface HelperRow {
  readonly title: string;
  readonly scope: Scope;
  readonly size: number;
  /** What stands at a place of the row, whose axis has this name. */
  readonly value: (name: string, axis: string) => Expression;
  readonly span: Span;
}
