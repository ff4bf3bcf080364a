/**
 * The unit rule of a function, as the table of functions writes it: `a, time, a -> a`.
 *
 * One pattern for each argument, the last one repeated where it ends in `…`, then the pattern of the result. A pattern is
 * `any` (whatever unit), `dimension` (the name of a dimension or group), or a product of `1`, `time` (the model's time unit;
 * a bare number will do) and the letters `a` and `b`, whose units the first argument that is such a letter alone decides.
 */
export type UnitLetter = "a" | "b" | "time";

/** Powers of letters; empty for `1`. */
export type UnitProduct = readonly { readonly letter: UnitLetter; readonly power: number }[];

export type UnitPattern = "any" | "dimension" | UnitProduct;

export interface UnitRule {
  readonly arguments: readonly UnitPattern[];
  readonly repeatsLast: boolean;
  readonly result: UnitProduct;
}

const RULES = new Map<string, UnitRule>();

/** Reads the text of a rule; throws where it is not one, which a test of the table shows. */
export function unitRule(text: string): UnitRule {
  let rule = RULES.get(text);
  if (!rule) {
    const [from = "", to = "", ...more] = text.split("->").map((part) => part.trim());
    const repeatsLast = from.endsWith("…");
    const patterns = from.replace(/…$/, "").split(",").map(pattern);
    const result = pattern(to);
    if (typeof result === "string" || more.length > 0) throw new RangeError(`not a unit rule: ${text}`);
    rule = { arguments: patterns, repeatsLast, result };
    RULES.set(text, rule);
  }
  return rule;
}

/** The pattern of the argument at a position from 0. */
export function patternAt(rule: UnitRule, position: number): UnitPattern {
  const last = rule.arguments.length - 1;
  return rule.arguments[rule.repeatsLast ? Math.min(position, last) : position] ?? "any";
}

function pattern(text: string): UnitPattern {
  const word = text.trim();
  if (word === "any" || word === "dimension") return word;
  const product: { letter: UnitLetter; power: number }[] = [];
  for (const [, sign, name, power] of word.matchAll(/([*/]?)\s*(1|time|a|b)(?:\^([\d.]+))?\s*/gy)) {
    if (name !== "1") {
      product.push({ letter: name as UnitLetter, power: (sign === "/" ? -1 : 1) * Number(power ?? 1) });
    }
  }
  if (word.replaceAll(/([*/]?)\s*(1|time|a|b)(?:\^([\d.]+))?\s*/g, "") !== "" || word === "") {
    throw new RangeError(`not a unit pattern: ${text}`);
  }
  return product;
}
