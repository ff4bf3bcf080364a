/**
 * Cuts an equation into tokens, to find places (mathjs nodes carry none) and to refuse early what mathjs would read
 * in a way the author did not mean.
 */
export interface Token {
  readonly kind: "name" | "number" | "text" | "operator" | "other";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Words that mathjs reads as operators, never as names. */
export const OPERATOR_WORDS: ReadonlySet<string> = new Set(["and", "or", "not", "mod", "xor", "to", "in"]);

const PATTERN =
  /(?<space>\s+)|(?<name>[\p{L}_][\p{L}\p{Nd}_]*)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<text>"[^"]*"|'[^']*')|(?<operator>===|!==|=>|=<|\*\*|&&|\|\||==|!=|<=|>=|<>|[-+*/^<>=!?:;,()[\]{}.%#'@&|~\\])|(?<other>.)/gsu;

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(PATTERN)) {
    const groups = match.groups!;
    if (groups.space !== undefined) continue;
    const kind: Token["kind"] =
      groups.name !== undefined
        ? OPERATOR_WORDS.has(match[0])
          ? "operator"
          : "name"
        : groups.number !== undefined
          ? "number"
          : groups.text !== undefined
            ? "text"
            : groups.operator !== undefined
              ? "operator"
              : "other";
    tokens.push({ kind, text: match[0], start: match.index, end: match.index + match[0].length });
  }
  return tokens;
}
