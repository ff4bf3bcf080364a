/**
 * What can be wrong with a model, as data. The wording is in `messages.ts`; here are only names, values and places.
 *
 * `ModelError`s are the user's to mend and are reported all at once. A wrong call of the library is a `UsageError`, and a
 * fault of the engine itself an `InternalError`; the three are never mixed.
 */
import type { Span } from "./source.ts";

export type Language = "en" | "zh";

/** One step of a circle: a variable, its equation's text, and the next variable it needs. */
export interface LoopStep {
  readonly name: string;
  readonly span: Span;
  readonly equation: string;
  readonly uses: string;
}

/** The data of each kind of diagnostic, by code. Places beside the main one stand in `related`. */
export interface DiagnosticData {
  // Files
  "yaml-syntax": { reason: YamlFault; text: string; detail: string };
  "yaml-tab": { character: "tab" | "full-width blank" | "no-break space" };
  "yaml-alias": Record<never, never>;
  "yaml-tag": { tag: string };
  "missing-quotes": { key: string; text: string; sign: "," | "[" };
  "full-width-colon": { key: string };
  "duplicate-key": { key: string };
  "unknown-section": { section: string; near: readonly string[]; allowed: readonly string[] };
  "unknown-key": { key: string; where: string; near: readonly string[]; allowed: readonly string[] };
  "missing-key": { key: string; where: string };
  "missing-section": { section: string };
  "wrong-type": { where: string; expected: Expected; found: Found; text: string };
  "bad-choice": { where: string; found: string; allowed: readonly string[]; near: readonly string[] };
  "bad-name": { name: string };
  "duplicate-name": { name: string };
  "case-clash": { name: string; other: string };
  "reserved-name": { name: string; reason: "language" | "results-column" };
  "file-missing": { file: string; near: readonly string[] };
  "file-outside": { file: string };
  "include-place": { file: string };
  "include-in-included": { file: string };
  // Files of Vensim and XMILE
  "xml-syntax": { reason: XmlFault; text: string; detail: string };
  "xmile-structure": {
    reason: "unknown" | "repeated" | "missing" | "no-name" | "both";
    element: string;
    inside: string;
  };
  "xmile-value": { where: string; text: string; expected: XmileExpected };
  "xmile-reference": { reason: XmileReferenceFault; name: string; where: string };
  "xmile-unsupported": { what: XmileUnsupported; name: string };
  "xmile-changed": { names: readonly string[] };
  "foreign-sign": { sign: string; instead: string | null };
  // Models of Vensim and XMILE, once read
  "foreign-function": { name: string; known: boolean; dialect: "vensim" | "xmile" };
  "foreign-unknown-name": { name: string; near: readonly string[] };
  "foreign-no-equation": { name: string };
  "foreign-argument-count": { name: string; given: number; atLeast: number; atMost: number };
  "foreign-not-constant": { name: string; argument: number };
  "foreign-not-lookup": { name: string; found: string };
  "foreign-not-vector": { name: string };
  "foreign-time-unit": Record<never, never>;
  "foreign-step-changes": Record<never, never>;
  "foreign-matrix": { rows: number; columns: number; limit: number };
  "foreign-profile": { type: number };
  "foreign-lookup-as-value": { name: string };
  "foreign-text": { text: string };
  "foreign-subscript": {
    name: string;
    subscript: string;
    problem: "unknown" | "other-dimension" | "not-on-left" | "wildcard" | "range" | "computed";
  };
  "foreign-subscript-count": { name: string; given: number; takes: number };
  "foreign-missing-subscripts": { name: string; dimensions: readonly string[] };
  "foreign-dimension": { name: string; problem: "unknown" | "circular" | "empty" | "mapping"; other: string };
  "foreign-number-count": { name: string; given: number; needed: number };
  "foreign-mixed-definitions": { name: string; what: "values" | "tables" };
  "foreign-flow": { name: string; stock: string };
  "foreign-conveyor": {
    name: string;
    what: "capacity" | "inflowLimit" | "sample" | "arrest" | "discrete" | "array" | "transit" | "zone" | "integers";
  };
  "foreign-clock": {
    what: "start" | "stop" | "step" | "save";
    problem: "unknown" | "not-positive" | "backwards" | "too-many";
    value: number;
  };
  "foreign-limit": { what: ForeignLimit; limit: number };
  "mdl-syntax": { problem: MdlFault; text: string; name: string };
  "mdl-macro": { problem: MdlMacroFault; macro: string; detail: string };
  "mdl-missing": { name: string; what: "control-variable" | "data" };
  "mdl-change": { problem: MdlChangeFault; name: string; near: readonly string[] };
  "vsc-syntax": { problem: VscFault; text: string };
  "external-data": { problem: ExternalProblem; file: string; detail: string };
  "external-cell-empty": { file: string; cell: string; count: number };
  // CSV
  "csv-syntax": { file: string; reason: CsvFaultReason; detail: string };
  "csv-row-length": { file: string; cells: number; header: number };
  "csv-column-missing": { file: string; column: string; near: readonly string[]; columns: readonly string[] };
  "csv-cell-missing": { file: string; cells: readonly string[]; count: number; name: string };
  "csv-surplus-row": { file: string; column: string; cell: string; dimension: string; near: readonly string[] };
  "csv-not-a-number": { file: string; column: string; text: string };
  "csv-duplicate-cell": { file: string; cell: string; firstLine: number };
  "csv-no-rows": { file: string; where: string };
  "data-dimension-unknown": { name: string; dimension: string; shape: readonly string[]; near: readonly string[] };
  "data-dimension-missing": { file: string; name: string; dimension: string };
  // Equations
  "equation-syntax": { problem: EquationFault; text: string; detail: string };
  "implicit-product": { left: string; right: string; joined: string | null; declared: NearName | null };
  "construct-refused": { construct: string; instead: Remedy };
  "number-too-large": { text: string };
  "equation-too-long": { length: number; limit: number };
  "equation-too-deep": { limit: number };
  "unknown-name": { name: string; near: readonly NearName[] };
  "unknown-function": { name: string; near: readonly string[]; instead: string | null };
  "not-a-function": { name: string; kind: string };
  "function-without-arguments": { name: string };
  "argument-count": { name: string; given: number; atLeast: number; atMost: number; signature: string };
  "argument-not-dimension": { name: string; found: string };
  "argument-not-constant": { name: string; argument: string };
  "argument-out-of-range": { name: string; argument: string; value: number; rule: "order" | "direction" };
  "local-name": { name: string; call: string };
  "argument-not-lookup": { name: string; found: string; near: readonly string[] };
  "history-not-whole": { years: number; step: number };
  "unknown-dimension": { name: string; near: readonly string[] };
  "unknown-element": { element: string; dimension: string; near: readonly string[] };
  "unknown-group": { name: string; near: readonly string[] };
  "wrong-subscript-count": { name: string; given: number; shape: readonly string[] };
  "wrong-subscript": { name: string; subscript: string; dimension: string; shape: readonly string[] };
  "subscript-not-in-scope": { name: string; dimension: string; scope: readonly string[]; shape: readonly string[] };
  "dimension-not-in-scope": { name: string; scope: readonly string[] };
  "dimension-as-number": { dimension: string };
  "element-compared": { element: string; dimension: string };
  "text-in-equation": { text: string };
  "not-a-value": { name: string; kind: string };
  "equation-not-covered": { name: string; elements: readonly string[]; count: number };
  "equation-covered-twice": { name: string; element: string };
  "circular-equations": { loop: readonly LoopStep[]; others: number };
  "circular-initial-values": { loop: readonly LoopStep[]; others: number };
  // Model
  "uneven-time-grid": {
    start: number;
    stop: number;
    step: string;
    unit: string;
    below: StepCount;
    above: StepCount;
    nearest: readonly { step: string; steps: number }[];
  };
  "uneven-save": { save: string; step: string; nearest: readonly string[] };
  "stop-before-start": { start: number; stop: number };
  "unattached-flow": { name: string };
  "unused-parameter": { name: string };
  "not-a-flow": { name: string; kind: string };
  "not-a-stock": { name: string; kind: string };
  "not-a-noise": { name: string; kind: string };
  "distribution-syntax": { text: string; allowed: readonly string[] };
  "distribution-parameters": { name: string; rule: string; given: string };
  "not-constant-in-run": { name: string; because: string; where: string };
  "lever-default-out-of-range": { name: string; value: number; low: number; high: number; unit: string };
  "lever-range-order": { name: string; low: number; high: number };
  "lever-uncertain": { name: string };
  "unknown-lever": { scenario: string; name: string; near: readonly string[]; isParameter: boolean };
  "unknown-parameter": { scenario: string; name: string; near: readonly string[]; isLever: boolean };
  "lever-out-of-range": { scenario: string; name: string; value: number; low: number; high: number; unit: string };
  "lever-before-start": { scenario: string; name: string; from: number; start: number };
  "lever-ramp-order": { name: string; from: number; to: number };
  "unknown-scenario": { name: string; near: readonly string[] };
  "circular-scenarios": { loop: readonly string[] };
  "unknown-indicator": { name: string; near: readonly string[]; exists: boolean };
  "target-date": {
    name: string;
    of: "target" | "chart";
    due: number;
    start: number;
    stop: number;
    save: string;
    unit: string;
  };
  "correlation-range": { a: string; b: string; value: number };
  "correlation-not-definite": { names: readonly string[] };
  "correlation-shape": { a: string; b: string; why: "shape" | "period" | "markov" };
  "noise-period": { name: string; every: string; step: string };
  "event-period": { name: string; every: string; step: string };
  "event-date": { name: string; at: number; start: number; stop: number; step: string; unit: string };
  "lookup-order": { name: string; before: number; after: number };
  "lookup-too-short": { name: string };
  "lookup-not-invertible": { name: string };
  "step-too-long": {
    name: string;
    time: number;
    stages: number;
    step: number;
    unit: string;
    suggestion: number;
  };
  "negative-initial-stock": { name: string; elements: readonly string[]; count: number; value: number; unit: string };
  "stream-clash": { a: string; b: string };
  // Ensembles
  "correlation-member": { name: string; kind: string; family: string | null };
  "correlation-elements": { a: string; b: string };
  "joint-rows": { file: string; name: string; rows: number; other: string; otherRows: number };
  "joint-override": { scenario: string; name: string };
  "scenario-file-section": { section: string };
  "curve-parameter": { name: string; kind: string; shape: readonly string[]; curve: string };
  "model-too-large": { what: string; size: number; limit: number };
  // Units
  "unit-unknown": { name: string; unit: string; near: readonly string[] };
  "unit-syntax": { unit: string; reason: UnitSyntaxReason; at: string };
  "unit-definition": { name: string; reason: "known" | "circular" | "times" };
  "unit-mismatch": UnitMismatch;
  "unit-exponent": {
    of: "base" | "exponent";
    text: string;
    found: string;
    exponent: number | null;
    reads: readonly UnitReading[];
  };
  "unit-transcendental": {
    name: string;
    text: string;
    found: string;
    factor: number | null;
    reads: readonly UnitReading[];
  };
  "unit-missing": {
    names: readonly string[];
    /** Units that the equations give, where they give one. */
    found: readonly { name: string; unit: string }[];
  };
}

