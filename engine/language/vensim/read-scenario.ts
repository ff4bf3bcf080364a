/** A `.cin` file as a scenario: its changes beside the model, which stays as it is. */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { SourceFile } from "../../diagnostics/source.ts";
import type { ForeignScenario } from "../foreign/scenario-inputs.ts";
import { readChanges } from "./changes.ts";
import { constantValue } from "./parse-table.ts";
import type { VensimBody } from "./syntax.ts";

/** The scenario is named after the file. */
export function readScenario(file: SourceFile, diagnostics: DiagnosticList): ForeignScenario {
  const changes = readChanges(file, diagnostics).map(({ name, subscripts, body, span }) => {
    return { name, subscripts, values: numbersOf(body), span };
  });
  return { name: scenarioName(file.path), changes, span: { path: file.path, start: 0, end: 0 } };
}

function numbersOf(body: VensimBody): readonly number[] | null {
  if (body.kind === "numbers") return body.values;
  const value = body.kind === "expression" ? constantValue(body.expression) : null;
  return value === null ? null : [value];
}

/** `runs/High growth.cin` → `High_growth`. */
function scenarioName(path: string): string {
  const stem = path.replace(/^.*[\\/]/, "").replace(/\.[^.]*$/, "");
  const name = stem.normalize("NFC").replace(/[^\p{L}\p{N}_]+/gu, "_");
  return /^[\p{L}_]/u.test(name) ? name : `_${name}`;
}
