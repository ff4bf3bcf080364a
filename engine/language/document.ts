/**
 * What the author wrote, section by section, with places: names are not yet resolved and shapes not yet checked.
 * `read-document.ts` makes it from YAML; `model/` turns it into a checked model.
 */
import type { Span } from "../diagnostics/source.ts";
import type { Title, YearReading } from "../ensemble/catalog.ts";
import type { Equation } from "./equation.ts";

/** A word with its place. */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

export interface Labels {
  readonly title: Title | null;
  readonly description: Title | null;
  readonly unit: Word | null;
  readonly source: string | null;
  readonly grade: string | null;
  readonly note: Title | null;
}

/** `name[dimension, …]` as it stands in a key. */
export interface Declaration {
  readonly name: Word;
  readonly shape: readonly Word[];
  readonly labels: Labels;
  readonly indicator: { readonly reading: YearReading; readonly span: Span } | null;
  readonly observed: DataBlock | null;
}

/** One equation, or several by element. */
export interface EquationByElement {
  /** For each dimension of the shape: a dimension, group, element or range. Null for the one equation of all elements. */
  readonly region: readonly Word[] | null;
  readonly regionSpan: Span;
  readonly equation: Equation;
}

/** A block that reads numbers from a CSV file. */
export interface DataBlock {
  readonly file: Word;
  readonly column: Word | null;
  readonly columns: Word | null;
  readonly time: Word | null;
  readonly scale: number;
  readonly key: readonly { readonly column: Word; readonly dimension: Word }[];
  readonly where: readonly { readonly column: Word; readonly texts: readonly string[] }[];
  readonly ignore: readonly { readonly column: Word; readonly texts: readonly string[] }[];
  readonly span: Span;
}

/** A number, or numbers by element with an optional default. */
export type ValueBlock =
  | { readonly kind: "number"; readonly value: number; readonly span: Span }
  | {
      readonly kind: "by-element";
      readonly entries: readonly { readonly element: Word; readonly value: number }[];
      readonly otherwise: number | null;
      readonly span: Span;
    }
  | { readonly kind: "data"; readonly data: DataBlock };

/** A `distribution` that is a column of a file: `empirical: {…}` or `joint: {…}`. */
export interface SampleBlock {
  readonly family: "empirical" | "joint";
  readonly data: DataBlock;
}

export interface StockDocument extends Declaration {
  readonly kind: "stock";
  readonly initial: readonly EquationByElement[];
  readonly inflows: readonly Equation[];
  readonly outflows: readonly Equation[];
  /** The stock never falls below 0: what leaves it is limited to what is there. */
  readonly nonNegative: boolean;
}
export interface ComputedDocument extends Declaration {
  readonly kind: "flow" | "auxiliary";
  readonly equations: readonly EquationByElement[];
  /** The value while the model starts, for what needs it then; null where it is that of the equations. */
  readonly initial: readonly EquationByElement[] | null;
  /** The value is 0 where the equation is negative. */
  readonly nonNegative: boolean;
}
export interface ParameterDocument extends Declaration {
  readonly kind: "parameter";
  readonly value: ValueBlock | null;
  readonly distribution: Equation | SampleBlock | null;
}
export interface LeverDocument extends Declaration {
  readonly kind: "lever";
  readonly initial: number;
  readonly range: { readonly low: number; readonly high: number; readonly span: Span };
  readonly ramp: { readonly from: number; readonly to: number; readonly span: Span } | null;
  readonly lag: number;
}
/**
 * How a lookup or series is uncertain: times a parameter, or moved by one between a low and a high curve. `low` and `high` are points
 * of a lookup, or columns of a series.
 */
export type CurveDocument<Curve> =
  | { readonly kind: "factor"; readonly parameter: Word }
  | { readonly kind: "band"; readonly parameter: Word; readonly low: Curve; readonly high: Curve };
export interface LookupDocument extends Declaration {
  readonly kind: "lookup";
  readonly uncertain: CurveDocument<PointsBlock> | null;
  readonly points: PointsBlock;
  readonly interpolate: "linear" | "previous" | "next";
  /** Unit of the argument; null where it is not given. */
  readonly xUnit: Word | null;
  readonly outside: "hold" | "extrapolate";
  readonly span: Span;
}
export interface LookupPoint {
  readonly x: number;
  readonly y: number;
  readonly span: Span;
}
/** Points of a lookup: the same for every element, by element, or from a file. */
export type PointsBlock =
  | { readonly kind: "points"; readonly points: readonly LookupPoint[] }
  | {
      readonly kind: "by-element";
      readonly entries: readonly { readonly element: Word; readonly points: readonly LookupPoint[] }[];
      readonly otherwise: readonly LookupPoint[] | null;
    }
  | { readonly kind: "data"; readonly data: DataBlock };
export interface SeriesDocument extends Declaration {
  readonly kind: "series";
  readonly uncertain: CurveDocument<Word> | null;
  readonly data: DataBlock;
  readonly interpolate: "linear" | "previous";
}
export interface NoiseDocument extends Declaration {
  readonly kind: "noise";
  readonly process: "ar1" | "random_walk" | "normal" | "uniform" | "markov";
  readonly every: Fraction | null;
  readonly initial: number | null;
  readonly values: readonly [number, number] | null;
  /** `sd`, `persistence`, `leave`, `return`, as far as the process has them. */
  readonly terms: Readonly<Record<string, Equation>>;
  readonly span: Span;
}

