/**
 * What can be wrong with a model, as data. The codes and their data stand in `data/` by family, their wording
 * in `messages.ts`; here is what all have in common.
 *
 * `ModelError`s are the user's to mend and are reported all at once. A wrong call of the library is a `UsageError`, and a
 * fault of the engine itself an `InternalError`; the three are never mixed.
 */
import type { EquationDiagnosticData } from "./data/equation-data.ts";
import type { FileDiagnosticData } from "./data/file-data.ts";
import type { ForeignDiagnosticData } from "./data/foreign-data.ts";
import type { ModelDiagnosticData } from "./data/model-data.ts";
import type { UnitDiagnosticData } from "./data/unit-data.ts";
import type { VensimDiagnosticData } from "./data/vensim-data.ts";
import type { XmileDiagnosticData } from "./data/xmile-data.ts";
import type { Span } from "./source.ts";

/* The types of the data belong to the vocabulary of diagnostics, and are imported from here. */
export type { EquationFault, LoopStep, NearName, Remedy } from "./data/equation-data.ts";
export type { CsvFaultReason, Expected, Found, YamlFault } from "./data/file-data.ts";
export type { ForeignLimit } from "./data/foreign-data.ts";
export type { StepCount } from "./data/model-data.ts";
export type { UnitMismatch, UnitReading, UnitRemedy, UnitSyntaxReason } from "./data/unit-data.ts";
export type { ExternalProblem, MdlChangeFault, MdlFault, MdlMacroFault, VscFault } from "./data/vensim-data.ts";
export type { XmileExpected, XmileReferenceFault, XmileUnsupported, XmlFault } from "./data/xmile-data.ts";

export type Language = "en" | "zh";

/** The data of each kind of diagnostic, by code. Places beside the main one stand in `related`. */
export interface DiagnosticData
  extends FileDiagnosticData,
    EquationDiagnosticData,
    ModelDiagnosticData,
    UnitDiagnosticData,
    ForeignDiagnosticData,
    XmileDiagnosticData,
    VensimDiagnosticData {}

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
  "foreign-reduces-nothing",
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
