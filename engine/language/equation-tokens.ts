/** Cuts an equation into tokens. */
export interface Token {
  readonly kind: "name" | "number" | "text" | "operator" | "other";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Words that are operators, never names; the last three are refused. */
const OPERATOR_WORDS: ReadonlySet<string> = new Set(["and", "or", "not", "mod", "xor", "to", "in"]);

const NAME = /[\p{L}_][\p{L}\p{Nd}_]*/uy;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const TEXT = /"[^"]*"|'[^']*'/y;
const OPERATOR = /===|!==|=>|=<|\*\*|&&|\|\||==|!=|<=|>=|<>|[-+*/^<>=!?:;,()[\]{}.%#'@&|~\\]/y;
const BLANK = /\s/;

/** What an ASCII character can be part of. Others are left to the patterns, which cost more. */
const LETTER = 1;
const DIGIT = 2;
/** A sign that begins no longer one. */
const SIGN = 3;
const CLASSES = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[A-Za-z_]/.test(character)) return LETTER;
  return /\d/.test(character) ? DIGIT : "+-/^(),[]".includes(character) ? SIGN : 0;
});

/** The tokens of a text, in order; blanks between them are no tokens. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    if (text[at] === " " || BLANK.test(text[at]!)) {
      at++;
      continue;
    }
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function tokenAt(text: string, start: number): Token {
  if (CLASSES[text.charCodeAt(start)] === SIGN) return { kind: "operator", text: text[start]!, start, end: start + 1 };
  let end = nameEnd(text, start);
  if (end > start) {
    const word = text.slice(start, end);
    return { kind: OPERATOR_WORDS.has(word) ? "operator" : "name", text: word, start, end };
  }
  let kind: Token["kind"] = "number";
  end = endOf(NUMBER, text, start);
  if (end === start) {
    kind = "text";
    end = endOf(TEXT, text, start);
  }
  if (end === start) {
    kind = "operator";
    end = endOf(OPERATOR, text, start);
  }
  if (end === start) {
    kind = "other";
    end = start + String.fromCodePoint(text.codePointAt(start)!).length;
  }
  return { kind, text: text.slice(start, end), start, end };
}

/** Where the name that begins at a position ends; the position itself if none does. */
function nameEnd(text: string, start: number): number {
  let end = start;
  let code = text.charCodeAt(end);
  while (CLASSES[code] === LETTER || (CLASSES[code] === DIGIT && end > start)) code = text.charCodeAt(++end);
  return code < CLASSES.length || end === text.length ? end : endOf(NAME, text, start);
}

/** Where a match that begins at a position ends; the position itself if there is none. */
function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}
