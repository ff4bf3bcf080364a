/** What can be wrong with an XMILE file. */

export interface XmileDiagnosticData {
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
}

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
  | "encoding"
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
  | "oven"
  | "multiplier"
  | "overflow"
  | "spreadflow"
  | "second-exit"
  | "belt-method"
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
