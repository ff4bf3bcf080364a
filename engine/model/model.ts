/**
 * The checked model: every name resolved, every shape known, all data in place. It never changes after `buildModel`.
 */
import type { Span } from "../diagnostics/source.ts";
import type { CatalogChart, Title, YearReading } from "../ensemble/catalog.ts";
import type { Fraction } from "../language/document.ts";
import type { Equation } from "../language/equation.ts";
import type { Distribution } from "./distribution.ts";
import type { AxisVariable, TableMode, Term } from "./term.ts";

export interface Element {
  readonly name: string;
  readonly title: Title;
  readonly code: string | null;
}

/** A part of a dimension; members have weights (numbers or scalar parameters). */
export interface Group {
  readonly name: string;
  readonly title: Title;
  readonly dimension: Dimension;
  readonly members: readonly { readonly position: number; readonly weight: number | Parameter }[];
  /** First and last-plus-one position if the members are a whole range with weight 1. */
  readonly range: { readonly from: number; readonly to: number } | null;
}

export interface Dimension {
  readonly name: string;
  readonly title: Title;
  readonly elements: readonly Element[];
  /** The elements as numbers, if all are whole numbers. */
  readonly numbers: readonly number[] | null;
  readonly layout: readonly (readonly string[])[] | null;
}

/** One axis of a shape: a dimension under its own name or an alias. */
export interface Axis {
  readonly name: string;
  readonly dimension: Dimension;
}

/** An equation for a box of elements: for each axis of the variable the positions `from … to - 1`. */
export interface Piece {
  readonly axes: readonly AxisVariable[];
  readonly term: Term;
  readonly equation: Equation;
}

interface VariableBase {
  readonly name: string;
  readonly shape: readonly Axis[];
  /** Number of elements. */
  readonly size: number;
  readonly title: Title;
  readonly description: Title | null;
  readonly unit: string;
  readonly source: string | null;
  readonly grade: string | null;
  readonly note: Title | null;
  readonly indicator: YearReading | null;
  readonly observed: readonly ObservedCell[];
  readonly span: Span;
}

/** Observed values of one element, in time order. */
export interface ObservedCell {
  readonly position: number;
  readonly time: readonly number[];
  readonly value: readonly number[];
}

export interface Stock extends VariableBase {
  readonly kind: "stock";
  initial: readonly Piece[];
  inflows: readonly Piece[];
  outflows: readonly Piece[];
  /** `outflows`: what leaves is limited by the flows' own equations; `level`: the change of the level itself is limited. */
  limit: "none" | "outflows" | "level";
}
export interface Computed extends VariableBase {
  readonly kind: "flow" | "auxiliary";
  pieces: readonly Piece[];
  /** Values while the model starts; null where they are those of `pieces`. */
  starts: readonly Piece[] | null;
}
export interface Parameter extends VariableBase {
  readonly kind: "parameter";
  /** Declared values by element, row-major; null where only a distribution is given. */
  readonly values: Float64Array | null;
  /** By element; null for a parameter that is not uncertain. */
  readonly distribution: readonly Distribution[] | null;
  /** Name of the random stream that the parameter shares with others (columns of one file of joint draws), else null. */
  readonly sharedStream: string | null;
}
export interface Lever extends VariableBase {
  readonly kind: "lever";
  readonly initial: number;
  readonly low: number;
  readonly high: number;
  readonly ramp: { readonly from: number; readonly to: number } | null;
  readonly lag: number;
}
/** How a curve is uncertain, by a scalar parameter: as a factor, or as a position between a low (-1) and a high (1) curve. */
export type UncertainCurve<Curve> =
  | { readonly kind: "factor"; readonly parameter: string }
  | { readonly kind: "band"; readonly parameter: string; readonly low: Curve; readonly high: Curve };

