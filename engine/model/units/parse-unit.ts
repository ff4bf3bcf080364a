/**
 * The grammar of units.
 *
 * ```
 *   unit     = power { ("*" | "·") power } { ("/" | "per") power }
 *   power    = part [ "^" whole number | "²" | "³" ]
 *   part     = "1" | name [ "@" price basis ] | "(" unit ")"
 * ```
 *
 * After a stroke no further product may follow without brackets: `元/人·年` is read in two ways, and the SI brochure (5.4.3)
 * forbids it; `元/人/年` and `元/(人·年)` are clear. A name that ends in 2 or 3 is a power where the name without the digit
 * is a unit: `km2`.
 */
import type { UnitSyntaxReason } from "../../diagnostics/diagnostic.ts";
import { type Atom, divideUnits, multiplyUnits, ONE, powerOfUnit, type Unit, unitOfAtom } from "./unit.ts";

/** What is wrong with the text of a unit, and where in it. */
export type UnitProblem = { readonly start: number; readonly end: number } & (
  | { readonly kind: "unknown"; readonly name: string }
  | { readonly kind: "syntax"; readonly reason: UnitSyntaxReason; readonly at: string }
);

/** The atom of a name, or null where the name is no unit. */
export type FindAtom = (name: string) => Atom | null;
/** The atom at the prices of a year (or another basis), or null where the atom is not money. */
export type FindPriced = (atom: Atom, basis: string) => Atom | null;

export type ParsedUnit =
  | { readonly unit: Unit; readonly problem: null }
  | { readonly unit: null; readonly problem: UnitProblem };

const MAX_LENGTH = 200;
const MAX_POWER = 12;
const TOKEN = /\s+|[%‰℃℉]|[\p{L}_°][\p{L}\p{Nd}_]*|\d+(?:\.\d+)?|[*·×⋅/÷^@()²³-]|./gsu;

interface Token {
  readonly text: string;
  readonly start: number;
}

class Refused extends Error {
  readonly problem: UnitProblem;
  constructor(problem: UnitProblem) {
    super(problem.kind);
    this.problem = problem;
  }
}

/** Reads the text of a unit. */
export function parseUnit(text: string, findAtom: FindAtom, findPriced: FindPriced): ParsedUnit {
  try {
    return { unit: new UnitParser(text, findAtom, findPriced).read(), problem: null };
  } catch (error) {
    if (error instanceof Refused) return { unit: null, problem: error.problem };
    throw error;
  }
}

const SIGNS: Readonly<Record<string, string>> = { "·": "*", "×": "*", "⋅": "*", "÷": "/", per: "/" };

class UnitParser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #findAtom: FindAtom;
  readonly #findPriced: FindPriced;
  #at = 0;

  constructor(text: string, findAtom: FindAtom, findPriced: FindPriced) {
    this.#text = text;
    this.#findAtom = findAtom;
    this.#findPriced = findPriced;
    if (text.length > MAX_LENGTH) throw this.#refused("too-long", { text, start: 0 });
    this.#tokens = [...text.matchAll(TOKEN)]
      .map((match) => ({ text: match[0], start: match.index }))
      .filter((token) => token.text.trim() !== "");
  }

  read(): Unit {
    if (this.#tokens.length === 0) throw this.#refused("empty", { text: "", start: 0 });
    const unit = this.#unit();
    const rest = this.#tokens[this.#at];
    if (rest) throw this.#refused(rest.text === ")" ? "bracket" : "two-names", rest);
    return unit;
  }

  /** The sign of the next token, with its other spellings; empty at the end. */
  #sign(): string {
    const text = this.#tokens[this.#at]?.text ?? "";
    return SIGNS[text] ?? text;
  }

  #unit(): Unit {
    let unit = this.#power();
    let stroke = false;
    for (let sign = this.#sign(); sign === "*" || sign === "/"; sign = this.#sign()) {
      if (sign === "*" && stroke) throw this.#refused("product-after-stroke", this.#tokens[this.#at]!);
      stroke ||= sign === "/";
      this.#at++;
      const part = this.#power();
      unit = sign === "*" ? multiplyUnits(unit, part) : divideUnits(unit, part);
    }
    return unit;
  }

  #power(): Unit {
    const part = this.#part();
    const sign = this.#sign();
    if (sign !== "^" && sign !== "²" && sign !== "³") return part;
    const start = this.#tokens[this.#at++]!;
    if (sign !== "^") return powerOfUnit(part, sign === "²" ? 2 : 3);
    const negative = this.#sign() === "-";
    if (negative) this.#at++;
    const token = this.#tokens[this.#at++] ?? start;
    const exponent = Number(token.text);
    if (!Number.isInteger(exponent) || exponent < 1 || exponent > MAX_POWER) throw this.#refused("power", token);
    const unit = powerOfUnit(part, negative ? -exponent : exponent);
    if ([...unit.powers.values()].some(({ power }) => Math.abs(power) > MAX_POWER)) throw this.#refused("power", token);
    return unit;
  }

  #part(): Unit {
    const token = this.#tokens[this.#at++];
    if (!token) throw this.#refused("unfinished", { text: "", start: this.#text.length });
    if (token.text === "1") return ONE;
    if (token.text === "(") {
      const unit = this.#unit();
      if (this.#sign() !== ")") throw this.#refused("bracket", token);
      this.#at++;
      return unit;
    }
    if (/^\d/.test(token.text)) throw this.#refused("number", token);
    if (!/^[\p{L}_°%‰℃℉]/u.test(token.text)) {
      throw this.#refused(/^[*·×⋅/÷^@()²³-]$/u.test(token.text) ? "unfinished" : "character", token);
    }
    return this.#named(token);
  }

  #named(token: Token): Unit {
    const atom = this.#findAtom(token.text);
    if (atom) return unitOfAtom(this.#priced(atom, token));
    const power = /^(.*[^\d])([23])$/su.exec(token.text);
    const base = power && this.#findAtom(power[1]!);
    if (base) return powerOfUnit(unitOfAtom(base), Number(power[2]));
    throw new Refused({
      kind: "unknown",
      name: token.text,
      start: token.start,
      end: token.start + token.text.length,
    });
  }

  #priced(atom: Atom, token: Token): Atom {
    if (this.#sign() !== "@") return atom;
    const sign = this.#tokens[this.#at++]!;
    const basis = this.#tokens[this.#at++];
    if (!basis || !/^[\p{L}\d][\p{L}\d_]*$/u.test(basis.text)) throw this.#refused("price-basis", basis ?? sign);
    const priced = this.#findPriced(atom, basis.text);
    if (!priced) throw this.#refused("price-basis", token);
    return priced;
  }

  #refused(reason: UnitSyntaxReason, at: Token): Refused {
    return new Refused({ kind: "syntax", reason, at: at.text, start: at.start, end: at.start + at.text.length });
  }
}
