/**
 * Units of Vensim and Stella in our language. There a unit is any text, and names of things may have blanks and capitals; here every name is
 * known or declared. Names that are ours in another spelling become ours, all others units of the model's own.
 */
import type { ModelDocument, UnitDocument, VariableDocument, Word } from "../language/document.ts";
import { knownUnit } from "../model/units/unit-table.ts";

/** Spellings of the vendors' lists of unit synonyms that ours lack; the empty unit is a plain number. */
const SPELLINGS: Readonly<Record<string, string>> = {
  "": "1",
  "1": "1",
  dmnl: "1",
  dimensionless: "1",
  unitless: "1",
  nil: "1",
  fraction: "1",
  fractions: "1",
  $: "dollar",
  "¥": "yuan",
  "€": "euro",
};

/** Powers of names. */
type Powers = Map<string, number>;

const NAME = /^[^*/^()]+/;

/** The document with units that our language reads; those of which it can make nothing are left as they are. */
export function withOwnUnits(document: ModelDocument): ModelDocument {
  const names = new UnitNames();
  const time = names.name(document.header.timeUnit);
  const variables = document.variables.map((variable): VariableDocument => {
    const labels = { ...variable.labels, unit: names.word(variable.labels.unit) };
    const settled: VariableDocument = { ...variable, labels };
    return settled.kind === "lookup" ? { ...settled, xUnit: names.word(settled.xUnit) } : settled;
  });
  const header = { ...document.header, timeUnit: time };
  return { ...document, header, variables, units: [...document.units, ...names.declared(document.header.name)] };
}

class UnitNames {
  /** Units of the model's own, and how the file spells them. */
  readonly #own = new Map<string, string>();

  word(unit: Word | null): Word | null {
    if (!unit) return null;
    const powers = parse(unit.text);
    return powers ? { ...unit, text: this.#print(powers) } : unit;
  }

  /** A name by itself. */
  name(text: string): string {
    const plain = text.trim().replace(/\s+/g, " ");
    const lower = plain.toLowerCase();
    if (Object.hasOwn(SPELLINGS, lower)) return SPELLINGS[lower]!;
    for (const spelling of [plain, lower, lower.replace(/s$/, "")]) if (knownUnit(spelling)) return spelling;
    const own = ownName(plain);
    const first = [...this.#own.keys()].find((name) => sameThing(name, own)) ?? own;
    if (!this.#own.has(first)) this.#own.set(first, plain);
    return first;
  }

  #print(powers: Powers): string {
    const above: string[] = [];
    const below: string[] = [];
    for (const [text, power] of powers) {
      const name = this.name(text);
      if (name === "1" || power === 0) continue;
      const size = Math.abs(power);
      (power > 0 ? above : below).push(size === 1 ? name : `${name}^${size}`);
    }
    const numerator = above.length === 0 ? "1" : above.join("*");
    if (below.length === 0) return numerator;
    return `${numerator}/${below.length === 1 ? below[0] : `(${below.join("*")})`}`;
  }

  declared({ span }: Word): UnitDocument[] {
    return [...this.#own].map(([text, spelling]) => ({
      name: { text, span },
      title: { en: spelling, zh: spelling },
      of: null,
      times: 1,
      timesSpan: span,
    }));
  }
}

/** An identifier; a digit at the end would be read as a power. */
function ownName(text: string): string {
  const word = text.replace(/[^\p{L}\p{Nd}]+/gu, "_").replace(/^_+|_+$/g, "");
  return `${/^\p{Nd}|^$/u.test(word) ? "unit_" : ""}${word}${/\p{Nd}$/u.test(word) ? "_unit" : ""}`;
}

/** One thing and many, in capitals or not: `Widget` and `widgets`. */
const sameThing = (a: string, b: string): boolean => singular(a) === singular(b);
const singular = (name: string): string => name.toLowerCase().replace(/s$/, "");

/** `a*b/(c*d)^2/e`, read from left to right; null where it is something else. */
function parse(text: string): Powers | null {
  let rest = text.trim();
  const powers: Powers = new Map();
  const add = (part: Powers, power: number) => {
    for (const [name, own] of part) powers.set(name, (powers.get(name) ?? 0) + own * power);
  };
  let sign = 1;
  for (;;) {
    const part = takePart(rest);
    if (!part) return null;
    add(part.powers, sign);
    rest = part.rest;
    if (rest === "") return powers;
    if (rest[0] !== "*" && rest[0] !== "/") return null;
    sign = rest[0] === "*" ? 1 : -1;
    rest = rest.slice(1).trim();
  }
}

function takePart(text: string): { powers: Powers; rest: string } | null {
  let powers: Powers | null;
  let rest: string;
  if (text.startsWith("(")) {
    const end = closing(text);
    powers = end < 0 ? null : parse(text.slice(1, end));
    rest = text.slice(end + 1).trim();
  } else {
    const name = NAME.exec(text)?.[0].trim() ?? "";
    const isNumber = name !== "" && Number.isFinite(Number(name));
    if (name === "" || (isNumber && Number(name) !== 1)) return null;
    powers = new Map([[name, 1]]);
    rest = text.slice(NAME.exec(text)![0].length).trim();
  }
  const power = /^\^\s*\(?\s*(-?\d{1,2})\s*\)?\s*/.exec(rest);
  if (!powers || !power) return powers && { powers, rest };
  const raised = new Map([...powers].map(([name, own]) => [name, own * Number(power[1])]));
  return { powers: raised, rest: rest.slice(power[0].length).trim() };
}

/** Place of the bracket that closes the one at the start; -1 where there is none. */
function closing(text: string): number {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "(") depth++;
    if (text[i] === ")" && --depth === 0) return i;
  }
  return -1;
}
