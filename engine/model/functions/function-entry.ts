/** What the table of functions says about each function, and short ways to write its entries. */
import type { CurveValue } from "../lookup-curve.ts";
import type { BinaryOp, LookupMode, ReduceOp, Term, UnaryOp } from "../term.ts";

/** A text in both languages. */
export interface Wording {
  readonly en: string;
  readonly zh: string;
}

/** The unit of an argument or result, in the words of `units/unit-rule.ts`. */
export type UnitWord =
  | "any"
  | "dimension"
  | "1"
  | "a"
  | "b"
  | "a/b"
  | "a^0.5"
  | "a/time"
  | "a*time"
  | "time"
  | "1/time";

/**
 * `value`: an equation; `order`: a positive whole number, written out; `years`: a positive time that is a whole number of
 * steps, written out; `direction`: 1 or -1, written out; `dimension`: a dimension, alias or group; `scope`: a dimension or alias
 * of the shape in which the call stands; `group`: a group; `table`: a lookup, with or without subscripts; `local`: a name that stands for
 * a number within the call; `body`: an equation with that name.
 */
export type ParameterKind =
  | "value"
  | "order"
  | "years"
  | "direction"
  | "dimension"
  | "scope"
  | "group"
  | "table"
  | "local"
  | "body";

export interface FunctionParameter {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly unit: UnitWord;
  /** What holds where the argument is left out; null where it may not be. */
  readonly otherwise: Wording | null;
  /** Whether further arguments of the same sort may follow. */
  readonly repeated: boolean;
}

/** What the building of a term may know about the model: the length of a step, and the number of steps. */
export interface ModelClock {
  readonly timeStep: number;
  readonly steps: number;
}

/** How a call becomes a term: by one operation, by a rule over its arguments' terms, or by name in the resolver. */
export type FunctionForm =
  | { readonly kind: "unary"; readonly op: UnaryOp }
  | { readonly kind: "fold"; readonly op: BinaryOp }
  | { readonly kind: "reduce"; readonly op: ReduceOp }
  | { readonly kind: "lookup"; readonly mode: LookupMode }
  | { readonly kind: "curve"; readonly value: CurveValue }
  | { readonly kind: "build"; readonly build: (args: readonly Term[], clock: ModelClock) => Term }
  | {
      readonly kind: "special";
      readonly name:
        | "mean"
        | "stddev"
        | "count"
        | "softmax"
        | "share"
        | "rank"
        | "sort_order"
        | "allocate"
        | "group_weight"
        | "position"
        | "solve";
    };

/**
 * A call in the example model of docs/functions.md and what it gives: at the times `at`, or for each element of `place` at the
 * start, or once.
 */
export interface FunctionExample {
  readonly equation: string;
  readonly at: readonly number[] | "place" | null;
  readonly gives: readonly number[];
}

export type Topic = "arithmetic" | "choice" | "inputs" | "lookups" | "dimensions" | "past" | "delays" | "finance";

/**
 * How the shape of a call follows from its arguments. `element`: element by element, of the shape of its arguments together;
 * `over`: the dimensions named are run through, and the result is without them; `along`: one value for each element of a dimension
 * of the shape in which the call stands, computed from all its elements.
 */
export type ShapeRule = "element" | "over" | "along";

export interface FunctionEntry {
  readonly name: string;
  readonly topic: Topic;
  readonly parameters: readonly FunctionParameter[];
  readonly result: UnitWord;
  readonly shape: ShapeRule;
  readonly form: FunctionForm;
  readonly meaning: Wording;
  /** Where Vensim or XMILE differ in name, order of arguments or meaning. */
  readonly elsewhere: Wording | null;
  /** Its names in Vensim, XMILE, Stella and spreadsheets that are not its name here; small letters, `_` for a blank. */
  readonly foreign: readonly string[];
  readonly examples: readonly FunctionExample[];
  /** For a delay or smooth: the argument that is its time, and its stages (or the argument that gives them). */
  readonly adjusts: { readonly time: number; readonly stages: number | { readonly argument: number } } | null;
  readonly atLeast: number;
  readonly atMost: number;
  /** The call as it is written: `safe_divide(a, b, [otherwise])`. */
  readonly signature: string;
  /** Units of the arguments and of the result, see `units/unit-rule.ts`. */
  readonly units: string;
}

interface Draft extends Pick<FunctionEntry, "name" | "parameters" | "result" | "form" | "examples"> {
  readonly en: string;
  readonly zh: string;
  readonly shape?: ShapeRule;
  readonly elsewhere?: readonly [en: string, zh: string];
  readonly foreign?: readonly string[];
  readonly adjusts?: FunctionEntry["adjusts"];
}

/** The entries of a topic, with arity and signature derived from their parameters. */
export function topic(name: Topic, drafts: readonly Draft[]): FunctionEntry[] {
  return drafts.map(({ en, zh, elsewhere, ...draft }) => ({
    shape: "element",
    foreign: [],
    adjusts: null,
    ...draft,
    topic: name,
    meaning: { en, zh },
    elsewhere: elsewhere ? { en: elsewhere[0], zh: elsewhere[1] } : null,
    atLeast: draft.parameters.filter((p) => p.otherwise === null).length,
    atMost: draft.parameters.some((p) => p.repeated) ? Number.POSITIVE_INFINITY : draft.parameters.length,
    signature: signatureOf(draft.name, draft.parameters),
    units: `${draft.parameters.map((p) => `${p.unit}${p.repeated ? "…" : ""}`).join(", ")} -> ${draft.result}`,
  }));
}

function signatureOf(name: string, parameters: readonly FunctionParameter[]): string {
  const words = parameters.map((p) => {
    if (p.repeated) return `${p.name}, …`;
    return p.otherwise === null ? p.name : `[${p.name}]`;
  });
  return `${name}(${words.join(", ")})`;
}

export function value(name: string, unit: UnitWord): FunctionParameter {
  return { name, kind: "value", unit, otherwise: null, repeated: false };
}
export function optional(name: string, unit: UnitWord, en: string, zh: string = en): FunctionParameter {
  return { name, kind: "value", unit, otherwise: { en, zh }, repeated: false };
}
export function written(
  name: string,
  kind: Exclude<ParameterKind, "value">,
  unit: UnitWord = "dimension",
): FunctionParameter {
  return { name, kind, unit, otherwise: null, repeated: false };
}
export const several = (parameter: FunctionParameter): FunctionParameter => ({ ...parameter, repeated: true });

/** An example with one result. */
export const once = (equation: string, result: number): FunctionExample => ({ equation, at: null, gives: [result] });
/** An example with one result at each of some times. */
export const over = (equation: string, at: readonly number[], gives: readonly number[]): FunctionExample => ({
  equation,
  at,
  gives,
});
/** An example with one result for each element of `place`. */
export const places = (equation: string, gives: readonly number[]): FunctionExample => ({
  equation,
  at: "place",
  gives,
});
