/**
 * A model as a Vensim or XMILE file says it: the common form of both, after each reader has dealt with its own syntax (encodings,
 * macros, modules, sketches, external files) and before names become identifiers and arrays are laid out.
 *
 * ```
 *   .mdl    ──  vensim/  ─┐
 *                         ├─►  ForeignModel  ──  foreign/  ──►  ModelDocument
 *   .xmile  ──  xmile/   ─┘
 * ```
 *
 * A reader keeps the author's order, spelling and places. It does not decide what a function or a subscript means: the dialect
 * says which rules hold, and `foreign/` applies them.
 */
import type { Span } from "../../diagnostics/source.ts";

export type Dialect = "vensim" | "xmile";

/** A name: as the author wrote it, without quotes, and the key under which all its spellings are one (see `foreignKey`). */
export interface ForeignName {
  readonly text: string;
  readonly key: string;
  readonly span: Span;
}

export type ForeignUnary = "-" | "+" | "not";
export type ForeignBinary =
  | "+"
  | "-"
  | "*"
  | "/"
  | "^"
  | "mod"
  | "="
  | "<>"
  | "<"
  | "<="
  | ">"
  | ">="
  | "and"
  | "or"
  | "//";

export type ForeignExpression =
  | { readonly kind: "number"; readonly value: number; readonly span: Span }
  /** A text argument, such as a file name: `'data.xlsx'`. */
  | { readonly kind: "text"; readonly value: string; readonly span: Span }
  /** A variable, dimension, element or control variable; `subscripts` null where none are written. */
  | {
      readonly kind: "name";
      readonly name: ForeignName;
      readonly subscripts: readonly ForeignSubscript[] | null;
      /** XMILE `x'`. */
      readonly transposed: boolean;
      /** `D!` without a variable: the position of the element that a Vensim reduction is at. */
      readonly bang?: boolean;
      readonly span: Span;
    }
  /** A function, macro that was not expanded, or lookup called by name; `subscripts` belong to a lookup. */
  | {
      readonly kind: "call";
      readonly name: ForeignName;
      readonly subscripts: readonly ForeignSubscript[] | null;
      readonly arguments: readonly ForeignExpression[];
      readonly span: Span;
    }
  /** Points written as an argument: `WITH LOOKUP(x, ((0,0),(1,2)))`. */
  | { readonly kind: "table"; readonly table: ForeignTable; readonly span: Span }
  | {
      readonly kind: "unary";
      readonly operator: ForeignUnary;
      readonly operand: ForeignExpression;
      readonly span: Span;
    }
  | {
      readonly kind: "binary";
      readonly operator: ForeignBinary;
      readonly left: ForeignExpression;
      readonly right: ForeignExpression;
      readonly span: Span;
    };

export type ForeignSubscript =
  /** An element, dimension or subrange by name; `bang` where a Vensim reduction runs over it (`D!`). */
  | { readonly kind: "name"; readonly name: ForeignName; readonly bang: boolean; readonly span: Span }
  /** XMILE `*` (all elements) and `*:Sub`. */
  | { readonly kind: "wildcard"; readonly of: ForeignName | null; readonly span: Span }
  /** XMILE `a:b`, both ends included; names or numbers. */
  | { readonly kind: "range"; readonly from: ForeignExpression; readonly to: ForeignExpression; readonly span: Span }
  /** A computed index, or a number. */
  | { readonly kind: "expression"; readonly expression: ForeignExpression; readonly span: Span };

/** Points of a lookup, in the author's order; x need not be checked by the reader. */
export interface ForeignTable {
  readonly points: readonly { readonly x: number; readonly y: number }[];
  /** XMILE types; Vensim tables are `continuous`. */
  readonly type: "continuous" | "extrapolate" | "discrete";
  readonly span: Span;
}

/** How a data variable is read between its points and outside them. */
export type ForeignDataMode = "interpolate" | "look-forward" | "hold-backward" | "raw";

export interface ForeignConveyor {
  readonly transit: ForeignExpression;
  readonly capacity: ForeignExpression | null;
  readonly inflowLimit: ForeignExpression | null;
  readonly sample: ForeignExpression | null;
  readonly arrest: ForeignExpression | null;
  /** Leakage flows: name of the outflow, its fraction, and whether the fraction is of what is there (exponential). */
  readonly leaks: readonly {
    readonly flow: ForeignName;
    readonly fraction: ForeignExpression;
    readonly exponential: boolean;
    readonly zone: { readonly from: ForeignExpression | null; readonly to: ForeignExpression | null };
    readonly integers: boolean;
  }[];
  readonly discrete: boolean;
  readonly span: Span;
}

