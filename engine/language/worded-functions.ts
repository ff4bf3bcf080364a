/** Functions of other tools whose names are several words, so that they are met as one name and not as a missing sign. */

const NAMES = [
  "if then else",
  "delay fixed",
  "delay information",
  "delay material",
  "delay n",
  "elm count",
  "get time value",
  "lookup backward",
  "lookup extrapolate",
  "lookup forward",
  "lookup invert",
  "pulse train",
  "random normal",
  "random uniform",
  "sample if true",
  "sample until",
  "smooth n",
  "vector rank",
  "vector select",
  "vector sort order",
  "with lookup",
];

const PATTERN = new RegExp(
  `(?<![\\p{L}\\p{Nd}_])(?:${NAMES.map((n) => n.replaceAll(" ", "\\s+")).join("|")})(?=\\s*\\()`,
  "giu",
);

/** The text with `_` for the blanks inside such a name; its length stays. */
export function joinWords(text: string): string {
  return text.replace(PATTERN, (name) => name.replace(/\s/g, "_"));
}
