/** What can be wrong with a Vensim file and the files beside it. */

export interface VensimDiagnosticData {
  "mdl-syntax": { problem: MdlFault; text: string; name: string };
  "mdl-macro": { problem: MdlMacroFault; macro: string; detail: string };
  "mdl-missing": { name: string; what: "control-variable" | "data" };
  "mdl-change": { problem: MdlChangeFault; name: string; near: readonly string[] };
  "vsc-syntax": { problem: VscFault; text: string };
  "external-data": { problem: ExternalProblem; file: string; detail: string };
  "external-cell-empty": { file: string; cell: string; count: number };
}

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
