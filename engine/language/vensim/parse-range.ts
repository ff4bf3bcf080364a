/**
 * Subscript ranges: `Dim: A1, (B1-B9), Other -> DimX, (DimY: Y1, SubY)` and `DimB <-> DimA` (Vensim reference manual, "Subscript
 * control", "Mapping of subscript ranges").
 */
import { joinSpans } from "../../diagnostics/source.ts";
import { foreignKey } from "../foreign/foreign-key.ts";
import type { ForeignDimension, ForeignName } from "../foreign/foreign-model.ts";
import { parseExpression } from "./parse-expression.ts";
import type { VensimRange } from "./syntax.ts";
import type { TokenStream } from "./token-stream.ts";
import { fault, syntaxFault } from "./vensim-fault.ts";
import { MAX_ELEMENTS } from "./vensim-limits.ts";

/** What stands behind the name of a range: its `:` or `<->` is the next token. */
export function parseRange(name: ForeignName, tokens: TokenStream): VensimRange {
  if (tokens.accept("<->")) {
    const copyOf = tokens.name();
    tokens.expectEnd();
    const span = joinSpans(name.span, copyOf.span);
    return { name, members: [], copyOf, mappings: [], external: null, span };
  }
  tokens.expect(":");
  const external = tokens.isSign("(", 1) && tokens.peek().kind === "name" ? parseExpression(tokens) : null;
  const members = external ? [] : parseMembers(tokens);
  // `D: a, b <-> E` is a mapping in both directions, which one mapping stands for.
  const mappings = tokens.accept("->") || tokens.accept("<->") ? parseMappings(tokens) : [];
  tokens.expectEnd();
  return { name, members, copyOf: null, mappings, external, span: joinSpans(name.span, tokens.lastSpan) };
}

function parseMembers(tokens: TokenStream): ForeignName[] {
  const members: ForeignName[] = [];
  do {
    if (tokens.isSign("(")) members.push(...numberedMembers(tokens));
    else members.push(tokens.element());
    if (members.length > MAX_ELEMENTS) {
      throw fault("foreign-limit", tokens.lastSpan, { what: "elements", limit: MAX_ELEMENTS });
    }
  } while (tokens.accept(","));
  return members;
}

/** `(A1-A9)`: the same name with every number from the first to the last; `(A01-A12)` keeps the leading zero. */
function numberedMembers(tokens: TokenStream): ForeignName[] {
  const open = tokens.expect("(");
  const first = tokens.element();
  tokens.expect("-", open.span);
  const last = tokens.element();
  const close = tokens.expect(")", open.span);
  const span = joinSpans(open.span, close.span);
  const from = /^(.*?)(\d+)$/su.exec(first.text);
  const to = /^(.*?)(\d+)$/su.exec(last.text);
  if (!from || !to || foreignKey(`${from[1]}0`) !== foreignKey(`${to[1]}0`)) {
    throw syntaxFault("numbered-range", span, first.text, last.text);
  }
  const low = Number(from[2]);
  const high = Number(to[2]);
  if (!(low <= high)) throw syntaxFault("numbered-range", span, first.text, last.text);
  if (high - low >= MAX_ELEMENTS) throw fault("foreign-limit", span, { what: "elements", limit: MAX_ELEMENTS });
  const width = from[2]!.startsWith("0") ? from[2]!.length : 0;
  return Array.from({ length: high - low + 1 }, (_, i) => {
    const text = `${from[1]}${String(low + i).padStart(width, "0")}`;
    return { text, key: foreignKey(text), span };
  });
}

function parseMappings(tokens: TokenStream): ForeignDimension["mappings"][number][] {
  const mappings: ForeignDimension["mappings"][number][] = [];
  do {
    if (!tokens.isSign("(")) {
      const to = tokens.name();
      mappings.push({ to, members: null, span: to.span });
      continue;
    }
    const open = tokens.take();
    const to = tokens.name();
    tokens.expect(":", open.span);
    const members = parseMembers(tokens);
    const close = tokens.expect(")", open.span);
    mappings.push({ to, members, span: joinSpans(open.span, close.span) });
  } while (tokens.accept(","));
  return mappings;
}
