/**
 * A call that is written as plainly as its command is declared: the arguments, and options by their whole names, each with its value. Such a
 * call is read here, since loading yargs takes longer than checking a small model. Everything else is left to yargs (help, `--no-`, numbers in
 * rare notations, values in quotes or with a hyphen, whatever is wrong), which words all complaints; what is read here is what yargs reads
 * (a property test holds it to that).
 */
import type { CommandLine } from "./option-words.ts";

/** The values of a call by the names of its arguments and options, and the work that they are for. */
export interface PlainCall {
  readonly values: Readonly<Record<string, unknown>>;
  readonly run: () => Promise<void>;
}

type Work = (values: Readonly<Record<string, unknown>>) => Promise<void>;

/** The part of what yargs lets one declare that is understood here. */
interface Option {
  readonly type?: "string" | "number" | "boolean";
  readonly array?: boolean;
  readonly nargs?: number;
  readonly default?: unknown;
  readonly choices?: readonly string[];
  readonly coerce?: (value: unknown) => unknown;
  readonly demandOption?: boolean;
}
const UNDERSTOOD: ReadonlySet<string> = new Set([
  ...["type", "array", "nargs", "default", "choices", "coerce", "demandOption"],
  // They say something to the reader of the help, or hold for one command anyway.
  ...["describe", "global"],
]);

const OPTION = /^--([a-z][a-z-]*)(?:=([\s\S]*))?$/;
const NUMBER = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,10})?$/;

/**
 * Reads what stands behind the name of a command; null if yargs is to read it.
 *
 * @param declare adds the one command to a line
 */
export function plainCall(words: readonly string[], declare: (line: CommandLine) => CommandLine): PlainCall | null {
  const command = new Declaration();
  declare(command as unknown as CommandLine);
  const { work } = command;
  if (work === null) return null;
  const given = new WordReader(words, command).read();
  const values = given && settled(given, command);
  return values && { values, run: () => work(values) };
}

/** Takes the place of yargs where a command is declared, and keeps what is said. */
class Declaration {
  readonly options = new Map<string, Option>();
  /** Names of the arguments, in order; those from {@link needed} on may be left out. */
  arguments: readonly string[] = [];
  needed = 0;
  #work: Work | null = null;
  #hasCommand = false;

  command(usage: string, _description: string, declare: (line: this) => unknown, work?: Work): this {
    const names = usage.split(" ").slice(1);
    this.arguments = names.map((name) => name.slice(1, -1));
    this.needed = names.filter((name) => name.startsWith("<")).length;
    declare(this);
    // A command in a command, or an argument that takes several words.
    this.#work = this.#hasCommand || usage.includes("..") ? null : (work ?? null);
    this.#hasCommand = true;
    return this;
  }

  /** Null where something is declared that is not understood here. */
  get work(): Work | null {
    const keys = [...this.options.values()].flatMap((option) => Object.keys(option));
    return keys.every((key) => UNDERSTOOD.has(key)) ? this.#work : null;
  }

  option(name: string, option: Option): this {
    this.options.set(name, option);
    return this;
  }

  positional(name: string, argument: Option): this {
    return this.option(name, argument);
  }

  example(): this {
    return this;
  }

  demandCommand(): this {
    return this;
  }
}

/** Reads all words or nothing: each part says whether it could. */
class WordReader {
  readonly #words: readonly string[];
  readonly #command: Declaration;
  /** A text or number, true, or a list of texts for each name. */
  readonly #given = new Map<string, unknown>();
  /** Names of the arguments that are still to come. */
  readonly #places: string[];
  /** The word that is read next. */
  #at = 0;

  constructor(words: readonly string[], command: Declaration) {
    this.#words = words;
    this.#command = command;
    this.#places = [...command.arguments];
  }

  read(): ReadonlyMap<string, unknown> | null {
    while (this.#at < this.#words.length) {
      const word = this.#words[this.#at++]!;
      const option = OPTION.exec(word);
      if (!(option ? this.#option(option[1]!, option[2]) : this.#argument(word))) return null;
    }
    return this.#command.arguments.length - this.#places.length >= this.#command.needed ? this.#given : null;
  }

  #argument(word: string): boolean {
    const name = this.#places.shift();
    // yargs takes an argument that looks like a number for one.
    if (name === undefined || !isPlainText(word) || !Number.isNaN(Number(word))) return false;
    this.#given.set(name, word);
    return true;
  }

  #option(name: string, joined: string | undefined): boolean {
    const option = this.#command.arguments.includes(name) ? undefined : this.#command.options.get(name);
    if (option === undefined || (this.#given.has(name) && !option.array)) return false;
    if (option.type === "boolean") {
      this.#given.set(name, true);
      return joined === undefined && !/^(?:true|false)$/.test(this.#words[this.#at] ?? "");
    }
    const texts = [joined ?? this.#words[this.#at++] ?? "", ...(isLongList(option) ? this.#moreTexts() : [])];
    const values = texts.flatMap((text) => readValue(text, option) ?? []);
    const before = (this.#given.get(name) as unknown[] | undefined) ?? [];
    this.#given.set(name, option.array ? [...before, ...values] : values[0]);
    return values.length === texts.length;
  }

  /** The words up to the next option. */
  #moreTexts(): string[] {
    const from = this.#at;
    while (/^[^-]/.test(this.#words[this.#at] ?? "")) this.#at++;
    return this.#words.slice(from, this.#at);
  }
}

/** Whether a list takes all words that follow, since it does not say how many. */
const isLongList = ({ array, nargs }: Option): boolean => array === true && nargs === undefined;
const isPlainText = (word: string): boolean => word !== "" && !/^[-"'`]/.test(word);

function readValue(word: string, { type, array, nargs, choices }: Option): string | number | null {
  if (!isPlainText(word) || (nargs ?? 1) !== 1 || (array && type !== "string")) return null;
  if (type === "number") return NUMBER.test(word) ? Number(word) : null;
  if (choices) return choices.includes(word) && Number.isNaN(Number(word)) ? word : null;
  return type === "string" ? word : null;
}

/** The values of all names, with those that are not given; null if one is missing or wrong. */
function settled(given: ReadonlyMap<string, unknown>, command: Declaration): Record<string, unknown> | null {
  const values: Record<string, unknown> = {};
  for (const [name, option] of command.options) {
    const value = given.get(name) ?? option.default;
    const isOptional = command.arguments.indexOf(name) >= command.needed;
    if (value === undefined && option.demandOption && !isOptional) return null;
    const checked = checkedValue(value, option);
    if (checked === null) return null;
    values[name] = checked.value;
  }
  return values;
}

/** The value by the option's own check; null if it does not pass. */
function checkedValue(value: unknown, { coerce }: Option): { readonly value: unknown } | null {
  if (value === undefined || !coerce) return { value };
  try {
    return { value: coerce(value) };
  } catch {
    // yargs meets the same error, and says it.
    return null;
  }
}
