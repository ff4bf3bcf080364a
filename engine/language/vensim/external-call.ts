/**
 * Calls that read numbers from files: `GET DIRECT CONSTANTS('file', 'sheet', 'B2')` and its kin (Vensim reference manual, "GET
 * DIRECT CONSTANTS", "GET DIRECT DATA", "GET DIRECT LOOKUPS", "GET DIRECT SUBSCRIPT"; the older GET XLS forms mean the same).
 * Which function it is, and its arguments as texts.
 */
import type { ForeignExpression } from "../foreign/foreign-model.ts";
import { syntaxFault } from "./vensim-fault.ts";

export type ExternalKind = "constants" | "data" | "lookups" | "subscript";

export interface ExternalCall {
  readonly kind: ExternalKind;
  readonly file: string;
  /** Sheet of a workbook, or what stands between the columns of a text table. */
  readonly tab: string;
  /** For data and lookups the row or column of times or x, then the first cell; for constants the cell; for subscripts first and last cell. */
  readonly places: readonly string[];
  readonly prefix: string;
  readonly expression: ForeignExpression;
}

const NAME = /^get_(?:direct|xls|123)_(constants|data|lookups|subscripts?)$/;
const ARGUMENTS: Readonly<Record<ExternalKind, number>> = { constants: 3, data: 4, lookups: 4, subscript: 5 };

/** Which external function a call is; null for all other expressions. */
export function externalKind(expression: ForeignExpression): ExternalKind | null {
  const match = expression.kind === "call" ? NAME.exec(expression.name.key) : null;
  if (!match) return null;
  return match[1]!.startsWith("subscript") ? "subscript" : (match[1] as ExternalKind);
}

/** Texts of the variables that hold one, by key. */
export type TextVariables = ReadonlyMap<string, string>;

/** The call with its arguments, which must all be texts or variables that hold one. */
export function externalCall(expression: ForeignExpression, variables: TextVariables): ExternalCall | null {
  const kind = externalKind(expression);
  if (kind === null || expression.kind !== "call") return null;
  const texts = expression.arguments.map((argument) => {
    // A tab between quotation marks is a delimiter, not a blank.
    if (argument.kind === "text") return argument.value === "\t" ? argument.value : argument.value.trim();
    const text = argument.kind === "name" ? variables.get(argument.name.key) : undefined;
    if (text !== undefined) return text.trim();
    throw syntaxFault("text-expected", argument.span, "", expression.name.text);
  });
  const needed = ARGUMENTS[kind];
  if (texts.length !== needed && !(kind === "subscript" && texts.length === needed - 1)) {
    throw syntaxFault("argument-count", expression.span, String(needed), expression.name.text);
  }
  const [file, tab, ...rest] = texts as [string, string, ...string[]];
  const places = kind === "subscript" ? rest.slice(0, 2) : rest;
  return { kind, file, tab, places, prefix: kind === "subscript" ? (rest[2] ?? "") : "", expression };
}
