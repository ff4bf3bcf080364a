/** What stands in a Vensim file, definition by definition, before macros and external data are worked in. */
import type { Span } from "../../diagnostics/source.ts";
import type {
  ForeignDataMode,
  ForeignDimension,
  ForeignExpression,
  ForeignName,
  ForeignTable,
} from "../foreign/foreign-model.ts";

/**
 * A call with what Vensim adds to it: the variables that receive further outputs of a macro, `M(a, b : out1, out2)`. A property
 * beside the common form, so that every walk over expressions keeps it.
 */
export type VensimCall = Extract<ForeignExpression, { kind: "call" }> & {
  readonly outputs?: readonly ForeignExpression[];
};

export type VensimBody =
  | { readonly kind: "expression"; readonly expression: ForeignExpression }
  /** `1,2;3,4` and TABBED ARRAY. */
  | { readonly kind: "numbers"; readonly values: readonly number[] }
  | { readonly kind: "lookup"; readonly table: ForeignTable }
  /** `= A FUNCTION OF(…)`, `:IGNORE:` behind an equation, or nothing behind the equals sign: the equation is still to be written. */
  | { readonly kind: "placeholder"; readonly span: Span }
  /** `:IS: 'text'`. */
  | { readonly kind: "text"; readonly text: string }
  /** A name without an equation: its numbers come with the run. */
  | { readonly kind: "undefined" };

export interface VensimEquation {
  readonly name: ForeignName;
  readonly subscripts: readonly ForeignName[];
  readonly except: readonly (readonly ForeignName[])[];
  readonly body: VensimBody;
  readonly mode: ForeignDataMode | null;
  readonly unit: { readonly text: string; readonly span: Span } | null;
  readonly range: { readonly low: number | null; readonly high: number | null } | null;
  readonly comment: string | null;
  /** Written out from a macro. */
  readonly hidden: boolean;
  readonly span: Span;
}

/** `Dim: GET DIRECT SUBSCRIPT('file', 'tab', 'first', 'last', 'prefix')`: the elements stand in a file. */
export interface VensimRange extends ForeignDimension {
  readonly external: ForeignExpression | null;
}

export interface VensimMacro {
  readonly name: ForeignName;
  readonly inputs: readonly ForeignName[];
  readonly outputs: readonly ForeignName[];
  readonly equations: readonly VensimEquation[];
}

export interface VensimFile {
  readonly ranges: readonly VensimRange[];
  readonly equations: readonly VensimEquation[];
  readonly macros: readonly VensimMacro[];
  readonly ignored: readonly { readonly what: string; readonly span: Span }[];
}
