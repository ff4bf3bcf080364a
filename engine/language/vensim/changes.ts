/**
 * Changes of constants and lookups from a `.cin` file: `NAME = 3`, `NAME[Sub] = 1,2,3`, `TABLE((0,0),(1,1))`, `FILE :IS: 'name'`; the
 * form of optimization files, `0 <= NAME = 3 <= 9`, gives the middle value (Vensim reference manual, "Constant input files").
 */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import { nearestNames } from "../../diagnostics/nearest.ts";
import type { SourceFile } from "../../diagnostics/source.ts";
import type { ForeignName } from "../foreign/foreign-model.ts";
import { externalKind } from "./external-call.ts";
import { entrySpans, entryTokens, streamUntil } from "./input-lines.ts";
import { type EquationPart, parseDefinition } from "./parse-definition.ts";
import { constantValue, signedNumber } from "./parse-table.ts";
import type { Ranges } from "./ranges.ts";
import type { VensimBody, VensimEquation } from "./syntax.ts";
import { TokenStream } from "./token-stream.ts";
import type { Token } from "./tokens.ts";
import { fault, recover, syntaxFault } from "./vensim-fault.ts";

/** The changes of a file in their order; what cannot be read is added to `diagnostics`. */
export function readChanges(file: SourceFile, diagnostics: DiagnosticList): EquationPart[] {
  return entrySpans(file).flatMap((span) => {
    const change = recover(diagnostics, () => parseChange(entryTokens(file.text, span)));
    return change ? [change] : [];
  });
}

function parseChange(tokens: readonly Token[]): EquationPart {
  const lower = tokens.findIndex((token) => token.kind === "name");
  if (lower > 0) {
    const bound = new TokenStream(tokens.slice(0, lower + 1));
    signedNumber(bound);
    bound.expect("<=");
  }
  const rest = tokens.slice(Math.max(0, lower));
  const upper = rest.findIndex((token) => token.kind === "sign" && token.text === "<=");
  const definition = parseDefinition(streamUntil(rest, upper < 0 ? rest.length - 1 : upper));
  if (definition.kind === "equation" && isConstant(definition.equation.body)) return definition.equation;
  const name = definition.kind === "range" ? definition.range.name : rest[0]!;
  throw syntaxFault(
    "number-expected",
    definition.kind === "equation" ? definition.equation.span : name.span,
    name.text,
  );
}

/** Numbers, a table or a text; not an equation, and not a bare name. */
function isConstant(body: VensimBody): boolean {
  if (body.kind === "expression") return constantValue(body.expression) !== null;
  return body.kind === "numbers" || body.kind === "lookup" || body.kind === "text";
}

/** The equations with the changes in them; a later change of one constant replaces an earlier one. */
export function withChanges(
  equations: readonly VensimEquation[],
  changes: readonly EquationPart[],
  ranges: Ranges,
  diagnostics: DiagnosticList,
): readonly VensimEquation[] {
  return changes.reduce(
    (changed, change) => recover(diagnostics, () => withChange(changed, change, ranges)) ?? changed,
    equations,
  );
}

function withChange(
  equations: readonly VensimEquation[],
  change: EquationPart,
  ranges: Ranges,
): readonly VensimEquation[] {
  const first = equations.find((equation) => equation.name.key === change.name.key);
  const wrong = (problem: "unknown" | "not-constant" | "subscripts", near: readonly string[] = []) =>
    fault("mdl-change", change.span, { problem, name: change.name.text, near });
  if (!first) {
    const names = new Set(equations.map((equation) => equation.name.text));
    throw wrong("unknown", nearestNames(change.name.text, [...names]));
  }
  if (first.subscripts.length !== change.subscripts.length) throw wrong("subscripts");
  const kept = equations.flatMap((equation): VensimEquation[] => {
    if (equation.name.key !== change.name.key) return [equation];
    if (!canChange(equation.body, change.body)) throw wrong("not-constant");
    const isReplaced = equation.subscripts.every((name, i) => isWithin(name, change.subscripts[i]!, ranges));
    return isReplaced ? [] : [{ ...equation, except: [...equation.except, change.subscripts] }];
  });
  return [...kept, { ...first, ...change, name: first.name, except: [] }];
}

/** Whether all elements of one subscript are elements of another. */
function isWithin(name: ForeignName, of: ForeignName, ranges: Ranges): boolean {
  const all = new Set(ranges.elements(of).map((element) => element.key));
  return ranges.elements(name).every((element) => all.has(element.key));
}

/** A lookup can become another lookup, a constant another constant, a text another text. */
function canChange(from: VensimBody, to: VensimBody): boolean {
  if (to.kind === "lookup") return from.kind === "lookup" || isExternal(from, "lookups");
  if (to.kind === "text") return from.kind === "text";
  return (from.kind !== "lookup" && isConstant(from)) || isExternal(from, "constants");
}

const isExternal = (body: VensimBody, kind: "constants" | "lookups"): boolean =>
  body.kind === "expression" && externalKind(body.expression) === kind;
