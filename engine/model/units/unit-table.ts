/** The units that a model may use: the known ones and those that it declares. */
import { nearestNames } from "../../diagnostics/nearest.ts";
import type { Title } from "../../ensemble/catalog.ts";
import { KNOWN_UNITS, type KnownUnit } from "./known-units.ts";
import { type ParsedUnit, parseUnit } from "./parse-unit.ts";
import { type Atom, dimensionOf, scaleOf, type Unit, unitOfAtom } from "./unit.ts";

interface Entry {
  readonly id: string;
  readonly dimension: Atom["dimension"];
  readonly scale: number;
  readonly title: Title;
  readonly isMoney: boolean;
}

const KNOWN: ReadonlyMap<string, KnownUnit> = new Map(KNOWN_UNITS.flatMap((u) => u.names.map((n) => [n, u] as const)));

/** The known unit of a spelling. */
export const knownUnit = (name: string): KnownUnit | undefined => KNOWN.get(name);

export class UnitTable {
  readonly #entries = new Map<string, Entry>();
  readonly #parsed = new Map<string, ParsedUnit>();

  constructor() {
    for (const known of KNOWN_UNITS) {
      const { scale, title, isMoney } = known;
      const entry = { id: known.names[0]!, dimension: new Map(Object.entries(known.dimension)), scale, title, isMoney };
      for (const name of known.names) this.#entries.set(name, entry);
    }
  }

  /**
   * Adds a unit of the model's own: `times` of `of`, or a new thing that is counted. A known unit that counts things is
   * replaced with all its spellings.
   */
  declare(name: string, title: Title | null, of: Unit | null, times: number): void {
    const known = KNOWN.get(name);
    const dimension = of ? dimensionOf(of) : new Map([[name, 1]]);
    const scale = of ? scaleOf(of) * times : 1;
    const isMoney =
      of !== null && [...of.powers.values()].every(({ atom }) => this.#isMoney(atom)) && of.powers.size === 1;
    const entry = { id: name, dimension, scale, title: title ?? known?.title ?? { en: name, zh: name }, isMoney };
    for (const spelling of known?.names ?? [name]) this.#entries.set(spelling, entry);
    this.#parsed.clear();
  }

  /** Gives a known unit another title. */
  retitle(name: string, title: Title): void {
    const entry = this.#entries.get(name);
    for (const spelling of KNOWN.get(name)?.names ?? []) if (entry) this.#entries.set(spelling, { ...entry, title });
  }

  /** Reads the text of a unit. */
  parse(text: string): ParsedUnit {
    let parsed = this.#parsed.get(text);
    if (!parsed) {
      const atom = this.#atom(text);
      parsed = atom
        ? { unit: unitOfAtom(atom), problem: null }
        : parseUnit(
            text,
            (name) => this.#atom(name),
            (atom, basis) => this.#priced(atom, basis),
          );
      this.#parsed.set(text, parsed);
    }
    return parsed;
  }

  /** Title of one name in a unit; null where it is no unit. */
  titleOf(name: string): Title | null {
    return this.#entries.get(name)?.title ?? null;
  }

  /** Up to four units near to a misspelt name. */
  near(name: string): string[] {
    return nearestNames(name, this.#entries.keys());
  }

  #atom(name: string): Atom | null {
    const entry = this.#entries.get(name);
    return entry ? { id: entry.id, name, dimension: entry.dimension, scale: entry.scale } : null;
  }

  #isMoney(atom: Atom): boolean {
    return this.#entries.get(atom.name)?.isMoney ?? false;
  }

  /** Money at constant prices is a quantity of its own: a price index leads from one to the other. */
  #priced(atom: Atom, basis: string): Atom | null {
    if (!this.#isMoney(atom)) return null;
    const dimension = new Map([...atom.dimension].map(([base, power]) => [`${base}@${basis}`, power]));
    return { id: `${atom.id}@${basis}`, name: `${atom.name}@${basis}`, dimension, scale: atom.scale };
  }
}