/** What is wrong with the text of a unit. */
export type UnitSyntaxReason =
  | "empty"
  | "too-long"
  | "character"
  | "number"
  | "two-names"
  | "product-after-stroke"
  | "unfinished"
  | "bracket"
  | "power"
  | "price-basis";

/** A variable that an equation reads, with its unit and where it is declared. */
export interface UnitReading {
  readonly name: string;
  readonly unit: string;
  readonly path: string;
  readonly line: number;
}

/** Two units that should be the same. */
export interface UnitMismatch {
  /** Where they meet. */
  readonly role:
    | "equation" // a variable and its equation
    | "initial" // a stock and its initial value
    | "inflow" // a stock per time and its flow
    | "outflow"
    | "event" // a stock and its new value in an event
    | "noise" // a process and one of its terms
    | "identity" // the two sides
    | "scale" // an identity and its scale
    | "weight" // a group's weight, which must be plain
    | "uses" // a declaration and the equations that use it
    | "sum"
    | "comparison"
    | "branches"
    | "arguments"
    | "time" // an argument that must be a time
    | "lookup-argument"
    | "lookup-uses"; // two uses of one lookup
  /** Variable, identity, group, operator or function. */
  readonly name: string;
  /** What the name belongs to: the stock of a flow, the process of a term; else empty. */
  readonly owner: string;
  /** Texts of the two parts inside an equation; empty where a declaration stands against an equation. */
  readonly first: string;
  readonly second: string;
  readonly needed: string;
  readonly found: string;
  /** `needed / found`. */
  readonly differ: string;
  readonly remedy: UnitRemedy;
  readonly reads: readonly UnitReading[];
  /** For "uses": how many equations need the other unit. */
  readonly count: number;
}

