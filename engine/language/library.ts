/**
 * Libraries that read what the readers of the engine leave to them: rare or broken YAML and CSV. They take longer to load than most models
 * to read, so whoever uses the engine says how they are had: `engine/index.ts` brings them along (`libraries-at-hand.ts`), the command line
 * loads each for the first file that needs it.
 */
import { InternalError } from "../diagnostics/diagnostic.ts";

class Library<T> {
  readonly #name: string;
  #load: (() => T) | null = null;
  #loaded: T | null = null;

  constructor(name: string) {
    this.#name = name;
  }

  /** Says how the library is had; `load` is called when the first file needs it. */
  provide(load: () => T): void {
    this.#load = load;
  }

  get(): T {
    if (this.#load === null) throw new InternalError(`nobody has said how the library ${this.#name} is had`);
    this.#loaded ??= this.#load();
    return this.#loaded;
  }
}

export type YamlLibrary = Pick<
  typeof import("yaml"),
  "isAlias" | "isMap" | "isScalar" | "isSeq" | "Lexer" | "LineCounter" | "parseDocument"
>;
export type CsvLibrary = Pick<typeof import("csv-parse/sync"), "CsvError" | "parse">;

export const YAML = new Library<YamlLibrary>("yaml");
export const CSV = new Library<CsvLibrary>("csv-parse");
