/**
 * Sensitivity files (`.vsc`): how many runs, by which method and seed, and a distribution for each uncertain constant (Vensim
 * reference manual, "Sensitivity control", "Distributions").
 *
 * ```
 *   250,M,1234
 *   PRICE OF STEEL=RANDOM TRIANGULAR(.5,1.5,.5,1,1.5)
 * ```
 */
import type { DiagnosticList } from "../../diagnostics/diagnostic.ts";
import type { SourceFile, Span } from "../../diagnostics/source.ts";
import type { ForeignExpression, ForeignUncertainty } from "../foreign/foreign-model.ts";
import { entrySpans, entryTokens } from "./input-lines.ts";
import { parseDefinition } from "./parse-definition.ts";
import { constantValue } from "./parse-table.ts";
import { TokenStream } from "./token-stream.ts";
import { fault, recover } from "./vensim-fault.ts";

/** What a sensitivity file says. */
export interface Sensitivity {
  readonly draws: number;
  readonly design: "monte-carlo" | "latin-hypercube";
  /** Null where the file asks for another seed each time. */
  readonly seed: number | null;
  readonly uncertain: readonly ForeignUncertainty[];
}

/** Vensim's own default number of runs and seed. */
const DEFAULT_DRAWS = 200;
const DEFAULT_SEED = 1234;

/** What the file says, or null where something in it cannot be followed: then it stands in `diagnostics`. */
export function readSensitivity(file: SourceFile, diagnostics: DiagnosticList): Sensitivity | null {
  const errors = diagnostics.errorCount;
  const [first, ...rest] = linesAndEntries(file);
  const header = recover(diagnostics, () => readHeader(file, first ?? { path: file.path, start: 0, end: 0 }));
  const uncertain = rest.flatMap((span) => recover(diagnostics, () => [readUncertain(file, span)]) ?? []);
  return header && diagnostics.errorCount === errors ? { ...header, uncertain } : null;
}

/** The header is one line, whatever it ends with; entries may go on over lines. */
function linesAndEntries(file: SourceFile): Span[] {
  const start = file.text.search(/\S/);
  if (start < 0) return [];
  const newline = file.text.indexOf("\n", start);
  const end = newline < 0 ? file.text.length : newline;
  return [{ path: file.path, start, end }, ...entrySpans(file, end + 1)];
}

function readHeader({ text }: SourceFile, span: Span): Omit<Sensitivity, "uncertain"> {
  const [draws = "", method = "", seed = ""] = text
    .slice(span.start, span.end)
    .split(",")
    .map((field) => field.trim());
  if (
    span.start === span.end ||
    !/^\d{0,9}$/.test(draws) ||
    !/^-?\d{0,10}$/.test(seed) ||
    !/^[A-Za-z]?$/.test(method)
  ) {
    throw fault("vsc-syntax", span, { problem: "header", text: "" });
  }
  const design = { "": "monte-carlo", M: "monte-carlo", L: "latin-hypercube" }[method.toUpperCase()];
  if (design !== "monte-carlo" && design !== "latin-hypercube") {
    throw fault("vsc-syntax", span, { problem: "method", text: method });
  }
  const number = seed === "" ? DEFAULT_SEED : Number(seed);
  return { draws: Number(draws) || DEFAULT_DRAWS, design, seed: number > 0 ? number : null };
}

function readUncertain(file: SourceFile, span: Span): ForeignUncertainty {
  const definition = parseDefinition(new TokenStream(entryTokens(file.text, span)));
  const body = definition.kind === "equation" ? definition.equation.body : null;
  if (definition.kind !== "equation" || body?.kind !== "expression" || body.expression.kind !== "call") {
    throw fault("vsc-syntax", span, { problem: "not-a-distribution", text: "" });
  }
  const { name, subscripts } = definition.equation;
  return { name, subscripts, ...distributionOf(body.expression), span: body.expression.span };
}

type Call = Extract<ForeignExpression, { kind: "call" }>;

/**
 * A distribution of the sensitivity file in the words of our own language. All of Vensim's are cut off at their first two arguments;
 * where that takes nothing away they are the same.
 */
function distributionOf(call: Call): Pick<ForeignUncertainty, "family" | "parameters"> {
  const wrong = (problem: "unknown-distribution" | "truncated" | "arguments") =>
    fault("vsc-syntax", call.span, { problem, text: call.name.text });
  const numbers = call.arguments.map(constantValue).filter((value) => value !== null);
  const given = (count: number): readonly number[] => {
    if (call.arguments.length !== count || numbers.length !== count || !(numbers[0]! < numbers[1]!))
      throw wrong("arguments");
    return numbers;
  };
  const within = (low: number, high: number): void => {
    if (low < numbers[0]! || high > numbers[1]!) throw wrong("truncated");
  };
  switch (call.name.key) {
    case "random_uniform":
      return { family: "uniform", parameters: given(2) };
    case "random_normal": {
      const [low, high, mean, deviation] = given(4);
      return { family: "normal", parameters: [mean!, deviation!, low!, high!] };
    }
    case "random_triangular": {
      const [, , start, peak, stop] = given(5);
      within(start!, stop!);
      return { family: "triangular", parameters: [start!, peak!, stop!] };
    }
    case "random_beta": {
      const [, , alpha, beta, shift, stretch] = given(6);
      within(shift!, shift! + stretch!);
      return { family: "beta", parameters: [alpha!, beta!, shift!, shift! + stretch!] };
    }
    default:
      throw wrong("unknown-distribution");
  }
}