export type VariableDocument =
  | StockDocument
  | ComputedDocument
  | ParameterDocument
  | LeverDocument
  | LookupDocument
  | SeriesDocument
  | NoiseDocument;

/** An exact fraction of whole numbers, for steps that must add up. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
  readonly text: string;
  readonly span: Span;
}

export interface HeaderDocument {
  readonly name: Word;
  readonly title: Title;
  readonly description: Title | null;
  readonly start: number;
  readonly stop: number;
  readonly step: Fraction;
  readonly save: Fraction;
  readonly timeUnit: string;
  readonly timeSpan: Span;
  readonly method: "euler" | "rk2" | "rk4";
  /** Exact if it is left out. */
  readonly numerics?: "exact" | "logarithms" | "factors" | null;
  readonly reference: Word | null;
  readonly seed: number;
}

/** A unit of the model's own: a new thing that is counted, or `times` of another unit. */
export interface UnitDocument {
  readonly name: Word;
  readonly title: Title | null;
  readonly of: Word | null;
  readonly times: number;
  readonly timesSpan: Span;
}

export interface DimensionDocument {
  readonly name: Word;
  readonly title: Title | null;
  readonly elements: readonly { readonly name: Word; readonly title: Title | null; readonly code: string | null }[];
  readonly aliases: readonly Word[];
  readonly groups: readonly GroupDocument[];
  readonly layout: readonly (readonly Word[])[] | null;
}
export interface GroupDocument {
  readonly name: Word;
  readonly title: Title | null;
  /** Members with weights; a weight is a number or the name of a parameter. */
  readonly members: readonly { readonly element: Word; readonly weight: number | Word }[];
}

export interface EventDocument {
  readonly name: Word;
  readonly title: Title | null;
  readonly every: Fraction | null;
  readonly at: number | null;
  /** Place of the value of `at`. */
  readonly atSpan: Span;
  readonly sets: readonly {
    readonly stock: Word;
    readonly shape: readonly Word[];
    readonly equations: readonly EquationByElement[];
  }[];
}
export interface IdentityDocument {
  readonly name: Word;
  readonly shape: readonly Word[];
  readonly title: Title | null;
  readonly left: Equation;
  readonly right: Equation;
  readonly scale: Equation | null;
  readonly tolerance: number;
}
export interface TargetDocument {
  readonly name: Word;
  readonly title: Title | null;
  readonly indicator: Equation;
  readonly comparison: "at_least" | "at_most";
  readonly threshold: number;
  readonly due: number;
  /** Place of the value of `due`. */
  readonly dueSpan: Span;
  readonly note: string | null;
  readonly source: string | null;
}

export interface LeverSetting {
  readonly lever: Word;
  readonly set: number;
  readonly setSpan: Span;
  readonly from: number | null;
  readonly to: number | null;
  readonly lag: number | null;
  readonly span: Span;
}
export interface ParameterOverride {
  readonly parameter: Word;
  readonly value: ValueBlock | null;
  readonly distribution: Equation | SampleBlock | null;
}
export interface ScenarioDocument {
  readonly name: Word;
  readonly title: Title | null;
  readonly description: Title | null;
  readonly like: Word | null;
  readonly levers: readonly LeverSetting[];
  readonly parameters: readonly ParameterOverride[];
  /** Another scenario was generated from the same text, and what is wrong with it is told there. */
  readonly repeated: boolean;
}
export interface ChartDocument {
  readonly name: Word;
  readonly title: Title | null;
  readonly note: Title | null;
  readonly kind: Word;
  /** There for `fan` and `multiples`. */
  readonly indicator: Equation | null;
  /** At least one for `stacked` and `paired`. */
  readonly indicators: readonly Word[];
  readonly scenario: Word | null;
  /** Parts of a decomposition. */
  readonly scenarios: readonly Word[];
  readonly per: Word | null;
  /** The first time that is shown. */
  readonly from: number | null;
  readonly fromSpan: Span;
  /** There for `table`, with the columns that it shows. */
  readonly file: Word | null;
  readonly columns: readonly { readonly column: Word; readonly title: Title }[];
  readonly years: readonly number[];
  readonly yearsSpan: Span;
  readonly span: Span;
}

export interface ModelDocument {
  readonly header: HeaderDocument;
  readonly units: readonly UnitDocument[];
  readonly dimensions: readonly DimensionDocument[];
  readonly variables: readonly VariableDocument[];
  readonly correlations: readonly { readonly a: Word; readonly b: Word; readonly value: number; readonly span: Span }[];
  readonly events: readonly EventDocument[];
  readonly identities: readonly IdentityDocument[];
  readonly targets: readonly TargetDocument[];
  readonly scenarios: readonly ScenarioDocument[];
  readonly charts: readonly ChartDocument[];
  /** Names whose declaration has an error, so that they stand for nothing. */
  readonly broken: readonly string[];
  /** Names of variables that were read, though a part of their declaration (such as `indicator`) has an error. */
  readonly doubtful: readonly string[];
}
