/** Places of expressions with their brackets. */
import type { Span } from "../../diagnostics/source.ts";

/**
 * The span of an expression, widened by the brackets that belong to it: the syntax tree knows the places of names and
 * numbers, so that `exp(a * (b - c))` ends at `c` there.
 */
export function balancedSpan(span: Span, source: string): Span {
  let { start, end } = span;
  let missing = 0;
  let surplus = 0;
  for (const character of source.slice(start, end)) {
    if (character === "(" || character === "[") missing++;
    else if (character === ")" || character === "]") {
      if (missing > 0) missing--;
      else surplus++;
    }
  }
  for (let at = end; missing > 0 && /[\s)\]]/.test(source[at] ?? ""); at++) {
    if (/[)\]]/.test(source[at]!)) {
      missing--;
      end = at + 1;
    }
  }
  for (let at = start - 1; surplus > 0 && /[\s([]/.test(source[at] ?? ""); at--) {
    if (/[([]/.test(source[at]!)) {
      surplus--;
      start = at;
    }
  }
  return { path: span.path, start, end };
}
