/**
 * Entries of Vensim's input files (`.cin`, `.vsc`): as in a model, but an entry ends with its line, unless a bracket is open or a
 * comma or backslash stands at its end (Vensim reference manual, "Constant input files", "Sensitivity control").
 */
import type { SourceFile, Span } from "../../diagnostics/source.ts";
import { TokenStream } from "./token-stream.ts";
import { Lexer, type Token } from "./tokens.ts";

/** The places of the entries that are not blank, from an offset on. */
export function entrySpans({ path, text }: SourceFile, from = 0): Span[] {
  const spans: Span[] = [];
  let start = -1;
  let depth = 0;
  let lineStart = from;
  while (lineStart < text.length) {
    const newline = text.indexOf("\n", lineStart);
    const lineEnd = newline < 0 ? text.length : newline;
    const line = text.slice(lineStart, lineEnd);
    if (start < 0 && line.trim() !== "") start = lineStart;
    if (start >= 0) {
      for (const c of line) depth += c === "(" || c === "[" ? 1 : c === ")" || c === "]" ? -1 : 0;
      if (depth <= 0 && !/[,\\]\s*$/.test(line)) {
        spans.push({ path, start, end: lineEnd });
        [start, depth] = [-1, 0];
      }
    }
    lineStart = lineEnd + 1;
  }
  if (start >= 0) spans.push({ path, start, end: text.length });
  return spans;
}

/** The tokens of one entry. */
export function entryTokens(text: string, { path, start, end }: Span): Token[] {
  const lexer = new Lexer(path, text, start, end);
  const tokens: Token[] = [];
  for (let token = lexer.next(); ; token = lexer.next()) {
    tokens.push(token);
    if (token.kind === "end") return tokens;
  }
}

/** Tokens up to one of them, which becomes the end. */
export function streamUntil(tokens: readonly Token[], stop: number): TokenStream {
  const kept = tokens.slice(0, stop);
  const last = tokens[Math.min(stop, tokens.length - 1)]!;
  return new TokenStream([...kept, { ...last, kind: "end", text: "" }]);
}
