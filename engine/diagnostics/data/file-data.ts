/** What can be wrong with a YAML or CSV file before its equations are read. */

export interface FileDiagnosticData {
  "yaml-syntax": { reason: YamlFault; text: string; detail: string };
  "yaml-tab": { character: "tab" | "full-width blank" | "no-break space" };
  "yaml-alias": Record<never, never>;
  "yaml-tag": { tag: string };
  "missing-quotes": { key: string; text: string; sign: "," | "[" };
  "full-width-colon": { key: string };
  "duplicate-key": { key: string };
  "keys-together": { key: string; other: string; where: string };
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

/** Why a file cannot be read as CSV. `other` carries the library's words in `detail`. */
export type CsvFaultReason = "quote-open" | "quote-inside" | "empty" | "encoding" | "other";

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