export type UnitRemedy =
  /** The same quantity at another scale: the number is to be multiplied by the factor. */
  | { readonly kind: "factor"; readonly factor: number }
  /** A bare number stands where a unit is needed. */
  | { readonly kind: "number"; readonly text: string; readonly unit: string }
  /** A number in a product would close the gap if it had this unit. */
  | { readonly kind: "literal"; readonly text: string; readonly unit: string }
  /** They differ by the time unit. */
  | { readonly kind: "per-time"; readonly time: string; readonly perTime: "needed" | "found" }
  /** Constant and current prices, or those of two years: a price index in this unit is missing. */
  | { readonly kind: "prices"; readonly index: string }
  | { readonly kind: "none" };

/** A declared name near to a misspelt one, and where it is declared; a name of the language has path "" and line 0. */
export interface NearName {
  readonly name: string;
  readonly kind: string;
  readonly path: string;
  readonly line: number;
}

/** A number of steps and the time at which they end. */
export interface StepCount {
  readonly steps: number;
  readonly stop: number;
}

/** Why a file is not valid YAML. `other` carries the library's words in `detail`. */
export type YamlFault =
  | "indentation"
  | "second-colon"
  | "not-a-key"
  | "open-quote"
  | "open-bracket"
  | "extra-bracket"
  | "missing-comma"
  | "full-width-comma"
  | "bad-start"
  | "escape"
  | "second-document"
  | "after-value"
  | "encoding"
  | "other";

