/**
 * Units of a foreign file in the grammar of ours, for a check that is asked for. Each name becomes a unit of the model's own, so that nothing
 * is known of it but its other names in the file; texts that are no units count as none.
 */
import type { Span } from "../../diagnostics/source.ts";
import type { ModelDocument, UnitDocument, Word } from "../document.ts";
import type { ForeignModel } from "./foreign-model.ts";
import { Identifiers } from "./identifiers.ts";

/** What both tools write for a plain number, as keys (see `keyOf`). */
const PLAIN: ReadonlySet<string> = new Set(["", "1", "dmnl", "dimensionles", "unitles", "fraction", "none"]);
const MAX_POWER = 12;

/** Exponents by the key of a name. */
type Powers = ReadonlyMap<string, number>;

/** A document whose units are in our grammar and declared. */
export function withReadableUnits(document: ModelDocument, model: ForeignModel): ModelDocument {
  const units = new UnitWriter(model);
  const { header } = document;
  const time = units.write(header.timeUnit) ?? "1";
  const variables = document.variables.map((variable) => {
    const { unit } = variable.labels;
    const text = unit && units.write(unit.text);
    return { ...variable, labels: { ...variable.labels, unit: unit && text !== null ? { ...unit, text } : null } };
  });
  return {
    ...document,
    header: { ...header, timeUnit: time },
    units: units.declared(header.timeSpan),
    variables: variables as ModelDocument["variables"],
  };
}

/** Case, kinds of blanks and the plural make no difference. */
const keyOf = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, " ")
    .replace(/(?<=\p{L}{2})s$/u, "");

class UnitWriter {
  readonly #first = new Map<string, string>();
  readonly #names = new Map<string, string>();
  readonly #identifiers = new Identifiers(() => false);

  constructor({ units }: ForeignModel) {
    for (const { names } of units) for (const name of names) this.#first.set(keyOf(name), keyOf(names[0]!));
  }

  /** A unit in our grammar; null where the text is none. */
  write(text: string): string | null {
    const powers = readPowers(text, (name) => this.#base(name));
    if (!powers) return null;
    const part = ([key, power]: readonly [string, number]) =>
      `${this.#name(key)}${Math.abs(power) === 1 ? "" : `^${Math.abs(power)}`}`;
    const above = [...powers].filter(([, p]) => p > 0).map(part);
    const below = [...powers].filter(([, p]) => p < 0).map(part);
    const top = above.length > 0 ? above.join("*") : "1";
    return below.length > 0 ? `${top}/(${below.join("*")})` : top;
  }

  declared(span: Span): UnitDocument[] {
    const word = (text: string): Word => ({ text, span });
    return [...this.#names].map(([key, name]) => ({
      name: word(name),
      title: { en: key, zh: key },
      of: null,
      times: 1,
      timesSpan: span,
    }));
  }

  #base(name: string): string | null {
    const key = keyOf(name);
    const first = this.#first.get(key) ?? key;
    return PLAIN.has(key) || PLAIN.has(first) ? null : first;
  }

  #name(key: string): string {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    // A prefix keeps it apart from the units that the language knows.
    const name = this.#identifiers.take(`its ${key}`);
    this.#names.set(key, name);
    return name;
  }
}

/** `a*b/c`, from left to right, with brackets and whole powers; null where the text is nothing like it. */
export function readPowers(text: string, baseOf: (name: string) => string | null): Powers | null {
  const tokens = text.match(/[*/^()]|[^*/^()]+/g)?.map((t) => t.trim()) ?? [];
  const rest = tokens.filter((t) => t !== "");
  const product = (): Map<string, number> | null => {
    const all = part();
    while (all && (rest[0] === "*" || rest[0] === "/")) {
      const sign = rest.shift() === "/" ? -1 : 1;
      const next = part();
      if (!next) return null;
      for (const [key, power] of next) add(all, key, sign * power);
    }
    return all;
  };
  const part = (): Map<string, number> | null => {
    const token = rest.shift();
    let own: Map<string, number> | null;
    if (token === "(") {
      own = product();
      if (rest.shift() !== ")") return null;
    } else if (token === undefined || /^[*/^)]$/.test(token)) return null;
    else {
      const base = baseOf(token);
      own = new Map(base === null ? [] : [[base, 1]]);
    }
    if (rest[0] !== "^" || !own) return own;
    rest.shift();
    const power = Number(rest.shift());
    if (!Number.isInteger(power) || Math.abs(power) > MAX_POWER) return null;
    return new Map([...own].map(([key, p]) => [key, p * power]));
  };
  const add = (powers: Map<string, number>, key: string, power: number): void => {
    const sum = (powers.get(key) ?? 0) + power;
    if (sum === 0) powers.delete(key);
    else powers.set(key, sum);
  };
  if (rest.length === 0) return null;
  const found = product();
  return rest.length === 0 ? found : null;
}
