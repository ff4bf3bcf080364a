/**
 * What the yaml library complains about, as diagnostics at the place that needs mending. Only the first complaint about a
 * file is told: the others follow from it.
 */
import type { YAMLError } from "yaml";
import type { DiagnosticList, YamlFault } from "../diagnostics/diagnostic.ts";
import { lineText, positionAt, type SourceFile, type Span } from "../diagnostics/source.ts";
import { YAML } from "./library.ts";

/** A key with a full-width colon after it, where YAML sees only text. */
export const FULL_WIDTH_KEY = /^(\s*(?:-\s+)?["']?)([\p{L}_][\p{L}\p{Nd}_[\], ]*)["']?\s*：/u;

/** Blanks that stand before the first character of a line and are not plain spaces. */
const INDENT = /^ *([\t\u3000\u00a0])[\t\u3000\u00a0 ]*[^\s#]/mu;

/** Reports a character that the reader of the file could not decode; returns whether there is one. */
export function reportUnreadable(file: SourceFile, diagnostics: DiagnosticList): boolean {
  const at = file.text.indexOf("\ufffd");
  if (at < 0) return false;
  const data = { reason: "encoding", text: "", detail: "" } as const;
  diagnostics.add("yaml-syntax", { path: file.path, start: at, end: at + 1 }, data);
  return true;
}

/** Reports an indentation that YAML does not allow; returns whether there is one. */
export function reportIndent(file: SourceFile, diagnostics: DiagnosticList): boolean {
  const match = INDENT.exec(file.text);
  if (!match) return false;
  const blank = match[1]!;
  const at = match.index + match[0].indexOf(blank);
  const character = blank === "\t" ? "tab" : blank === "\u3000" ? "full-width blank" : "no-break space";
  diagnostics.add("yaml-tab", { path: file.path, start: at, end: at + 1 }, { character });
  return true;
}

/** Reports the first of the library's complaints. */
export function reportFault(errors: readonly YAMLError[], file: SourceFile, diagnostics: DiagnosticList): void {
  const error = errors[0]!;
  const { text, path } = file;
  const start = Math.min(error.pos[0], text.length);
  const end = Math.min(Math.max(error.pos[1], start + 1), text.length);
  const span = (from: number, to: number): Span => ({ path, start: from, end: to });
  const colon = fullWidthColon(text, start, end);
  if (colon) {
    diagnostics.add("full-width-colon", span(colon.at, colon.at + 1), { key: colon.key });
    return;
  }
  if (error.code === "UNEXPECTED_TOKEN" && text[start] === "[" && /at node end/.test(error.message)) {
    const cut = unquotedBrackets(text, start);
    diagnostics.add("missing-quotes", span(cut.start, cut.end), { key: cut.key, text: cut.text, sign: "[" });
    return;
  }
  const fault = faultOf(errors, text, start, end);
  const detail = error.message.split(" at line ")[0]!.split("\n")[0]!.replace(/:$/, "");
  diagnostics.add("yaml-syntax", span(fault.start, fault.end), { reason: fault.reason, text: fault.text, detail });
}

interface Fault {
  readonly reason: YamlFault;
  /** The sign that is concerned, or "". */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function faultOf(errors: readonly YAMLError[], text: string, start: number, end: number): Fault {
  const { code, message } = errors[0]!;
  const here = (reason: YamlFault, sign = ""): Fault => ({ reason, text: sign, start, end });
  switch (code) {
    case "BAD_INDENT":
    case "MISSING_CHAR": {
      if (/closing .quote/.test(message)) return openQuote(text) ?? here("other");
      if (/end with a [}\]]|to end with/.test(message)) return openBracket(text, start) ?? here("other");
      return code === "BAD_INDENT" ? indentation(text, start) : here("other");
    }
    case "TAB_AS_INDENT":
      return indentation(text, start);
    case "BLOCK_AS_IMPLICIT_KEY": {
      // `a: 1` with a deeper line `  b: 2` under it: the colon is right, the indentation is not.
      const longer = errors.find((e) => e.code === "MULTILINE_IMPLICIT_KEY" && e.pos[0] === start);
      if (longer) return indentation(text, longer.pos[1] - 1);
      const line = /^[^\n]*/.exec(text.slice(start))![0];
      const colon = line.search(/:(\s|$)/);
      return colon < 0
        ? here("second-colon")
        : { ...here("second-colon"), start: start + colon, end: start + colon + 1 };
    }
    case "MULTILINE_IMPLICIT_KEY": {
      const lineEnd = text.indexOf("\n", start);
      return { ...here("not-a-key"), end: lineEnd < 0 ? end : Math.min(end, lineEnd) };
    }
    case "BLOCK_IN_FLOW": {
      const comma = text.slice(start, end).indexOf("，");
      if (comma < 0) return here("missing-comma");
      return { reason: "full-width-comma", text: "，", start: start + comma, end: start + comma + 1 };
    }
    case "BAD_SCALAR_START":
      return here("bad-start", text.slice(start, start + 1));
    case "BAD_DQ_ESCAPE":
      return here("escape", text.slice(start, end));
    case "MULTIPLE_DOCS":
      return { ...here("second-document"), end: Math.min(start + 3, text.length) };
    case "UNEXPECTED_TOKEN": {
      if (text[start] === "，") return { ...here("full-width-comma", "，"), end: start + 1 };
      if (/[\]}]/.test(text[start] ?? "")) return here("extra-bracket", text[start]);
      return /at node end/.test(message) ? here("after-value") : here("other");
    }
    default:
      return here("other");
  }
}