export interface Lookup extends VariableBase {
  readonly kind: "lookup";
  /** Points of each element, row-major; x rises throughout. */
  readonly tables: readonly { readonly x: Float64Array; readonly y: Float64Array }[];
  /** How `name(x)` reads it. */
  readonly mode: TableMode;
  readonly uncertain: UncertainCurve<Lookup> | null;
  /** Which curve of an uncertain lookup this is; null for the central one, which is the variable itself. */
  readonly side: "low" | "high" | null;
}
/** Points of one element of a series, in time order. */
export interface SeriesCell {
  readonly time: Float64Array;
  readonly value: Float64Array;
}
export interface Series extends VariableBase {
  readonly kind: "series";
  readonly cells: readonly SeriesCell[];
  readonly interpolate: "linear" | "previous";
  readonly uncertain: UncertainCurve<readonly SeriesCell[]> | null;
}
export interface Noise extends VariableBase {
  readonly kind: "noise";
  readonly process: "ar1" | "random_walk" | "normal" | "uniform" | "markov";
  readonly every: Fraction;
  /** Steps of the clock between two changes, and steps from the start to the first change. */
  readonly everySteps: number;
  readonly firstStep: number;
  /** Index of the period that begins with the first change, counted from time 0. */
  readonly firstIndex: number;
  readonly initial: number;
  readonly values: readonly [number, number] | null;
  terms: Readonly<Record<string, Piece>>;
}

export type Variable = Stock | Computed | Parameter | Lever | Lookup | Series | Noise;

/** The clock: step n is at `start + n · numerator / denominator`. */
export interface TimeGrid {
  readonly start: number;
  readonly stop: number;
  readonly step: Fraction;
  readonly steps: number;
  readonly stepsPerSave: number;
  readonly unit: string;
}

export interface ModelEvent {
  readonly name: string;
  readonly title: Title;
  /** Steps between two happenings, and the first; one time only if `everySteps` is 0. */
  readonly everySteps: number;
  readonly firstStep: number;
  readonly sets: readonly { readonly stock: Stock; readonly pieces: readonly Piece[] }[];
}

export interface Identity {
  readonly name: string;
  readonly title: Title;
  readonly shape: readonly Axis[];
  readonly left: Piece;
  readonly right: Piece;
  readonly scale: Piece | null;
  readonly tolerance: number;
}

export interface Target {
  readonly name: string;
  readonly title: Title;
  readonly variable: Variable;
  readonly position: number;
  readonly comparison: "at_least" | "at_most";
  readonly threshold: number;
  readonly due: number;
  readonly note: string | null;
  readonly source: string | null;
}

export interface LeverValue {
  readonly lever: Lever;
  readonly set: number;
  readonly from: number;
  readonly to: number;
  readonly lag: number;
}
export interface ParameterSetting {
  readonly parameter: Parameter;
  readonly values: Float64Array | null;
  readonly distribution: readonly Distribution[] | null;
}
export interface Scenario {
  readonly name: string;
  readonly title: Title;
  readonly description: Title | null;
  readonly levers: readonly LeverValue[];
  readonly parameters: readonly ParameterSetting[];
}

/** Noises whose innovations are correlated. */
export interface CorrelationGroup {
  readonly members: readonly Noise[];
  /** Lower triangular; row i gives innovation i from the independent innovations 0 … i. */
  readonly factor: readonly (readonly number[])[];
}

/** One uncertain number: an element of a parameter. */
export interface ParameterCell {
  readonly parameter: Parameter;
  readonly element: number;
}

/** Uncertain numbers that are correlated. */
export interface ParameterCorrelation {
  /** In the order of the variables and their elements. */
  readonly members: readonly ParameterCell[];
  /** Lower triangular; row i gives normal number i from the independent ones 0 … i. */
  readonly factor: readonly (readonly number[])[];
}

/** Edition of the arithmetic: as the model states it, with powers as exponentials of logarithms, or with exponentials in factors too. */
export type Numerics = "exact" | "logarithms" | "factors";

export interface Model {
  readonly name: string;
  readonly title: Title;
  readonly description: Title | null;
  readonly seed: number;
  readonly time: TimeGrid;
  readonly method: "euler" | "rk2" | "rk4";
  readonly numerics: Numerics;
  readonly dimensions: readonly Dimension[];
  readonly groups: readonly Group[];
  readonly variables: readonly Variable[];
  readonly correlations: readonly CorrelationGroup[];
  readonly parameterCorrelations: readonly ParameterCorrelation[];
  readonly events: readonly ModelEvent[];
  readonly identities: readonly Identity[];
  readonly targets: readonly Target[];
  readonly scenarios: readonly Scenario[];
  readonly reference: string;
  readonly charts: readonly CatalogChart[];
}