/** Why a file is not well-formed XML, or XML that is refused. `other` carries the library's words in `detail`. */
export type XmlFault =
  | "doctype"
  | "entity"
  | "character-reference"
  | "not-closed"
  | "extra-close"
  | "after-end"
  | "unfinished"
  | "attribute"
  | "character"
  | "other";

/** What should stand in an attribute or element of an XMILE file. */
export type XmileExpected =
  | "number"
  | "whole number"
  | "number from 0 to 1"
  | "true or false"
  | "method"
  | "type of a graph"
  | "as many as ypts"
  | "count of elements"
  | "version of Terrace's parts"
  | "path inside the model's folder";

/** Why a name of an XMILE file leads nowhere. */
export type XmileReferenceFault =
  | "no-model"
  | "no-input"
  | "no-source"
  | "not-an-input"
  | "two-sources"
  | "not-connected"
  | "outside-module"
  | "no-such-path";

/** Parts of XMILE, or of what Stella writes, that do not run here. */
export type XmileUnsupported =
  | "queue"
  | "oven"
  | "multiplier"
  | "overflow"
  | "spreadflow"
  | "second-exit"
  | "placeholder"
  | "partial-run"
  | "resource"
  | "import"
  | "macro-clock"
  | "module-clock"
  | "macro-argument"
  | "changed-dimensions"
  | "option-filter"
  | "invalid-index";

/** What is limited in a file of another tool, so that every file ends in bounded time and memory. */
export type ForeignLimit =
  | "characters"
  | "depth"
  | "elements"
  | "namespaces"
  | "modules"
  | "macros"
  | "variables"
  | "nodes"
  | "cells"
  | "points"
  | "definitions"
  | "ranges"
  | "macro-calls"
  | "macro-depth"
  | "macro-equations";

/** Why a definition of a Vensim file cannot be read. */
export type MdlFault =
  | "unexpected"
  | "unfinished"
  | "character"
  | "open-quote"
  | "open-comment"
  | "missing-close"
  | "missing-bar"
  | "name-starts-with-digit"
  | "number-too-large"
  | "number-expected"
  | "text-expected"
  | "odd-table"
  | "ragged-table"
  | "numbered-range"
  | "circular-range"
  | "argument-count"
  | "not-whole"
  | "placeholder"
  | "macro-open";

/** Why a file beside a Vensim model cannot change a name of the model. */
export type MdlChangeFault = "unknown" | "not-constant" | "subscripts" | "lookup" | "built-in" | "part";

/** Why a sensitivity file of Vensim cannot be followed. */
export type VscFault = "header" | "method" | "not-a-distribution" | "unknown-distribution" | "truncated" | "arguments";

/** What is wrong with a macro of a Vensim file or a call of one. */
export type MdlMacroFault =
  | "arguments"
  | "outputs"
  | "output-not-name"
  | "recursive"
  | "no-result"
  | "defined-twice"
  | "input-defined"
  | "input-not-name"
  | "unknown-name";

/** Why numbers cannot be read from a workbook or text table. */
export type ExternalProblem =
  | "no-file"
  | "no-tag"
  | "no-sheet"
  | "bad-cell"
  | "bad-axis"
  | "too-many-ranges"
  | "not-a-number"
  | "time-twice"
  | "no-points"
  | "not-a-workbook"
  | "encrypted"
  | "old-format"
  | "too-large"
  | "damaged";

/** Why a file cannot be read as CSV. `other` carries the library's words in `detail`. */
export type CsvFaultReason = "quote-open" | "quote-inside" | "empty" | "encoding" | "other";