export type ForeignBody =
  /** The value of an auxiliary, flow or constant. `initial`: value while the model starts (ACTIVE INITIAL, `<init_eqn>`). */
  | { readonly kind: "equation"; readonly expression: ForeignExpression; readonly initial: ForeignExpression | null }
  /** Vensim `INTEG(net, initial)`. */
  | { readonly kind: "integral"; readonly net: ForeignExpression; readonly initial: ForeignExpression }
  /** XMILE `<stock>`: flows by name, outflows in order of priority. */
  | {
      readonly kind: "stock";
      readonly initial: ForeignExpression;
      readonly inflows: readonly ForeignName[];
      readonly outflows: readonly ForeignName[];
      readonly conveyor: ForeignConveyor | null;
      /** XMILE `<queue>`, and which of its outflows take what those before them cannot. */
      readonly queue: { readonly overflows: readonly ForeignName[] } | null;
    }
  /** A lookup that others call. */
  | { readonly kind: "lookup"; readonly table: ForeignTable }
  /** XMILE `<gf>` beside an equation: the table applied to the equation's value. */
  | { readonly kind: "graphical"; readonly table: ForeignTable; readonly expression: ForeignExpression }
  /** Numbers for the elements on the left, last subscript fastest: `a[D1,D2] = 1,2;3,4;`, a tabbed array, external constants. */
  | { readonly kind: "numbers"; readonly values: readonly number[] }
  /** Lookups from an external file, one for each element on the left, last subscript fastest. */
  | { readonly kind: "lookups"; readonly tables: readonly ForeignTable[] }
  /** Data over time, one series for each element on the left, last subscript fastest; times rise, missing cells are left out. */
  | {
      readonly kind: "data";
      readonly series: readonly { readonly times: readonly number[]; readonly values: readonly number[] }[];
      readonly mode: ForeignDataMode;
    };

/** One equation of a variable: for the elements that its left side names, without the exceptions. */
export interface ForeignDefinition {
  /** Names of dimensions, subranges or elements; empty for a scalar, or for XMILE's apply-to-all equation. */
  readonly subscripts: readonly ForeignName[];
  /** `:EXCEPT:` lists. */
  readonly except: readonly (readonly ForeignName[])[];
  readonly body: ForeignBody;
  readonly span: Span;
}

export interface ForeignVariable {
  readonly name: ForeignName;
  /** What the file says it is; for Vensim it follows from the equations. */
  readonly kind: "stock" | "flow" | "auxiliary" | "lookup" | "data";
  /** XMILE `<dimensions>` of the variable; null in Vensim, where the left sides say it. */
  readonly dimensions: readonly ForeignName[] | null;
  readonly definitions: readonly ForeignDefinition[];
  /** XMILE: a stock that never falls below 0, a flow that never is negative. */
  readonly nonNegative: boolean;
  readonly unit: { readonly text: string; readonly span: Span } | null;
  readonly comment: string | null;
  /** Vensim `[low, high]` of the units field: documentation, not a limit. */
  readonly range: { readonly low: number | null; readonly high: number | null } | null;
  /** A variable of a macro or module instance: it is no output of the model. */
  readonly hidden: boolean;
  readonly span: Span;
}

/** A dimension or subrange, its elements in order, written-out ranges (`A1-A5`) already filled in. */
export interface ForeignDimension {
  readonly name: ForeignName;
  /** Elements, or names of other dimensions whose elements stand here. */
  readonly members: readonly ForeignName[];
  /** Vensim `DimA <-> DimB`: the same elements under another name. */
  readonly copyOf: ForeignName | null;
  /** Vensim `-> DimB` (by position; `members` null) and `-> (DimB: B2, SubB1)` (a target for each own element). */
  readonly mappings: readonly {
    readonly to: ForeignName;
    readonly members: readonly ForeignName[] | null;
    readonly span: Span;
  }[];
  readonly span: Span;
}

/** The clock. Expressions may name the model's constants (`TIME STEP = 1 / steps per year`). */
export interface ForeignTime {
  readonly start: ForeignExpression;
  readonly stop: ForeignExpression;
  /** XMILE `<dt reciprocal="true">8</dt>` arrives as 1 / 8. */
  readonly step: ForeignExpression;
  /** Null: every step is saved. */
  readonly save: ForeignExpression | null;
  readonly unit: string | null;
  readonly method: "euler" | "rk2" | "rk4";
}

/** A constant that is uncertain, as a sensitivity file says it; family and parameters are those of our own language. */
export interface ForeignUncertainty {
  readonly name: ForeignName;
  /** Elements or ranges that it holds for; empty for a scalar. */
  readonly subscripts: readonly ForeignName[];
  readonly family: "uniform" | "normal" | "triangular" | "beta";
  readonly parameters: readonly number[];
  readonly span: Span;
}

export interface ForeignModel {
  readonly dialect: Dialect;
  /** Product that wrote the file, as it says; null where it does not. */
  readonly vendor: string | null;
  readonly name: string;
  readonly time: ForeignTime;
  readonly dimensions: readonly ForeignDimension[];
  readonly variables: readonly ForeignVariable[];
  /** Unit synonyms of the file: the first of each list is the unit, the others its other names. */
  readonly units: readonly { readonly names: readonly string[]; readonly equation: string | null }[];
  /** Parts of the file that were read over because they do not bear on results: sketches, views, reality checks. */
  readonly ignored: readonly { readonly what: string; readonly span: Span }[];
}

/** A file beside the model that it reads numbers from; null where there is none of that name. */
export type ExternalFiles = (path: string) => Uint8Array | null;
