/**
 * A Vensim file, definition by definition: `equation ~ units ~ comment ~ flags |`. A definition with an error is given up at its
 * `|`, and reading goes on behind it, so that all independent errors are reported at once.
 */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { SourceFile, Span } from "../../diagnostics/source.ts";
import type { ForeignName } from "../foreign/foreign-model.ts";
import { parseDefinition } from "./parse-definition.ts";
import type { VensimEquation, VensimFile, VensimMacro, VensimRange } from "./syntax.ts";
import { TokenStream } from "./token-stream.ts";
import { Lexer, type Token } from "./tokens.ts";
import { fault, recover, syntaxFault } from "./vensim-fault.ts";
import { MAX_DEFINITIONS, MAX_ERRORS } from "./vensim-limits.ts";

/** Reads `text` from its start to `end`, where the sketch begins. */
export function parseFile({ path, text }: SourceFile, end: number, diagnostics: DiagnosticList): VensimFile {
  return new FileParser(path, text, end, diagnostics).read();
}

interface OpenMacro {
  readonly header: Pick<VensimMacro, "name" | "inputs" | "outputs">;
  readonly equations: VensimEquation[];
  readonly span: Span;
}

class FileParser {
  readonly #path: string;
  readonly #text: string;
  readonly #end: number;
  readonly #diagnostics: DiagnosticList;
  readonly #ranges: VensimRange[] = [];
  readonly #equations: VensimEquation[] = [];
  readonly #macros: VensimMacro[] = [];
  readonly #ignored: { what: string; span: Span }[] = [];
  #macro: OpenMacro | null = null;
  #definitions = 0;
  #at = 0;

  constructor(path: string, text: string, end: number, diagnostics: DiagnosticList) {
    this.#path = path;
    this.#text = text;
    this.#end = end;
    this.#diagnostics = diagnostics;
  }