/** Why an equation cannot be read. `other` carries the library's words in `detail`. */
export type EquationFault =
  | "empty"
  | "missing-close"
  | "extra-close"
  | "missing-value"
  | "unfinished"
  | "comma-outside"
  | "open-quote"
  | "if-without-then"
  | "if-without-else"
  | "other";

/** What stands where a value of another type belongs. */
export type Found = "nothing" | "text" | "number" | "true or false" | "list" | "mapping";

/** What was expected where a value of another type stands. */
export type Expected =
  | "text"
  | "number"
  | "whole number"
  | "list"
  | "mapping"
  | "equation"
  | "number or fraction"
  | "true or false"
  | "title"
  | "list of names"
  | "pair of numbers";

/** What to write instead of a construct that the language does not have. */
export type Remedy =
  | "use-equals" // = for ==
  | "use-power" // ** for ^
  | "use-and"
  | "use-or"
  | "use-not"
  | "use-not-equal"
  | "use-times" // × · for *
  | "use-divide"
  | "use-if" // a ? b : c
  | "use-comparison-pair" // a < b < c
  | "use-share" // 5 %
  | "use-half-width" // full-width punctuation
  | "one-equation" // two statements
  | "no-range"
  | "no-matrix"
  | "no-property"
  | "no-text"
  | "no-comment"
  | "parenthesise-not"
  | "none";

export type DiagnosticCode = keyof DiagnosticData;

/** A second place that belongs to a diagnostic. */
export interface RelatedPlace {
  readonly span: Span;
  readonly label: "first-defined-here" | "declared-here" | "lever-declared-here" | "used-here";
}

export type Diagnostic = {
  [Code in DiagnosticCode]: {
    readonly code: Code;
    readonly severity: "error" | "warning";
    readonly data: DiagnosticData[Code];
    readonly span: Span | null;
    readonly related: readonly RelatedPlace[];
  };
}[DiagnosticCode];

const WARNINGS: ReadonlySet<DiagnosticCode> = new Set([
  "unattached-flow",
  "unused-parameter",
  "unit-missing",
  "step-too-long",
  "negative-initial-stock",
  "external-cell-empty",
  "xmile-changed",
  "foreign-step-changes",
  "foreign-time-unit",
]);

/** Collects diagnostics; the caller goes on after an error wherever the rest can still be judged on its own. */
export class DiagnosticList {
  readonly #items: Diagnostic[] = [];
  #errors = 0;

  add<Code extends DiagnosticCode>(
    code: Code,
    span: Span | null,
    data: DiagnosticData[Code],
    related: readonly RelatedPlace[] = [],
  ): void {
    const severity = WARNINGS.has(code) ? "warning" : "error";
    this.#items.push({ code, severity, data, span, related } as unknown as Diagnostic);
    if (severity === "error") this.#errors++;
  }

  get hasErrors(): boolean {
    return this.errorCount > 0;
  }

  /** Number of errors so far; a part whose reading raises it has a mistake of its own. */
  get errorCount(): number {
    return this.#errors;
  }

  /** Completes the data of one code with what became known only later. */
  complete<Code extends DiagnosticCode>(code: Code, more: (data: DiagnosticData[Code]) => DiagnosticData[Code]): void {
    for (const [i, item] of this.#items.entries()) {
      if (item.code !== code) continue;
      // The code of an item decides the type of its data, which the union cannot show to the compiler.
      const data = more(item.data as DiagnosticData[Code]);
      this.#items[i] = { ...item, data } as unknown as Diagnostic;
    }
  }

  /** All diagnostics in source order: by file as first met, then by place. */
  sorted(paths: readonly string[]): Diagnostic[] {
    const rank = (d: Diagnostic) => (d.span ? paths.indexOf(d.span.path) : -1);
    return [...this.#items].sort((a, b) => rank(a) - rank(b) || (a.span?.start ?? 0) - (b.span?.start ?? 0));
  }
}

/** The model is wrong: carries every diagnostic found. */
export class ModelError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super(`the model has ${diagnostics.filter((d) => d.severity === "error").length} error(s)`);
    this.name = "ModelError";
    this.diagnostics = diagnostics;
  }
}

/** The library was called wrongly, in five words of grammar: "unknown design: sobl". */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "UsageError";
  }
}

/** The engine itself is wrong; the message asks for a report. */
export class InternalError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InternalError";
  }
}

/** Marks a place that a closed union makes unreachable. */
export function assertNever(value: never): never {
  throw new InternalError(`unexpected case ${JSON.stringify(value)}`);
}