/** The line of an offset, from its first character that is not blank. */
function indentation(text: string, offset: number): Fault {
  const lineStart = text.lastIndexOf("\n", Math.min(offset, text.length) - 1) + 1;
  const line = /^\s*/.exec(lineText(text, positionAt(text, lineStart).line))![0].length;
  const start = Math.min(lineStart + line, text.length);
  const word = /^[^\s:]+/.exec(text.slice(start))?.[0].length ?? 0;
  return { reason: "indentation", text: "", start, end: start + word };
}

/** The first full-width colon after a key in the lines of a range and the line before it. */
function fullWidthColon(text: string, start: number, end: number): { at: number; key: string } | null {
  const last = positionAt(text, Math.max(start, end - 1)).line;
  for (let line = Math.max(1, positionAt(text, start).line - 1); line <= Math.min(last, 1e6); line++) {
    const match = FULL_WIDTH_KEY.exec(lineText(text, line));
    if (!match) continue;
    return { at: lineOffset(text, line) + match[0].length - 1, key: match[2]!.trim() };
  }
  return null;
}

function lineOffset(text: string, line: number): number {
  let offset = 0;
  for (let n = 1; n < line; n++) offset = text.indexOf("\n", offset) + 1;
  return offset;
}

/** What the library puts between its tokens: the start of a document, an error in a flow collection, a plain scalar. */
const LEXER_MARKS: ReadonlySet<string> = new Set(["\u0002", "\u0018", "\u001f"]);

/** The library's tokens with their offsets; its marks that are not part of the text are left out. */
function lexemes(text: string): { readonly source: string; readonly at: number }[] {
  let at = 0;
  const result: { source: string; at: number }[] = [];
  for (const source of new (YAML.get().Lexer)().lex(text)) {
    if (LEXER_MARKS.has(source)) continue;
    result.push({ source, at });
    at += source.length;
  }
  return result;
}

/** The quotation mark that is opened and never closed: the quoted text that runs to the end of the file. */
function openQuote(text: string): Fault | null {
  const open = lexemes(text).findLast(({ source }) => /^["']/.test(source) && !/^(["'])[\s\S]*\1$/.test(source));
  return open ? { reason: "open-quote", text: open.source[0]!, start: open.at, end: open.at + 1 } : null;
}

const CLOSERS: Readonly<Record<string, string>> = { "{": "}", "[": "]" };

/** The innermost bracket that is open where the library gave up, or that another kind of bracket closes. */
function openBracket(text: string, offset: number): Fault | null {
  const open: { source: string; at: number }[] = [];
  for (const lexeme of lexemes(text)) {
    if (lexeme.at > offset) break;
    if (CLOSERS[lexeme.source]) open.push(lexeme);
    else if (lexeme.source === "}" || lexeme.source === "]") {
      if (CLOSERS[open.at(-1)?.source ?? ""] !== lexeme.source) break;
      open.pop();
    }
  }
  const last = open.at(-1);
  return last ? { reason: "open-bracket", text: CLOSERS[last.source]!, start: last.at, end: last.at + 1 } : null;
}

/** The text of `{key: name[a, b] * 2, …}` that needs quotes, found from its bracket. */
function unquotedBrackets(text: string, bracket: number): { start: number; end: number; key: string; text: string } {
  const before = /[^\n,{}[\]]*$/.exec(text.slice(0, bracket))![0];
  const colon = before.search(/:\s/);
  const key = colon < 0 ? "" : before.slice(0, colon).trim();
  const lead = colon < 0 ? before : before.slice(colon + 1);
  const start = bracket - lead.trimStart().length;
  const end = textEnd(text, bracket);
  return { start, end, key, text: text.slice(start, end) };
}

/** Where a text ends that begins inside `{ }` or `[ ]`, if its own brackets are counted. */
export function textEnd(text: string, from: number, limit = text.length): number {
  let depth = 0;
  let at = from;
  for (; at < limit && text[at] !== "\n"; at++) {
    const c = text[at]!;
    if (c === "(" || c === "[") depth++;
    else if (depth === 0 && /[,}\]]/.test(c)) break;
    else if (depth === 0 && c === ":" && /\s/.test(text[at + 1] ?? " ")) break;
    else if (c === ")" || c === "]") depth--;
    else if (c === "}") break;
  }
  return from + text.slice(from, at).trimEnd().length;
}
