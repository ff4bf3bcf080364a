/** What yargs says of a call that it cannot read, in our grammar of wrong use; `usage-wording.ts` has the Chinese. */
import { UsageError } from "../engine/diagnostics/diagnostic.ts";
import { nearestNames } from "../engine/diagnostics/nearest.ts";

const always = (text: string) => ({ one: text, other: text });

/** Replaces yargs' own sentences; its plural forms are objects, which its types do not know. */
export const PARSER_STRINGS = {
  "Not enough non-option arguments: got %s, need at least %s": always(
    "too few arguments: %s given, at least %s needed (see --help)",
  ),
  "Too many non-option arguments: got %s, maximum of %s": always(
    "too many arguments: %s given, at most %s taken (see --help)",
  ),
  "Missing required argument: %s": { one: "missing option: --%s", other: "missing options: %s" },
  "Missing argument value: %s": always("missing value: --%s"),
  "Not enough arguments following: %s": "missing value: --%s",
  "Unknown argument: %s": { one: "unknown argument: %s", other: "unknown arguments: %s" },
  "Unknown command: %s": { one: "unknown command: %s", other: "unknown commands: %s" },
  "Invalid values:": "invalid",
  "Argument: %s, Given: %s, Choices: %s": "--%s: %s (%s)",
} as unknown as Record<string, string>;

/**
 * One line for a message of yargs, with near names of options where one is misspelt.
 *
 * @param options names of all options of the command
 */
export function parserMessage(message: string, options: readonly string[]): string {
  const unknown = /^unknown arguments?: (?<names>.+)$/su.exec(message)?.groups?.names;
  if (unknown !== undefined) {
    const near = [...new Set(unknown.split(", ").flatMap((name) => nearestNames(name, options)))];
    if (near.length > 0) return `${message} (near: ${near.map((name) => `--${name}`).join(", ")})`;
  }
  return message.replace(/^invalid\n {2}/, "invalid ").replaceAll("\n  ", "; invalid ");
}

/** True, or a UsageError for an option that was written without its value. */
export function checkNoneEmpty(values: Readonly<Record<string, unknown>>): true {
  const empty = Object.keys(values).find((name) => values[name] === "");
  if (empty !== undefined) throw new UsageError(`missing value: --${empty}`);
  return true;
}

/** The command that a call names; none where it has no word. @throws UsageError if its first word is no command */
export function namedCommand(argv: readonly string[], commands: readonly string[]): string | undefined {
  const words = argv.filter((word, i) => !word.startsWith("-") && argv[i - 1] !== "--lang");
  const [command] = words;
  if (command === undefined || commands.includes(command)) return command;
  const near = nearestNames(command, commands);
  if (near.length > 0) throw new UsageError(`unknown command: ${command} (near: ${near.join(", ")})`);
  throw new UsageError(`unknown command: ${command} (terrace --help lists them)`);
}
