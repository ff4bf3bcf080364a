/**
 * What can be judged from the tokens of an equation before it is parsed: signs that the language does not have, brackets,
 * and whether operands and operators alternate. So the parser meets no syntax that it cannot read.
 */
import type { DiagnosticList, EquationFault, Remedy } from "../diagnostics/diagnostic.ts";
import type { Span } from "../diagnostics/source.ts";
import type { Token } from "./equation-tokens.ts";

export const MAX_DEPTH = 200;

/** The place in the file of a range of the equation. */
export type Place = (start: number, end: number) => Span;

/** Tokens from other languages, and what to write instead. */
const FOREIGN: Readonly<Record<string, Remedy>> = {
  "=": "use-equals",
  "**": "use-power",
  "&&": "use-and",
  "&": "use-and",
  "||": "use-or",
  "|": "use-or",
  "!": "use-not",
  "<>": "use-not-equal",
  "?": "use-if",
  ":": "no-range",
  ";": "one-equation",
  "{": "no-matrix",
  "}": "no-matrix",
  ".": "no-property",
  "%": "use-share",
  "#": "no-comment",
  "×": "use-times",
  "·": "use-times",
  "÷": "use-divide",
  "=>": "none",
  "=<": "none",
  "===": "none",
  "!==": "none",
  "@": "none",
  "~": "none",
  "\\": "none",
  to: "none",
  in: "none",
  xor: "none",
};
const FULL_WIDTH = /[，（）＋－＊／＝＜＞【】［］：；。、]/u;
const CLOSERS: Readonly<Record<string, string>> = { "(": ")", "[": "]" };
const PREFIXES: ReadonlySet<string> = new Set(["+", "-", "not"]);

interface Open {
  readonly token: Token;
  /** Commas separate arguments of a call and subscripts, nothing else. */
  readonly list: boolean;
}

/**
 * Checks the tokens; returns whether the equation can be parsed. A missing operator is reported for every place; after
 * any other error the rest cannot be judged.
 */
export function checkTokens(tokens: readonly Token[], place: Place, diagnostics: DiagnosticList): boolean {
  const fault = (problem: EquationFault, token: Token, text = token.text): false => {
    diagnostics.add("equation-syntax", place(token.start, token.end), { problem, text });
    return false;
  };
  const open: Open[] = [];
  let good = true;
  /** True where a name, a number or a bracket must follow. */
  let operand = true;
  let previous: Token | undefined;
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (!checkSign(token, place, diagnostics)) return false;
    const isValue = token.kind === "name" || token.kind === "number" || token.kind === "text";
    if (token.kind === "number" && !Number.isFinite(Number(token.text))) {
      diagnostics.add("number-too-large", place(token.start, token.end), { text: token.text });
      good = false;
    }
    if (isValue) {
      if (!operand) good = reportProduct(previous!, token, place, diagnostics);
      operand = false;
    } else if (token.text === "(" || token.text === "[") {
      const list = !operand && (previous!.kind === "name" || (token.text === "(" && previous!.text === "]"));
      if (!operand && !list && token.text === "(") good = reportProduct(previous!, token, place, diagnostics);
      if (operand && token.text === "[") {
        diagnostics.add("construct-refused", place(token.start, token.end), { construct: "[ ]", instead: "no-matrix" });
        return false;
      }
      open.push({ token, list });
      if (open.length > MAX_DEPTH) {
        diagnostics.add("equation-too-deep", place(token.start, token.end), { limit: MAX_DEPTH });
        return false;
      }
      operand = true;
    } else if (token.text === ")" || token.text === "]") {
      const last = open.pop();
      if (!last) return fault("extra-close", token);
      const closer = CLOSERS[last.token.text]!;
      if (closer !== token.text) return fault("missing-close", last.token, closer);
      if (operand && !(last.list && previous === last.token)) return fault("missing-value", token);
      operand = false;
    } else if (token.text === ",") {
      if (!open.at(-1)?.list) return fault("comma-outside", token);
      if (operand) return fault("missing-value", token);
      operand = true;
    } else if (operand) {
      if (!PREFIXES.has(token.text)) return fault("missing-value", token);
    } else if (token.text === "not") {
      good = reportProduct(previous!, token, place, diagnostics);
      operand = true;
    } else operand = true;
    previous = token;
  }
  const unclosed = open.at(-1);
  if (unclosed) return fault("missing-close", unclosed.token, CLOSERS[unclosed.token.text]);
  if (operand) return fault("unfinished", tokens.at(-1)!);
  return good;
}

/** Refuses a sign that the language does not have. */
function checkSign(token: Token, place: Place, diagnostics: DiagnosticList): boolean {
  if (token.kind === "text" || token.kind === "name" || token.kind === "number") return true;
  const remedy = Object.hasOwn(FOREIGN, token.text)
    ? FOREIGN[token.text]
    : token.kind !== "other"
      ? undefined
      : FULL_WIDTH.test(token.text)
        ? "use-half-width"
        : "none";
  const isQuote = token.text === '"' || token.text === "'";
  if (remedy === undefined && !isQuote) return true;
  const at = place(token.start, token.end);
  if (isQuote) diagnostics.add("equation-syntax", at, { problem: "open-quote", text: token.text });
  else diagnostics.add("construct-refused", at, { construct: token.text, instead: remedy ?? "none" });
  return false;
}

function reportProduct(left: Token, right: Token, place: Place, diagnostics: DiagnosticList): false {
  const joined = left.kind === "name" && right.kind === "name" ? `${left.text}_${right.text}` : null;
  const data = { left: left.text, right: right.text, joined, declared: null };
  diagnostics.add("implicit-product", place(left.start, right.end), data);
  return false;
}
