/**
 * Names of foreign files as identifiers of our language: letters, digits and `_`, not starting with a digit, unique after case
 * folding, and none that the language itself uses.
 */

/** Gives out identifiers, each once. */
export class Identifiers {
  readonly #taken = new Set<string>();
  readonly #isReserved: (name: string) => boolean;

  /** @param isReserved whether the language gives a name a meaning of its own */
  constructor(isReserved: (name: string) => boolean) {
    this.#isReserved = isReserved;
  }

  /** An identifier near to a text that no other text has. */
  take(text: string): string {
    const plain = plainName(text);
    const base = /^\p{Nd}/u.test(plain) ? `n_${plain}` : plain;
    return this.#free(base, (name) => this.#isReserved(name) || this.#taken.has(name.toLowerCase()));
  }

  isTaken(name: string): boolean {
    return this.#taken.has(name.toLowerCase());
  }

  #free(base: string, isTaken: (name: string) => boolean): string {
    let name = base;
    for (let i = 2; isTaken(name); i++) name = `${base}_${i}`;
    this.#taken.add(name.toLowerCase());
    return name;
  }
}

/** The names of a dimension's elements, which may also be numbers; unique within the dimension. */
export function elementNames(texts: readonly string[]): string[] {
  const taken = new Set<string>();
  return texts.map((text) => {
    const base = plainName(text);
    let name = base;
    for (let i = 2; taken.has(name); i++) name = `${base}_${i}`;
    taken.add(name);
    return name;
  });
}

/** Letters and digits of a text in small letters, with `_` for everything between them. */
function plainName(text: string): string {
  const plain = text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{Nd}]+/gu, "_")
    .replace(/^_+|_+$/g, "");
  return plain === "" ? "unnamed" : plain;
}