  read(): VensimFile {
    const errors = this.#diagnostics.errorCount;
    for (;;) {
      const start = this.#at;
      const more = recover(this.#diagnostics, () => this.#definition());
      if (more === false) break;
      if (more === null) this.#toNextDefinition(start);
      if (this.#diagnostics.errorCount - errors >= MAX_ERRORS) break;
    }
    if (this.#macro) {
      recover(this.#diagnostics, () => {
        throw syntaxFault("macro-open", this.#macro!.span, "", this.#macro!.header.name.text);
      });
    }
    return { ranges: this.#ranges, equations: this.#equations, macros: this.#macros, ignored: this.#ignored };
  }

  #span(start: number, end: number): Span {
    return { path: this.#path, start, end };
  }

  /** Behind the next `|` after the place where an error came up. */
  #toNextDefinition(start: number): void {
    const bar = this.#text.indexOf("|", Math.max(this.#at, start));
    this.#at = bar < 0 || bar >= this.#end ? this.#end : bar + 1;
  }

  /** Reads one definition; false when there is none. */
  #definition(): boolean {
    const lexer = new Lexer(this.#path, this.#text, this.#at, this.#end);
    lexer.skip();
    this.#at = lexer.at;
    if (this.#at >= this.#end) return false;
    if (this.#text.startsWith("***", this.#at)) return this.#group();
    const tokens: Token[] = [];
    try {
      for (let token = lexer.next(); ; token = lexer.next()) {
        tokens.push(token);
        if (tokens.length === 1 && token.kind === "keyword" && token.text === "MACRO") return this.#openMacro(lexer);
        if (tokens.length === 1 && token.kind === "keyword" && token.text === "END OF MACRO")
          return this.#closeMacro(token);
        if (token.kind === "end") break;
      }
    } finally {
      this.#at = lexer.at;
    }
    this.#limitDefinitions(tokens[0]!.span);
    this.#add(tokens);
    return true;
  }

  #limitDefinitions(span: Span): void {
    if (++this.#definitions <= MAX_DEFINITIONS) return;
    this.#at = this.#end;
    throw fault("foreign-limit", span, { what: "definitions", limit: MAX_DEFINITIONS });
  }

  #add(tokens: Token[]): void {
    const definition = parseDefinition(new TokenStream(tokens));
    const tail = this.#tail(definition.kind === "equation" ? definition.equation.name : null, tokens[0]!.span);
    if (definition.kind === "range") this.#ranges.push(definition.range);
    else if (definition.kind === "reality-check") {
      this.#ignored.push({ what: "reality check", span: definition.name.span });
    } else {
      const equation: VensimEquation = { ...definition.equation, ...tail, hidden: false };
      (this.#macro?.equations ?? this.#equations).push(equation);
    }
  }

  /** Units, comment and flags; the place moves behind the `|`. */
  #tail(name: ForeignName | null, first: Span): Pick<VensimEquation, "unit" | "range" | "comment"> {
    const fields: { text: string; start: number }[] = [];
    while (this.#text[this.#at] === "~" && this.#at < this.#end) {
      const start = this.#at + 1;
      let stop = start;
      while (stop < this.#end && this.#text[stop] !== "~" && this.#text[stop] !== "|") stop++;
      fields.push({ text: this.#text.slice(start, stop), start });
      this.#at = stop;
    }
    if (this.#text[this.#at] !== "|" || this.#at >= this.#end) {
      throw syntaxFault("missing-bar", name?.span ?? first, "|", name?.text ?? "");
    }
    this.#at++;
    const [units, comment] = fields;
    return { ...readUnits(units, (start, end) => this.#span(start, end)), comment: readComment(comment?.text) };
  }

  /** `***…*** .Group ***~ comment |`. */
  #group(): boolean {
    const start = this.#at;
    this.#toNextDefinition(start);
    return true;
  }

  #openMacro(lexer: Lexer): boolean {
    const start = lexer.at;
    if (this.#macro) throw syntaxFault("macro-open", this.#macro.span, "", this.#macro.header.name.text);
    const header = recover(this.#diagnostics, () => macroHeader(lexer));
    // Without its header a macro is passed over whole: its equations are none of the model.
    if (header) this.#macro = { header, equations: [], span: this.#span(start, lexer.at) };
    else lexer.at = this.#behindMacro(lexer.at);
    return true;
  }

  #behindMacro(from: number): number {
    const close = /:\s*END\s+OF\s+MACRO\s*:/gi;
    close.lastIndex = from;
    return close.exec(this.#text) ? Math.min(close.lastIndex, this.#end) : this.#end;
  }

  #closeMacro(token: Token): boolean {
    if (!this.#macro) throw syntaxFault("unexpected", token.span, ":END OF MACRO:");
    this.#macros.push({ ...this.#macro.header, equations: this.#macro.equations });
    this.#macro = null;
    return true;
  }
}

/** `Month [0,?,1]`: the unit, and the range that the author thinks of; `?` and words are no limit. */
function readUnits(
  field: { text: string; start: number } | undefined,
  place: (start: number, end: number) => Span,
): Pick<VensimEquation, "unit" | "range"> {
  if (!field) return { unit: null, range: null };
  const whole = field.text.trimEnd();
  const bracket = whole.endsWith("]") ? whole.lastIndexOf("[") : -1;
  const written = bracket < 0 ? whole : whole.slice(0, bracket).trimEnd();
  const text = written
    .replace(/\\[ \t]*\n\t*/g, "")
    .replace(/\s+/g, " ")
    .trim();
  const start = field.start + (written.length - written.trimStart().length);
  const unit = text === "" ? null : { text, span: place(start, field.start + written.length) };
  if (bracket < 0) return { unit, range: null };
  const [low, high] = whole
    .slice(bracket + 1, -1)
    .split(",")
    .map(limit);
  return { unit, range: { low: low ?? null, high: high ?? null } };
}

function limit(text: string): number | null {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

function readComment(text: string | undefined): string | null {
  const comment = (text ?? "")
    .replace(/\\[ \t]*\n\t*/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return comment === "" ? null : comment;
}

/** `NAME(in1, in2 : out1, out2)`. */
function macroHeader(lexer: Lexer): OpenMacro["header"] {
  const tokens: Token[] = [];
  for (let token = lexer.next(); ; token = lexer.next()) {
    tokens.push(token);
    if (token.kind === "end" || (token.kind === "sign" && token.text === ")")) break;
  }
  const last = tokens.at(-1)!;
  if (last.kind !== "end") tokens.push({ ...last, kind: "end", text: "" });
  const stream = new TokenStream(tokens);
  const names = (until: readonly string[]): ForeignName[] => {
    const list: ForeignName[] = [];
    if (until.some((sign) => stream.isSign(sign))) return list;
    do list.push(stream.name());
    while (stream.accept(","));
    return list;
  };
  const name = stream.name();
  const open = stream.expect("(");
  const inputs = names([")", ":"]);
  const outputs = stream.accept(":") ? names([]) : [];
  stream.expect(")", open.span);
  return { name, inputs, outputs };
}
